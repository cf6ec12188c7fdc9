/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Splits a path at its corners: the straight runs whose lines fit best, as many as pay for themselves.
 * Internal to vision; any thread.
 */
#pragma once

#include "vision/path.h"

G_BEGIN_DECLS

#define SG_SEGMENTS_MAX 64

typedef struct
{
  guint first, last; /* indices of the path's points; a segment's last is the next one's first */
  SgPoint from, to;  /* ends of the fitted line; neighbours share them where their lines meet nearby */
  double rms;        /* of the points from the line */
} SgSegment;

typedef struct
{
  SgSegment items[SG_SEGMENTS_MAX];
  guint n;
  double rms; /* over the whole path */
} SgSegments;

/* Optimal polygonal approximation by dynamic programming (Perez and Vidal, "Optimum polygonal approximation
 * of digitized curves", 1994), with a price on each corner in place of their fixed count; the price is lower
 * where the pen slowed down. `tolerance` is the deviation, in page units, that is taken for a hand's noise.
 */
void sg_segments_find (const SgPath *path, double tolerance, SgSegments *segments);

/* Ends of the segments in order: n + 1 points into `corners`. */
guint sg_segments_corners (const SgSegments *segments, SgPoint *corners);

/* How much the path turns at corner i, between the segments i - 1 and i; rad, signed. */
double sg_segments_turn (const SgSegments *segments, guint i);

/* Mean part of the turn at the corners that is not made within a few points of them: near 0 for straight
 * sides that meet, larger where segments only approximate a curve. */
double sg_segments_roundness (const SgPath *path, const SgSegments *segments);

static inline double
sg_segment_length (const SgSegment *segment)
{
  return sg_point_distance (segment->from, segment->to);
}

G_END_DECLS
