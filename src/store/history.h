/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every sketch and every run, kept without asking. A GObject over the SQLite database at
 * XDG_DATA_HOME/simgen/history.db (WAL, STRICT tables, migrations of resources/sql). One thread of its own
 * writes; the blocking calls wait for it and are for workers and the CLI; the app uses the _async forms. A
 * corrupted database is moved aside and a new one begun; sg_history_get_recovery says so.
 */
#pragma once

#include <gio/gio.h>

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

/* Opens or makes the database; `path` NULL: the usual place. Errors: store.open, store.newer. */
SgHistory *sg_history_new (const char *path, GError **error);

/* (nullable): a sentence for the person where a corrupted database was moved aside: what happened and where
 * the old one is now. */
const char *sg_history_get_recovery (SgHistory *self);

/* Keeps a page: a new sketch for `id` 0, else a new version of that sketch (an unchanged page adds none).
 * Returns the sketch's id, 0 with `error`. */
gint64 sg_history_save_sketch (SgHistory *self, gint64 id, SgPage *page, GBytes *thumbnail, GError **error);
gint64 sg_history_add_run (SgHistory *self, const SgRunRecord *run, GError **error);

/* Newest first; `before_us` (0: from the newest) pages by key. `text` (nullable) filters by title and
 * words. Returns (transfer full) (element-type SgHistoryEntry). */
GPtrArray *sg_history_list (SgHistory *self, const char *text, gint64 before_us, guint limit, GError **error);
SgPage *sg_history_load_sketch (SgHistory *self,
                                gint64 id,
                                GError **error);     /* its newest version; store.not-found */
gint64 sg_history_get_last_sketch (SgHistory *self); /* 0 where there is none */
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

/* Waits until everything asked for so far is on disk; for the end of the program. */
void sg_history_flush (SgHistory *self);

G_END_DECLS
