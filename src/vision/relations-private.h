/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the rules of the page share. Each file of relations-*.c owns the rules of one concern; relations.c
 * calls them in an order in which each finds settled what it asks for. Distances are page units.
 */
#pragma once

#include "sketch/page.h"
#include "vision/issues.h"
#include "vision/layout.h"
#include "vision/relations.h"
#include "vision/text.h"

G_BEGIN_DECLS

#define SG_TICK_LENGTH 32.0 /* longer than this no stroke of hatching is; page units */

typedef struct
{
  SgReading *reading;
  const SgPage *page;
  SgLayout *layout;
  SgQuantity *said;  /* by element: what a label says; kind NONE for everything else */
  gboolean *decided; /* by element: its role is settled by a word or a sign, context must not change it */
  guint *trace;      /* by element: number of the trace that it is part of, 0: none */
  GArray *pins;      /* of guint: elements that became pins; some may be none any more */
  double pen;        /* width of the pen, the measure of a hand's noise */
  double unit;       /* 1 for a drawing of usual size; what the rules give in page units is times this */
  double touch;      /* marks this near were meant to touch */
  GHashTable *pairs; /* set of relation_key () of the first n_paired relations; rules only add */
  guint n_paired;
} SgSense;

static inline SgElement *
sg_sense_element (const SgSense *sense, guint i)
{
  return sg_reading_element (sense->reading, i);
}
static inline guint
sg_sense_n (const SgSense *sense)
{
  return sg_reading_n_elements (sense->reading);
}

/* Rods, ropes, rails: an open path that is a thing of its own. */
gboolean sg_sense_is_path (const SgSense *sense, guint i);
/* A path that is a body. */
gboolean sg_sense_is_rod (const SgSense *sense, guint i);
/* A closed mark that is a body or fixed. */
gboolean sg_sense_is_solid (const SgSense *sense, guint i);
/* Anything that a pin, spring or rope can hold on to: rods, solids, fixed paths. */
gboolean sg_sense_is_thing (const SgSense *sense, guint i);
gboolean sg_sense_is_fixed (const SgSense *sense, guint i);

/* At most `room` points along the ink of the first stroke of mark `i`, or along its fit where it was read
 * from a picture; returns how many. */
guint sg_sense_ink (const SgSense *sense, guint i, SgPoint *points, guint room);

/* Gives element `i` the role of a pin. */
void sg_sense_make_pin (SgSense *sense, guint i);
/* The pin of which `p` is part, -1 where none. */
int sg_sense_pin_at (const SgSense *sense, SgPoint p);
double sg_sense_pin_radius (const SgSense *sense, guint pin);
/* Whether a relation of `kind` joins the two, in either order. */
gboolean sg_sense_related (SgSense *sense, SgRelationKind kind, int a, int b);
/* The first relation of `kind` made by `via`, NULL where none. */
const SgRelation *sg_sense_made_by (const SgSense *sense, SgRelationKind kind, int via);

/* Makes the element fixed and says by which sign (-1: none). */
void sg_sense_fix (SgSense *sense, guint i, int sign, SgPoint at, double confidence);

/* The thing that the end `p` of mark `self`, leaving along `outward`, was meant to touch: nearest within
 * `within`, -1 where none. */
int sg_sense_thing_at (const SgSense *sense, guint self, SgPoint p, SgPoint outward, double within);

/* Labels. `words` come first, as they decide roles; the rest goes to whatever the roles made of the marks. */
void sg_labels_add (SgReading *reading, const SgPage *page);
void sg_labels_apply_words (SgSense *sense);
void sg_labels_attach (SgSense *sense);

/* Merging of marks, before there is a layout. */
void sg_turns_merge (SgReading *reading);
void sg_ropes_merge (SgReading *reading);
void sg_springs_merge (SgReading *reading);

/* Dashes and dots in a row; later, whose path they show. */
void sg_traces_find (SgSense *sense);
void sg_traces_attach (SgSense *sense);

void sg_drawn_find_nested (SgSense *sense);
void sg_drawn_find_decoration (SgSense *sense);

void sg_ground_find_hatched (SgSense *sense);
void sg_ground_find_crossed (SgSense *sense);
void sg_ground_find_long_lines (SgSense *sense);
void sg_ground_find_supports (SgSense *sense);
/* Whether `p` is on the side where line `i` is hatched; FALSE where it is not. */
gboolean sg_ground_is_behind (const SgSense *sense, guint i, SgPoint p);

void sg_pins_find (SgSense *sense);
void sg_pins_join (SgSense *sense);

void sg_welds_find (SgSense *sense);

void sg_slides_find (SgSense *sense);

void sg_rods_join (SgSense *sense);
void sg_solids_join (SgSense *sense);

void sg_ropes_find (SgSense *sense);

/* No spring or damper goes on behind the hatched line that it is drawn across with its end. */
void sg_springs_end_at_ground (SgSense *sense);
/* Straight ends of springs that were drawn as lines of their own. */
void sg_springs_find_leads (SgSense *sense);
/* Where the end `at` of `spring`, leaving along `outward`, holds on: at the end of its lead, if it has one.
 */
SgPoint sg_springs_follow_lead (const SgSense *sense, guint spring, SgPoint at, SgPoint outward);

void sg_springs_attach (SgSense *sense);

void sg_arrows_attach (SgSense *sense);
void sg_motors_attach (SgSense *sense);

/* Last: says of each mark that holds on to nothing what would give it a meaning. */
void sg_hints_add (SgSense *sense);

G_END_DECLS
