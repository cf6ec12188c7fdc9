/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes from the graph of a skeleton. Every branch has two ends, numbered 2 * branch + side; at each node
 * ends are paired where a line runs on, and a stroke is a walk over branches and pairs.
 */
#include "vision/trace.h"

#include <string.h>

#include "base/parallel.h"
#include "vision/barbs.h"
#include "vision/dots.h"
#include "vision/error.h"
#include "vision/opencv.h"
#include "vision/outline.h"
#include "vision/rings.h"
#include "vision/skeleton.h"
#include "vision/thin.h"

#define NO_END G_MAXUINT
#define MOST_AROUND 0.75    /* of an outline's length: what a line runs around it */
#define LOOP_RADII 70.0     /* stroke radii around a small loop */
#define STRAIGHT_SHARE 0.92 /* of its length: distance of the ends of a straight way */
#define STUB_RADII 5.0      /* of what the pen drew too far, onto something else */
#define GAP_RADII 6.0       /* stroke radii that a hand misses what it draws to */
#define DOT_POINTS 24       /* of the circle around a dot */
#define SLIVER_RADII 6.0    /* stroke radii between two lines that were meant to be one, at most */
#define SLIVER_SHARE 0.25   /* and of their length */

/* A line turns less than this where it runs on through a crossing. */
#define LARGEST_TURN (55 * G_PI / 180)
/* Stroke radii around a pin, and length of a line that it is drawn on, of that. */
#define PIN_RADII 24
#define PIN_LINE 0.75
#define LEAST_AIM cos (45 * G_PI / 180)
/* Of a ring's length: a longer free end at it is a line of its own. */
#define HOOK_SHARE 0.12
/* Two ways to run on that turn this much alike leave it open which is right. */
#define ALIKE_TURN (18 * G_PI / 180)
/* Below this there is no doubt that a line runs on. */
#define STRAIGHT_TURN (20 * G_PI / 180)
#define TURN_AT_DOT (30 * G_PI / 180)
/* Stroke radii to either side by which a line is plainly straight, and distance of its ends by its length. */
#define STRAIGHT_RADII 16.0
#define PLAINLY_STRAIGHT 0.985
#define STRIDE_RADII 2.0 /* no stair of pixels is so long */
#define MOST_STEPS 4     /* branches of such a line */

/* A node of more ends than this is a scribble: which line runs on there cannot be told. */
#define MOST_ENDS 12

enum
{
  NO_OUTLINE,
  ROUND,
  CORNERED
};

typedef struct
{
  const SgSkeleton *graph;
  guint *partner;     /* by end: the end that its line runs on with, or NO_END */
  SgPoint *direction; /* by end: unit vector into the branch */
  guint8 *outlined;   /* by branch: of which kind of outline it is part */
  double *perimeter;  /* by node: of the largest outline through it, 0 where none */
  guint *ends;        /* by node: MOST_ENDS places, of those drawn that lines may run on from */
  guint *count;       /* by node: of ends, also those without a place */
} Tracer;

static guint
node_of (const SgSkeleton *graph, guint end)
{
  return sg_skeleton_branch (graph, end / 2)->node[end % 2];
}

static double
turn_between (const Tracer *self, guint a, guint b)
{
  return sg_walk_turn (self->direction[a], self->direction[b]);
}

static void
pair (Tracer *self, guint a, guint b)
{
  self->partner[a] = b;
  self->partner[b] = a;
}

/* Whether the line along `stem` runs towards the middle of ring `a`: the loop of a coil goes on from its line
 * along its side. */
static gboolean
aims_at_ring (const Tracer *self, guint stem, guint a)
{
  guint n = sg_skeleton_branch (self->graph, a / 2)->n_points;
  SgPoint root = sg_skeleton_point (self->graph, a, 0), middle = { 0, 0 };
  for (guint i = 0; i < n; i++)
    middle = sg_point_add (middle, sg_point_scale (sg_skeleton_point (self->graph, a, i), 1.0 / n));
  SgPoint spoke = sg_point_sub (middle, root);
  return -sg_point_dot (self->direction[stem], spoke) > LEAST_AIM * sg_point_norm (spoke);
}

