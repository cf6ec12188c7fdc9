/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scribble is told by its passes: the runs between two turns, along one axis. Many, dense, straight, and
 * going on well beyond what they cross. What is filled in has its turns on an outline; hatching turns at its
 * line; a spring around a rod is told from a scribble along it by its density alone. */
#include "vision/scribble.h"

#include <stdlib.h>

#include "vision/path.h"

#define MIN_PASSES 6
#define MIN_PASS 18.0         /* page units, the median */
#define MIN_DENSITY 3.0       /* length of a pass over the distance of two */
#define MIN_DENSITY_ALONG 8.0 /* where all that is covered runs along the axis, as the rod in a spring does */
#define MAX_WINDING 1.35      /* path over the sum of passes: coils have loops between turns */
#define TURN 0.3              /* of the range: less is no turn */
#define DEPTH 0.15            /* of a pass, on either side of a crossing */
#define COVERED 0.6           /* of a stroke's length */
#define MANY_CROSSINGS 3
#define FILLED 0.7 /* of the turns on one outline */

typedef struct
{
  SgPoint turns[SG_PATH_MAX]; /* n_turns; the ends of passes */
  guint n_turns;
  double pass;    /* median length */
  double density; /* pass over the distance of two */
  SgPoint axis;   /* unit, along the passes */
  SgPoint hull[SG_PATH_MAX + 1];
  guint n_hull;
  SgRect bounds;
} Scribble;

/* The direction that the path mostly runs in, either way: the mean of doubled angles. */
static SgPoint
main_axis (const SgPath *path)
{
  double x = 0, y = 0, angle;

  for (guint i = 1; i < path->n; i++)
    {
      SgPoint step = sg_point_sub (path->points[i], path->points[i - 1]);

      x += step.x * step.x - step.y * step.y;
      y += 2 * step.x * step.y;
    }
  angle = atan2 (y, x) / 2;
  return SG_POINT (cos (angle), sin (angle));
}

static void
range_along (const SgPath *path, SgPoint axis, double *min, double *max)
{
  *min = INFINITY;
  *max = -INFINITY;
  for (guint i = 0; i < path->n; i++)
    {
      double u = sg_point_dot (path->points[i], axis);

      *min = MIN (*min, u);
      *max = MAX (*max, u);
    }
}

