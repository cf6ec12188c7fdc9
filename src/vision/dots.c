/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window around each node: its enclosed paper is filled, and the ink around the middle of that must be as
 * far to see in nearly every direction. */
#include "vision/dots.h"

#include <stdlib.h>
#include <string.h>

#define LARGEST_RADII 6.5  /* outer radius, in stroke radii */
#define SMALLEST_RADII 2.7 /* less is a line's own width, or that of lines that cross */
#define SMALLEST_RING 3.0  /* less is a corner where lines cross */
#define LARGEST_WINDOW 48  /* pixels to either side */
#define SIDE (2 * LARGEST_WINDOW + 1)
#define N_RAYS 40
#define ROUND_RAYS 0.65  /* share of the rays that must end near their median: lines leave along the others */
#define ROUND_ERROR 0.18 /* of the median */
#define CLEAN_SHARE 0.72 /* of a ring's inside: so much paper is left where no line runs into it */
#define CLEAN_ERROR 0.11 /* such a ring may be the loop of a coil, which is less round */
#define RAY_STEP 0.5
#define CENTRING 3        /* passes */
#define LONGEST_SHIFT 3.0 /* pixels a ray and pass: lines that leave pull no more than the disc itself */

enum
{
  PAPER, /* that reaches the window's edge */
  INK,
  HOLE
};

typedef struct
{
  guint8 pixel[SIDE][SIDE];
  int reach;        /* pixels to either side of the middle */
  int left, top;    /* of the window in the picture */
  guint n_holes;    /* pixels */
  SgPoint hole_sum; /* of their places in the window */
} Window;

static gboolean
is_inside (const Window *window, int x, int y)
{
  return x >= 0 && y >= 0 && x <= 2 * window->reach && y <= 2 * window->reach;
}

/* Turns HOLE into PAPER from (x, y) on as far as it hangs together. */
static void
flood (Window *window, int x, int y)
{
  static const int DX[] = { 1, -1, 0, 0 }, DY[] = { 0, 0, 1, -1 };
  guint16 stack[SIDE * SIDE];
  guint n = 0;

  if (window->pixel[y][x] != HOLE)
    return;
  window->pixel[y][x] = PAPER;
  stack[n++] = y * SIDE + x;
  while (n > 0)
    {
      int at = stack[--n];
      for (guint k = 0; k < G_N_ELEMENTS (DX); k++)
        {
          int i = at % SIDE + DX[k], j = at / SIDE + DY[k];
          if (!is_inside (window, i, j) || window->pixel[j][i] != HOLE)
            continue;
          window->pixel[j][i] = PAPER;
          stack[n++] = j * SIDE + i;
        }
    }
}

static void
open_window (Window *window, const guint8 *mask, int width, int height, SgPoint middle, int reach)
{
  window->reach = reach;
  window->left = (int)middle.x - reach;
  window->top = (int)middle.y - reach;
  window->n_holes = 0;
  window->hole_sum = SG_POINT (0, 0);
  for (int y = 0; y <= 2 * reach; y++)
    for (int x = 0; x <= 2 * reach; x++)
      {
        int i = window->left + x, j = window->top + y;
        gboolean ink = i >= 0 && j >= 0 && i < width && j < height && mask[(gsize)j * width + i];
        window->pixel[y][x] = ink ? INK : HOLE;
      }
  for (int k = 0; k <= 2 * reach; k++)
    {
      flood (window, k, 0);
      flood (window, k, 2 * reach);
      flood (window, 0, k);
      flood (window, 2 * reach, k);
    }
}

static void
measure_holes (Window *window)
{
  for (int y = 0; y <= 2 * window->reach; y++)
    for (int x = 0; x <= 2 * window->reach; x++)
      if (window->pixel[y][x] == HOLE)
        {
          window->n_holes++;
          window->hole_sum = sg_point_add (window->hole_sum, SG_POINT (x, y));
        }
}

/* How far from `at` in the window the ink goes on along `angle`. */
static double
ray (const Window *window, SgPoint at, double angle)
{
  double r = 0;
  for (;; r += RAY_STEP)
    {
      int x = (int)floor (at.x + r * cos (angle) + 0.5), y = (int)floor (at.y + r * sin (angle) + 0.5);
      if (!is_inside (window, x, y) || window->pixel[y][x] == PAPER)
        return r;
    }
}

