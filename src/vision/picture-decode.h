/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Picture files to pixels. Any thread.
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "vision/budget.h"

G_BEGIN_DECLS

/* Decodes a PNG, JPEG or WebP file, turned as its EXIF data asks; of an animated one the first picture. A
 * JPEG that is twice as large as `working_side` or more may come at a half, a quarter or an eighth of its
 * size, which is much faster. `index` names the picture in messages. Errors: vision.image, vision.too-large,
 * those of sg_budget_check. Returns: (transfer full). */
GdkPixbuf *sg_picture_decode (
  GBytes *data, int index, int working_side, SgBudget *budget, GError **error);

G_END_DECLS
