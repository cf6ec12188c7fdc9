/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which mechanism the words ask for, and the figures that they give for it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "physics/words-make-private.h"

/* -- What is said -- */

gboolean
sg_make_has (SgMake *make, SgWordsSection section, const char *name)
{
  return sg_clause_find (make->clause, 0, section, name) >= 0;
}

gboolean
sg_make_moves (SgMake *make, const char *motion)
{
  for (guint i = 0; i < make->clause->items->len; i++)
    if (sg_item_is (sg_clause_item (make->clause, i), SG_WORDS_MOTIONS, motion))
      return TRUE;
  return FALSE;
}

/* Whether the piece around an item speaks of one part among several, or of a limit. */
static gboolean
is_of_part (const SgMake *make, guint at)
{
  const SgClause *clause = make->clause;
  guint i = at;

  while (i > 0 && sg_clause_item (clause, i - 1)->kind != SG_ITEM_BREAK)
    i--;
  for (; i < clause->items->len && sg_clause_item (clause, i)->kind != SG_ITEM_BREAK; i++)
    if (sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_CHOICES) ||
        sg_item_is (sg_clause_item (clause, i), SG_WORDS_PROPERTIES, "limit"))
      return TRUE;
  return FALSE;
}

double
sg_make_take (SgMake *make, const char *dimension, double usual, double least, double most, gboolean *said)
{
  SgClause *clause = make->clause;

  for (guint i = 0; i < clause->items->len; i++)
    {
      SgItem *item = sg_clause_item (clause, i);

      if (item->used || !sg_item_is_quantity (item, dimension) || is_of_part (make, i) ||
          !(item->value >= least && item->value <= most))
        continue;
      item->used = TRUE;
      if (said)
        *said = TRUE;
      return item->value;
    }
  if (said)
    *said = FALSE;
  return usual;
}

guint
sg_make_count (SgMake *make, guint usual, guint least, guint most)
{
  SgClause *clause = make->clause;

  for (guint i = 0; i < clause->items->len; i++)
    {
      SgItem *item = sg_clause_item (clause, i);

      if (item->used || item->kind != SG_ITEM_NUMBER || item->value != floor (item->value) ||
          item->value < least || item->value > most || is_of_part (make, i))
        continue;
      if (i > 0 && sg_item_meaning (sg_clause_item (clause, i - 1), SG_WORDS_PROPERTIES))
        continue;
      item->used = TRUE;
      return item->value;
    }
  return usual;
}

/* -- Groups of things -- */

static gboolean
is_material_thing (const char *noun)
{
  static const char *const made[] = { "ball", "box", "mass", "rod", "cart", "wheel",
                                      "triangle", "polygon", "blob", "domino", NULL };

  return g_strv_contains (made, noun);
}

static void
take_modifier (SgGroup *group, SgItem *item)
{
  const SgMeaning *colour = sg_item_meaning (item, SG_WORDS_COLOURS);
  const SgMeaning *material = sg_item_meaning (item, SG_WORDS_MATERIALS);
  const SgMeaning *choice = sg_item_meaning (item, SG_WORDS_CHOICES);

  if (item->kind == SG_ITEM_NUMBER)
    {
      group->count = CLAMP (item->value, 1, SG_MAKE_MOST);
      group->counted = TRUE;
      if (item->value != group->count)
        return; /* stays unused, and is told of */
    }
  else if (sg_item_is_quantity (item, "mass") && item->value > 0)
    group->mass = item->value;
  else if (sg_item_is_quantity (item, "length") && item->value > 0)
    group->size = item->value;
  else if (colour)
    group->colour = colour->name;
  else if (material)
    group->material = material->name;
  else if (choice && g_str_equal (choice->name, "size"))
    group->size = choice->value < 0 ? 0.4 : 0.1;
  else if (sg_item_is (item, SG_WORDS_STATES, "restitution"))
    group->restitution = sg_item_meaning (item, SG_WORDS_STATES)->value;
  else
    return;
  item->used = TRUE;
}

static gboolean
modifies (const SgItem *item)
{
  return !item->used && item->kind != SG_ITEM_BREAK && item->kind != SG_ITEM_UNKNOWN &&
         (item->kind == SG_ITEM_NUMBER || sg_item_is_quantity (item, "mass") ||
          sg_item_is_quantity (item, "length") || sg_item_meaning (item, SG_WORDS_COLOURS) ||
          sg_item_meaning (item, SG_WORDS_MATERIALS) || sg_item_meaning (item, SG_WORDS_CHOICES) ||
          sg_item_is (item, SG_WORDS_STATES, "restitution") ||
          (sg_item_meaning (item, SG_WORDS_STOP) && !sg_item_meaning (item, SG_WORDS_THINGS)));
}

