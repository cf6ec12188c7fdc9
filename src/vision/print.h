/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Printed words in the pictures of a page, read by tesseract where that is installed: rows of traces that our
 * own recogniser of labels was not sure of, word by word as the picture shows them. Internal to vision; any
 * thread.
 */
#pragma once

#include "vision/budget.h"
#include "vision/memo.h"
#include "vision/writing-rows.h"

G_BEGIN_DECLS

typedef struct
{
  SgWritingRow row; /* all ink of the words */
  char *text;
  double confidence; /* 0..1 */
} SgPrintedRow;

/* A row of a picture, and what is known of it. */
typedef struct
{
  const SgWritingRow *row;
  gboolean is_label; /* it reads as one, though not surely */
  gboolean is_sure;  /* nothing more is asked of it */
} SgPrintCandidate;

/* What is printed at the `n` candidates, all rows of `ink`; those that stand beside each other are read as
 * one. `pose`: of the page that the ink is upright on. Nothing where `budget` ends first. `left`
 * (nullable): where given, nothing is read, which takes tenths of a second; what is remembered is found,
 * and whether there is more to read is said there. Returns: (transfer full): an array of SgPrintedRow with
 * its clear function. */
GArray *sg_print_find (const SgPage *page,
                       const SgPose *pose,
                       const GArray *ink,
                       const SgPrintCandidate *candidates,
                       guint n,
                       SgMemo *memo,
                       SgBudget *budget,
                       gboolean *left);

G_END_DECLS
