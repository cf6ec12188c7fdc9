/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ropes over pulleys, slack ropes, and what springs, dampers and ropes hold on to at their ends. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

#define SMALLEST_LOOP 25.0 /* page units around; less is the hook of a pen that is lifted */
#define LARGEST_LOOP 0.45  /* of the rope's ink */
#define OPEN_LOOP 0.2      /* of its own length */
#define ROUND_LOOP 0.5     /* of the area of a circle as long */

enum
{
  LOOP_POINTS = 128 /* that a rope's ink is followed with */
};

/* -- Merging: a rope over a pulley is often drawn, or split, into tangents and an arc -- */

typedef struct
{
  SgPoint center;
  double radius;
} Wheel;

static gboolean
is_open_path (SgKind kind)
{
  return kind == SG_KIND_LINE || kind == SG_KIND_POLYLINE || kind == SG_KIND_CURVE || kind == SG_KIND_ARC;
}

static SgRect
element_bounds (const SgElement *element)
{
  SgPoint points[64];
  guint n = sg_geometry_outline (element->kind, &element->geometry, points, G_N_ELEMENTS (points));

  return sg_points_bounds (points, MAX (n, 1));
}

/* A mark that, being small enough, may be the pin of a wheel. */
typedef struct
{
  SgPoint center;
  double diagonal;
  guint element;
} Hub;

/* Marks about as wide as high. */
static GArray *
possible_hubs (const SgReading *reading, const SgRect *bounds)
{
  GArray *hubs = g_array_new (FALSE, FALSE, sizeof (Hub));

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      Hub hub = { sg_rect_center (bounds[i]), sg_rect_diagonal (bounds[i]), i };

      if (sg_reading_element (reading, i)->kind != SG_KIND_TEXT &&
          MAX (bounds[i].width, bounds[i].height) < 2 * MIN (bounds[i].width, bounds[i].height))
        g_array_append_val (hubs, hub);
    }
  return hubs;
}

/* Whether circle `i` has a small mark at its middle. */
static gboolean
is_pinned (const GArray *hubs, guint i, const Wheel *wheel)
{
  double reach = 0.35 * wheel->radius;

  for (guint k = 0; k < hubs->len; k++)
    {
      const Hub *hub = &g_array_index (hubs, Hub, k);

      if (fabs (hub->center.x - wheel->center.x) < reach && hub->element != i &&
          hub->diagonal < 0.8 * wheel->radius && sg_point_distance (hub->center, wheel->center) < reach)
        return TRUE;
    }
  return FALSE;
}

/* The circles that a rope may run around. */
static GArray *
pinned_wheels (const SgReading *reading)
{
  GArray *wheels = g_array_new (FALSE, FALSE, sizeof (Wheel));
  guint n = sg_reading_n_elements (reading);
  g_autofree SgRect *bounds = g_new (SgRect, n);

  for (guint i = 0; i < n; i++)
    bounds[i] = element_bounds (sg_reading_element (reading, i));
  g_autoptr (GArray) hubs = possible_hubs (reading, bounds);
  for (guint i = 0; i < n; i++)
    {
      SgKind kind = sg_reading_element (reading, i)->kind;
      Wheel wheel = { sg_rect_center (bounds[i]), (bounds[i].width + bounds[i].height) / 4 };

      if ((kind == SG_KIND_CIRCLE || kind == SG_KIND_ELLIPSE) && is_pinned (hubs, i, &wheel))
        g_array_append_val (wheels, wheel);
    }
  return wheels;
}

static gboolean
is_on_rim (const Wheel *wheel, SgPoint p)
{
  double off = fabs (sg_point_distance (p, wheel->center) - wheel->radius);

  /* A hand's noise, but no more than what still tells the rim of a small wheel. */
  return off < CLAMP (8, 0.22 * wheel->radius, 0.4 * wheel->radius);
}

/* Whether the path touches the rim where it ends, running along it: an arc about the wheel, or a tangent. */
static gboolean
hugs (const Wheel *wheel, const SgElement *element)
{
  SgPoint points[64];
  guint n, on = 0;

  if (!is_open_path (element->kind) || element->correction)
    return FALSE;
  n = sg_geometry_outline (element->kind, &element->geometry, points, G_N_ELEMENTS (points));
  if (n < 2)
    return FALSE;
  for (guint i = 0; i < n; i++)
    on += is_on_rim (wheel, points[i]);
  if (n > 4 && on > 0.7 * n)
    return TRUE;
  for (guint k = 0; k < 2; k++)
    {
      SgPoint end = k ? points[n - 1] : points[0], before = k ? points[n - 2] : points[1];
      SgPoint spoke = sg_point_sub (end, wheel->center), way = sg_point_sub (end, before);
      double cosine = sg_point_dot (spoke, way) / MAX (sg_point_norm (spoke) * sg_point_norm (way), 1e-9);

      if (is_on_rim (wheel, end) && fabs (cosine) < 0.5)
        return TRUE;
    }
  return FALSE;
}

