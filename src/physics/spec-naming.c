/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readable unique names for the parts of a spec. Linear in the number of parts, so that a file of nameless
 * ones costs no more than another. */
#include "physics/spec-naming.h"

#include "physics/spec-names.h"

/* The names that parts of one kind have, and up to which number each stem is used. Borrows the names. */
typedef struct
{
  GHashTable *taken; /* set */
  GHashTable *last;  /* stem -> number */
} Namer;

static Namer
namer_new (void)
{
  return (Namer){ g_hash_table_new (g_str_hash, g_str_equal),
                  g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
}

static void
namer_clear (Namer *namer)
{
  g_hash_table_unref (namer->taken);
  g_hash_table_unref (namer->last);
}

/* A part's struct begins with its name. */
static void
namer_learn (Namer *namer, const GArray *parts)
{
  gsize size = g_array_get_element_size ((GArray *)parts);

  for (guint i = 0; i < parts->len; i++)
    {
      char *name = *(char **)(parts->data + i * size);

      if (name)
        g_hash_table_add (namer->taken, name);
    }
}

static void
namer_learn_bodies (Namer *namer, const SgSpec *spec, gsize offset_of_parts)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    namer_learn (namer,
                 G_STRUCT_MEMBER (GArray *, &g_array_index (spec->bodies, SgBody, i), offset_of_parts));
}

/* Where `name` is none: `stem` itself if `numbered` is FALSE and it is free, else the first free of stem1,
 * stem2 ... */
static void
namer_give (Namer *namer, char **name, const char *stem, gboolean numbered)
{
  if (*name)
    return;
  if (!numbered && !g_hash_table_contains (namer->taken, stem))
    *name = g_strdup (stem);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (namer->last, stem));

  number = MAX (number, numbered ? 0 : 1);
  while (!*name)
    {
      g_autofree char *next = g_strdup_printf ("%s%u", stem, ++number);

      if (!g_hash_table_contains (namer->taken, next))
        *name = g_steal_pointer (&next);
    }
  g_hash_table_insert (namer->last, g_strdup (stem), GUINT_TO_POINTER (number));
  g_hash_table_add (namer->taken, *name);
}

/* "ball1_sphere", in the world "plane1". */
static void
namer_give_in_body (Namer *namer, char **name, const SgBody *body, const char *kind)
{
  g_autofree char *stem = body ? g_strdup_printf ("%s_%s", body->name, kind) : NULL;

  namer_give (namer, name, body ? stem : kind, body == NULL);
}

void
sg_spec_name_part (const SgSpec *spec,
                   const GArray *others,
                   gsize offset_of_parts,
                   char **name,
                   const SgBody *body,
                   const char *kind)
{
  if (*name)
    return;
  Namer namer = namer_new ();

  if (others)
    namer_learn (&namer, others);
  if (offset_of_parts != SG_SPEC_NOT_IN_BODIES)
    namer_learn_bodies (&namer, spec, offset_of_parts);
  namer_give_in_body (&namer, name, body, kind);
  namer_clear (&namer);
}

static void
name_geoms (SgSpec *spec)
{
  Namer namer = namer_new ();

  namer_learn (&namer, spec->geoms);
  namer_learn_bodies (&namer, spec, G_STRUCT_OFFSET (SgBody, geoms));
  for (guint i = 0; i <= spec->bodies->len; i++)
    {
      const SgBody *body = i > 0 ? &g_array_index (spec->bodies, SgBody, i - 1) : NULL;
      GArray *geoms = body ? body->geoms : spec->geoms;

      for (guint k = 0; k < geoms->len; k++)
        {
          SgGeom *geom = &g_array_index (geoms, SgGeom, k);

          namer_give_in_body (&namer, &geom->name, body, sg_geom_type_names[geom->type]);
        }
    }
  namer_clear (&namer);
}

static void
name_sites (SgSpec *spec)
{
  Namer namer = namer_new ();

  namer_learn (&namer, spec->sites);
  namer_learn_bodies (&namer, spec, G_STRUCT_OFFSET (SgBody, sites));
  for (guint i = 0; i <= spec->bodies->len; i++)
    {
      const SgBody *body = i > 0 ? &g_array_index (spec->bodies, SgBody, i - 1) : NULL;
      GArray *sites = body ? body->sites : spec->sites;

      for (guint k = 0; k < sites->len; k++)
        namer_give_in_body (&namer, &g_array_index (sites, SgSite, k).name, body, "site");
    }
  namer_clear (&namer);
}

static void
name_joints (SgSpec *spec)
{
  Namer namer = namer_new ();

  namer_learn_bodies (&namer, spec, G_STRUCT_OFFSET (SgBody, joints));
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      for (guint k = 0; k < body->joints->len; k++)
        {
          SgJoint *joint = &g_array_index (body->joints, SgJoint, k);

          namer_give_in_body (&namer, &joint->name, body, sg_joint_type_names[joint->type]);
        }
    }
  namer_clear (&namer);
}

/* Parts in a list of the spec's own; `kinds` by type, which lies at `offset_of_type`, or the one kind that
 * all are. */
static void
name_list (GArray *parts, const char *const *kinds, gsize offset_of_type, const char *kind)
{
  gsize size = g_array_get_element_size (parts);
  Namer namer = namer_new ();

  namer_learn (&namer, parts);
  for (guint i = 0; i < parts->len; i++)
    {
      char *part = parts->data + i * size;

      namer_give (&namer, (char **)part, kinds ? kinds[G_STRUCT_MEMBER (int, part, offset_of_type)] : kind,
                  TRUE);
    }
  namer_clear (&namer);
}

void
sg_spec_name_parts (SgSpec *spec)
{
  g_return_if_fail (spec != NULL);

  name_list (spec->bodies, NULL, 0, "body");
  name_geoms (spec);
  name_sites (spec);
  name_joints (spec);
  name_list (spec->tendons, sg_tendon_type_names, G_STRUCT_OFFSET (SgTendon, type), NULL);
  name_list (spec->actuators, sg_actuator_type_names, G_STRUCT_OFFSET (SgActuator, type), NULL);
  name_list (spec->sensors, NULL, 0, "sensor");
  name_list (spec->equalities, sg_equality_type_names, G_STRUCT_OFFSET (SgEquality, type), NULL);
}
