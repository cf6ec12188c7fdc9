/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From marks to the model's things: the spec says of each what it was drawn as. */
#include "app/part-model.h"

static void
append (GArray *things, SgLitKind kind, const char *name)
{
  SgLit thing = { kind, name };

  if (name != NULL)
    g_array_append_val (things, thing);
}

/* Of a body only what was drawn as the element, -1 for all of it. */
static void
append_geoms (const SgBody *body, int element, GArray *things)
{
  for (guint i = 0; i < body->geoms->len; i++)
    {
      const SgGeom *geom = &g_array_index (body->geoms, SgGeom, i);

      if (element < 0 || geom->element == element)
        append (things, SG_LIT_GEOM, geom->name);
    }
}

static gboolean
has_joint (const SgBody *body, const char *name)
{
  for (guint i = 0; name != NULL && i < body->joints->len; i++)
    if (g_strcmp0 (g_array_index (body->joints, SgJoint, i).name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_site (const SgBody *body, const char *name)
{
  for (guint i = 0; name != NULL && i < body->sites->len; i++)
    if (g_strcmp0 (g_array_index (body->sites, SgSite, i).name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
append_body_things (const SgBody *body, int element, GArray *things)
{
  append_geoms (body, element, things);
  for (guint i = 0; i < body->joints->len; i++)
    {
      const SgJoint *joint = &g_array_index (body->joints, SgJoint, i);

      if (joint->element == element && joint->type == SG_JOINT_HINGE)
        append (things, SG_LIT_JOINT, joint->name);
    }
}

/* A motor or a force stands out by the body that it drives. */
static void
append_driven (const SgSpec *spec, const SgActuator *actuator, GArray *things)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (has_joint (body, actuator->joint) || has_site (body, actuator->site))
        append_geoms (body, -1, things);
    }
}

static void
append_own (const SgSpec *spec, int element, GArray *things)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    append_body_things (&g_array_index (spec->bodies, SgBody, i), element, things);
  for (guint i = 0; i < spec->tendons->len; i++)
    {
      const SgTendon *tendon = &g_array_index (spec->tendons, SgTendon, i);

      if (tendon->element == element)
        append (things, SG_LIT_TENDON, tendon->name);
    }
  for (guint i = 0; i < spec->actuators->len; i++)
    {
      const SgActuator *actuator = &g_array_index (spec->actuators, SgActuator, i);

      if (actuator->element == element)
        append_driven (spec, actuator, things);
    }
}

void
sg_part_append_things (const SgScene *scene, guint element, GArray *things)
{
  guint before = things->len;

  append_own (scene->spec, element, things);
  if (things->len > before || scene->reading == NULL)
    return;
  /* hatching, a label, an arrow: what it speaks of */
  for (guint i = 0; i < sg_reading_n_relations (scene->reading); i++)
    {
      const SgRelation *relation = sg_reading_relation (scene->reading, i);

      if (relation->via == (int)element && relation->a >= 0)
        append_own (scene->spec, relation->a, things);
      else if (relation->a == (int)element && relation->b >= 0)
        append_own (scene->spec, relation->b, things);
    }
}

int
sg_part_of_geom (const SgScene *scene, const char *name)
{
  for (guint i = 0; i < scene->spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (scene->spec->bodies, SgBody, i);

      for (guint k = 0; k < body->geoms->len; k++)
        {
          const SgGeom *geom = &g_array_index (body->geoms, SgGeom, k);

          if (g_strcmp0 (geom->name, name) == 0)
            return geom->element;
        }
    }
  return -1;
}
