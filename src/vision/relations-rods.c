/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How rods and solids hold together where no pin says so: ends that meet are welded, what hangs from a
 * ceiling turns there, circles drawn over a body's lower edge are its wheels. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

/* The end of one path. */
typedef struct
{
  guint rod;
  SgPoint at, outward, other; /* `other`: the path's other end */
} End;

/* Whether the rod points into the solid rather than lying on it or carrying it. */
static gboolean
points_into (const SgSense *sense, const End *end, guint solid)
{
  for (double ahead = -4 * sense->unit; ahead <= 1.6 * sense->touch; ahead += 2 * sense->unit)
    {
      SgPoint probe = sg_point_add (end->at, sg_point_scale (end->outward, ahead));

      if (!sg_layout_contains (sense->layout, solid, probe))
        continue;
      /* Deep inside a little further on, else it grazes the outline. */
      SgRect bounds = sg_layout_mark (sense->layout, solid)->bounds;
      double depth = 0.15 * MIN (bounds.width, bounds.height);
      SgPoint deeper = sg_point_add (probe, sg_point_scale (end->outward, depth));
      return sg_layout_contains (sense->layout, solid, deeper) &&
             sg_layout_distance (sense->layout, solid, deeper, 1e6, NULL) >= MIN (depth, 4) * 0.8;
    }
  return FALSE;
}

