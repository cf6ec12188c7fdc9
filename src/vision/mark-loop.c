/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of closed marks: circle, ellipse, rectangle, triangle, polygon, blob. Every shape is fitted to the
 * whole outline and pays for its deviation; a corner detector that errs once cannot decide alone. Any thread.
 */
#include "vision/evidence.h"
#include "vision/fit.h"

#define OUTLINE_ERROR 0.035 /* usual rms deviation, of the radius of the circle of equal area */
#define USUAL_GAP 0.09      /* of the length */
#define HOPELESS_GAP 0.3    /* of the length: not a loop at all */
#define USUAL_TAIL 0.16     /* of the stroke: overshoot that was cut away */
#define USUAL_DETOUR 0.15   /* of the fitted outline: ink beyond it */
#define ROUND_SQUASH 0.17   /* 1 - ratio of the axes that a drawn circle usually has */
#define ROUND_PATIENCE 0.85 /* a circle by hand is off by more than a side is */
#define USUAL_SKEW 0.3      /* rad off the right angle at a rectangle's corner */
#define POLYGON_ROUND 0.3   /* usual part of a polygon's corner that is spread along its sides */
#define CIRCLE_ROUND 0.55   /* and of the corners that merely approximate a circle, at least */
#define CIRCLE_SHARP 0.13   /* usual lack of it */
#define SIDE_ERROR 0.02     /* of the size: tolerance when sides are looked for */
#define MAX_CORNERS 10      /* of a polygon */
#define USUAL_CRAMP 0.35    /* pen width / radius of a box that is still drawn as one */
#define TOUCHING 1.0        /* pen widths: ends this close touch */
#define BLOB_COST 3.0

typedef struct
{
  const SgPath *path;
  SgEvidence *evidence;
  double open;    /* cost of the gap that is left */
  double noise;   /* usual deviation, page units */
  double radius;  /* of the circle of equal area */
  double cramped; /* cost of corners: a pen cannot draw them only a few of its widths apart */
  double rounds;  /* how often the pen went around */
  SgPoint hull[SG_PATH_MAX + 1];
  guint n_hull;
  SgSegments sides;
  double roundness; /* of the corners between them */
} Loop;

static void
propose (const Loop *loop, SgKind kind, double prior, double rms, double perimeter, SgGeometry geometry)
{
  double detour = (loop->path->length + loop->path->gap) / MAX (perimeter * loop->rounds, 1e-9) - 1;

  sg_evidence_propose (loop->evidence, kind,
                       prior + loop->open + sg_misfit (rms, loop->noise) + sg_misfit (detour, USUAL_DETOUR),
                       geometry);
}

/* Ramanujan's first approximation. */
static double
ellipse_perimeter (double a, double b)
{
  return G_PI * (3 * (a + b) - sqrt ((3 * a + b) * (a + 3 * b)));
}

static void
propose_round (const Loop *loop)
{
  SgCircleFit circle;
  SgEllipseFit ellipse;
  double circle_rms = sg_fit_circle (loop->path->points, loop->path->n, &circle);
  double rms = sg_fit_ellipse (loop->path->points, loop->path->n, &ellipse);

  if (!isfinite (rms) || !isfinite (circle_rms))
    return;
  double squash = 1 - ellipse.minor / ellipse.major;
  double perimeter = ellipse_perimeter (ellipse.major, ellipse.minor);
  double radius = sqrt (ellipse.major * ellipse.minor);
  double sharp = sg_misfit (MAX (0, CIRCLE_ROUND * (1 - squash) - loop->roundness),
                            hypot (CIRCLE_SHARP, loop->path->width / loop->radius / 2));

  /* A hand's circle is often a little oval: it pays for the oval once, not again for each point. */
  propose (loop, SG_KIND_CIRCLE,
           sharp + sg_misfit (squash, hypot (ROUND_SQUASH, loop->noise / loop->radius)),
           ROUND_PATIENCE * MIN (rms, circle_rms), perimeter,
           (SgGeometry){ .center = circle.radius < 1.3 * radius ? circle.center : ellipse.center,
                         .radius = radius });
  propose (loop, SG_KIND_ELLIPSE, 1.2 + sharp, rms, perimeter,
           (SgGeometry){ .center = ellipse.center,
                         .radius = ellipse.major,
                         .radius_minor = ellipse.minor,
                         .angle = ellipse.angle });
}

static double
perimeter_of (const SgPoint *corners, guint k)
{
  return sg_path_length (corners, k) + sg_point_distance (corners[k - 1], corners[0]);
}

static double
corner_angle (const SgPoint *corners, guint k, guint i)
{
  SgPoint a = sg_point_sub (corners[(i + k - 1) % k], corners[i]);
  SgPoint b = sg_point_sub (corners[(i + 1) % k], corners[i]);

  return atan2 (fabs (sg_point_cross (a, b)), sg_point_dot (a, b));
}

static SgGeometry
corners_geometry (const SgPoint *corners, guint k)
{
  return (SgGeometry){ .points = g_memdup2 (corners, k * sizeof *corners), .n_points = k };
}

