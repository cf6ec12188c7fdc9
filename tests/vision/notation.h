/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the notation: for each what is drawn, how it must be read and what it must do, and beside it
 * the near misses that only look like it. The sketches are about (400, 300), y down. */
#pragma once

#include "tests/vision/pencil.h"
#include "vision/reading.h"

typedef struct
{
  const char *name; /* row/case */
  void (*draw) (Pencil *pencil);
  /* How many of each: roles of elements but labels, relations but those of labels, both in the order of
   * their enum; then what of the spec can move and what drives it. "no x": none of those, whatever else
   * there is. */
  const char *roles, *relations, *motion;
  gboolean upright;   /* down is part of what it means */
  gboolean unlifting; /* corners make it one thing */
} NotationRow;

/* By what they draw; each ends with a row without a name. */
extern const NotationRow notation_things[], notation_ties[], notation_drives[];

/* Whether `list` is what a row expects: the same, or without what it says there must be none of. */
gboolean notation_fits (const char *expected, const char *list);

/* Appends "3 name" to a list, nothing for 0. */
void notation_count (GString *list, guint n, const char *name);

/* What a test wants of a row as it was read: FALSE, with a message, where that is not so. */
typedef gboolean (*NotationJudge) (const NotationRow *row, const SgReading *reading);

/* A test for every row, named below `folder`: drawn in every hold in which it means the same. */
void notation_add_tests (const char *folder, NotationJudge judge);
