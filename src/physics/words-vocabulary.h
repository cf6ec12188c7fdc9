/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words that SimGen knows: resources/words/en.txt, read once, constant from then on; any thread. A
 * translator extends it with another such file.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_WORDS_UNITS, /* value: in SI; name: the dimension ("mass", "length") */
  SG_WORDS_NUMBERS,
  SG_WORDS_CHOICES, /* which of several; name: x, z, size, mass, order */
  SG_WORDS_QUANTIFIERS,
  SG_WORDS_COLOURS,
  SG_WORDS_MATERIALS,
  SG_WORDS_PLACES, /* value: m/s2 */
  SG_WORDS_PROPERTIES,
  SG_WORDS_COMPARISONS, /* name: the property, value: how much more is meant */
  SG_WORDS_FACTORS,
  SG_WORDS_STATES,     /* name: the property, value: what it is then */
  SG_WORDS_DIRECTIONS, /* degrees from the right */
  SG_WORDS_TURNS,
  SG_WORDS_NEGATIONS,
  SG_WORDS_VERBS,
  SG_WORDS_LINKS, /* and, with, between ... */
  SG_WORDS_THINGS,
  SG_WORDS_MECHANISMS, /* value: how many where the words do not say */
  SG_WORDS_MOTIONS,
  SG_WORDS_BEYOND, /* what no mechanism of SimGen can be; name: of which kind */
  SG_WORDS_STOP,   /* says nothing by itself */
  SG_WORDS_N_SECTIONS
} SgWordsSection;

typedef struct
{
  SgWordsSection section;
  const char *name;
  double value;
  gboolean plural;
} SgMeaning;

/* Words of a phrase at most. */
#define SG_WORDS_LONGEST 6

/* What a phrase in lower case, with one space between words, can mean: SgMeaning in the sections' order.
 * NULL where it is not known. */
const GArray *sg_vocabulary_find (const char *phrase);

/* How many phrases there are. */
guint sg_vocabulary_size (void);

G_END_DECLS
