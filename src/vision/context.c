/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of circumstances. Each says for which kinds of mark it speaks, how strongly, and how likely it is
 * to hold given what the neighbours may be: one step of belief propagation (Pearl, "Probabilistic reasoning
 * in intelligent systems", 1988, section 4.2), as marks that lie near each other are few and mostly sure.
 * Any thread. */
#include "vision/context.h"

#define LEAST_PROBABILITY 0.002 /* of a candidate whose surroundings are looked at: none lifts a lesser one */
#define LEAST_NEIGHBOUR 0.05    /* of one that is worth asking */
#define TOUCH_WIDTHS 3.0        /* marks this near were meant to touch */
#define TOUCH_SHARE 0.05        /* of the mark's size */
#define PIN_SHARE 0.3           /* of what it holds: a larger circle there is a body */

#define NEVER (-12.0) /* strength that outweighs the most certain evidence of the ink alone */

#define KIND(name) (1u << SG_KIND_##name)
#define ROUND (KIND (CIRCLE) | KIND (ELLIPSE))
#define CLOSED (ROUND | KIND (RECTANGLE) | KIND (TRIANGLE) | KIND (POLYGON) | KIND (BLOB))
#define PATHS (KIND (LINE) | KIND (POLYLINE) | KIND (CURVE) | KIND (ARC))
#define THINGS (CLOSED | PATHS)

/* A candidate and what lies around it. */
typedef struct
{
  const SgCandidates *all;
  const SgCandidate *self;
  const SgCandidate *near[SG_NEAR_MAX]; /* n_near; that share no stroke with it */
  guint n_near;
  double size;  /* diagonal of its bounds */
  double touch; /* page units */
} View;

/* How likely a circumstance is to hold around the candidate taken as this kind. */
typedef double (*Holds) (const View *view, const SgAlternative *as);

typedef struct
{
  guint kinds; /* bits */
  Holds holds;
  double strength; /* log: how much more often such a mark is found so than other ink that looks like it */
} Circumstance;

/* How likely it is of one of the kinds, if it is of any that it was taken for. */
static double
probability_of (const SgCandidate *candidate, guint kinds)
{
  double sum = 0, all = 0;

  for (guint i = 0; i < candidate->n_kinds; i++)
    {
      double confidence = candidate->verdict->kinds[i].confidence;

      all += confidence;
      if (kinds & 1u << candidate->verdict->kinds[i].kind)
        sum += confidence;
    }
  return all > 0 ? candidate->probability * sum / all : 0;
}

static double
distance_to (const View *view, const SgCandidate *other, SgPoint p)
{
  double least = INFINITY;

  for (guint i = 0; i < other->n; i++)
    least = MIN (least, sg_trace_distance (sg_candidate_trace (view->all, other, i), p));
  return least;
}

static double
size_of (const SgCandidate *candidate)
{
  return sg_rect_diagonal (candidate->bounds);
}

static gboolean
is_at (const View *view, const SgCandidate *other, SgPoint p)
{
  return sg_rect_contains (sg_rect_grow (other->bounds, view->touch), p) &&
         distance_to (view, other, p) <= view->touch;
}

/* Whether something of `kinds` is at `p`. Candidates for the same strokes exclude each other, so what they
 * say adds up. */
static double
is_held (const View *view, SgPoint p, guint kinds)
{
  double sum = 0;

  for (guint i = 0; i < view->n_near && sum < 1; i++)
    {
      double probability = probability_of (view->near[i], kinds);

      if (probability > 0 && is_at (view, view->near[i], p))
        sum += probability;
    }
  return MIN (sum, 1);
}

/* The ends of a mark that has two; FALSE where it has none. */
static gboolean
find_ends (const SgCandidates *all, const SgCandidate *candidate, const SgAlternative *as, SgPoint ends[2])
{
  const SgTrace *trace = sg_candidate_trace (all, candidate, 0);

  if (sg_kind_is_closed (as->kind))
    return FALSE;
  ends[0] = candidate->n == 1 ? trace->ends[0] : as->geometry.from;
  ends[1] = candidate->n == 1 ? trace->ends[1] : as->geometry.to;
  return TRUE;
}

/* Two things: strokes that meet at both their ends are one outline. */
static double
holds_between_things (const View *view, const SgAlternative *as)
{
  SgPoint ends[2];
  double sum[2] = { 0, 0 };

  if (!find_ends (view->all, view->self, as, ends))
    return 0;
  for (guint i = 0; i < view->n_near; i++)
    {
      double probability = probability_of (view->near[i], THINGS);
      gboolean at[2] = { probability > 0 && is_at (view, view->near[i], ends[0]),
                         probability > 0 && is_at (view, view->near[i], ends[1]) };

      for (guint end = 0; end < 2; end++)
        if (at[end] && !at[1 - end])
          sum[end] += probability;
    }
  return MIN (sum[0], 1) * MIN (sum[1], 1);
}

/* Whether a round mark of this size and place would be a pin of `rod`. */
static gboolean
is_pin_of (const View *view, const SgCandidate *rod, SgPoint center, double size)
{
  SgPoint ends[2];

  if (size > PIN_SHARE * size_of (rod) || !find_ends (view->all, rod, &rod->verdict->kinds[0], ends))
    return FALSE;
  double reach = size / 2 + view->touch / 2;

  return sg_point_distance (ends[0], center) < reach || sg_point_distance (ends[1], center) < reach;
}

static double
holds_at_rod_end (const View *view, const SgAlternative *as)
{
  SgPoint center = sg_rect_center (view->self->bounds);
  double sum = 0;

  for (guint i = 0; i < view->n_near && sum < 1; i++)
    if (is_pin_of (view, view->near[i], center, view->size))
      sum += probability_of (view->near[i], PATHS);
  return MIN (sum, 1);
}

/* A wheel's axle is at the lower edge of what it carries, and wheels are smaller than that. */
static double
holds_under_box (const View *view, const SgAlternative *as)
{
  SgRect wheel = view->self->bounds;
  SgPoint hub = sg_rect_center (wheel);
  double sum = 0;

  for (guint i = 0; i < view->n_near && sum < 1; i++)
    {
      SgRect box = view->near[i]->bounds;
      double bottom = box.y + box.height;

      if (hub.x > box.x && hub.x < box.x + box.width && wheel.width < 0.6 * box.width &&
          hub.y > bottom - 0.3 * wheel.height && wheel.y < bottom + view->touch)
        sum += probability_of (view->near[i], CLOSED & ~ROUND);
    }
  return MIN (sum, 1);
}

static double
holds_around_axle (const View *view, const SgAlternative *as)
{
  double radius = as->geometry.radius, sum = 0;

  for (guint i = 0; i < view->n_near && sum < 1; i++)
    if (sg_point_distance (sg_rect_center (view->near[i]->bounds), as->geometry.center) < 0.35 * radius &&
        size_of (view->near[i]) < 3 * radius)
      sum += probability_of (view->near[i], ROUND);
  return MIN (sum, 1);
}

/* The row's ends lie in the middle of its ticks; what they stand on is half a tick away. */
static double
holds_along_ground (const View *view, const SgAlternative *as)
{
  const SgPoint ends[2] = { as->geometry.from, as->geometry.to };
  double tick = 0, sum = 0;

  for (guint i = 0; i < view->self->n; i++)
    tick += sg_candidate_trace (view->all, view->self, i)->extent / view->self->n;
  for (guint i = 0; i < view->n_near && sum < 1; i++)
    {
      double probability = probability_of (view->near[i], THINGS);

      if (probability > 0 && size_of (view->near[i]) > 2 * tick &&
          distance_to (view, view->near[i], ends[0]) < tick &&
          distance_to (view, view->near[i], ends[1]) < tick)
        sum += probability;
    }
  return MIN (sum, 1);
}

static double
holds_from_thing (const View *view, const SgAlternative *as)
{
  return is_held (view, as->geometry.from, THINGS);
}

static double
holds_on_thing (const View *view, const SgAlternative *as)
{
  SgPoint center = as->geometry.center;
  double sum = 0;

  for (guint i = 0; i < view->n_near && sum < 1; i++)
    {
      const SgCandidate *other = view->near[i];

      if (size_of (other) < view->size || !sg_rect_contains (other->bounds, center))
        continue;
      sum += probability_of (other, distance_to (view, other, center) <= view->touch ? THINGS : CLOSED);
    }
  return MIN (sum, 1);
}

/* Whether two of the ends of strokes that cross turn in pins: then these are the links of a scissor. */
static double
holds_pinned_ends (const View *view, const SgAlternative *as)
{
  double most = 0, second = 0;

  for (guint i = 0; i < view->self->n; i++)
    for (guint end = 0; end < 2; end++)
      {
        const SgTrace *link = sg_candidate_trace (view->all, view->self, i);
        double sum = 0;

        for (guint k = 0; k < view->n_near; k++)
          {
            const SgCandidate *pin = view->near[k];
            double size = size_of (pin);

            if (size < PIN_SHARE * link->extent &&
                sg_point_distance (sg_rect_center (pin->bounds), link->ends[end]) < size / 2 + view->touch)
              sum += probability_of (pin, CLOSED);
          }
        if (sum > most)
          second = most, most = sum;
        else
          second = MAX (second, sum);
      }
  return MIN (second, 1);
}

/* Whether a body is at `p` that does not reach to `tip`: an arrow may point into what it pushes. */
static double
is_held_apart (const View *view, SgPoint p, SgPoint tip)
{
  double sum = 0;

  for (guint i = 0; i < view->n_near && sum < 1; i++)
    if (!sg_rect_contains (view->near[i]->bounds, tip) && is_at (view, view->near[i], p))
      sum += probability_of (view->near[i], CLOSED);
  return MIN (sum, 1);
}

/* Whether every stroke of an arrow's head ends on a body: then they are strings or rods that hold it. */
static double
holds_held_barbs (const View *view, const SgAlternative *as)
{
  double all = 1;
  guint barbs = 0;

  for (guint i = 0; i < view->self->n; i++)
    {
      const SgTrace *trace = sg_candidate_trace (view->all, view->self, i);
      double from = sg_point_distance (trace->ends[0], as->geometry.to);
      double to = sg_point_distance (trace->ends[1], as->geometry.to);

      if (sg_trace_distance (trace, as->geometry.from) <= view->touch)
        continue;
      all *= is_held_apart (view, trace->ends[from < to], as->geometry.to);
      barbs++;
    }
  return barbs > 1 ? all : 0;
}

/* A strength of 1.5 is odds of 9 to 2. */
static const Circumstance circumstances[] = {
  { KIND (CIRCLE), holds_at_rod_end, 1.5 },     /* a pin */
  { KIND (CIRCLE), holds_under_box, 1.5 },      /* a wheel */
  { KIND (SPRING), holds_between_things, 3.0 }, /* no other row of bends links two things */
  { KIND (DAMPER), holds_between_things, 1.5 },
  { KIND (CURVE) | KIND (ARC), holds_between_things, 1.4 }, /* a slack rope: it has no corners */
  { KIND (TURN_ARROW), holds_around_axle, 1.5 },            /* a motor */
  { KIND (HATCHING), holds_along_ground, 1.5 },             /* ground; no tick of it is a mark */
  { KIND (ARROW), holds_from_thing, 0.7 },                  /* a force; gravity stands free */
  { KIND (CROSS), holds_on_thing, 1.0 },                    /* an anchor or a weld */
  { KIND (CROSS), holds_pinned_ends, NEVER },
  { KIND (ARROW), holds_held_barbs, NEVER },
};

static gboolean
share_stroke (const SgCandidate *a, const SgCandidate *b)
{
  for (guint i = 0, k = 0; i < a->n && k < b->n;)
    if (a->traces[i] == b->traces[k])
      return TRUE;
    else if (a->traces[i] < b->traces[k])
      i++;
    else
      k++;
  return FALSE;
}

/* How much likelier its surroundings are where the candidate is of this kind. */
static double
weight_of (const View *view, const SgAlternative *as)
{
  double weight = 1;

  for (guint i = 0; i < G_N_ELEMENTS (circumstances); i++)
    if (circumstances[i].kinds & 1u << as->kind)
      weight *= 1 + circumstances[i].holds (view, as) * expm1 (circumstances[i].strength);
  return weight;
}

/* Bayes' rule over the kinds. A stroke may be something else, whatever its surroundings; a group that is none
 * of its kinds is no mark at all, so what else it may be rises and falls with them. */
static void
weigh (const View *view, SgCandidate *self)
{
  double before = 0, sum = 0;

  for (guint i = 0; i < self->n_kinds; i++)
    {
      double confidence = self->verdict->kinds[i].confidence;

      before += confidence;
      self->likely[i] = confidence * weight_of (view, &self->verdict->kinds[i]);
      sum += self->likely[i];
    }
  double all = self->n > 1 ? sum / before : 1 - before + sum;

  for (guint i = 0; i < self->n_kinds; i++)
    self->likely[i] /= all;
  self->lift = log (all);
  sg_candidate_order_kinds (self);
}

/* A stroke of one kind that nothing else claims is what it is. */
static gboolean
is_doubtful (const SgCandidate *candidate)
{
  return candidate->n > 1 || candidate->n_kinds > 1 || candidate->probability < 1;
}

static guint
find_present (const SgCandidates *all, guint *present)
{
  guint n = 0;

  for (guint i = 0; i < all->n; i++)
    if (all->items[i].verdict && all->items[i].probability >= LEAST_PROBABILITY)
      present[n++] = i;
  return n;
}

void
sg_context_weigh (SgCandidates *all)
{
  g_autofree guint *present = g_new (guint, all->n);
  guint n = find_present (all, present);
  g_autofree SgRect *boxes = g_new (SgRect, n);

  for (guint i = 0; i < n; i++)
    {
      const SgCandidate *one = &all->items[present[i]];
      double width = sg_candidate_trace (all, one, 0)->ink->width;

      boxes[i] = sg_rect_grow (one->bounds, TOUCH_WIDTHS * width + TOUCH_SHARE * size_of (one));
    }
  g_autoptr (SgNear) near = sg_near_new (boxes, n);

  for (guint i = 0; i < n; i++)
    {
      SgCandidate *self = &all->items[present[i]];
      View view = { .all = all, .self = self, .size = size_of (self) };
      guint n_others;
      const guint *others = sg_near_of (near, i, &n_others);

      if (n_others == 0 || sg_near_is_crowded (near, i) || !is_doubtful (self))
        continue;
      view.touch = TOUCH_WIDTHS * sg_candidate_trace (all, self, 0)->ink->width + TOUCH_SHARE * view.size;
      for (guint k = 0; k < n_others; k++)
        {
          const SgCandidate *other = &all->items[present[others[k]]];

          if (other->probability >= LEAST_NEIGHBOUR && !share_stroke (self, other))
            view.near[view.n_near++] = other;
        }
      weigh (&view, self);
    }
}
