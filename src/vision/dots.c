/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window around each node: its enclosed paper is filled, and the ink around the middle of that must be as
 * far to see in nearly every direction. */
#include "vision/dots.h"

#include <stdlib.h>
#include <string.h>

#include "vision/pieces.h"

#define LARGEST_RADII 6.5  /* outer radius, in stroke radii */
#define SMALLEST_RADII 2.7 /* less is a line's own width, or that of lines that cross */
#define SOLID_RADII 1.3    /* depth of the ink at a node in a filled dot, at least */
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

typedef struct
{
  guint8 pixel[SIDE][SIDE]; /* not 0: ink, or paper that it encloses */
  int reach;                /* pixels to either side of the middle */
  int left, top;            /* of the window in the picture */
  GPtrArray *holes;         /* SgHole: the enclosed paper, borrowed */
  guint n_holes;            /* pixels of them */
  SgPoint hole_sum;         /* of their places in the window */
  SgPoint way[N_RAYS];      /* unit vectors */
} Window;

typedef struct
{
  guint8 *mask;
  int width, height;
  GArray *holes; /* SgHole; n 0: filled */
  Window window;
} Search;

static gboolean
is_inside (const Window *window, int x, int y)
{
  return x >= 0 && y >= 0 && x <= 2 * window->reach && y <= 2 * window->reach;
}

static void
place_window (Window *window, SgPoint middle, int reach)
{
  window->reach = reach;
  window->left = (int)middle.x - reach;
  window->top = (int)middle.y - reach;
  window->n_holes = 0;
  window->hole_sum = SG_POINT (0, 0);
  g_ptr_array_set_size (window->holes, 0);
}

/* The window's holes are those that do not reach its edge. */
static void
gather_holes (Search *self)
{
  Window *window = &self->window;
  int right = window->left + 2 * window->reach, bottom = window->top + 2 * window->reach;
  for (guint i = 0; i < self->holes->len; i++)
    {
      SgHole *hole = &g_array_index (self->holes, SgHole, i);
      if (hole->n == 0 || hole->left <= window->left || hole->right >= right || hole->top <= window->top ||
          hole->bottom >= bottom)
        continue;
      SgPoint corner = sg_point_scale (SG_POINT (window->left, window->top), hole->n);
      window->n_holes += hole->n;
      window->hole_sum = sg_point_add (window->hole_sum, sg_point_sub (hole->sum, corner));
      g_ptr_array_add (window->holes, hole);
    }
}

/* Copies what is seen of the picture, where there is nothing but paper around it. */
static void
copy_pixels (Search *self)
{
  Window *window = &self->window;
  int side = 2 * window->reach + 1;
  int first = MAX (0, -window->left), last = MIN (side, self->width - window->left);
  for (int y = 0; y < side; y++)
    {
      int j = window->top + y;
      memset (window->pixel[y], 0, side);
      if (j >= 0 && j < self->height && first < last)
        memcpy (window->pixel[y] + first, self->mask + (gsize)j * self->width + window->left + first,
                last - first);
    }
  for (guint i = 0; i < window->holes->len; i++)
    {
      const GArray *runs = ((SgHole *)g_ptr_array_index (window->holes, i))->runs;
      for (guint k = 0; k < runs->len; k++)
        {
          const SgPixelRun *run = &g_array_index (runs, SgPixelRun, k);
          int x = (int)(run->first % self->width) - window->left, y = run->first / self->width - window->top;
          memset (&window->pixel[y][x], 255, run->end - run->first);
        }
    }
}

/* The pixel below a coordinate that may lie a little outside the window; faster than floor. */
static inline int
pixel_below (double at)
{
  return (int)(at + 0.5 + SIDE) - SIDE;
}

/* How far from `at` in the window the ink goes on along way number `i`. */
static double
ray (const Window *window, SgPoint at, guint i)
{
  SgPoint way = window->way[i];
  for (double r = 0;; r += RAY_STEP)
    {
      int x = pixel_below (at.x + r * way.x), y = pixel_below (at.y + r * way.y);
      if (!is_inside (window, x, y) || window->pixel[y][x] == 0)
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
    length[i] = ray (window, at, i);
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
          double forth = ray (window, *at, i), back = ray (window, *at, i + N_RAYS / 2);
          double half = CLAMP ((forth - back) / 2, -LONGEST_SHIFT, LONGEST_SHIFT);
          shift = sg_point_add (shift, sg_point_scale (window->way[i], half));
        }
      *at = sg_point_add (*at, sg_point_scale (shift, 4.0 / N_RAYS));
    }
  return disc_radius (window, *at, error);
}

