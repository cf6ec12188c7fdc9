/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cycles by depth-first search that only ever turns one way, judged by the evidence modules. */
#include "vision/outline.h"

#include "vision/evidence.h"
#include "vision/walk.h"

#define NO_END G_MAXUINT
#define MOST_BRANCHES 24  /* of one outline */
#define STEPS_A_START 400 /* of the search from one end */
#define STEPS_A_PICTURE 60000
#define BACK_TURN 0.8        /* rad: a hand's wobble against the sense of the walk */
#define SWAY 1.0             /* rad: the same along the side of a box, which may be an S */
#define SHARPEST 2.7         /* rad: more is turning back, not a corner */
#define LAST_TURN 1.0        /* rad off a full turn when the walk closes */
#define TORN_TURN 0.6        /* rad: usual loss where an outline leaves a line that runs on */
#define LARGEST_TURN 0.9     /* rad: a line that could only turn more than this ends */
#define PAST_TURN 0.5        /* rad: so much straighter than another is a way that a line plainly takes */
#define MOST_TORN 2.0        /* cost: such turns together */
#define TOUCHED_COST 0.7     /* of the one corner of a box at which something else has a corner too */
#define USUAL_GAP 0.06       /* of the outline */
#define GAP_TURN 1.2         /* rad: the same where one misses the other, at a gap */
#define HOOK_RADII 9.0       /* stroke radii: a free end this short at a node does not run on */
#define MOST_COST 1.9        /* of the evidence and the torn turns */
#define LEAST_NEW 0.42       /* share of an outline that must not be in smaller ones */
#define LEAST_NEW_ROUND 0.88 /* a wheel touches, it has no side in common with anything */
#define BRACED_SHARE 0.5     /* of a triangle: two sides that are a box's too, whose brace is the third */
#define LEAST_PERIMETER 12.0 /* stroke radii */
#define PIN_SHARE 0.1        /* of an outline: a ring this small at its corner is a joint between rods */
#define MOST_PINNED 1        /* corners of one body: what hangs by a corner */
#define CORNER_TURN 0.6      /* rad: less is a side that goes on */
#define ON_TURN 0.5          /* rad: so much straighter than the corner is a line that runs on past it */

typedef struct Cycle Cycle;

struct Cycle
{
  SgOutline outline;
  SgKind kind;
  double cost;
  const Cycle *braced; /* NULL, or the box in which this triangle is half */
  gboolean chosen;
};

/* What tearing lines apart costs an outline. A round one has no corner that another line could touch, so the
 * loops of a coil are none. */
typedef struct
{
  double round, cornered;
  double worst; /* of the turns at corners, that at the worst one */
} Torn;

typedef struct
{
  const SgSkeleton *graph;
  guint *first;       /* by node: its place in `leaving`; one more at the end */
  guint *leaving;     /* ends that leave the nodes, node by node */
  SgPoint *direction; /* by end */
  double *bend;       /* by branch: how much it turns from its first point to its last */
  double *back[2];    /* by branch: largest turn against a walk that turns left and right, walked forwards */
  gboolean *visited;  /* by node */
  guint walk[MOST_BRANCHES];
  guint n;
  double turned;
  Torn torn;
  guint steps, all_steps;
  GPtrArray *cycles; /* of Cycle */
} Search;

static void
cycle_free (gpointer data)
{
  Cycle *cycle = data;
  g_array_unref (cycle->outline.ends);
  g_free (cycle);
}

static guint
node_of (const Search *self, guint end)
{
  return sg_skeleton_branch (self->graph, end / 2)->node[end % 2];
}

static gboolean
is_drawn (const SgSkeletonBranch *branch)
{
  return !branch->gone && !branch->faint;
}

/* Angle from one heading to the next, positive clockwise as seen. */
static double
turn_from (SgPoint a, SgPoint b)
{
  return atan2 (sg_point_cross (a, b), sg_point_dot (a, b));
}

/* How a branch turns between its two directions, seen in steps that no pixel stair matters to. A direction is
 * the mean of a stretch, so that near a corner it lies between the steps: only they tell of turning back. */
