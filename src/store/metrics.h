/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SimGen's figures about itself (base/metrics.h) over time: the table performance_metrics. Rows are of a
 * minute and a name, so that programs which run at the same time, and many short ones, add up; after a day
 * they are merged into hours, after SG_LIMIT_METRICS_DAYS they go. Percentiles of any span come from merged
 * histograms: exact to SG_HISTOGRAM_ERROR.
 */
#pragma once

#include "base/metrics.h"
#include "store/database.h"

G_BEGIN_DECLS

/* Takes what a set of figures has grown by to the table, time by time. One thread at a time. */
typedef struct _SgMetricsKeeper SgMetricsKeeper;

/* Begins with what is in `metrics` already. */
SgMetricsKeeper *sg_metrics_keeper_new (SgMetrics *metrics);
void sg_metrics_keeper_free (SgMetricsKeeper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgMetricsKeeper, sg_metrics_keeper_free)

/* Writes what is new, in a transaction of its own, and tidies up at most `n_tidied` old rows; where nothing
 * is new it does nothing. What could not be written is tried again the next time. `now_us`: unix time.
 * Errors as for sg_database_commit. */
gboolean sg_metrics_keeper_write (
  SgMetricsKeeper *self, SgDatabase *db, gint64 now_us, guint n_tidied, GError **error);

/* What the table has of the minutes from `since_us` to `until_us` (unix time), merged; of gauges the last
 * value. Times of more than a day ago are those of whole hours. Names that this program does not know are
 * left out. Returns: (transfer full). */
SgFigures *sg_metrics_load (SgDatabase *db, gint64 since_us, gint64 until_us, GError **error);

/* At the end of a short program: writes the process's figures into the history at `path` (NULL: the usual
 * place), which is made where there is none, within a few milliseconds or not at all. */
void sg_metrics_write_briefly (const char *path);

G_END_DECLS