/* Whether ends `a` and `b` are those of a ring as small as a pin, at the end of a long line: how the two go
 * on is no matter there, for the pin's ink bends the line. */
static gboolean
holds_pin (const Tracer *self, guint stem, guint a, guint b)
{
  double ring = sg_skeleton_branch (self->graph, a / 2)->length;
  return a / 2 == b / 2 && ring < PIN_RADII * self->graph->stroke_radius &&
         sg_skeleton_branch (self->graph, stem / 2)->length > PIN_LINE * ring && aims_at_ring (self, stem, a);
}

/* Whether the line that comes along `stem` ends where it meets the other two, which then are one line: it
 * could run on along either, so it comes to a corner; or they are the two ends of a ring, and it does not
 * plainly run into that. */
static gboolean
ends_at (const Tracer *self, guint stem, guint a, guint b)
{
  double to_a = turn_between (self, stem, a), to_b = turn_between (self, stem, b);
  if (holds_pin (self, stem, a, b))
    return TRUE;
  if (MIN (to_a, to_b) < STRAIGHT_TURN)
    return FALSE;
  return a / 2 == b / 2 || (MAX (to_a, to_b) < LARGEST_TURN && fabs (to_a - to_b) < ALIKE_TURN);
}

/* Whether `stem` is a short free end at a ring: what the pen drew beyond where it closed the ring. */
static gboolean
is_hook (const Tracer *self, guint stem, guint a, guint b)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self->graph, stem / 2);
  const SgSkeletonNode *far = sg_skeleton_node (self->graph, branch->node[1 - stem % 2]);
  return a / 2 == b / 2 && far->degree == 1 &&
         branch->length < HOOK_SHARE * sg_skeleton_branch (self->graph, a / 2)->length;
}

/* Three ends one of which is a stem. Returns whether that was so. */
static gboolean
pair_stem (Tracer *self, const guint *ends)
{
  for (guint i = 0; i < 3; i++)
    {
      guint stem = ends[i], a = ends[(i + 1) % 3], b = ends[(i + 2) % 3];
      if (is_hook (self, stem, a, b))
        pair (self, stem, turn_between (self, stem, a) < turn_between (self, stem, b) ? a : b);
      else if (ends_at (self, stem, a, b))
        pair (self, a, b);
      else
        continue;
      return TRUE;
    }
  return FALSE;
}

/* Four ends are two lines that cross: of the three ways to pair them the one that turns least on the whole,
 * which at the top of a coil's loop is not the one with the straightest pair. Returns whether there is a way
 * without a sharp turn. */
static gboolean
pair_crossing (Tracer *self, const guint *ends)
{
  SgPoint tangent[4];
  for (guint i = 0; i < 4; i++)
    tangent[i] = sg_skeleton_tangent (self->graph, ends[i]);
  double least = G_MAXDOUBLE;
  guint best = 0;
  for (guint i = 1; i < 4; i++)
    {
      double first = sg_walk_turn (tangent[0], tangent[i]);
      double second = sg_walk_turn (tangent[i == 1 ? 2 : 1], tangent[i == 3 ? 2 : 3]);
      double cost = first * first + second * second;
      if (MAX (first, second) < LARGEST_TURN && cost < least)
        {
          least = cost;
          best = i;
        }
    }
  if (best == 0)
    return FALSE;
  pair (self, ends[0], ends[best]);
  pair (self, ends[best == 1 ? 2 : 1], ends[best == 3 ? 2 : 3]);
  return TRUE;
}

/* Pairs the two of `n` ends between which a line turns least, if not sharply, and leaves the others at the
 * front of `ends`. */
static gboolean
pair_straightest (Tracer *self, guint *ends, guint n, double largest_turn)
{
  double best = largest_turn;
  guint best_a = n, best_b = n, left = 0;
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      if (turn_between (self, ends[i], ends[k]) < best)
        {
          best = turn_between (self, ends[i], ends[k]);
          best_a = i;
          best_b = k;
        }
  if (best_a == n)
    return FALSE;
  pair (self, ends[best_a], ends[best_b]);
  for (guint i = 0; i < n; i++)
    if (i != best_a && i != best_b)
      ends[left++] = ends[i];
  return TRUE;
}