static void
measure_branch (Search *self, guint index)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self->graph, index);
  const SgSkeletonNode *near = sg_skeleton_node (self->graph, branch->node[0]);
  const SgSkeletonNode *far = sg_skeleton_node (self->graph, branch->node[1]);
  double step = MAX (6, 3 * self->graph->stroke_radius), turned = 0, most = 0, least = 0, back[2] = { 0 };
  SgPoint heading = self->direction[2 * index], at = sg_skeleton_point (self->graph, 2 * index, 0);
  guint n_steps = 0;
  for (guint i = 1; i + 1 < branch->n_points; i++)
    {
      SgPoint p = sg_skeleton_point (self->graph, 2 * index, i);
      if (sg_point_distance (p, at) < step || sg_point_distance (p, near->at) < near->radius ||
          sg_point_distance (p, far->at) < far->radius)
        continue;
      turned += turn_from (heading, sg_point_sub (p, at));
      heading = sg_point_sub (p, at);
      at = p;
      most = n_steps == 0 ? turned : MAX (most, turned);
      least = n_steps == 0 ? turned : MIN (least, turned);
      back[0] = MAX (back[0], most - turned);
      back[1] = MAX (back[1], turned - least);
      n_steps++;
    }
  turned += turn_from (heading, sg_point_scale (self->direction[2 * index + 1], -1));
  self->bend[index] = turned;
  self->back[0][index] = n_steps > 1 ? back[0] : MAX (0, -turned);
  self->back[1][index] = n_steps > 1 ? back[1] : MAX (0, turned);
}

static void
search_init (Search *self, const SgSkeleton *graph)
{
  guint n_ends = 2 * graph->branches->len, n = 0;
  *self = (Search){ .graph = graph };
  self->first = g_new0 (guint, graph->nodes->len + 2);
  self->leaving = g_new (guint, n_ends + 1);
  self->direction = g_new0 (SgPoint, n_ends);
  self->bend = g_new0 (double, n_ends / 2);
  self->back[0] = g_new0 (double, n_ends / 2);
  self->back[1] = g_new0 (double, n_ends / 2);
  self->visited = g_new0 (gboolean, graph->nodes->len);
  self->cycles = g_ptr_array_new_with_free_func (cycle_free);
  for (guint end = 0; end < n_ends; end++)
    if (is_drawn (sg_skeleton_branch (graph, end / 2)))
      self->first[node_of (self, end) + 2]++;
  for (guint node = 2; node < graph->nodes->len + 2; node++)
    self->first[node] += self->first[node - 1];
  for (guint end = 0; end < n_ends; end++)
    if (is_drawn (sg_skeleton_branch (graph, end / 2)))
      {
        self->leaving[self->first[node_of (self, end) + 1]++] = end;
        self->direction[end] = sg_skeleton_direction (graph, end);
        n++;
      }
  for (guint i = 0; i < graph->branches->len && n > 0; i++)
    if (is_drawn (sg_skeleton_branch (graph, i)))
      measure_branch (self, i);
}

static void
search_clear (Search *self)
{
  g_free (self->first);
  g_free (self->leaving);
  g_free (self->direction);
  g_free (self->bend);
  g_free (self->back[0]);
  g_free (self->back[1]);
  g_free (self->visited);
  g_clear_pointer (&self->cycles, g_ptr_array_unref);
}

static gboolean
is_gap (const Search *self, guint end)
{
  return sg_skeleton_branch (self->graph, end / 2)->gap;
}

/* What ends at its node, so that no line runs on in it: hatching, and what the pen drew too far. */
static gboolean
is_hook (const Search *self, guint end)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self->graph, end / 2);
  if (branch->tick[end % 2])
    return TRUE;
  return sg_skeleton_node (self->graph, node_of (self, end ^ 1))->degree == 1 &&
         branch->length < HOOK_RADII * self->graph->stroke_radius;
}

/* Whether the line along `on` has no use for the one along `end`: with a third, neither it nor `other`, it is
 * plainly straighter. */
static gboolean
runs_past (const Search *self, guint on, guint end, guint other)
{
  guint node = node_of (self, on);
  double turn = sg_walk_turn (self->direction[end], self->direction[on]) - PAST_TURN;
  for (guint i = self->first[node]; i < self->first[node + 1]; i++)
    {
      guint third = self->leaving[i];
      if (third != on && third != end && third != other && !is_gap (self, third) && !is_hook (self, third) &&
          sg_walk_turn (self->direction[third], self->direction[on]) < turn)
        return TRUE;
    }
  return FALSE;
}

/* How much straighter than to `other` the line along `end` could run on at its node, but not into `barred`;
 * 0 where it ends there, as only one of an odd number of lines does. Where it would run on in `on`. At a
 * `corner` it does not run on along a line that goes past. `on` may be NULL. */
