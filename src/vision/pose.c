/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Homographies: their products, inverses and derivatives. */
#include "vision/pose.h"

#include <string.h>

/* A map whose determinant, its entries being around one, is below this flattens the page to a line. */
#define SMALLEST_DETERMINANT 1e-12

void
sg_pose_multiply (const double a[9], const double b[9], double product[9])
{
  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 3; column++)
      {
        double sum = 0;
        for (guint k = 0; k < 3; k++)
          sum += a[3 * row + k] * b[3 * k + column];
        product[3 * row + column] = sum;
      }
}

/* By the adjugate; FALSE where there is no inverse. */
static gboolean
invert (const double m[9], double inverse[9])
{
  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 3; column++)
      {
        guint r1 = (column + 1) % 3, r2 = (column + 2) % 3, c1 = (row + 1) % 3, c2 = (row + 2) % 3;
        inverse[3 * row + column] = m[3 * r1 + c1] * m[3 * r2 + c2] - m[3 * r1 + c2] * m[3 * r2 + c1];
      }
  double determinant = m[0] * inverse[0] + m[1] * inverse[3] + m[2] * inverse[6];
  if (!(fabs (determinant) > SMALLEST_DETERMINANT))
    return FALSE;
  for (guint i = 0; i < 9; i++)
    inverse[i] /= determinant;
  return TRUE;
}

SgPoint
sg_pose_map (const double m[9], SgPoint p)
{
  double w = m[6] * p.x + m[7] * p.y + m[8];
  return SG_POINT ((m[0] * p.x + m[1] * p.y + m[2]) / w, (m[3] * p.x + m[4] * p.y + m[5]) / w);
}

gboolean
sg_pose_init (SgPose *pose, const double onto_page[9], const double from_upright[9])
{
  *pose = (SgPose){ 0 };
  sg_pose_multiply (onto_page, from_upright, pose->to_page);
  pose->turned = invert (pose->to_page, pose->to_upright);
  return pose->turned;
}

void
sg_pose_init_tilt (SgPose *pose, SgPoint center, double tilt)
{
  double c = cos (tilt), s = sin (tilt);
  const double onto_page[9] = { c, s, center.x, -s, c, center.y, 0, 0, 1 };
  const double from_upright[9] = { 1, 0, -center.x, 0, 1, -center.y, 0, 0, 1 };
  sg_pose_init (pose, onto_page, from_upright);
}

SgPoint
sg_pose_to_upright (const SgPose *pose, SgPoint on_page)
{
  return pose->turned ? sg_pose_map (pose->to_upright, on_page) : on_page;
}

SgPoint
sg_pose_to_page (const SgPose *pose, SgPoint upright)
{
  return pose->turned ? sg_pose_map (pose->to_page, upright) : upright;
}

void
sg_pose_derivative (const double map[9], SgPoint p, double derivative[4])
{
  double w = map[6] * p.x + map[7] * p.y + map[8];
  SgPoint at = sg_pose_map (map, p);
  derivative[0] = (map[0] - at.x * map[6]) / w;
  derivative[1] = (map[1] - at.x * map[7]) / w;
  derivative[2] = (map[3] - at.y * map[6]) / w;
  derivative[3] = (map[4] - at.y * map[7]) / w;
}

double
sg_pose_tilt (const SgPose *pose, SgPoint on_page)
{
  double d[4];
  if (!pose->turned)
    return 0;
  sg_pose_derivative (pose->to_page, sg_pose_to_upright (pose, on_page), d);
  return atan2 (d[1] - d[2], d[0] + d[3]); /* the rotation nearest to the derivative */
}
