/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nouns of a clause -> things of the spec: by name ("ball2"), by what they are called ("the balls", "the
 * crate"), else by their shape; then "left", "red", "second", "between the ball and the box" choose. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "physics/words-private.h"

#define SHAPE(type) (1u << SG_GEOM_##type)
#define ROUND (SHAPE (SPHERE) | SHAPE (CYLINDER) | SHAPE (ELLIPSOID))

typedef struct
{
  const char *noun;     /* of the vocabulary's things */
  const char *stems[7]; /* of names that bodies and geoms have; NULL-terminated */
  guint shapes;         /* SHAPE () of them; where nothing has such a name, what has such a shape */
} Noun;

static const Noun nouns[] = {
  { "ball", { "ball", "sphere", "bob" }, ROUND },
  { "box", { "box", "cart", "block", "weight" }, SHAPE (BOX) },
  { "cart", { "cart", "chassis" }, SHAPE (BOX) },
  { "rod", { "rod", "link", "pole", "beam", "arm" }, SHAPE (CAPSULE) },
  { "wheel", { "wheel" }, 0 },
  { "pulley", { "pulley" }, 0 },
  { "domino", { "domino" }, 0 },
  { "triangle", { "triangle" }, 0 },
  { "polygon", { "polygon" }, SHAPE (PRISM) },
  { "blob", { "blob" }, 0 },
  { "ramp", { "ramp", "track" }, 0 },
  { "ground", { "ground", "floor", "plane", "base", "table" }, 0 },
  { "wall", { "wall" }, 0 },
  { "track", { "track", "rail" }, 0 },
  { "ceiling", { "ceiling" }, 0 },
  { "chassis", { "chassis", "cart" }, 0 },
  { "effector", { "gripper" }, 0 },
};

/* -- Collecting -- */

static void
thing_clear (gpointer data)
{
  g_clear_pointer (&((SgThing *)data)->geoms, g_ptr_array_unref);
}

GArray *
sg_things_new (void)
{
  GArray *things = g_array_new (FALSE, FALSE, sizeof (SgThing));

  g_array_set_clear_func (things, thing_clear);
  return things;
}

static guint
count_shapes (const GArray *geoms, guint shapes)
{
  guint n = 0;

  for (guint i = 0; i < geoms->len; i++)
    n += (shapes >> g_array_index (geoms, SgGeom, i).type) & 1;
  return n;
}

/* Of a body made of several marks only those of the right shape are meant: the bob, not its rod. */
static void
add_body (GArray *things, SgBody *body, guint shapes)
{
  SgThing thing = { .kind = SG_THING_BODY, .body = body, .geoms = g_ptr_array_new (), .name = body->name };
  gboolean by_shape = count_shapes (body->geoms, shapes) > 0;

  for (guint i = 0; i < body->geoms->len; i++)
    {
      SgGeom *geom = &g_array_index (body->geoms, SgGeom, i);

      if (!by_shape || (shapes >> geom->type) & 1)
        g_ptr_array_add (thing.geoms, geom);
    }
  g_array_append_val (things, thing);
}

void
sg_things_add_body (GArray *things, SgBody *body)
{
  add_body (things, body, 0);
}

static void
add_geom (GArray *things, SgBody *body, SgGeom *geom)
{
  SgThing thing = { .kind = body ? SG_THING_BODY : SG_THING_GEOM,
                    .body = body,
                    .geoms = g_ptr_array_new (),
                    .name = geom->name };

  g_ptr_array_add (thing.geoms, geom);
  g_array_append_val (things, thing);
}

void
sg_things_add_tendons (GArray *things, const SgSpec *spec, SgTendonType type)
{
  for (guint i = 0; i < spec->tendons->len; i++)
    {
      SgTendon *tendon = &g_array_index (spec->tendons, SgTendon, i);
      SgThing thing = { .kind = SG_THING_TENDON, .tendon = tendon, .name = tendon->name };

      if (tendon->type == type)
        g_array_append_val (things, thing);
    }
}

/* The three joints of a thing that moves flat are its freedom, no pins. */
static gboolean
is_pin (const SgJoint *joint)
{
  return joint->type == SG_JOINT_HINGE && !strchr (joint->name, '.');
}

void
sg_things_add_joints (GArray *things, const SgSpec *spec)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      for (guint k = 0; k < body->joints->len; k++)
        {
          SgJoint *joint = &g_array_index (body->joints, SgJoint, k);
          SgThing thing = { .kind = SG_THING_JOINT, .body = body, .joint = joint, .name = joint->name };

          if (is_pin (joint))
            g_array_append_val (things, thing);
        }
    }
}