static double
lost_straightness (const Search *self, guint end, guint other, guint barred, gboolean corner, guint *on)
{
  guint node = node_of (self, end), n = 1;
  double turn = sg_walk_turn (self->direction[end], self->direction[other]), least = G_PI;
  guint best = NO_END;
  for (guint i = self->first[node]; i < self->first[node + 1]; i++)
    {
      guint way = self->leaving[i];
      if (way == end || is_gap (self, way) || is_hook (self, way))
        continue;
      n++;
      double way_turn = sg_walk_turn (self->direction[end], self->direction[way]);
      if (way == other || way == barred || way_turn >= least || (corner && runs_past (self, way, end, other)))
        continue;
      least = way_turn;
      best = way;
    }
  if (on != NULL)
    *on = best;
  return n % 2 == 0 || least < LARGEST_TURN ? MAX (0, turn - least) : 0;
}

/* Cost of coming along `in` (an end at the node) and leaving along `out`: both lines torn is a crossing
 * turned at, one alone is a corner on a line that runs on. At a corner one line on which both sides meet,
 * such as a wire at the tip of a diode, can continue only one of them. */
static Torn
cost_of_turn (const Search *self, guint in, guint out)
{
  guint on_in, on_out;
  double round = MIN (lost_straightness (self, in, out, NO_END, FALSE, NULL),
                      lost_straightness (self, out, in, NO_END, FALSE, NULL));
  double lost_in = lost_straightness (self, in, out, NO_END, TRUE, &on_in);
  double lost_out = lost_straightness (self, out, in, NO_END, TRUE, &on_out);
  double cornered = MIN (lost_in, lost_out);
  if (cornered > 0 && on_in == on_out)
    cornered = MAX (MIN (lost_in, lost_straightness (self, out, in, on_in, TRUE, NULL)),
                    MIN (lost_out, lost_straightness (self, in, out, on_in, TRUE, NULL)));
  double cost = sg_misfit (cornered, TORN_TURN);
  return (Torn){ sg_misfit (round, TORN_TURN), cost, cost };
}

/* What tearing costs a box: where the head of an arrow or another box touches a corner, the sides of both run
 * on in each other as lines do that cross. */
static double
torn_from_box (const Torn *torn)
{
  return torn->cornered - torn->worst + MIN (torn->worst, TOUCHED_COST);
}

static double
torn_from (SgKind kind, const Torn *torn)
{
  if (kind == SG_KIND_CIRCLE || kind == SG_KIND_ELLIPSE)
    return torn->round;
  return kind == SG_KIND_RECTANGLE ? torn_from_box (torn) : torn->cornered;
}

static double
turn_at_node (const Search *self, guint in, guint out)
{
  return turn_from (sg_point_scale (self->direction[in], -1), self->direction[out]);
}

/* The most that a branch turns against the walk, which does not turn back where it is round. */
static double
back_of (const Search *self, guint end)
{
  /* walked backwards every left turn is a right turn, and the other way round */
  return self->back[end % 2][end / 2];
}

static gboolean
sways (const Search *self)
{
  for (guint i = 0; i < self->n; i++)
    if (back_of (self, self->walk[i]) > BACK_TURN)
      return TRUE;
  return FALSE;
}

/* The shape of the walk's outline; its evidence's cost in `cost`. */
static SgKind
shape_of (const Search *self, const SgPixelStroke *stroke, double *cost)
{
  SgPath path;
  SgRun run;
  SgEvidence evidence;
  sg_path_init (&path, stroke->points, NULL, stroke->n, 2 * self->graph->stroke_radius);
  sg_run_init_outline (&run, &path);
  sg_evidence_init (&evidence);
  sg_evidence_of_outline (&run, &evidence);
  SgKind kind = sg_evidence_best (&evidence);
  *cost = evidence.cost[kind];
  sg_evidence_clear (&evidence);
  return kind;
}

/* What a corner of the walk tells of the sides that meet there. */
typedef struct
{
  guint at;               /* in the walk, the branch that leads to it */
  gboolean in_on, out_on; /* the line of the side before it, or after it, runs on beyond */
} Corner;

