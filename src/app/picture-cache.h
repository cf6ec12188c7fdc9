/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The decoded pictures of a page. A worker decodes; until it is done a picture has no texture. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "sketch/page.h"

G_BEGIN_DECLS

typedef struct _SgPictureCache SgPictureCache;

typedef void (*SgPictureReady) (gpointer user_data);

/* `ready` is called after a picture has been decoded. */
SgPictureCache *sg_picture_cache_new (SgPictureReady ready, gpointer user_data);
void sg_picture_cache_free (SgPictureCache *cache);

/* (transfer none) (nullable): NULL where it is not decoded yet, or cannot be. */
GdkTexture *sg_picture_cache_get (SgPictureCache *cache, SgImage *image);

/* Forgets the pictures that are not on `page`. */
void sg_picture_cache_keep (SgPictureCache *cache, const SgPage *page);

G_END_DECLS