static void
add_actuators (GArray *things, const SgSpec *spec)
{
  for (guint i = 0; i < spec->actuators->len; i++)
    {
      SgActuator *actuator = &g_array_index (spec->actuators, SgActuator, i);
      SgThing thing = { .kind = SG_THING_ACTUATOR, .actuator = actuator, .name = actuator->name };

      g_array_append_val (things, thing);
    }
}

GArray *
sg_moving_things (const SgSpec *spec)
{
  GArray *things = sg_things_new ();

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (body->joints->len > 0 && body->geoms->len > 0)
        add_body (things, body, 0);
    }
  return things;
}

GArray *
sg_all_things (const SgSpec *spec)
{
  GArray *things = sg_things_new ();

  for (guint i = 0; i < spec->bodies->len; i++)
    add_body (things, &g_array_index (spec->bodies, SgBody, i), 0);
  for (guint i = 0; i < spec->geoms->len; i++)
    add_geom (things, NULL, &g_array_index (spec->geoms, SgGeom, i));
  return things;
}

static gboolean
has_stem (const char *name, const char *const *stems)
{
  for (; *stems; stems++)
    if (g_str_has_prefix (name, *stems) && !g_ascii_isalpha (name[strlen (*stems)]))
      return TRUE;
  return FALSE;
}

static gboolean
has_body (const GArray *things, const SgBody *body)
{
  for (guint i = 0; i < things->len; i++)
    if (g_array_index (things, SgThing, i).body == body)
      return TRUE;
  return FALSE;
}

static void
collect_bodies (GArray *things, const SgSpec *spec, const Noun *noun)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (has_stem (body->name, noun->stems))
        add_body (things, body, noun->shapes);
      for (guint k = 0; k < body->geoms->len && !has_body (things, body); k++)
        if (has_stem (g_array_index (body->geoms, SgGeom, k).name, noun->stems))
          add_geom (things, body, &g_array_index (body->geoms, SgGeom, k));
    }
  for (guint i = 0; i < spec->geoms->len; i++)
    {
      SgGeom *geom = &g_array_index (spec->geoms, SgGeom, i);

      if (has_stem (geom->name, noun->stems))
        add_geom (things, NULL, geom);
    }
  for (guint i = 0; things->len == 0 && i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (count_shapes (body->geoms, noun->shapes) > 0)
        add_body (things, body, noun->shapes);
    }
}

/* Dashpots are springs that do not pull. */
static void
keep_dampers (GArray *things, gboolean dampers)
{
  for (guint i = things->len; i-- > 0;)
    {
      const SgTendon *tendon = g_array_index (things, SgThing, i).tendon;

      if ((tendon->stiffness == 0 && tendon->damping > 0) != dampers)
        g_array_remove_index (things, i);
    }
}

/* "It" is what was spoken of before, else the only thing that moves. */
static GArray *
collect_told (const SgClause *clause)
{
  GArray *things = sg_things_new ();

  for (guint i = 0; i < clause->told->len; i++)
    {
      SgBody *body = sg_spec_find_body (clause->spec, clause->told->pdata[i]);

      if (body)
        add_body (things, body, 0);
    }
  if (things->len > 0)
    return things;
  g_array_unref (things);
  return sg_moving_things (clause->spec);
}

