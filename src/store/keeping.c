/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clean-up and copies. A step is one transaction of at most STEP rows on the writer's thread; the caller's
 * loop goes on until a step finds no more. */
#include "store/keeping.h"

#include <string.h>

#include "store/error.h"
#include "store/history-private.h"

#define STEP 200
#define STEP_PAGES 1000
#define KEPT_PAGES 256 /* free ones, for what comes next */
#define DAY_US G_TIME_SPAN_DAY
#define UNDO_US G_TIME_SPAN_HOUR
#define CHECK_US (7 * DAY_US)

SgHistoryLimits
sg_history_limits_default (void)
{
  return (SgHistoryLimits){
    .run_days = 180, .n_runs = 20000, .n_bytes = G_GUINT64_CONSTANT (2) << 30, .n_versions = 200
  };
}

/* One kind of step. */
typedef struct
{
  const char *name; /* of the statement */
  gint64 before_us; /* :before_us, or :since_us of a purge */
  gint64 now_us;
  guint limit;
  const char *session; /* (nullable) */
  guint n_done;
} Step;

static void
bind_step (SgStatement *statement, const Step *step)
{
  if (g_str_has_suffix (step->name, "-purge"))
    {
      sg_statement_bind_int (statement, ":since_us", step->before_us);
      sg_statement_bind_int (statement, ":now_us", step->now_us);
    }
  else
    sg_statement_bind_int (statement, ":before_us", step->before_us);
  if (step->session)
    {
      sg_statement_bind_text (statement, ":session", step->session);
      sg_statement_bind_int (statement, ":now_us", step->now_us);
    }
  else
    sg_statement_bind_int (statement, ":limit", step->limit);
}

static gint64
do_step (SgDatabase *db, gpointer data, GError **error)
{
  Step *step = data;
  SgStatement *statement = sg_database_get_statement (db, step->name, error);

  if (statement)
    bind_step (statement, step);
  if (!sg_statement_run (statement, error))
    return 0;
  step->n_done = sg_database_get_n_changed (db);
  return 1;
}

/* Repeats a step until it finds less than it may take, `most` rows in all; adds their number to `n`. */
static gboolean
repeat (SgHistory *self, Step *step, guint most, guint *n, GError **error)
{
  do
    {
      step->limit = MIN (STEP, most);
      if (step->limit == 0)
        return TRUE;
      if (!sg_writer_run (self->writer, do_step, step, SG_COMMIT_SOON, error))
        return FALSE;
      *n += step->n_done;
      most -= step->n_done;
    }
  while (step->n_done == STEP);
  return TRUE;
}

static gint64
read_int (SgDatabase *db, const char *name)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, name, NULL);

  return statement && sg_statement_step (statement, NULL) == SG_STEP_ROW
           ? sg_statement_get_int (statement, 0)
           : 0;
}

static guint
count_runs (SgHistory *self)
{
  SgDatabase *db = sg_history_begin_reading (self, NULL);
  guint n = db ? read_int (db, "simulation-count") : 0;

  if (db)
    sg_history_end_reading (self);
  return n;
}

static guint64
count_bytes (SgHistory *self)
{
  SgDatabase *db = sg_history_begin_reading (self, NULL);
  guint64 n = db ? sg_database_get_bytes (db) : 0;

  if (db)
    sg_history_end_reading (self);
  return n;
}

static gboolean
purge_deleted (SgHistory *self, gint64 now_us, SgCleanUp *done, GError **error)
{
  Step runs = { "simulation-purge", now_us - UNDO_US, now_us },
       sketches = { "sketch-purge", now_us - UNDO_US, now_us };

  return repeat (self, &runs, G_MAXUINT, &done->n_runs, error) &&
         repeat (self, &sketches, G_MAXUINT, &done->n_sketches, error);
}

static gboolean
fail_abandoned (SgHistory *self, gint64 now_us, GError **error)
{
  Step step = { "simulation-abandon", now_us - DAY_US, now_us, 0, self->session };

  return sg_writer_run (self->writer, do_step, &step, SG_COMMIT_SOON, error) != 0;
}

