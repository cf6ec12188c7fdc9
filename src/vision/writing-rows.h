/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes that stand side by side as the characters of a label do: small, near each other, and free of the
 * marks of the page. Internal to vision; any thread.
 */
#pragma once

#include "vision/ink.h"
#include "vision/memo.h"

G_BEGIN_DECLS

typedef struct
{
  const SgInk **strokes; /* n; from left to right by the middle of their bounds */
  guint n;
  SgRect box;
} SgWritingRow;

/* Of strokes in that order. */
SgWritingRow sg_writing_row_new (const SgInk *const *strokes, guint n);
void sg_writing_row_clear (SgWritingRow *row);

/* Cheap where nothing on the page is small. `memo` knows what was near what. Returns: (transfer full): an
 * array of SgWritingRow, with its clear function, whose strokes point into `ink`. */
GArray *sg_writing_rows_find (const GArray *ink, SgMemo *memo);

/* Cuts a row of n >= 2 strokes at its widest gap into `left` and `right`. FALSE where it has none. */
gboolean sg_writing_row_cut (const SgWritingRow *row, SgWritingRow *left, SgWritingRow *right);

G_END_DECLS
