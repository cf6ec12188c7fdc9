/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nouns of a clause -> things of the spec: by name ("ball2"), by what they are called ("the balls", "the
 * crate"), else by their shape; then "left", "lower", "second" choose among them. */
#include <string.h>

#include "physics/words-private.h"

#define SHAPE(type) (1u << SG_GEOM_##type)
#define ROUND (SHAPE (SPHERE) | SHAPE (CYLINDER) | SHAPE (ELLIPSOID))

typedef struct
{
  const char *said[8];  /* singular; NULL-terminated */
  const char *stems[6]; /* of names that bodies and the world's geoms have; NULL-terminated */
  guint shapes;         /* SHAPE () of them; where nothing has such a name, what has such a shape */
} Noun;

static const Noun nouns[] = {
  { { "ball", "sphere", "circle", "disc", "disk", "bob", "marble" }, { "ball", "sphere" }, ROUND },
  { { "box", "cube", "block", "crate", "square", "rectangle", "cart" }, { "box", "cart" }, SHAPE (BOX) },
  { { "rod", "bar", "stick", "beam", "plank", "link", "arm" }, { "rod", "link" }, SHAPE (CAPSULE) },
  { { "wheel", "tire", "tyre" }, { "wheel" }, 0 },
  { { "pulley" }, { "pulley" }, 0 },
  { { "triangle", "wedge" }, { "triangle" }, 0 },
  { { "polygon" }, { "polygon" }, SHAPE (PRISM) },
  { { "blob" }, { "blob" }, 0 },
  { { "ramp", "slope", "incline", "slide" }, { "ramp", "track" }, 0 },
  { { "ground", "floor", "table" }, { "ground", "floor", "plane", "base" }, 0 },
  { { "wall" }, { "wall" }, 0 },
  { { "track", "rail" }, { "track" }, 0 },
  { { "ceiling" }, { "ceiling" }, 0 },
};

/* -- Collecting -- */

static void
thing_clear (gpointer data)
{
  g_ptr_array_unref (((SgThing *)data)->geoms);
}

static GArray *
things_new (void)
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
  SgThing thing = { body, g_ptr_array_new () };
  gboolean by_shape = count_shapes (body->geoms, shapes) > 0;

  for (guint i = 0; i < body->geoms->len; i++)
    {
      SgGeom *geom = &g_array_index (body->geoms, SgGeom, i);

      if (!by_shape || (shapes >> geom->type) & 1)
        g_ptr_array_add (thing.geoms, geom);
    }
  g_array_append_val (things, thing);
}

static void
add_world_geom (GArray *things, SgGeom *geom)
{
  SgThing thing = { NULL, g_ptr_array_new () };

  g_ptr_array_add (thing.geoms, geom);
  g_array_append_val (things, thing);
}

static gboolean
has_stem (const char *name, const char *const *stems)
{
  for (; *stems; stems++)
    if (g_str_has_prefix (name, *stems) && !g_ascii_isalpha (name[strlen (*stems)]))
      return TRUE;
  return FALSE;
}

static void
collect (GArray *things, const SgSpec *spec, const Noun *noun)
{
  guint before = things->len;

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (has_stem (body->name, noun->stems))
        add_body (things, body, noun->shapes);
    }
  for (guint i = 0; i < spec->geoms->len; i++)
    {
      SgGeom *geom = &g_array_index (spec->geoms, SgGeom, i);

      if (has_stem (geom->name, noun->stems))
        add_world_geom (things, geom);
    }
  for (guint i = 0; things->len == before && i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (count_shapes (body->geoms, noun->shapes) > 0)
        add_body (things, body, noun->shapes);
    }
}

/* -- Nouns -- */

/* "ball", "balls", "boxes" */
static gboolean
is_noun (const char *word, const char *singular)
{
  gsize length = strlen (singular);

  if (strncmp (word, singular, length) != 0)
    return FALSE;
  word += length;
  return g_str_equal (word, "") || g_str_equal (word, "s") || g_str_equal (word, "es");
}

static const Noun *
find_noun (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    for (const char *const *said = nouns[i].said; *said; said++)
      if (is_noun (word, *said))
        return &nouns[i];
  return NULL;
}

/* -- Choosing -- */

