/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arrows and turn-arrows: which body they push, which joint they drive, which way is down. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

/* The smallest body at `p` of mark `self`, -1 where none is within a hand's noise. */
static int
body_at (const SgSense *sense, guint self, SgPoint p)
{
  double nearest = 1.5 * sense->touch;
  int best = -1;

  for (guint at = 0, i; sg_layout_next_near (sense->layout, self, &at, &i);)
    {
      const SgElement *element = sg_sense_element (sense, i);

      if (element->role != SG_ROLE_BODY || !sg_sense_is_thing (sense, i))
        continue;
      double d =
        sg_layout_reach (sense->layout, i, p, nearest) + 1e-4 * sqrt (sg_layout_area (sense->layout, i));
      if (d < nearest)
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

static gboolean
points_down (const SgElement *arrow)
{
  SgPoint way = sg_point_sub (arrow->geometry.to, arrow->geometry.from);

  return way.y > 0.9 * sg_point_norm (way);
}

static void
attach_arrow (SgSense *sense, guint i)
{
  SgElement *arrow = sg_sense_element (sense, i);
  SgPoint tail = arrow->geometry.from, head = arrow->geometry.to;
  int body = body_at (sense, i, tail);

  if (arrow->role == SG_ROLE_GRAVITY)
    return;
  if (body < 0 && (body = body_at (sense, i, head)) >= 0)
    tail = head; /* it pushes from outside */
  if (body >= 0)
    sg_reading_add_relation (sense->reading, SG_RELATION_ATTACHED, i, body, -1, tail, arrow->confidence);
  else if (!sense->decided[i] && points_down (arrow))
    arrow->role = SG_ROLE_GRAVITY;
  else
    sg_reading_add_issue (sense->reading, SG_SEVERITY_WARNING, i, SG_ISSUE_UNATTACHED_ARROW,
                          _ ("This arrow starts on no body, so it pushes none."));
}

void
sg_arrows_attach (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (sg_sense_element (sense, i)->kind == SG_KIND_ARROW &&
        sg_sense_element (sense, i)->role != SG_ROLE_DECORATION)
      attach_arrow (sense, i);
}

/* The hinge nearest to the turn-arrow's centre, within its radius. */
static const SgRelation *
hinge_inside (const SgSense *sense, const SgElement *arrow)
{
  const SgRelation *best = NULL;
  double nearest = MAX (arrow->geometry.radius, 2 * sense->touch);

  for (guint i = 0; i < sg_reading_n_relations (sense->reading); i++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, i);
      double d = sg_point_distance (r->point, arrow->geometry.center);

      if (r->kind == SG_RELATION_HINGE && d < nearest)
        {
          nearest = d;
          best = r;
        }
    }
  return best;
}

/* Of the two bodies of a hinge the one that a motor turns: a wheel rather than its cart, a rod rather than
 * its base, and of two rods the later one. */
static int
driven_body (const SgSense *sense, const SgRelation *hinge)
{
  if (hinge->b < 0 || sg_sense_is_fixed (sense, hinge->b))
    return hinge->a;
  if (sg_sense_is_fixed (sense, hinge->a))
    return hinge->b;
  return sg_layout_area (sense->layout, hinge->a) <= sg_layout_area (sense->layout, hinge->b) ? hinge->a
                                                                                              : hinge->b;
}

void
sg_motors_attach (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgElement *arrow = sg_sense_element (sense, i);

      if (arrow->kind != SG_KIND_TURN_ARROW || arrow->role != SG_ROLE_MOTOR)
        continue;
      SgPoint at = arrow->geometry.center;
      const SgRelation *found = hinge_inside (sense, arrow);
      SgRelation hinge = found ? *found : (SgRelation){ .b = -1 };
      int body = found ? driven_body (sense, &hinge) : body_at (sense, i, at);
      if (body >= 0)
        sg_reading_add_relation (sense->reading, SG_RELATION_ATTACHED, i, body, found ? hinge.via : -1,
                                 found ? hinge.point : at, arrow->confidence);
      else
        sg_reading_add_issue (sense->reading, SG_SEVERITY_WARNING, i, SG_ISSUE_UNATTACHED_MOTOR,
                              _ ("This turning arrow is around no pin or wheel, so it drives nothing."));
    }
}