static GArray *
collect (const SgClause *clause, const char *noun, gboolean chosen)
{
  GArray *things;

  if (g_str_equal (noun, "one") && !chosen)
    return collect_told (clause);
  if (g_strv_contains ((const char *const[]){ "one", "mass", "pendulum", "car", "arm", NULL }, noun))
    return sg_moving_things (clause->spec);
  things = sg_things_new ();
  if (g_str_equal (noun, "spring") || g_str_equal (noun, "damper"))
    {
      sg_things_add_tendons (things, clause->spec, SG_TENDON_SPRING);
      keep_dampers (things, *noun == 'd');
    }
  else if (g_str_equal (noun, "rope"))
    sg_things_add_tendons (things, clause->spec, SG_TENDON_ROPE);
  else if (g_str_equal (noun, "joint"))
    sg_things_add_joints (things, clause->spec);
  else if (g_str_equal (noun, "motor"))
    add_actuators (things, clause->spec);
  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    if (g_str_equal (nouns[i].noun, noun))
      collect_bodies (things, clause->spec, &nouns[i]);
  return things;
}

/* -- Choosing -- */

static SgBody *
site_owner (const SgSpec *spec, const char *name, const SgSite **found)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      for (guint k = 0; k < body->sites->len; k++)
        if (g_strcmp0 (g_array_index (body->sites, SgSite, k).name, name) == 0)
          {
            *found = &g_array_index (body->sites, SgSite, k);
            return body;
          }
    }
  for (guint k = 0; k < spec->sites->len; k++)
    if (g_strcmp0 (g_array_index (spec->sites, SgSite, k).name, name) == 0)
      *found = &g_array_index (spec->sites, SgSite, k);
  return NULL;
}

static void
add_parents (const SgSpec *spec, const SgBody *body, double place[3])
{
  for (guint up = 0; body && up < spec->bodies->len; up++)
    {
      for (guint k = 0; k < 3; k++)
        place[k] += body->pos[k];
      body = sg_spec_find_body (spec, body->parent);
    }
}

/* Where the thing is, summed up over its parents: enough to tell left from right. */
void
sg_thing_place (const SgThing *thing, const SgSpec *spec, double place[3])
{
  const SgBody *body = thing->body;

  memset (place, 0, 3 * sizeof *place);
  if (thing->joint)
    memcpy (place, thing->joint->pos, 3 * sizeof *place);
  else if (thing->geoms && thing->geoms->len > 0)
    {
      const SgGeom *geom = thing->geoms->pdata[0];

      for (guint k = 0; k < 3; k++)
        place[k] = geom->has_fromto ? (geom->fromto[k] + geom->fromto[3 + k]) / 2 : geom->pos[k];
    }
  for (guint i = 0; thing->tendon && i < thing->tendon->path->len; i++)
    {
      const SgSite *site = NULL;
      SgBody *owner = site_owner (spec, g_array_index (thing->tendon->path, SgTendonPoint, i).site, &site);
      double at[3] = { 0, 0, 0 };

      if (site)
        memcpy (at, site->pos, sizeof at);
      add_parents (spec, owner, at);
      for (guint k = 0; k < 3; k++)
        place[k] += at[k] / thing->tendon->path->len;
    }
  add_parents (spec, body, place);
}

double
sg_thing_mass (const SgThing *thing)
{
  double mass = 0;

  for (guint i = 0; thing->geoms && i < thing->geoms->len; i++)
    mass += sg_geom_mass (thing->geoms->pdata[i]);
  return mass;
}

static double
thing_size (const SgThing *thing)
{
  double size = 0;

  for (guint i = 0; thing->geoms && i < thing->geoms->len; i++)
    {
      SgGeom geom = *(const SgGeom *)thing->geoms->pdata[i];

      geom.mass = NAN;
      geom.density = 1;
      size += sg_geom_mass (&geom);
    }
  return size;
}

static double
rank_of (const SgThing *thing, const SgSpec *spec, char by, guint i)
{
  double place[3];

  sg_thing_place (thing, spec, place);
  switch (by)
    {
    case 'x':
      return place[0];
    case 'z':
      return place[2];
    case 's':
      return thing_size (thing);
    case 'm':
      return sg_thing_mass (thing);
    default:
      return i;
    }
}

