/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files about one clause that changes a mechanism share. */
#pragma once

#include "physics/words-private.h"

G_BEGIN_DECLS

typedef struct
{
  SgClause *clause;
  GArray *references; /* SgReference */
  GArray *named;      /* SgThing: all of them together; none where nothing is named */
  gboolean all;       /* "everything" */
} SgSaying;

/* -- words-values.c -- */

/* The first unused item of that meaning, now used; NULL where there is none. `name` (nullable): any. */
const SgMeaning *sg_clause_take (SgClause *clause, SgWordsSection section, const char *name);
/* Name of the property nearest to the value at `i`, before it first; its items are used. None beyond another
 * value; NULL. */
const char *sg_clause_take_property (SgClause *clause, guint i);
double sg_clause_take_turn (SgClause *clause); /* -1: counter-clockwise; 1 where it is not said */

/* What the property is of: what is named; else one thing that moves, or all that can have it. Refuses where
 * several could be meant. Returns: (transfer full) (element-type SgThing). */
GArray *sg_saying_things (const SgSaying *saying, const char *property);
/* Takes away what is named; nothing is named from then on. */
gboolean sg_saying_remove (SgSaying *saying);
void sg_saying_forget (SgSaying *saying); /* what was named: it may be gone */
gboolean sg_saying_set (const SgSaying *saying, const char *property, double value, gboolean is_factor);

/* Each does what the item at `i` says, and uses it; FALSE with the clause's reason. */
gboolean sg_saying_quantity (SgSaying *saying, guint i);
gboolean sg_saying_number (SgSaying *saying, guint i);
gboolean sg_saying_factor (SgSaying *saying, int i); /* -1: a comparison alone, "heavier" */
gboolean sg_saying_negation (SgSaying *saying, guint i);
gboolean sg_saying_place (SgClause *clause, guint i);
gboolean sg_saying_state (SgSaying *saying, guint i);
gboolean sg_saying_look (SgSaying *saying, guint i);
gboolean sg_saying_property (SgSaying *saying, guint i);

G_END_DECLS