/* The body that the end is welded to: a solid that it points into, or else a path that it meets. */
static int
weld_at (const SgSense *sense, const End *end)
{
  double nearest = sense->touch;
  int best = -1;

  for (guint at = 0, i; sg_layout_next_near (sense->layout, end->rod, &at, &i);)
    if (i != end->rod && sg_sense_is_solid (sense, i) && points_into (sense, end, i))
      return i;
  for (guint at = 0, i; sg_layout_next_near (sense->layout, end->rod, &at, &i);)
    {
      if (i == end->rod || !sg_sense_is_rod (sense, i))
        continue;
      double d = sg_layout_distance (sense->layout, i, end->at, nearest, NULL);
      if (d < nearest)
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

static int
fixed_at (const SgSense *sense, const End *end)
{
  double nearest = sense->touch;
  int best = -1;

  for (guint at = 0, i; sg_layout_next_near (sense->layout, end->rod, &at, &i);)
    {
      if (i == end->rod || !sg_sense_is_fixed (sense, i))
        continue;
      double d = sg_layout_reach (sense->layout, i, end->at, nearest);
      if (d < nearest)
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

/* A rod that ends on something fixed with no pin drawn: hanging below it, it turns there; sticking out
 * sideways, it is part of it; standing on it, it is free to fall. */
static void
meet_fixed (SgSense *sense, const End *end, guint fixed)
{
  SgPoint along = sg_point_sub (end->other, end->at);
  double length = sg_point_norm (along);

  if (length == 0 || sg_sense_is_fixed (sense, end->rod))
    return;
  if (along.y > 0.35 * length)
    {
      sg_reading_add_relation (sense->reading, SG_RELATION_HINGE, end->rod, -1, -1, end->at, 0.6);
      sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, end->rod, SG_ISSUE_ASSUMED_HINGE,
                            _ ("No pin is drawn where this hangs, so it is taken to turn there."));
    }
  else if (fabs (along.y) <= 0.35 * length)
    {
      SgRect bounds = sg_layout_mark (sense->layout, fixed)->bounds;

      /* Lying on the ground is not sticking out of a wall. */
      if (bounds.height > bounds.width)
        sg_sense_fix (sense, end->rod, -1, end->at, 0.6);
    }
}

static gboolean
is_joined_by_pin (const SgSense *sense, const End *end)
{
  int pin = sg_sense_pin_at (sense, end->at);

  for (guint i = 0; pin >= 0 && i < sg_reading_n_relations (sense->reading); i++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, i);

      if (r->via == pin && (r->a == (int)end->rod || r->b == (int)end->rod))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_hinged_nearby (SgSense *sense, guint a, guint b, SgPoint at)
{
  if (!sg_sense_related (sense, SG_RELATION_HINGE, a, b))
    return FALSE;
  for (guint i = 0; i < sg_reading_n_relations (sense->reading); i++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, i);

      if (r->kind == SG_RELATION_HINGE && sg_point_distance (r->point, at) < 3 * sense->touch)
        return TRUE;
    }
  return FALSE;
}

static void
join_end (SgSense *sense, const End *end)
{
  if (is_joined_by_pin (sense, end))
    return;
  int other = weld_at (sense, end);
  if (other >= 0 && sg_sense_is_fixed (sense, other))
    {
      meet_fixed (sense, end, other);
      return;
    }
  if (other >= 0)
    {
      if (!sg_sense_related (sense, SG_RELATION_WELD, end->rod, other) &&
          !is_hinged_nearby (sense, end->rod, other, end->at))
        sg_reading_add_relation (sense->reading, SG_RELATION_WELD, end->rod, other, -1, end->at, 0.85);
      return;
    }
  int fixed = fixed_at (sense, end);
  if (fixed >= 0)
    meet_fixed (sense, end, fixed);
}

void
sg_rods_join (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgPoint ends[2], outward[2];

      if (!sg_sense_is_rod (sense, i) || !sg_layout_ends (sense->layout, i, ends, outward))
        continue;
      for (guint k = 0; k < 2; k++)
        {
          End end = { i, ends[k], outward[k], ends[1 - k] };

          join_end (sense, &end);
        }
    }
}

static gboolean
share_a_joint (SgSense *sense, guint a, guint b)
{
  for (SgRelationKind kind = SG_RELATION_HINGE; kind <= SG_RELATION_SLIDE; kind++)
    if (sg_sense_related (sense, kind, a, b))
      return TRUE;
  /* Both on one pin, through a third. */
  for (guint at = 0, i; sg_layout_next_near (sense->layout, a, &at, &i);)
    {
      if (sg_sense_element (sense, i)->role != SG_ROLE_PIN)
        continue;
      SgPoint c = sg_layout_mark (sense->layout, i)->center;
      if (sg_layout_contains (sense->layout, a, c) && sg_layout_contains (sense->layout, b, c))
        return TRUE;
    }
  return FALSE;
}

static void
join_overlapping (SgSense *sense, guint inner, guint outer)
{
  const SgMark *mark = sg_layout_mark (sense->layout, inner), *body = sg_layout_mark (sense->layout, outer);
  SgKind kind = sg_sense_element (sense, inner)->kind;
  gboolean round = kind == SG_KIND_CIRCLE || kind == SG_KIND_ELLIPSE;

  if (round && mark->center.y > body->center.y &&
      mark->bounds.y + mark->bounds.height > body->bounds.y + body->bounds.height)
    {
      sg_reading_add_relation (sense->reading, SG_RELATION_HINGE, inner, outer, -1, mark->center, 0.7);
      sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, inner, SG_ISSUE_ASSUMED_AXLE,
                            _ ("No axle is drawn; this is taken for a wheel that turns about its middle."));
      return;
    }
  sg_reading_add_relation (sense->reading, SG_RELATION_WELD, inner, outer, -1, mark->center, 0.6);
  sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, inner, SG_ISSUE_ASSUMED_WELD,
                        _ ("This is drawn over another body, so the two are taken for one."));
}

/* A solid whose middle lies within another was not drawn beside it; nor was a circle that reaches into it by
 * half its radius. */
static gboolean
is_over (const SgSense *sense, guint i, guint k)
{
  const SgMark *mark = sg_layout_mark (sense->layout, i);
  SgKind kind = sg_sense_element (sense, i)->kind;
  double radius = (mark->bounds.width + mark->bounds.height) / 4;

  if (kind == SG_KIND_CIRCLE || kind == SG_KIND_ELLIPSE)
    return sg_layout_reach (sense->layout, k, mark->center, radius) < 0.5 * radius;
  return sg_layout_contains (sense->layout, k, mark->center);
}

void
sg_solids_join (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
      {
        if (i == k || !sg_sense_is_solid (sense, i) || !sg_sense_is_solid (sense, k) ||
            sg_sense_is_fixed (sense, i) || sg_sense_is_fixed (sense, k) ||
            sg_layout_area (sense->layout, i) > sg_layout_area (sense->layout, k))
          continue;
        if (is_over (sense, i, k) && !share_a_joint (sense, i, k))
          join_overlapping (sense, i, k);
      }
}
