/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sliders: a block between two parallel lines, or one on a rail with arrows both ways beside it. */
#include "vision/relations-private.h"

static const double most_turn = G_PI / 14; /* of what counts as parallel */
static const double head_size = 70;        /* of a leftover arrow head, and its shaft */

static gboolean
are_parallel (const SgElement *a, const SgElement *b)
{
  double turn = sg_angle_wrap (2 * (sg_point_angle (a->geometry.from, a->geometry.to) -
                                    sg_point_angle (b->geometry.from, b->geometry.to)));

  return fabs (turn) < 2 * most_turn;
}

/* Signed distance of `p` from the straight line of `e`, positive on one side. */
static double
offset_from (const SgElement *e, SgPoint p)
{
  SgPoint along = sg_point_sub (e->geometry.to, e->geometry.from);
  double length = sg_point_norm (along);

  return length > 0 ? sg_point_cross (along, sg_point_sub (p, e->geometry.from)) / length : 0;
}

/* Whether the block touches the straight line, between its ends. */
static gboolean
touches_between_ends (const SgSense *sense, guint block, guint line)
{
  const SgMark *mark = sg_layout_mark (sense->layout, block);
  const SgElement *element = sg_sense_element (sense, line);
  double place = sg_layout_place (sense->layout, line, mark->center), nearest = G_MAXDOUBLE;

  if (element->kind != SG_KIND_LINE || place < 0.02 || place > 0.98)
    return FALSE;
  for (guint k = 0; k < mark->n; k++)
    nearest = MIN (nearest, fabs (offset_from (element, mark->outline[k])));
  return nearest <= sense->touch;
}

/* Whether the line is long enough beside the block to guide it. */
static gboolean
slides_on (const SgSense *sense, guint block, guint line)
{
  const SgMark *mark = sg_layout_mark (sense->layout, block);

  return touches_between_ends (sense, block, line) &&
         sg_layout_mark (sense->layout, line)->length >= 1.5 * sg_rect_diagonal (mark->bounds) / G_SQRT2;
}

/* A block between two parallel lines slides along them. */
static void
find_guided (SgSense *sense)
{
  for (guint block = 0; block < sg_sense_n (sense); block++)
    {
      const SgElement *element = sg_sense_element (sense, block);
      int rail = -1;

      if (element->kind != SG_KIND_RECTANGLE || element->role != SG_ROLE_BODY)
        continue;
      for (guint at = 0, i; sg_layout_next_near (sense->layout, block, &at, &i);)
        {
          SgElement *line = sg_sense_element (sense, i);

          if (!sg_sense_is_path (sense, i) || !sg_sense_is_thing (sense, i) || !slides_on (sense, block, i))
            continue;
          if (rail < 0)
            rail = i;
          else if (are_parallel (sg_sense_element (sense, rail), line) &&
                   offset_from (sg_sense_element (sense, rail), element->geometry.center) *
                       offset_from (sg_sense_element (sense, rail), line->geometry.from) >
                     0)
            {
              sg_sense_fix (sense, rail, -1, sg_layout_mark (sense->layout, rail)->center, 0.8);
              sg_sense_fix (sense, i, -1, sg_layout_mark (sense->layout, i)->center, 0.8);
              sg_reading_add_relation (sense->reading, SG_RELATION_SLIDE, block, -1, rail,
                                       element->geometry.center, 0.8);
              break;
            }
        }
    }
}

/* -- Arrows both ways -- */

typedef struct
{
  SgPoint middle, along; /* unit */
  double length;
} TwoWay;

static gboolean
is_free_arrow (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);

  return element->kind == SG_KIND_ARROW && element->role == SG_ROLE_FORCE && !sense->decided[i];
}

static TwoWay
way_of (const SgElement *arrow)
{
  SgPoint d = sg_point_sub (arrow->geometry.to, arrow->geometry.from);
  double length = MAX (sg_point_norm (d), 1e-9);

  return (TwoWay){ sg_point_lerp (arrow->geometry.from, arrow->geometry.to, 0.5),
                   sg_point_scale (d, 1 / length), length };
}

static void
settle_sign (SgSense *sense, guint i)
{
  sg_sense_element (sense, i)->role = SG_ROLE_DECORATION;
  sense->decided[i] = TRUE;
}