/* Where the path turns back along its axis by more than `least`, with its two ends. */
static void
find_turns (Scribble *self, const SgPath *path, double least)
{
  guint extreme = 0;
  double way = 0; /* +1, -1: which way the pass goes; 0: not known yet */

  self->n_turns = 0;
  self->turns[self->n_turns++] = path->points[0];
  for (guint i = 1; i < path->n; i++)
    {
      double ahead = sg_point_dot (sg_point_sub (path->points[i], path->points[extreme]), self->axis);

      if (way == 0 ? fabs (ahead) > least : ahead * way > 0)
        {
          way = ahead > 0 ? 1 : -1;
          extreme = i;
        }
      else if (way != 0 && -ahead * way > least)
        {
          self->turns[self->n_turns++] = path->points[extreme];
          way = -way;
          extreme = i;
        }
    }
  if (self->n_turns < SG_PATH_MAX)
    self->turns[self->n_turns++] = path->points[path->n - 1];
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static gboolean
scribble_init (Scribble *self, const SgInkPoint *ink, guint n)
{
  SgPath path;
  g_autofree SgPoint *points = g_new (SgPoint, n);
  double min, max, lengths[SG_PATH_MAX], total = 0;

  for (guint i = 0; i < n; i++)
    points[i] = SG_POINT (ink[i].x, ink[i].y);
  sg_path_init (&path, points, NULL, n, 1);
  self->axis = main_axis (&path);
  range_along (&path, self->axis, &min, &max);
  find_turns (self, &path, TURN * (max - min));
  if (self->n_turns < MIN_PASSES + 1)
    return FALSE;

  guint n_passes = self->n_turns - 1;
  for (guint i = 0; i < n_passes; i++)
    total += lengths[i] = sg_point_distance (self->turns[i], self->turns[i + 1]);
  qsort (lengths, n_passes, sizeof *lengths, compare_doubles);
  self->pass = lengths[n_passes / 2];
  range_along (&path, SG_POINT (-self->axis.y, self->axis.x), &min, &max);
  self->density = self->pass * n_passes / MAX (max - min, 1);
  self->n_hull = sg_convex_hull (path.points, path.n, self->hull);
  self->bounds = path.bounds;
  return self->pass >= MIN_PASS && self->density >= MIN_DENSITY && path.length <= MAX_WINDING * total;
}

/* How a stroke lies to the scribble. */
typedef struct
{
  double inside;     /* 0..1 of its length in the hull */
  double length;     /* page units */
  guint n_crossings; /* passes that cross it and go on beyond it */
  gboolean along;    /* it runs straight along the scribble, across the passes */
} Cover;

static void
sample_stroke (const SgStroke *stroke, SgPath *path)
{
  guint n = 0;
  const SgInkPoint *ink = sg_stroke_get_points (stroke, &n);
  g_autofree SgPoint *points = g_new (SgPoint, n);

  for (guint i = 0; i < n; i++)
    points[i] = SG_POINT (ink[i].x, ink[i].y);
  sg_path_init (path, points, NULL, n, sg_stroke_get_width (stroke));
}

static gboolean
pass_crosses (const Scribble *self, guint pass, const SgPath *path)
{
  SgPoint a = self->turns[pass], b = self->turns[pass + 1];
  SgPoint from = sg_point_lerp (a, b, DEPTH), to = sg_point_lerp (b, a, DEPTH);

  for (guint i = 1; i < path->n; i++)
    if (sg_segments_cross (from, to, path->points[i - 1], path->points[i], NULL))
      return TRUE;
  return FALSE;
}

static Cover
measure_cover (const Scribble *self, const SgStroke *stroke)
{
  Cover cover = { .length = sg_rect_diagonal (sg_stroke_get_bounds (stroke)) };
  SgPath path;
  guint n_inside = 0;

  if (!sg_rect_overlaps (sg_rect_grow (sg_stroke_get_bounds (stroke), 1), self->bounds))
    return cover;
  sample_stroke (stroke, &path);
  for (guint i = 0; i < path.n; i++)
    n_inside += sg_polygon_contains (self->hull, self->n_hull, path.points[i]);
  cover.inside = (double)n_inside / path.n;
  cover.length = path.length;
  for (guint i = 0; i + 1 < self->n_turns; i++)
    cover.n_crossings += pass_crosses (self, i, &path);

  SgPoint chord = sg_point_sub (path.points[path.n - 1], path.points[0]);
  cover.along = sg_point_norm (chord) > 0.9 * path.length &&
                fabs (sg_point_dot (chord, self->axis)) < 0.5 * sg_point_norm (chord);
  return cover;
}

static gboolean
is_covered (const Scribble *self, const Cover *cover)
{
  if (cover->n_crossings >= MANY_CROSSINGS)
    return cover->inside >= COVERED;
  /* too small to be crossed often */
  return cover->inside > 0.95 && (cover->n_crossings > 0 || cover->length < 2 * self->pass / self->density);
}

/* Whether it fills in what this stroke encloses: it turns where it comes to the outline. */
static gboolean
fills (const Scribble *self, const SgStroke *stroke)
{
  guint n_near = 0;

  for (guint i = 0; i < self->n_turns; i++)
    n_near += sg_stroke_distance (stroke, self->turns[i]) < DEPTH * self->pass;
  return n_near >= FILLED * self->n_turns;
}

/* A mark goes as a whole where most of its ink goes. */
static void
add_rest_of_marks (const SgReading *reading, const Cover *covers, gboolean *goes, guint n_strokes)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      double all = 0, going = 0;

      for (guint k = 0; k < element->n_strokes; k++)
        if (element->strokes[k] < n_strokes)
          {
            all += covers[element->strokes[k]].length;
            going += goes[element->strokes[k]] ? covers[element->strokes[k]].length : 0;
          }
      for (guint k = 0; going > all / 2 && k < element->n_strokes; k++)
        if (element->strokes[k] < n_strokes)
          goes[element->strokes[k]] = TRUE;
    }
}

GArray *
sg_scribble_find (const SgPage *page, const SgReading *reading, const SgInkPoint *points, guint n_points)
{
  guint n = sg_page_get_n_strokes (page);
  g_autofree Cover *covers = NULL;
  g_autofree gboolean *goes = NULL;
  gboolean any = FALSE, all_along = TRUE;
  Scribble scribble;

  if (n == 0 || n_points < 2 * MIN_PASSES || !scribble_init (&scribble, points, n_points))
    return NULL;
  covers = g_new0 (Cover, n);
  goes = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      covers[i] = measure_cover (&scribble, sg_page_get_stroke (page, i));
      goes[i] = is_covered (&scribble, &covers[i]);
      any |= goes[i] && covers[i].n_crossings >= MANY_CROSSINGS;
      all_along &= !goes[i] || covers[i].along;
      if (!goes[i] && fills (&scribble, sg_page_get_stroke (page, i)))
        return NULL;
    }
  if (!any || (all_along && scribble.density < MIN_DENSITY_ALONG))
    return NULL;
  if (reading != NULL)
    add_rest_of_marks (reading, covers, goes, n);

  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    if (goes[i])
      g_array_append_val (found, i);
  return found;
}
