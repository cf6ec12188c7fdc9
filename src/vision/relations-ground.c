/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What does not move: hatched and crossed marks, ground and ceilings drawn as bare long lines, triangles
 * under planks. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

/* Longer than this no stroke of hatching is; page units. */
static const double tick_length = 32;

/* The fit of a bent path is this far off its ink at most. */
static const double tick_gap = 12;

/* Of a line that is a part of ground: on what it shares hatching with, at most; over that hatching, at
 * least. */
#define SHARED_SHARE 0.1
#define HATCHED_SHARE 0.25
#define HATCHED_AT_ALL 0.55 /* of the hatching: along what it fixes */

/* Points that a track's ink is followed with. */
enum
{
  track_points = 128
};

/* Share of the hatching's axis that lies within `within` of mark `i`. */
static double
share_along (const SgSense *sense, const SgElement *hatching, guint i, double within)
{
  const guint n = 9;
  guint near = 0;

  for (guint k = 0; k < n; k++)
    {
      SgPoint p = sg_point_lerp (hatching->geometry.from, hatching->geometry.to, (k + 0.5) / n);

      near += sg_layout_distance (sense->layout, i, p, within, NULL) <= within;
    }
  return (double)near / n;
}

/* The line or outline that the hatching runs along: most of it near, and of those the nearest. */
static int
hatched_mark (const SgSense *sense, guint hatching)
{
  const SgElement *element = sg_sense_element (sense, hatching);
  double best = HATCHED_AT_ALL;
  int found = -1;

  for (guint at = 0, i; sg_layout_next_near (sense->layout, hatching, &at, &i);)
    {
      if (sense->decided[i] || !(sg_sense_is_path (sense, i) || sg_sense_is_solid (sense, i)))
        continue;
      double share = share_along (sense, element, i, 22 * sense->unit);
      /* A path is meant rather than the outline of what stands on it. */
      if (share > 0.5)
        share +=
          (sg_sense_is_path (sense, i) ? 0.5 : 0) + 0.2 * share_along (sense, element, i, 11 * sense->unit);
      if (share > best)
        {
          best = share;
          found = i;
        }
    }
  return found;
}

/* A tick of path `i`: short, drawn off it from where it touches. */
static gboolean
is_tick_of (const SgSense *sense, guint tick, guint i)
{
  double length = sg_layout_mark (sense->layout, tick)->length, near = G_MAXDOUBLE, far = 0;
  SgPoint ends[2];

  if (tick == i || sg_sense_element (sense, tick)->kind != SG_KIND_LINE || sense->decided[tick] ||
      length > tick_length * sense->unit || length * 4 > sg_layout_mark (sense->layout, i)->length)
    return FALSE;
  sg_layout_ends (sense->layout, tick, ends, NULL);
  for (guint k = 0; k <= 4; k++)
    {
      SgPoint p = sg_point_lerp (ends[0], ends[1], k / 4.0);
      double d = sg_layout_distance (sense->layout, i, p, 2 * tick_length * sense->unit, NULL);

      near = MIN (near, d);
      far = MAX (far, d);
    }
  return near <= tick_gap * sense->unit && far - near >= 0.15 * length;
}

/* The mark by which line `i` is hatched, -1 where it has none beside it. */
static int
hatching_of (const SgSense *sense, guint i)
{
  for (guint k = 0; k < sg_reading_n_relations (sense->reading); k++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, k);

      if (r->kind == SG_RELATION_ANCHORED && r->a == (int)i && r->via >= 0)
        return r->via;
    }
  return -1;
}

gboolean
sg_ground_is_behind (const SgSense *sense, guint i, SgPoint p)
{
  const SgGeometry *line = &sg_sense_element (sense, i)->geometry;
  int hatching = hatching_of (sense, i);

  if (hatching < 0)
    return FALSE;
  SgPoint along = sg_point_sub (line->to, line->from), off = sg_point_sub (p, line->from);
  SgPoint hatched = sg_point_sub (sg_sense_element (sense, hatching)->geometry.center, line->from);
  return sg_point_cross (along, hatched) * sg_point_cross (along, off) > 0;
}

