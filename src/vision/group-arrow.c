/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shafts and heads of several strokes: the head is one bent stroke, or two barbs, or one barb and what the
 * shaft's own stroke adds behind the tip. Any thread.
 */
#include "vision/group.h"

#define CANDIDATES 6 /* strokes near a tip that may be its head */
#define MOST_COST 2.0
#define LARGEST_HEAD 2.0        /* of the shaft's length */
#define LARGEST_CLOSED_HEAD 0.5 /* of the shaft's length: a larger triangle at its end is a part of its own */
#define LARGEST_BARB 0.6        /* of the shaft, where it is drawn with it in one stroke */
#define LARGEST_PAIR 0.8        /* of the shaft, where two strokes are the barbs: longer are strings */
#define MOST_HEAD_INK 2.1       /* of its size: more, in an open head that is not filled in, is a coil */
#define FILLED_HEAD 12          /* pen widths: a head is filled in up to this size */
#define STRAIGHT_BARB 0.5       /* distance of its ends by its length */
#define SHORTEST_SHAFT 5        /* points of the path before a tip */
#define STRAIGHT_ROD 0.9
#define PIN_SHARE 0.3 /* of a rod */
#define MAX_HEAD_POINTS (3 * SG_PATH_MAX)

typedef struct
{
  SgGrouping *grouping;
  guint shaft;
  gboolean reversed;
  guint number; /* of the tip among the stroke's tips */
  SgTip tip;    /* behind it begins the head */
  SgPath path;  /* of the shaft's stroke, towards the tip */
  gboolean has_path;
  guint candidates[CANDIDATES];
  guint n_candidates;
} Attempt;

/* Mostly all is known of a shaft and its heads, and no path is needed. */
static const SgPath *
path_of (Attempt *attempt)
{
  SgPath whole, cut;

  if (attempt->has_path)
    return &attempt->path;
  attempt->has_path = TRUE;
  sg_path_init_from_ink (&whole, sg_grouping_trace (attempt->grouping, attempt->shaft)->ink);
  sg_path_cut_hooks (&cut, &whole);
  if (attempt->reversed)
    sg_path_reverse (&attempt->path, &cut);
  else
    attempt->path = cut;
  return &attempt->path;
}

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

static double
shaft_length (const Attempt *attempt, const SgPath *path)
{
  return path->length * attempt->tip.index / (path->n - 1);
}

static gboolean
are_shorter (const Attempt *attempt, const guint *heads, guint n_heads, double length)
{
  for (guint i = 0; i < n_heads; i++)
    if (sg_grouping_trace (attempt->grouping, heads[i])->extent > length)
      return FALSE;
  return TRUE;
}

/* Where the shaft's stroke goes on behind the tip, that is one barb, and the other is about as long. */
static gboolean
may_have_own_barb (const Attempt *attempt, const SgPath *path, const guint *heads, guint n_heads)
{
  double length = shaft_length (attempt, path), longest = LARGEST_BARB * length;

  return are_shorter (attempt, heads, n_heads, longest) && path->length - length < longest;
}

static void
judge_head (Attempt *attempt, const guint *heads, guint n_heads, SgEvidence *evidence)
{
  SgPoint points[MAX_HEAD_POINTS];
  const SgPath *path = path_of (attempt);
  guint tip = attempt->tip.index, rest = path->n - 1 - tip, n = 0;

  if (rest > 0 && !may_have_own_barb (attempt, path, heads, n_heads))
    return;
  if (n_heads > 1 && !are_shorter (attempt, heads, n_heads, LARGEST_PAIR * shaft_length (attempt, path)))
    return;
  if (rest > 0)
    n = append_path (points, n, path->points + tip, rest + 1);
  for (guint i = 0; i < n_heads; i++)
    n = append_trace (points, n, sg_grouping_trace (attempt->grouping, heads[i]));
  sg_evidence_of_head (path->points, tip + 1, points, n, path->width, evidence);
}

