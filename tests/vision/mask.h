/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink drawn into a mask with a round pen, for tests of the strokes that come back. */
#pragma once

#include "vision/trace.h"

#define WIDTH 300
#define HEIGHT 200
#define PEN 2.5 /* radius */

static inline guint8 *
new_mask (void)
{
  return g_malloc0 (WIDTH * HEIGHT);
}

static inline void
stamp (guint8 *mask, double x, double y, double radius)
{
  for (int py = MAX (1, y - radius); py <= MIN (HEIGHT - 2, y + radius); py++)
    for (int px = MAX (1, x - radius); px <= MIN (WIDTH - 2, x + radius); px++)
      if (hypot (px - x, py - y) <= radius)
        mask[py * WIDTH + px] = 255;
}

static inline void
draw_line (guint8 *mask, double x0, double y0, double x1, double y1)
{
  for (double t = 0; t <= 1; t += 0.002)
    stamp (mask, x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, PEN);
}

static inline void
draw_arc (guint8 *mask, double cx, double cy, double radius, double sweep)
{
  for (double a = 0; a <= sweep; a += 0.002)
    stamp (mask, cx + radius * cos (a), cy + radius * sin (a), PEN);
}

static inline GArray *
trace (guint8 *mask)
{
  g_autoptr (GError) error = NULL;
  GArray *traces = sg_trace_mask (mask, NULL, WIDTH, HEIGHT, NULL, &error);
  g_assert_no_error (error);
  g_free (mask);
  return traces;
}

static inline const SgPixelStroke *
get_trace (const GArray *traces, guint i)
{
  g_assert_cmpuint (i, <, traces->len);
  return &g_array_index (traces, SgPixelStroke, i);
}

static inline gboolean
is_closed (const SgPixelStroke *trace)
{
  return trace->n > 3 && sg_point_distance (trace->points[0], trace->points[trace->n - 1]) < 0.01;
}

/* The one closed stroke; `others` receives the open ones. */
static inline const SgPixelStroke *
get_outline (const GArray *traces, GPtrArray *others)
{
  const SgPixelStroke *outline = NULL;
  for (guint i = 0; i < traces->len; i++)
    {
      const SgPixelStroke *stroke = get_trace (traces, i);
      if (!is_closed (stroke))
        {
          g_ptr_array_add (others, (gpointer)stroke);
          continue;
        }
      g_assert_null (outline);
      outline = stroke;
    }
  g_assert_nonnull (outline);
  return outline;
}