/* Whether the tick is on the side where path `i` is hatched; so is any tick of a bent one. */
static gboolean
is_on_hatched_side (const SgSense *sense, guint tick, guint i)
{
  return sg_sense_element (sense, i)->kind != SG_KIND_LINE || hatching_of (sense, i) < 0 ||
         sg_ground_is_behind (sense, i, sg_layout_mark (sense->layout, tick)->center);
}

/* Makes the ticks of path `i` part of its hatching and returns the first, -1 where they are too few. */
static int
claim_ticks (SgSense *sense, guint i, guint least)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    if (is_tick_of (sense, k, i) && is_on_hatched_side (sense, k, i))
      g_array_append_val (ticks, k);
  if (ticks->len < least)
    return -1;
  for (guint k = 0; k < ticks->len; k++)
    {
      guint tick = g_array_index (ticks, guint, k);

      sg_sense_element (sense, tick)->role = SG_ROLE_DECORATION;
      sense->decided[tick] = TRUE;
    }
  return g_array_index (ticks, guint, 0);
}

/* Gives the mark the path of its ink. */
static void
take_ink (SgSense *sense, guint i, const SgPoint *ink, guint n)
{
  SgElement *element = sg_sense_element (sense, i);
  guint keep[track_points], kept = sg_path_simplify (ink, n, 1.5 * sense->unit, keep);

  sg_geometry_clear (&element->geometry);
  element->kind = SG_KIND_CURVE;
  element->geometry = (SgGeometry){ .points = g_new (SgPoint, kept), .n_points = kept };
  for (guint k = 0; k < kept; k++)
    element->geometry.points[k] = ink[keep[k]];
  sg_layout_update (sense->layout, i, element);
}

/* A hatched path that was fitted with corners, though its ink runs beside them, is a track: it goes where it
 * was drawn. */
static void
follow_ink (SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  SgPoint ink[track_points];
  guint n = 0;
  double off = 0;

  if (element->kind == SG_KIND_POLYLINE && element->n_strokes == 1)
    n = sg_sense_ink (sense, i, ink, track_points);
  for (guint k = 0; k < n; k++)
    off = MAX (off, sg_layout_distance (sense->layout, i, ink[k], 1e6, NULL));
  if (off > sense->touch)
    take_ink (sense, i, ink, n);
}

/* Whether most of the ink has hatching beside it: a spring hung from a ceiling has some at its end.
 * `hatchings` are the elements of that kind. */
static gboolean
is_hatched_along (const SgSense *sense, const GPtrArray *hatchings, const SgPoint *ink, guint n)
{
  double reach = 22 * sense->unit;
  SgRect around = sg_rect_grow (sg_points_bounds (ink, n), reach);
  gboolean beside[track_points] = { FALSE };
  guint along = 0;

  for (guint i = 0; i < hatchings->len; i++)
    {
      const SgElement *hatching = g_ptr_array_index (hatchings, i);
      SgPoint ends[2] = { hatching->geometry.from, hatching->geometry.to };

      if (!sg_rect_overlaps (around, sg_points_bounds (ends, 2)))
        continue;
      for (guint k = 0; k < n; k++)
        beside[k] |= sg_segment_distance (ends[0], ends[1], ink[k], NULL) <= reach;
    }
  for (guint k = 0; k < n; k++)
    along += beside[k];
  return along > 0.5 * n;
}

/* Hills that are hatched all along are no spring, though they swing to either side as one. */
static void
find_hills (SgSense *sense)
{
  g_autoptr (GPtrArray) hatchings = g_ptr_array_new ();

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (sg_sense_element (sense, i)->kind == SG_KIND_HATCHING)
      g_ptr_array_add (hatchings, sg_sense_element (sense, i));
  for (guint i = 0; i < sg_sense_n (sense) && hatchings->len > 0; i++)
    {
      SgElement *element = sg_sense_element (sense, i);
      SgPoint ink[track_points];
      guint n;

      if (element->kind != SG_KIND_SPRING || element->n_strokes != 1 || sense->decided[i] ||
          element->correction != NULL)
        continue;
      n = sg_sense_ink (sense, i, ink, track_points);
      if (n < 3 || !is_hatched_along (sense, hatchings, ink, n))
        continue;
      element->role = SG_ROLE_BODY;
      take_ink (sense, i, ink, n);
    }
}

