/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sketches drawn stroke by stroke for tests, and the ways to hold the page: turned, larger, strokes in
 * another order or direction, one mark in more strokes. No reading may depend on these. */
#pragma once

#include <math.h>

#include "sketch/page.h"
#include "vision/analyze.h"

typedef struct
{
  double scale; /* of the drawing and its pen */
  double angle; /* rad, clockwise as seen */
  gboolean last_first, backwards;
  gboolean lifting; /* the pen leaves the paper at corners, and halfway around a loop without any */
} PencilHold;

/* The ways that tests try. */
static const PencilHold pencil_holds[] = {
  { 1, 0, FALSE, FALSE, FALSE },
  { 1, 0, TRUE, FALSE, FALSE },
  { 1, 0, FALSE, TRUE, FALSE },
  { 1, 0.6, FALSE, FALSE, FALSE },
  { 1, 1.6, TRUE, TRUE, FALSE },
  { 1, 3.5, FALSE, TRUE, FALSE },
  { 0.3, 0, FALSE, FALSE, FALSE },
  { 0.3, 2.2, TRUE, TRUE, FALSE },
  { 4, 0, FALSE, FALSE, FALSE },
  { 4, 5.1, TRUE, FALSE, FALSE },
  { 1, 0, FALSE, FALSE, TRUE },
  { 1, 4.4, TRUE, TRUE, TRUE },
};

typedef struct
{
  GPtrArray *strokes; /* GArray of SgPoint */
  GPtrArray *labels;  /* SgLabel */
} Pencil;

static inline void
pencil_init (Pencil *pencil)
{
  pencil->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  pencil->labels = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_label_unref);
}

static inline void
pencil_clear (Pencil *pencil)
{
  g_ptr_array_unref (pencil->strokes);
  g_ptr_array_unref (pencil->labels);
}

/* One stroke through the points, inked evenly. */
static inline void
pencil_path (Pencil *pencil, const SgPoint *points, guint n)
{
  GArray *stroke = g_array_new (FALSE, FALSE, sizeof (SgPoint));

  for (guint i = 0; i + 1 < n; i++)
    {
      guint steps = MAX (1, (guint)(sg_point_distance (points[i], points[i + 1]) / 4));

      for (guint k = 0; k < steps; k++)
        {
          SgPoint p = sg_point_lerp (points[i], points[i + 1], (double)k / steps);
          g_array_append_val (stroke, p);
        }
    }
  g_array_append_val (stroke, points[n - 1]);
  g_ptr_array_add (pencil->strokes, stroke);
}

#define PENCIL_PATH(pencil, ...)                         \
  pencil_path (pencil, (const SgPoint[]){ __VA_ARGS__ }, \
               sizeof ((const SgPoint[]){ __VA_ARGS__ }) / sizeof (SgPoint))

static inline void
pencil_line (Pencil *pencil, double x1, double y1, double x2, double y2)
{
  PENCIL_PATH (pencil, { x1, y1 }, { x2, y2 });
}

/* Angles in degrees, clockwise as seen from the right. */
static inline void
pencil_arc (Pencil *pencil, double x, double y, double radius, double start, double sweep)
{
  SgPoint points[49];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double a = (start + sweep * i / (G_N_ELEMENTS (points) - 1)) * G_PI / 180;
      points[i] = SG_POINT (x + radius * cos (a), y + radius * sin (a));
    }
  pencil_path (pencil, points, G_N_ELEMENTS (points));
}

static inline void
pencil_circle (Pencil *pencil, double x, double y, double radius)
{
  pencil_arc (pencil, x, y, radius, 40, 363);
}

static inline void
pencil_box (Pencil *pencil, double x, double y, double width, double height)
{
  double l = x - width / 2, r = x + width / 2, t = y - height / 2, b = y + height / 2;

  PENCIL_PATH (pencil, { l, t }, { r, t }, { r, b }, { l, b }, { l, t });
}

static inline void
pencil_cross (Pencil *pencil, double x, double y, double size)
{
  pencil_line (pencil, x - size / 2, y - size / 2, x + size / 2, y + size / 2);
  pencil_line (pencil, x + size / 2, y - size / 2, x - size / 2, y + size / 2);
}