static void
try_head (Attempt *attempt, const guint *heads, guint n_heads)
{
  SgGrouping *grouping = attempt->grouping;
  guint traces[3] = { attempt->shaft }, n = n_heads + 1;
  guint detail = attempt->number << 1 | (attempt->reversed ? 1 : 0);
  SgMemoKey key = { SG_ASK_ARROW,
                    n,
                    { sg_memo_part (sg_grouping_trace (grouping, attempt->shaft)->id, detail) } };
  SgEvidence evidence;

  for (guint i = 0; i < n_heads; i++)
    {
      traces[i + 1] = heads[i];
      key.parts[i + 1] = sg_memo_part (sg_grouping_trace (grouping, heads[i])->id, 0);
    }
  if (sg_grouping_recall (grouping, &key, traces, n) || !sg_budget_spend (grouping->budget))
    return;
  sg_evidence_init (&evidence);
  judge_head (attempt, heads, n_heads, &evidence);
  sg_grouping_propose (grouping, &key, traces, n, MOST_COST, &evidence);
}

static gboolean
is_coil (const SgTrace *trace)
{
  return !trace->loop && trace->extent > FILLED_HEAD * trace->ink->width &&
         trace->ink->length > MOST_HEAD_INK * trace->extent;
}

/* Whether a straight stroke is pinned where the shaft ends: two rods, for a pin is larger on a barb. */
static gboolean
is_pinned_rod (const Attempt *attempt, const SgNear *near, const SgTrace *head)
{
  return head->straight > STRAIGHT_ROD && sg_grouping_has_pin (attempt->grouping, near, attempt->shaft,
                                                               attempt->tip.at, PIN_SHARE * head->extent);
}

/* A closed head is a triangle; a circle at a line's end is a bob or a pin. */
static void
find_candidates (Attempt *attempt, const SgNear *near)
{
  guint n;
  const guint *others = sg_near_of (near, attempt->shaft, &n);
  SgPoint tip = attempt->tip.at;

  attempt->n_candidates = 0;
  for (guint k = 0; k < n && attempt->n_candidates < CANDIDATES; k++)
    {
      SgTrace *head = sg_grouping_trace (attempt->grouping, others[k]);
      double largest = head->loop ? LARGEST_CLOSED_HEAD : LARGEST_HEAD;

      if (head->extent > largest * attempt->tip.length || head->ink->length < head->ink->width)
        continue;
      if (sg_point_distance (head->middle, tip) > head->extent ||
          sg_trace_distance (head, tip) > 0.45 * head->extent + head->ink->width ||
          sg_trace_is_round (head) || is_coil (head) || is_pinned_rod (attempt, near, head))
        continue;
      attempt->candidates[attempt->n_candidates++] = others[k];
    }
}

/* Whether candidate `i` can be one barb of two: a line, if a bent one. */
static gboolean
is_barb (const Attempt *attempt, guint i)
{
  return sg_grouping_trace (attempt->grouping, attempt->candidates[i])->straight > STRAIGHT_BARB;
}

static void
try_tip (Attempt *attempt, const SgNear *near)
{
  find_candidates (attempt, near);
  for (guint i = 0; i < attempt->n_candidates; i++)
    {
      try_head (attempt, &attempt->candidates[i], 1);
      for (guint j = i + 1; j < attempt->n_candidates && is_barb (attempt, i); j++)
        if (is_barb (attempt, j))
          try_head (attempt, (guint[]){ attempt->candidates[i], attempt->candidates[j] }, 2);
    }
}

static void
try_way (SgGrouping *grouping, guint shaft, gboolean reversed, const SgNear *near)
{
  Attempt attempt = { .grouping = grouping, .shaft = shaft, .reversed = reversed };
  guint n;
  const SgTip *tips = sg_trace_tips (sg_grouping_trace (grouping, shaft), reversed, &n);

  for (guint k = 0; k < n; k++)
    {
      attempt.number = k;
      attempt.tip = tips[k];
      if (k == 0 || tips[k].index >= SHORTEST_SHAFT)
        try_tip (&attempt, near);
    }
}

static void
propose_arrows (SgGrouping *grouping, const SgNear *near)
{
  for (guint i = 0; i < grouping->traces->len; i++)
    {
      SgTrace *shaft = sg_grouping_trace (grouping, i);

      if (near->count[i] == 0 || sg_near_is_crowded (near, i) || shaft->loop ||
          shaft->ink->length < 3 * shaft->ink->width)
        continue;
      if (!shaft->verdict && !sg_budget_spend (grouping->budget))
        return;
      try_way (grouping, i, FALSE, near);
      try_way (grouping, i, TRUE, near);
    }
}

const SgProposer sg_propose_arrows = { SG_NEAR_ARROWS, 0.25, 1, propose_arrows };
