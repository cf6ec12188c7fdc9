/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of dampers, in the frame of their cup: along its axis from the base, and across it. Any thread. */
#include "vision/mark-damper.h"

#define CORNER_GAP 0.3 /* of the base: where a wall still meets it, and so many pens */
#define CORNER_WIDTHS 2.0
#define MOST_LEAN 0.45  /* rad: a wall off the square */
#define SHALLOWEST 0.35 /* depth / width */
#define DEEPEST 5.0
#define UNEVEN_WALLS 2.2 /* ratio of the walls */
#define MOST_SLANT 0.4   /* rad: of plates and rods */
#define LID_WIDTH 0.9    /* of the width, and */
#define LID_DEPTH 0.85   /* of the depth, from where on a plate closes the cup to a box */
#define NARROWEST 0.3    /* of the width: all plates together */
#define OFF_AXIS 0.3     /* of the width: of rods and leads */
#define USUAL_GAP 0.12
#define USUAL_LEAN 0.2
#define USUAL_UNEVEN 0.35 /* log of the ratio of the walls */
#define USUAL_SLANT 0.2
#define USUAL_OFF_AXIS 0.14 /* of the width */
#define NO_LEAD_COST 0.8
#define DAMPER_COST -2.2 /* so many parts do not fall into place by chance */

static double
length_of (const SgLimb *limb)
{
  return sg_point_distance (limb->from, limb->to);
}

/* Puts the wall's end that meets `corner` first; the gap that is left. */
static double
turn_to (SgLimb *wall, SgPoint corner)
{
  double from = sg_point_distance (wall->from, corner), to = sg_point_distance (wall->to, corner);

  if (to < from)
    *wall = (SgLimb){ wall->to, wall->from };
  return MIN (from, to);
}

/* Angle of `limb` to the direction `u`, either way along it. */
static double
angle_to (const SgLimb *limb, SgPoint u)
{
  SgPoint d = sg_point_sub (limb->to, limb->from);

  return atan2 (fabs (sg_point_cross (u, d)), fabs (sg_point_dot (u, d)));
}

gboolean
sg_cup_fit (const SgLimb *base, const SgLimb walls[2], double width, SgCup *cup)
{
  double length = length_of (base), gaps = 0, lean = 0, longest = 0, shortest = INFINITY;
  SgPoint along = sg_point_scale (sg_point_sub (base->to, base->from), 1 / MAX (length, 1e-9));
  SgLimb sides[2] = { walls[0], walls[1] };
  SgPoint ways[2];

  for (guint i = 0; i < 2; i++)
    {
      double gap = turn_to (&sides[i], i == 0 ? base->from : base->to), l = length_of (&sides[i]);

      if (gap > CORNER_GAP * length + CORNER_WIDTHS * width || l <= 0)
        return FALSE;
      ways[i] = sg_point_scale (sg_point_sub (sides[i].to, sides[i].from), 1 / l);
      double off = fabs (sg_point_dot (ways[i], along));
      if (off > sin (MOST_LEAN))
        return FALSE;
      gaps += MAX (0, gap - width);
      lean += sg_misfit (off, USUAL_LEAN);
      longest = MAX (longest, l), shortest = MIN (shortest, l);
    }
  double depth = (longest + shortest) / 2, uneven = longest / shortest;
  SgPoint axis = sg_point_add (ways[0], ways[1]);
  if (sg_point_dot (ways[0], ways[1]) < 0 || uneven > UNEVEN_WALLS || depth < SHALLOWEST * length ||
      depth > DEEPEST * length)
    return FALSE;
  axis = sg_point_scale (axis, 1 / sg_point_norm (axis));
  *cup = (SgCup){
    .base = sg_point_lerp (base->from, base->to, 0.5),
    .axis = axis,
    .across = { -axis.y, axis.x },
    .width = length,
    .depth = depth,
    .cost = lean + sg_misfit (gaps / length, USUAL_GAP) + sg_misfit (log (uneven), USUAL_UNEVEN),
  };
  return TRUE;
}

/* The point in the cup's frame: x across, y along. */
static SgPoint
place (const SgCup *cup, SgPoint p)
{
  SgPoint d = sg_point_sub (p, cup->base);

  return SG_POINT (sg_point_dot (d, cup->across), sg_point_dot (d, cup->axis));
}

