/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes that make a damper, however it was cut into them: a cup is sought among the straight limbs of
 * neighbouring strokes, then every stroke near it that is wholly part of its piston, rod or lead joins. Any
 * thread.
 */
#include "vision/group.h"

#include "vision/mark-damper.h"

#define MOST_COST 1.5
#define STRAIGHT 0.94 /* a stroke this straight is one limb */
#define CUP_SIDES 3
#define MOST_LIMBS 7 /* of one stroke */
#define MOST_STROKES 12
#define SHORTEST_LIMB 0.06 /* of the stroke: less is a corner rounded off */
#define NOISE 0.015        /* of the stroke's size */
#define BEND 0.4           /* rad: a limb wavers by less */
#define MOST_SEGMENTS 16
#define CUPS 400 /* tried on a page: bounds the work on a heap of ink */

typedef struct _SgTraceLimbs
{
  SgLimb limbs[MOST_LIMBS];
  guint n; /* 0: cannot be part of a damper */
} Limbs;

typedef struct
{
  SgGrouping *grouping;
  const SgNear *near;
  guint cups; /* that may still be tried */
} Search;

/* One end of a base, and the walls that may stand there. */
typedef struct
{
  SgLimb limb;
  guint trace;
} Wall;

/* Appends a straight piece, or lengthens the last limb where it goes straight on; FALSE where there are too
 * many. */
static gboolean
append_limb (Limbs *limbs, SgPoint from, SgPoint to)
{
  SgLimb *last = limbs->n > 0 ? &limbs->limbs[limbs->n - 1] : NULL;

  if (last && fabs (sg_angle_wrap (sg_point_angle (last->from, last->to) - sg_point_angle (from, to))) < BEND)
    {
      last->to = to;
      return TRUE;
    }
  if (limbs->n == MOST_LIMBS)
    return FALSE;
  limbs->limbs[limbs->n++] = (SgLimb){ from, to };
  return TRUE;
}

static Limbs
limbs_of (const SgTrace *trace)
{
  Limbs limbs = { .n = 0 };
  SgSegments segments;
  SgPath path;

  if (trace->straight > STRAIGHT)
    {
      limbs.limbs[limbs.n++] = (SgLimb){ trace->ends[0], trace->ends[1] };
      return limbs;
    }
  /* As drawn: what a hook is elsewhere, drawn back over itself, is half a piston here. */
  sg_path_init_from_ink (&path, trace->ink);
  sg_segments_find (&path, MAX (NOISE * path.size, 0.2 * path.width), &segments);
  for (guint i = 0; i < segments.n && segments.n <= MOST_SEGMENTS; i++)
    if (sg_segment_length (&segments.items[i]) > SHORTEST_LIMB * path.length &&
        !append_limb (&limbs, segments.items[i].from, segments.items[i].to))
      return (Limbs){ .n = 0 };
  return limbs;
}

/* Kept with the trace. */
static const Limbs *
known_limbs (SgTrace *trace, SgBudget *budget)
{
  if (!trace->limbs && sg_budget_spend (budget))
    {
      Limbs limbs = limbs_of (trace);

      trace->limbs = g_memdup2 (&limbs, sizeof limbs);
    }
  return trace->limbs;
}

/* NULL where so much lies there that single strokes say little. */
static const Limbs *
limbs_at (const Search *search, guint trace)
{
  if (search->near->count[trace] == 0 || sg_near_is_crowded (search->near, trace) ||
      sg_budget_is_over (search->grouping->budget))
    return NULL;
  return known_limbs (sg_grouping_trace (search->grouping, trace), search->grouping->budget);
}

/* The strokes near `trace`, itself the last. */
static guint
neighbours (const Search *search, guint trace, guint others[SG_NEAR_MAX + 1])
{
  guint n;
  const guint *near = sg_near_of (search->near, trace, &n);

  for (guint i = 0; i < n; i++)
    others[i] = near[i];
  others[n] = trace;
  return n + 1;
}

static gboolean
contains (const guint *items, guint n, guint item)
{
  for (guint i = 0; i < n; i++)
    if (items[i] == item)
      return TRUE;
  return FALSE;
}

/* Adds the parts of a damper with this cup that are limbs of the trace; returns how many are none. */
static guint
add_limbs (const Search *search, const SgCup *cup, guint trace, SgPiston *piston)
{
  const Limbs *limbs = limbs_at (search, trace);
  guint strange = 0;

  for (guint i = 0; limbs && i < limbs->n; i++)
    {
      SgDamperPart part = sg_cup_judge (cup, &limbs->limbs[i]);

      strange += part == SG_DAMPER_NONE;
      sg_piston_add (piston, cup, part, &limbs->limbs[i]);
    }
  return strange;
}

