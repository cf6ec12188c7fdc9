/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of figures. A row is found, added to and put back, in one transaction for all rows of a
 * writing. */
#include "store/metrics.h"

#include <glib/gstdio.h>

#include "base/limits.h"
#include "store/history.h"

#define MINUTE_US (60 * G_TIME_SPAN_SECOND)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

struct _SgMetricsKeeper
{
  SgMetrics *metrics;
  SgFigures *written; /* what is in the table already */
};

/* A row's figures. */
typedef struct
{
  const char *name, *kind;
  guint64 n, total, greatest;
  SgHistogram *histogram; /* of durations, else NULL */
} Row;

SgMetricsKeeper *
sg_metrics_keeper_new (SgMetrics *metrics)
{
  SgMetricsKeeper *self = g_new (SgMetricsKeeper, 1);

  self->metrics = metrics;
  self->written = sg_figures_new ();
  return self;
}

void
sg_metrics_keeper_free (SgMetricsKeeper *self)
{
  sg_figures_free (self->written);
  g_free (self);
}

/* -- Rows -- */

static void
add_histogram (SgStatement *statement, int column, SgHistogram *histogram)
{
  g_autoptr (GBytes) bytes = sg_statement_dup_bytes (statement, column);
  gsize size = 0;
  const guint8 *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  /* one that is damaged has no say */
  sg_histogram_add_encoded (histogram, data, size);
}

/* Adds what the table has of the slot to the row. */
static gboolean
add_known (SgDatabase *db, Row *row, gint64 slot_us, gint64 span_us, GError **error)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "metric-find", error);

  if (!statement)
    return FALSE;
  sg_statement_bind_text (statement, ":name", row->name);
  sg_statement_bind_int (statement, ":slot_us", slot_us);
  sg_statement_bind_int (statement, ":span_us", span_us);
  SgStep step = sg_statement_step (statement, error);
  if (step != SG_STEP_ROW)
    return step == SG_STEP_DONE;
  row->n += sg_statement_get_int (statement, 0);
  if (!g_str_equal (row->kind, "gauge")) /* of which the newer value holds */
    row->total += sg_statement_get_int (statement, 1);
  row->greatest = MAX (row->greatest, (guint64)sg_statement_get_int (statement, 2));
  if (row->histogram)
    add_histogram (statement, 3, row->histogram);
  return TRUE;
}

static gboolean
put_row (SgDatabase *db, Row *row, gint64 time_us, gint64 span_us, GError **error)
{
  gint64 slot_us = time_us - (time_us % span_us + span_us) % span_us;

  if (!add_known (db, row, slot_us, span_us, error))
    return FALSE;
  g_autoptr (GBytes) bytes = row->histogram ? sg_histogram_encode (row->histogram) : NULL;
  SgStatement *statement = sg_database_get_statement (db, "metric-put", error);
  if (statement)
    {
      sg_statement_bind_text (statement, ":name", row->name);
      sg_statement_bind_text (statement, ":kind", row->kind);
      sg_statement_bind_int (statement, ":slot_us", slot_us);
      sg_statement_bind_int (statement, ":span_us", span_us);
      sg_statement_bind_int (statement, ":n", row->n);
      sg_statement_bind_int (statement, ":total", row->total);
      sg_statement_bind_int (statement, ":greatest", row->greatest);
      sg_statement_bind_bytes (statement, ":histogram", bytes);
    }
  return sg_statement_run (statement, error);
}

/* -- Writing -- */

static gboolean
write_figures (SgDatabase *db, const SgFigures *figures, gint64 now_us, GError **error)
{
  for (guint i = 0; i < SG_N_OPERATIONS; i++)
    {
      g_autofree SgHistogram *histogram = NULL;

      if (figures->operations[i].count == 0)
        continue;
      histogram = g_memdup2 (&figures->operations[i], sizeof *histogram);
      Row row = { sg_operation_name (i), "duration", histogram->count, histogram->sum, histogram->max,
                  histogram };
      if (!put_row (db, &row, now_us, MINUTE_US, error))
        return FALSE;
    }
  for (guint i = 0; i < SG_N_COUNTERS; i++)
    {
      Row row = { sg_counter_name (i), "counter", figures->counters[i], 0, 0, NULL };

      if (row.n > 0 && !put_row (db, &row, now_us, MINUTE_US, error))
        return FALSE;
    }
  for (guint i = 0; i < SG_N_GAUGES; i++)
    {
      Row row = { sg_gauge_name (i), "gauge", 1, figures->gauges[i], figures->gauge_max[i], NULL };

      if (row.greatest > 0 && !put_row (db, &row, now_us, MINUTE_US, error))
        return FALSE;
    }
  return TRUE;
}

/* -- Tidying -- */

/* A minute's row, taken out of the table to be added to its hour. */
typedef struct
{
  char *name;
  gint64 slot_us;
  guint64 n, total, greatest;
  SgHistogram *histogram; /* (nullable) */
} Fine;

static void
fine_free (gpointer data)
{
  Fine *fine = data;

  g_free (fine->name);
  g_free (fine->histogram);
  g_free (fine);
}

static GPtrArray *
list_fine (SgDatabase *db, gint64 before_us, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (fine_free);
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "metric-fine", error);
  SgStep step;

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":before_us", before_us);
  sg_statement_bind_int (statement, ":limit", limit);
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    {
      Fine *fine = g_new0 (Fine, 1);

      fine->name = g_strdup (sg_statement_get_text (statement, 0));
      fine->slot_us = sg_statement_get_int (statement, 1);
      fine->n = sg_statement_get_int (statement, 2);
      fine->total = sg_statement_get_int (statement, 3);
      fine->greatest = sg_statement_get_int (statement, 4);
      if (sg_operation_from_name (fine->name) >= 0)
        {
          fine->histogram = g_new0 (SgHistogram, 1);
          add_histogram (statement, 5, fine->histogram);
        }
      g_ptr_array_add (list, fine);
    }
  return step == SG_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
