/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapes are outlines of few corners, and ink with a point every STEP: ink is painted as a smooth curve
 * through its points, which would round the corners of a coarser one. */
#include "sketch/ruled-shape.h"

#define STEP 3.0
#define N_ELLIPSE 72
#define ANGLE (G_PI / 12)
#define LEAD 0.15        /* of a spring's length, straight at either end */
#define TOOTH 11.0       /* of a spring, along it: teeth far apart are no spring to a reader */
#define MIN_TEETH 6      /* as a reader wants three and more */
#define TOOTH_SHARE 0.12 /* of a spring's length, to either side */
#define MAX_TOOTH 14.0

const char *const sg_ruled_shape_names[] = {
  "line", "rectangle", "ellipse", "triangle", "wedge", "spring", NULL
};

/* In a box from 0, 0 to 1, 1; ended by where it begins. */
static const SgPoint rectangle[] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 }, { 0, 0 } };
static const SgPoint triangle[] = { { 0.5, 0 }, { 1, 1 }, { 0, 1 }, { 0.5, 0 } };
static const SgPoint wedge_up[] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 0 } };
static const SgPoint wedge_down[] = { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 0, 0 } };

gboolean
sg_ruled_shape_has_ends (SgRuledShape shape)
{
  return shape == SG_RULED_LINE || shape == SG_RULED_SPRING;
}

/* Of a box whose sides, or those of the figure in it, are as long as each other. */
static double
height_of_width (SgRuledShape shape)
{
  return shape == SG_RULED_TRIANGLE ? sqrt (3) / 2 : 1;
}

SgPoint
sg_ruled_shape_even (SgRuledShape shape, SgPoint from, SgPoint to)
{
  SgPoint way = sg_point_sub (to, from);

  if (sg_ruled_shape_has_ends (shape))
    {
      double angle = round (atan2 (way.y, way.x) / ANGLE) * ANGLE;
      double length = sg_point_dot (way, SG_POINT (cos (angle), sin (angle)));

      return sg_point_add (from, SG_POINT (length * cos (angle), length * sin (angle)));
    }
  double width = MAX (fabs (way.x), fabs (way.y) / height_of_width (shape));
  return sg_point_add (
    from, SG_POINT (copysign (width, way.x), copysign (width * height_of_width (shape), way.y)));
}

static void
add_point (GArray *ink, SgPoint at)
{
  SgInkPoint point = { at.x, at.y, NAN, NAN };

  g_array_append_val (ink, point);
}

void
sg_ink_add_line (GArray *ink, SgPoint to)
{
  const SgInkPoint *last = &g_array_index (ink, SgInkPoint, ink->len - 1);
  SgPoint from = SG_POINT (last->x, last->y);
  guint n = 1 + (guint)(sg_point_distance (from, to) / STEP);

  for (guint i = 1; i <= n; i++)
    add_point (ink, sg_point_lerp (from, to, (double)i / n));
}

static void
add_corners (GArray *ink, SgPoint from, SgPoint to, const SgPoint *corners, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      SgPoint at =
        SG_POINT (from.x + corners[i].x * (to.x - from.x), from.y + corners[i].y * (to.y - from.y));

      if (i == 0)
        add_point (ink, at);
      else
        sg_ink_add_line (ink, at);
    }
}

static void
add_ellipse (GArray *ink, SgPoint from, SgPoint to)
{
  SgPoint center = sg_point_lerp (from, to, 0.5);

  for (guint i = 0; i <= N_ELLIPSE; i++)
    {
      double angle = 2 * G_PI * (i % N_ELLIPSE) / N_ELLIPSE;

      add_point (ink, SG_POINT (center.x + (to.x - from.x) / 2 * cos (angle),
                                center.y + (to.y - from.y) / 2 * sin (angle)));
    }
}

static void
add_spring (GArray *ink, SgPoint from, SgPoint to)
{
  SgPoint way = sg_point_sub (to, from);
  double length = sg_point_norm (way), out = MIN (TOOTH_SHARE * length, MAX_TOOTH);
  guint n_teeth = MAX (MIN_TEETH, (guint)((1 - 2 * LEAD) * length / TOOTH));
  SgPoint aside = length > 0 ? sg_point_scale (SG_POINT (-way.y, way.x), out / length) : SG_POINT (0, 0);

  add_point (ink, from);
  sg_ink_add_line (ink, sg_point_lerp (from, to, LEAD));
  for (guint i = 0; i < n_teeth; i++)
    {
      SgPoint on = sg_point_lerp (from, to, LEAD + (1 - 2 * LEAD) * (i + 0.5) / n_teeth);

      sg_ink_add_line (ink, i % 2 == 0 ? sg_point_add (on, aside) : sg_point_sub (on, aside));
    }
  sg_ink_add_line (ink, sg_point_lerp (from, to, 1 - LEAD));
  sg_ink_add_line (ink, to);
}

void
sg_ruled_shape_add_ink (SgRuledShape shape, SgPoint from, SgPoint to, GArray *ink)
{
  switch (shape)
    {
    case SG_RULED_RECTANGLE:
      add_corners (ink, from, to, rectangle, G_N_ELEMENTS (rectangle));
      break;
    case SG_RULED_ELLIPSE:
      add_ellipse (ink, from, to);
      break;
    case SG_RULED_TRIANGLE:
      add_corners (ink, from, to, triangle, G_N_ELEMENTS (triangle));
      break;
    case SG_RULED_WEDGE: /* y grows downwards */
      add_corners (ink, from, to, to.y < from.y ? wedge_up : wedge_down, G_N_ELEMENTS (wedge_up));
      break;
    case SG_RULED_SPRING:
      add_spring (ink, from, to);
      break;
    default:
      add_point (ink, from);
      sg_ink_add_line (ink, to);
    }
}
