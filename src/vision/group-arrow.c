/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shafts and heads of several strokes: the head is one bent stroke, or two barbs, or one barb and what the
 * shaft's own stroke adds behind the tip. Any thread.
 */
#include "vision/group.h"

#include "vision/fit.h"

#define CANDIDATES 6 /* strokes near a tip that may be its head */
#define MOST_COST 2.0
#define LARGEST_HEAD 2.0   /* of the shaft's length */
#define LARGEST_BARB 0.6   /* of the shaft, where it is drawn with it in one stroke */
#define NEARLY_CLOSED 0.35 /* gap / length of a loop that was left open */
#define MAX_HEAD_POINTS (3 * SG_PATH_MAX)
#define MAX_TIPS 4

typedef struct
{
  SgGrouping *grouping;
  guint shaft;
  SgPath path; /* of the shaft's stroke, towards the tip */
  guint tip;   /* index of the tip in it; behind it begins the head */
  guint candidates[CANDIDATES];
  guint n_candidates;
} Attempt;

static guint
append_path (SgPoint *points, guint n, const SgPoint *from, guint count)
{
  for (guint i = 0; i < count && n < MAX_HEAD_POINTS; i++)
    points[n++] = from[i];
  return n;
}

static guint
append_trace (SgPoint *points, guint n, const SgTrace *trace)
{
  SgPath path;

  sg_path_init_from_ink (&path, trace->ink);
  return append_path (points, n, path.points, path.n);
}

/* Where the shaft's stroke goes on behind the tip, that is one barb, and the other is about as long. */
static gboolean
may_have_own_barb (const Attempt *attempt, const guint *heads, guint n_heads)
{
  double length = attempt->path.length * attempt->tip / (attempt->path.n - 1);

  for (guint i = 0; i < n_heads; i++)
    if (sg_grouping_trace (attempt->grouping, heads[i])->extent > LARGEST_BARB * length)
      return FALSE;
  return attempt->path.length - length < LARGEST_BARB * length;
}

static void
try_head (Attempt *attempt, const guint *heads, guint n_heads)
{
  SgPoint points[MAX_HEAD_POINTS];
  guint traces[3] = { attempt->shaft }, n = 0;
  guint rest = attempt->path.n - 1 - attempt->tip;
  SgEvidence evidence;

  if (rest > 0 && !may_have_own_barb (attempt, heads, n_heads))
    return;
  if (rest > 0)
    n = append_path (points, n, attempt->path.points + attempt->tip, rest + 1);
  for (guint i = 0; i < n_heads; i++)
    {
      traces[i + 1] = heads[i];
      n = append_trace (points, n, sg_grouping_trace (attempt->grouping, heads[i]));
    }
  sg_evidence_init (&evidence);
  sg_evidence_of_head (attempt->path.points, attempt->tip + 1, points, n, attempt->path.width, &evidence);
  sg_grouping_propose (attempt->grouping, traces, n_heads + 1, MOST_COST, &evidence);
}

static double
distance_to_trace (const SgTrace *trace, SgPoint p)
{
  const SgInk *ink = trace->ink;
  double least = sg_point_distance (ink->points[0], p);

  for (guint i = 1; i < ink->n; i++)
    least = MIN (least, sg_segment_distance (ink->points[i - 1], ink->points[i], p, NULL));
  return least;
}

/* A closed head is a triangle; a circle at a line's end is a bob or a pin. */
static gboolean
is_round (const SgTrace *trace)
{
  SgCircleFit circle;
  SgPoint corners[3], hull[SG_PATH_MAX + 1];
  SgPath path;

  if (!trace->loop && trace->straight > NEARLY_CLOSED)
    return FALSE;
  sg_path_init_from_ink (&path, trace->ink);
  guint k = sg_convex_hull (path.points, path.n, hull);
  return sg_fit_circle (path.points, path.n, &circle) <
         2 * sg_fit_triangle (path.points, path.n, hull, k, corners);
}

static void
find_candidates (Attempt *attempt, const SgNear *near)
{
  guint n;
  const guint *others = sg_near_of (near, attempt->shaft, &n);
  SgPoint tip = attempt->path.points[attempt->tip];
  double length = sg_path_length (attempt->path.points, attempt->tip + 1);

  attempt->n_candidates = 0;
  for (guint k = 0; k < n && attempt->n_candidates < CANDIDATES; k++)
    {
      const SgTrace *head = sg_grouping_trace (attempt->grouping, others[k]);

      if (head->extent > LARGEST_HEAD * length || head->ink->length < head->ink->width)
        continue;
      if (sg_point_distance (head->middle, tip) > head->extent ||
          distance_to_trace (head, tip) > 0.45 * head->extent + head->ink->width || is_round (head))
        continue;
      attempt->candidates[attempt->n_candidates++] = others[k];
    }
}

static void
try_tip (Attempt *attempt, const SgNear *near)
{
  find_candidates (attempt, near);
  for (guint i = 0; i < attempt->n_candidates; i++)
    {
      try_head (attempt, &attempt->candidates[i], 1);
      for (guint j = i + 1; j < attempt->n_candidates; j++)
        try_head (attempt, (guint[]){ attempt->candidates[i], attempt->candidates[j] }, 2);
    }
}

/* The stroke's end is a tip, and so is a corner from which the rest may be part of the head. */
static void
try_way (Attempt *attempt, const SgRun *run, gboolean reversed, const SgNear *near)
{
  guint n = run->segments.n;

  attempt->tip = attempt->path.n - 1;
  try_tip (attempt, near);
  for (guint k = 1; k < n && k <= MAX_TIPS; k++)
    {
      attempt->tip = reversed ? attempt->path.n - 1 - run->segments.items[k - 1].last
                              : run->segments.items[n - k].first;
      if (attempt->tip >= 5)
        try_tip (attempt, near);
    }
}

void
sg_group_arrows (SgGrouping *grouping)
{
  g_autoptr (SgNear) near = sg_grouping_near (grouping, 0.25, 1);

  for (guint i = 0; i < grouping->traces->len; i++)
    {
      const SgTrace *shaft = sg_grouping_trace (grouping, i);
      Attempt attempt = { .grouping = grouping, .shaft = i };
      SgPath path;
      SgRun run;

      if (near->count[i] == 0 || sg_near_is_crowded (near, i) || shaft->loop ||
          shaft->ink->length < 3 * shaft->ink->width)
        continue;
      sg_path_init_from_ink (&path, shaft->ink);
      sg_run_init (&run, &path);
      attempt.path = run.path;
      try_way (&attempt, &run, FALSE, near);
      sg_path_reverse (&attempt.path, &run.path);
      try_way (&attempt, &run, TRUE, near);
    }
}
