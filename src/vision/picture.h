/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures to ink: decode (gdk-pixbuf; size checked from the header before a pixel is decoded; EXIF
 * rotation applied), find the dark (or light) marks under uneven light, thin them and trace the skeleton
 * into strokes through the OpenCV shim. Any thread.
 */
#pragma once

#include <gio/gio.h>

#include "vision/budget.h"
#include "vision/ink.h"
#include "vision/pose.h"

G_BEGIN_DECLS

/* Rows of grey, and the map by which their pixels (x, y, 1) are on the page, 3 x 3 by rows. */
typedef struct
{
  guint8 *grey;
  int width, height;
  double onto_page[9];
} SgRaster;

void sg_raster_clear (SgRaster *raster);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SgRaster, sg_raster_clear)

/* The picture at the size at which it is traced; of a sheet whose edges are seen, that alone, flattened.
 * `pose` (out, nullable) and errors as below. */
gboolean sg_picture_raster (
  const SgImage *image, int index, SgRaster *raster, SgPose *pose, SgBudget *budget, GError **error);

/* Appends the traces of `image` to `ink` in page units; their stroke numbers start at `first_stroke`.
 * `pose` (out, nullable): how the paper lies on the page, where its edges are in the picture; else upright.
 * Errors: vision.image (also texture and noise, which give more strokes than any drawing), vision.too-large,
 * vision.internal, those of sg_budget_check; `ink` is as before then. A `budget` (nullable) that ends while
 * lines are followed leaves the strokes that are known by then. */
gboolean sg_picture_trace (const SgImage *image,
                           int index,
                           guint first_stroke,
                           GArray *ink,
                           SgPose *pose,
                           SgBudget *budget,
                           GError **error);

G_END_DECLS
