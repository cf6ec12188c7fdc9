/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page of a PDF as a picture, made by the helper process simgen-pdf, which has bounded memory and time and
 * can open nothing but fonts. Blocking; not for the main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether the bytes begin like a PDF. */
gboolean sg_pdf_is_one (const void *data, gsize size);

/* A page, from 1, as a PNG of SG_LIMIT_IMAGE_BYTES at most; `n_pages` (nullable) gets how many there are,
 * even where this one is not among them. Errors: sketch.pdf, sketch.no-pdf, G_IO_ERROR_CANCELLED; the
 * message names no file. Returns: (transfer full). */
GBytes *sg_pdf_draw_page (GBytes *pdf, guint page, guint *n_pages, GCancellable *cancellable, GError **error);

G_END_DECLS