/* Where the thing is, summed up over its parents: enough to tell left from right. */
static void
place_of (const SgThing *thing, const SgSpec *spec, double place[3])
{
  const SgBody *body = thing->body;

  memcpy (place, ((const SgGeom *)thing->geoms->pdata[0])->pos, 3 * sizeof *place);
  for (guint up = 0; body && up < spec->bodies->len; up++)
    {
      for (guint k = 0; k < 3; k++)
        place[k] += body->pos[k];
      body = sg_spec_find_body (spec, body->parent);
    }
}

static double
weigh (const SgThing *thing)
{
  double mass = 0;

  for (guint i = 0; i < thing->geoms->len; i++)
    mass += sg_geom_mass (thing->geoms->pdata[i]);
  return mass;
}

typedef enum
{
  BY_X,
  BY_Z,
  BY_SIZE,
  BY_ORDER
} Order;

static const struct
{
  const char *word;
  Order by;
  int which; /* from the smallest, 0 first; -1: the largest */
} choices[] = {
  { "left", BY_X, 0 },
  { "leftmost", BY_X, 0 },
  { "right", BY_X, -1 },
  { "rightmost", BY_X, -1 },
  { "top", BY_Z, -1 },
  { "upper", BY_Z, -1 },
  { "highest", BY_Z, -1 },
  { "bottom", BY_Z, 0 },
  { "lower", BY_Z, 0 },
  { "lowest", BY_Z, 0 },
  { "big", BY_SIZE, -1 },
  { "bigger", BY_SIZE, -1 },
  { "biggest", BY_SIZE, -1 },
  { "large", BY_SIZE, -1 },
  { "larger", BY_SIZE, -1 },
  { "largest", BY_SIZE, -1 },
  { "small", BY_SIZE, 0 },
  { "smaller", BY_SIZE, 0 },
  { "smallest", BY_SIZE, 0 },
  { "first", BY_ORDER, 0 },
  { "second", BY_ORDER, 1 },
  { "third", BY_ORDER, 2 },
  { "fourth", BY_ORDER, 3 },
  { "last", BY_ORDER, -1 },
};

static double
rank_of (const SgThing *thing, const SgSpec *spec, Order by, guint i)
{
  double place[3];

  place_of (thing, spec, place);
  switch (by)
    {
    case BY_X:
      return place[0];
    case BY_Z:
      return place[2];
    case BY_SIZE:
      return weigh (thing);
    case BY_ORDER:
      break;
    }
  return i;
}

/* Keeps only the one that comes `which`th; nothing where there is none. */
static void
keep_one (GArray *things, const SgSpec *spec, Order by, int which)
{
  const guint n = things->len;
  const guint wanted = which < 0 ? n - 1 : (guint)which;
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

static void
choose (GArray *things, const SgClause *clause, const SgSpec *spec)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (things->len > 0 && sg_clause_has (clause, choices[i].word))
      keep_one (things, spec, choices[i].by, choices[i].which);
}

static gboolean
has_body (const GArray *things, const SgBody *body)
{
  for (guint i = 0; i < things->len; i++)
    if (g_array_index (things, SgThing, i).body == body)
      return TRUE;
  return FALSE;
}

GArray *
sg_clause_things (const SgClause *clause, const SgSpec *spec, gboolean *named)
{
  GArray *things = things_new ();
  gboolean seen[G_N_ELEMENTS (nouns)] = { FALSE }, any = FALSE;

  for (guint i = 0; clause->words[i]; i++)
    {
      SgBody *body = sg_spec_find_body (spec, clause->words[i]);
      const Noun *noun = find_noun (clause->words[i]);

      if (body && body->geoms->len > 0 && !has_body (things, body))
        add_body (things, body, 0);
      else if (noun && !seen[noun - nouns])
        {
          seen[noun - nouns] = TRUE;
          collect (things, spec, noun);
        }
      any |= body || noun;
    }
  choose (things, clause, spec);
  if (named)
    *named = any;
  return things;
}

GArray *
sg_moving_things (const SgSpec *spec)
{
  GArray *things = things_new ();

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (body->joints->len > 0 && body->geoms->len > 0)
        add_body (things, body, 0);
    }
  return things;
}