/* The end that the line along `end` runs on with where it comes to another node; NO_END where it turns
 * there. */
static guint
straightest_beyond (const Tracer *self, guint end)
{
  guint node = node_of (self->graph, end ^ 1), best = NO_END;
  double least = STRAIGHT_TURN;
  for (guint i = 0; i < MIN (self->count[node], MOST_ENDS); i++)
    {
      guint next = self->ends[node * MOST_ENDS + i];
      double turn = turn_between (self, end ^ 1, next);
      if (next == (end ^ 1) || turn >= least)
        continue;
      least = turn;
      best = next;
    }
  return best;
}

/* The point of the line along `end` as far from its node as a straight line is judged by, over other nodes
 * too. FALSE where it ends before. */
static gboolean
find_far_point (const Tracer *self, guint end, SgPoint *far, double *length)
{
  const SgSkeleton *graph = self->graph;
  double least = STRAIGHT_RADII * graph->stroke_radius;
  *far = sg_skeleton_point (graph, end, 0);
  *length = 0;
  for (guint step = 0; step < MOST_STEPS && end != NO_END; step++)
    {
      for (guint i = 1; i < sg_skeleton_branch (graph, end / 2)->n_points && *length < least; i++)
        {
          SgPoint next = sg_skeleton_point (graph, end, i);
          double stride = sg_point_distance (*far, next);
          if (stride < STRIDE_RADII * graph->stroke_radius)
            continue;
          *length += stride;
          *far = next;
        }
      if (*length >= least)
        return TRUE;
      end = straightest_beyond (self, end);
    }
  return FALSE;
}

/* Whether the line along `a` plainly runs straight on along `b`. */
static gboolean
are_straight (const Tracer *self, guint a, guint b)
{
  SgPoint p, q;
  double to_a, to_b;
  return find_far_point (self, a, &p, &to_a) && find_far_point (self, b, &q, &to_b) &&
         sg_point_distance (p, q) > PLAINLY_STRAIGHT * (to_a + to_b);
}

/* A ramp that a wheel stands on runs on under it, though the rim leads on as smoothly: pairs the ends of the
 * ramp, over ink that it shares with the rim too. Returns whether that is what meets here. A coil is not
 * straight beside its loops. */
static gboolean
pair_under_wheel (Tracer *self, const guint *ends, guint n)
{
  guint line[4], rim[4], n_lines = 0, n_rims = 0;
  for (guint i = 0; i < n; i++)
    if (self->outlined[ends[i] / 2] == ROUND)
      rim[n_rims++] = ends[i];
    else
      line[n_lines++] = ends[i];
  if (n_rims != 2)
    return FALSE;
  for (guint i = n_lines == 1 ? 0 : 1; i < 2; i++)
    {
      guint on = n_lines == 1 ? rim[i] : line[i];
      if (!are_straight (self, line[0], on))
        continue;
      pair (self, line[0], on);
      if (n_lines == 2)
        pair (self, rim[0], rim[1]);
      return TRUE;
    }
  return FALSE;
}

/* Pairs the ends at one node as far as lines run on there. Two that are left over are a corner. */
static void
pair_ends (Tracer *self, guint *ends, guint n)
{
  if ((n == 3 || n == 4) && pair_under_wheel (self, ends, n))
    return;
  while (n > 2)
    {
      if ((n == 3 && pair_stem (self, ends)) ||
          (n == 4 && pair_crossing (self, ends)) ||
          !pair_straightest (self, ends, n, LARGEST_TURN))
        return;
      n -= 2;
    }
  if (n == 2)
    pair (self, ends[0], ends[1]);
}

/* What a pin holds ends there; a rail or a ceiling under it runs on. */
static void
pair_at_dot (Tracer *self, guint *ends, guint n)
{
  while (n >= 2 && pair_straightest (self, ends, n, TURN_AT_DOT))
    n -= 2;
}

static gboolean
is_drawn (const SgSkeletonBranch *branch)
{
  return !branch->gone && !branch->faint && !branch->gap;
}

