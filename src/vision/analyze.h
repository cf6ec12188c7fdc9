/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recogniser's front door: page in, reading out. Synchronous and pure, on any thread; the app has a
 * reader (vision/reader.h) that does the same in a worker and remembers.
 */
#pragma once

#include <gio/gio.h>

#include "sketch/page.h"
#include "vision/memo.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct
{
  double deadline_ms;   /* after which what is known so far is returned; < 0: none */
  guint64 most_work;    /* the same by pieces of work, of which a stroke takes a few; 0: any amount */
  gboolean leave_print; /* to a later reading: printed words take tenths of a second (SgReading.print_left) */
} SgAnalyzeOptions;

/* Five seconds. */
SgAnalyzeOptions sg_analyze_options_default (void);

/* Errors: the vision domain's, G_IO_ERROR_CANCELLED. A picture that cannot be read is an error only if the
 * page has no ink beside it; else an issue of the reading. A reading that the deadline cut short is marked
 * partial. Returns: (transfer full). */
SgReading *sg_analyze (SgPage *page, GCancellable *cancellable, GError **error);

/* The same with `options` (nullable: the default), and with what `memo` remembers of earlier pages
 * (vision/reader.h is the face of this). */
SgReading *sg_analyze_with (SgPage *page,
                            SgMemo *memo,
                            const SgAnalyzeOptions *options,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