/* Places of the ends of a line along the way from `from` to `to`, 0 and 1 at those two, in ascending order.
 * FALSE where the line does not keep within `within` of that way. */
static gboolean
places_along (const SgSense *sense, guint i, SgPoint from, SgPoint to, double within, double place[2])
{
  SgPoint along = sg_point_sub (to, from), ends[2];
  double length = sg_point_norm (along);

  if (length == 0 || sg_sense_element (sense, i)->kind != SG_KIND_LINE ||
      !sg_layout_ends (sense->layout, i, ends, NULL))
    return FALSE;
  for (guint k = 0; k < 2; k++)
    {
      SgPoint off = sg_point_sub (ends[k], from);

      if (fabs (sg_point_cross (along, off)) > within * length)
        return FALSE;
      place[k] = sg_point_dot (along, off) / (length * length);
    }
  if (place[0] > place[1])
    {
      double swap = place[0];
      place[0] = place[1], place[1] = swap;
    }
  return TRUE;
}

/* How much of the hatching line `i` lies along, where enough of it does. */
static double
share_under (const SgSense *sense, guint i, guint hatching, double place[2])
{
  const SgGeometry *row = &sg_sense_element (sense, hatching)->geometry;

  if (sense->decided[i] || !sg_sense_is_rod (sense, i) ||
      !places_along (sense, i, row->from, row->to, tick_length * sense->unit, place))
    return 0;
  double share = MIN (1, place[1]) - MAX (0, place[0]);

  return share > HATCHED_SHARE * (place[1] - place[0]) ? share : 0;
}

/* Whether line `i` lies along the hatching, beside `target` rather than on or under it: there the same ground
 * goes on, which an outline or a crossing line parted in a picture. */
static gboolean
goes_on_as (const SgSense *sense, guint i, guint hatching, int target)
{
  const SgGeometry *row = &sg_sense_element (sense, hatching)->geometry;
  SgPoint along = sg_point_sub (row->to, row->from);
  double place[2], least = INFINITY, most = -INFINITY;

  if (share_under (sense, i, hatching, place) == 0)
    return FALSE;
  if (target < 0)
    return TRUE;
  const SgMark *other = sg_layout_mark (sense->layout, target);
  for (guint k = 0; k < other->n; k++)
    {
      double p =
        sg_point_dot (sg_point_sub (other->outline[k], row->from), along) / sg_point_dot (along, along);

      least = MIN (least, p), most = MAX (most, p);
    }
  return MIN (most, place[1]) - MAX (least, place[0]) < SHARED_SHARE * (place[1] - place[0]);
}

/* Whether line `i` goes on where a hatched line ends, in the same direction. */
static gboolean
prolongs_ground (const SgSense *sense, guint i)
{
  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    {
      const SgElement *ground = sg_sense_element (sense, k);
      double place[2];

      if (ground->kind == SG_KIND_LINE && sg_sense_is_fixed (sense, k) && hatching_of (sense, k) >= 0 &&
          places_along (sense, i, ground->geometry.from, ground->geometry.to, sense->touch, place) &&
          (place[0] > 1 - SHARED_SHARE || place[1] < SHARED_SHARE))
        return TRUE;
    }
  return FALSE;
}

/* Ticks that the recogniser left single, where a row of them was too uneven or bent with its path: any along
 * what is hatched already and where that goes on, from four on along another path. */
static void
find_ticked (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      if (sg_sense_is_path (sense, i) && sg_sense_is_fixed (sense, i))
        claim_ticks (sense, i, 1);
      else if (sg_sense_is_rod (sense, i) && !sense->decided[i])
        {
          int first = claim_ticks (sense, i, prolongs_ground (sense, i) ? 1 : 4);

          if (first < 0)
            continue;
          sg_sense_fix (sense, i, first, sg_layout_mark (sense->layout, i)->center, 0.8);
          sense->decided[i] = TRUE;
          follow_ink (sense, i);
          claim_ticks (sense, i, 1); /* those that its corners missed */
        }
    }
}

