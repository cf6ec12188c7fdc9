/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs: one row each, gone with its sketch. */
#include "store/runs.h"

#include "store/sketches.h"

gint64
sg_runs_add (SgDatabase *db, const SgRunRecord *run, GError **error)
{
  g_autoptr (SgHistoryEntry) sketch = sg_sketches_get (db, run->sketch_id, error);
  SgStatement *statement = sketch ? sg_database_get_statement (db, "simulation-insert", error) : NULL;

  if (statement)
    {
      sg_statement_bind_int (statement, ":sketch_id", run->sketch_id);
      sg_statement_bind_text (statement, ":status", run->status);
      sg_statement_bind_text (statement, ":mjcf", run->mjcf);
      sg_statement_bind_double (statement, ":simulated_s", run->simulated);
      sg_statement_bind_double (statement, ":wall_s", run->wall);
      sg_statement_bind_int (statement, ":n_steps", run->steps);
      sg_statement_bind_double (statement, ":energy_first_j", run->energy_first);
      sg_statement_bind_double (statement, ":energy_last_j", run->energy_last);
      sg_statement_bind_int (statement, ":now_us", g_get_real_time ());
    }
  return sg_statement_run (statement, error) ? sg_database_get_last_id (db) : 0;
}

static SgRunEntry *
entry_from_row (SgStatement *statement)
{
  SgRunEntry *entry = g_new (SgRunEntry, 1);

  entry->id = sg_statement_get_int (statement, 0);
  entry->created_us = sg_statement_get_int (statement, 1);
  entry->status = g_strdup (sg_statement_get_text (statement, 2));
  entry->simulated = sg_statement_get_double (statement, 3);
  entry->wall = sg_statement_get_double (statement, 4);
  entry->steps = sg_statement_get_int (statement, 5);
  entry->energy_first = sg_statement_get_double (statement, 6);
  entry->energy_last = sg_statement_get_double (statement, 7);
  return entry;
}

void
sg_run_entry_free (SgRunEntry *entry)
{
  g_free (entry->status);
  g_free (entry);
}

GPtrArray *
sg_runs_list (SgDatabase *db, gint64 sketch_id, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_run_entry_free);
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "simulation-list", error);
  SgStep step;

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":sketch_id", sketch_id);
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    g_ptr_array_add (entries, entry_from_row (statement));
  return step == SG_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}
