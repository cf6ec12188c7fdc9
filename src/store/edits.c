/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Renaming, tagging, pinning, duplicating, deleting and taking that back. What a list or a search shows of it
 * follows by the schema's triggers. */
#include "store/edits.h"

#include <string.h>

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/limits.h"
#include "store/error.h"
#include "store/sketch-list.h"
#include "store/sketches.h"

#define MAX_TAGS 32
#define MAX_TAG_CHARACTERS 64

static gboolean
set_invalid (const char *message, GError **error)
{
  g_set_error_literal (error, SG_STORE_ERROR, SG_STORE_ERROR_INVALID, message);
  return FALSE;
}

/* Runs the statement `name` with the id and one number (`parameter` nullable) bound. */
static gboolean
run_with (SgDatabase *db, const char *name, gint64 id, const char *parameter, gint64 value, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, name, error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":id", id);
      if (parameter)
        sg_statement_bind_int (statement, parameter, value);
    }
  return sg_statement_run (statement, error);
}

/* Whether there is one, deleted or not as asked for; store.not-found else. */
static gboolean
must_find (SgDatabase *db, const SgHistoryEdit *edit, gboolean deleted, GError **error)
{
  gboolean is_run = edit->kind == SG_HISTORY_RUN;
  g_autoptr (SgStatement) statement =
    sg_database_get_statement (db, is_run ? "simulation-find" : "sketch-find", error);

  if (!statement)
    return FALSE;
  sg_statement_bind_int (statement, ":id", edit->id);
  sg_statement_bind_int (statement, ":deleted", deleted);
  SgStep step = sg_statement_step (statement, error);
  if (step == SG_STEP_DONE)
    sg_sketches_set_not_found (is_run ? "run" : "sketch", edit->id, error);
  return step == SG_STEP_ROW;
}

static gboolean
check_title (const char *title, GError **error)
{
  if (!title || !g_utf8_validate (title, -1, NULL) || g_utf8_strlen (title, -1) > SG_LIMIT_WORDS)
    return set_invalid (_ ("This is too long for a title"), error);
  return TRUE;
}

static gboolean
rename_it (SgDatabase *db, const SgHistoryEdit *edit, GError **error)
{
  if (!check_title (edit->title, error))
    return FALSE;
  if (edit->kind == SG_HISTORY_SKETCH)
    return sg_sketches_rename (db, edit->id, edit->title, error);

  SgStatement *statement = sg_database_get_statement (db, "simulation-rename", error);
  if (statement)
    {
      sg_statement_bind_int (statement, ":id", edit->id);
      sg_statement_bind_text (statement, ":title", edit->title);
    }
  return sg_statement_run (statement, error);
}