static void
pair_all (Tracer *self)
{
  const SgSkeleton *graph = self->graph;
  guint n_ends = 2 * graph->branches->len;
  for (guint end = 0; end < n_ends; end++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (graph, end / 2);
      guint node = branch->node[end % 2];
      if (!is_drawn (branch) || branch->tick[end % 2])
        continue;
      self->direction[end] = sg_skeleton_direction (graph, end);
      if (self->count[node] < MOST_ENDS)
        self->ends[node * MOST_ENDS + self->count[node]] = end;
      self->count[node]++;
    }
  for (guint node = 0; node < graph->nodes->len; node++)
    {
      guint here[MOST_ENDS], n = self->count[node];
      if (n < 2 || n > MOST_ENDS)
        continue;
      memcpy (here, &self->ends[node * MOST_ENDS], n * sizeof *here);
      (sg_skeleton_node (graph, node)->dot ? pair_at_dot : pair_ends) (self, here, n);
    }
}

/* Whether the branch is hatching that stands at this end. */
static gboolean
is_tick (const Tracer *self, guint end)
{
  return sg_skeleton_branch (self->graph, end / 2)->tick[end % 2];
}

/* Whether the ink beside an outline is what the pen drew beyond where it closed: short, with a free end. */
static gboolean
is_overshoot (const Tracer *self, const guint *ends, guint n)
{
  guint node[2] = { node_of (self->graph, ends[0]), node_of (self->graph, ends[n - 1] ^ 1) };
  double length = 0, perimeter = 0;
  if (is_tick (self, ends[0]) || is_tick (self, ends[n - 1] ^ 1))
    return FALSE;
  for (guint i = 0; i < n; i++)
    length += sg_skeleton_branch (self->graph, ends[i] / 2)->length;
  for (guint side = 0; side < 2; side++)
    if (sg_skeleton_node (self->graph, node[1 - side])->degree == 1)
      perimeter = MAX (perimeter, self->perimeter[node[side]]);
  return length < HOOK_SHARE * perimeter;
}

/* Whether the ink between an outline and something beside it is what the pen drew beyond a corner. */
static gboolean
is_stub (const Tracer *self, const guint *ends, guint n)
{
  guint start = node_of (self->graph, ends[0]), stop = node_of (self->graph, ends[n - 1] ^ 1);
  double length = 0;
  for (guint i = 0; i < n; i++)
    length += sg_skeleton_branch (self->graph, ends[i] / 2)->length;
  return MAX (self->perimeter[start], self->perimeter[stop]) > 0 &&
         sg_skeleton_node (self->graph, start)->degree > 1 &&
         sg_skeleton_node (self->graph, stop)->degree > 1 && length < STUB_RADII * self->graph->stroke_radius;
}

static gboolean
is_on_outline (const Tracer *self, SgPoint p, double reach)
{
  for (guint i = 0; i < self->graph->branches->len; i++)
    if (self->outlined[i] != NO_OUTLINE)
      for (guint k = 0; k < sg_skeleton_branch (self->graph, i)->n_points; k++)
        if (sg_point_distance (sg_skeleton_point (self->graph, 2 * i, k), p) < reach)
          return TRUE;
  return FALSE;
}

/* Whether the ink runs beside outlines from one place on them to another: a box stands on a ramp, and there
 * the line of one was drawn next to that of the other. */
static gboolean
is_second_line (const Tracer *self, const guint *ends, guint n)
{
  double length = 0;
  for (guint i = 0; i < n; i++)
    length += sg_skeleton_branch (self->graph, ends[i] / 2)->length;
  double reach = MIN (SLIVER_RADII * self->graph->stroke_radius, SLIVER_SHARE * length);
  if (self->perimeter[node_of (self->graph, ends[0])] == 0 ||
      self->perimeter[node_of (self->graph, ends[n - 1] ^ 1)] == 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < sg_skeleton_branch (self->graph, ends[i] / 2)->n_points; k += reach / 2 + 1)
      if (!is_on_outline (self, sg_skeleton_point (self->graph, ends[i], k), reach))
        return FALSE;
  return TRUE;
}