/* Adds the trace where it is wholly part of the damper. */
static gboolean
join (const Search *search, const SgCup *cup, guint trace, SgPiston *piston)
{
  const Limbs *limbs = limbs_at (search, trace);
  SgPiston with = *piston;

  if (!limbs || limbs->n == 0 || add_limbs (search, cup, trace, &with) > 0)
    return FALSE;
  *piston = with;
  return TRUE;
}

static void
propose (const Search *search, const SgCup *cup, const guint *cup_traces, guint n_cup)
{
  guint traces[MOST_STROKES], n = 0, strange = 0;
  SgPiston piston;
  SgEvidence evidence;

  sg_piston_init (&piston, cup);
  for (guint i = 0; i < n_cup; i++)
    {
      traces[n++] = cup_traces[i];
      strange += add_limbs (search, cup, cup_traces[i], &piston);
    }
  if (strange > CUP_SIDES)
    return;
  /* What joined brings its own neighbours: the rod reaches the piston, the piston may not reach the cup. */
  for (guint i = 0; i < n; i++)
    {
      guint others[SG_NEAR_MAX + 1], n_others = neighbours (search, traces[i], others);

      for (guint k = 0; k < n_others && n < MOST_STROKES; k++)
        if (!contains (traces, n, others[k]) && join (search, cup, others[k], &piston))
          traces[n++] = others[k];
    }
  sg_evidence_init (&evidence);
  sg_evidence_of_damper (cup, &piston, &evidence);
  sg_grouping_propose (search->grouping, NULL, traces, n, MOST_COST, &evidence);
}

static void
try_cup (Search *search, const Wall *base, const Wall *left, const Wall *right)
{
  const SgLimb walls[2] = { left->limb, right->limb };
  guint traces[3] = { base->trace }, n = 1;
  SgCup cup;

  if (search->cups == 0 ||
      !sg_cup_fit (&base->limb, walls, sg_grouping_trace (search->grouping, base->trace)->ink->width, &cup))
    return;
  search->cups--;
  if (!contains (traces, n, left->trace))
    traces[n++] = left->trace;
  if (!contains (traces, n, right->trace))
    traces[n++] = right->trace;
  propose (search, &cup, traces, n);
}

/* Limbs with an end near `corner` that may stand on the base there. */
static guint
walls_at (const Search *search, const Wall *base, SgPoint corner, const guint *others, guint n, Wall walls[8])
{
  double length = sg_point_distance (base->limb.from, base->limb.to), reach = 0.35 * length;
  guint found = 0;

  reach += 2 * sg_grouping_trace (search->grouping, base->trace)->ink->width;
  for (guint i = 0; i < n; i++)
    {
      const Limbs *limbs = limbs_at (search, others[i]);

      for (guint k = 0; limbs && k < limbs->n && found < 8; k++)
        {
          const SgLimb *limb = &limbs->limbs[k];
          SgPoint along = sg_point_sub (limb->to, limb->from);
          double square = fabs (sg_point_dot (along, sg_point_sub (base->limb.to, base->limb.from)));

          if (square < 0.45 * length * sg_point_norm (along) &&
              MIN (sg_point_distance (limb->from, corner), sg_point_distance (limb->to, corner)) < reach)
            walls[found++] = (Wall){ *limb, others[i] };
        }
    }
  return found;
}

static void
try_base (Search *search, guint trace, const SgLimb *limb)
{
  Wall base = { *limb, trace }, left[8], right[8];
  guint others[SG_NEAR_MAX + 1], n = neighbours (search, trace, others);
  guint n_left = walls_at (search, &base, limb->from, others, n, left);
  guint n_right = n_left > 0 ? walls_at (search, &base, limb->to, others, n, right) : 0;

  for (guint i = 0; i < n_left; i++)
    for (guint k = 0; k < n_right; k++)
      try_cup (search, &base, &left[i], &right[k]);
}

/* A loop has no base that a cup stands on; its limbs are looked for where an open stroke is near it. */
static void
propose_dampers (SgGrouping *grouping, const SgNear *near)
{
  Search search = { grouping, near, CUPS };

  for (guint i = 0; i < grouping->traces->len; i++)
    {
      const Limbs *limbs = sg_grouping_trace (grouping, i)->loop ? NULL : limbs_at (&search, i);

      for (guint k = 0; limbs && k < limbs->n; k++)
        try_base (&search, i, &limbs->limbs[k]);
    }
}

const SgProposer sg_propose_dampers = { SG_NEAR_DAMPERS, 0.15, 1, propose_dampers };
