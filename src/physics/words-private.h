/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the words share: one clause taken apart, and the things of a spec that it speaks of. */
#pragma once

#include "physics/spec.h"
#include "vision/text.h"

G_BEGIN_DECLS

/* -- words-clause.c: the text -- */

typedef struct
{
  char *text;   /* lower case, numbers and units as on labels: "ball weighs 2 kg" */
  char **words; /* of `text`, NULL-terminated */
} SgClause;

SgClause *sg_clause_new (const char *said);
void sg_clause_free (SgClause *clause);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgClause, sg_clause_free)

gboolean sg_clause_has (const SgClause *clause, const char *word);
gboolean sg_clause_has_any (const SgClause *clause, const char *const *words); /* NULL-terminated */
gboolean sg_clause_says_no (const SgClause *clause);                           /* "no", "without", "zero" */

/* The number with its unit, or with the name before it ("restitution of 0.8"). FALSE where there is none. */
gboolean sg_clause_quantity (const SgClause *clause, SgQuantity *quantity);
/* A number as it stands. */
gboolean sg_clause_number (const SgClause *clause, double *number);
/* "twice", "half", "double", "3 times", "heavier": what something is to be multiplied by; 0 where nothing
 * says so. `more` and `less` are the words that mean by some. */
double sg_clause_factor (const SgClause *clause, const char *const *more, const char *const *less);

typedef struct
{
  char *said;
  gboolean goes_on; /* it ended in "and" or the like */
} SgSaid;

/* Splits words into clauses at sentences' ends, commas, line feeds and "and". Returns: (transfer full)
 * (element-type SgSaid). */
GArray *sg_words_split (const char *words);

/* -- words-things.c: what it speaks of -- */

typedef struct
{
  SgBody *body;     /* NULL: of the world */
  GPtrArray *geoms; /* SgGeom *, of the spec; the part of the body that is meant */
} SgThing;

/* The things that the clause names ("the left ball", "all boxes", "ramp"), empty where it names none or
 * there are none; they hold until the spec grows. `named` (nullable): whether it used a noun that things
 * have, even where the spec has no such thing. Returns: (transfer full) (element-type SgThing). */
GArray *sg_clause_things (const SgClause *clause, const SgSpec *spec, gboolean *named);
/* All that moves, in the same form. */
GArray *sg_moving_things (const SgSpec *spec);

G_END_DECLS