/* Keeps only the one that comes `which`th, from 1; negative: from the end; nothing where there is none. */
static void
keep_one (GArray *things, const SgSpec *spec, char by, int which)
{
  const guint n = things->len;
  const guint wanted = which < 0 ? n + which : (guint)which - 1;
  g_autofree double *ranks = g_new (double, n);
  guint kept = n;

  for (guint i = 0; i < n; i++)
    ranks[i] = rank_of (&g_array_index (things, SgThing, i), spec, by, i);
  for (guint i = 0; i < n && kept == n; i++)
    {
      guint before = 0;

      for (guint k = 0; k < n; k++)
        before += ranks[k] < ranks[i] || (ranks[k] == ranks[i] && k < i);
      if (before == wanted)
        kept = i;
    }
  if (kept + 1 < n)
    g_array_remove_range (things, kept + 1, n - kept - 1);
  g_array_remove_range (things, 0, kept);
}

static gboolean
has_colour (const SgThing *thing, const char *colour)
{
  float rgba[4];

  sg_words_colour (colour, rgba);
  for (guint i = 0; thing->geoms && i < thing->geoms->len; i++)
    {
      const float *has = ((const SgGeom *)thing->geoms->pdata[i])->rgba;

      if (hypot (hypot (has[0] - rgba[0], has[1] - rgba[1]), has[2] - rgba[2]) < 0.3)
        return TRUE;
    }
  return FALSE;
}

static void
keep_colour (GArray *things, const char *colour)
{
  for (guint i = things->len; i-- > 0;)
    if (!has_colour (&g_array_index (things, SgThing, i), colour))
      g_array_remove_index (things, i);
}

static void
keep_others (GArray *things, const GPtrArray *told)
{
  for (guint i = things->len; i-- > 0;)
    if (g_ptr_array_find_with_equal_func ((GPtrArray *)told, g_array_index (things, SgThing, i).name,
                                          g_str_equal, NULL))
      g_array_remove_index (things, i);
}

static void
choose (GArray *things, const SgClause *clause, const SgMeaning *choice)
{
  if (things->len == 0)
    return;
  if (*choice->name == 'o' && choice->name[1] == 't')
    keep_others (things, clause->told);
  else if (choice->value == 2 && *choice->name == 'x')
    keep_one (things, clause->spec, 'x', (things->len + 1) / 2);
  else
    keep_one (things, clause->spec, *choice->name, (int)choice->value);
}

/* -- What hangs on what -- */

static gboolean
touches (const SgSpec *spec, const SgThing *thing, const SgThing *other)
{
  const SgSite *site;

  if (thing->kind == SG_THING_JOINT)
    return thing->body == other->body || g_strcmp0 (thing->body->parent, other->name) == 0;
  if (thing->kind == SG_THING_ACTUATOR)
    {
      for (guint i = 0; other->body && i < other->body->joints->len; i++)
        if (g_strcmp0 (g_array_index (other->body->joints, SgJoint, i).name, thing->actuator->joint) == 0)
          return TRUE;
      return FALSE;
    }
  for (guint i = 0; thing->tendon && i < thing->tendon->path->len; i++)
    {
      const SgTendonPoint *point = &g_array_index (thing->tendon->path, SgTendonPoint, i);
      SgBody *owner = point->site ? site_owner (spec, point->site, &site) : NULL;

      if (other->kind == SG_THING_GEOM ? point->site && !owner : owner && owner == other->body)
        return TRUE;
    }
  return FALSE;
}

static gboolean
touches_any (const SgSpec *spec, const SgThing *thing, const GArray *others)
{
  for (guint i = 0; i < others->len; i++)
    if (touches (spec, thing, &g_array_index (others, SgThing, i)))
      return TRUE;
  return FALSE;
}

static void
keep_touching (GArray *things, const SgSpec *spec, const GArray *others)
{
  for (guint i = things->len; i-- > 0;)
    if (!touches_any (spec, &g_array_index (things, SgThing, i), others))
      g_array_remove_index (things, i);
}

/* -- References -- */

typedef struct
{
  SgReference reference;
  const SgMeaning *quantifier; /* (nullable) */
  gboolean plural, chosen, hangs;
  int count; /* -1: not said */
} Reading;