move_to_hour (SgDatabase *db, const Fine *fine, GError **error)
{
  const char *kind = fine->histogram ? "duration" : sg_gauge_from_name (fine->name) >= 0 ? "gauge"
                                                                                         : "counter";
  Row row = { fine->name, kind, fine->n, fine->total, fine->greatest, fine->histogram };
  SgStatement *statement = sg_database_get_statement (db, "metric-delete", error);

  if (statement)
    {
      sg_statement_bind_text (statement, ":name", fine->name);
      sg_statement_bind_int (statement, ":slot_us", fine->slot_us);
      sg_statement_bind_int (statement, ":span_us", MINUTE_US);
    }
  return sg_statement_run (statement, error) && put_row (db, &row, fine->slot_us, HOUR_US, error);
}

/* Rows of a time to come are a clock's that was wrong. */
static gboolean
prune (SgDatabase *db, gint64 now_us, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "metric-prune", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":before_us", now_us - SG_LIMIT_METRICS_DAYS * DAY_US);
      sg_statement_bind_int (statement, ":after_us", now_us + DAY_US);
    }
  return sg_statement_run (statement, error);
}

static gboolean
tidy (SgDatabase *db, gint64 now_us, guint limit, GError **error)
{
  g_autoptr (GPtrArray) fine = NULL;

  if (!prune (db, now_us, error))
    return FALSE;
  fine = list_fine (db, now_us - DAY_US, limit, error);
  if (!fine)
    return FALSE;
  for (guint i = 0; i < fine->len; i++)
    if (!move_to_hour (db, fine->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
write_and_tidy (SgDatabase *db, const SgFigures *figures, gint64 now_us, guint n_tidied, GError **error)
{
  if (!sg_database_begin (db, error))
    return FALSE;
  if (write_figures (db, figures, now_us, error) && tidy (db, now_us, n_tidied, error))
    return sg_database_commit (db, error);
  sg_database_rollback (db);
  return FALSE;
}

gboolean
sg_metrics_keeper_write (
  SgMetricsKeeper *self, SgDatabase *db, gint64 now_us, guint n_tidied, GError **error)
{
  sg_metrics_sample_memory (self->metrics);
  sg_metrics_set (self->metrics, SG_GAUGE_DATABASE_BYTES, sg_database_get_bytes (db));
  g_autoptr (SgFigures) all = sg_metrics_read (self->metrics);
  g_autoptr (SgFigures) grown = sg_figures_copy (all);

  sg_figures_subtract (grown, self->written);
  if (sg_figures_are_empty (grown))
    return TRUE;

  sg_database_set_measured (db, FALSE); /* else there would be something new for ever */
  gboolean done = write_and_tidy (db, grown, now_us, n_tidied, error);
  sg_database_set_measured (db, TRUE);
  if (done)
    {
      sg_figures_free (self->written);
      self->written = g_steal_pointer (&all);
    }
  return done;
}

/* -- Reading -- */

static void
add_row (SgFigures *figures, SgStatement *statement)
{
  const char *name = sg_statement_get_text (statement, 0);
  guint64 n = sg_statement_get_int (statement, 1), total = sg_statement_get_int (statement, 2);
  guint64 greatest = sg_statement_get_int (statement, 3);
  int operation = sg_operation_from_name (name);
  int counter = sg_counter_from_name (name), gauge = sg_gauge_from_name (name);

  if (operation >= 0)
    {
      SgHistogram *histogram = &figures->operations[operation];
      guint64 before = histogram->count;

      add_histogram (statement, 4, histogram);
      if (histogram->count == before)
        return;
      histogram->sum += total;
      histogram->max = MAX (histogram->max, greatest);
    }
  else if (counter >= 0)
    figures->counters[counter] += n;
  else if (gauge >= 0)
    {
      figures->gauges[gauge] = total;
      figures->gauge_max[gauge] = MAX (figures->gauge_max[gauge], greatest);
    }
}

SgFigures *
sg_metrics_load (SgDatabase *db, gint64 since_us, gint64 until_us, GError **error)
{
  g_autoptr (SgFigures) figures = sg_figures_new ();
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "metric-list", error);
  SgStep step;

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":from_us", since_us - MINUTE_US + 1); /* the minute that it is in */
  sg_statement_bind_int (statement, ":until_us", until_us);
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    add_row (figures, statement);
  return step == SG_STEP_DONE ? g_steal_pointer (&figures) : NULL;
}

/* -- A short program's -- */

/* As many as a run adds at most, so that runs alone keep the table tidy. */
#define TIDIED_BY_A_RUN 24

void
sg_metrics_write_briefly (const char *path)
{
  g_autofree char *usual = sg_history_dup_usual_path ();
  const char *chosen = path ? path : usual;
  g_autofree char *folder = g_path_get_dirname (chosen);
  g_autoptr (SgDatabase) db = NULL;
  g_autoptr (SgMetricsKeeper) keeper = sg_metrics_keeper_new (sg_metrics_process ());

  if (g_file_test (chosen, G_FILE_TEST_EXISTS))
    db = sg_database_open (chosen, SG_DATABASE_BRIEF, NULL);
  else if (g_mkdir_with_parents (folder, 0700) == 0)
    db = sg_database_open (chosen, SG_DATABASE_WRITER, NULL);
  if (db)
    sg_metrics_keeper_write (keeper, db, g_get_real_time (), TIDIED_BY_A_RUN, NULL);
}
