/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was recognised, over the ink: the markup of a reading, painted once and kept as one render node until
 * there is another reading, zoom or paper. Marks that a new reading leaves as they were keep their nodes.
 * Never touches the ink. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/viewport.h"
#include "sketch/page.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct _SgOverlay SgOverlay;

SgOverlay *sg_overlay_new (void);
void sg_overlay_free (SgOverlay *overlay);

/* `reading` (nullable) and the page that it was read from. */
void sg_overlay_set_reading (SgOverlay *overlay, SgReading *reading, SgPage *page);
SgReading *sg_overlay_get_reading (SgOverlay *overlay); /* (nullable) (transfer none) */

gboolean sg_overlay_shows (const SgOverlay *overlay, const SgPage *page); /* whether that was what was read */

/* Pixels a page unit that the markup is made for; shown at another zoom it is stretched. */
void sg_overlay_set_zoom (SgOverlay *overlay, double zoom);

/* Elements to make stand out: under the pointer (-1: none), and selected (`n` indices). Each returns whether
 * that is another state than before. */
gboolean sg_overlay_set_hovered (SgOverlay *overlay, int element);
gboolean sg_overlay_set_selected (SgOverlay *overlay, const guint *elements, guint n);

void
sg_overlay_snapshot (SgOverlay *overlay, GtkSnapshot *snapshot, const SgViewport *viewport, gboolean dark);

/* What is at a point of the widget: index of an element, of an issue; -1 where none. */
int sg_overlay_find (SgOverlay *overlay, const SgViewport *viewport, SgPoint at, double reach);
int sg_overlay_find_badge (SgOverlay *overlay, const SgViewport *viewport, SgPoint at); /* its element */
int sg_overlay_find_issue (SgOverlay *overlay, const SgViewport *viewport, SgPoint at);

/* Where the element's outline is, widget pixels. */
SgRect sg_overlay_get_bounds (SgOverlay *overlay, const SgViewport *viewport, guint element);

/* Marks painted since made: what a test or a benchmark watches. */
guint64 sg_overlay_get_n_painted (const SgOverlay *overlay);

G_END_DECLS
