/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sketches: one row each, pointing at its current version; a version is a page, its pictures stored apart and
 * once. */
#include "store/sketches.h"

#include <string.h>

#include "config.h"

#include <glib/gi18n-lib.h>

#include "sketch/file.h"
#include "store/error.h"

#define VERSION_SPAN_US (60 * G_USEC_PER_SEC)

/* A sketch's current version, as far as saving has to know it. */
typedef struct
{
  gint64 id;        /* 0: none yet */
  gboolean is_same; /* as the page to be saved */
  gboolean is_young;
} Current;

/* What is to be saved. */
typedef struct
{
  gint64 sketch_id;
  const SgPage *page;
  char *hash;
  char *outline;
  gint64 now_us;
} Save;

static gboolean
set_not_found (gint64 id, GError **error)
{
  g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_NOT_FOUND, "no sketch %" G_GINT64_FORMAT, id);
  return FALSE;
}

/* The first column of the one row that `statement` (bound; NULL: it failed to prepare) gives; 0 where it
 * gives none. FALSE with `error`. */
static gboolean
find_id (SgStatement *statement, gint64 *id, GError **error)
{
  g_autoptr (SgStatement) owned = statement;
  SgStep step = statement ? sg_statement_step (statement, error) : SG_STEP_ERROR;

  *id = step == SG_STEP_ROW ? sg_statement_get_int (statement, 0) : 0;
  return step != SG_STEP_ERROR;
}

static gboolean
insert_sketch (SgDatabase *db, Save *save, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "sketch-insert", error);

  if (statement)
    sg_statement_bind_int (statement, ":now_us", save->now_us);
  if (!sg_statement_run (statement, error))
    return FALSE;
  save->sketch_id = sg_database_get_last_id (db);
  return TRUE;
}

static gboolean
find_current (SgDatabase *db, const Save *save, Current *current, GError **error)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "version-current", error);

  if (!statement)
    return FALSE;
  sg_statement_bind_int (statement, ":sketch_id", save->sketch_id);
  switch (sg_statement_step (statement, error))
    {
    case SG_STEP_ROW:
      current->id = sg_statement_get_int (statement, 0);
      current->is_same = g_str_equal (sg_statement_get_text (statement, 1), save->hash) &&
                         g_str_equal (sg_statement_get_text (statement, 2), save->outline);
      current->is_young = ABS (save->now_us - sg_statement_get_int (statement, 3)) < VERSION_SPAN_US;
      return TRUE;
    case SG_STEP_DONE:
      return set_not_found (save->sketch_id, error);
    default:
      return FALSE;
    }
}

static gboolean
find_version (SgDatabase *db, const Save *save, gint64 *id, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "version-find", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":sketch_id", save->sketch_id);
      sg_statement_bind_text (statement, ":page_hash", save->hash);
    }
  return find_id (statement, id, error);
}

static gboolean
insert_version (SgDatabase *db, const Save *save, gint64 *id, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "version-insert", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":sketch_id", save->sketch_id);
      sg_statement_bind_text (statement, ":page_hash", save->hash);
      sg_statement_bind_text (statement, ":page", save->outline);
      sg_statement_bind_int (statement, ":now_us", save->now_us);
    }
  if (!sg_statement_run (statement, error))
    return FALSE;
  *id = sg_database_get_last_id (db);
  return TRUE;
}

static gboolean
update_version (SgDatabase *db, const Save *save, gint64 id, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "version-update", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":id", id);
      sg_statement_bind_text (statement, ":page_hash", save->hash);
      sg_statement_bind_text (statement, ":page", save->outline);
    }
  return sg_statement_run (statement, error);
}

/* Puts the page into the version that it belongs to: the one it equals, the current one while that is young,
 * or a new one. */
static gboolean
save_version (SgDatabase *db, const Save *save, const Current *current, gint64 *id, GError **error)
{
  if (!find_version (db, save, id, error))
    return FALSE;
  if (*id == 0 && current->id != 0 && current->is_young)
    *id = current->id;
  if (*id == 0)
    return insert_version (db, save, id, error);
  return update_version (db, save, *id, error);
}

/* The row of a picture with these bytes, made where there is none. */
static gboolean
save_picture (SgDatabase *db, GBytes *data, gint64 *id, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, data);
  SgStatement *find = sg_database_get_statement (db, "picture-find", error);

  if (find)
    sg_statement_bind_text (find, ":hash", hash);
  if (!find_id (find, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;

  SgStatement *insert = sg_database_get_statement (db, "picture-insert", error);
  if (insert)
    {
      sg_statement_bind_text (insert, ":hash", hash);
      sg_statement_bind_bytes (insert, ":data", data);
    }
  if (!sg_statement_run (insert, error))
    return FALSE;
  *id = sg_database_get_last_id (db);
  return TRUE;
}

static gboolean
link_picture (SgDatabase *db, gint64 version_id, guint position, gint64 picture_id, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "version-picture-insert", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":version_id", version_id);
      sg_statement_bind_int (statement, ":position", position);
      sg_statement_bind_int (statement, ":picture_id", picture_id);
    }
  return sg_statement_run (statement, error);
}

static gboolean
save_pictures (SgDatabase *db, gint64 version_id, const SgPage *page, GError **error)
{
  SgStatement *clear = sg_database_get_statement (db, "version-pictures-clear", error);

  if (clear)
    sg_statement_bind_int (clear, ":version_id", version_id);
  if (!sg_statement_run (clear, error))
    return FALSE;
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    {
      gint64 picture_id;

      if (!save_picture (db, sg_image_get_data (sg_page_get_image (page, i)), &picture_id, error) ||
          !link_picture (db, version_id, i, picture_id, error))
        return FALSE;
    }
  return sg_statement_run (sg_database_get_statement (db, "picture-prune", error), error);
}

