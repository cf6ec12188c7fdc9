/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hand in the simulation: a drag that begins on a body pulls at it by a spring that is seen, with its
 * force beside it, in the plane of the picture through where it was taken. Let go amid a move the body is
 * thrown; let go with Shift the spring stays and holds it; Escape ends that. Where nothing runs the body is
 * moved itself, with what hangs together; begun with Shift it is pulled at all the same, once it runs. Lies
 * over the view and takes no pointer itself.
 */
#pragma once

#include <gtk/gtk.h>

#include "render/renderer.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_VIEW_TOUCH (sg_view_touch_get_type ())
G_DECLARE_FINAL_TYPE (SgViewTouch, sg_view_touch, SG, VIEW_TOUCH, GtkWidget)

void sg_view_touch_set_simulation (SgViewTouch *self, SgSimulation *simulation);
/* What draws the view, and knows what is where; (nullable): nothing does. It must outlive its being set. */
void sg_view_touch_set_renderer (SgViewTouch *self, SgRenderer *renderer);
/* Listens to the pointer and the keys of what shows the picture. */
void sg_view_touch_attach (SgViewTouch *self, GtkWidget *area);

/* Whether the drag that goes on began on a body: it is the hand's, and does not turn the view. */
gboolean sg_view_touch_has_grip (SgViewTouch *self);

G_END_DECLS
