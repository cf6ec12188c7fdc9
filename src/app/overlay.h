/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was recognised, drawn over the ink: thin outlines in the colours of their roles, small glyphs, and a
 * dashed line with a "?" where the recogniser is not sure. Never touches the ink. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/viewport.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct _SgOverlay SgOverlay;

SgOverlay *sg_overlay_new (void);
void sg_overlay_free (SgOverlay *overlay);

void sg_overlay_set_reading (SgOverlay *overlay, SgReading *reading); /* (nullable) */
void
sg_overlay_snapshot (SgOverlay *overlay, GtkSnapshot *snapshot, const SgViewport *viewport, gboolean dark);

G_END_DECLS
