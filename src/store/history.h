/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every sketch and every run, kept without asking. A GObject over the SQLite database at
 * XDG_DATA_HOME/simgen/history.db (WAL, STRICT tables, migrations of resources/sql). One thread of its own
 * writes; the blocking calls wait for it and are for workers and the CLI; the app uses the _async forms. A
 * corrupted database is moved aside and a new one begun; sg_history_get_recovery says so. Looking after the
 * whole (clean-up, copies, import) is in store/keeping.h.
 *
 * What was committed survives the end of the program, however it ends. Sketches and changes to them are on
 * the disk when a call is done; runs are within two seconds, which only a power cut can take.
 */
#pragma once

#include <gio/gio.h>

#include "base/metrics.h"
#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_TYPE_HISTORY (sg_history_get_type ())
G_DECLARE_FINAL_TYPE (SgHistory, sg_history, SG, HISTORY, GObject)

/* XDG_DATA_HOME/simgen/history.db. (transfer full). */
char *sg_history_dup_usual_path (void);

/* Opens or makes the database; `path` NULL: the usual place. Errors: store.open, store.newer,
 * store.full, store.busy. */
SgHistory *sg_history_new (const char *path, GError **error);

/* The same for a program that goes on in any case: where the database cannot be opened (a read-only home, a
 * newer schema, no space, ...), a history in memory. Why is then the first problem
 * that sg_history_take_problem tells. */
SgHistory *sg_history_open (const char *path);
gboolean sg_history_is_in_memory (SgHistory *self);

/* (nullable): a sentence for the person where a corrupted database was moved aside: what happened and where
 * the old one is now. */
const char *sg_history_get_recovery (SgHistory *self);

/* Why nothing can be kept at present, for the person, told once: NULL where all is well, and as long as the
 * trouble that was told goes on; the same again only after something was written in between. Ask where a
 * write has failed, and after the start. A failed write has changed nothing and may be tried again:
 * store.full and store.busy pass. Any thread. Returns: (transfer full) (nullable). */
GError *sg_history_take_problem (SgHistory *self);

/* This start of the program, as runs are marked with. */
const char *sg_history_get_session (SgHistory *self);

/* -- Sketches -- */

/* A sketch in a list. Immutable, reference-counted, of any thread. */
typedef struct
{
  gint64 id;                     /* of the sketch */
  char *title;                   /* never empty: "Untitled" where the person gave none */
  gint64 created_us, updated_us; /* unix time */
  guint n_strokes;
  guint n_runs;
  GBytes *thumbnail; /* (nullable) PNG */
  char **tags;       /* by the alphabet; empty where there are none */
  gboolean pinned;
  char *snippet; /* (nullable): where a search matched; for store/search.h */
} SgHistoryEntry;

SgHistoryEntry *sg_history_entry_ref (SgHistoryEntry *entry);
void sg_history_entry_unref (SgHistoryEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgHistoryEntry, sg_history_entry_unref)

typedef enum
{
  SG_HISTORY_NEWEST,
  SG_HISTORY_BEST /* of the newest 200 that match, what matches best; one page only. Without a text: newest */
} SgHistoryOrder;

/* Zeroed and a limit: the newest. */
typedef struct
{
  const char *text; /* (nullable): each of its words begins a word of title, words or tags. Case and accents
                       do not count. A text with no letter and no digit finds nothing, an empty one all */
  const char *tag;  /* (nullable): only those with it */
  gboolean pinned;  /* only those that are */
  SgHistoryOrder order;
  gint64 before_us; /* the last entry's updated_us; 0: from the newest */
  guint limit;      /* at most 200 */
} SgSketchQuery;