static gboolean
limit_age (SgHistory *self, const SgHistoryLimits *limits, gint64 now_us, SgCleanUp *done, GError **error)
{
  Step runs = { "simulation-prune", now_us - limits->run_days * DAY_US };
  Step sketches = { "sketch-prune", now_us - limits->sketch_days * DAY_US };

  if (limits->run_days > 0 && !repeat (self, &runs, G_MAXUINT, &done->n_runs, error))
    return FALSE;
  return limits->sketch_days == 0 || repeat (self, &sketches, G_MAXUINT, &done->n_sketches, error);
}

static gboolean
limit_count (SgHistory *self, const SgHistoryLimits *limits, SgCleanUp *done, GError **error)
{
  guint n = limits->n_runs > 0 ? count_runs (self) : 0;
  Step step = { "simulation-prune", G_MAXINT64 };

  return n <= limits->n_runs || repeat (self, &step, n - limits->n_runs, &done->n_runs, error);
}

static gboolean
limit_bytes (SgHistory *self, const SgHistoryLimits *limits, SgCleanUp *done, GError **error)
{
  guint before;

  do
    {
      Step step = { "simulation-prune", G_MAXINT64 };

      before = done->n_runs;
      if (limits->n_bytes == 0 || count_bytes (self) <= limits->n_bytes)
        return TRUE;
      if (!repeat (self, &step, STEP, &done->n_runs, error))
        return FALSE;
    }
  while (done->n_runs > before); /* else all that is left is pinned, or sketches */
  return TRUE;
}

/* A sketch with too many versions, found and thinned. */
typedef struct
{
  gint64 after_id; /* the one before it; then itself */
  guint limit;
  gboolean found;
  guint n_done;
} Thinning;

static gint64
do_thinning (SgDatabase *db, gpointer data, GError **error)
{
  Thinning *thinning = data;
  g_autoptr (SgStatement) find = sg_database_get_statement (db, "version-crowded", error);

  if (!find)
    return 0;
  sg_statement_bind_int (find, ":after_id", thinning->after_id);
  sg_statement_bind_int (find, ":n", thinning->limit);
  SgStep step = sg_statement_step (find, error);
  thinning->found = step == SG_STEP_ROW;
  if (step != SG_STEP_ROW)
    return step == SG_STEP_DONE;

  SgStatement *prune = sg_database_get_statement (db, "version-prune", error);
  thinning->after_id = sg_statement_get_int (find, 0);
  if (prune)
    {
      sg_statement_bind_int (prune, ":sketch_id", thinning->after_id);
      sg_statement_bind_int (prune, ":limit", sg_statement_get_int (find, 1) - thinning->limit);
    }
  if (!sg_statement_run (prune, error))
    return 0;
  thinning->n_done = sg_database_get_n_changed (db);
  return 1;
}

static gboolean
limit_versions (SgHistory *self, const SgHistoryLimits *limits, SgCleanUp *done, GError **error)
{
  Thinning thinning = { .limit = limits->n_versions, .found = limits->n_versions > 0 };

  while (thinning.found)
    {
      thinning.n_done = 0;
      if (!sg_writer_run (self->writer, do_thinning, &thinning, SG_COMMIT_SOON, error))
        return FALSE;
      done->n_versions += thinning.n_done;
    }
  return TRUE;
}

static gint64
do_give_back (SgDatabase *db, gpointer data, GError **error)
{
  guint *n_left = data, n_free = sg_database_get_n_free_pages (db);
  guint n = n_free > KEPT_PAGES ? MIN (n_free - KEPT_PAGES, STEP_PAGES) : 0;

  if (n > 0 && !sg_database_give_back (db, n, error))
    return 0;
  guint now = sg_database_get_n_free_pages (db);
  *n_left = now < n_free && now > KEPT_PAGES; /* a file from before gives none back */
  return 1;
}

