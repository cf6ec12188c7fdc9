/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Springs that were drawn in pieces: halves of a zigzag that go on in each other are one spring. Leads, its
 * straight ends, may be lines of their own, from the coil to what holds it: a lead is no rod, and the spring
 * holds on where it ends. An end may also run on behind the ground that holds it, into a tick of its
 * hatching. */
#include "vision/relations-private.h"

#define NEAR_WIDTHS 4.0 /* of the pen, from end to end */
#define NEAR_SHARE 0.06 /* of the shorter half */
#define LONGEST 0.5     /* of the spring */
#define STRAIGHT 0.94   /* cosine of the angle between a spring and its lead */
#define OVERRUN 0.2     /* of the spring, at most behind the ground */

/* -- Halves -- */

/* The ends of two springs that are nearest to each other; returns how far apart. */
static double
nearest_ends (const SgGeometry *a, const SgGeometry *b, guint *end_a, guint *end_b)
{
  const SgPoint ends_a[2] = { a->from, a->to }, ends_b[2] = { b->from, b->to };
  double least = G_MAXDOUBLE;

  for (guint k = 0; k < 4; k++)
    {
      SgPoint d = sg_point_sub (ends_a[k / 2], ends_b[k % 2]);
      double square = sg_point_dot (d, d);

      if (square >= least)
        continue;
      least = square;
      *end_a = k / 2;
      *end_b = k % 2;
    }
  return sqrt (least);
}

/* Whether something small is drawn there, as a pin is that two springs hang on. */
static gboolean
is_marked (const SgReading *reading, SgPoint at, double largest)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      SgPoint points[64];
      guint n = sg_geometry_outline (element->kind, &element->geometry, points, G_N_ELEMENTS (points));
      SgRect bounds = sg_points_bounds (points, MAX (n, 1));

      if (n > 0 && element->kind != SG_KIND_SPRING && sg_rect_diagonal (bounds) < largest &&
          sg_rect_contains (sg_rect_grow (bounds, element->line_width), at))
        return TRUE;
    }
  return FALSE;
}

/* Makes `first` all of the spring where `second` goes on in the same way where it ends. */
static gboolean
merge_halves (const SgReading *reading, SgElement *first, const SgElement *second)
{
  SgGeometry *a = &first->geometry;
  const SgGeometry *b = &second->geometry;
  double la = sg_point_distance (a->from, a->to), lb = sg_point_distance (b->from, b->to);
  guint end_a = 0, end_b = 0;

  if (first->correction || second->correction || first->image != second->image || la == 0 || lb == 0)
    return FALSE;
  double reach = MAX (NEAR_WIDTHS * first->line_width, NEAR_SHARE * MIN (la, lb));
  if (nearest_ends (a, b, &end_a, &end_b) > reach)
    return FALSE;
  SgPoint far_a = end_a ? a->from : a->to, joint = end_a ? a->to : a->from;
  SgPoint far_b = end_b ? b->from : b->to;
  double along = sg_point_dot (sg_point_sub (joint, far_a), sg_point_sub (far_b, joint));
  if (along < STRAIGHT * la * sg_point_distance (far_b, joint) ||
      is_marked (reading, joint, MIN (la, lb) / 2))
    return FALSE;
  a->from = far_a;
  a->to = far_b;
  a->turns += b->turns;
  sg_element_absorb_strokes (first, second);
  return TRUE;
}

/* Takes out of the reading the `k`th of the springs, which are indices of elements, ascending. */
static void
remove_spring (SgReading *reading, GArray *springs, guint k)
{
  g_array_remove_index (reading->elements, g_array_index (springs, guint, k));
  g_array_remove_index (springs, k);
  for (guint i = k; i < springs->len; i++)
    g_array_index (springs, guint, i)--;
}

/* A page of many springs asks this of every pair. */
static inline SgRect
bounds_of_ends (const SgGeometry *spring)
{
  SgPoint a = spring->from, b = spring->to;

  return (SgRect){ MIN (a.x, b.x), MIN (a.y, b.y), fabs (a.x - b.x), fabs (a.y - b.y) };
}

/* Where the ends of what goes on in a spring may be, as far as that can be told without looking at it. */
static SgRect
reach_of (const SgElement *spring)
{
  const SgGeometry *g = &spring->geometry;

  return sg_rect_grow (bounds_of_ends (g), MAX (NEAR_WIDTHS * spring->line_width,
                                                NEAR_SHARE * sg_point_distance (g->from, g->to)));
}

/* Joins to the `first` of the springs all that goes on in it. */
static void
merge_into (SgReading *reading, GArray *springs, guint first)
{
  SgElement *spring = sg_reading_element (reading, g_array_index (springs, guint, first));
  SgRect reach = reach_of (spring);

  for (guint k = first + 1; k < springs->len;)
    {
      const SgElement *other = sg_reading_element (reading, g_array_index (springs, guint, k));

      if (!sg_rect_overlaps (reach, bounds_of_ends (&other->geometry)) ||
          !merge_halves (reading, spring, other))
        {
          k++;
          continue;
        }
      remove_spring (reading, springs, k);
      reach = reach_of (spring);
      k = first + 1; /* one passed over may go on now */
    }
}

