/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The graph of labels, built from what vision/text.c understands and people write by hand: its long names
 * ("restitution") and units of two straight strokes ("t", which is a rod beside an X) are for the keyboard.
 */
#include "vision/writing-grammar.h"

#include "vision/text.h"

typedef struct
{
  const char *sign;
  SgQuantityKind kind;
} Said;

static const Said units[] = {
  { "kg", SG_QUANTITY_MASS },
  { "g", SG_QUANTITY_MASS },
  { "N", SG_QUANTITY_FORCE },
  { "kN", SG_QUANTITY_FORCE },
  { "N/m", SG_QUANTITY_STIFFNESS },
  { "N/cm", SG_QUANTITY_STIFFNESS },
  { "N/mm", SG_QUANTITY_STIFFNESS },
  { "kN/m", SG_QUANTITY_STIFFNESS },
  { "Ns/m", SG_QUANTITY_DAMPING },
  { "kg/s", SG_QUANTITY_DAMPING },
  { "m/s", SG_QUANTITY_SPEED },
  { "cm/s", SG_QUANTITY_SPEED },
  { "km/h", SG_QUANTITY_SPEED },
  { "m/s²", SG_QUANTITY_GRAVITY },
  { "°", SG_QUANTITY_ANGLE },
  { "deg", SG_QUANTITY_ANGLE },
  { "rad", SG_QUANTITY_ANGLE },
  { "m", SG_QUANTITY_LENGTH },
  { "cm", SG_QUANTITY_LENGTH },
  { "mm", SG_QUANTITY_LENGTH },
  { "km", SG_QUANTITY_LENGTH },
  { "rpm", SG_QUANTITY_ANGULAR_SPEED },
  { "rad/s", SG_QUANTITY_ANGULAR_SPEED },
  { "rev/s", SG_QUANTITY_ANGULAR_SPEED },
  { "Hz", SG_QUANTITY_ANGULAR_SPEED },
};

static const Said names[] = {
  { "m", SG_QUANTITY_MASS },
  { "k", SG_QUANTITY_STIFFNESS },
  { "c", SG_QUANTITY_DAMPING },
  { "v", SG_QUANTITY_SPEED },
  { "v0", SG_QUANTITY_SPEED },
  { "mu", SG_QUANTITY_FRICTION },
  { "μ", SG_QUANTITY_FRICTION },
  { "e", SG_QUANTITY_RESTITUTION },
  { "θ", SG_QUANTITY_ANGLE },
  { "l", SG_QUANTITY_LENGTH },
  { "L", SG_QUANTITY_LENGTH },
  { "F", SG_QUANTITY_FORCE },
  { "ω", SG_QUANTITY_ANGULAR_SPEED },
  { "w", SG_QUANTITY_ANGULAR_SPEED },
  { "g", SG_QUANTITY_GRAVITY },
};

static const char *const words[] = {
  "ice",
  "rubber",
  "steel",
  "iron",
  "metal",
  "wood",
  "stone",
  "concrete",
  "glass",
  "foam",
  "rod",
  "bar",
  "rope",
  "string",
  "cable",
  "cord",
  "spring",
  "damper",
  "motor",
  "fixed",
  "ground",
  "floor",
  "wall",
  "g",
  "gravity",
  "velocity",
  "force",
  "v",
  "v0",
  "F",
  "smooth",
  "frictionless",
};

static guint
sign_index (SgGrammar *grammar, gunichar sign)
{
  for (guint i = 0; i < grammar->n_signs; i++)
    if (grammar->signs[i] == sign)
      return i;
  g_assert (grammar->n_signs < SG_GRAMMAR_SIGNS_MAX);
  grammar->signs[grammar->n_signs] = sign;
  return grammar->n_signs++;
}

static guint
add_state (SgGrammar *grammar)
{
  SgGrammarState state = { .first = -1 };

  g_array_append_val (grammar->states, state);
  return grammar->states->len - 1;
}

static SgGrammarState *
state_at (SgGrammar *grammar, guint i)
{
  return &g_array_index (grammar->states, SgGrammarState, i);
}

static void
add_edge (SgGrammar *grammar, guint from, gunichar sign, guint to, gboolean gap)
{
  SgGrammarEdge edge = { sign_index (grammar, sign), to, state_at (grammar, from)->first, gap };

  g_array_append_val (grammar->edges, edge);
  state_at (grammar, from)->first = grammar->edges->len - 1;
}

