/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Merging a copy of a history. A sketch with its versions and runs is one transaction on the writer's
 * thread, which has the stranger's connection for that long. Nothing of the stranger is taken as it is:
 * pages are read as sketch files, pictures are hashed anew, and what a row says of itself is bounded. */
#include <string.h>

#include <glib/gstdio.h>

#include "base/limits.h"
#include "store/edits.h"
#include "store/error.h"
#include "store/history-private.h"
#include "store/keeping.h"
#include "store/sketch-list.h"
#include "store/sketches.h"

#define MAX_THUMBNAIL (1 << 20)
#define MAX_NAME 200 /* of uids, sessions, versions */

/* One sketch on its way. */
typedef struct
{
  SgDatabase *source;
  gint64 after_id; /* the source's sketch before this one; then this one */
  gboolean found;
  SgImport *done;

  gint64 id;            /* here */
  gboolean is_current;  /* the source's current version is to be the current one here */
  gint64 current_id;    /* the source's current version */
  GHashTable *versions; /* the source's id -> ours */
} Merge;

/* (nullable): a PNG of a size that a list can bear. */
static GBytes *
take_thumbnail (SgStatement *row, int column)
{
  g_autoptr (GBytes) bytes = sg_statement_dup_bytes (row, column);
  gsize size = 0;
  const void *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  if (size < 8 || size > MAX_THUMBNAIL || memcmp (data, "\x89PNG\r\n\x1a\n", 8) != 0)
    return NULL;
  return g_steal_pointer (&bytes);
}

static gint64
take_time (SgStatement *row, int column)
{
  return CLAMP (sg_statement_get_int (row, column), 0, g_get_real_time ());
}

static gboolean
is_short (const char *text, gsize limit)
{
  return text && strlen (text) <= limit && g_utf8_validate (text, -1, NULL);
}

/* -- A sketch -- */

static gboolean
find_here (SgDatabase *db, SgStatement *row, Merge *merge, GError **error)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "import-find", error);

  if (!statement)
    return FALSE;
  sg_statement_bind_text (statement, ":uid", sg_statement_get_text (row, 1));
  SgStep step = sg_statement_step (statement, error);
  merge->id = step == SG_STEP_ROW ? sg_statement_get_int (statement, 0) : 0;
  merge->is_current = step != SG_STEP_ROW || take_time (row, 3) > sg_statement_get_int (statement, 1);
  return step != SG_STEP_ERROR;
}

static gboolean
insert_here (SgDatabase *db, SgStatement *row, Merge *merge, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "import-sketch", error);

  if (statement)
    {
      sg_statement_bind_text (statement, ":uid", sg_statement_get_text (row, 1));
      sg_statement_bind_int (statement, ":created_us", take_time (row, 2));
      sg_statement_bind_int (statement, ":updated_us", take_time (row, 3));
      sg_statement_bind_int (statement, ":pinned", sg_statement_get_int (row, 4) != 0);
    }
  if (!sg_statement_run (statement, error))
    return FALSE;
  merge->id = sg_database_get_last_id (db);
  return TRUE;
}

static gboolean
make_current (
  SgDatabase *db, gint64 id, gint64 version_id, const SgPage *page, GBytes *thumbnail, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "import-current", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":id", id);
      sg_statement_bind_int (statement, ":version_id", version_id);
      sg_statement_bind_text (statement, ":title", sg_page_get_title (page));
      sg_statement_bind_text (statement, ":words", sg_page_get_words (page));
      sg_statement_bind_int (statement, ":n_strokes", sg_page_get_n_strokes (page));
      sg_statement_bind_bytes (statement, ":thumbnail", thumbnail);
    }
  return sg_statement_run (statement, error);
}

static gboolean
merge_version (SgDatabase *db, SgStatement *row, Merge *merge, const SgPage *page, GError **error)
{
  g_autoptr (GBytes) thumbnail = take_thumbnail (row, 2);
  gint64 theirs = sg_statement_get_int (row, 0);
  gboolean added;
  gint64 ours = sg_sketches_put_version (db, merge->id, page, thumbnail, take_time (row, 1), &added, error);

  if (ours == 0)
    return FALSE;
  merge->done->n_versions += added;
  g_hash_table_insert (merge->versions, g_memdup2 (&theirs, sizeof theirs), g_memdup2 (&ours, sizeof ours));
  return theirs != merge->current_id || !merge->is_current ||
         make_current (db, merge->id, ours, page, thumbnail, error);
}