/* Returns (transfer full) (element-type SgHistoryEntry). */
GPtrArray *sg_history_find_sketches (SgHistory *self, const SgSketchQuery *query, GError **error);
void sg_history_find_sketches_async (SgHistory *self,
                                     const SgSketchQuery *query,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *sg_history_find_sketches_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* The same with no more than a text, newest first. */
GPtrArray *sg_history_list (SgHistory *self, const char *text, gint64 before_us, guint limit, GError **error);
void sg_history_list_async (SgHistory *self,
                            const char *text,
                            gint64 before_us,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *sg_history_list_finish (SgHistory *self, GAsyncResult *result, GError **error);

SgHistoryEntry *sg_history_get_entry (SgHistory *self, gint64 id, GError **error); /* store.not-found */
gint64 sg_history_get_last_sketch (SgHistory *self);                               /* 0 where there is none */

/* Keeps a page: a new sketch for `id` 0, else a version of that sketch. An unchanged page adds none; a page
 * that was there before becomes the newest again; and within a minute of a version's beginning, saves replace
 * it, so that a drawing's history is minutes, not strokes. A NULL `thumbnail` (PNG) keeps the earlier one.
 * Returns the sketch's id, 0 with `error`: store.full, store.busy, store.not-found, store.sql. */
gint64 sg_history_save_sketch (SgHistory *self, gint64 id, SgPage *page, GBytes *thumbnail, GError **error);
void sg_history_save_sketch_async (SgHistory *self,
                                   gint64 id,
                                   SgPage *page,
                                   GBytes *thumbnail,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gint64 sg_history_save_sketch_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* A sketch's newest version. Errors: store.not-found, store.corrupt. */
SgPage *sg_history_load_sketch (SgHistory *self, gint64 id, GError **error);
void sg_history_load_sketch_async (
  SgHistory *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SgPage *sg_history_load_sketch_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* What a sketch was at a time. */
typedef struct
{
  gint64 id;
  gint64 created_us; /* unix time */
  guint n_strokes;
  gboolean current;
  GBytes *thumbnail; /* (nullable) PNG */
} SgVersionEntry;

void sg_version_entry_free (SgVersionEntry *entry);

/* Newest first, at most 200; `before_us` (0: from the newest), an entry's created_us, pages by key. Returns
 * (transfer full) (element-type SgVersionEntry). */
GPtrArray *
sg_history_list_versions (SgHistory *self, gint64 sketch_id, gint64 before_us, guint limit, GError **error);
void sg_history_list_versions_async (SgHistory *self,
                                     gint64 sketch_id,
                                     gint64 before_us,
                                     guint limit,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *sg_history_list_versions_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* The page of any version; saving it makes it the current one again. Errors as for load_sketch. */
SgPage *sg_history_load_version (SgHistory *self, gint64 version_id, GError **error);
void sg_history_load_version_async (SgHistory *self,
                                    gint64 version_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
SgPage *sg_history_load_version_finish (SgHistory *self, GAsyncResult *result, GError **error);

typedef struct
{
  char *name;
  guint n_sketches;
} SgTagEntry;

void sg_tag_entry_free (SgTagEntry *entry);

/* All tags in use, by the alphabet. Returns (transfer full) (element-type SgTagEntry). */
GPtrArray *sg_history_list_tags (SgHistory *self, GError **error);
void sg_history_list_tags_async (SgHistory *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *sg_history_list_tags_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* -- Runs -- */

/* A run as it is told. What is not known is NULL, 0 or NAN. */
typedef struct
{
  gint64 sketch_id;
  const char *mjcf;
  const char *status; /* "pending", "running", "completed", "stopped", "diverged" or "failed" */
  double simulated;   /* s */
  double wall;        /* s */
  guint64 steps;
  double energy_first, energy_last; /* J */
  guint64 frames;                   /* shown or recorded */
  const char *title, *words;        /* NULL: the sketch's */
  const char *session;              /* NULL: this start of the program */
  const char *spec;                 /* PhysicsSpec, JSON */
  const char *result;               /* figures, JSON */
  const char *model_version;        /* of SimGen's recogniser and physics */
  const char *library_version;      /* of MuJoCo */
  GBytes *thumbnail;                /* PNG; NULL: the sketch's */
} SgRunRecord;

/* A run that is in the history. Immutable, reference-counted, of any thread. */
typedef struct
{
  gint64 id;
  gint64 created_us;      /* unix time */
  char *status;           /* as in SgRunRecord */
  double simulated, wall; /* s */
  guint64 steps;
  double energy_first, energy_last; /* J; NAN where unknown */
  gint64 sketch_id;
  char *session, *words;
  char *title; /* never empty */
  guint64 frames;
  gint64 completed_us; /* unix time; 0 while pending or running */
  gboolean pinned;
  char **tags;       /* the sketch's */
  GBytes *thumbnail; /* (nullable) PNG; the sketch's where the run has none */
  char *snippet;     /* (nullable), as a sketch's */

  /* (nullable) and of sg_history_get_run alone */
  char *mjcf, *spec, *result, *model_version, *library_version;
  gint64 version_id; /* what was simulated; 0 where that is no longer there */
} SgRunEntry;

SgRunEntry *sg_run_entry_ref (SgRunEntry *entry);
void sg_run_entry_unref (SgRunEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgRunEntry, sg_run_entry_unref)

/* Returns the run's id, 0 with `error`, as for save; an unknown status is store.sql. */
gint64 sg_history_add_run (SgHistory *self, const SgRunRecord *run, GError **error);
void sg_history_add_run_async (SgHistory *self,
                               const SgRunRecord *run,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gint64 sg_history_add_run_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* Tells a run that was added pending or running anew. sketch_id, session, title, words and versions stay;
 * NULL keeps what was told before. Returns the id. Error: store.not-found. */
gint64 sg_history_update_run (SgHistory *self, gint64 id, const SgRunRecord *run, GError **error);
void sg_history_update_run_async (SgHistory *self,
                                  gint64 id,
                                  const SgRunRecord *run,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gint64 sg_history_update_run_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* Zeroed and a limit: the newest of all. */
typedef struct
{
  const char *text;    /* (nullable): as in SgSketchQuery, of title and words */
  const char *session; /* (nullable) */
  const char *status;  /* (nullable) */
  gint64 sketch_id;    /* 0: of any */
  SgHistoryOrder order;
  gint64 before_us, before_id; /* of the last entry: created_us and id; 0: from the newest. With a text, those
                                  that came last are the newest (they may have been imported) */
  guint limit;                 /* at most 200 */
} SgRunQuery;

/* Returns (transfer full) (element-type SgRunEntry). */
GPtrArray *sg_history_find_runs (SgHistory *self, const SgRunQuery *query, GError **error);
void sg_history_find_runs_async (SgHistory *self,
                                 const SgRunQuery *query,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *sg_history_find_runs_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* A run with all that is known of it. Error: store.not-found. */
SgRunEntry *sg_history_get_run (SgHistory *self, gint64 id, GError **error);
void sg_history_get_run_async (
  SgHistory *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SgRunEntry *sg_history_get_run_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* -- Changes to what is kept -- */

typedef enum
{
  SG_HISTORY_SKETCH,
  SG_HISTORY_RUN
} SgHistoryKind;

typedef enum
{
  SG_HISTORY_RENAME, /* to `title`, of at most SG_LIMIT_WORDS characters; an open document is told its own */
  SG_HISTORY_TAG,    /* a sketch: with these `tags` and no others */
  SG_HISTORY_PIN,    /* clean-up leaves it alone, and a sketch's runs with it */
  SG_HISTORY_UNPIN,
  SG_HISTORY_DUPLICATE, /* a sketch: its page, words and tags as a new one, called `title` or "… (copy)" */
  SG_HISTORY_DELETE,    /* it is not listed or found any more; gone for good with a clean-up an hour later */
  SG_HISTORY_RESTORE    /* undoes that */
} SgHistoryAction;

/* None of these makes a sketch newer. */
typedef struct
{
  SgHistoryKind kind;
  SgHistoryAction action;
  gint64 id;
  const char *title;       /* (nullable) */
  const char *const *tags; /* (nullable) NULL-ended; spaces around them do not count. At most 32 of at most
                              64 characters, with no comma and no control character; one that differs from
                              another in case alone is that one */
} SgHistoryEdit;

/* Returns the id, of a duplicate the new one's; 0 with `error`: store.not-found, store.invalid, as for
 * save. */
gint64 sg_history_edit (SgHistory *self, const SgHistoryEdit *edit, GError **error);
void sg_history_edit_async (SgHistory *self,
                            const SgHistoryEdit *edit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gint64 sg_history_edit_finish (SgHistory *self, GAsyncResult *result, GError **error);

/* Deletes a sketch with its versions and runs for good. Error: store.not-found. */
gboolean sg_history_delete_sketch (SgHistory *self, gint64 id, GError **error);

/* -- Figures -- */

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

/* Waits until everything asked for so far is on disk; for the end of the program. A history in memory is
 * merged into the one that could not be opened, where that can be had by now. */
void sg_history_flush (SgHistory *self);

G_END_DECLS