static gboolean
give_back (SgHistory *self, GError **error)
{
  guint any_left = TRUE;

  while (any_left)
    if (!sg_writer_run (self->writer, do_give_back, &any_left, SG_COMMIT_SOON, error))
      return FALSE;
  return TRUE;
}

/* The setting `name` as a time; 0 where it has none. */
static gint64
read_time (SgDatabase *db, const char *name)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "setting-get", NULL);

  if (!statement)
    return 0;
  sg_statement_bind_text (statement, ":name", name);
  return sg_statement_step (statement, NULL) == SG_STEP_ROW
           ? g_ascii_strtoll (sg_statement_get_text (statement, 0), NULL, 10)
           : 0;
}

static gint64
do_note_check (SgDatabase *db, gpointer data, GError **error)
{
  const gint64 *now_us = data;
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, *now_us);
  SgStatement *statement = sg_database_get_statement (db, "setting-set", error);

  if (statement)
    {
      sg_statement_bind_text (statement, ":name", "checked-us");
      sg_statement_bind_text (statement, ":value", value);
      sg_statement_bind_int (statement, ":now_us", *now_us);
    }
  return sg_statement_run (statement, error);
}

/* Once a week, on a connection of its own: the others read on. */
static gboolean
check_now_and_then (SgHistory *self, gint64 now_us, SgCleanUp *done, GError **error)
{
  g_autoptr (SgDatabase) db = sg_database_open (self->path, SG_DATABASE_READER, error);
  g_autoptr (GError) cause = NULL;

  if (!db)
    return FALSE;
  gint64 last_us = read_time (db, "checked-us");
  if (last_us <= now_us && now_us - last_us < CHECK_US)
    return TRUE;
  if (!sg_database_check_whole (db, &cause))
    {
      sg_history_note (self, cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  done->checked = TRUE;
  return sg_writer_run (self->writer, do_note_check, &now_us, SG_COMMIT_SOON, error) != 0;
}

gboolean
sg_history_clean_up (SgHistory *self, const SgHistoryLimits *limits, SgCleanUp *done, GError **error)
{
  const SgHistoryLimits chosen = limits ? *limits : sg_history_limits_default ();
  gint64 now_us = g_get_real_time ();

  *done = (SgCleanUp){ .bytes_before = count_bytes (self) };
  gboolean cleaned =
    purge_deleted (self, now_us, done, error) && fail_abandoned (self, now_us, error) &&
    limit_age (self, &chosen, now_us, done, error) && limit_count (self, &chosen, done, error) &&
    limit_bytes (self, &chosen, done, error) && limit_versions (self, &chosen, done, error) &&
    give_back (self, error) && check_now_and_then (self, now_us, done, error);
  sg_writer_flush (self->writer); /* the file itself becomes shorter with it */
  done->bytes_after = count_bytes (self);
  return cleaned;
}

static void
clean_up_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SgCleanUp *done = g_new0 (SgCleanUp, 1);
  GError *error = NULL;

  if (sg_history_clean_up (source, data, done, &error))
    {
      g_task_return_pointer (task, done, g_free);
      return;
    }
  g_free (done);
  g_task_return_error (task, error);
}

void
sg_history_clean_up_async (SgHistory *self,
                           const SgHistoryLimits *limits,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (limits)
    g_task_set_task_data (task, g_memdup2 (limits, sizeof *limits), g_free);
  g_task_run_in_thread (task, clean_up_in_thread);
}

gboolean
sg_history_clean_up_finish (SgHistory *self, GAsyncResult *result, SgCleanUp *done, GError **error)
{
  g_autofree SgCleanUp *returned = g_task_propagate_pointer (G_TASK (result), error);

  if (returned && done)
    *done = *returned;
  return returned != NULL;
}

gboolean
sg_history_back_up (SgHistory *self, const char *path, GError **error)
{
  g_autoptr (SgDatabase) db = sg_database_open (self->path, SG_DATABASE_READER, error);

  return db && sg_database_back_up (db, path, error);
}
