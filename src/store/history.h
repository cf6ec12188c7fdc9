/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every sketch and every run, kept without asking. A GObject over the SQLite database at
 * XDG_DATA_HOME/simgen/history.db (WAL, STRICT tables, migrations of resources/sql). One thread of its own
 * writes; the blocking calls wait for it and are for workers and the CLI; the app uses the _async forms. A
 * corrupted database is moved aside and a new one begun; sg_history_get_recovery says so.
 */
#pragma once

#include <gio/gio.h>

#include "base/metrics.h"
#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_TYPE_HISTORY (sg_history_get_type ())
G_DECLARE_FINAL_TYPE (SgHistory, sg_history, SG, HISTORY, GObject)

typedef enum
{
  SG_HISTORY_SKETCH,
  SG_HISTORY_RUN
} SgHistoryKind;

typedef struct
{
  gint64 id;                     /* of the sketch */
  char *title;                   /* never empty: "Untitled" where the person gave none */
  gint64 created_us, updated_us; /* unix time */
  guint n_strokes;
  guint n_runs;
  GBytes *thumbnail; /* (nullable) PNG */
} SgHistoryEntry;

void sg_history_entry_free (SgHistoryEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgHistoryEntry, sg_history_entry_free)

typedef struct
{
  gint64 sketch_id;
  const char *mjcf;   /* (nullable) */
  const char *status; /* "completed", "stopped" or "diverged" */
  double simulated;   /* s */
  double wall;        /* s */
  guint64 steps;
  double energy_first, energy_last;
} SgRunRecord;

/* A run that is in the history. */
typedef struct
{
  gint64 id;
  gint64 created_us;      /* unix time */
  char *status;           /* as in SgRunRecord */
  double simulated, wall; /* s */
  guint64 steps;
  double energy_first, energy_last; /* J; NAN where unknown */
} SgRunEntry;

void sg_run_entry_free (SgRunEntry *entry);

/* Opens or makes the database; `path` NULL: the usual place. Errors: store.open, store.newer,
 * store.full. */
SgHistory *sg_history_new (const char *path, GError **error);

/* (nullable): a sentence for the person where a corrupted database was moved aside: what happened and where
 * the old one is now. */
const char *sg_history_get_recovery (SgHistory *self);

/* Keeps a page: a new sketch for `id` 0, else a version of that sketch. An unchanged page adds none; a page
 * that was there before becomes the newest again; and within a minute of a version's beginning, saves replace
 * it, so that a drawing's history is minutes, not strokes. A NULL `thumbnail` (PNG) keeps the earlier one.
 * Returns the sketch's id, 0 with `error`: store.full, store.not-found, store.sql. */
gint64 sg_history_save_sketch (SgHistory *self, gint64 id, SgPage *page, GBytes *thumbnail, GError **error);

/* Returns the run's id, 0 with `error`, as for save; an unknown status is store.sql. */
gint64 sg_history_add_run (SgHistory *self, const SgRunRecord *run, GError **error);

/* Newest first; `before_us` (0: from the newest), an entry's updated_us, pages by key. `text` (nullable)
 * filters by title and words. Returns (transfer full) (element-type SgHistoryEntry). */
GPtrArray *sg_history_list (SgHistory *self, const char *text, gint64 before_us, guint limit, GError **error);
SgHistoryEntry *sg_history_get_entry (SgHistory *self, gint64 id, GError **error); /* store.not-found */

/* The runs of a sketch, newest first, at most 1,000. Returns (transfer full) (element-type SgRunEntry). */
GPtrArray *sg_history_list_runs (SgHistory *self, gint64 sketch_id, GError **error);

/* A sketch's newest version. Errors: store.not-found, store.corrupt. */
SgPage *sg_history_load_sketch (SgHistory *self, gint64 id, GError **error);
gint64 sg_history_get_last_sketch (SgHistory *self); /* 0 where there is none */

/* Deletes a sketch with its versions and runs. Error: store.not-found. */
gboolean sg_history_delete_sketch (SgHistory *self, gint64 id, GError **error);

void sg_history_save_sketch_async (SgHistory *self,
                                   gint64 id,
                                   SgPage *page,
                                   GBytes *thumbnail,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gint64 sg_history_save_sketch_finish (SgHistory *self, GAsyncResult *result, GError **error);
void sg_history_list_async (SgHistory *self,
                            const char *text,
                            gint64 before_us,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *sg_history_list_finish (SgHistory *self, GAsyncResult *result, GError **error);
void sg_history_load_sketch_async (
  SgHistory *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SgPage *sg_history_load_sketch_finish (SgHistory *self, GAsyncResult *result, GError **error);
void sg_history_add_run_async (SgHistory *self,
                               const SgRunRecord *run,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

gint64 sg_history_add_run_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* From here on the process's figures (base/metrics.h) are kept: written on the history's thread every 30
 * seconds in which there were some, and at its end. Once a process. */
void sg_history_keep_metrics (SgHistory *self);

/* The figures kept of a time, as for sg_metrics_load; both forms. For a curve, ask for its parts one by one.
 * Returns: (transfer full). */
SgFigures *sg_history_load_metrics (SgHistory *self, gint64 since_us, gint64 until_us, GError **error);
void sg_history_load_metrics_async (SgHistory *self,
                                    gint64 since_us,
                                    gint64 until_us,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
SgFigures *sg_history_load_metrics_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* Waits until everything asked for so far is on disk; for the end of the program. */
void sg_history_flush (SgHistory *self);

G_END_DECLS
