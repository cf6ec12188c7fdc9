/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least-squares fits of primitives to points. Each returns the root mean square distance of the points from
 * the fitted outline, in page units, or INFINITY where the points do not determine one. Pure; any thread;
 * internal to vision.
 */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  SgPoint center;
  SgPoint direction; /* unit */
} SgLineFit;

/* Orthogonal distances (total least squares). n >= 1. */
double sg_fit_line (const SgPoint *points, guint n, SgLineFit *fit);

/* Where `p` falls on the line. */
SgPoint sg_line_fit_project (const SgLineFit *fit, SgPoint p);

/* Where two lines meet; FALSE where they are within about 8 degrees of parallel. */
gboolean sg_line_fit_meet (const SgLineFit *a, const SgLineFit *b, SgPoint *at);

typedef struct
{
  SgPoint center;
  double radius;
} SgCircleFit;

/* Good on short arcs too. Taubin, "Estimation of planar curves, surfaces and nonplanar space curves", 1991,
 * by Newton's method on the characteristic polynomial as in Chernov, "Circular and linear regression", 2010,
 * section 5.9. */
double sg_fit_circle (const SgPoint *points, guint n, SgCircleFit *fit);

typedef struct
{
  SgPoint center;
  double major, minor; /* semi-axes */
  double angle;        /* of the major one; rad */
} SgEllipseFit;

/* Of a closed outline: the ellipse with the outline's area moments up to the second. The distance is
 * Sampson's. */
double sg_fit_ellipse (const SgPoint *points, guint n, SgEllipseFit *fit);

#define SG_FIT_CORNERS_MAX 65 /* of a polygon that is fitted or measured */

/* Of a closed outline: sides by total least squares on the points nearest to each, starting from the corners
 * given in `corners` (k >= 3), which become the corners fitted. */
double sg_fit_polygon (const SgPoint *points, guint n, SgPoint *corners, guint k);

/* Of a closed outline with a convex hull of `k` corners, as sg_convex_hull () gives it: the best triangle,
 * started from the largest one within the hull. */
double sg_fit_triangle (const SgPoint *points, guint n, const SgPoint *hull, guint k, SgPoint corners[3]);

typedef struct
{
  SgPoint center;
  double width, height;
  double angle; /* of the width; rad, in (-pi/4, pi/4] */
} SgRectangleFit;

/* The same with four sides at right angles, started from the hull's smallest bounding box. */
double sg_fit_rectangle (const SgPoint *points, guint n, const SgPoint *hull, guint k, SgRectangleFit *fit);
void sg_rectangle_fit_corners (const SgRectangleFit *fit, SgPoint corners[4]);

/* Root mean square distance of the points to the closed polygon. */
double sg_polygon_rms (const SgPoint *points, guint n, const SgPoint *corners, guint k);

G_END_DECLS
