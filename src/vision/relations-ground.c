/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What else does not move: crossed marks, ground and ceilings drawn as bare long lines, triangles under
 * planks. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

static gboolean
is_crossed (const SgSense *sense, guint i, SgPoint center, double size)
{
  if (!sg_sense_is_thing (sense, i) || sg_sense_element (sense, i)->role != SG_ROLE_BODY)
    return FALSE;
  /* Two lines that cross over all of a body, and beyond, are no sign on it. */
  if (sg_sense_is_solid (sense, i) && size > 2 * sg_rect_diagonal (sg_layout_mark (sense->layout, i)->bounds))
    return FALSE;
  if (sg_sense_is_solid (sense, i))
    return sg_layout_contains (sense->layout, i, center) ||
           sg_layout_distance (sense->layout, i, center, size / 2, NULL) < size / 4;
  return sg_layout_distance (sense->layout, i, center, size, NULL) < MAX (size / 3, sense->touch / 2);
}

/* An X on one mark anchors it, an X over several welds them. */
void
sg_ground_find_crossed (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgElement *element = sg_sense_element (sense, i);
      int first = -1, n = 0;
      gboolean anchored = FALSE;

      if (element->kind != SG_KIND_CROSS || element->role == SG_ROLE_DECORATION)
        continue;
      SgPoint at = element->geometry.center;
      for (guint next = 0, k; sg_layout_next_near (sense->layout, i, &next, &k);)
        {
          anchored |= sg_sense_is_solid (sense, k) && sg_sense_is_fixed (sense, k) &&
                      sg_layout_contains (sense->layout, k, at);
          if (!is_crossed (sense, k, at, element->geometry.width))
            continue;
          if (n++ == 0)
            first = k;
          else
            sg_reading_add_relation (sense->reading, SG_RELATION_WELD, first, k, i, at, element->confidence);
        }
      if (n == 1)
        {
          sg_sense_fix (sense, first, i, at, element->confidence);
          sense->decided[first] = TRUE;
        }
      element->role = n > 1 ? SG_ROLE_WELD : SG_ROLE_FIXED;
      if (n == 0 && !anchored)
        sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, i, SG_ISSUE_UNATTACHED_CROSS,
                              _ ("This X lies on no body, so it anchors none."));
    }
}

/* What else is drawn above and below a level line, over its length. */
typedef struct
{
  guint above, below;     /* things */
  gboolean hangs, stands; /* something touches it from below, from above, away from its ends */
  gboolean held;          /* a pin, or a thing at one of its ends */
} Company;

static void
meet_neighbour (const SgSense *sense, guint line, guint i, Company *company)
{
  const SgMark *self = sg_layout_mark (sense->layout, line), *mark = sg_layout_mark (sense->layout, i);
  const SgElement *element = sg_sense_element (sense, i);
  gboolean below = mark->center.y > self->center.y;
  SgPoint ends[2];

  if (element->role == SG_ROLE_PIN)
    {
      double d = sg_layout_distance (sense->layout, line, mark->center, sense->touch, NULL);
      company->held |= d <= sense->touch;
      return;
    }
  gboolean tie = element->kind == SG_KIND_SPRING || element->kind == SG_KIND_DAMPER;
  if ((!tie && !sg_sense_is_thing (sense, i)) || mark->length < SG_TICK_LENGTH * sense->unit)
    return;
  if (mark->center.x < self->bounds.x - 20 * sense->unit ||
      mark->center.x > self->bounds.x + self->bounds.width + 20 * sense->unit)
    return;
  *(below ? &company->below : &company->above) += 1;
  if (!sg_layout_ends (sense->layout, i, ends, NULL))
    {
      for (guint k = 0; k < mark->n && !below; k++)
        company->stands |=
          sg_layout_distance (sense->layout, line, mark->outline[k], sense->touch, NULL) <= sense->touch;
      return;
    }
  for (guint k = 0; k < 2; k++)
    if (sg_layout_distance (sense->layout, line, ends[k], sense->touch, NULL) <= sense->touch)
      {
        double place = sg_layout_place (sense->layout, line, ends[k]);
        if (place < 0.06 || place > 0.94)
          company->held |= TRUE;
        else
          *(below ? &company->hangs : &company->stands) = TRUE;
      }
}

static Company
company_of (const SgSense *sense, guint line)
{
  Company company = { 0 };

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (i != line)
      meet_neighbour (sense, line, i, &company);
  return company;
}

/* Angle of a line to the horizontal, 0 to 90 degrees, in radians. */
static double
steepness (const SgElement *line)
{
  double angle = fabs (sg_point_angle (line->geometry.from, line->geometry.to));

  return angle > G_PI / 2 ? G_PI - angle : angle;
}

static gboolean
is_ground (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  SgRect page = sg_layout_bounds (sense->layout);
  double length = sg_layout_mark (sense->layout, i)->length;

  if (element->kind != SG_KIND_LINE || !sg_sense_is_rod (sense, i) || sense->decided[i] ||
      steepness (element) > G_PI / 15)
    return FALSE;
  Company company = company_of (sense, i);
  if (company.above > 0 && company.below == 0 && !company.held && !company.hangs)
    return length >= MAX (0.55 * page.width, 180 * sense->unit);
  /* What holds others and is itself held by nothing is a ceiling. */
  return company.hangs && company.above == 0 && !company.stands && length >= 60 * sense->unit;
}

