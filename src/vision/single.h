/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known of one stroke by itself: its measures, and what it would be read as were it a mark alone. The
 * dear part is found out when it is first asked for, and then kept. Internal to vision; one thread at a time.
 */
#pragma once

#include "vision/evidence.h"

G_BEGIN_DECLS

#define SG_TIPS_MAX 5 /* places looked at as an arrow's tip, in either direction of the stroke */

typedef struct
{
  guint index; /* of the point in the path without hooks, as drawn or backwards */
  SgPoint at;
  double length; /* of the path up to here */
} SgTip;

typedef struct
{
  guint64 id; /* of the ink: equal ids, equal ink; 0 where it has none */
  const SgInk *ink;
  SgPoint ends[2];   /* first and last point */
  SgPoint middle;    /* of the bounds */
  SgPoint direction; /* unit, of the line through it */
  double extent;     /* diagonal of the bounds; > 0 */
  double straight;   /* distance of the ends / length: 1 for a line, 0 for a loop */
  double bend;       /* rms deviation from its line / extent */
  gboolean loop;     /* closed by itself */

  /* Found out when asked for; use the functions. */
  SgVerdict *verdict;
  SgTip tips[2][SG_TIPS_MAX]; /* n_tips; of the stroke as drawn, and backwards */
  guint n_tips;
  int round;                   /* -1: not yet known */
  struct _SgTraceLimbs *limbs; /* (nullable): vision/group-damper.c's, freed with g_free () */
} SgTrace;

/* `ink` must outlive the trace. */
void sg_trace_init (SgTrace *trace, const SgInk *ink);
void sg_trace_clear (SgTrace *trace);

/* How far `p` is from the stroke's ink. */
double sg_trace_distance (const SgTrace *trace, SgPoint p);

/* What the stroke is read as, alone. */
const SgVerdict *sg_trace_verdict (SgTrace *trace);

/* Where the stroke, as drawn or backwards, may have an arrow's tip: at its end, and at corners from which the
 * rest may be part of the head. `n` receives how many. */
const SgTip *sg_trace_tips (SgTrace *trace, gboolean reversed, guint *n);

/* Whether a stroke that nearly closes is a circle rather than a triangle. */
gboolean sg_trace_is_round (SgTrace *trace);

G_END_DECLS
