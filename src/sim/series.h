/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The values of one quantity step by step, in bounded memory and without losing a peak: the newest
 * SG_SERIES_RAW as they are, and over them levels of blocks, each with the least and the greatest of four of
 * the level below. A span of any length is drawn from the finest level that still has it. Holds about 1 MiB,
 * touched as it fills; at 500 steps a second the newest minute is exact, the last eighteen hours are there.
 * Allocates only when it is made. Not locked.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_SERIES_RAW 32768
#define SG_SERIES_BLOCKS 8192 /* a level keeps */
#define SG_SERIES_LEVELS 6    /* of 4, 16, ... 4096 values a block */
#define SG_SERIES_BYTES (SG_SERIES_RAW * 8 + SG_SERIES_LEVELS * SG_SERIES_BLOCKS * 16)

typedef struct
{
  double low, high; /* of what is finite; NAN where nothing is */
} SgExtent;

typedef struct _SgSeries SgSeries;

/* `n` values that it has nothing of go before. */
SgSeries *sg_series_new (guint64 n);
void sg_series_free (SgSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgSeries, sg_series_free)

void sg_series_push (SgSeries *series, double value); /* NAN: nothing was measured */
guint64 sg_series_get_n (const SgSeries *series);     /* pushed, those forgotten or before it included */

/* Takes back all after the first `n`; FALSE, and nothing changed, where that is too long ago to be exact. */
gboolean sg_series_truncate (SgSeries *series, guint64 n);
void sg_series_clear (SgSeries *series);

/* The oldest value that is there as it is, and the oldest that any level has. */
guint64 sg_series_get_first_exact (const SgSeries *series);
guint64 sg_series_get_first (const SgSeries *series);

double sg_series_get (const SgSeries *series, guint64 i); /* NAN before sg_series_get_first_exact */

/* Least and greatest of values from .. to - 1. Exact while the values are; older ones are widened at the
 * ends to whole blocks, so that what is told always encloses what was. */
SgExtent sg_series_get_extent (const SgSeries *series, guint64 from, guint64 to);

/* Of a series that never falls, as time: how many values are below `value`. */
guint64 sg_series_find (const SgSeries *series, double value);

G_END_DECLS
