/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking after the whole history: clean-up, copies of it and merging one. All of it may take long and goes
 * in small steps, between which others write: for workers and the CLI; the app uses the _async form.
 */
#pragma once

#include "store/history.h"

G_BEGIN_DECLS

/* What may be kept. Pinned sketches with all that is theirs, and pinned runs, are never touched. 0: no
 * limit. */
typedef struct
{
  guint run_days;    /* a run's age */
  guint n_runs;      /* the oldest go first */
  guint64 n_bytes;   /* of the database; runs go for it, never sketches */
  guint n_versions;  /* of a sketch; neither the current one nor one that a run shows */
  guint sketch_days; /* since a sketch was changed */
} SgHistoryLimits;

/* 180 days and 20,000 of runs, 2 GiB, 200 versions a sketch; sketches are kept for ever. */
SgHistoryLimits sg_history_limits_default (void);

typedef struct
{
  guint n_runs, n_sketches, n_versions; /* gone for good, with what was deleted more than an hour before */
  guint64 bytes_before, bytes_after;    /* of the database that are in use */
  gboolean checked;                     /* the whole was checked for damage, as it is once a week */
} SgCleanUp;

/* Brings the history within `limits` (nullable: the default ones) and gives the space back that has become
 * free. Runs that another start of the program left running a day ago are failed ones. Errors:
 * store.corrupt where the check finds damage (the next start sets the database aside), as for save; what
 * was done before stays done. */
gboolean
sg_history_clean_up (SgHistory *self, const SgHistoryLimits *limits, SgCleanUp *done, GError **error);
void sg_history_clean_up_async (SgHistory *self,
                                const SgHistoryLimits *limits,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean
sg_history_clean_up_finish (SgHistory *self, GAsyncResult *result, SgCleanUp *done, GError **error);

/* One file that holds all there is, consistent while others write; replaces what is at `path` once it is
 * whole. Errors: store.open, store.full. */
gboolean sg_history_back_up (SgHistory *self, const char *path, GError **error);

typedef struct
{
  guint n_sketches, n_versions, n_runs; /* that were not there before */
  guint n_refused;                      /* sketches that are no good, and runs */
} SgImport;

/* Merges a copy of any history up to this version's: what is there already (by its uid, wherever it was
 * copied to) is not taken twice, and of a sketch that was changed in both, the later version is the current
 * one. The file is not trusted: its schema must be SimGen's own to the letter, it is checked whole, and
 * each page is read as a sketch file is. Errors: store.invalid for what is no history, store.newer,
 * store.corrupt, as for save. */
gboolean sg_history_import (SgHistory *self, const char *path, SgImport *done, GError **error);

G_END_DECLS
