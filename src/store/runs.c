/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs: one row each, gone with its sketch. */
#include "store/runs.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store/search.h"
#include "store/sketch-list.h"
#include "store/sketches.h"

/* What adding and updating tell alike. */
static void
bind_record (SgStatement *statement, const SgRunRecord *run, gint64 now_us)
{
  sg_statement_bind_text (statement, ":status", run->status);
  sg_statement_bind_double (statement, ":simulated_s", run->simulated);
  sg_statement_bind_double (statement, ":wall_s", run->wall);
  sg_statement_bind_int (statement, ":n_frames", run->frames);
  sg_statement_bind_int (statement, ":n_steps", run->steps);
  sg_statement_bind_double (statement, ":energy_first_j", run->energy_first);
  sg_statement_bind_double (statement, ":energy_last_j", run->energy_last);
  sg_statement_bind_bytes (statement, ":thumbnail", run->thumbnail);
  sg_statement_bind_text (statement, ":result", run->result);
  sg_statement_bind_text (statement, ":spec", run->spec);
  sg_statement_bind_text (statement, ":mjcf", run->mjcf);
  sg_statement_bind_int (statement, ":now_us", now_us);
}

gint64
sg_runs_add (SgDatabase *db, const SgRunRecord *run, gint64 now_us, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "simulation-insert", error);

  if (!statement)
    return 0;
  bind_record (statement, run, now_us);
  sg_statement_bind_int (statement, ":sketch_id", run->sketch_id);
  sg_statement_bind_text (statement, ":session", run->session ? run->session : "");
  sg_statement_bind_text (statement, ":title", run->title);
  sg_statement_bind_text (statement, ":words", run->words);
  sg_statement_bind_text (statement, ":model_version", run->model_version);
  sg_statement_bind_text (statement, ":library_version", run->library_version);
  if (!sg_statement_run (statement, error))
    return 0;
  if (sg_database_get_n_changed (db) > 0)
    return sg_database_get_last_id (db);
  return sg_sketches_set_not_found ("sketch", run->sketch_id, error);
}

gint64
sg_runs_update (SgDatabase *db, gint64 id, const SgRunRecord *run, gint64 now_us, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "simulation-update", error);

  if (!statement)
    return 0;
  bind_record (statement, run, now_us);
  sg_statement_bind_int (statement, ":id", id);
  if (!sg_statement_run (statement, error))
    return 0;
  return sg_database_get_n_changed (db) > 0 ? id : sg_sketches_set_not_found ("run", id, error);
}

/* Columns of the view simulation_entries, then the snippet. */
static SgRunEntry *
entry_from_row (SgStatement *statement)
{
  SgRunEntry *entry = g_atomic_rc_box_new0 (SgRunEntry);
  const char *title = sg_statement_get_text (statement, 3);

  entry->id = sg_statement_get_int (statement, 0);
  entry->sketch_id = sg_statement_get_int (statement, 1);
  entry->session = g_strdup (sg_statement_get_text (statement, 2));
  entry->title = g_strdup (*title ? title : _ ("Untitled"));
  entry->words = g_strdup (sg_statement_get_text (statement, 4));
  entry->status = g_strdup (sg_statement_get_text (statement, 5));
  entry->pinned = sg_statement_get_int (statement, 6);
  entry->simulated = sg_statement_get_double (statement, 7);
  entry->wall = sg_statement_get_double (statement, 8);
  entry->frames = sg_statement_get_int (statement, 9);
  entry->steps = sg_statement_get_int (statement, 10);
  entry->energy_first = sg_statement_get_double (statement, 11);
  entry->energy_last = sg_statement_get_double (statement, 12);
  entry->created_us = sg_statement_get_int (statement, 13);
  entry->completed_us = sg_statement_get_int (statement, 14);
  entry->tags = sg_sketch_list_split_tags (sg_statement_get_text (statement, 15));
  entry->thumbnail = sg_statement_dup_bytes (statement, 16);
  entry->snippet = g_strdup (sg_statement_get_text (statement, 18));
  return entry;
}

SgRunEntry *
sg_run_entry_ref (SgRunEntry *entry)
{
  return g_atomic_rc_box_acquire (entry);
}