/* The state reached by `text`, on the way that is there as far as it is. */
static guint
add_text (SgGrammar *grammar, guint from, const char *text, gboolean gap)
{
  for (; *text; text = g_utf8_next_char (text), gap = FALSE)
    {
      guint sign = sign_index (grammar, g_utf8_get_char (text));
      int edge = sg_grammar_state (grammar, from)->first;

      while (edge >= 0 && sg_grammar_edge (grammar, edge)->sign != sign)
        edge = sg_grammar_edge (grammar, edge)->next;
      if (edge < 0)
        {
          guint to = add_state (grammar);

          add_edge (grammar, from, grammar->signs[sign], to, gap);
          from = to;
        }
      else
        from = sg_grammar_edge (grammar, edge)->to;
    }
  return from;
}

static void
add_digits (SgGrammar *grammar, guint from, gunichar first, guint to)
{
  for (gunichar digit = first; digit <= '9'; digit++)
    add_edge (grammar, from, digit, to, FALSE);
}

/* The units of `kind` (of all kinds: SG_QUANTITY_NONE) after a number that ends in `from`. */
static void
add_units (SgGrammar *grammar, guint from, SgQuantityKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (kind == SG_QUANTITY_NONE || units[i].kind == kind)
      {
        gboolean gap = g_utf8_get_char (units[i].sign) != 0xb0;

        state_at (grammar, add_text (grammar, from, units[i].sign, gap))->accept = TRUE;
      }
}

/* A number from state `from` on, and what may follow it. */
static void
add_number (SgGrammar *grammar, guint from, SgQuantityKind kind)
{
  guint sign = add_state (grammar), zero = add_state (grammar), whole = add_state (grammar),
        point = add_state (grammar), part = add_state (grammar);
  guint ends[] = { zero, whole, part };

  if (kind == SG_QUANTITY_SPEED || kind == SG_QUANTITY_ANGULAR_SPEED || kind == SG_QUANTITY_FORCE)
    add_edge (grammar, from, '-', sign, FALSE);
  for (guint i = 0; i < 2; i++)
    {
      guint start = i == 0 ? from : sign;

      add_edge (grammar, start, '0', zero, FALSE);
      add_edge (grammar, start, '.', point, FALSE);
      add_digits (grammar, start, '1', whole);
    }
  add_digits (grammar, whole, '0', whole);
  add_digits (grammar, point, '0', part);
  add_digits (grammar, part, '0', part);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (ends[i] != part)
        {
          add_edge (grammar, ends[i], '.', point, FALSE);
          add_edge (grammar, ends[i], ',', point, FALSE);
        }
      add_units (grammar, ends[i], kind);
      state_at (grammar, ends[i])->accept = kind != SG_QUANTITY_NONE;
    }
}

static SgGrammar *
grammar_new (void)
{
  SgGrammar *grammar = g_new0 (SgGrammar, 1);

  grammar->states = g_array_sized_new (FALSE, FALSE, sizeof (SgGrammarState), 1024);
  grammar->edges = g_array_sized_new (FALSE, FALSE, sizeof (SgGrammarEdge), 2048);
  add_state (grammar);
  return grammar;
}

SgGrammar *
sg_grammar_new (void)
{
  SgGrammar *grammar = grammar_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    state_at (grammar, add_text (grammar, 0, words[i], FALSE))->accept = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint named = add_text (grammar, 0, names[i].sign, FALSE);

      add_number (grammar, add_text (grammar, named, "=", FALSE), names[i].kind);
    }
  add_number (grammar, 0, SG_QUANTITY_NONE);
  return grammar;
}

SgGrammar *
sg_grammar_new_free (void)
{
  SgGrammar *grammar = grammar_new ();

  state_at (grammar, 0)->accept = TRUE;
  add_digits (grammar, 0, '0', 0);
  for (gunichar letter = 'a'; letter <= 'z'; letter++)
    add_edge (grammar, 0, letter, 0, FALSE);
  return grammar;
}

void
sg_grammar_free (SgGrammar *grammar)
{
  g_array_unref (grammar->states);
  g_array_unref (grammar->edges);
  g_free (grammar);
}