static void
reference_clear (gpointer data)
{
  g_array_unref (((SgReference *)data)->things);
}

/* Items before the noun that choose; the first of them. */
static guint
modifiers_begin (const SgClause *clause, guint head)
{
  guint i = head;

  while (i > clause->first)
    {
      const SgItem *item = sg_clause_item (clause, i - 1);

      if (item->used ||
          (item->kind != SG_ITEM_NUMBER && item->kind != SG_ITEM_QUANTITY && item->kind != SG_ITEM_WORD))
        break;
      if (item->kind == SG_ITEM_WORD && !sg_item_meaning (item, SG_WORDS_CHOICES) &&
          !sg_item_meaning (item, SG_WORDS_QUANTIFIERS) && !sg_item_meaning (item, SG_WORDS_COLOURS) &&
          !sg_item_meaning (item, SG_WORDS_MATERIALS) && !sg_item_meaning (item, SG_WORDS_STOP) &&
          !sg_item_meaning (item, SG_WORDS_STATES))
        break;
      i--;
    }
  return i;
}

static void
take_modifier (SgClause *clause, Reading *reading, guint i)
{
  SgItem *item = sg_clause_item (clause, i);
  const SgMeaning *choice = sg_item_meaning (item, SG_WORDS_CHOICES);
  const SgMeaning *colour = sg_item_meaning (item, SG_WORDS_COLOURS);
  const SgMeaning *all = sg_item_meaning (item, SG_WORDS_QUANTIFIERS);

  if (item->kind == SG_ITEM_NUMBER)
    reading->count = item->value;
  else if (all)
    reading->quantifier = all;
  else if (choice)
    choose (reading->reference.things, clause, choice);
  else if (colour)
    keep_colour (reading->reference.things, colour->name);
  else
    return;
  reading->chosen |= choice || colour;
  item->used = TRUE;
}

static gboolean
has_choice (const SgClause *clause, guint begin, guint head)
{
  for (guint i = begin; i < head; i++)
    if (sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_CHOICES) ||
        sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_COLOURS))
      return TRUE;
  return FALSE;
}

/* "ball 2", "the ball on the left" */
static guint
take_after (SgClause *clause, Reading *reading, guint head)
{
  guint last = head;

  if (head + 1 >= clause->after)
    return last;
  SgItem *next = sg_clause_item (clause, head + 1);
  const SgMeaning *choice = sg_item_meaning (next, SG_WORDS_CHOICES);
  const GArray *things = reading->reference.things;

  if (next->kind == SG_ITEM_NUMBER && things->len > 1 && next->value >= 1 && next->value <= things->len &&
      next->value == floor (next->value))
    {
      keep_one (reading->reference.things, clause->spec, 'o', next->value);
      reading->chosen = next->used = TRUE;
      last++;
    }
  else if (choice && memchr (clause->words + next->begin, ' ', next->end - next->begin))
    {
      choose (reading->reference.things, clause, choice);
      reading->chosen = next->used = TRUE;
      last++;
    }
  return last;
}

/* Whether what stands there is a noun of something, and not a quantity's name or a filler. */
static const SgMeaning *
noun_at (const SgClause *clause, guint i)
{
  const SgItem *item = sg_clause_item (clause, i);
  const SgMeaning *thing = sg_item_meaning (item, SG_WORDS_THINGS);

  if (!thing || item->used)
    return NULL;
  if (sg_item_meaning (item, SG_WORDS_PROPERTIES))
    for (guint k = i + 1; k < clause->after; k++)
      {
        const SgItem *next = sg_clause_item (clause, k);

        if (next->kind == SG_ITEM_QUANTITY || next->kind == SG_ITEM_NUMBER ||
            sg_item_meaning (next, SG_WORDS_LINKS))
          return NULL;
        if (!sg_item_meaning (next, SG_WORDS_STOP))
          break;
      }
  return thing;
}