/* `target`: what is fixed by the hatching already, -1 where nothing is. */
static void
fix_rest_of_ground (SgSense *sense, guint hatching, int target)
{
  for (guint at = 0, i; sg_layout_next_near (sense->layout, hatching, &at, &i);)
    if ((int)i != target && goes_on_as (sense, i, hatching, target))
      {
        sg_sense_fix (sense, i, hatching, sg_layout_mark (sense->layout, i)->center,
                      sg_sense_element (sense, hatching)->confidence);
        sense->decided[i] = TRUE;
      }
}

/* Whether lines of which none lies along enough of the hatching do so together. */
static gboolean
is_parted (const SgSense *sense, guint hatching)
{
  double place[2], sum = 0;

  for (guint at = 0, i; sg_layout_next_near (sense->layout, hatching, &at, &i);)
    sum += share_under (sense, i, hatching, place);
  return sum > HATCHED_AT_ALL;
}

void
sg_ground_find_hatched (SgSense *sense)
{
  find_hills (sense);
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgElement *element = sg_sense_element (sense, i);

      if (element->kind != SG_KIND_HATCHING || element->role == SG_ROLE_DECORATION)
        continue;
      int target = hatched_mark (sense, i);
      if (target >= 0)
        {
          sg_sense_fix (sense, target, i, sg_layout_mark (sense->layout, i)->center, element->confidence);
          sense->decided[target] = TRUE;
          follow_ink (sense, target);
          fix_rest_of_ground (sense, i, target);
        }
      else if (is_parted (sense, i))
        fix_rest_of_ground (sense, i, -1);
      else
        sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, i, SG_ISSUE_UNATTACHED_HATCHING,
                              _ ("This hatching lies along nothing."));
    }
  find_ticked (sense);
}

static gboolean
is_crossed (const SgSense *sense, guint i, SgPoint center, double size)
{
  if (!sg_sense_is_thing (sense, i) || sg_sense_element (sense, i)->role != SG_ROLE_BODY)
    return FALSE;
  /* Two lines that cross over all of a body, and beyond, are no sign on it. */
  if (sg_sense_is_solid (sense, i) && size > 2 * sg_rect_diagonal (sg_layout_mark (sense->layout, i)->bounds))
    return FALSE;
  if (sg_sense_is_solid (sense, i))
    return sg_layout_contains (sense->layout, i, center) ||
           sg_layout_distance (sense->layout, i, center, size / 2, NULL) < size / 4;
  return sg_layout_distance (sense->layout, i, center, size, NULL) < MAX (size / 3, sense->touch / 2);
}

/* An X on one mark anchors it, an X over several welds them. */
void
sg_ground_find_crossed (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgElement *element = sg_sense_element (sense, i);
      int first = -1, n = 0;
      gboolean anchored = FALSE;

      if (element->kind != SG_KIND_CROSS || element->role == SG_ROLE_DECORATION)
        continue;
      SgPoint at = element->geometry.center;
      for (guint next = 0, k; sg_layout_next_near (sense->layout, i, &next, &k);)
        {
          anchored |= sg_sense_is_solid (sense, k) && sg_sense_is_fixed (sense, k) &&
                      sg_layout_contains (sense->layout, k, at);
          if (!is_crossed (sense, k, at, element->geometry.width))
            continue;
          if (n++ == 0)
            first = k;
          else
            sg_reading_add_relation (sense->reading, SG_RELATION_WELD, first, k, i, at, element->confidence);
        }
      if (n == 1)
        {
          sg_sense_fix (sense, first, i, at, element->confidence);
          sense->decided[first] = TRUE;
        }
      element->role = n > 1 ? SG_ROLE_WELD : SG_ROLE_FIXED;
      if (n == 0 && !anchored)
        sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, i, SG_ISSUE_UNATTACHED_CROSS,
                              _ ("This X lies on no body, so it anchors none."));
    }
}

