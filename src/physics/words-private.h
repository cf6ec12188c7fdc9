/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the words share.
 *
 *   text -> items (words-items.c) -> clauses (words.c) -> mechanism (words-make*.c) or change
 *   (words-saying.c, words-values.c, words-change.c, words-verbs.c), which speak of things
 * (words-references.c)
 */
#pragma once

#include "physics/spec.h"
#include "physics/words-vocabulary.h"
#include "physics/words.h"

G_BEGIN_DECLS

/* -- words-items.c: the text taken apart -- */

typedef enum
{
  SG_ITEM_WORD,     /* a phrase of the vocabulary: `meanings` */
  SG_ITEM_QUANTITY, /* a number with a unit: `name` is the dimension, `value` in SI */
  SG_ITEM_NUMBER,
  SG_ITEM_FACTOR,  /* "twice", "3 times": `value` */
  SG_ITEM_NAME,    /* of a body or a part of the spec: "ball2" */
  SG_ITEM_BREAK,   /* end of a sentence, comma, "and": `value` is how strong, below */
  SG_ITEM_UNKNOWN, /* a word that SimGen does not know */
} SgItemKind;

#define SG_BREAK_WITH 1
#define SG_BREAK_AND 2
#define SG_BREAK_COMMA 3
#define SG_BREAK_SENTENCE 4

typedef struct
{
  SgItemKind kind;
  const GArray *meanings; /* (nullable) SgMeaning; borrowed of the vocabulary */
  const char *name;       /* (nullable) interned, or of `names` */
  double value;
  guint begin, end; /* bytes of the text */
  gboolean used;
} SgItem;

/* Items of UTF-8 text, in order. `spec` (nullable): whose parts have names. A name lasts as long as `names`.
 * Returns: (transfer full) (element-type SgItem). */
GArray *sg_words_items (const char *words, const SgSpec *spec, GStringChunk *names);

/* What the item means in that section; NULL where nothing. */
const SgMeaning *sg_item_meaning (const SgItem *item, SgWordsSection section);
/* ... and has that name. */
gboolean sg_item_is (const SgItem *item, SgWordsSection section, const char *name);
gboolean sg_item_is_quantity (const SgItem *item, const char *dimension);

/* -- words-clause.c: a run of items that is looked at together -- */

typedef struct
{
  SgSpec *spec;
  GArray *items;      /* SgItem; all of the words */
  guint first, after; /* those of this clause */
  const char *words;
  GPtrArray *told; /* char *: name of what "it" is, from the clauses before */

  GString *says;        /* what was understood so far, for the chip */
  SgWordsReason reason; /* why not, where it was not */
  char *why;            /* (nullable) the sentence */
  int culprit;          /* index of the item that it is about; -1: the whole clause */
  gboolean everything;  /* no name needed: a mechanism that these words made */
  gboolean inherits;    /* after "and": what is said is of what was spoken of before */
} SgClause;

SgItem *sg_clause_item (const SgClause *clause, guint i);
/* First item from `from` of that meaning that is not used; -1: none. `name` (nullable): any. */
int sg_clause_find (const SgClause *clause, guint from, SgWordsSection section, const char *name);
int sg_clause_find_kind (const SgClause *clause, guint from, SgItemKind kind);
int sg_clause_find_quantity (const SgClause *clause, guint from, const char *dimension);

/* Notes the first reason why the clause cannot be; the printf text is for the person. Returns FALSE. */
gboolean sg_clause_refuse (SgClause *clause, SgWordsReason reason, int culprit, const char *format, ...)
  G_GNUC_PRINTF (4, 5);
