/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread that owns the connection which writes. Work goes in by queue and is done in that order; a
 * caller waits for it or gets a GTask back. What was committed survives the end of the program, however it
 * ends; what a power cut may take is said by SgCommit.
 */
#pragma once

#include <gio/gio.h>

#include "store/database.h"

G_BEGIN_DECLS

typedef struct _SgWriter SgWriter;

typedef enum
{
  SG_COMMIT_SYNCED, /* on the disk before it is done: what a person made */
  SG_COMMIT_SOON    /* on the disk within two seconds: what a program can make again, and makes often */
} SgCommit;

/* One piece of work, on the owner thread: a transaction that is committed when it returns an id (not 0) and
 * rolled back when it returns 0 with `error`. */
typedef gint64 (*SgWriterFunc) (SgDatabase *db, gpointer data, GError **error);

/* Told on the owner thread how each piece of work went, before who asked for it is. `error` NULL: well. */
typedef void (*SgWriterReport) (gpointer data, const GError *error);

/* Takes the connection. `report` (nullable). */
SgWriter *sg_writer_new (SgDatabase *db, SgWriterReport report, gpointer data);

/* Opens its connection by itself, on the owner thread: nobody waits for it. Where that fails all work fails,
 * with the error of it. */
typedef SgDatabase *(*SgWriterOpen) (gpointer data, GError **error);
SgWriter *sg_writer_new_opening (SgWriterOpen open, gpointer data);

/* Does what was asked for so far, then ends the thread and closes the connection. */
void sg_writer_free (SgWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgWriter, sg_writer_free)

/* Has `func` done and waits; any thread but the writer's. Returns what `func` returned. */
gint64 sg_writer_run (SgWriter *writer, SgWriterFunc func, gpointer data, SgCommit commit, GError **error);

/* Has `func` done with the task's data; the task (transfer full) returns the id as an int, or the error. */
void sg_writer_run_task (SgWriter *writer, SgWriterFunc func, SgCommit commit, GTask *task);

/* Has `func` done and does not wait: `done` is told on the owner thread what came of it. */
typedef void (*SgWriterDone) (gpointer data, gint64 id, const GError *error);
void sg_writer_run_later (SgWriter *writer, SgWriterFunc func, SgWriterDone done, gpointer data);

/* Has `func` called every `interval_us` on the owner thread, between pieces of work, and once at its end; it
 * does its own transactions. `data` goes with `destroy` there. Once a writer. */
void sg_writer_set_periodic (SgWriter *writer,
                             void (*func) (SgDatabase *db, gpointer data),
                             gpointer data,
                             GDestroyNotify destroy,
                             gint64 interval_us);

/* Waits until all that was asked for so far is done, on the disk and, as far as others let it be, in the
 * database itself instead of its log. */
void sg_writer_flush (SgWriter *writer);

G_END_DECLS