static int
compare_lengths (const void *a, const void *b)
{
  double p = *(const double *)a, q = *(const double *)b;
  return (p > q) - (p < q);
}

/* Median length of the rays from `at` where they are that of a disc, else 0. */
static double
disc_radius (const Window *window, SgPoint at, double error)
{
  double length[N_RAYS];
  guint near = 0;
  for (guint i = 0; i < N_RAYS; i++)
    length[i] = ray (window, at, 2 * G_PI * i / N_RAYS);
  qsort (length, N_RAYS, sizeof *length, compare_lengths);
  /* rays along the lines that leave are the longest */
  double median = length[(guint)(N_RAYS * ROUND_RAYS / 2)];
  for (guint i = 0; i < N_RAYS; i++)
    near += fabs (length[i] - median) < MAX (1, error * median);
  return near >= ROUND_RAYS * N_RAYS ? median : 0;
}

/* Moves `at` to the middle between opposite rays. Returns the radius of the disc around it, 0 where none. */
static double
centre_disc (const Window *window, SgPoint *at, double error)
{
  for (guint pass = 0; pass < CENTRING; pass++)
    {
      SgPoint shift = { 0, 0 };
      for (guint i = 0; i < N_RAYS / 2; i++)
        {
          double angle = 2 * G_PI * i / N_RAYS;
          double forth = ray (window, *at, angle), back = ray (window, *at, angle + G_PI);
          double half = CLAMP ((forth - back) / 2, -LONGEST_SHIFT, LONGEST_SHIFT);
          shift = sg_point_add (shift, SG_POINT (half * cos (angle), half * sin (angle)));
        }
      *at = sg_point_add (*at, sg_point_scale (shift, 4.0 / N_RAYS));
    }
  return disc_radius (window, *at, error);
}

static void
fill_holes (const Window *window, guint8 *mask, int width)
{
  for (int y = 0; y <= 2 * window->reach; y++)
    for (int x = 0; x <= 2 * window->reach; x++)
      if (window->pixel[y][x] == HOLE)
        mask[(gsize)(window->top + y) * width + window->left + x] = 255;
}

static gboolean
find_dot (
  Window *window, guint8 *mask, int width, int height, const SgSkeletonNode *node, double pen, SgDot *dot)
{
  int reach = MIN (LARGEST_WINDOW, (int)(1.5 * LARGEST_RADII * pen));
  open_window (window, mask, width, height, node->at, reach);
  measure_holes (window);
  SgPoint at = SG_POINT (reach, reach);
  if (window->n_holes > 0)
    at = sg_point_scale (window->hole_sum, 1.0 / window->n_holes);
  double radius = centre_disc (window, &at, ROUND_ERROR), inner = radius - 2 * pen;
  gboolean clean = inner > 0 && window->n_holes > CLEAN_SHARE * G_PI * inner * inner;
  double least = window->n_holes > 0 ? SMALLEST_RING : SMALLEST_RADII;
  if (radius < least * pen || radius > LARGEST_RADII * pen ||
      (clean && disc_radius (window, at, CLEAN_ERROR) == 0))
    return FALSE;
  dot->center = sg_point_add (at, SG_POINT (window->left, window->top));
  dot->radius = MAX (1, radius - pen);
  return TRUE;
}

static gboolean
is_known (const GArray *dots, SgPoint p)
{
  for (guint i = 0; i < dots->len; i++)
    if (sg_dot_contains (&g_array_index (dots, SgDot, i), p))
      return TRUE;
  return FALSE;
}

GArray *
sg_dots_find (guint8 *mask, int width, int height, const SgSkeleton *graph)
{
  GArray *dots = g_array_new (FALSE, FALSE, sizeof (SgDot));
  g_autofree Window *window = g_new (Window, 1);
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const SgSkeletonNode *node = sg_skeleton_node (graph, i);
      SgDot dot;
      if (node->degree < 3 && node->radius < SMALLEST_RADII * graph->stroke_radius)
        continue;
      if (is_known (dots, node->at) ||
          !find_dot (window, mask, width, height, node, graph->stroke_radius, &dot) ||
          is_known (dots, dot.center))
        continue;
      fill_holes (window, mask, width);
      g_array_append_val (dots, dot);
    }
  return dots;
}