/* A version that is no sketch is left out; the one that is current must be one. */
static gboolean
merge_versions (SgDatabase *db, Merge *merge, GError **error)
{
  g_autoptr (SgStatement) row = sg_database_get_statement (merge->source, "export-versions", error);
  SgStep step;

  if (!row)
    return FALSE;
  sg_statement_bind_int (row, ":sketch_id", merge->after_id);
  while ((step = sg_statement_step (row, error)) == SG_STEP_ROW)
    {
      gboolean needed = sg_statement_get_int (row, 0) == merge->current_id;
      g_autoptr (SgPage) page =
        sg_sketches_load_version (merge->source, sg_statement_get_int (row, 0), needed ? error : NULL);

      if (page ? !merge_version (db, row, merge, page, error) : needed)
        return FALSE;
    }
  return step == SG_STEP_DONE;
}

static gboolean
merge_tags (SgDatabase *db, SgStatement *row, Merge *merge, GError **error)
{
  g_auto (GStrv) theirs = sg_sketch_list_split_tags (sg_statement_get_text (row, 5));

  for (guint i = 0; theirs[i]; i++)
    if (!sg_edits_add_tag (db, merge->id, theirs[i], error))
      return FALSE;
  return TRUE;
}

/* -- Its runs -- */

static const char *const run_texts[] = { ":uid", ":session", ":title", ":words", ":status" };
static const char *const run_numbers[] = { ":simulated_s", ":wall_s", ":energy_first_j", ":energy_last_j" };

static gboolean
is_run (SgStatement *row)
{
  static const int long_texts[] = { 18, 19, 20 };

  for (int i = 0; i < 2; i++)
    if (!is_short (sg_statement_get_text (row, i), MAX_NAME))
      return FALSE;
  for (int i = 2; i < 4; i++)
    if (!is_short (sg_statement_get_text (row, i), 4 * SG_LIMIT_WORDS))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (long_texts); i++)
    {
      const char *text = sg_statement_get_text (row, long_texts[i]);

      if (text && !is_short (text, SG_LIMIT_MJCF_BYTES))
        return FALSE;
    }
  return TRUE;
}

static void
bind_run (SgStatement *statement, SgStatement *row, const Merge *merge, GBytes *thumbnail)
{
  static const int number_columns[] = { 6, 7, 10, 11 };
  gint64 theirs = sg_statement_get_int (row, 21);
  const gint64 *ours = g_hash_table_lookup (merge->versions, &theirs);
  gint64 completed_us = take_time (row, 16);

  sg_statement_bind_int (statement, ":sketch_id", merge->id);
  if (ours)
    sg_statement_bind_int (statement, ":version_id", *ours);
  for (guint i = 0; i < G_N_ELEMENTS (run_texts); i++)
    sg_statement_bind_text (statement, run_texts[i], sg_statement_get_text (row, i));
  for (guint i = 0; i < G_N_ELEMENTS (run_numbers); i++)
    sg_statement_bind_double (statement, run_numbers[i], sg_statement_get_double (row, number_columns[i]));
  sg_statement_bind_int (statement, ":pinned", sg_statement_get_int (row, 5) != 0);
  sg_statement_bind_int (statement, ":n_frames", MAX (0, sg_statement_get_int (row, 8)));
  sg_statement_bind_int (statement, ":n_steps", MAX (0, sg_statement_get_int (row, 9)));
  sg_statement_bind_text (statement, ":model_version", sg_statement_get_text (row, 12));
  sg_statement_bind_text (statement, ":library_version", sg_statement_get_text (row, 13));
  sg_statement_bind_int (statement, ":created_us", take_time (row, 14));
  sg_statement_bind_int (statement, ":updated_us", take_time (row, 15));
  if (completed_us > 0)
    sg_statement_bind_int (statement, ":completed_us", completed_us);
  sg_statement_bind_bytes (statement, ":thumbnail", thumbnail);
  sg_statement_bind_text (statement, ":result", sg_statement_get_text (row, 18));
  sg_statement_bind_text (statement, ":spec", sg_statement_get_text (row, 19));
  sg_statement_bind_text (statement, ":mjcf", sg_statement_get_text (row, 20));
}

static gboolean
merge_run (SgDatabase *db, SgStatement *row, const Merge *merge, GError **error)
{
  g_autoptr (GBytes) thumbnail = take_thumbnail (row, 17);
  SgStatement *statement = sg_database_get_statement (db, "import-run", error);

  if (statement)
    bind_run (statement, row, merge, thumbnail);
  if (!sg_statement_run (statement, error))
    return FALSE;
  merge->done->n_runs += sg_database_get_n_changed (db);
  return TRUE;
}

