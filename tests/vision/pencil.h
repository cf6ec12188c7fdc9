/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sketches drawn stroke by stroke for tests, and the ways to hold the page: turned, larger, strokes in
 * another order or direction. No reading may depend on these. */
#pragma once

#include <math.h>

#include "sketch/page.h"
#include "vision/analyze.h"

typedef struct
{
  double scale; /* of the drawing and its pen */
  double angle; /* rad, clockwise as seen */
  gboolean last_first, backwards;
} PencilHold;

/* The ways that tests try. */
static const PencilHold pencil_holds[] = {
  { 1, 0, FALSE, FALSE },
  { 1, 0, TRUE, FALSE },
  { 1, 0, FALSE, TRUE },
  { 1, 0.6, FALSE, FALSE },
  { 1, 1.6, TRUE, TRUE },
  { 1, 3.5, FALSE, TRUE },
  { 0.3, 0, FALSE, FALSE },
  { 0.3, 2.2, TRUE, TRUE },
  { 4, 0, FALSE, FALSE },
  { 4, 5.1, TRUE, FALSE },
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
pencil_ink (const GArray *stroke, const PencilHold *hold)
{
  g_autofree SgInkPoint *ink = g_new (SgInkPoint, stroke->len);

  for (guint i = 0; i < stroke->len; i++)
    {
      guint k = hold->backwards ? stroke->len - 1 - i : i;
      SgPoint p = pencil_turn (hold, g_array_index (stroke, SgPoint, k));

      ink[i] = (SgInkPoint){ p.x, p.y, NAN, NAN };
    }
  return sg_stroke_new (3 * hold->scale, NULL, ink, stroke->len, NULL);
}

static inline SgPage *
pencil_page (const Pencil *pencil, const PencilHold *hold)
{
  SgPageBuilder *page = sg_page_builder_new (NULL);

  for (guint i = 0; i < pencil->strokes->len; i++)
    {
      guint k = hold->last_first ? pencil->strokes->len - 1 - i : i;
      sg_page_builder_take_stroke (page, pencil_ink (pencil->strokes->pdata[k], hold));
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