/* A drawn box is a rectangle that leans: four free sides, and a price on every corner that is not square. */
static void
propose_rectangle (const Loop *loop)
{
  SgRectangleFit fit;
  SgPoint corners[4];
  double rms = sg_fit_rectangle (loop->path->points, loop->path->n, loop->hull, loop->n_hull, &fit), skew = 0;

  if (!isfinite (rms))
    return;
  SgGeometry box = { .center = fit.center, .width = fit.width, .height = fit.height, .angle = fit.angle };
  sg_rectangle_fit_corners (&fit, corners);
  propose (loop, SG_KIND_RECTANGLE, 0.1 + loop->cramped, rms, perimeter_of (corners, 4), box);

  double free_rms = sg_fit_polygon (loop->path->points, loop->path->n, corners, 4);
  for (guint i = 0; i < 4; i++)
    skew += sg_misfit (corner_angle (corners, 4, i) - G_PI / 2, USUAL_SKEW) / 2;
  propose (loop, SG_KIND_RECTANGLE, 0.2 + loop->cramped + skew, free_rms, perimeter_of (corners, 4), box);
  propose (loop, SG_KIND_POLYGON, 2.2 + loop->cramped, free_rms, perimeter_of (corners, 4),
           corners_geometry (corners, 4));
}

static void
propose_triangle (const Loop *loop)
{
  SgPoint corners[3];
  double rms = sg_fit_triangle (loop->path->points, loop->path->n, loop->hull, loop->n_hull, corners),
         narrow = 0;

  if (!isfinite (rms))
    return;
  for (guint i = 0; i < 3; i++)
    narrow += sg_misfit (MAX (0, 0.4 - corner_angle (corners, 3, i)), 0.15);
  propose (loop, SG_KIND_TRIANGLE, 0.1 + loop->cramped + narrow, rms, perimeter_of (corners, 3),
           corners_geometry (corners, 3));
}

static gboolean
is_simple (const SgPoint *corners, guint k)
{
  for (guint i = 0; i < k; i++)
    for (guint j = i + 2; j < k; j++)
      if ((j + 1) % k != i &&
          sg_segments_cross (corners[i], corners[i + 1], corners[j], corners[(j + 1) % k], NULL))
        return FALSE;
  return TRUE;
}

/* The loop opened at the corner farthest from its middle, so that the split finds no corner at the seam. */
static void
open_at_corner (const SgPath *loop, SgPath *path)
{
  SgPoint center = sg_rect_center (loop->bounds);
  SgPoint turned[SG_PATH_MAX + 1];
  guint far = 0;

  for (guint i = 1; i < loop->n; i++)
    if (sg_point_distance (loop->points[i], center) > sg_point_distance (loop->points[far], center))
      far = i;
  for (guint i = 0; i <= loop->n; i++)
    turned[i] = loop->points[(far + i) % loop->n];
  sg_path_init (path, turned, NULL, loop->n + 1, loop->width);
}

static void
propose_polygon (const Loop *loop)
{
  SgPoint corners[SG_SEGMENTS_MAX + 1];
  guint k = sg_segments_corners (&loop->sides, corners) - 1;

  if (k < 4 || !is_simple (corners, k))
    return;
  SgGeometry outline = corners_geometry (corners, k);
  sg_evidence_propose (loop->evidence, SG_KIND_BLOB, BLOB_COST + loop->cramped + loop->open, outline);
  if (k > MAX_CORNERS)
    return;
  double rms = sg_fit_polygon (loop->path->points, loop->path->n, corners, k);
  propose (loop, SG_KIND_POLYGON,
           1.2 + 0.2 * (k - 4) + loop->cramped + sg_misfit (loop->roundness, POLYGON_ROUND),
           1.3 * rms, perimeter_of (corners, k), corners_geometry (corners, k));
}

static void
find_sides (Loop *loop)
{
  SgPath path;

  open_at_corner (loop->path, &path);
  sg_segments_find (&path, SIDE_ERROR * path.size, &loop->sides);
  loop->roundness = sg_segments_roundness (&path, &loop->sides);
}

static double
rounds_of (const SgPath *path)
{
  double sweep = sg_points_sweep (path->points, path->n, sg_rect_center (path->bounds));

  return MAX (1, round (fabs (sweep) / (2 * G_PI)));
}

void
sg_evidence_of_loops (const SgRun *run, SgEvidence *evidence)
{
  const SgPath *path = &run->loop;
  double gap = MAX (0, path->gap - TOUCHING * path->width) / MAX (path->length, 1e-9);
  Loop loop = { .path = path, .evidence = evidence };

  if (path->n < 8 || gap > HOPELESS_GAP)
    return;
  loop.n_hull = sg_convex_hull (path->points, path->n, loop.hull);
  loop.radius = sqrt (fabs (sg_polygon_area (loop.hull, loop.n_hull)) / G_PI);
  if (loop.radius < 0.05 * path->size)
    return;
  loop.open =
    sg_misfit (gap, USUAL_GAP) + sg_misfit (1 - path->length / MAX (run->whole.length, 1e-9), USUAL_TAIL);
  loop.noise = hypot (OUTLINE_ERROR * loop.radius, 0.12 * path->width);
  loop.cramped = sg_misfit (path->width / loop.radius, USUAL_CRAMP);
  loop.rounds = rounds_of (path);
  find_sides (&loop);
  propose_round (&loop);
  propose_rectangle (&loop);
  propose_triangle (&loop);
  propose_polygon (&loop);
}