static gboolean
read_name (SgClause *clause, guint i, Reading *reading)
{
  SgItem *item = sg_clause_item (clause, i);
  SgBody *body = sg_spec_find_body (clause->spec, item->name);
  GArray *things = reading->reference.things;

  item->used = TRUE;
  if (body)
    add_body (things, body, 0);
  for (guint k = 0; !body && k < clause->spec->tendons->len; k++)
    {
      SgTendon *tendon = &g_array_index (clause->spec->tendons, SgTendon, k);
      SgThing thing = { .kind = SG_THING_TENDON, .tendon = tendon, .name = tendon->name };

      if (g_str_equal (tendon->name, item->name))
        g_array_append_val (things, thing);
    }
  for (guint k = 0; things->len == 0 && k < clause->spec->geoms->len; k++)
    if (g_str_equal (g_array_index (clause->spec->geoms, SgGeom, k).name, item->name))
      add_geom (things, NULL, &g_array_index (clause->spec->geoms, SgGeom, k));
  return things->len > 0;
}

static gboolean
is_filler (const SgItem *item)
{
  return sg_item_meaning (item, SG_WORDS_STOP) || sg_item_meaning (item, SG_WORDS_PROPERTIES) ||
         sg_item_meaning (item, SG_WORDS_MECHANISMS);
}

/* Whether what was read is one reading only; refuses else. */
static gboolean
is_clear (SgClause *clause, const Reading *reading, guint head)
{
  const guint n = reading->reference.things->len;
  g_autofree char *noun = sg_clause_dup_words (clause, head);

  if (n == 0)
    return sg_clause_refuse (clause, SG_WORDS_NOT_THERE, head, _ ("There is no such “%s” here."), noun);
  if (reading->count > 0 && (guint)reading->count > n)
    return sg_clause_refuse (clause, SG_WORDS_NOT_THERE, head, _ ("There are only %u of “%s”."), n, noun);
  if (reading->quantifier && reading->quantifier->value == 2 && n != 2)
    return sg_clause_refuse (clause, n > 2 ? SG_WORDS_WHICH : SG_WORDS_NOT_THERE, head,
                             _ ("There are %u of “%s”, not two."), n, noun);
  if (n > 1 && !reading->plural && !reading->quantifier && !clause->everything)
    return sg_clause_refuse (clause, SG_WORDS_WHICH, head,
                             _ ("There are %u that “%s” could mean: say which (left, second, all)."), n,
                             noun);
  if (n > 1 && reading->count > 0 && (guint)reading->count < n)
    return sg_clause_refuse (clause, SG_WORDS_WHICH, head, _ ("There are %u of “%s”: say which."), n, noun);
  return TRUE;
}

/* "It", where nothing was spoken of. */
static gboolean
is_vague (const SgClause *clause, const SgMeaning *noun, guint begin, guint head)
{
  return g_str_equal (noun->name, "one") && !has_choice (clause, begin, head) && clause->told->len == 0;
}

static gboolean
read_reference (SgClause *clause, guint head, Reading *reading)
{
  const SgMeaning *noun = sg_item_meaning (sg_clause_item (clause, head), SG_WORDS_THINGS);
  guint begin = modifiers_begin (clause, head);
  SgItem *item = sg_clause_item (clause, head);

  *reading = (Reading){ .count = -1, .reference = { .first = begin, .last = head } };
  if (item->kind == SG_ITEM_NAME)
    {
      reading->reference.things = sg_things_new ();
      return read_name (clause, head, reading);
    }
  reading->reference.things = collect (clause, noun->name, has_choice (clause, begin, head));
  if (reading->reference.things->len == 0 && is_filler (item))
    return TRUE; /* "on a table", where there is none, is no reference */
  if (is_vague (clause, noun, begin, head) && reading->reference.things->len > 1)
    {
      g_array_set_size (reading->reference.things, 0); /* "put it in water": of everything */
      return TRUE;
    }
  item->used = TRUE;
  reading->plural = noun->plural || strchr ("mpca", *noun->name) != NULL;
  for (guint i = head; i-- > begin;)
    take_modifier (clause, reading, i);
  reading->reference.last = take_after (clause, reading, head);
  reading->hangs = strstr ("spring rope damper joint motor", noun->name) != NULL;
  return TRUE;
}

