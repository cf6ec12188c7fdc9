/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is hatched does not move: rows of ticks and the lines, tracks and outlines along which they stand,
 * also where a picture shows those in parts. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

/* The fit of a bent path is this far off its ink at most. */
static const double tick_gap = 12;
static const double hatch_reach = 22; /* of what is along a path */

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
      length > SG_TICK_LENGTH * sense->unit || length * 4 > sg_layout_mark (sense->layout, i)->length)
    return FALSE;
  sg_layout_ends (sense->layout, tick, ends, NULL);
  for (guint k = 0; k <= 4; k++)
    {
      SgPoint p = sg_point_lerp (ends[0], ends[1], k / 4.0);
      double d = sg_layout_distance (sense->layout, i, p, 2 * SG_TICK_LENGTH * sense->unit, NULL);

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

static SgRect
bounds_of_axis (const SgElement *hatching)
{
  SgPoint ends[2] = { hatching->geometry.from, hatching->geometry.to };

  return sg_points_bounds (ends, 2);
}

/* Whether any of the hatchings may be beside the ink: asked of each spring, before a look at its points. */
static gboolean
may_be_hatched (const SgSense *sense, const GPtrArray *hatchings, const SgElement *element)
{
  if (element->strokes[0] >= sg_page_get_n_strokes (sense->page))
    return TRUE;
  SgRect ink = sg_stroke_get_bounds (sg_page_get_stroke (sense->page, element->strokes[0]));
  SgRect around = sg_rect_grow (ink, hatch_reach * sense->unit);

  for (guint i = 0; i < hatchings->len; i++)
    if (sg_rect_overlaps (around, bounds_of_axis (g_ptr_array_index (hatchings, i))))
      return TRUE;
  return FALSE;
}

/* Whether most of the ink has hatching beside it: a spring hung from a ceiling has some at its end.
 * `hatchings` are the elements of that kind. */
static gboolean
is_hatched_along (const SgSense *sense, const GPtrArray *hatchings, const SgPoint *ink, guint n)
{
  double reach = hatch_reach * sense->unit;
  SgRect around = sg_rect_grow (sg_points_bounds (ink, n), reach);
  gboolean beside[track_points] = { FALSE };
  guint along = 0;

  for (guint i = 0; i < hatchings->len; i++)
    {
      const SgElement *hatching = g_ptr_array_index (hatchings, i);

      if (!sg_rect_overlaps (around, bounds_of_axis (hatching)))
        continue;
      for (guint k = 0; k < n; k++)
        beside[k] |=
          sg_segment_distance (hatching->geometry.from, hatching->geometry.to, ink[k], NULL) <= reach;
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
          element->correction != NULL || !may_be_hatched (sense, hatchings, element))
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
      !places_along (sense, i, row->from, row->to, SG_TICK_LENGTH * sense->unit, place))
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