/* A shaft, and a head in one stroke. */
static inline void
pencil_arrow (Pencil *pencil, double x1, double y1, double x2, double y2)
{
  SgPoint back = sg_point_scale (SG_POINT (x1 - x2, y1 - y2), 14 / hypot (x1 - x2, y1 - y2));
  SgPoint side = sg_point_scale (SG_POINT (-back.y, back.x), 0.6);

  pencil_line (pencil, x1, y1, x2, y2);
  PENCIL_PATH (pencil, { x2 + back.x + side.x, y2 + back.y + side.y }, { x2, y2 },
               { x2 + back.x - side.x, y2 + back.y - side.y });
}

/* Ticks along a line, on its right as seen walking from its first point on a page whose y points down. */
static inline void
pencil_hatch (Pencil *pencil, double x1, double y1, double x2, double y2, guint n)
{
  double length = hypot (x2 - x1, y2 - y1);
  SgPoint u = { (x2 - x1) / length, (y2 - y1) / length };

  for (guint i = 0; i < n; i++)
    {
      SgPoint p = sg_point_lerp (SG_POINT (x1, y1), SG_POINT (x2, y2), (i + 0.5) / n);
      pencil_line (pencil, p.x, p.y, p.x + 10 * (-u.y - 0.7 * u.x), p.y + 10 * (u.x - 0.7 * u.y));
    }
}

static inline void
pencil_ground (Pencil *pencil, double x1, double y1, double x2, double y2)
{
  pencil_line (pencil, x1, y1, x2, y2);
  pencil_hatch (pencil, x1, y1, x2, y2, 8);
}

/* Hatched above. */
static inline void
pencil_ceiling (Pencil *pencil, double x1, double x2, double y)
{
  pencil_ground (pencil, x2, y, x1, y);
}

static inline void
pencil_pin (Pencil *pencil, double x, double y)
{
  pencil_circle (pencil, x, y, 6);
}

/* Scribbled round and round. */
static inline void
pencil_dot (Pencil *pencil, double x, double y, double radius)
{
  SgPoint points[33];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double r = radius * (i < 11 ? 1 : i < 22 ? 0.6
                                               : 0.3);
      points[i] = SG_POINT (x + r * cos (0.6 * i), y + r * sin (0.6 * i));
    }
  pencil_path (pencil, points, G_N_ELEMENTS (points));
}

/* A loop whose tails cross. */
static inline void
pencil_alpha (Pencil *pencil, double x, double y, double size)
{
  SgPoint points[31];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double t = -1.45 + 2.9 * i / (G_N_ELEMENTS (points) - 1);
      points[i] = SG_POINT (x + 0.45 * size * (t * t - 1), y + 0.75 * size * t * (t * t - 1));
    }
  pencil_path (pencil, points, G_N_ELEMENTS (points));
}

/* A zigzag, or a coil, of six turns. */
static inline void
pencil_spring (Pencil *pencil, SgPoint from, SgPoint to, gboolean coil)
{
  SgPoint points[147], u = sg_point_sub (to, from);
  double length = sg_point_norm (u), turns = 6, lead = 8, run = length - 2 * lead;
  guint n = coil ? G_N_ELEMENTS (points) : 2 * turns + 4;

  u = sg_point_scale (u, 1 / length);
  for (guint i = 0; i < n; i++)
    {
      double t = (i - 1.0) / (n - 3), a = 2 * G_PI * turns * t, s = lead + run * t, side = 10 * cos (a);

      if (coil)
        s += 9 * sin (a);
      else
        side = i == 1 || i == n - 2 ? 0 : i % 2 ? 10
                                                : -10;
      if (i == 0 || i == n - 1)
        s = i == 0 ? 0 : length, side = 0;
      points[i] = SG_POINT (from.x + u.x * s - u.y * side, from.y + u.y * s + u.x * side);
    }
  pencil_path (pencil, points, n);
}

/* Clockwise as seen from the right, as pencil_arc(); the head in a stroke of its own. */
static inline void
pencil_turn_arrow (Pencil *pencil, double x, double y, double radius, double start, double sweep)
{
  double end = (start + sweep) * G_PI / 180, s = sweep > 0 ? 1 : -1;
  SgPoint n = { cos (end), sin (end) }, back = { sin (end) * s * 11, -cos (end) * s * 11 };
  SgPoint tip = { x + radius * n.x, y + radius * n.y };

  pencil_arc (pencil, x, y, radius, start, sweep);
  PENCIL_PATH (pencil, { tip.x + back.x + 6.6 * n.x, tip.y + back.y + 6.6 * n.y }, tip,
               { tip.x + back.x - 6.6 * n.x, tip.y + back.y - 6.6 * n.y });
}