/* Another arrow that leaves this one's tail the other way, -1 where none. */
static int
opposite_arrow (const SgSense *sense, guint i, const TwoWay *way)
{
  SgPoint tail = sg_sense_element (sense, i)->geometry.from;

  for (guint k = 0; k < sg_sense_n (sense); k++)
    {
      if (k == i || !is_free_arrow (sense, k))
        continue;
      TwoWay other = way_of (sg_sense_element (sense, k));
      SgPoint gap = sg_point_sub (sg_sense_element (sense, k)->geometry.from, tail);
      double ahead = sg_point_dot (gap, way->along), beside = fabs (sg_point_cross (gap, way->along));

      if (sg_point_dot (other.along, way->along) < -cos (most_turn) && ahead < 0.3 * way->length &&
          ahead > -2 * MAX (way->length, other.length) && beside < 0.5 * way->length)
        return k;
    }
  return -1;
}

/* Whether mark `k` is ink of a second head, or a whole second arrow that was read in pieces: short, and
 * behind the tail. */
static gboolean
is_behind (const SgSense *sense, guint k, const TwoWay *way)
{
  const SgMark *mark = sg_layout_mark (sense->layout, k);
  SgPoint tail = sg_point_sub (way->middle, sg_point_scale (way->along, way->length / 2));
  SgPoint gap = sg_point_sub (mark->center, tail);
  double ahead = sg_point_dot (gap, way->along), beside = fabs (sg_point_cross (gap, way->along));

  return sg_sense_is_rod (sense, k) && !sense->decided[k] && mark->length < head_size * sense->unit &&
         ahead < 0.3 * way->length && ahead > -2 * way->length && beside < sense->touch;
}

/* Motion dashes lie behind a pushed block too, but not at the arrow's tail. */
static gboolean
has_second_head (const SgSense *sense, guint i, const TwoWay *way)
{
  SgPoint tail = sg_sense_element (sense, i)->geometry.from;
  double reach = 1.6 * sense->touch;

  for (guint k = 0; k < sg_sense_n (sense); k++)
    if (k != i && is_behind (sense, k, way) &&
        sg_layout_distance (sense->layout, k, tail, reach, NULL) <= reach)
      return TRUE;
  return FALSE;
}

/* Makes the arrows of the sign decoration; FALSE where the arrow at `i` points one way only. */
static gboolean
claim_sign (SgSense *sense, guint i, const TwoWay *way)
{
  int other = opposite_arrow (sense, i, way);

  if (other < 0 && !has_second_head (sense, i, way))
    return FALSE;
  if (other >= 0)
    settle_sign (sense, other);
  for (guint k = 0; other < 0 && k < sg_sense_n (sense); k++)
    if (k != i && is_behind (sense, k, way))
      settle_sign (sense, k);
  settle_sign (sense, i);
  return TRUE;
}

/* The fixed straight line along the way that the block touches, -1 where none. */
static int
rail_of (const SgSense *sense, guint block, const TwoWay *way)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgElement *line = sg_sense_element (sense, i);

      if (line->kind != SG_KIND_LINE || !sg_sense_is_fixed (sense, i) ||
          !touches_between_ends (sense, block, i))
        continue;
      if (fabs (sg_point_cross (way_of (line).along, way->along)) < sin (most_turn))
        return i;
    }
  return -1;
}

static int
block_near (const SgSense *sense, const TwoWay *way, int *rail)
{
  double nearest = G_MAXDOUBLE;
  int best = -1;

  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgMark *mark = sg_layout_mark (sense->layout, i);
      double within = MAX (4 * sense->touch, sg_rect_diagonal (mark->bounds));

      if (!sg_sense_is_solid (sense, i) || sg_sense_element (sense, i)->role != SG_ROLE_BODY)
        continue;
      double d = sg_layout_reach (sense->layout, i, way->middle, within);
      int found = d < MIN (nearest, within) ? rail_of (sense, i, way) : -1;
      if (found < 0)
        continue;
      nearest = d;
      best = i;
      *rail = found;
    }
  return best;
}

static void
find_two_way_sliders (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      int rail = -1, block;

      if (!is_free_arrow (sense, i))
        continue;
      TwoWay way = way_of (sg_sense_element (sense, i));
      block = block_near (sense, &way, &rail);
      if (block >= 0 && claim_sign (sense, i, &way) &&
          !sg_sense_related (sense, SG_RELATION_SLIDE, block, -1))
        sg_reading_add_relation (sense->reading, SG_RELATION_SLIDE, block, -1, rail,
                                 sg_layout_mark (sense->layout, block)->center, 0.8);
    }
}

void
sg_slides_find (SgSense *sense)
{
  find_guided (sense);
  find_two_way_sliders (sense);
}
