/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small picture of ink on paper, decoded by a worker: a page full of them must not hold up the main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SG_TYPE_THUMBNAIL (sg_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (SgThumbnail, sg_thumbnail, SG, THUMBNAIL, GtkWidget)

GtkWidget *sg_thumbnail_new (void);

/* `png` (nullable): paper with nothing on it. The picture before stays until the new one is there. */
void sg_thumbnail_set_png (SgThumbnail *self, GBytes *png);

G_END_DECLS