/* Whether branches first..last of a walk, all of outlines, are a way that a line may take along them:
 * straight along a side, or around a wheel, as a rope that comes back. */
static gboolean
runs_along (const Tracer *self, const guint *ends, guint first, guint last)
{
  guint start = node_of (self->graph, ends[first]), stop = node_of (self->graph, ends[last] ^ 1);
  double length = 0;
  gboolean round = FALSE;
  for (guint i = first; i <= last; i++)
    {
      round |= self->outlined[ends[i] / 2] == ROUND;
      length += sg_skeleton_branch (self->graph, ends[i] / 2)->length;
    }
  if (round) /* a coil goes all around its loops, which are small */
    return length < MAX (MOST_AROUND * self->perimeter[start], LOOP_RADII * self->graph->stroke_radius);
  return sg_point_distance (sg_skeleton_node (self->graph, start)->at,
                            sg_skeleton_node (self->graph, stop)->at) > STRAIGHT_SHARE * length;
}

/* Number of branches from `first` on that are of outlines (`of` TRUE) or of none. */
static guint
count_alike (const Tracer *self, const guint *ends, guint first, guint n, gboolean of)
{
  guint count = 0;
  while (first + count < n && (self->outlined[ends[first + count] / 2] != NO_OUTLINE) == of)
    count++;
  return count;
}

/* Outlines have their strokes already: a line may run along them, but does not begin or end with them.
 * Appends what is left of the walk. */
static void
append_walk (const Tracer *self, const guint *ends, guint n, gboolean closed, GArray *traces)
{
  guint first = count_alike (self, ends, 0, n, TRUE);
  while (first < n)
    {
      SgPixelStroke stroke;
      guint last = first + count_alike (self, ends, first, n, FALSE);
      guint next = last + count_alike (self, ends, last, n, TRUE);
      while (next < n && runs_along (self, ends, last, next - 1))
        {
          last = next + count_alike (self, ends, next, n, FALSE);
          next = last + count_alike (self, ends, last, n, TRUE);
        }
      if (!is_overshoot (self, ends + first, last - first) &&
          !is_stub (self, ends + first, last - first) &&
          !is_second_line (self, ends + first, last - first) &&
          sg_walk_to_stroke (self->graph, ends + first, last - first, closed && last - first == n, &stroke))
        g_array_append_val (traces, stroke);
      first = next;
    }
}

/* Walks from `start` as far as the line runs on and appends the stroke. */
static void
trace_from (const Tracer *self, guint start, guint8 *used, GArray *traces)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  guint end = start;
  do
    {
      used[end / 2] = 1;
      g_array_append_val (ends, end);
      end = self->partner[end ^ 1];
    }
  while (end != NO_END && !used[end / 2]);
  append_walk (self, (const guint *)ends->data, ends->len, end == start, traces);
}

static void
mark_outline (Tracer *self, const SgOutline *outline)
{
  for (guint i = 0; i < outline->ends->len; i++)
    {
      guint end = g_array_index (outline->ends, guint, i), node = node_of (self->graph, end);
      self->outlined[end / 2] = outline->round ? ROUND : CORNERED;
      self->perimeter[node] = MAX (self->perimeter[node], outline->length);
    }
}

static void
trace_outlines (Tracer *self, SgBudget *budget, GArray *traces)
{
  g_autoptr (GArray) outlines = sg_outlines_find (self->graph, budget);
  for (guint i = 0; i < outlines->len && sg_budget_spend (budget); i++)
    {
      const SgOutline *outline = &g_array_index (outlines, SgOutline, i);
      SgPixelStroke stroke;
      mark_outline (self, outline);
      if (sg_walk_to_stroke (self->graph, (const guint *)outline->ends->data, outline->ends->len, TRUE,
                             &stroke))
        g_array_append_val (traces, stroke);
    }
}