static guint
find_corners (const Search *self, Corner *corners)
{
  guint n = 0;
  for (guint i = 0; i < self->n; i++)
    {
      guint in = self->walk[i] ^ 1, out = self->walk[(i + 1) % self->n];
      if (fabs (turn_at_node (self, in, out)) < CORNER_TURN)
        continue;
      corners[n++] = (Corner){ i, lost_straightness (self, in, out, NO_END, FALSE, NULL) > ON_TURN,
                               lost_straightness (self, out, in, NO_END, FALSE, NULL) > ON_TURN };
    }
  return n;
}

/* Whether hatching stands on branches after..last of the walk. */
static gboolean
is_hatched (const Search *self, guint after, guint last)
{
  for (guint i = after; i != last; i = (i + 1) % self->n)
    {
      guint node = node_of (self, self->walk[i] ^ 1);
      for (guint k = self->first[node]; k < self->first[node + 1]; k++)
        if (sg_skeleton_branch (self->graph, self->leaving[k] / 2)->tick[self->leaving[k] % 2])
          return TRUE;
    }
  return FALSE;
}

/* Whether a side, branches first..last of the walk, touches neither line at its ends. */
static gboolean
is_loose (const Search *self, guint first, guint last)
{
  double gaps = 0, ink = 0;
  if (!is_gap (self, self->walk[first]) || !is_gap (self, self->walk[last]))
    return FALSE;
  for (guint i = first;; i = (i + 1) % self->n)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self->graph, self->walk[i] / 2);
      *(branch->gap ? &gaps : &ink) += branch->length;
      if (i == last)
        return ink > gaps;
    }
}

/* Whether sides of the walk are lines of other things: the ceiling and the beam that two ropes hang from
 * it, the plate of a piston between the walls of its cup, which it does not touch. */
static gboolean
is_between_lines (const Search *self)
{
  Corner corners[MOST_BRANCHES];
  guint n = find_corners (self, corners), rails = 0;
  gboolean hatched = FALSE;
  for (guint i = 0; i < n; i++)
    {
      const Corner *a = &corners[i], *b = &corners[(i + 1) % n];
      guint first = (a->at + 1) % self->n;
      if (a->out_on && b->in_on)
        {
          rails++;
          hatched |= is_hatched (self, first, b->at);
        }
      if (a->in_on && b->out_on && is_loose (self, first, b->at))
        return TRUE;
    }
  return rails > 1 && hatched;
}

static void
propose_cycle (Search *self, Torn torn)
{
  SgPixelStroke stroke;
  double cost = 0, length = 0, gaps = 0;
  for (guint i = 0; i < self->n; i++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self->graph, self->walk[i] / 2);
      length += branch->length;
      gaps += branch->gap ? branch->length : 0;
    }
  if (length < LEAST_PERIMETER * self->graph->stroke_radius ||
      !sg_walk_to_stroke (self->graph, self->walk, self->n, TRUE, &stroke))
    return;
  SgKind kind = shape_of (self, &stroke, &cost);
  gboolean round = kind == SG_KIND_CIRCLE || kind == SG_KIND_ELLIPSE;
  cost += torn_from (kind, &torn) + sg_misfit (gaps / length, USUAL_GAP);
  gboolean known = round ? !sways (self) : kind == SG_KIND_RECTANGLE || kind == SG_KIND_TRIANGLE;
  if (known && cost < MOST_COST && !(kind == SG_KIND_RECTANGLE && is_between_lines (self)))
    {
      Cycle *cycle = g_new (Cycle, 1);
      *cycle = (Cycle){ { g_array_new (FALSE, FALSE, sizeof (guint)), length, round }, kind, cost };
      g_array_append_vals (cycle->outline.ends, self->walk, self->n);
      g_ptr_array_add (self->cycles, cycle);
    }
  sg_pixel_stroke_clear (&stroke);
}

static void search_on (Search *self, guint end);

/* Tries to leave along `end` after `in`, an end at the same node. */
static void
try_end (Search *self, guint in, guint end)
{
  double turn = turn_at_node (self, in, end);
  double back_turn = is_gap (self, in) || is_gap (self, end) ? GAP_TURN : BACK_TURN;
  if (end == in || end / 2 < self->walk[0] / 2 || turn < -back_turn || turn > SHARPEST)
    return;
  Torn before = self->torn, here = cost_of_turn (self, in, end);
  Torn torn = { before.round + here.round, before.cornered + here.cornered, MAX (before.worst, here.worst) };
  if (MIN (torn.round, torn_from_box (&torn)) > MOST_TORN)
    return;
  if (end == self->walk[0])
    {
      if (fabs (self->turned + turn - 2 * G_PI) < LAST_TURN)
        propose_cycle (self, torn);
      return;
    }
  if (self->visited[node_of (self, end ^ 1)] && node_of (self, end ^ 1) != node_of (self, self->walk[0]))
    return;
  self->turned += turn, self->torn = torn;
  search_on (self, end);
  self->turned -= turn, self->torn = before;
}

