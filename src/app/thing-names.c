/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables from the model's names to the list's, one a kind, filled once from what the spec says each thing was
 * drawn as. */
#include "config.h"

#include "app/thing-names.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/part-names.h"

struct _SgThingNames
{
  gatomicrefcount ref_count;
  GHashTable *kinds[mjNOBJECT]; /* (nullable) char * -> char * */
};

/* -- From parts to things -- */

static void
add (SgThingNames *self, mjtObj kind, const char *name, char *words)
{
  if (self->kinds[kind] == NULL)
    self->kinds[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (name != NULL && words != NULL)
    g_hash_table_insert (self->kinds[kind], g_strdup (name), words);
  else
    g_free (words);
}

static const char *
part_at (const GPtrArray *parts, int element)
{
  return element >= 0 && (guint)element < parts->len ? parts->pdata[element] : NULL;
}

/* A hinge or a slide, by its body and which way it lets that move. */
static char *
say_joint (const char *body, const SgJoint *joint)
{
  if (joint->type == SG_JOINT_HINGE) /* Translators: a body and how it moves: "Ball 2 (turn)" */
    return g_strdup_printf (_ ("%s (turn)"), body);
  if (joint->type != SG_JOINT_SLIDE)
    return g_strdup (body);
  if (fabs (joint->axis[0]) > 0.9)
    return g_strdup_printf (_ ("%s (sideways)"), body);
  if (fabs (joint->axis[2]) > 0.9)
    return g_strdup_printf (_ ("%s (upwards)"), body);
  return g_strdup_printf (_ ("%s (along)"), body);
}

/* A body is what its first shape was drawn as: what is welded to it is listed for itself. */
static void
add_body (SgThingNames *self, const SgBody *body, const GPtrArray *parts)
{
  const char *words =
    body->geoms->len > 0 ? part_at (parts, g_array_index (body->geoms, SgGeom, 0).element) : NULL;

  if (words == NULL)
    return;
  add (self, mjOBJ_BODY, body->name, g_strdup (words));
  for (guint i = 0; i < body->joints->len; i++)
    {
      const SgJoint *joint = &g_array_index (body->joints, SgJoint, i);

      add (self, mjOBJ_JOINT, joint->name, say_joint (words, joint));
    }
  for (guint i = 0; i < body->sites->len; i++)
    add (self, mjOBJ_SITE, g_array_index (body->sites, SgSite, i).name, g_strdup (words));
}

static const char *
find_driven (const SgThingNames *self, const SgSpec *spec, const SgActuator *actuator)
{
  for (guint i = 0; actuator->joint != NULL && i < spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      for (guint k = 0; k < body->joints->len; k++)
        if (g_strcmp0 (g_array_index (body->joints, SgJoint, k).name, actuator->joint) == 0)
          return sg_thing_names_find (self, mjOBJ_BODY, body->name);
    }
  return sg_thing_names_find (self, mjOBJ_SITE, actuator->site);
}

/* A motor that words made was not drawn, but what it drives was. */
static void
add_actuator (SgThingNames *self, const SgSpec *spec, const SgActuator *actuator, const GPtrArray *parts)
{
  const char *drawn = part_at (parts, actuator->element);
  const char *driven = drawn == NULL ? find_driven (self, spec, actuator) : NULL;

  if (drawn != NULL)
    add (self, mjOBJ_ACTUATOR, actuator->name, g_strdup (drawn));
  else if (driven != NULL)
    add (self, mjOBJ_ACTUATOR, actuator->name,
         g_strdup_printf (actuator->type == SG_ACTUATOR_FORCE ? _ ("Force on %s") : _ ("Motor of %s"),
                          driven));
}

static void
add_sensor (SgThingNames *self, const SgSensor *sensor)
{
  static const struct
  {
    mjtObj of;
    const char *words;
  } types[] = {
    [SG_SENSOR_JOINT_POSITION] = { mjOBJ_JOINT, N_ ("Position of %s") },
    [SG_SENSOR_JOINT_VELOCITY] = { mjOBJ_JOINT, N_ ("Velocity of %s") },
    [SG_SENSOR_ACTUATOR_FORCE] = { mjOBJ_ACTUATOR, N_ ("Force of %s") },
    [SG_SENSOR_BODY_POSITION] = { mjOBJ_BODY, N_ ("Position of %s") },
    [SG_SENSOR_BODY_VELOCITY] = { mjOBJ_BODY, N_ ("Velocity of %s") },
    [SG_SENSOR_TENDON_LENGTH] = { mjOBJ_TENDON, N_ ("Length of %s") },
  };
  const char *of = sg_thing_names_find (self, types[sensor->type].of, sensor->target);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (of != NULL)
    add (self, mjOBJ_SENSOR, sensor->name, g_strdup_printf (_ (types[sensor->type].words), of));
#pragma GCC diagnostic pop
}

/* What holds two things together, by those two. */
static void
add_equality (SgThingNames *self, const SgEquality *equality)
{
  static const mjtObj of[] = { [SG_EQUALITY_CONNECT] = mjOBJ_SITE,
                               [SG_EQUALITY_WELD] = mjOBJ_BODY,
                               [SG_EQUALITY_JOINT] = mjOBJ_JOINT };
  const char *a = sg_thing_names_find (self, of[equality->type], equality->a);
  const char *b = sg_thing_names_find (self, of[equality->type], equality->b);

  if (a != NULL || b != NULL) /* Translators: two parts that are held together */
    add (self, mjOBJ_EQUALITY, equality->name,
         g_strdup_printf (_ ("%s to %s"), a != NULL ? a : b, a != NULL && b != NULL ? b : _ ("ground")));
}

static void
fill (SgThingNames *self, const SgSpec *spec, const GPtrArray *parts)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    add_body (self, &g_array_index (spec->bodies, SgBody, i), parts);
  for (guint i = 0; i < spec->tendons->len; i++)
    {
      const SgTendon *tendon = &g_array_index (spec->tendons, SgTendon, i);

      add (self, mjOBJ_TENDON, tendon->name, g_strdup (part_at (parts, tendon->element)));
    }
  for (guint i = 0; i < spec->actuators->len; i++)
    add_actuator (self, spec, &g_array_index (spec->actuators, SgActuator, i), parts);
  for (guint i = 0; i < spec->sensors->len; i++)
    add_sensor (self, &g_array_index (spec->sensors, SgSensor, i));
  for (guint i = 0; i < spec->equalities->len; i++)
    add_equality (self, &g_array_index (spec->equalities, SgEquality, i));
}

