/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The edge of a sheet of paper on a darker table: what it looks like across, and at which levels of light it
 * may be looked for. Pure, any thread. Internal to vision.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pixels to either side of an edge between which it is darker beyond, and those to which it stays so, as it
 * would not at a thick line. */
#define SG_EDGE_NEAR 3
#define SG_EDGE_FAR 14

/* Beyond a sheet's edge there is at most this share of its light, in hundredths. */
#define SG_TABLE_LIGHT 85

/* Whether it is so much darker beyond the edge, given the levels near and far within it and beyond. */
static inline gboolean
sg_edge_is_between (int near_within, int far_within, int near_beyond, int far_beyond)
{
  return 100 * MAX (near_beyond, far_beyond) < SG_TABLE_LIGHT * MIN (near_within, far_within);
}

/* The levels at which such an edge might be all around a figure of at least `area` pixels: those that are
 * crossed in enough places where the light drops from one pixel to another. Sets `may_part[level]` where
 * what is above `level` may be a sheet. */
void
sg_edges_find_levels (const guint8 *light, int width, int height, double area, gboolean may_part[256]);

G_END_DECLS
