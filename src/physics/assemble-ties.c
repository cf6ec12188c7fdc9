/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Springs, dampers and ropes to tendons between sites. */
#include "config.h"

#include "physics/assemble-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/units.h"

/* A spring without a label sags by this share of its length under what it holds. */
static const double usual_sag = 0.1;
static const double usual_damping_ratio = 0.02;
/* A damper without a label calms a spring without one within a few swings. */
static const double damper_ratio = 0.3;

/* The two relations that say what a tie's ends hold on to; FALSE where one is missing. */
static gboolean
find_ends (const SgAssembly *assembly, guint tie, int ends[2])
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_relations (assembly->reading) && n < 2; i++)
    {
      const SgRelation *r = sg_reading_relation (assembly->reading, i);

      if (r->kind == SG_RELATION_ATTACHED && r->a == (int)tie)
        ends[n++] = i;
    }
  return n == 2;
}

static int
mover_at (const SgAssembly *assembly, int relation)
{
  return sg_assembly_mover (assembly, sg_reading_relation (assembly->reading, relation)->b);
}

/* The mass that a spring holds: of its two sides the lighter one that moves. 0 where neither does. */
static double
held_mass (const SgAssembly *assembly, const int ends[2])
{
  double mass = 0;

  for (guint k = 0; k < 2; k++)
    {
      int part = mover_at (assembly, ends[k]);
      double m = part >= 0 ? sg_assembly_tree_mass (assembly, sg_assembly_part (assembly, part)->root) : 0;

      if (m > 0 && (mass == 0 || m < mass))
        mass = m;
    }
  return mass;
}

static void
set_spring (SgAssembly *assembly, guint i, const int ends[2], SgTendon *tendon)
{
  const SgProperties *said = &assembly->said[i];
  double length = sg_point_distance (assembly->at[ends[0]], assembly->at[ends[1]]) / assembly->reading->scale;
  double mass = held_mass (assembly, ends), gravity = assembly->gravity > 0 ? assembly->gravity : 9.81;
  double usual = mass * gravity / (usual_sag * MAX (length, 0.05));
  gboolean damper = sg_reading_element (assembly->reading, i)->role == SG_ROLE_DAMPER;

  tendon->stiffness = damper ? 0 : isnan (said->stiffness) ? usual
                                                           : said->stiffness;
  tendon->damping = damper ? 2 * damper_ratio * sqrt (usual * mass)
                           : 2 * usual_damping_ratio * sqrt (tendon->stiffness * mass);
  if (!isnan (said->damping))
    tendon->damping = said->damping;
  g_autofree char *damping = sg_units_say (tendon->damping, "N s/m");
  g_autofree char *stiffness = sg_units_say (tendon->stiffness, "N/m");
  if (damper && isnan (said->damping))
    sg_spec_add_note (assembly->spec, _ ("%s has no damping written on it: %s."), tendon->name, damping);
  if (!damper)
    tendon->rest_length = said->length;
  if (!damper && isnan (said->stiffness))
    sg_spec_add_note (assembly->spec, _ ("%s has no stiffness written on it: %s, so that it gives by a "
                                         "tenth of its length."),
                      tendon->name, stiffness);
}

/* Angle in [0, 2 pi). */
static double
around (double angle)
{
  double a = fmod (angle, 2 * G_PI);

  return a < 0 ? a + 2 * G_PI : a;
}

/* How far a rope from `a` over the side `side` to `b` goes around a disc of `radius` at the origin, in
 * radians; G_MAXDOUBLE where an end lies within the disc. `middle` receives the direction of the middle of
 * the wrapped part. */
static double
wrapped_angle (SgPoint a, SgPoint b, SgPoint side, double radius, SgPoint *middle)
{
  double da = sg_point_norm (a), db = sg_point_norm (b), s = atan2 (side.y, side.x), best = G_MAXDOUBLE;

  if (da <= radius || db <= radius)
    return G_MAXDOUBLE;
  /* The two ways around: leaving a's tangent with rising or with falling angle. */
  for (double sign = -1; sign <= 1; sign += 2)
    {
      double from = atan2 (a.y, a.x) + sign * acos (radius / da);
      double to = atan2 (b.y, b.x) - sign * acos (radius / db);
      double arc = around (sign * (to - from));

      if (around (sign * (s - from)) > arc || arc >= best)
        continue;
      best = arc;
      *middle = SG_POINT (cos (from + sign * arc / 2), sin (from + sign * arc / 2));
    }
  return best;
}

/* MuJoCo takes a wrap of over half a turn for the other way around, and a hand draws ropes that close in by a
 * few units: the largest radius with which the rope stays below that. `side` is brought to the middle of the
 * wrapped part, where MuJoCo's choice of side is surest. */