void
sg_springs_merge (SgReading *reading)
{
  g_autoptr (GArray) springs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (sg_reading_element (reading, i)->kind == SG_KIND_SPRING)
      g_array_append_val (springs, i);
  for (guint first = 0; first < springs->len; first++)
    merge_into (reading, springs, first);
}

/* -- Ends in the ground -- */

/* Where the axis from `far` to `end` meets hatched line `i`, with its end a little behind. */
static gboolean
runs_behind (const SgSense *sense, guint i, SgPoint far, SgPoint end, SgPoint *at)
{
  const SgElement *line = sg_sense_element (sense, i);

  return line->kind == SG_KIND_LINE && sg_sense_is_fixed (sense, i) &&
         sg_segments_cross (far, end, line->geometry.from, line->geometry.to, at) &&
         sg_point_distance (*at, end) <= OVERRUN * sg_point_distance (far, end) &&
         sg_ground_is_behind (sense, i, end);
}

static void
end_at_ground (SgSense *sense, guint tie)
{
  SgElement *element = sg_sense_element (sense, tie);
  SgPoint *ends[2] = { &element->geometry.from, &element->geometry.to }, at;
  gboolean cut = FALSE;

  for (guint k = 0; k < 2; k++)
    for (guint next = 0, i; sg_layout_next_near (sense->layout, tie, &next, &i);)
      if (runs_behind (sense, i, *ends[1 - k], *ends[k], &at))
        {
          *ends[k] = at;
          cut = TRUE;
        }
  if (cut)
    sg_layout_update (sense->layout, tie, element);
}

void
sg_springs_end_at_ground (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgElement *element = sg_sense_element (sense, i);

      /* the person put a corrected one's ends where they are */
      if ((element->role == SG_ROLE_SPRING || element->role == SG_ROLE_DAMPER) && !element->correction)
        end_at_ground (sense, i);
    }
}

/* -- Leads -- */

/* Whether line `i` goes on from a spring's end `at` along `outward`; `far` receives its other end. */
static gboolean
goes_on (const SgSense *sense, guint i, SgPoint at, SgPoint outward, SgPoint *far)
{
  SgPoint ends[2], away[2];

  if (!sg_layout_ends (sense->layout, i, ends, away))
    return FALSE;
  guint near = sg_point_distance (ends[0], at) < sg_point_distance (ends[1], at) ? 0 : 1;
  *far = ends[1 - near];
  return sg_point_distance (ends[near], at) <= sense->touch &&
         sg_point_dot (away[1 - near], outward) > STRAIGHT;
}

static gboolean
is_held (const SgSense *sense, guint i, SgPoint at, SgPoint outward)
{
  return sg_sense_thing_at (sense, i, at, outward, 2 * sense->touch) >= 0 || sg_sense_pin_at (sense, at) >= 0;
}

/* A short line between the spring's end and a thing or a pin. */
static gboolean
is_lead (const SgSense *sense, guint i, guint spring, SgPoint at, SgPoint outward)
{
  const SgGeometry *g = &sg_sense_element (sense, spring)->geometry;
  SgPoint far;

  return sg_sense_element (sense, i)->kind == SG_KIND_LINE && sg_sense_is_rod (sense, i) &&
         !sense->decided[i] && sg_sense_pin_at (sense, at) < 0 &&
         sg_layout_mark (sense->layout, i)->length <= LONGEST * sg_point_distance (g->from, g->to) &&
         goes_on (sense, i, at, outward, &far) && is_held (sense, i, far, outward);
}

static void
find_lead (SgSense *sense, guint spring, SgPoint at, SgPoint outward)
{
  for (guint next = 0, i; sg_layout_next_near (sense->layout, spring, &next, &i);)
    if (is_lead (sense, i, spring, at, outward))
      {
        sg_sense_element (sense, i)->role = SG_ROLE_DECORATION;
        sense->decided[i] = TRUE;
        sg_reading_add_relation (sense->reading, SG_RELATION_WELD, i, spring, -1, at, 0.85);
        return;
      }
}

void
sg_springs_find_leads (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgElement *element = sg_sense_element (sense, i);
      SgPoint ends[2], outward[2];

      if (element->kind != SG_KIND_SPRING || element->role != SG_ROLE_SPRING ||
          !sg_layout_ends (sense->layout, i, ends, outward))
        continue;
      for (guint k = 0; k < 2; k++)
        find_lead (sense, i, ends[k], outward[k]);
    }
}

SgPoint
sg_springs_follow_lead (const SgSense *sense, guint spring, SgPoint at, SgPoint outward)
{
  for (guint k = 0; k < sg_reading_n_relations (sense->reading); k++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, k);
      SgPoint far;

      if (r->kind == SG_RELATION_WELD && r->a >= 0 && r->b == (int)spring &&
          goes_on (sense, r->a, at, outward, &far))
        return far;
    }
  return at;
}
