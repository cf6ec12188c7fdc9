/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Welds drawn as a small alpha loop: one stroke that crosses itself once, laid over two bodies. */
#include "config.h"

#include "vision/relations-private.h"

/* Shares of the stroke's length. */
static const double least_loop = 0.25;
static const double least_tail = 0.06;
static const double largest_weld = 1.3; /* of the smaller body under it */
enum
{
  ink_points = 48
};

typedef struct
{
  SgPoint center;
  double radius;
} Knot;

/* Whether p and q lie on the same side of the line ab: then pq does not cross it, as hardly any does. */
static inline gboolean
lie_on_one_side (SgPoint a, SgPoint b, SgPoint p, SgPoint q)
{
  SgPoint along = sg_point_sub (b, a);

  return sg_point_cross (along, sg_point_sub (p, a)) * sg_point_cross (along, sg_point_sub (q, a)) > 0;
}

/* Whether the path crosses itself in just one place, with a tail left on either side of it; a pen that
 * trembles crosses its own ink on the spot, which is no second place. */
static gboolean
find_knot (const SgPoint *points, guint n, Knot *knot)
{
  double length = sg_path_length (points, n);
  SgPoint first = { 0, 0 };
  gboolean found = FALSE;

  for (guint i = 0; i + 3 < n; i++)
    for (guint k = i + 2; k + 1 < n; k++)
      {
        SgPoint at;

        if (lie_on_one_side (points[i], points[i + 1], points[k], points[k + 1]) ||
            !sg_segments_cross (points[i], points[i + 1], points[k], points[k + 1], &at))
          continue;
        if (found && sg_point_distance (first, at) > least_tail * length)
          return FALSE;
        double loop = sg_path_length (points + i + 1, k - i);
        double tails[2] = { sg_path_length (points, i + 1), sg_path_length (points + k, n - k) };
        if (found || loop < least_loop * length || MIN (tails[0], tails[1]) < least_tail * length)
          continue;
        found = TRUE;
        first = at;
        SgRect bounds = sg_points_bounds (points + i + 1, k - i);
        knot->center = sg_rect_center (bounds);
        knot->radius = MAX (bounds.width, bounds.height) / 2;
      }
  return found;
}

static gboolean
may_be_weld (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);

  if (sense->decided[i] || element->role == SG_ROLE_PIN)
    return FALSE;
  if (element->n_strokes != 1)
    return FALSE;
  return sg_sense_is_path (sense, i) || element->kind == SG_KIND_UNKNOWN || element->kind == SG_KIND_BLOB ||
         element->kind == SG_KIND_POLYGON || element->kind == SG_KIND_TURN_ARROW;
}

static gboolean
lies_under (const SgSense *sense, guint i, const Knot *knot)
{
  SgRect bounds = sg_layout_mark (sense->layout, i)->bounds;

  return sg_sense_is_thing (sense, i) && 2 * knot->radius < largest_weld * sg_rect_diagonal (bounds) &&
         sg_layout_reach (sense->layout, i, knot->center, knot->radius + sense->touch) <=
           knot->radius + sense->touch / 2;
}

static gboolean
holds_a_pin (const SgSense *sense, const Knot *knot)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (sg_sense_element (sense, i)->role == SG_ROLE_PIN &&
        sg_point_distance (sg_layout_mark (sense->layout, i)->center, knot->center) < 1.5 * knot->radius)
      return TRUE;
  return FALSE;
}

static void
weld_under (SgSense *sense, guint loop, const Knot *knot)
{
  g_autoptr (GArray) under = g_array_new (FALSE, FALSE, sizeof (guint));
  double confidence = sg_sense_element (sense, loop)->confidence;

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (i != loop && lies_under (sense, i, knot))
      g_array_append_val (under, i);
  if (under->len < 2)
    return;
  for (guint k = 1; k < under->len; k++)
    sg_reading_add_relation (sense->reading, SG_RELATION_WELD, g_array_index (under, guint, 0),
                             g_array_index (under, guint, k), loop, knot->center, confidence);
  sg_sense_element (sense, loop)->role = SG_ROLE_WELD;
  sense->decided[loop] = TRUE;
}

void
sg_welds_find (SgSense *sense)
{
  SgPoint points[ink_points];

  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      Knot knot = { 0 };
      guint n = may_be_weld (sense, i) ? sg_sense_ink (sense, i, points, ink_points) : 0;

      if (n > 3 && find_knot (points, n, &knot) && !holds_a_pin (sense, &knot))
        weld_under (sense, i, &knot);
    }
}