/* A slanted line with its foot on the ground is a ramp where something lies on it; one that stands upright
 * against a fixed line is a wall where it is long. */
static gboolean
is_ramp (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  const SgMark *self = sg_layout_mark (sense->layout, i);
  SgPoint low = element->geometry.from, high = element->geometry.to;
  gboolean grounded = FALSE, loaded = FALSE;

  if (element->kind != SG_KIND_LINE || !sg_sense_is_rod (sense, i) || sense->decided[i])
    return FALSE;
  if (low.y < high.y)
    {
      low = element->geometry.to;
      high = element->geometry.from;
    }
  double steep = steepness (element);
  if (steep < G_PI / 36 || sg_sense_pin_at (sense, low) >= 0 || sg_sense_pin_at (sense, high) >= 0)
    return FALSE;
  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    {
      const SgMark *mark = sg_layout_mark (sense->layout, k);

      if (k == i)
        continue;
      if (sg_sense_is_fixed (sense, k))
        grounded |= sg_layout_reach (sense->layout, k, low, 2 * sense->touch) <= 1.5 * sense->touch;
      else if (sg_sense_is_solid (sense, k))
        for (guint l = 0; l < mark->n; l++)
          loaded |=
            mark->center.y < self->bounds.y + self->bounds.height &&
            sg_layout_distance (sense->layout, i, mark->outline[l], sense->touch, NULL) <= sense->touch;
    }
  return grounded && (steep < G_PI * 75 / 180 ? loaded : self->length >= 80 * sense->unit);
}

void
sg_ground_find_long_lines (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (is_ground (sense, i))
      sg_sense_fix (sense, i, -1, sg_layout_mark (sense->layout, i)->center, 0.75);
  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (is_ramp (sense, i))
      sg_sense_fix (sense, i, -1, sg_layout_mark (sense->layout, i)->center, 0.7);
}

static gboolean
find_apex (const SgSense *sense, guint i, SgPoint *apex)
{
  const SgElement *element = sg_sense_element (sense, i);
  const SgMark *mark = sg_layout_mark (sense->layout, i);

  if (!sg_sense_is_solid (sense, i) || mark->n != 3 ||
      (element->kind != SG_KIND_TRIANGLE && element->kind != SG_KIND_POLYGON))
    return FALSE;
  *apex = mark->outline[0];
  for (guint k = 1; k < 3; k++)
    if (mark->outline[k].y < apex->y)
      *apex = mark->outline[k];
  return apex->y < mark->bounds.y + 0.2 * mark->bounds.height;
}

static gboolean
rests_on_fixed (const SgSense *sense, guint i)
{
  const SgMark *mark = sg_layout_mark (sense->layout, i);

  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    if (k != i && sg_sense_is_fixed (sense, k))
      for (guint l = 0; l < mark->n; l++)
        if (sg_layout_distance (sense->layout, k, mark->outline[l], 2 * sense->touch, NULL) <=
            1.5 * sense->touch)
          return TRUE;
  return FALSE;
}

/* A plank: long, lying, and wider than what holds it up. */
static gboolean
is_plank (const SgSense *sense, guint i, guint support)
{
  const SgElement *element = sg_sense_element (sense, i);
  SgRect bounds = sg_layout_mark (sense->layout, i)->bounds;

  if (i == support || element->role != SG_ROLE_BODY || !sg_sense_is_thing (sense, i))
    return FALSE;
  if (sg_kind_is_closed (element->kind) && element->kind != SG_KIND_RECTANGLE &&
      element->kind != SG_KIND_POLYGON)
    return FALSE;
  return bounds.width > 2.5 * bounds.height &&
         bounds.width > 1.2 * sg_layout_mark (sense->layout, support)->bounds.width;
}

/* The plank over the apex, whose underside passes within a hand's noise of it. */
static int
plank_on (const SgSense *sense, guint support, SgPoint apex)
{
  double nearest = 1.5 * sense->touch;
  int best = -1;

  for (guint at = 0, i; sg_layout_next_near (sense->layout, support, &at, &i);)
    {
      if (!is_plank (sense, i, support))
        continue;
      SgRect bounds = sg_layout_mark (sense->layout, i)->bounds;
      double place = (apex.x - bounds.x) / bounds.width;
      double d = sg_layout_reach (sense->layout, i, apex, nearest);

      if (place > 0.08 && place < 0.92 && d < nearest)
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

/* A triangle that holds up a plank or a pin and stands on the ground (or on nothing) is a fixed support. */
void
sg_ground_find_supports (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgPoint apex;

      if (!find_apex (sense, i, &apex))
        continue;
      int pin = sg_sense_pin_at (sense, apex), plank = plank_on (sense, i, apex);
      if (pin < 0 && plank < 0)
        continue;
      if (!rests_on_fixed (sense, i) && pin < 0)
        sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, i, SG_ISSUE_ASSUMED_SUPPORT,
                              _ ("This triangle holds a plank, so it is taken for fixed."));
      sg_sense_fix (sense, i, -1, apex, 0.85);
      if (pin < 0)
        sg_reading_add_relation (sense->reading, SG_RELATION_HINGE, plank, i, -1, apex, 0.85);
    }
}
