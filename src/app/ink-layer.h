/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The settled ink of a page on the screen: its tiles (app/ink-tiles.h) as textures, or as surfaces where
 * cairo composes. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/ink-tiles.h"
#include "app/viewport.h"

G_BEGIN_DECLS

typedef struct _SgInkLayer SgInkLayer;

SgInkLayer *sg_ink_layer_new (void);
void sg_ink_layer_free (SgInkLayer *layer);

/* app/ink-tiles.h */
void sg_ink_layer_set_page (SgInkLayer *layer, SgPage *page, GHashTable *hidden);
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

SgInkTilesFigures sg_ink_layer_get_figures (const SgInkLayer *layer);

G_END_DECLS