/* Whether all of its words are known, and within what SimGen simulates; refuses else. */
gboolean sg_clause_is_known (SgClause *clause);
char *sg_clause_dup_words (const SgClause *clause, guint i); /* as they were written */
/* Adds to what was understood: "ball1, ball2: 2 kg". */
void sg_clause_says (SgClause *clause, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* -- words-things.c: what it speaks of -- */

typedef enum
{
  SG_THING_BODY,
  SG_THING_GEOM, /* of the world */
  SG_THING_TENDON,
  SG_THING_JOINT,
  SG_THING_ACTUATOR,
} SgThingKind;

/* Its pointers hold until the spec grows. */
typedef struct
{
  SgThingKind kind;
  SgBody *body;     /* body, joint; else NULL */
  GPtrArray *geoms; /* SgGeom *; body, geom: the part that is meant */
  SgTendon *tendon;
  SgJoint *joint;
  SgActuator *actuator;
  const char *name;
} SgThing;

/* One noun with what belongs to it: "both red balls", "the spring between the ball and the box". */
typedef struct
{
  GArray *things;    /* SgThing */
  guint first, last; /* items */
} SgReference;

/* -- words-references.c -- */

/* Reads all references of the clause, and marks their items as used. FALSE where one is to nothing or to one
 * of several, with the clause's reason. Returns (out): (element-type SgReference). */
gboolean sg_clause_references (SgClause *clause, GArray **references);
/* -- words-things.c -- */

/* All that a noun of the vocabulary could mean; `chosen`: more is said of which. Returns: (transfer full)
 * (element-type SgThing). */
GArray *sg_clause_collect (const SgClause *clause, const char *noun, gboolean chosen);
/* All that moves, as references have it. Returns: (transfer full) (element-type SgThing). */
GArray *sg_moving_things (const SgSpec *spec);
/* All bodies and geoms of the world. */
GArray *sg_all_things (const SgSpec *spec);
GArray *sg_things_new (void);
void sg_things_add_body (GArray *things, SgBody *body);
void sg_things_add_geom (GArray *things, SgBody *body, SgGeom *geom); /* `body` NULL: of the world */
void sg_things_add_tendons (GArray *things, const SgSpec *spec, SgTendonType type);
void sg_things_add_joints (GArray *things, const SgSpec *spec);
void sg_thing_place (const SgThing *thing, const SgSpec *spec, double place[3]); /* m, in the world */
double sg_thing_mass (const SgThing *thing);
/* (nullable): the body that has a site of that name, and the site; NULL where it is the world's. */
SgBody *sg_site_owner (const SgSpec *spec, const char *name, const SgSite **found);

/* -- words-choosing.c: of those that it could mean those that are meant -- */

/* Only the one that comes `which`th, from 1, `by` 'x', 'z', 's'ize, 'm'ass or else their order; negative:
 * from the end; nothing where there is none. */
void sg_things_keep_one (GArray *things, const SgSpec *spec, char by, int which);
void sg_things_keep_colour (GArray *things, const char *colour);
void sg_things_choose (GArray *things, const SgClause *clause, const SgMeaning *choice);
/* Springs, ropes, joints and motors at any of the others. */
void sg_things_keep_touching (GArray *things, const SgSpec *spec, const GArray *others);

/* -- words-change.c: one property of things -- */

/* Sets, or multiplies where `is_factor`, a property by its name. FALSE where no thing has it or the value
 * cannot be, with the clause's reason. */
gboolean sg_change_property (
  SgClause *clause, const GArray *things, const char *property, double value, gboolean is_factor);
gboolean sg_change_gravity (SgClause *clause, double gravity);
gboolean sg_change_air (SgClause *clause, double density);
gboolean sg_change_colour (SgClause *clause, const GArray *things, const char *colour);
gboolean sg_change_material (SgClause *clause, const GArray *things, const char *material);
/* m/s towards `degrees` from the right, counter-clockwise as seen from the front. */
gboolean sg_change_velocity (SgClause *clause, const GArray *things, double speed, double degrees);
void sg_words_colour (const char *name, float rgba[4]); /* leaves alpha */
double sg_clause_gravity (const SgClause *clause);      /* m/s2, as it is */

/* -- words-verbs.c: what there is -- */

/* Each FALSE with the clause's reason where it cannot. `references` as sg_clause_references gives. */
gboolean sg_verb_remove (SgClause *clause, const GArray *references);
gboolean sg_verb_swap (SgClause *clause, const GArray *references);
gboolean sg_verb_fix (SgClause *clause, const GArray *things, gboolean fix);
gboolean sg_verb_join (SgClause *clause, const GArray *things, SgTendonType type, gboolean damper);
gboolean sg_verb_add_motor (SgClause *clause, const GArray *things, double speed);

/* -- words-saying.c: a clause that changes -- */

/* FALSE with the clause's reason and the spec in any state. */
gboolean sg_clause_apply (SgClause *clause);

/* -- words-make.c: a mechanism from words alone -- */

/* Takes the items that it needs from the clause, which is a whole text, and fills the empty spec. FALSE where
 * no mechanism is asked for; the spec is then as it was. */
gboolean sg_words_make (SgClause *clause);

G_END_DECLS