/* What stands in front of a noun is of it: "two 3 kg rubber balls"; "5 kg mass", whose noun is a property's
 * name elsewhere. */
static void
add_group (SgMake *make, guint at, const char *noun, gboolean plural)
{
  SgGroup group = { .noun = noun, .count = plural ? 3 : 1, .mass = NAN, .size = NAN, .restitution = NAN };
  guint first = at;

  while (first > 0 && modifies (sg_clause_item (make->clause, first - 1)))
    first--;
  for (guint i = first; i < at; i++)
    take_modifier (&group, sg_clause_item (make->clause, i));
  sg_clause_item (make->clause, at)->used = TRUE;
  g_array_append_val (make->groups, group);
}

/* "The first ball", "both balls" speak of things that were named before. */
static gboolean
is_told (const SgMake *make, guint at)
{
  for (guint i = at; i > 0; i--)
    {
      const SgItem *item = sg_clause_item (make->clause, i - 1);
      const SgMeaning *choice = sg_item_meaning (item, SG_WORDS_CHOICES);

      if (!modifies (item) && !sg_item_meaning (item, SG_WORDS_QUANTIFIERS))
        return FALSE;
      if ((choice && !g_str_equal (choice->name, "size")) || sg_item_meaning (item, SG_WORDS_QUANTIFIERS))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_group (const SgMake *make, const char *noun)
{
  for (guint i = 0; i < make->groups->len; i++)
    if (g_str_equal (g_array_index (make->groups, SgGroup, i).noun, noun))
      return TRUE;
  return FALSE;
}

/* "The ball is 2 kg" after "a ball falls", or of nothing: the article says that it is known. "The ball falls"
 * is a description all the same. */
static gboolean
is_definite (const SgMake *make, guint at)
{
  const SgItem *item = at > 0 ? sg_clause_item (make->clause, at - 1) : NULL;

  return item && item->end - item->begin == 3 &&
         g_ascii_strncasecmp (make->clause->words + item->begin, "the", 3) == 0;
}

static gboolean
has_motion (const SgMake *make)
{
  return sg_clause_find (make->clause, 0, SG_WORDS_MOTIONS, NULL) >= 0;
}

static void
read_groups (SgMake *make)
{
  SgClause *clause = make->clause;

  for (guint i = 0; i < clause->items->len; i++)
    {
      SgItem *item = sg_clause_item (clause, i);
      const SgMeaning *thing = sg_item_meaning (item, SG_WORDS_THINGS);
      gboolean is_mass = sg_item_is (item, SG_WORDS_PROPERTIES, "mass") && i > 0 &&
                         sg_item_is_quantity (sg_clause_item (clause, i - 1), "mass") &&
                         !sg_clause_item (clause, i - 1)->used;

      if (item->used || (!thing && !is_mass) || (int)i == make->at || is_told (make, i))
        continue;
      if (thing && (!is_material_thing (thing->name) ||
                    (is_definite (make, i) && (has_group (make, thing->name) || !has_motion (make)))))
        continue;
      add_group (make, i, thing ? thing->name : "mass", thing && thing->plural);
    }
}

/* -- Shapes -- */

void
sg_make_floor (SgMake *make)
{
  SgGeom plane = sg_geom_default (SG_GEOM_PLANE);

  plane.name = g_strdup ("ground");
  sg_spec_add_geom (make->spec, NULL, plane);
}

SgGeom
sg_make_sphere (double radius, double mass)
{
  SgGeom geom = sg_geom_default (SG_GEOM_SPHERE);

  geom.size[0] = radius;
  geom.mass = mass;
  return geom;
}

SgGeom
sg_make_box (double half_x, double half_z, double mass)
{
  SgGeom geom = sg_geom_default (SG_GEOM_BOX);

  geom.size[0] = half_x;
  geom.size[1] = MIN (0.1, MAX (half_x, half_z));
  geom.size[2] = half_z;
  geom.mass = mass;
  return geom;
}

SgGeom
sg_make_rod (double x1, double z1, double x2, double z2, double radius, double mass)
{
  SgGeom geom = sg_geom_default (SG_GEOM_CAPSULE);

  geom.size[0] = radius;
  geom.has_fromto = TRUE;
  geom.fromto[0] = x1;
  geom.fromto[2] = z1;
  geom.fromto[3] = x2;
  geom.fromto[5] = z2;
  geom.mass = mass;
  return geom;
}

SgGeom *
sg_make_name_geom (SgGeom *geom, const char *stem, guint n)
{
  g_free (geom->name);
  geom->name = g_strdup_printf ("%s%u", stem, n);
  return geom;
}

void
sg_make_colour (SgGeom *geom, guint i)
{
  static const char *const row[] = { "blue", "orange", "green", "purple", "yellow", "red", "pink", "brown" };

  sg_words_colour (row[i % G_N_ELEMENTS (row)], geom->rgba);
}

double
sg_make_half (const SgGroup *group)
{
  return CLAMP (isnan (group->size) ? 0.2 : group->size, 0.002, 1000) / 2;
}

static void
dress (SgGeom *geom, const SgGroup *group)
{
  if (group->colour)
    sg_words_colour (group->colour, geom->rgba);
  if (!isnan (group->restitution))
    geom->restitution = group->restitution;
}

static guint
count_named (const SgSpec *spec, const char *stem)
{
  guint n = 0;

  for (guint i = 0; i < spec->bodies->len; i++)
    n += g_str_has_prefix (g_array_index (spec->bodies, SgBody, i).name, stem);
  return n;
}

SgBody *
sg_make_thing (SgMake *make, const SgGroup *group, double x, double z)
{
  gboolean is_box = g_str_equal (group->noun, "box") || g_str_equal (group->noun, "cart") ||
                    g_str_equal (group->noun, "domino");
  const char *stem = is_box ? "box" : g_str_equal (group->noun, "rod")   ? "rod"
                                    : g_str_equal (group->noun, "wheel") ? "wheel"
                                                                         : "ball";
  g_autofree char *name = g_strdup_printf ("%s%u", stem, count_named (make->spec, stem) + 1);
  double half = sg_make_half (group);
  SgBody *body = sg_spec_add_body (make->spec, name, NULL, (const double[]){ x, 0, z });
  SgGeom geom = is_box         ? sg_make_box (half, half, group->mass)
                : *stem == 'r' ? sg_make_rod (-half, 0, half, 0, MIN (0.03, half / 2), group->mass)
                               : sg_make_sphere (half, group->mass);

  sg_make_colour (&geom, make->spec->bodies->len - 1);
  dress (&geom, group);
  sg_spec_add_geom (make->spec, body, geom);
  sg_spec_add_planar_joints (make->spec, body);
  if (group->material)
    {
      g_autoptr (GArray) things = sg_things_new ();
      gsize told = make->clause->says->len;

      sg_things_add_body (things, body);
      sg_change_material (make->clause, things, group->material);
      g_string_truncate (make->clause->says, told); /* the mechanism is told of as one */
    }
  return body;
}

/* -- Which mechanism -- */

static guint
n_things (const SgMake *make)
{
  guint n = 0;

  for (guint i = 0; i < make->groups->len; i++)
    n += g_array_index (make->groups, SgGroup, i).count;
  return n;
}

static void
make_links (SgMake *make)
{
  gboolean joined =
    sg_make_has (make, SG_WORDS_LINKS, "apart") || sg_make_has (make, SG_WORDS_MECHANISMS, "chain");
  guint usual = make->mechanism->value;

  if (g_str_equal (make->mechanism->name, "pendulums") && !joined)
    sg_make_pendulums (make);
  else
    sg_make_pendulum (make, usual > 1 && g_str_equal (make->mechanism->name, "pendulum")
                              ? usual
                              : sg_make_count (make, usual, 1, SG_MAKE_MOST));
}

static const struct
{
  const char *name;
  void (*make) (SgMake *make);
  gboolean of_things; /* of things that the words name */
} mechanisms[] = {
  { "pendulum", make_links, FALSE },
  { "pendulums", make_links, FALSE },
  { "chain", make_links, FALSE },
  { "cart-pole", sg_make_cart_pole, FALSE },
  { "cradle", sg_make_cradle, FALSE },
  { "atwood", sg_make_atwood, FALSE },
  { "spring-mass", sg_make_spring_mass, FALSE },
  { "ramp", sg_make_ramp, TRUE },
  { "car", sg_make_car, FALSE },
  { "catapult", sg_make_catapult, FALSE },
  { "arm", sg_make_arm, TRUE },
  { "dominoes", sg_make_dominoes, FALSE },
  { "pile", sg_make_pile, TRUE },
  { "pyramid", sg_make_pyramid, TRUE },
  { "seesaw", sg_make_seesaw, FALSE },
  { "projectile", sg_make_projectile, FALSE },
};

/* The mechanism that is named, a chain before the pendulums that it is of. */
static void
find_mechanism (SgMake *make)
{
  static const char *const first[] = { "chain", "cart-pole", "spring-mass", "atwood", NULL };

  make->at = -1;
  for (guint k = 0; make->at < 0 && k < G_N_ELEMENTS (first); k++)
    make->at = sg_clause_find (make->clause, 0, SG_WORDS_MECHANISMS, first[k]);
  if (make->at < 0)
    make->at = sg_clause_find (make->clause, 0, SG_WORDS_MECHANISMS, NULL);
  if (make->at >= 0)
    make->mechanism = sg_item_meaning (sg_clause_item (make->clause, make->at), SG_WORDS_MECHANISMS);
}

static void
make_of_things (SgMake *make)
{
  guint n = n_things (make);
  gboolean spring = sg_make_moves (make, "spring") || sg_make_has (make, SG_WORDS_THINGS, "spring");
  gboolean rope = sg_make_moves (make, "rope") || sg_make_has (make, SG_WORDS_THINGS, "rope");

  if (rope && sg_make_has (make, SG_WORDS_THINGS, "pulley"))
    sg_make_atwood (make);
  else if (spring && n == 1)
    sg_make_spring_mass (make);
  else if (spring || (rope && n > 1))
    sg_make_tied (make, spring ? SG_TENDON_SPRING : SG_TENDON_ROPE);
  else if (sg_make_moves (make, "collide") && !sg_make_moves (make, "fall") &&
           !sg_make_moves (make, "bounce"))
    sg_make_collision (make);
  else if (sg_make_moves (make, "spin") && n == 1)
    sg_make_spinner (make);
  else
    sg_make_falling (make);
}

/* Whether what is asked for is nothing that SimGen simulates; "and a magnet" behind a pendulum is told of as
 * any word that is not understood. */
static gboolean
is_beyond (const SgMake *make)
{
  guint i = MAX (make->at, 0);

  while (i > 0 && sg_clause_item (make->clause, i - 1)->kind != SG_ITEM_BREAK)
    i--;
  for (; i < make->clause->items->len && sg_clause_item (make->clause, i)->kind != SG_ITEM_BREAK; i++)
    {
      const SgItem *item = sg_clause_item (make->clause, i);

      if (item->kind == SG_ITEM_WORD &&
          g_array_index (item->meanings, SgMeaning, 0).section == SG_WORDS_BEYOND)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_told_of (const SgMake *make, guint i)
{
  const SgItem *before = i > 0 ? sg_clause_item (make->clause, i - 1) : NULL;

  return before && !before->used && sg_item_meaning (sg_clause_item (make->clause, i), SG_WORDS_THINGS) &&
         (sg_item_meaning (before, SG_WORDS_STATES) || sg_item_meaning (before, SG_WORDS_MATERIALS));
}

/* All that describes a mechanism has been read. */
static void
use_descriptions (SgMake *make)
{
  for (guint i = 0; i < make->clause->items->len; i++)
    {
      SgItem *item = sg_clause_item (make->clause, i);

      if (is_told_of (make, i)) /* a "frictionless ramp" is one whose friction is to be set */
        item->used = FALSE;
      else if (sg_item_meaning (item, SG_WORDS_MECHANISMS) ||
               (sg_item_meaning (item, SG_WORDS_MOTIONS) && !sg_item_meaning (item, SG_WORDS_STATES)))
        item->used = TRUE;
    }
}

gboolean
sg_words_make (SgClause *clause)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (SgGroup));
  SgMake make = { .clause = clause, .spec = clause->spec, .groups = groups };

  find_mechanism (&make);
  if (is_beyond (&make))
    return FALSE;
  for (guint i = 0; make.mechanism && i < G_N_ELEMENTS (mechanisms); i++)
    if (g_str_equal (mechanisms[i].name, make.mechanism->name))
      {
        g_ptr_array_set_size (clause->spec->notes, 0);
        sg_clause_item (clause, make.at)->used = TRUE;
        if (mechanisms[i].of_things)
          read_groups (&make);
        mechanisms[i].make (&make);
        use_descriptions (&make);
        return TRUE;
      }
  read_groups (&make);
  if (groups->len == 0)
    return FALSE;
  g_ptr_array_set_size (clause->spec->notes, 0);
  make_of_things (&make);
  use_descriptions (&make);
  return TRUE;
}