static void
reverse (SgPoint *points, guint n)
{
  for (guint i = 0; i < n / 2; i++)
    {
      SgPoint swap = points[i];

      points[i] = points[n - 1 - i];
      points[n - 1 - i] = swap;
    }
}

/* Appends the points of `element` to `path`, either turned round where its other end goes on better. */
static void
append_path (GArray *path, const SgElement *element)
{
  guint room = MAX (64, element->geometry.n_points);
  g_autofree SgPoint *points = g_new (SgPoint, room);
  guint n = sg_geometry_outline (element->kind, &element->geometry, points, room);

  if (path->len > 0 && n > 0)
    {
      SgPoint *p = (SgPoint *)path->data, head = p[0], tail = p[path->len - 1];
      double at_tail = MIN (sg_point_distance (tail, points[0]), sg_point_distance (tail, points[n - 1]));
      double at_head = MIN (sg_point_distance (head, points[0]), sg_point_distance (head, points[n - 1]));

      if (at_head < at_tail)
        reverse (p, path->len);
      tail = p[path->len - 1];
      if (sg_point_distance (tail, points[n - 1]) < sg_point_distance (tail, points[0]))
        reverse (points, n);
    }
  g_array_append_vals (path, points, n);
}

static double
gap_between (const GArray *path, const SgElement *element)
{
  SgPoint points[64];
  guint n = sg_geometry_outline (element->kind, &element->geometry, points, G_N_ELEMENTS (points));
  double gap = G_MAXDOUBLE;

  for (guint k = 0; k < 2 && n > 0; k++)
    {
      SgPoint end = k ? points[n - 1] : points[0];

      gap = MIN (gap, sg_point_distance (end, g_array_index (path, SgPoint, 0)));
      gap = MIN (gap, sg_point_distance (end, g_array_index (path, SgPoint, path->len - 1)));
    }
  return gap;
}

/* Joins to piece `first` every other piece that hugs the wheel and goes on where it stops, across the rim
 * where the rope was left out. */
static void
merge_pieces (SgReading *reading, const Wheel *wheel, guint first)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  gboolean merged = FALSE;

  append_path (path, sg_reading_element (reading, first));
  for (guint i = first + 1; i < sg_reading_n_elements (reading);)
    {
      SgElement *piece = sg_reading_element (reading, i);

      if (!hugs (wheel, piece) || gap_between (path, piece) > 2.4 * wheel->radius)
        {
          i++;
          continue;
        }
      append_path (path, piece);
      sg_element_absorb_strokes (sg_reading_element (reading, first), piece);
      g_array_remove_index (reading->elements, i);
      merged = TRUE;
      i = first + 1; /* a piece passed over may fit now */
    }
  if (!merged)
    return;
  SgElement *rope = sg_reading_element (reading, first);
  sg_geometry_clear (&rope->geometry);
  rope->geometry = (SgGeometry){ .n_points = path->len };
  rope->geometry.points = (SgPoint *)g_array_free (g_steal_pointer (&path), FALSE);
  rope->kind = SG_KIND_CURVE;
}

static gboolean
merge_on_wheel (SgReading *reading, const Wheel *wheel)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      guint before = sg_reading_n_elements (reading);

      if (hugs (wheel, sg_reading_element (reading, i)))
        merge_pieces (reading, wheel, i);
      if (sg_reading_n_elements (reading) != before)
        return TRUE;
    }
  return FALSE;
}

void
sg_ropes_merge (SgReading *reading)
{
  g_autoptr (GArray) wheels = pinned_wheels (reading);

  for (guint i = 0; i < wheels->len; i++)
    while (merge_on_wheel (reading, &g_array_index (wheels, Wheel, i)))
      ;
}

/* -- Roles -- */

static gboolean
is_pulley (const SgSense *sense, guint i)
{
  SgKind kind = sg_sense_element (sense, i)->kind;

  if ((kind != SG_KIND_CIRCLE && kind != SG_KIND_ELLIPSE) || !sg_sense_is_solid (sense, i))
    return FALSE;
  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    if (sg_sense_element (sense, k)->role == SG_ROLE_PIN &&
        sg_point_distance (sg_layout_mark (sense->layout, k)->center,
                           sg_layout_mark (sense->layout, i)->center) <
          0.35 * sg_sense_pin_radius (sense, i))
      return TRUE;
  return FALSE;
}