/* Walks along `end` and on from where it leads to. */
static void
search_on (Search *self, guint end)
{
  guint index = end / 2, node = node_of (self, end ^ 1);
  double bend = end % 2 ? -self->bend[index] : self->bend[index];
  if (self->n == MOST_BRANCHES || back_of (self, end) > SWAY || self->turned + bend > 2 * G_PI + LAST_TURN ||
      ++self->steps > STEPS_A_START)
    return;
  self->walk[self->n++] = end;
  self->turned += bend;
  self->visited[node] = TRUE;
  gboolean closes = node == node_of (self, self->walk[0]);
  for (guint i = self->first[node]; i < self->first[node + 1]; i++)
    if (!closes || self->leaving[i] == self->walk[0])
      try_end (self, end ^ 1, self->leaving[i]);
  self->visited[node] = FALSE;
  self->turned -= bend;
  self->n--;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const Cycle *p = *(Cycle *const *)a, *q = *(Cycle *const *)b;
  double x = p->cost + log (p->outline.length), y = q->cost + log (q->outline.length);
  return (x > y) - (x < y);
}

static void
outline_clear (gpointer data)
{
  g_array_unref (((SgOutline *)data)->ends);
}

static void
set_taken (const SgOutline *outline, guint8 *taken, guint8 value)
{
  for (guint k = 0; k < outline->ends->len; k++)
    taken[g_array_index (outline->ends, guint, k) / 2] = value;
}

/* Length of the outline's branches that are not `taken`. */
static double
fresh_length (const Search *self, const SgOutline *outline, const guint8 *taken)
{
  double fresh = 0;
  for (guint k = 0; k < outline->ends->len; k++)
    {
      guint index = g_array_index (outline->ends, guint, k) / 2;
      fresh += taken[index] ? 0 : sg_skeleton_branch (self->graph, index)->length;
    }
  return fresh;
}

/* Finds the boxes of which triangles are halves: a line across one is a brace, and does not make two outlines
 * of it. `taken`: none, before and after. */
static void
find_braced (Search *self, guint8 *taken)
{
  for (guint i = 0; i < self->cycles->len; i++)
    {
      const Cycle *box = g_ptr_array_index (self->cycles, i);
      if (box->kind != SG_KIND_RECTANGLE)
        continue;
      set_taken (&box->outline, taken, 1);
      for (guint k = 0; k < self->cycles->len; k++)
        {
          Cycle *half = g_ptr_array_index (self->cycles, k);
          double length = half->outline.length;
          if (half->kind == SG_KIND_TRIANGLE && length < box->outline.length &&
              fresh_length (self, &half->outline, taken) < (1 - BRACED_SHARE) * length)
            half->braced = box;
        }
      set_taken (&box->outline, taken, 0);
    }
}

/* Whether the cycle accounts for ink of which those that are `taken` do not. */
static gboolean
is_new (const Search *self, const Cycle *cycle, const guint8 *taken)
{
  double least = cycle->outline.round ? LEAST_NEW_ROUND : LEAST_NEW;
  return fresh_length (self, &cycle->outline, taken) >= least * cycle->outline.length;
}

/* A round outline that may be a pin. */
typedef struct
{
  SgPoint center;
  double radius, length;
} Ring;

static Ring
measure_ring (const Search *self, const SgOutline *outline)
{
  Ring ring = { { 0, 0 }, outline->length / (2 * G_PI), outline->length };
  guint n = outline->ends->len;
  SgRect bounds = { 0 };
  for (guint k = 0; k < n; k++)
    {
      const SgSkeletonBranch *branch =
        sg_skeleton_branch (self->graph, g_array_index (outline->ends, guint, k) / 2);
      SgRect part =
        sg_points_bounds (&g_array_index (self->graph->points, SgPoint, branch->first), branch->n_points);
      bounds = k == 0 ? part : sg_rect_union (bounds, part);
    }
  ring.center = sg_rect_center (bounds);
  return ring;
}

