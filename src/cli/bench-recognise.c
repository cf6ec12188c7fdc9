/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long recognition takes: one mark, a page of sixty strokes, one stroke more on a page of five
 * hundred; beside the plain OpenCV pipeline on the
 * same ink in a picture, a pixel a page unit. */
#include "cli/bench.h"

#include <math.h>
#include <string.h>

#include "vision/analyze.h"
#include "vision/error.h"
#include "vision/opencv.h"
#include "vision/reader.h"

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

/* The i-th mark of a page: one of four kinds, ten a row. */
static SgStroke *
draw_mark (guint i)
{
  static void (*const paths[]) (double, double *, double *) = { circle_path, box_path, line_path,
                                                                zigzag_path };

  return draw_stroke (paths[i % G_N_ELEMENTS (paths)], 40 + 90 * (i % 10), 40 + 90 * (i / 10), 60, i);
}

static SgPage *
draw_page (guint n)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < n; i++)
    sg_page_builder_take_stroke (builder, draw_mark (i));
  return sg_page_builder_end (builder);
}

/* A drawing, and the picture of it for the reference. */
typedef struct
{
  SgPage *page;
  guint8 *grey; /* width * height; black on white */
  int width, height;
  SgReader *reader; /* (nullable): that knows the page */
} Drawing;

static void
draw_disc (Drawing *drawing, SgPoint at, double radius)
{
  int left = MAX (0, at.x - radius), right = MIN (drawing->width - 1, at.x + radius);
  int top = MAX (0, at.y - radius), bottom = MIN (drawing->height - 1, at.y + radius);

  for (int y = top; y <= bottom; y++)
    for (int x = left; x <= right; x++)
      if (sg_point_distance (SG_POINT (x + 0.5, y + 0.5), at) <= radius)
        drawing->grey[y * drawing->width + x] = 0;
}

static void
draw_ink (Drawing *drawing, const SgStroke *stroke)
{
  guint n;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);

  for (guint i = 1; i < n; i++)
    {
      SgPoint from = SG_POINT (points[i - 1].x, points[i - 1].y), to = SG_POINT (points[i].x, points[i].y);
      guint steps = 1 + sg_point_distance (from, to);

      for (guint k = 0; k <= steps; k++)
        draw_disc (drawing, sg_point_lerp (from, to, (double)k / steps), sg_stroke_get_width (stroke) / 2);
    }
}

static Drawing *
drawing_new (guint n_marks)
{
  Drawing *drawing = g_new0 (Drawing, 1);
  SgRect bounds;

  drawing->page = draw_page (n_marks);
  bounds = sg_page_get_bounds (drawing->page);
  drawing->width = bounds.x + bounds.width + 40;
  drawing->height = bounds.y + bounds.height + 40;
  drawing->grey = g_malloc ((gsize)drawing->width * drawing->height);
  memset (drawing->grey, 255, (gsize)drawing->width * drawing->height);
  for (guint i = 0; i < sg_page_get_n_strokes (drawing->page); i++)
    draw_ink (drawing, sg_page_get_stroke (drawing->page, i));
  return drawing;
}

static gboolean
set_up_mark (gpointer *state, GError **error)
{
  *state = drawing_new (1);
  return TRUE;
}

static gboolean
set_up_page (gpointer *state, GError **error)
{
  *state = drawing_new (60);
  return TRUE;
}

static gboolean
set_up_incremental (gpointer *state, GError **error)
{
  Drawing *drawing = drawing_new (499);

  drawing->reader = sg_reader_new ();
  *state = drawing;
  return TRUE;
}

static double
measure_analyze (gpointer state, GError **error)
{
  const Drawing *drawing = state;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SgReading) reading = sg_analyze (drawing->page, NULL, error);

  return reading ? (g_get_monotonic_time () - start) / 1000.0 : -1;
}

/* The stroke that is added is another one each time, and the page without it is read in between. */
static double
measure_incremental (gpointer state, GError **error)
{
  const Drawing *drawing = state;
  g_autoptr (SgReading) before = sg_reader_read (drawing->reader, drawing->page, NULL, NULL, error);
  SgPageBuilder *builder = sg_page_builder_new (drawing->page);

  sg_page_builder_take_stroke (builder, draw_mark (sg_page_get_n_strokes (drawing->page)));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SgReading) reading = before ? sg_reader_read (drawing->reader, page, NULL, NULL, error) : NULL;

  return reading ? (g_get_monotonic_time () - start) / 1000.0 : -1;
}

static double
measure_opencv (gpointer state, GError **error)
{
  const Drawing *drawing = state;
  gint64 start = g_get_monotonic_time ();
  guint n_shapes;
  g_autofree char *problem =
    sg_opencv_reference_read (drawing->grey, drawing->width, drawing->height, &n_shapes);

  if (!problem)
    return (g_get_monotonic_time () - start) / 1000.0;
  g_set_error_literal (error, SG_VISION_ERROR, SG_VISION_ERROR_INTERNAL, problem);
  return -1;
}

static void
tear_down (gpointer state)
{
  Drawing *drawing = state;

  sg_page_unref (drawing->page);
  g_clear_pointer (&drawing->reader, sg_reader_unref);
  g_free (drawing->grey);
  g_free (drawing);
}

#define REFERENCE "plain OpenCV pipeline"

const SgBenchmark sg_bench_recognise[] = {
  { "recognise-mark", "ms", REFERENCE, 200, set_up_mark, measure_analyze, measure_opencv, tear_down },
  { "recognise-page", "ms", REFERENCE, 100, set_up_page, measure_analyze, measure_opencv, tear_down },
  { "recognise-incremental", "ms", REFERENCE, 20, set_up_incremental, measure_incremental, measure_opencv,
    tear_down },
  { NULL },
};