/* Adds "runs around" where enough of the path lies on the wheel's rim; the relation's point is the middle of
 * that part, which tells the side. */
static gboolean
runs_around (SgSense *sense, guint rope, guint i)
{
  const SgMark *mark = sg_layout_mark (sense->layout, rope), *disc = sg_layout_mark (sense->layout, i);
  Wheel wheel = { disc->center, sg_sense_pin_radius (sense, i) };
  SgPoint sum = { 0, 0 };
  double on = 0;

  for (guint k = 0; k + 1 < mark->n; k++)
    {
      SgPoint a = mark->outline[k], b = mark->outline[k + 1];
      guint n = MAX (1, (guint)(sg_point_distance (a, b) / 4));

      for (guint l = 0; l < n; l++)
        {
          SgPoint p = sg_point_lerp (a, b, (l + 0.5) / n);

          if (!is_on_rim (&wheel, p))
            continue;
          on += sg_point_distance (a, b) / n;
          sum = sg_point_add (sum, sg_point_scale (sg_point_sub (p, wheel.center), 1.0 / n));
        }
    }
  double off = sg_point_norm (sum);
  /* A straight line only touches. */
  if (sg_sense_element (sense, rope)->kind == SG_KIND_LINE || on < 0.7 * wheel.radius || off == 0)
    return FALSE;
  SgPoint side = sg_point_add (wheel.center, sg_point_scale (sum, wheel.radius / off));
  sg_reading_add_relation (sense->reading, SG_RELATION_AROUND, rope, i, -1, side, 0.85);
  return TRUE;
}

/* What the two ends hold on to; -2 where nothing. */
static void
things_at_ends (const SgSense *sense, guint i, int things[2])
{
  SgPoint ends[2], outward[2];

  things[0] = things[1] = -2;
  if (!sg_layout_ends (sense->layout, i, ends, outward))
    return;
  for (guint k = 0; k < 2; k++)
    {
      int thing = sg_sense_thing_at (sense, i, ends[k], outward[k], 1.5 * sense->touch);

      if (thing >= 0)
        things[k] = sg_sense_is_fixed (sense, thing) ? -1 : thing;
      else if (sg_sense_pin_at (sense, ends[k]) >= 0)
        things[k] = -1;
    }
}

/* A slack rope drawn with a heavy hand is read with corners, but never as certainly as bent rods are. */
static gboolean
may_be_curved (const SgElement *element)
{
  if (element->kind == SG_KIND_CURVE || element->kind == SG_KIND_ARC)
    return TRUE;
  for (guint i = 0; element->kind == SG_KIND_POLYLINE && i < element->n_alternatives; i++)
    {
      const SgAlternative *other = &element->alternatives[i];

      if ((other->kind == SG_KIND_CURVE || other->kind == SG_KIND_ARC) &&
          other->confidence > 0.25 * element->confidence)
        return TRUE;
    }
  return FALSE;
}

/* A curve that sags between two things. */
static gboolean
is_slack (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  const SgMark *mark = sg_layout_mark (sense->layout, i);
  SgPoint ends[2];
  int things[2];

  if (!may_be_curved (element) ||
      !sg_layout_ends (sense->layout, i, ends, NULL) ||
      mark->length < 1.02 * sg_point_distance (ends[0], ends[1]))
    return FALSE;
  things_at_ends (sense, i, things);
  return things[0] != -2 && things[1] != -2 && things[0] != things[1];
}

/* Whether the ink runs around a small loop at its first point: back to where it was before, with area
 * inside. */
static gboolean
begins_with_loop (const SgSense *sense, const SgPoint *ink, guint n, double total)
{
  double length = 0;

  for (guint last = 1; last < n && length <= LARGEST_LOOP * total; last++)
    {
      length += sg_point_distance (ink[last - 1], ink[last]);
      if (length < SMALLEST_LOOP * sense->unit)
        continue;
      double around = length;
      for (guint first = 0; first + 2 < last && around >= SMALLEST_LOOP * sense->unit; first++)
        {
          if (sg_point_distance (ink[first], ink[last]) < OPEN_LOOP * around &&
              fabs (sg_polygon_area (ink + first, last - first + 1)) >
                ROUND_LOOP * around * around / (4 * G_PI))
            return TRUE;
          around -= sg_point_distance (ink[first], ink[first + 1]);
        }
    }
  return FALSE;
}

