/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels to quantities: [name] [=] number [unit], or one word. The unit decides what a number is; without
 * one the name does. Pure functions over two tables, any thread. */
#include "vision/text.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *name;
  SgQuantityKind kind;
  double factor; /* to SI */
} Unit;

/* Lower case, without blanks, dots and carets: what compact () leaves of "N·s/m" or "m/s^2". */
static const Unit units[] = {
  { "kg", SG_QUANTITY_MASS, 1 },
  { "g", SG_QUANTITY_MASS, 1e-3 },
  { "t", SG_QUANTITY_MASS, 1e3 },
  { "lb", SG_QUANTITY_MASS, 0.45359237 },
  { "n/m", SG_QUANTITY_STIFFNESS, 1 },
  { "n/cm", SG_QUANTITY_STIFFNESS, 1e2 },
  { "n/mm", SG_QUANTITY_STIFFNESS, 1e3 },
  { "kn/m", SG_QUANTITY_STIFFNESS, 1e3 },
  { "ns/m", SG_QUANTITY_DAMPING, 1 },
  { "kg/s", SG_QUANTITY_DAMPING, 1 },
  { "m/s", SG_QUANTITY_SPEED, 1 },
  { "cm/s", SG_QUANTITY_SPEED, 1e-2 },
  { "mm/s", SG_QUANTITY_SPEED, 1e-3 },
  { "km/h", SG_QUANTITY_SPEED, 1 / 3.6 },
  { "m/s2", SG_QUANTITY_GRAVITY, 1 },
  { "deg", SG_QUANTITY_ANGLE, G_PI / 180 },
  { "degree", SG_QUANTITY_ANGLE, G_PI / 180 },
  { "degrees", SG_QUANTITY_ANGLE, G_PI / 180 },
  { "rad", SG_QUANTITY_ANGLE, 1 },
  { "m", SG_QUANTITY_LENGTH, 1 },
  { "cm", SG_QUANTITY_LENGTH, 1e-2 },
  { "mm", SG_QUANTITY_LENGTH, 1e-3 },
  { "km", SG_QUANTITY_LENGTH, 1e3 },
  { "in", SG_QUANTITY_LENGTH, 0.0254 },
  { "ft", SG_QUANTITY_LENGTH, 0.3048 },
  { "n", SG_QUANTITY_FORCE, 1 },
  { "kn", SG_QUANTITY_FORCE, 1e3 },
  { "rpm", SG_QUANTITY_ANGULAR_SPEED, G_PI / 30 },
  { "rad/s", SG_QUANTITY_ANGULAR_SPEED, 1 },
  { "deg/s", SG_QUANTITY_ANGULAR_SPEED, G_PI / 180 },
  { "rev/s", SG_QUANTITY_ANGULAR_SPEED, 2 * G_PI },
  { "hz", SG_QUANTITY_ANGULAR_SPEED, 2 * G_PI },
};

/* What "name = number" means without a unit; `factor` as above. */
static const Unit names[] = {
  { "m", SG_QUANTITY_MASS, 1 },
  { "mass", SG_QUANTITY_MASS, 1 },
  { "k", SG_QUANTITY_STIFFNESS, 1 },
  { "stiffness", SG_QUANTITY_STIFFNESS, 1 },
  { "c", SG_QUANTITY_DAMPING, 1 },
  { "damping", SG_QUANTITY_DAMPING, 1 },
  { "v", SG_QUANTITY_SPEED, 1 },
  { "v0", SG_QUANTITY_SPEED, 1 },
  { "speed", SG_QUANTITY_SPEED, 1 },
  { "velocity", SG_QUANTITY_SPEED, 1 },
  { "mu", SG_QUANTITY_FRICTION, 1 },
  { "friction", SG_QUANTITY_FRICTION, 1 },
  { "e", SG_QUANTITY_RESTITUTION, 1 },
  { "restitution", SG_QUANTITY_RESTITUTION, 1 },
  { "theta", SG_QUANTITY_ANGLE, G_PI / 180 },
  { "angle", SG_QUANTITY_ANGLE, G_PI / 180 },
  { "l", SG_QUANTITY_LENGTH, 1 },
  { "length", SG_QUANTITY_LENGTH, 1 },
  { "f", SG_QUANTITY_FORCE, 1 },
  { "force", SG_QUANTITY_FORCE, 1 },
  { "omega", SG_QUANTITY_ANGULAR_SPEED, 1 },
  { "w", SG_QUANTITY_ANGULAR_SPEED, 1 },
  { "g", SG_QUANTITY_GRAVITY, 1 },
  { "gravity", SG_QUANTITY_GRAVITY, 1 },
};

