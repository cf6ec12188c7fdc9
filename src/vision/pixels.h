/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done to every pixel of a picture: loops that the compiler turns into vector instructions (they
 * are compiled at -O3 for that), on all cores where there are many. Pictures are rows of bytes without
 * padding. Any thread. Internal to vision.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The picture at a smaller size (or the same, in either direction): each pixel is the mean over the area that
 * it covers. */
void sg_pixels_shrink (const guint8 *from, int width, int height, guint8 *to, int to_width, int to_height);

/* How much each pixel is darker than `paper`, as a share of its light, 255 for black; 0 where it is not. The
 * picture is taken as its negative where `light_ink`. `paper`: at `paper_width` x `paper_height`, enlarged by
 * linear interpolation; no darker than `darkest`. */
void sg_pixels_contrast (const guint8 *grey,
                         int width,
                         int height,
                         gboolean light_ink,
                         const guint8 *paper,
                         int paper_width,
                         int paper_height,
                         int darkest,
                         guint8 *contrast);

/* 255 where the picture exceeds `threshold`, which is enlarged like paper above, else 0; the outermost pixels
 * are 0. */
void sg_pixels_mark_above (const guint8 *picture,
                           int width,
                           int height,
                           const guint8 *threshold,
                           int threshold_width,
                           int threshold_height,
                           guint8 *mask);

/* Pixels of each value, into `count`. */
void sg_pixels_count_values (const guint8 *picture, gsize n, guint count[256]);

/* Pixels of `mask` that are ink (255), and those among them whose four neighbours are ink too. */
void sg_pixels_count_ink (const guint8 *mask, int width, int height, guint *n_ink, guint *n_inside);

G_END_DECLS