/* What else is drawn above and below a level line, over its length. */
typedef struct
{
  guint above, below;     /* things */
  gboolean hangs, stands; /* something touches it from below, from above, away from its ends */
  gboolean held;          /* a pin, or a thing at one of its ends */
} Company;

static void
meet_neighbour (const SgSense *sense, guint line, guint i, Company *company)
{
  const SgMark *self = sg_layout_mark (sense->layout, line), *mark = sg_layout_mark (sense->layout, i);
  const SgElement *element = sg_sense_element (sense, i);
  gboolean below = mark->center.y > self->center.y;
  SgPoint ends[2];

  if (element->role == SG_ROLE_PIN)
    {
      double d = sg_layout_distance (sense->layout, line, mark->center, sense->touch, NULL);
      company->held |= d <= sense->touch;
      return;
    }
  gboolean tie = element->kind == SG_KIND_SPRING || element->kind == SG_KIND_DAMPER;
  if ((!tie && !sg_sense_is_thing (sense, i)) || mark->length < tick_length * sense->unit)
    return;
  if (mark->center.x < self->bounds.x - 20 * sense->unit ||
      mark->center.x > self->bounds.x + self->bounds.width + 20 * sense->unit)
    return;
  *(below ? &company->below : &company->above) += 1;
  if (!sg_layout_ends (sense->layout, i, ends, NULL))
    {
      for (guint k = 0; k < mark->n && !below; k++)
        company->stands |=
          sg_layout_distance (sense->layout, line, mark->outline[k], sense->touch, NULL) <= sense->touch;
      return;
    }
  for (guint k = 0; k < 2; k++)
    if (sg_layout_distance (sense->layout, line, ends[k], sense->touch, NULL) <= sense->touch)
      {
        double place = sg_layout_place (sense->layout, line, ends[k]);
        if (place < 0.06 || place > 0.94)
          company->held |= TRUE;
        else
          *(below ? &company->hangs : &company->stands) = TRUE;
      }
}

static Company
company_of (const SgSense *sense, guint line)
{
  Company company = { 0 };

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (i != line)
      meet_neighbour (sense, line, i, &company);
  return company;
}

/* Angle of a line to the horizontal, 0 to 90 degrees, in radians. */
static double
steepness (const SgElement *line)
{
  double angle = fabs (sg_point_angle (line->geometry.from, line->geometry.to));

  return angle > G_PI / 2 ? G_PI - angle : angle;
}

static gboolean
is_ground (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  SgRect page = sg_layout_bounds (sense->layout);
  double length = sg_layout_mark (sense->layout, i)->length;

  if (element->kind != SG_KIND_LINE || !sg_sense_is_rod (sense, i) || sense->decided[i] ||
      steepness (element) > G_PI / 15)
    return FALSE;
  Company company = company_of (sense, i);
  if (company.above > 0 && company.below == 0 && !company.held && !company.hangs)
    return length >= MAX (0.55 * page.width, 180 * sense->unit);
  /* What holds others and is itself held by nothing is a ceiling. */
  return company.hangs && company.above == 0 && !company.stands && length >= 60 * sense->unit;
}

/* A slanted line with its foot on the ground is a ramp where something lies on it; one that stands upright
 * against a fixed line is a wall where it is long. */
static gboolean
is_ramp (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  const SgMark *self = sg_layout_mark (sense->layout, i);
  SgPoint low = element->geometry.from, high = element->geometry.to;
  gboolean grounded = FALSE, loaded = FALSE;

  if (element->kind != SG_KIND_LINE || !sg_sense_is_rod (sense, i) || sense->decided[i])
    return FALSE;
  if (low.y < high.y)
    {
      low = element->geometry.to;
      high = element->geometry.from;
    }
  double steep = steepness (element);
  if (steep < G_PI / 36 || sg_sense_pin_at (sense, low) >= 0 || sg_sense_pin_at (sense, high) >= 0)
    return FALSE;
  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    {
      const SgMark *mark = sg_layout_mark (sense->layout, k);

      if (k == i)
        continue;
      if (sg_sense_is_fixed (sense, k))
        grounded |= sg_layout_reach (sense->layout, k, low, 2 * sense->touch) <= 1.5 * sense->touch;
      else if (sg_sense_is_solid (sense, k))
        for (guint l = 0; l < mark->n; l++)
          loaded |=
            mark->center.y < self->bounds.y + self->bounds.height &&
            sg_layout_distance (sense->layout, i, mark->outline[l], sense->touch, NULL) <= sense->touch;
    }
  return grounded && (steep < G_PI * 75 / 180 ? loaded : self->length >= 80 * sense->unit);
}