static gboolean
is_tag (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || *text == '\0' || g_utf8_strlen (text, -1) > MAX_TAG_CHARACTERS)
    return FALSE;
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (*at == ',' || g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

gboolean
sg_edits_add_tag (SgDatabase *db, gint64 sketch_id, const char *text, GError **error)
{
  g_autofree char *name = g_strstrip (g_strdup (text));

  if (!is_tag (name))
    return set_invalid (_ ("A tag is a word or a few, without commas"), error);
  SgStatement *insert = sg_database_get_statement (db, "tag-insert", error);
  if (insert)
    sg_statement_bind_text (insert, ":name", name);
  if (!sg_statement_run (insert, error))
    return FALSE;

  SgStatement *link = sg_database_get_statement (db, "sketch-tag", error);
  if (link)
    {
      sg_statement_bind_int (link, ":id", sketch_id);
      sg_statement_bind_text (link, ":name", name);
    }
  return sg_statement_run (link, error);
}

static gboolean
set_tags (SgDatabase *db, gint64 sketch_id, const char *const *tags, GError **error)
{
  if (tags && g_strv_length ((char **)tags) > MAX_TAGS)
    return set_invalid (_ ("These are too many tags for one sketch"), error);
  if (!run_with (db, "sketch-tags-clear", sketch_id, NULL, 0, error))
    return FALSE;
  for (guint i = 0; tags && tags[i]; i++)
    if (!sg_edits_add_tag (db, sketch_id, tags[i], error))
      return FALSE;
  return TRUE;
}

static SgPage *
load_copy (SgDatabase *db, const SgHistoryEdit *edit, const SgHistoryEntry *original, GError **error)
{
  g_autoptr (SgPage) page = sg_sketches_load (db, edit->id, error);
  g_autofree char *title =
    edit->title ? g_strdup (edit->title) : g_strdup_printf (_ ("%s (copy)"), original->title);

  if (!page || !check_title (title, error))
    return NULL;
  SgPageBuilder *builder = sg_page_builder_new (page);
  sg_page_builder_set_title (builder, title);
  return sg_page_builder_end (builder);
}

static gint64
duplicate (SgDatabase *db, const SgHistoryEdit *edit, gint64 now_us, GError **error)
{
  g_autoptr (SgHistoryEntry) original = sg_sketch_list_get (db, edit->id, error);
  g_autoptr (SgPage) page = original ? load_copy (db, edit, original, error) : NULL;

  if (!page)
    return 0;
  gint64 id = sg_sketches_save (db, 0, page, original->thumbnail, now_us, error);
  return id != 0 && set_tags (db, id, (const char *const *)original->tags, error) ? id : 0;
}

static gint64
apply_to_sketch (SgDatabase *db, const SgHistoryEdit *edit, gint64 now_us, GError **error)
{
  gboolean done = FALSE;

  switch (edit->action)
    {
    case SG_HISTORY_TAG:
      done = set_tags (db, edit->id, edit->tags, error);
      break;
    case SG_HISTORY_PIN:
    case SG_HISTORY_UNPIN:
      done = run_with (db, "sketch-pin", edit->id, ":pinned", edit->action == SG_HISTORY_PIN, error);
      break;
    case SG_HISTORY_DUPLICATE:
      return duplicate (db, edit, now_us, error);
    case SG_HISTORY_DELETE:
      done = run_with (db, "sketch-hide", edit->id, ":deleted_us", now_us, error);
      break;
    case SG_HISTORY_RESTORE:
      done = run_with (db, "sketch-show", edit->id, NULL, 0, error);
      break;
    case SG_HISTORY_RENAME:
      done = rename_it (db, edit, error);
      break;
    }
  return done ? edit->id : 0;
}

static gint64
apply_to_run (SgDatabase *db, const SgHistoryEdit *edit, gint64 now_us, GError **error)
{
  gboolean done = FALSE;

  switch (edit->action)
    {
    case SG_HISTORY_TAG:
    case SG_HISTORY_DUPLICATE:
      set_invalid (_ ("This is for sketches, not for runs"), error);
      break;
    case SG_HISTORY_PIN:
    case SG_HISTORY_UNPIN:
      done = run_with (db, "simulation-pin", edit->id, ":pinned", edit->action == SG_HISTORY_PIN, error);
      break;
    case SG_HISTORY_DELETE:
      done = run_with (db, "simulation-hide", edit->id, ":deleted_us", now_us, error);
      break;
    case SG_HISTORY_RESTORE:
      done = run_with (db, "simulation-show", edit->id, NULL, 0, error);
      break;
    case SG_HISTORY_RENAME:
      done = rename_it (db, edit, error);
      break;
    }
  return done ? edit->id : 0;
}

gint64
sg_edits_apply (SgDatabase *db, const SgHistoryEdit *edit, gint64 now_us, GError **error)
{
  if (!must_find (db, edit, edit->action == SG_HISTORY_RESTORE, error))
    return 0;
  return edit->kind == SG_HISTORY_RUN ? apply_to_run (db, edit, now_us, error)
                                      : apply_to_sketch (db, edit, now_us, error);
}
