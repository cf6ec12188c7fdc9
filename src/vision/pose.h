/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a photographed or scanned drawing lies on the page. Its ink stays where the picture shows it, so that
 * what is drawn over it fits; but shapes, proportions and what is level are read on the upright page: the
 * paper as seen straight from above, its own down being down. The pose is the map between the two. Pure; any
 * thread.
 */
#pragma once

#include "sketch/page.h"

G_BEGIN_DECLS

/* Plane projective maps, 3 x 3 by rows, for points (x, y, 1). A pose of zeros is that of a page which is
 * upright as it is. */
typedef struct
{
  gboolean turned;
  double to_upright[9]; /* from page units as shown to upright page units */
  double to_page[9];    /* its inverse */
} SgPose;

/* The pose by which points of the upright page come to the page: first `from_upright`, then `onto_page`, each
 * a matrix as above. FALSE where they cannot be undone; `pose` is then upright. */
gboolean sg_pose_init (SgPose *pose, const double onto_page[9], const double from_upright[9]);

/* That of a drawing which is turned by `tilt` (rad, counter-clockwise as seen) about `center`. */
void sg_pose_init_tilt (SgPose *pose, SgPoint center, double tilt);

SgPoint sg_pose_to_upright (const SgPose *pose, SgPoint on_page);
SgPoint sg_pose_to_page (const SgPose *pose, SgPoint upright);

/* Such maps on their own: `product` is first `b`, then `a`; a point's image. */
void sg_pose_multiply (const double a[9], const double b[9], double product[9]);
SgPoint sg_pose_map (const double map[9], SgPoint p);

/* Row-major 2 x 2 derivative of a map at `p`: how what is small and there is turned and stretched. */
void sg_pose_derivative (const double map[9], SgPoint p, double derivative[4]);

/* How far the drawing's upright is turned against the page's at `on_page`; rad, counter-clockwise as seen. */
double sg_pose_tilt (const SgPose *pose, SgPoint on_page);

G_END_DECLS