static void
trace_graph (const SgSkeleton *graph, SgBudget *budget, GArray *traces)
{
  guint n_ends = 2 * graph->branches->len;
  g_autofree guint *partner = g_new (guint, n_ends);
  g_autofree SgPoint *direction = g_new0 (SgPoint, n_ends);
  g_autofree guint8 *used = g_new0 (guint8, graph->branches->len);
  g_autofree guint8 *outlined = g_new0 (guint8, graph->branches->len);
  g_autofree double *perimeter = g_new0 (double, graph->nodes->len);
  for (guint end = 0; end < n_ends; end++)
    partner[end] = NO_END;
  g_autofree guint *ends = g_new (guint, (gsize)MOST_ENDS * graph->nodes->len);
  g_autofree guint *count = g_new0 (guint, graph->nodes->len);
  Tracer self = { graph, partner, direction, outlined, perimeter, ends, count };
  trace_outlines (&self, budget, traces);
  pair_all (&self);
  for (guint pass = 0; pass < 2; pass++) /* lines with ends first; what is left is closed */
    for (guint end = 0; end < n_ends; end++)
      if (!used[end / 2] && is_drawn (sg_skeleton_branch (graph, end / 2)) &&
          (pass == 1 || partner[end] == NO_END) && sg_budget_spend (budget))
        trace_from (&self, end, used, traces);
}

static gboolean
check_step (char *problem, SgBudget *budget, GError **error)
{
  g_autofree char *text = problem;
  if (text != NULL)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_INTERNAL, "%s", text);
      return FALSE;
    }
  return sg_budget_check (budget, error);
}

typedef struct
{
  const guint8 *ink;
  guint8 *skeleton;
  int width, height;
  SgBudget *budget;
  SgDepth *depth;
  gboolean thinned;
} Thinning;

/* Neither half needs the other. */
static void
thin_or_measure (guint half, gpointer data)
{
  Thinning *self = data;
  if (half == 0)
    self->thinned = sg_thin (self->skeleton, self->width, self->height, self->budget);
  else
    self->depth = sg_depth_new (self->ink, self->width, self->height);
}

/* The skeleton's graph of `ink`, and how deep that is (transfer full), in any case. `scratch` is as large as
 * the picture. NULL on error. */
static SgSkeleton *
find_skeleton (const guint8 *ink,
               const guint8 *contrast,
               guint8 *scratch,
               int width,
               int height,
               SgDepth **depth,
               SgBudget *budget,
               GError **error)
{
  Thinning thinning = { ink, scratch, width, height, budget, NULL, FALSE };
  memcpy (scratch, ink, (gsize)width * height);
  sg_parallel_for (2, thin_or_measure, &thinning);
  *depth = thinning.depth;
  if (!thinning.thinned)
    {
      sg_budget_check (budget, error); /* which says why it is over */
      return NULL;
    }
  SgSkeleton *graph = sg_skeleton_new (scratch, *depth, width, height);
  if (contrast != NULL)
    sg_skeleton_mark_faint (graph, contrast, width, height);
  sg_skeleton_measure (graph, *depth);
  return graph;
}

/* A dot is no spot to be hollowed out: its depth becomes that of a line. */
static void
flatten_dots (const GArray *dots, SgDepth *depth, double stroke_radius)
{
  for (guint i = 0; i < dots->len; i++)
    {
      const SgDot *dot = &g_array_index (dots, SgDot, i);
      int reach = (int)(dot->radius + 2 * stroke_radius), x0 = (int)dot->center.x, y0 = (int)dot->center.y;
      sg_depth_flatten (depth, x0 - reach, y0 - reach, x0 + reach, y0 + reach, (float)stroke_radius);
    }
}

#define MOST_BRANCHES 16000

/* Texture and noise have lines without end, and untangling them would take minutes. Paper ruled every five
 * millimetres, with a drawing on it, has a third of this. */
static gboolean
check_lines (const SgSkeleton *graph, GError **error)
{
  if (graph->branches->len <= MOST_BRANCHES)
    return TRUE;
  g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE,
               "%u separate lines, so it is no drawing but texture or noise", graph->branches->len);
  return FALSE;
}

/* Of what is left to spend: the rest is for following the lines, clean or not. */
#define CLEANING_SHARE 0.7