static gboolean
is_inside (const SgCup *cup, SgPoint p)
{
  return fabs (p.x) < 0.65 * cup->width && p.y > 0.05 * cup->depth && p.y < 1.05 * cup->depth;
}

SgDamperPart
sg_cup_judge (const SgCup *cup, const SgLimb *limb)
{
  SgPoint a = place (cup, limb->from), b = place (cup, limb->to);
  double near = MIN (a.y, b.y), far = MAX (a.y, b.y);

  if (angle_to (limb, cup->across) < MOST_SLANT)
    {
      gboolean lid = fabs (a.x - b.x) > LID_WIDTH * cup->width && near > LID_DEPTH * cup->depth;

      return is_inside (cup, a) && is_inside (cup, b) && !lid ? SG_DAMPER_PLATE : SG_DAMPER_NONE;
    }
  if (angle_to (limb, cup->axis) > MOST_SLANT)
    return SG_DAMPER_NONE;
  if (is_inside (cup, a) && is_inside (cup, b) && far - near < 0.45 * cup->depth)
    return SG_DAMPER_SIDE;
  if (MAX (fabs (a.x), fabs (b.x)) > OFF_AXIS * cup->width + 0.3 * (far - near))
    return SG_DAMPER_NONE;
  double inner = near == a.y ? a.x : b.x, outer = near == a.y ? b.x : a.x;
  if (near > 0.05 * cup->depth && near < 1.05 * cup->depth && far > 0.9 * cup->depth &&
      fabs (inner) < OFF_AXIS * cup->width)
    return SG_DAMPER_ROD;
  if (far < 0.15 * cup->depth && far > -0.3 * cup->width && fabs (outer) < OFF_AXIS * cup->width)
    return SG_DAMPER_LEAD;
  return SG_DAMPER_NONE;
}

void
sg_piston_init (SgPiston *piston, const SgCup *cup)
{
  *piston = (SgPiston){ .low = INFINITY, .high = -INFINITY, .from = cup->base, .to = cup->base };
}

/* Takes over the limb's end that is farthest along `direction` (+1 or -1) of the axis. */
static void
reach_out (const SgCup *cup, const SgLimb *limb, double direction, double start, double *reach, SgPoint *end)
{
  const SgPoint ends[2] = { limb->from, limb->to };

  for (guint i = 0; i < 2; i++)
    {
      double out = direction * place (cup, ends[i]).y - start;

      if (out <= *reach)
        continue;
      *reach = out;
      *end = ends[i];
    }
}

void
sg_piston_add (SgPiston *piston, const SgCup *cup, SgDamperPart part, const SgLimb *limb)
{
  SgPoint a = place (cup, limb->from), b = place (cup, limb->to);

  switch (part)
    {
    case SG_DAMPER_PLATE:
      piston->n_plates++;
      piston->low = MIN (piston->low, MIN (a.x, b.x));
      piston->high = MAX (piston->high, MAX (a.x, b.x));
      piston->tilt += sg_misfit (angle_to (limb, cup->across), USUAL_SLANT);
      break;
    case SG_DAMPER_ROD:
      piston->n_rods++;
      piston->tilt += sg_misfit (angle_to (limb, cup->axis), USUAL_SLANT) +
                      sg_misfit ((a.y < b.y ? a.x : b.x) / cup->width, USUAL_OFF_AXIS);
      reach_out (cup, limb, 1, cup->depth, &piston->beyond, &piston->to);
      break;
    case SG_DAMPER_LEAD:
      piston->tilt += sg_misfit (angle_to (limb, cup->axis), USUAL_SLANT);
      reach_out (cup, limb, -1, 0, &piston->behind, &piston->from);
      break;
    default:
      break;
    }
}

void
sg_evidence_of_damper (const SgCup *cup, const SgPiston *piston, SgEvidence *evidence)
{
  double span = piston->high - piston->low, middle = (piston->high + piston->low) / 2;

  if (piston->n_plates == 0 || piston->n_rods == 0 || piston->beyond < 0.05 * cup->depth ||
      span < NARROWEST * cup->width)
    return;
  double cost = DAMPER_COST + cup->cost + piston->tilt / (piston->n_plates + piston->n_rods) +
                sg_misfit (middle / cup->width, USUAL_OFF_AXIS);
  if (piston->behind <= 0)
    cost += NO_LEAD_COST;
  sg_evidence_propose (evidence, SG_KIND_DAMPER, cost,
                       (SgGeometry){ .from = piston->from, .to = piston->to });
}
