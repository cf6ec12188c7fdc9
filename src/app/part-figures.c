/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures by what the mark became: matter, a tie, a pin or a drive. */
#include "app/part-figures.h"

#include <math.h>

/* A mark may be several geoms of one body: they share what is said of it, and its mass. */
static double
geom_figure (const SgSpec *spec, int element, SgProperty property)
{
  const SgGeom *found = NULL;
  double mass = 0;

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      for (guint k = 0; k < body->geoms->len; k++)
        {
          const SgGeom *geom = &g_array_index (body->geoms, SgGeom, k);

          if (geom->element != element)
            continue;
          found = geom;
          mass += geom->mass;
        }
    }
  if (found == NULL)
    return NAN;
  switch (property)
    {
    case SG_PROPERTY_MASS:
      return mass;
    case SG_PROPERTY_DENSITY:
      return found->density;
    case SG_PROPERTY_FRICTION:
      return found->friction[0];
    case SG_PROPERTY_RESTITUTION:
      return isnan (found->restitution) ? 0 : found->restitution; /* a usual contact does not bounce */
    default:
      return NAN;
    }
}

static double
pin_figure (const SgSpec *spec, int element, SgProperty property)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      for (guint k = 0; k < body->joints->len; k++)
        {
          const SgJoint *joint = &g_array_index (body->joints, SgJoint, k);

          if (joint->element == element && property == SG_PROPERTY_DAMPING)
            return joint->damping;
        }
    }
  return NAN;
}

static double
length_of (const SgModel *model, const SgTendon *tendon)
{
  double said = tendon->type == SG_TENDON_ROPE ? tendon->length : tendon->rest_length;

  return isnan (said) ? sg_model_get_drawn_length (model, tendon->name) : said;
}

static double
tie_figure (const SgScene *scene, int element, SgProperty property)
{
  for (guint i = 0; i < scene->spec->tendons->len; i++)
    {
      const SgTendon *tendon = &g_array_index (scene->spec->tendons, SgTendon, i);

      if (tendon->element != element)
        continue;
      switch (property)
        {
        case SG_PROPERTY_STIFFNESS:
          return tendon->stiffness;
        case SG_PROPERTY_DAMPING:
          return tendon->damping;
        case SG_PROPERTY_LENGTH:
          return length_of (scene->model, tendon);
        default:
          return NAN;
        }
    }
  return NAN;
}

static double
drive_figure (const SgSpec *spec, int element, SgProperty property)
{
  for (guint i = 0; i < spec->actuators->len; i++)
    {
      const SgActuator *actuator = &g_array_index (spec->actuators, SgActuator, i);

      if (actuator->element == element &&
          (property == SG_PROPERTY_ANGULAR_SPEED || property == SG_PROPERTY_FORCE))
        return fabs (actuator->target); /* the drawing says which way */
    }
  return NAN;
}

double
sg_part_figure (const SgScene *scene, guint element, SgProperty property)
{
  double figure = geom_figure (scene->spec, element, property);

  if (isnan (figure))
    figure = tie_figure (scene, element, property);
  if (isnan (figure))
    figure = pin_figure (scene->spec, element, property);
  return isnan (figure) ? drive_figure (scene->spec, element, property) : figure;
}
