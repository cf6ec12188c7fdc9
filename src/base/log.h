/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where GLib's structured log goes: one writer for the program, asked for by its main function. Sources write
 * with g_log_structured () and a G_LOG_DOMAIN of "simgen-<folder>".
 *
 * What is logged says what happened, never what somebody drew, wrote or is called: of each event only the
 * fields of a list are taken (CODE, OPERATION, DURATION_US and figures), and its message is searched for
 * paths, quotations and what looks like a key. So the last events can go into a report of a defect as they
 * are.
 *
 * SIMGEN_LOG chooses how much is shown, by folder: "debug", "vision:debug,store:warning" (error, critical,
 * warning, message, info, debug, none). SIMGEN_LOG_FORMAT chooses the form: "json" (one object a line),
 * "text", "journal"; by itself it is the journal where standard error leads there, else text. Nothing goes to
 * standard output.
 */
#pragma once

#include <stdio.h>

#include "base/metrics.h"

G_BEGIN_DECLS

typedef struct _SgLog SgLog;

typedef enum
{
  SG_LOG_TEXT,
  SG_LOG_JSON,
  SG_LOG_JOURNAL
} SgLogFormat;

typedef struct
{
  const char *program; /* "simgen-cli": begins lines of text */
  const char *levels;  /* (nullable) as in SIMGEN_LOG */
  const char *format;  /* (nullable) as in SIMGEN_LOG_FORMAT */
  GLogLevelFlags most; /* shown where `levels` does not say: G_LOG_LEVEL_WARNING shows that and worse */
  FILE *stream;        /* (nullable): standard error */
} SgLogOptions;

SgLog *sg_log_new (const SgLogOptions *options);
void sg_log_free (SgLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgLog, sg_log_free)

/* Makes it the program's writer, for good; `options` with what the environment says. Once a process, before
 * threads are. It must not be freed. */
SgLog *sg_log_install (const SgLogOptions *options);

/* A GLogWriterFunc with the SgLog as its data; any thread. Events of other libraries are left to GLib's
 * writer; of them the report tells only that there were some, from where and how bad. */
GLogWriterOutput
sg_log_write (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer self);

/* Whether an event of this domain ("simgen-sim") and level would be shown. */
gboolean sg_log_shows (SgLog *self, const char *domain, GLogLevelFlags level);

/* Ends an operation that began at `start_ns` (sg_metrics_now): its duration goes to the process's figures,
 * and into the log as an event of level debug. For what is done a few times a second at most; what is
 * shorter is only recorded (base/metrics.h). */
void sg_log_operation (const char *domain, SgOperation operation, gint64 start_ns);

/* The last events (SG_LIMIT_LOG_EVENTS), oldest first, each a JSON object on a line: those of `info` and
 * worse, and whatever was shown. Returns: (transfer full). */
char *sg_log_dup_events (SgLog *self);

/* What program and system this is, a few lines. Returns: (transfer full). */
char *sg_log_dup_system (const char *program);

/* The same behind what program and system this is: the text that a person may send with a report. Returns:
 * (transfer full). */
char *sg_log_dup_report (SgLog *self);

/* The text without paths, quotations and what looks like a key or is named as one. A path may hold blanks:
 * all after it goes too; a text with a file's bare name goes whole. Returns: (transfer full). */
char *sg_log_redact (const char *text);

G_END_DECLS
