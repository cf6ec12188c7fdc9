/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture from a file or the clipboard, checked against the limits in a worker, ready for the page. */
#pragma once

#include <gdk/gdk.h>

#include "sketch/page.h"

G_BEGIN_DECLS

/* Of a PDF its page `number`, from 1. */
void sg_picture_import_file_async (
  GFile *file, guint number, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void sg_picture_import_texture_async (GdkTexture *texture, GAsyncReadyCallback callback, gpointer user_data);

/* `n_pages` (nullable) gets how many pages the file has, 1 where it is no PDF. Errors: those of
 * sg_sketch_file_import_image. Returns: (transfer full). */
SgImage *sg_picture_import_finish (GAsyncResult *result, guint *n_pages, GError **error);

G_END_DECLS
