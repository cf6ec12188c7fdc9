/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The settled ink of a page as a cache of tiles: a new stroke touches only the tiles it crosses, so drawing
 * stays as quick on a page of thousands of strokes as on an empty one. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/viewport.h"
#include "sketch/page.h"

G_BEGIN_DECLS

typedef struct _SgInkLayer SgInkLayer;

/* Whether a stroke is left out for now (erased or moved by a drag that has not ended). */
typedef gboolean (*SgInkLayerHidden) (const SgStroke *stroke, gpointer user_data);

SgInkLayer *sg_ink_layer_new (void);
void sg_ink_layer_free (SgInkLayer *layer);

/* Shows the strokes of `page` but those that `hidden` (nullable) leaves out. Finds what changed since the
 * last call. */
void sg_ink_layer_set_page (SgInkLayer *layer, SgPage *page, SgInkLayerHidden hidden, gpointer user_data);
void sg_ink_layer_set_color (SgInkLayer *layer, const GdkRGBA *color);

/* Device pixels a page unit that tiles are drawn at; another value throws them away. */
void sg_ink_layer_set_scale (SgInkLayer *layer, double scale);
double sg_ink_layer_get_scale (const SgInkLayer *layer);

/* Appends the visible ink; tiles of another scale than the viewport's are stretched. `by_cairo`: who composes
 * (app/snapshot.h). */
void sg_ink_layer_snapshot (SgInkLayer *layer,
                            GtkSnapshot *snapshot,
                            const SgViewport *viewport,
                            gboolean by_cairo);

/* Tiles painted since made: what a test or a benchmark watches. */
guint64 sg_ink_layer_get_n_painted (const SgInkLayer *layer);

G_END_DECLS