static void
entry_clear (gpointer data)
{
  SgRunEntry *entry = data;

  g_free (entry->session);
  g_free (entry->title);
  g_free (entry->words);
  g_free (entry->status);
  g_free (entry->snippet);
  g_free (entry->mjcf);
  g_free (entry->spec);
  g_free (entry->result);
  g_free (entry->model_version);
  g_free (entry->library_version);
  g_strfreev (entry->tags);
  g_clear_pointer (&entry->thumbnail, g_bytes_unref);
}

void
sg_run_entry_unref (SgRunEntry *entry)
{
  g_atomic_rc_box_release_full (entry, entry_clear);
}

/* The list that is in the order of the index its filters have. */
static const char *
choose_list (const SgRunQuery *query)
{
  if (query->sketch_id != 0)
    return "simulation-list-sketch";
  if (query->session && query->status)
    return "simulation-list-session-status";
  if (query->session)
    return "simulation-list-session";
  return query->status ? "simulation-list-status" : "simulation-list";
}

static SgStatement *
prepare_list (SgDatabase *db, const SgRunQuery *query, GError **error)
{
  const char *name = choose_list (query);
  SgStatement *statement = sg_database_get_statement (db, name, error);

  if (!statement)
    return NULL;
  if (query->sketch_id != 0)
    sg_statement_bind_int (statement, ":sketch_id", query->sketch_id);
  if (query->session)
    sg_statement_bind_text (statement, ":session", query->session);
  if (query->status)
    sg_statement_bind_text (statement, ":status", query->status);
  sg_statement_bind_int (statement, ":before_us", query->before_us > 0 ? query->before_us : G_MAXINT64);
  sg_statement_bind_int (statement, ":before_id", query->before_id > 0 ? query->before_id : G_MAXINT64);
  sg_statement_bind_int (statement, ":limit", MIN (query->limit, SG_LIST_LIMIT));
  return statement;
}

static SgStatement *
prepare_search (SgDatabase *db, const SgRunQuery *query, const char *match, GError **error)
{
  gboolean best = query->order == SG_HISTORY_BEST;
  SgStatement *statement =
    sg_database_get_statement (db, best ? "simulation-search-best" : "simulation-search", error);

  if (!statement)
    return NULL;
  sg_statement_bind_text (statement, ":match", match);
  sg_statement_bind_int (statement, ":sketch_id", query->sketch_id);
  sg_statement_bind_text (statement, ":session", query->session);
  sg_statement_bind_text (statement, ":status", query->status);
  if (!best)
    sg_statement_bind_int (statement, ":before_id", query->before_id > 0 ? query->before_id : G_MAXINT64);
  sg_statement_bind_int (statement, ":limit", MIN (query->limit, SG_LIST_LIMIT));
  return statement;
}

GPtrArray *
sg_runs_find (SgDatabase *db, const SgRunQuery *query, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_run_entry_unref);
  gboolean searches = query->text && *query->text;
  g_autofree char *match = searches ? sg_search_expression (query->text) : NULL;
  SgStep step;

  if (searches && !match)
    return g_steal_pointer (&entries);
  g_autoptr (SgStatement) statement =
    match ? prepare_search (db, query, match, error) : prepare_list (db, query, error);
  if (!statement)
    return NULL;
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    g_ptr_array_add (entries, entry_from_row (statement));
  return step == SG_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

SgRunEntry *
sg_runs_get (SgDatabase *db, gint64 id, GError **error)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "simulation-get", error);

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":id", id);
  SgStep step = sg_statement_step (statement, error);
  if (step == SG_STEP_DONE)
    sg_sketches_set_not_found ("run", id, error);
  if (step != SG_STEP_ROW)
    return NULL;
  SgRunEntry *entry = entry_from_row (statement);
  entry->model_version = g_strdup (sg_statement_get_text (statement, 19));
  entry->library_version = g_strdup (sg_statement_get_text (statement, 20));
  entry->result = g_strdup (sg_statement_get_text (statement, 21));
  entry->spec = g_strdup (sg_statement_get_text (statement, 22));
  entry->mjcf = g_strdup (sg_statement_get_text (statement, 23));
  entry->version_id = sg_statement_get_int (statement, 24);
  return entry;
}