/* Whether the closed stroke has a corner in the ring. */
static gboolean
turns_in_ring (const SgPixelStroke *stroke, const Ring *ring)
{
  guint n = stroke->n - 1, nearest = 0, out = MAX (1, 1.5 * ring->radius / SG_PIXEL_STROKE_SPACING),
        far = 3 * out;
  for (guint i = 1; i < n; i++)
    if (sg_point_distance (stroke->points[i], ring->center) <
        sg_point_distance (stroke->points[nearest], ring->center))
      nearest = i;
  if (n < 3 * far || sg_point_distance (stroke->points[nearest], ring->center) > 1.5 * ring->radius)
    return FALSE;
  SgPoint in =
    sg_point_sub (stroke->points[(nearest + n - out) % n], stroke->points[(nearest + n - far) % n]);
  SgPoint on = sg_point_sub (stroke->points[(nearest + far) % n], stroke->points[(nearest + out) % n]);
  return fabs (turn_from (in, on)) > CORNER_TURN;
}

/* Number of the outline's corners at dots. */
static guint
count_dotted (const Search *self, const SgOutline *outline)
{
  const guint *ends = (const guint *)outline->ends->data;
  guint n = outline->ends->len, dotted = 0;
  for (guint i = 0; i < n; i++)
    dotted += sg_skeleton_node (self->graph, node_of (self, ends[i]))->dot &&
              fabs (turn_at_node (self, ends[(i + n - 1) % n] ^ 1, ends[i])) > CORNER_TURN;
  return dotted;
}

/* Whether the outline is rods that are pinned together at their ends. */
static gboolean
is_pinned_together (const Search *self, const SgOutline *outline, const GArray *rings)
{
  SgPixelStroke stroke;
  guint pinned = outline->round ? 0 : count_dotted (self, outline);
  if (outline->round || pinned + rings->len <= MOST_PINNED ||
      !sg_walk_to_stroke (self->graph, (const guint *)outline->ends->data, outline->ends->len, TRUE, &stroke))
    return FALSE;
  for (guint i = 0; i < rings->len; i++)
    {
      const Ring *ring = &g_array_index (rings, Ring, i);
      pinned += ring->length < PIN_SHARE * G_PI * outline->length && turns_in_ring (&stroke, ring);
    }
  sg_pixel_stroke_clear (&stroke);
  return pinned > MOST_PINNED;
}

/* Keeps, the smallest and surest first, the cycles that account for ink of which others do not; halves of a
 * box come after it. */
static GArray *
choose_outlines (Search *self)
{
  GArray *outlines = g_array_new (FALSE, FALSE, sizeof (SgOutline));
  g_autofree guint8 *taken = g_new0 (guint8, self->graph->branches->len);
  g_autoptr (GArray) rings = g_array_new (FALSE, FALSE, sizeof (Ring));
  g_array_set_clear_func (outlines, outline_clear);
  find_braced (self, taken);
  g_ptr_array_sort (self->cycles, compare_ranks);
  for (guint halves = 0; halves < 2; halves++)
    for (guint i = 0; i < self->cycles->len; i++)
      {
        Cycle *cycle = g_ptr_array_index (self->cycles, i);
        if (halves != (cycle->braced != NULL) || (halves && cycle->braced->chosen) ||
            !is_new (self, cycle, taken) || is_pinned_together (self, &cycle->outline, rings))
          continue;
        cycle->chosen = TRUE;
        set_taken (&cycle->outline, taken, 1);
        g_array_ref (cycle->outline.ends);
        g_array_append_val (outlines, cycle->outline);
        if (cycle->outline.round)
          {
            Ring ring = measure_ring (self, &cycle->outline);
            g_array_append_val (rings, ring);
          }
      }
  return outlines;
}

GArray *
sg_outlines_find (const SgSkeleton *graph, SgBudget *budget)
{
  Search self;
  search_init (&self, graph);
  for (guint end = 0; end < 2 * graph->branches->len && self.all_steps < STEPS_A_PICTURE; end++)
    {
      if (!is_drawn (sg_skeleton_branch (graph, end / 2)) ||
          self.first[node_of (&self, end) + 1] - self.first[node_of (&self, end)] < 2)
        continue;
      if (!sg_budget_spend (budget))
        break;
      self.n = self.steps = 0;
      self.turned = 0;
      self.torn = (Torn){ 0 };
      search_on (&self, end);
      self.all_steps += self.steps;
    }
  GArray *outlines = choose_outlines (&self);
  search_clear (&self);
  return outlines;
}