void
sg_ground_find_long_lines (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (is_ground (sense, i))
      sg_sense_fix (sense, i, -1, sg_layout_mark (sense->layout, i)->center, 0.75);
  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (is_ramp (sense, i))
      sg_sense_fix (sense, i, -1, sg_layout_mark (sense->layout, i)->center, 0.7);
}

static gboolean
find_apex (const SgSense *sense, guint i, SgPoint *apex)
{
  const SgElement *element = sg_sense_element (sense, i);
  const SgMark *mark = sg_layout_mark (sense->layout, i);

  if (!sg_sense_is_solid (sense, i) || mark->n != 3 ||
      (element->kind != SG_KIND_TRIANGLE && element->kind != SG_KIND_POLYGON))
    return FALSE;
  *apex = mark->outline[0];
  for (guint k = 1; k < 3; k++)
    if (mark->outline[k].y < apex->y)
      *apex = mark->outline[k];
  return apex->y < mark->bounds.y + 0.2 * mark->bounds.height;
}

static gboolean
rests_on_fixed (const SgSense *sense, guint i)
{
  const SgMark *mark = sg_layout_mark (sense->layout, i);

  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    if (k != i && sg_sense_is_fixed (sense, k))
      for (guint l = 0; l < mark->n; l++)
        if (sg_layout_distance (sense->layout, k, mark->outline[l], 2 * sense->touch, NULL) <=
            1.5 * sense->touch)
          return TRUE;
  return FALSE;
}

/* A plank: long, lying, and wider than what holds it up. */
static gboolean
is_plank (const SgSense *sense, guint i, guint support)
{
  const SgElement *element = sg_sense_element (sense, i);
  SgRect bounds = sg_layout_mark (sense->layout, i)->bounds;

  if (i == support || element->role != SG_ROLE_BODY || !sg_sense_is_thing (sense, i))
    return FALSE;
  if (sg_kind_is_closed (element->kind) && element->kind != SG_KIND_RECTANGLE &&
      element->kind != SG_KIND_POLYGON)
    return FALSE;
  return bounds.width > 2.5 * bounds.height &&
         bounds.width > 1.2 * sg_layout_mark (sense->layout, support)->bounds.width;
}

/* The plank over the apex, whose underside passes within a hand's noise of it. */
static int
plank_on (const SgSense *sense, guint support, SgPoint apex)
{
  double nearest = 1.5 * sense->touch;
  int best = -1;

  for (guint at = 0, i; sg_layout_next_near (sense->layout, support, &at, &i);)
    {
      if (!is_plank (sense, i, support))
        continue;
      SgRect bounds = sg_layout_mark (sense->layout, i)->bounds;
      double place = (apex.x - bounds.x) / bounds.width;
      double d = sg_layout_reach (sense->layout, i, apex, nearest);

      if (place > 0.08 && place < 0.92 && d < nearest)
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

/* A triangle that holds up a plank or a pin and stands on the ground (or on nothing) is a fixed support. */
void
sg_ground_find_supports (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgPoint apex;

      if (!find_apex (sense, i, &apex))
        continue;
      int pin = sg_sense_pin_at (sense, apex), plank = plank_on (sense, i, apex);
      if (pin < 0 && plank < 0)
        continue;
      if (!rests_on_fixed (sense, i) && pin < 0)
        sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, i, SG_ISSUE_ASSUMED_SUPPORT,
                              _ ("This triangle holds a plank, so it is taken for fixed."));
      sg_sense_fix (sense, i, -1, apex, 0.85);
      if (pin < 0)
        sg_reading_add_relation (sense->reading, SG_RELATION_HINGE, plank, i, -1, apex, 0.85);
    }
}
