/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long recognition takes: one mark, and a page of sixty strokes. */
#include "cli/bench.h"

#include <math.h>

#include "vision/analyze.h"

/* Points of one drawn stroke, as a tablet gives them: every few units, with a hand's slow wobble. */
#define POINTS 64

static SgStroke *
draw_stroke (void (*path) (double t, double *x, double *y), double left, double top, double size, guint seed)
{
  SgInkPoint points[POINTS];

  for (guint i = 0; i < POINTS; i++)
    {
      double t = i / (POINTS - 1.0), x, y;

      path (t, &x, &y);
      points[i] = (SgInkPoint){ left + size * (x + 0.01 * sin (9 * t + seed)),
                                top + size * (y + 0.01 * cos (7 * t + 2 * seed)), 0.5, 8.0 * i };
    }
  return sg_stroke_new (3, "pen", points, POINTS, NULL);
}

static void
circle_path (double t, double *x, double *y)
{
  *x = 0.5 + 0.5 * cos (2 * G_PI * t);
  *y = 0.5 + 0.5 * sin (2 * G_PI * t);
}

static void
box_path (double t, double *x, double *y)
{
  double side = 4 * MIN (t, 0.999), along = side - floor (side);

  *x = side < 1 ? along : side < 2 ? 1
                        : side < 3 ? 1 - along
                                   : 0;
  *y = side < 1 ? 0 : side < 2 ? along
                    : side < 3 ? 1
                               : 1 - along;
}

static void
line_path (double t, double *x, double *y)
{
  *x = t;
  *y = 0.3 * t;
}

static void
zigzag_path (double t, double *x, double *y)
{
  *x = t;
  *y = 0.5 + 0.15 * (fabs (fmod (12 * t, 2) - 1) - 0.5);
}

/* `n` marks of four kinds, ten a row. */
static SgPage *
draw_page (guint n)
{
  static void (*const paths[]) (double, double *, double *) = { circle_path, box_path, line_path,
                                                                zigzag_path };
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < n; i++)
    sg_page_builder_take_stroke (
      builder, draw_stroke (paths[i % G_N_ELEMENTS (paths)], 40 + 90 * (i % 10), 40 + 90 * (i / 10), 60, i));
  return sg_page_builder_end (builder);
}

static gboolean
set_up_mark (gpointer *state, GError **error)
{
  *state = draw_page (1);
  return TRUE;
}

static gboolean
set_up_page (gpointer *state, GError **error)
{
  *state = draw_page (60);
  return TRUE;
}

static double
measure_analyze (gpointer state, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SgReading) reading = sg_analyze (state, NULL, error);

  return reading ? (g_get_monotonic_time () - start) / 1000.0 : -1;
}

static void
tear_down (gpointer state)
{
  sg_page_unref (state);
}

const SgBenchmark sg_bench_recognise[] = {
  { "recognise-mark", "ms", NULL, 200, set_up_mark, measure_analyze, NULL, tear_down },
  { "recognise-page", "ms", NULL, 100, set_up_page, measure_analyze, NULL, tear_down },
  { NULL },
};
