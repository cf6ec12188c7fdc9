/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A drawing board for tests of marks: strokes drawn evenly, read without their relations. */
#pragma once

#include <math.h>

#include "vision/marks.h"

/* A drawing board: strokes in units of a mark about 100 across, put on the page turned and scaled. */
typedef struct
{
  SgPageBuilder *builder;
  double angle, scale;
} Board;

static inline Board
board_new (double angle, double scale)
{
  return (Board){ sg_page_builder_new (NULL), angle, scale };
}

static inline void
draw (Board *board, const SgPoint *points, guint n)
{
  g_autofree SgInkPoint *ink = g_new (SgInkPoint, n);
  double c = cos (board->angle) * board->scale, s = sin (board->angle) * board->scale;

  for (guint i = 0; i < n; i++)
    ink[i] = (SgInkPoint){ 500 + c * points[i].x - s * points[i].y, 400 + s * points[i].x + c * points[i].y,
                           NAN, NAN };
  sg_page_builder_take_stroke (board->builder, sg_stroke_new (3, NULL, ink, n, NULL));
}

/* Straight runs between the points, with a hand's points in between. */
static inline void
draw_lines (Board *board, const SgPoint *corners, guint n)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SgPoint));

  for (guint i = 0; i < n; i++)
    for (int k = 0; k < (i + 1 < n ? 12 : 1); k++)
      {
        SgPoint p = sg_point_lerp (corners[i], corners[MIN (i + 1, n - 1)], k / 12.0);

        p.x += 0.5 * sin (i + k * 0.9), p.y += 0.5 * cos (2 * i + k * 0.7);
        g_array_append_val (points, p);
      }
  draw (board, (SgPoint *)points->data, points->len);
}

#define DRAW_LINES(board, ...)                   \
  draw_lines (board, (SgPoint[]){ __VA_ARGS__ }, \
              sizeof ((SgPoint[]){ __VA_ARGS__ }) / sizeof (SgPoint))

static inline void
draw_arc (Board *board, SgPoint center, double rx, double ry, double from, double sweep)
{
  SgPoint points[61];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double a = from + sweep * i / (G_N_ELEMENTS (points) - 1);
      points[i] = SG_POINT (center.x + rx * cos (a), center.y + ry * sin (a));
    }
  draw (board, points, G_N_ELEMENTS (points));
}

/* The marks that are found with so much work; 0: any amount. */
static inline SgReading *
board_read_within (Board *board, guint64 most_work)
{
  g_autoptr (SgPage) page = sg_page_builder_end (board->builder);
  g_autoptr (GArray) ink = sg_ink_from_page (page);
  g_autoptr (SgMemo) memo = sg_memo_new ();
  SgReading *reading = sg_reading_new ();
  SgBudget budget;

  sg_budget_init (&budget, NULL, -1, most_work);
  sg_marks_find (ink, memo, &budget, reading);
  return reading;
}

static inline SgReading *
board_read (Board *board)
{
  return board_read_within (board, 0);
}