typedef struct
{
  const char *said;
  SgQuantityKind kind;
  const char *meant;
} Word;

static const Word words[] = {
  { "ice", SG_QUANTITY_MATERIAL, "ice" },
  { "icy", SG_QUANTITY_MATERIAL, "ice" },
  { "rubber", SG_QUANTITY_MATERIAL, "rubber" },
  { "steel", SG_QUANTITY_MATERIAL, "steel" },
  { "iron", SG_QUANTITY_MATERIAL, "steel" },
  { "metal", SG_QUANTITY_MATERIAL, "steel" },
  { "wood", SG_QUANTITY_MATERIAL, "wood" },
  { "stone", SG_QUANTITY_MATERIAL, "stone" },
  { "concrete", SG_QUANTITY_MATERIAL, "stone" },
  { "glass", SG_QUANTITY_MATERIAL, "glass" },
  { "foam", SG_QUANTITY_MATERIAL, "foam" },
  { "rod", SG_QUANTITY_WORD, "rod" },
  { "bar", SG_QUANTITY_WORD, "rod" },
  { "rope", SG_QUANTITY_WORD, "rope" },
  { "string", SG_QUANTITY_WORD, "rope" },
  { "cable", SG_QUANTITY_WORD, "rope" },
  { "cord", SG_QUANTITY_WORD, "rope" },
  { "spring", SG_QUANTITY_WORD, "spring" },
  { "damper", SG_QUANTITY_WORD, "damper" },
  { "motor", SG_QUANTITY_WORD, "motor" },
  { "fixed", SG_QUANTITY_WORD, "fixed" },
  { "ground", SG_QUANTITY_WORD, "fixed" },
  { "floor", SG_QUANTITY_WORD, "fixed" },
  { "wall", SG_QUANTITY_WORD, "fixed" },
  { "g", SG_QUANTITY_WORD, "g" },
  { "gravity", SG_QUANTITY_WORD, "g" },
  { "v", SG_QUANTITY_WORD, "v" },
  { "v0", SG_QUANTITY_WORD, "v" },
  { "velocity", SG_QUANTITY_WORD, "v" },
  { "f", SG_QUANTITY_WORD, "f" },
  { "force", SG_QUANTITY_WORD, "f" },
};

/* Signs that people write instead of letters. */
static const char *const spellings[][2] = {
  { "μ", "mu" },
  { "µ", "mu" },
  { "°", "deg" },
  { "²", "2" },
  { "ω", "omega" },
  { "Ω", "omega" },
  { "θ", "theta" },
  { "·", "" },
  { "×", "" },
  { "−", "-" },
  { "≈", "=" },
  { "^", "" },
  { "*", "" },
  { "%", "percent" },
};

static char *
spell_out (const char *text)
{
  g_autoptr (GString) spelled = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    g_string_replace (spelled, spellings[i][0], spellings[i][1], 0);
  /* A decimal comma */
  for (gsize i = 1; i + 1 < spelled->len; i++)
    if (spelled->str[i] == ',' && g_ascii_isdigit (spelled->str[i - 1]) &&
        g_ascii_isdigit (spelled->str[i + 1]))
      spelled->str[i] = '.';
  g_autofree char *lower = g_ascii_strdown (spelled->str, -1);
  return g_strdup (g_strstrip (lower));
}