static gboolean
merge_runs (SgDatabase *db, Merge *merge, GError **error)
{
  g_autoptr (SgStatement) row = sg_database_get_statement (merge->source, "export-runs", error);
  SgStep step;

  if (!row)
    return FALSE;
  sg_statement_bind_int (row, ":sketch_id", merge->after_id);
  while ((step = sg_statement_step (row, error)) == SG_STEP_ROW)
    if (!is_run (row))
      merge->done->n_refused++;
    else if (!merge_run (db, row, merge, error))
      return FALSE;
  return step == SG_STEP_DONE;
}

/* -- The whole -- */

static gboolean
merge_row (SgDatabase *db, SgStatement *row, Merge *merge, GError **error)
{
  merge->current_id = sg_statement_get_int (row, 7);
  if (!is_short (sg_statement_get_text (row, 1), MAX_NAME))
    {
      g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_INVALID, "a sketch with no name of its own");
      return FALSE;
    }
  if (!find_here (db, row, merge, error))
    return FALSE;
  gboolean is_new = merge->id == 0;
  if (is_new && !insert_here (db, row, merge, error))
    return FALSE;
  merge->done->n_sketches += is_new;
  return merge_versions (db, merge, error) && merge_tags (db, row, merge, error) &&
         merge_runs (db, merge, error);
}

static gint64
do_merge (SgDatabase *db, gpointer data, GError **error)
{
  Merge *merge = data;
  g_autoptr (SgStatement) row = sg_database_get_statement (merge->source, "export-sketch", error);

  if (!row)
    return 0;
  sg_statement_bind_int (row, ":after_id", merge->after_id);
  SgStep step = sg_statement_step (row, error);
  merge->found = step == SG_STEP_ROW;
  if (step != SG_STEP_ROW)
    return step == SG_STEP_DONE;
  merge->after_id = sg_statement_get_int (row, 0);
  return merge_row (db, row, merge, error);
}

/* Whether it is this one sketch that is no good. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT) ||
         g_error_matches (error, SG_STORE_ERROR, SG_STORE_ERROR_INVALID) ||
         g_error_matches (error, SG_STORE_ERROR, SG_STORE_ERROR_NOT_FOUND) ||
         g_error_matches (error, SG_STORE_ERROR, SG_STORE_ERROR_SQL);
}

gboolean
sg_history_merge (SgHistory *self, SgDatabase *source, SgImport *done, GError **error)
{
  Merge merge = { .source = source, .done = done };

  do
    {
      g_autoptr (GError) cause = NULL;
      const SgImport before = *done;
      gint64 last = merge.after_id;

      merge.versions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      gboolean merged = sg_writer_run (self->writer, do_merge, &merge, SG_COMMIT_SOON, &cause) != 0;
      g_hash_table_unref (merge.versions);
      if (merged)
        continue;
      *done = before;
      if (!is_refusal (cause) || merge.after_id == last)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      done->n_refused++;
    }
  while (merge.found);
  return TRUE;
}

/* The file as this version's schema has it: one of an earlier version is copied and brought up to date.
 * `copy` is then the path of that, to be deleted. */
static SgDatabase *
open_stranger (const char *path, char **copy, GError **error)
{
  g_autoptr (SgDatabase) db = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN, "%s: there is no such file", path);
      return NULL;
    }
  db = sg_database_open (path, SG_DATABASE_STRANGER, error);
  if (!db || !sg_database_check_schema (db, error) || !sg_database_check_whole (db, error))
    return NULL;
  if (sg_database_is_up_to_date (db))
    return g_steal_pointer (&db);

  g_autofree char *folder = g_dir_make_tmp ("simgen-import-XXXXXX", error);
  if (!folder)
    return NULL;
  *copy = g_build_filename (folder, "history.db", NULL);
  return sg_database_back_up (db, *copy, error) ? sg_database_open (*copy, SG_DATABASE_WRITER, error) : NULL;
}

/* Deletes the copy with whatever SQLite left beside it. */
static void
remove_copy (const char *copy)
{
  g_autofree char *folder = g_path_get_dirname (copy);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; dir && (name = g_dir_read_name (dir));)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

gboolean
sg_history_import (SgHistory *self, const char *path, SgImport *done, GError **error)
{
  g_autofree char *copy = NULL;
  GError *cause = NULL;

  *done = (SgImport){ 0 };
  SgDatabase *source = open_stranger (path, &copy, &cause);
  gboolean merged = source && sg_history_merge (self, source, done, &cause);
  g_clear_pointer (&source, sg_database_close);
  if (copy)
    remove_copy (copy);
  if (merged)
    return TRUE;
  /* what is no database at all is no damaged history */
  if (!source && g_error_matches (cause, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT) && done->n_sketches == 0)
    cause->code = SG_STORE_ERROR_INVALID;
  g_propagate_error (error, cause);
  return FALSE;
}