/* Takes out of the graph what the pen did not draw, and puts in what it meant to. */
static void
clean_lines (SgSkeleton *graph, const GArray *dots, SgBudget *budget)
{
  SgBudget part;
  sg_budget_begin_part (budget, CLEANING_SHARE, &part);
  sg_skeleton_clean (graph, &part);
  for (guint i = 0; i < dots->len; i++)
    {
      const SgDot *dot = &g_array_index (dots, SgDot, i);
      sg_skeleton_gather (graph, dot->center, dot->radius + graph->stroke_radius);
    }
  sg_skeleton_mark_ticks (graph);
  sg_skeleton_bridge_gaps (graph, GAP_RADII * graph->stroke_radius, &part);
  sg_budget_end_part (budget, &part);
}

/* The graph of the lines of `ink`, which loses what lies inside of spots, and the dots that are none. NULL on
 * error. */
static SgSkeleton *
find_lines (guint8 *ink,
            const guint8 *contrast,
            int width,
            int height,
            GArray **dots,
            SgBudget *budget,
            GError **error)
{
  g_autofree guint8 *scratch = g_malloc ((gsize)width * height);
  g_autoptr (SgDepth) depth = NULL;
  gboolean any_spot;
  if (!sg_budget_check (budget, error))
    return NULL;
  g_autoptr (SgSkeleton) graph =
    find_skeleton (ink, contrast, scratch, width, height, &depth, budget, error);
  if (graph == NULL || !check_lines (graph, error))
    return NULL;
  g_autoptr (GArray) found = sg_dots_find (ink, depth, width, height, graph);
  sg_rings_find (found, ink, width, height, graph);
  flatten_dots (found, depth, graph->stroke_radius);
  char *problem = sg_opencv_hollow_spots (ink, depth, width, height, graph->stroke_radius, &any_spot);
  if (!check_step (problem, budget, error))
    return NULL;
  if (any_spot || found->len > 0)
    {
      g_clear_pointer (&depth, sg_depth_free);
      g_clear_pointer (&graph, sg_skeleton_free);
      graph = find_skeleton (ink, contrast, scratch, width, height, &depth, budget, error);
      if (graph == NULL)
        return NULL;
    }
  clean_lines (graph, found, budget);
  *dots = g_steal_pointer (&found);
  return g_steal_pointer (&graph);
}

/* Drops what lines left inside the dot and appends its circle. */
static void
trace_dot (const SgDot *dot, double pen, GArray *traces)
{
  SgPixelStroke circle = { g_new (SgPoint, DOT_POINTS + 1), DOT_POINTS + 1, pen };
  for (guint i = 0; i <= DOT_POINTS; i++)
    {
      double angle = 2 * G_PI * i / DOT_POINTS;
      circle.points[i] =
        sg_point_add (dot->center, SG_POINT (dot->radius * cos (angle), dot->radius * sin (angle)));
    }
  for (guint i = traces->len; i-- > 0;)
    {
      const SgPixelStroke *stroke = &g_array_index (traces, SgPixelStroke, i);
      gboolean inside = TRUE;
      for (guint k = 0; k < stroke->n && inside; k++)
        inside = sg_point_distance (stroke->points[k], dot->center) < dot->radius + pen;
      if (inside)
        g_array_remove_index (traces, i);
    }
  g_array_append_val (traces, circle);
}

GArray *
sg_trace_mask (const guint8 *mask,
               const guint8 *contrast,
               int width,
               int height,
               SgBudget *budget,
               GError **error)
{
  g_autoptr (GArray) dots = NULL;
  g_autofree guint8 *lines = g_memdup2 (mask, (gsize)width * height);
  g_autoptr (SgSkeleton) graph = find_lines (lines, contrast, width, height, &dots, budget, error);
  if (graph == NULL)
    return NULL;
  GArray *traces = g_array_new (FALSE, FALSE, sizeof (SgPixelStroke));
  g_array_set_clear_func (traces, (GDestroyNotify)sg_pixel_stroke_clear);
  trace_graph (graph, budget, traces);
  sg_barbs_find (traces, mask, width, height, graph->stroke_radius);
  for (guint i = 0; i < dots->len; i++)
    trace_dot (&g_array_index (dots, SgDot, i), 2 * graph->stroke_radius, traces);
  return traces;
}
