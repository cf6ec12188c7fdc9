/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread that owns the connection which writes. Work goes in by queue and is done in that order; a caller
 * waits for it or gets a GTask back.
 */
#pragma once

#include <gio/gio.h>

#include "store/database.h"

G_BEGIN_DECLS

typedef struct _SgWriter SgWriter;

/* One piece of work, on the owner thread: a transaction that is committed when it returns an id (not 0) and
 * rolled back when it returns 0 with `error`. */
typedef gint64 (*SgWriterFunc) (SgDatabase *db, gpointer data, GError **error);

SgWriter *sg_writer_new (SgDatabase *db); /* takes the connection */

/* Opens its connection by itself, on the owner thread: nobody waits for it. Where that fails all work fails,
 * with the error of it. */
typedef SgDatabase *(*SgWriterOpen) (gpointer data, GError **error);
SgWriter *sg_writer_new_opening (SgWriterOpen open, gpointer data);

/* Does what was asked for so far, then ends the thread and closes the connection. */
void sg_writer_free (SgWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgWriter, sg_writer_free)

/* Has `func` done and waits; any thread but the writer's. Returns what `func` returned. */
gint64 sg_writer_run (SgWriter *writer, SgWriterFunc func, gpointer data, GError **error);

/* Has `func` done with the task's data; the task (transfer full) returns the id as an int, or the error. */
void sg_writer_run_task (SgWriter *writer, SgWriterFunc func, GTask *task);

/* Has `func` done and does not wait: `done` is told on the owner thread what came of it. */
typedef void (*SgWriterDone) (gpointer data, gint64 id, const GError *error);
void sg_writer_run_later (SgWriter *writer, SgWriterFunc func, SgWriterDone done, gpointer data);

/* Waits until all that was asked for so far is done. */
void sg_writer_flush (SgWriter *writer);

G_END_DECLS