static gboolean
update_sketch (SgDatabase *db, const Save *save, gint64 version_id, GBytes *thumbnail, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "sketch-update", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":id", save->sketch_id);
      sg_statement_bind_text (statement, ":title", sg_page_get_title (save->page));
      sg_statement_bind_text (statement, ":words", sg_page_get_words (save->page));
      sg_statement_bind_int (statement, ":n_strokes", sg_page_get_n_strokes (save->page));
      sg_statement_bind_bytes (statement, ":thumbnail", thumbnail);
      sg_statement_bind_int (statement, ":version_id", version_id);
      sg_statement_bind_int (statement, ":now_us", save->now_us);
    }
  return sg_statement_run (statement, error);
}

gint64
sg_sketches_save (
  SgDatabase *db, gint64 id, const SgPage *page, GBytes *thumbnail, gint64 now_us, GError **error)
{
  g_autofree char *hash = sg_page_hash (page);
  g_autofree char *outline = sg_sketch_file_dump_outline (page);
  Save save = { id, page, hash, outline, now_us };
  Current current = { 0 };
  gint64 version_id;

  if (id == 0 ? !insert_sketch (db, &save, error) : !find_current (db, &save, &current, error))
    return 0;
  if (current.is_same && !thumbnail)
    return id;
  if (!save_version (db, &save, &current, &version_id, error) ||
      !save_pictures (db, version_id, page, error) ||
      !update_sketch (db, &save, version_id, thumbnail, error))
    return 0;
  return save.sketch_id;
}

gboolean
sg_sketches_delete (SgDatabase *db, gint64 id, GError **error)
{
  g_autoptr (SgHistoryEntry) entry = sg_sketches_get (db, id, error);
  SgStatement *statement = entry ? sg_database_get_statement (db, "sketch-delete", error) : NULL;

  if (statement)
    sg_statement_bind_int (statement, ":id", id);
  return sg_statement_run (statement, error) &&
         sg_statement_run (sg_database_get_statement (db, "picture-prune", error), error);
}

static GPtrArray *
load_pictures (SgDatabase *db, gint64 version_id, GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "version-pictures", error);
  SgStep step;

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":version_id", version_id);
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    g_ptr_array_add (pictures, sg_statement_dup_bytes (statement, 0));
  return step == SG_STEP_DONE ? g_steal_pointer (&pictures) : NULL;
}

SgPage *
sg_sketches_load (SgDatabase *db, gint64 id, GError **error)
{
  g_autofree char *name = g_strdup_printf ("sketch %" G_GINT64_FORMAT, id);
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "version-current", error);
  g_autoptr (GError) cause = NULL;

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":sketch_id", id);
  SgStep step = sg_statement_step (statement, error);
  if (step == SG_STEP_DONE)
    set_not_found (id, error);
  if (step != SG_STEP_ROW)
    return NULL;

  g_autoptr (GPtrArray) pictures = load_pictures (db, sg_statement_get_int (statement, 0), error);
  if (!pictures)
    return NULL;
  const char *outline = sg_statement_get_text (statement, 2);
  SgPage *page = sg_sketch_file_parse_outline (name, outline, strlen (outline), pictures, &cause);
  if (!page)
    g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT, "%s", cause->message);
  return page;
}

static SgHistoryEntry *
entry_from_row (SgStatement *statement)
{
  SgHistoryEntry *entry = g_new (SgHistoryEntry, 1);
  const char *title = sg_statement_get_text (statement, 1);

  entry->id = sg_statement_get_int (statement, 0);
  entry->title = g_strdup (*title ? title : _ ("Untitled"));
  entry->created_us = sg_statement_get_int (statement, 2);
  entry->updated_us = sg_statement_get_int (statement, 3);
  entry->n_strokes = sg_statement_get_int (statement, 4);
  entry->n_runs = sg_statement_get_int (statement, 5);
  entry->thumbnail = sg_statement_dup_bytes (statement, 6);
  return entry;
}

void
sg_history_entry_free (SgHistoryEntry *entry)
{
  g_free (entry->title);
  g_clear_pointer (&entry->thumbnail, g_bytes_unref);
  g_free (entry);
}

SgHistoryEntry *
sg_sketches_get (SgDatabase *db, gint64 id, GError **error)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "sketch-get", error);

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":id", id);
  SgStep step = sg_statement_step (statement, error);
  if (step == SG_STEP_DONE)
    set_not_found (id, error);
  return step == SG_STEP_ROW ? entry_from_row (statement) : NULL;
}

/* A LIKE pattern that finds `text` anywhere, whatever is in it. */
static char *
like_pattern (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (; *text; text++)
    {
      if (strchr ("%_\\", *text))
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *text);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

GPtrArray *
sg_sketches_list (SgDatabase *db, const char *text, gint64 before_us, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_history_entry_free);
  g_autofree char *pattern = text && *text ? like_pattern (text) : NULL;
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "sketch-list", error);
  SgStep step;

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":before_us", before_us > 0 ? before_us : G_MAXINT64);
  sg_statement_bind_text (statement, ":pattern", pattern);
  sg_statement_bind_int (statement, ":limit", limit);
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    g_ptr_array_add (entries, entry_from_row (statement));
  return step == SG_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

gint64
sg_sketches_get_last (SgDatabase *db)
{
  gint64 id;

  return find_id (sg_database_get_statement (db, "sketch-last", NULL), &id, NULL) ? id : 0;
}
