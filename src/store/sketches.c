/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sketches: one row each, pointing at its current version; a version is a page, its pictures stored apart and
 * once. */
#include "store/sketches.h"

#include <string.h>

#include "sketch/file.h"
#include "store/error.h"
#include "store/sketch-list.h"

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
  GBytes *thumbnail; /* (nullable) */
  char *hash;
  char *outline;
  gint64 now_us;
} Save;

gboolean
sg_sketches_set_not_found (const char *what, gint64 id, GError **error)
{
  g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_NOT_FOUND, "no %s %" G_GINT64_FORMAT, what, id);
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
      return sg_sketches_set_not_found ("sketch", save->sketch_id, error);
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
      sg_statement_bind_int (statement, ":n_strokes", sg_page_get_n_strokes (save->page));
      sg_statement_bind_bytes (statement, ":thumbnail", save->thumbnail);
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
      sg_statement_bind_int (statement, ":n_strokes", sg_page_get_n_strokes (save->page));
      sg_statement_bind_bytes (statement, ":thumbnail", save->thumbnail);
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
  guint n = sg_page_get_n_images (page);

  for (guint i = 0; i < n; i++)
    {
      gint64 picture_id;

      if (!save_picture (db, sg_image_get_data (sg_page_get_image (page, i)), &picture_id, error) ||
          !link_picture (db, version_id, i, picture_id, error))
        return FALSE;
    }
  SgStatement *trim = sg_database_get_statement (db, "version-pictures-trim", error);
  if (trim)
    {
      sg_statement_bind_int (trim, ":version_id", version_id);
      sg_statement_bind_int (trim, ":n", n);
    }
  return sg_statement_run (trim, error);
}

static gboolean
update_sketch (SgDatabase *db, const Save *save, gint64 version_id, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "sketch-update", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":id", save->sketch_id);
      sg_statement_bind_text (statement, ":title", sg_page_get_title (save->page));
      sg_statement_bind_text (statement, ":words", sg_page_get_words (save->page));
      sg_statement_bind_int (statement, ":n_strokes", sg_page_get_n_strokes (save->page));
      sg_statement_bind_bytes (statement, ":thumbnail", save->thumbnail);
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
  Save save = { id, page, thumbnail, hash, outline, now_us };
  Current current = { 0 };
  gint64 version_id;

  if (id == 0 ? !insert_sketch (db, &save, error) : !find_current (db, &save, &current, error))
    return 0;
  if (current.is_same && !thumbnail)
    return id;
  if (!save_version (db, &save, &current, &version_id, error) ||
      !save_pictures (db, version_id, page, error) ||
      !update_sketch (db, &save, version_id, error))
    return 0;
  return save.sketch_id;
}

gint64
sg_sketches_put_version (SgDatabase *db,
                         gint64 sketch_id,
                         const SgPage *page,
                         GBytes *thumbnail,
                         gint64 created_us,
                         gboolean *added,
                         GError **error)
{
  g_autofree char *hash = sg_page_hash (page);
  g_autofree char *outline = sg_sketch_file_dump_outline (page);
  const Save save = { sketch_id, page, thumbnail, hash, outline, created_us };
  gint64 id;

  *added = FALSE;
  if (!find_version (db, &save, &id, error) || id != 0)
    return id;
  *added = TRUE;
  return insert_version (db, &save, &id, error) && save_pictures (db, id, page, error) ? id : 0;
}

gboolean
sg_sketches_rename (SgDatabase *db, gint64 id, const char *title, GError **error)
{
  g_autoptr (SgPage) page = sg_sketches_load (db, id, error);
  Current current = { 0 };

  if (!page)
    return FALSE;
  SgPageBuilder *builder = sg_page_builder_new (page);
  sg_page_builder_set_title (builder, title);
  g_autoptr (SgPage) renamed = sg_page_builder_end (builder);
  g_autofree char *hash = sg_page_hash (renamed);
  g_autofree char *outline = sg_sketch_file_dump_outline (renamed);
  Save save = { id, renamed, NULL, hash, outline, 0 };

  if (!find_current (db, &save, &current, error) || !update_version (db, &save, current.id, error))
    return FALSE;
  SgStatement *statement = sg_database_get_statement (db, "sketch-rename", error);
  if (statement)
    {
      sg_statement_bind_int (statement, ":id", id);
      sg_statement_bind_text (statement, ":title", title);
    }
  return sg_statement_run (statement, error);
}

gboolean
sg_sketches_delete (SgDatabase *db, gint64 id, GError **error)
{
  g_autoptr (SgHistoryEntry) entry = sg_sketch_list_get (db, id, error);
  SgStatement *statement = entry ? sg_database_get_statement (db, "sketch-delete", error) : NULL;

  if (statement)
    sg_statement_bind_int (statement, ":id", id);
  return sg_statement_run (statement, error);
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

/* The page of the version that `statement` (bound; NULL: it failed to prepare) gives. */
static SgPage *
load_page (SgDatabase *db, SgStatement *statement, const char *what, gint64 id, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s %" G_GINT64_FORMAT, what, id);
  g_autoptr (SgStatement) owned = statement;
  g_autoptr (GError) cause = NULL;
  SgStep step = statement ? sg_statement_step (statement, error) : SG_STEP_ERROR;

  if (step == SG_STEP_DONE)
    sg_sketches_set_not_found (what, id, error);
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

SgPage *
sg_sketches_load (SgDatabase *db, gint64 id, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "version-current", error);

  if (statement)
    sg_statement_bind_int (statement, ":sketch_id", id);
  return load_page (db, statement, "sketch", id, error);
}

SgPage *
sg_sketches_load_version (SgDatabase *db, gint64 version_id, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "version-get", error);

  if (statement)
    sg_statement_bind_int (statement, ":id", version_id);
  return load_page (db, statement, "version", version_id, error);
}
