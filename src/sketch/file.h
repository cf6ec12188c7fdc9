/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The `.simgen` file: JSON as data/schema/sketch.schema.json describes it. A reader accepts unknown members
 * and keeps them on save. Blocking; not for the main thread.
 */
#pragma once

#include <gio/gio.h>

#include "sketch/page.h"

G_BEGIN_DECLS

/* Errors: those of sg_json_read and the sketch domain's; every message has the member's path
 * (`strokes[3].points[7][0]`). Returns: (transfer full). */
SgPage *sg_sketch_file_load (const char *path, GError **error);
SgPage *sg_sketch_file_parse (const char *name, const char *text, gsize size, GError **error);

/* The file's text without the pictures' data, on one line, and a page again from it and `pictures` (GBytes,
 * in page order): for a store that keeps pictures apart. Errors: as for load. */
char *sg_sketch_file_dump_outline (const SgPage *page);
SgPage *sg_sketch_file_parse_outline (
  const char *name, const char *text, gsize size, GPtrArray *pictures, GError **error);

/* All problems of a file instead of the first, as (transfer full) GErrors in a GPtrArray; empty for a good
 * file. At most 100. */
GPtrArray *sg_sketch_file_check (const char *path);

/* Errors: base.write; sketch.too-large where the text would be over SG_LIMIT_SKETCH_BYTES and so could not be
 * read again. */
gboolean sg_sketch_file_save (const SgPage *page, const char *path, GError **error);
char *sg_sketch_file_dump (const SgPage *page); /* the text; (transfer full) */

/* A page that holds one picture file, brought to fit 800 x 600 page units at the origin, its proportions
 * kept. Of a PDF its page `number`, from 1; `n_pages` (nullable) gets how many there are, 1 for any other.
 * Cancelled (nullable), no helper goes on. Errors: base.read, base.too-large, sketch.image; those of
 * sg_pdf_draw_page. */
SgPage *sg_sketch_file_import_image (
  const char *path, guint number, guint *n_pages, GCancellable *cancellable, GError **error);

G_END_DECLS
