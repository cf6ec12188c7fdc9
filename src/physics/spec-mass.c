/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What parts of a spec weigh: as declared, else by volume and density. */
#include <math.h>

#include "physics/spec.h"

static double
capsule_length (const SgGeom *geom)
{
  const double *e = geom->fromto;

  if (!geom->has_fromto)
    return 2 * geom->size[1];
  return sqrt ((e[3] - e[0]) * (e[3] - e[0]) + (e[4] - e[1]) * (e[4] - e[1]) + (e[5] - e[2]) * (e[5] - e[2]));
}

double
sg_geom_outline_area (const SgGeom *geom)
{
  double twice = 0;

  for (guint i = 0; i < geom->n_outline; i++)
    {
      const double *a = geom->outline + 2 * i, *b = geom->outline + 2 * ((i + 1) % geom->n_outline);

      twice += a[0] * b[1] - a[1] * b[0];
    }
  return twice / 2;
}

static double
geom_volume (const SgGeom *geom)
{
  const double r = geom->size[0], ball = 4 * G_PI / 3 * r * r * r;

  switch (geom->type)
    {
    case SG_GEOM_SPHERE:
      return ball;
    case SG_GEOM_CAPSULE:
      return ball + G_PI * r * r * capsule_length (geom);
    case SG_GEOM_CYLINDER:
      return G_PI * r * r * capsule_length (geom);
    case SG_GEOM_BOX:
      return 8 * r * geom->size[1] * geom->size[2];
    case SG_GEOM_ELLIPSOID:
      return 4 * G_PI / 3 * r * geom->size[1] * geom->size[2];
    case SG_GEOM_PRISM:
      return 2 * geom->size[1] * fabs (sg_geom_outline_area (geom));
    case SG_GEOM_PLANE:
      break;
    }
  return 0;
}

double
sg_geom_mass (const SgGeom *geom)
{
  return isnan (geom->mass) ? geom->density * geom_volume (geom) : geom->mass;
}

double
sg_body_mass (const SgBody *body)
{
  double mass = 0;

  for (guint i = 0; i < body->geoms->len; i++)
    mass += sg_geom_mass (&g_array_index (body->geoms, SgGeom, i));
  return mass;
}
