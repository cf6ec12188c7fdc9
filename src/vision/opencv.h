/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that SimGen wants from OpenCV, behind plain C. Images are rows of bytes without padding. No C++
 * exception leaves these functions: each returns NULL, or the exception's text (transfer full). Pure, any
 * thread.
 */
#pragma once

#include <glib.h>

#include "vision/depth.h"

G_BEGIN_DECLS

const char *sg_opencv_version (void); /* "4.6.0", of what SimGen was built with */

/* Grey values of a picture of `channels` 3 (RGB) or 4 (RGBA, laid on white paper), brought to `grey_width` x
 * `grey_height` by averaging (smaller) or by cubic interpolation (larger). */
char *sg_opencv_grey (const guint8 *pixels,
                      int width,
                      int height,
                      int stride,
                      int channels,
                      guint8 *grey,
                      int grey_width,
                      int grey_height);

/* Looks for a sheet of paper on a darker table, or a board on a lighter wall, all of it in the picture.
 * `corners` (out): where the sheet's own upper left, upper right, lower right and lower left are, in pixels.
 * A sheet that lies askew has for its upper side the one that is nearest to level. */
char *sg_opencv_find_sheet (const guint8 *grey, int width, int height, double corners[8], gboolean *found);

/* The size at which the sheet between `corners` keeps its pixels and its proportions, as a camera sees it
 * whose middle is that of a picture of `width` x `height`. */
void sg_opencv_sheet_size (const double corners[8], int width, int height, int *flat_width, int *flat_height);

/* The sheet as seen straight from above, its outermost rim cut off, at a size of the caller's choice, and
 * `to_picture`: 3 x 3 by rows, from points of `flat` to points of the picture. */
char *sg_opencv_flatten (const guint8 *grey,
                         int width,
                         int height,
                         const double corners[8],
                         guint8 *flat,
                         int flat_width,
                         int flat_height,
                         double to_picture[9]);

/* How much each pixel stands out from the paper around it (0: paper, 255: black on white), free of uneven
 * light. Ink is what is darker than the paper, or lighter where the picture is chalk on a board. */
char *sg_opencv_contrast (const guint8 *grey, int width, int height, guint8 *contrast);

/* 255 where there is ink, else 0; the outermost pixels are always 0. Faint structure (ruled paper, shadows'
 * edges, noise) beside strong ink is not ink; a picture without a drawing gives an empty mask. */
char *sg_opencv_ink_mask (const guint8 *contrast, int width, int height, guint8 *mask);

/* Leaves of each filled spot, much thicker than lines of half width `radius`, its outline; of those that
 * touch the frame, which are shadows and what lies beside the paper, nothing. `depth`: of `mask`.
 * `any_spot` (out): whether there was one. */
char *sg_opencv_hollow_spots (
  guint8 *mask, const SgDepth *depth, int width, int height, double radius, gboolean *any_spot);

/* The plain pipeline that recognition is compared with in benchmarks: blur, Canny, findContours,
 * approxPolyDP and HoughCircles, with the settings of the textbook example. `n_shapes` (out): how many
 * polygons and circles it found. */
char *sg_opencv_reference_read (const guint8 *grey, int width, int height, guint *n_shapes);

G_END_DECLS
