/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the history share: its two connections.
 */
#pragma once

#include "store/database.h"
#include "store/keeping.h"
#include "store/recent-pages.h"
#include "store/writer.h"

G_BEGIN_DECLS

struct _SgHistory
{
  GObject parent_instance;
  char *path;
  char *session;
  char *recovery; /* (nullable) */
  char *aside;    /* (nullable): where a damaged database was moved */
  gboolean in_memory;
  char *kept_path; /* (nullable): while in memory, where it should be */
  SgWriter *writer;
  GMutex reader_mutex;
  SgDatabase *reader;    /* under reader_mutex */
  SgRecentPages *recent; /* under reader_mutex */

  GMutex problem_mutex;
  GError *problem; /* (nullable): to be told; under problem_mutex */
  int trouble;     /* code of the last write's error, -1: it went well; under problem_mutex */
};

/* Notes how a write went, for sg_history_take_problem. `error` NULL: well. */
void sg_history_note (SgHistory *self, const GError *error);

/* Gives the reader to the calling thread, in a transaction, until end_reading. NULL with `error`. */
SgDatabase *sg_history_begin_reading (SgHistory *self, GError **error);
void sg_history_end_reading (SgHistory *self);

/* Merges what is in `source`, a history of the present schema. For store/keeping.h. */
gboolean sg_history_merge (SgHistory *self, SgDatabase *source, SgImport *done, GError **error);

/* The work of the writing calls, for the owner thread: their data are below. */
gint64 sg_history_do_save (SgDatabase *db, gpointer data, GError **error);
gint64 sg_history_do_run (SgDatabase *db, gpointer data, GError **error);
gint64 sg_history_do_edit (SgDatabase *db, gpointer data, GError **error);

typedef struct
{
  gint64 id;
  SgPage *page;
  GBytes *thumbnail; /* (nullable) */
} SgSaveRequest;

typedef struct
{
  gint64 id; /* 0: a new one */
  SgRunRecord run;
} SgRunRequest;

G_END_DECLS