static double
wrap_radius (SgPoint a, SgPoint b, double radius, SgPoint *side)
{
  for (double r = radius; r > 0.7 * radius; r -= 0.02 * radius)
    {
      SgPoint middle = *side;

      if (wrapped_angle (a, b, *side, r, &middle) >= 0.97 * G_PI)
        continue;
      *side = sg_point_scale (middle, radius);
      return r;
    }
  return radius;
}

/* The geom of a part that stands for one element. */
static SgGeom *
geom_of (const SgAssembly *assembly, int part, guint element)
{
  const SgPart *p = sg_assembly_part (assembly, part);
  const SgBody *body = sg_spec_find_body (assembly->spec, p->name);

  for (guint k = 0; k < p->shapes->len && k < body->geoms->len; k++)
    if (sg_part_shape (p, k)->element == element)
      return &g_array_index (body->geoms, SgGeom, k);
  return NULL;
}

/* The side site stands on what holds the pulley: on the disc itself it would turn away with it. */
static void
wrap (SgAssembly *assembly, SgTendon *tendon, const SgRelation *rim, const int ends[2])
{
  int part = assembly->part_of[rim->b];
  SgGeom *geom = part >= 0 ? geom_of (assembly, part, rim->b) : NULL;

  if (!geom)
    return;
  const SgPart *pulley = sg_assembly_part (assembly, part);
  SgPoint center = pulley->center;
  SgPoint out = sg_point_sub (rim->point, center);
  SgPoint a = sg_point_sub (assembly->at[ends[0]], center), b = sg_point_sub (assembly->at[ends[1]], center);
  double scale = assembly->reading->scale;

  geom->size[0] = wrap_radius (a, b, geom->size[0] * scale, &out) / scale;
  SgPoint side = sg_point_add (center, sg_point_scale (out, 1.15));
  g_autofree char *stem = g_strdup_printf ("side_%s", pulley->name);
  g_autofree char *site = g_strdup (sg_assembly_add_site (assembly, pulley->parent, stem, side));
  sg_tendon_add_wrap (tendon, geom->name, site);
}

/* A rope drawn slack is as long as its ink; a taut one as the way between its ends. */
static void
set_rope (const SgAssembly *assembly, guint i, const int ends[2], SgTendon *tendon)
{
  const SgElement *element = sg_reading_element (assembly->reading, i);
  double chord = sg_point_distance (assembly->at[ends[0]], assembly->at[ends[1]]), ink;
  const SgGeometry *geometry = &assembly->geometry[i];
  guint room = MAX (48, geometry->n_points);
  g_autofree SgPoint *points = g_new (SgPoint, room);

  ink = sg_path_length (points, sg_geometry_outline (element->kind, geometry, points, room));
  if (!isnan (assembly->said[i].length))
    tendon->length = assembly->said[i].length;
  else if (tendon->path->len == 2 && ink > 1.02 * chord)
    tendon->length = ink / assembly->reading->scale;
}

static void
add_tie (SgAssembly *assembly, guint i)
{
  const SgReading *reading = assembly->reading;
  gboolean rope = sg_reading_element (reading, i)->role == SG_ROLE_ROPE;
  gboolean damper = sg_reading_element (reading, i)->role == SG_ROLE_DAMPER;
  const char *stem = rope ? "rope" : damper ? "damper"
                                            : "spring";
  SgTendon tendon = sg_tendon_default (rope ? SG_TENDON_ROPE : SG_TENDON_SPRING);
  int ends[2];

  if (!find_ends (assembly, i, ends) || mover_at (assembly, ends[0]) == mover_at (assembly, ends[1]))
    {
      g_array_unref (tendon.path);
      return;
    }
  tendon.element = i;
  tendon.name = g_strdup_printf ("%s%u", stem, assembly->spec->tendons->len + 1);
  for (guint k = 0; k < 2; k++)
    {
      int part = mover_at (assembly, ends[k]);
      g_autofree char *site =
        g_strdup (sg_assembly_add_site (assembly, part, tendon.name, assembly->at[ends[k]]));

      for (guint l = 0; k == 1 && l < sg_reading_n_relations (reading); l++)
        {
          const SgRelation *r = sg_reading_relation (reading, l);

          if (r->kind == SG_RELATION_AROUND && r->a == (int)i)
            wrap (assembly, &tendon, r, ends);
        }
      sg_tendon_add_site (&tendon, site);
    }
  if (rope)
    set_rope (assembly, i, ends, &tendon);
  else
    set_spring (assembly, i, ends, &tendon);
  sg_spec_add_tendon (assembly->spec, tendon);
}

void
sg_assembly_add_ties (SgAssembly *assembly)
{
  for (guint i = 0; i < sg_reading_n_elements (assembly->reading); i++)
    {
      SgRole role = sg_reading_element (assembly->reading, i)->role;

      if (role == SG_ROLE_SPRING || role == SG_ROLE_DAMPER || role == SG_ROLE_ROPE)
        add_tie (assembly, i);
    }
}