/* The letters and digits of `text` up to `end`, blanks dropped. */
static char *
compact (const char *text, const char *end)
{
  GString *out = g_string_new (NULL);

  for (; text < end; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (out, *text);
  return g_string_free (out, FALSE);
}

static const Unit *
find_unit (const Unit *table, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (table[i].name, name) == 0)
      return &table[i];
  return NULL;
}

/* The unit that `text` begins with: all of it ("n s/m"), or else its first word ("kg ball"). */
static const Unit *
read_unit (const char *text)
{
  g_autofree char *all = compact (text, text + strlen (text));
  const Unit *unit = find_unit (units, G_N_ELEMENTS (units), all);

  if (unit)
    return unit;
  while (g_ascii_isspace (*text))
    text++;
  g_autofree char *first = compact (text, text + strcspn (text, " \t,;.)"));
  return find_unit (units, G_N_ELEMENTS (units), first);
}

/* Where the number begins: at the first digit, with its sign and point, that does not belong to a name such
 * as "v0". */
static const char *
find_number (const char *text)
{
  for (const char *p = text; *p; p++)
    {
      if (!g_ascii_isdigit (*p) || (p > text && g_ascii_isalpha (p[-1]) && strchr (p, '=') > p))
        continue;
      while (p > text && strchr (".+-", p[-1]))
        p--;
      return p;
    }
  return NULL;
}

static gboolean
is_possible (const SgQuantity *quantity)
{
  if (!isfinite (quantity->value))
    return FALSE;
  switch (quantity->kind)
    {
    case SG_QUANTITY_MASS:
    case SG_QUANTITY_STIFFNESS:
    case SG_QUANTITY_LENGTH:
      return quantity->value > 0;
    case SG_QUANTITY_DAMPING:
    case SG_QUANTITY_FRICTION:
      return quantity->value >= 0;
    case SG_QUANTITY_RESTITUTION:
      return quantity->value >= 0 && quantity->value <= 1;
    default:
      return TRUE;
    }
}

static gboolean
read_number (const char *text, const char *number, SgQuantity *quantity)
{
  char *rest;
  double value = g_ascii_strtod (number, &rest);
  const char *name_end = text + strcspn (text, "=:");
  g_autofree char *name = compact (text, MIN (name_end, number));
  const Unit *unit = read_unit (rest);
  const Unit *named = find_unit (names, G_N_ELEMENTS (names), name);

  rest = g_strstrip (rest);
  if (named && strcmp (rest, "percent") == 0)
    value /= 100;
  else if (*rest && !unit)
    return FALSE;
  if (!unit)
    unit = named;
  if (!unit)
    return FALSE;
  quantity->kind = unit->kind;
  quantity->value = value * unit->factor;
  return is_possible (quantity);
}

static gboolean
read_word (const char *text, SgQuantity *quantity)
{
  if (strcmp (text, "frictionless") == 0 || strcmp (text, "no friction") == 0 || strcmp (text, "smooth") == 0)
    {
      quantity->kind = SG_QUANTITY_FRICTION;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i].said) == 0)
      {
        quantity->kind = words[i].kind;
        g_strlcpy (quantity->word, words[i].meant, sizeof quantity->word);
        return TRUE;
      }
  return FALSE;
}

gboolean
sg_text_parse_quantity (const char *text, SgQuantity *quantity)
{
  g_autofree char *spelled = spell_out (text);
  const char *number = find_number (spelled);

  *quantity = (SgQuantity){ .kind = SG_QUANTITY_NONE };
  if (number ? read_number (spelled, number, quantity) : read_word (spelled, quantity))
    return TRUE;
  *quantity = (SgQuantity){ .kind = SG_QUANTITY_NONE };
  return FALSE;
}
