/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The running mechanism: a GL area that draws the simulation's newest snapshot, and only when there is a
 * new one or the camera moves. Drag turns it, or pulls at a body, the right or middle button pans, the
 * wheel zooms. Until it is turned it follows the canvas, so that ink and simulation line up.
 */
#pragma once

#include <adwaita.h>

#include "app/viewport.h"
#include "pipeline/pipeline.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_VIEW (sg_view_get_type ())
G_DECLARE_FINAL_TYPE (SgView, sg_view, SG, VIEW, AdwBin)

/* Properties to watch: "following" (the front view that lines up with the canvas), "software" (no GPU). */
/* Signal: "picked" (const char *, (nullable))  a click on a geom of that name, or on none. */
void sg_view_set_simulation (SgView *self, SgSimulation *simulation);

/* The canvas shows `viewport` of a drawing with this scale and origin. */
void sg_view_follow (SgView *self, const SgViewport *viewport, double scale, SgPoint origin);

/* Back to the front view in line with the canvas; or turned to be seen in depth. */
void sg_view_show_front (SgView *self);
void sg_view_show_perspective (SgView *self);

/* What of the scene (nullable) stands out: all that `n` elements of its reading were made into. */
void sg_view_set_lit (SgView *self, SgScene *scene, const guint *elements, guint n);

/* What to say over an empty scene; NULL or "" for nothing. */
void sg_view_set_hint (SgView *self, const char *hint);

double sg_view_get_fps (SgView *self);       /* frames drawn a second, over the last half second */
guint64 sg_view_get_n_frames (SgView *self); /* since made */

G_END_DECLS
