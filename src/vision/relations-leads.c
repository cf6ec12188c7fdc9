/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Leads: the straight ends of a spring that were drawn as lines of their own, from the coil to what holds it.
 * A lead is no rod; the spring holds on where its lead ends. */
#include "vision/relations-private.h"

#define LONGEST 0.5   /* of the spring */
#define STRAIGHT 0.94 /* cosine of the angle between a spring and its lead */

/* Whether line `i` goes on from a spring's end `at` along `outward`; `far` receives its other end. */
static gboolean
goes_on (const SgSense *sense, guint i, SgPoint at, SgPoint outward, SgPoint *far)
{
  SgPoint ends[2], away[2];

  if (!sg_layout_ends (sense->layout, i, ends, away))
    return FALSE;
  guint near = sg_point_distance (ends[0], at) < sg_point_distance (ends[1], at) ? 0 : 1;
  *far = ends[1 - near];
  return sg_point_distance (ends[near], at) <= sense->touch &&
         sg_point_dot (away[1 - near], outward) > STRAIGHT;
}

static gboolean
is_held (const SgSense *sense, guint i, SgPoint at, SgPoint outward)
{
  return sg_sense_thing_at (sense, i, at, outward, 2 * sense->touch) >= 0 || sg_sense_pin_at (sense, at) >= 0;
}

/* A short line between the spring's end and a thing or a pin. */
static gboolean
is_lead (const SgSense *sense, guint i, guint spring, SgPoint at, SgPoint outward)
{
  const SgGeometry *g = &sg_sense_element (sense, spring)->geometry;
  SgPoint far;

  return sg_sense_element (sense, i)->kind == SG_KIND_LINE && sg_sense_is_rod (sense, i) &&
         !sense->decided[i] && sg_sense_pin_at (sense, at) < 0 &&
         sg_layout_mark (sense->layout, i)->length <= LONGEST * sg_point_distance (g->from, g->to) &&
         goes_on (sense, i, at, outward, &far) && is_held (sense, i, far, outward);
}

static void
find_lead (SgSense *sense, guint spring, SgPoint at, SgPoint outward)
{
  for (guint next = 0, i; sg_layout_next_near (sense->layout, spring, &next, &i);)
    if (is_lead (sense, i, spring, at, outward))
      {
        sg_sense_element (sense, i)->role = SG_ROLE_DECORATION;
        sense->decided[i] = TRUE;
        sg_reading_add_relation (sense->reading, SG_RELATION_WELD, i, spring, -1, at, 0.85);
        return;
      }
}

void
sg_leads_find (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgElement *element = sg_sense_element (sense, i);
      SgPoint ends[2], outward[2];

      if (element->kind != SG_KIND_SPRING || element->role != SG_ROLE_SPRING ||
          !sg_layout_ends (sense->layout, i, ends, outward))
        continue;
      for (guint k = 0; k < 2; k++)
        find_lead (sense, i, ends[k], outward[k]);
    }
}

SgPoint
sg_leads_follow (const SgSense *sense, guint spring, SgPoint at, SgPoint outward)
{
  for (guint k = 0; k < sg_reading_n_relations (sense->reading); k++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, k);
      SgPoint far;

      if (r->kind == SG_RELATION_WELD && r->a >= 0 && r->b == (int)spring &&
          goes_on (sense, r->a, at, outward, &far))
        return far;
    }
  return at;
}
