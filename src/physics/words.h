/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words -> changes of the spec, offline and deterministic; any thread. Two things are understood:
 *
 * A mechanism made from words alone, where the spec is empty: "a double pendulum with the first link limited
 * to 45 degrees", "three rubber balls falling on the moon", "two spheres connected by a spring".
 *
 * Changes of a mechanism that is there: of gravity and air ("moon gravity"), of things' properties ("the left
 * ball is 2 kg", "make the ramp icy", "twice as heavy", "stiffer spring", "start the ball at 2 m/s to the
 * right", "limit the joint to 45 degrees"), of what there is ("remove the spring", "add a motor to the left
 * wheel", "swap the balls").
 *
 * Words are parts of speech from one vocabulary (physics/words-vocabulary.h); a sentence is clauses; a clause
 * is quantities, references to things ("the second link", "both balls", "the spring between the ball and the
 * box"), properties, comparisons and verbs. Every word of a clause must mean something: a clause that is not
 * wholly understood, or that leads to a spec that breaks the rules, changes nothing.
 */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

/* Why a clause was not understood; the names are stable. */
typedef enum
{
  SG_WORDS_UNDERSTOOD,
  SG_WORDS_UNKNOWN,      /* unknown: a word that SimGen does not know; the span is that word's */
  SG_WORDS_NOT_THERE,    /* not-there: it speaks of a thing that is not in the mechanism */
  SG_WORDS_WHICH,        /* which: of several things any could be meant */
  SG_WORDS_NOTHING_SAID, /* nothing-said: known words that say nothing together */
  SG_WORDS_BEYOND_US,    /* beyond: what SimGen does not simulate */
  SG_WORDS_IMPOSSIBLE,   /* impossible: a value or a mechanism that cannot be */
  SG_WORDS_DRAWN,        /* drawn: a mechanism is asked for, but there is one on the page */
  SG_WORDS_TOO_MUCH,     /* too-much: a clause of over 400 bytes, or more than 200 clauses */
} SgWordsReason;

/* "unknown"; "understood" where it is. */
const char *sg_words_reason_name (SgWordsReason reason);

/* A piece of the words and what became of it. In the order of the words; spans do not overlap. */
typedef struct
{
  guint begin, end; /* bytes of the words */
  SgWordsReason reason;
  char *text; /* for the person: what was understood ("left wheel: motor 3 rad/s"), else why not */
} SgStatement;

/* Applies what is understood of `words` (nullable) to `spec`: each statement wholly or not at all. Error:
 * physics.words where the words are too long or not UTF-8. Returns: (transfer full) (element-type
 * SgStatement), empty where nothing is said. */
GArray *sg_words_apply (const char *words, SgSpec *spec, GError **error);

/* All of the words (nullable), refused for one reason. Returns: (transfer full), as sg_words_apply has it. */
GArray *sg_words_refuse (const char *words, SgWordsReason reason, const char *text);

/* The words without the bytes from `begin` to `end`, and without what joined those to the others (", and").
 * Returns: (transfer full). */
char *sg_words_without (const char *words, guint begin, guint end);

G_END_DECLS