/* The path, and ticks all along it, on its right as pencil_hatch(). */
static inline void
pencil_track (Pencil *pencil, const SgPoint *points, guint n, guint step)
{
  pencil_path (pencil, points, n);
  for (guint i = step / 2; i + 1 < n; i += step)
    {
      SgPoint p = points[i], u = sg_point_sub (points[i + 1], p);
      double k = 10 / sg_point_norm (u);

      pencil_line (pencil, p.x, p.y, p.x + k * (-u.y - 0.6 * u.x), p.y + k * (u.x - 0.6 * u.y));
    }
}

static inline void
pencil_label (Pencil *pencil, double x, double y, const char *text)
{
  g_ptr_array_add (pencil->labels, sg_label_new (SG_POINT (x, y), text, NULL));
}

static inline SgPoint
pencil_turn (const PencilHold *hold, SgPoint p)
{
  SgPoint d = { p.x - 400, p.y - 300 };

  return SG_POINT (400 + hold->scale * (d.x * cos (hold->angle) - d.y * sin (hold->angle)),
                   300 + hold->scale * (d.x * sin (hold->angle) + d.y * cos (hold->angle)));
}

static inline SgStroke *
pencil_ink (const SgPoint *points, guint n, const PencilHold *hold)
{
  g_autofree SgInkPoint *ink = g_new (SgInkPoint, n);

  for (guint i = 0; i < n; i++)
    {
      SgPoint p = pencil_turn (hold, points[hold->backwards ? n - 1 - i : i]);

      ink[i] = (SgInkPoint){ p.x, p.y, NAN, NAN };
    }
  return sg_stroke_new (3 * hold->scale, NULL, ink, n, NULL);
}

/* Where the pen leaves the paper in between, at most `room`; returns how many. */
static inline guint
pencil_lifts (const GArray *stroke, guint *lifts, guint room)
{
  const SgPoint *p = (const SgPoint *)stroke->data;
  guint n = 0;

  for (guint i = 1; i + 1 < stroke->len; i++)
    {
      SgPoint in = sg_point_sub (p[i], p[i - 1]), out = sg_point_sub (p[i + 1], p[i]);

      if (fabs (atan2 (sg_point_cross (in, out), sg_point_dot (in, out))) < 0.7)
        continue;
      if (n == room)
        return 0;
      lifts[n++] = i;
    }
  if (n == 0 && sg_point_distance (p[0], p[stroke->len - 1]) < 0.1 * sg_path_length (p, stroke->len))
    lifts[n++] = stroke->len / 2;
  return n;
}

/* The stroke, or the strokes that it becomes where the pen is lifted. */
static inline void
pencil_put (const GArray *stroke, const PencilHold *hold, SgPageBuilder *page)
{
  const SgPoint *points = (const SgPoint *)stroke->data;
  gboolean large = sg_rect_diagonal (sg_points_bounds (points, stroke->len)) > 40;
  guint lifts[6], from = 0;
  guint n = hold->lifting && large ? pencil_lifts (stroke, lifts, G_N_ELEMENTS (lifts) - 1) : 0;

  lifts[n] = stroke->len - 1;
  for (guint i = 0; i <= n; i++)
    {
      sg_page_builder_take_stroke (page, pencil_ink (points + from, lifts[i] - from + 1, hold));
      from = lifts[i];
    }
}

static inline SgPage *
pencil_page (const Pencil *pencil, const PencilHold *hold)
{
  SgPageBuilder *page = sg_page_builder_new (NULL);

  for (guint i = 0; i < pencil->strokes->len; i++)
    {
      guint k = hold->last_first ? pencil->strokes->len - 1 - i : i;
      pencil_put (pencil->strokes->pdata[k], hold, page);
    }
  for (guint i = 0; i < pencil->labels->len; i++)
    {
      const SgLabel *label = pencil->labels->pdata[i];
      SgPoint at = pencil_turn (hold, sg_label_get_position (label));

      sg_page_builder_take_label (page, sg_label_new (at, sg_label_get_text (label), NULL));
    }
  return sg_page_builder_end (page);
}

static inline SgReading *
pencil_read (const Pencil *pencil, const PencilHold *hold)
{
  g_autoptr (SgPage) page = pencil_page (pencil, hold);
  g_autoptr (GError) error = NULL;
  SgReading *reading = sg_analyze (page, NULL, &error);

  g_assert_no_error (error);
  return reading;
}