SgThingNames *
sg_thing_names_new (const SgScene *scene)
{
  SgThingNames *self = g_new0 (SgThingNames, 1);

  g_atomic_ref_count_init (&self->ref_count);
  if (scene == NULL || scene->reading == NULL || scene->spec == NULL)
    return self;
  g_autoptr (GPtrArray) parts = sg_part_full_names (scene->reading);
  fill (self, scene->spec, parts);
  return self;
}

SgThingNames *
sg_thing_names_ref (SgThingNames *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sg_thing_names_unref (SgThingNames *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->kinds); i++)
    g_clear_pointer (&self->kinds[i], g_hash_table_unref);
  g_free (self);
}

/* -- Words -- */

const char *
sg_thing_names_find (const SgThingNames *self, mjtObj kind, const char *name)
{
  if (self == NULL || name == NULL || self->kinds[kind] == NULL)
    return NULL;
  return g_hash_table_lookup (self->kinds[kind], name);
}

const char *
sg_thing_names_find_any (const SgThingNames *self, const char *name)
{
  static const mjtObj kinds[] = { mjOBJ_BODY, mjOBJ_TENDON, mjOBJ_ACTUATOR, mjOBJ_JOINT };
  const char *words = NULL;

  for (guint i = 0; words == NULL && i < G_N_ELEMENTS (kinds); i++)
    words = sg_thing_names_find (self, kinds[i], name);
  return words;
}

char *
sg_thing_names_of_quantity (const SgThingNames *self, const SgQuantity *quantity)
{
  mjtObj kind = sg_quantity_get_object_kind (quantity->kind);
  const char *words = sg_thing_names_find (self, kind, quantity->name);

  if (words == NULL)
    return sg_quantity_describe_thing (quantity);
  return quantity->component > 0 ? g_strdup_printf ("%s [%d]", words, quantity->component + 1)
                                 : g_strdup (words);
}

char *
sg_thing_names_say_quantity (const SgThingNames *self, const SgQuantity *quantity)
{
  g_autofree char *thing = sg_thing_names_of_quantity (self, quantity);

  if (sg_quantity_get_object_kind (quantity->kind) == mjOBJ_UNKNOWN)
    return g_strdup (sg_quantity_describe (quantity));
  /* Translators: a thing of the mechanism and what is measured of it: "Ball 2: Height" */
  return g_strdup_printf (_ ("%s: %s"), thing, sg_quantity_describe (quantity));
}

static gboolean
is_of_name (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

char *
sg_thing_names_in_text (const SgThingNames *self, const char *text)
{
  GString *said = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize n = 0;

      while (is_of_name (text[n]))
        n++;
      g_autofree char *word = g_strndup (text, MAX (n, 1));
      const char *words = sg_thing_names_find_any (self, word);
      g_string_append (said, words != NULL ? words : word);
      text += MAX (n, 1);
    }
  return g_string_free (said, FALSE);
}