static void
fill_holes (Search *self)
{
  for (guint i = 0; i < self->window.holes->len; i++)
    {
      SgHole *hole = g_ptr_array_index (self->window.holes, i);
      for (guint k = 0; k < hole->runs->len; k++)
        {
          const SgPixelRun *run = &g_array_index (hole->runs, SgPixelRun, k);
          memset (self->mask + run->first, 255, run->end - run->first);
        }
      hole->n = 0;
    }
}

static gboolean
find_dot (Search *self, SgPoint near, double depth, double pen, SgDot *dot)
{
  Window *window = &self->window;
  int reach = MIN (LARGEST_WINDOW, (int)(1.5 * LARGEST_RADII * pen));
  place_window (window, near, reach);
  gather_holes (self);
  if (window->n_holes == 0 && depth < SOLID_RADII * pen)
    return FALSE;
  copy_pixels (self);
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

gboolean
sg_dots_contain (const GArray *dots, SgPoint p)
{
  for (guint i = 0; i < dots->len; i++)
    {
      const SgDot *dot = &g_array_index (dots, SgDot, i);
      if (sg_point_distance (dot->center, p) < dot->radius)
        return TRUE;
    }
  return FALSE;
}

static Search *
search_new (guint8 *mask, int width, int height)
{
  Search *self = g_new (Search, 1);
  *self = (Search){ .mask = mask, .width = width, .height = height };
  self->holes = sg_pieces_find_holes (mask, width, height, SIDE);
  self->window.holes = g_ptr_array_new ();
  for (guint i = 0; i < N_RAYS; i++)
    self->window.way[i] = SG_POINT (cos (2 * G_PI * i / N_RAYS), sin (2 * G_PI * i / N_RAYS));
  return self;
}

static void
search_free (Search *self)
{
  g_ptr_array_unref (self->window.holes);
  g_array_unref (self->holes);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

/* Looks around a place of the skeleton where the ink is `depth` deep. */
static void
try_place (Search *self, SgPoint at, double depth, double pen, GArray *dots)
{
  SgDot dot;
  if (sg_dots_contain (dots, at) || !find_dot (self, at, depth, pen, &dot) ||
      sg_dots_contain (dots, dot.center))
    return;
  fill_holes (self);
  g_array_append_val (dots, dot);
}

/* Where the ink along a branch is deepest: a dot that two lines lead into is no node. */
static SgPoint
deepest_place (const SgSkeleton *graph, guint index, const SgDepth *depths, double *depth)
{
  SgPoint best = { 0, 0 };
  *depth = 0;
  for (guint i = 0; i < sg_skeleton_branch (graph, index)->n_points; i++)
    {
      SgPoint p = sg_skeleton_point (graph, 2 * index, i);
      double here = sg_depth_at (depths, (guint)(p.x + 0.5), (guint)(p.y + 0.5));
      if (here <= *depth)
        continue;
      *depth = here;
      best = p;
    }
  return best;
}

GArray *
sg_dots_find (guint8 *mask, const SgDepth *depths, int width, int height, const SgSkeleton *graph)
{
  GArray *dots = g_array_new (FALSE, FALSE, sizeof (SgDot));
  g_autoptr (Search) search = search_new (mask, width, height);
  double pen = graph->stroke_radius, depth;
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const SgSkeletonNode *node = sg_skeleton_node (graph, i);
      if (node->degree >= 3 || node->radius >= SMALLEST_RADII * pen)
        try_place (search, node->at, node->radius, pen, dots);
    }
  for (guint i = 0; i < graph->branches->len; i++)
    {
      SgPoint at = deepest_place (graph, i, depths, &depth);
      if (depth >= SMALLEST_RADII * pen)
        try_place (search, at, depth, pen, dots);
    }
  return dots;
}