/* After a spring or a joint: "between the ball and the box", "of the left ball". */
static gboolean
read_hanging (SgClause *clause, Reading *reading)
{
  guint i = reading->reference.last + 1;
  gboolean between = FALSE;
  guint n_read = 0;

  for (; i < clause->after && n_read < 2; i++)
    {
      SgItem *item = sg_clause_item (clause, i);
      gboolean is_link = sg_item_meaning (item, SG_WORDS_LINKS) != NULL;

      if (is_link && n_read == 0)
        {
          between = sg_item_is (item, SG_WORDS_LINKS, "between");
          item->used = TRUE;
        }
      else if ((noun_at (clause, i) || item->kind == SG_ITEM_NAME) && (i > reading->reference.last + 1))
        {
          Reading other;

          if (!read_reference (clause, i, &other))
            return FALSE;
          gboolean ok = is_clear (clause, &other, i);
          if (ok)
            keep_touching (reading->reference.things, clause->spec, other.reference.things);
          i = reading->reference.last = other.reference.last;
          g_array_unref (other.reference.things);
          if (!ok)
            return FALSE;
          n_read++;
          if (!between)
            break;
        }
      else if (item->kind == SG_ITEM_BREAK && !(between && n_read == 1))
        break;
      else if (item->kind == SG_ITEM_WORD && !is_link && !sg_item_meaning (item, SG_WORDS_STOP) &&
               !sg_item_meaning (item, SG_WORDS_CHOICES) && !sg_item_meaning (item, SG_WORDS_QUANTIFIERS) &&
               !sg_item_meaning (item, SG_WORDS_COLOURS))
        break;
      else if (item->kind == SG_ITEM_QUANTITY || item->kind == SG_ITEM_NUMBER || item->kind == SG_ITEM_FACTOR)
        break;
    }
  return TRUE;
}

/* "the ball on the ramp": the second says where the first is. */
static gboolean
is_locator (const SgClause *clause, const GArray *references, guint begin)
{
  if (references->len == 0)
    return FALSE;
  for (guint i = g_array_index (references, SgReference, references->len - 1).last + 1; i < begin; i++)
    if (!sg_item_is (sg_clause_item (clause, i), SG_WORDS_LINKS, "of") &&
        !sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_STOP))
      return FALSE;
  for (guint i = g_array_index (references, SgReference, references->len - 1).last + 1; i < begin; i++)
    if (sg_item_is (sg_clause_item (clause, i), SG_WORDS_LINKS, "of"))
      return TRUE;
  return FALSE;
}

gboolean
sg_clause_references (SgClause *clause, GArray **references)
{
  gboolean joins = sg_clause_find (clause, clause->first, SG_WORDS_VERBS, "join") >= 0 ||
                   sg_clause_find (clause, clause->first, SG_WORDS_VERBS, "add") >= 0;

  *references = g_array_new (FALSE, FALSE, sizeof (SgReference));
  g_array_set_clear_func (*references, reference_clear);
  for (guint i = clause->first; i < clause->after; i++)
    {
      Reading reading;
      const SgMeaning *noun = noun_at (clause, i);
      gboolean is_tie = noun && strstr ("spring rope damper motor", noun->name);

      if ((!noun || (joins && is_tie)) &&
          (sg_clause_item (clause, i)->kind != SG_ITEM_NAME || sg_clause_item (clause, i)->used))
        continue;
      gboolean locates = !joins && is_locator (clause, *references, modifiers_begin (clause, i));
      gboolean ok = read_reference (clause, i, &reading);
      gboolean nothing = ok && reading.reference.things->len == 0 && !sg_clause_item (clause, i)->used;

      if (ok && !nothing && reading.hangs)
        ok = read_hanging (clause, &reading);
      ok = ok && (nothing || is_clear (clause, &reading, i));
      i = MAX (i, reading.reference.last);
      if (!ok || nothing || locates)
        g_array_unref (reading.reference.things);
      else
        g_array_append_val (*references, reading.reference);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}