/* A line that is tied to something with a loop at one of its ends, and holds on to something at both. */
static gboolean
is_tied (const SgSense *sense, guint i)
{
  SgPoint ink[LOOP_POINTS], back[LOOP_POINTS];
  int things[2];
  guint n = sg_sense_ink (sense, i, ink, LOOP_POINTS);
  double total = sg_path_length (ink, n);

  /* Mostly there is no ink for a loop. */
  if (n == 0 || total < sg_point_distance (ink[0], ink[n - 1]) + SMALLEST_LOOP * sense->unit)
    return FALSE;
  for (guint k = 0; k < n; k++)
    back[k] = ink[n - 1 - k];
  if (!begins_with_loop (sense, ink, n, total) && !begins_with_loop (sense, back, n, total))
    return FALSE;
  things_at_ends (sense, i, things);
  return things[0] != -2 && things[1] != -2 && things[0] != things[1];
}

void
sg_ropes_find (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgElement *element = sg_sense_element (sense, i);
      gboolean rope = element->role == SG_ROLE_ROPE;

      if (!rope && (!sg_sense_is_rod (sense, i) || sense->decided[i]))
        continue;
      for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
        if (k != i && is_pulley (sense, k))
          rope |= runs_around (sense, i, k);
      if (rope || is_slack (sense, i) || is_tied (sense, i))
        {
          element->role = SG_ROLE_ROPE;
          sense->decided[i] = TRUE;
        }
    }
}

/* -- Ends -- */

static gboolean
is_tie (const SgSense *sense, guint i)
{
  SgRole role = sg_sense_element (sense, i)->role;

  return role == SG_ROLE_SPRING || role == SG_ROLE_DAMPER || role == SG_ROLE_ROPE;
}

/* The body on the pin at `p`, the world where it holds none. */
static int
body_on_pin (const SgSense *sense, int pin)
{
  const SgRelation *hinge = sg_sense_made_by (sense, SG_RELATION_HINGE, pin);

  return hinge ? hinge->a : -1;
}

/* The thing at a tie's end, or the pin; FALSE where it ends in the air. */
static gboolean
find_hold (const SgSense *sense, guint i, SgPoint at, SgPoint outward, int *thing, int *pin)
{
  *pin = -1;
  *thing = sg_sense_thing_at (sense, i, at, outward, 2 * sense->touch);
  if (*thing < 0)
    *pin = sg_sense_pin_at (sense, at);
  return *thing >= 0 || *pin >= 0;
}

/* A tie's end fastened to another tie's end: both hold the same point, which only a pin or the page can be.
 */
static gboolean
attach_end (SgSense *sense, guint i, SgPoint at, SgPoint outward)
{
  int thing, pin;
  gboolean held = find_hold (sense, i, at, outward, &thing, &pin);

  if (pin >= 0)
    {
      thing = body_on_pin (sense, pin);
      at = sg_layout_mark (sense->layout, pin)->center;
    }
  if (thing >= 0 && sg_sense_is_fixed (sense, thing))
    thing = -1;
  sg_reading_add_relation (sense->reading, SG_RELATION_ATTACHED, i, thing, pin, at, held ? 0.9 : 0.4);
  return held;
}

static void
hint_at_ends (SgSense *sense, guint i, guint n_held)
{
  SgRole role = sg_sense_element (sense, i)->role;

  if (n_held == 1)
    sg_reading_add_issue (
      sense->reading, SG_SEVERITY_WARNING, i, SG_ISSUE_UNATTACHED_END,
      _ ("One end holds on to nothing, so it is fixed to the page: end it on a body or a pin."));
  else if (n_held == 0 && role == SG_ROLE_SPRING)
    sg_reading_add_issue (
      sense->reading, SG_SEVERITY_WARNING, i, SG_ISSUE_UNATTACHED_SPRING,
      _ ("This spring holds nothing: end it on two bodies, or on a body and the ground."));
  else if (n_held == 0 && role == SG_ROLE_DAMPER)
    sg_reading_add_issue (
      sense->reading, SG_SEVERITY_WARNING, i, SG_ISSUE_UNATTACHED_DAMPER,
      _ ("This damper holds nothing: end it on two bodies, or on a body and the ground."));
  else if (n_held == 0)
    sg_reading_add_issue (sense->reading, SG_SEVERITY_WARNING, i, SG_ISSUE_UNATTACHED_ROPE,
                          _ ("This rope holds nothing: end it on two bodies, or on a body and a pin."));
}

void
sg_springs_attach (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgPoint ends[2], outward[2];
      guint n_held = 0;

      if (!is_tie (sense, i) || !sg_layout_ends (sense->layout, i, ends, outward))
        continue;
      for (guint k = 0; k < 2; k++)
        n_held += attach_end (sense, i, sg_springs_follow_lead (sense, i, ends[k], outward[k]), outward[k]);
      hint_at_ends (sense, i, n_held);
    }
}
