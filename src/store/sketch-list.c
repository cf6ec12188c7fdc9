/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists of sketches. Which statement answers a query is chosen by what it filters by, so that each has an
 * index of its own. */
#include "store/sketch-list.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store/search.h"
#include "store/sketches.h"

char **
sg_sketch_list_split_tags (const char *tags)
{
  return *tags ? g_strsplit (tags, ", ", -1) : g_new0 (char *, 1);
}

/* Columns of the view sketch_entries, then the snippet. */
static SgHistoryEntry *
entry_from_row (SgStatement *statement)
{
  SgHistoryEntry *entry = g_atomic_rc_box_new (SgHistoryEntry);
  const char *title = sg_statement_get_text (statement, 1);

  entry->id = sg_statement_get_int (statement, 0);
  entry->title = g_strdup (*title ? title : _ ("Untitled"));
  entry->created_us = sg_statement_get_int (statement, 2);
  entry->updated_us = sg_statement_get_int (statement, 3);
  entry->n_strokes = sg_statement_get_int (statement, 4);
  entry->n_runs = sg_statement_get_int (statement, 5);
  entry->thumbnail = sg_statement_dup_bytes (statement, 6);
  entry->tags = sg_sketch_list_split_tags (sg_statement_get_text (statement, 7));
  entry->pinned = sg_statement_get_int (statement, 8);
  entry->snippet = g_strdup (sg_statement_get_text (statement, 10));
  return entry;
}

SgHistoryEntry *
sg_history_entry_ref (SgHistoryEntry *entry)
{
  return g_atomic_rc_box_acquire (entry);
}

static void
entry_clear (gpointer data)
{
  SgHistoryEntry *entry = data;

  g_free (entry->title);
  g_free (entry->snippet);
  g_strfreev (entry->tags);
  g_clear_pointer (&entry->thumbnail, g_bytes_unref);
}

void
sg_history_entry_unref (SgHistoryEntry *entry)
{
  g_atomic_rc_box_release_full (entry, entry_clear);
}

SgHistoryEntry *
sg_sketch_list_get (SgDatabase *db, gint64 id, GError **error)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "sketch-get", error);

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":id", id);
  SgStep step = sg_statement_step (statement, error);
  if (step == SG_STEP_DONE)
    sg_sketches_set_not_found ("sketch", id, error);
  return step == SG_STEP_ROW ? entry_from_row (statement) : NULL;
}

/* The statement that answers `query`, bound; `match` (nullable) is its text as an expression. */
static SgStatement *
prepare_find (SgDatabase *db, const SgSketchQuery *query, const char *match, GError **error)
{
  gboolean best = match && query->order == SG_HISTORY_BEST;
  const char *name = best            ? "sketch-search-best"
                     : match         ? "sketch-search"
                     : query->tag    ? "sketch-list-tag"
                     : query->pinned ? "sketch-list-pinned"
                                     : "sketch-list";
  SgStatement *statement = sg_database_get_statement (db, name, error);

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":limit", MIN (query->limit, SG_LIST_LIMIT));
  if (!best)
    sg_statement_bind_int (statement, ":before_us", query->before_us > 0 ? query->before_us : G_MAXINT64);
  if (match)
    sg_statement_bind_text (statement, ":match", match);
  if (match || query->tag)
    {
      sg_statement_bind_text (statement, ":tag", query->tag);
      sg_statement_bind_int (statement, ":pinned", query->pinned);
    }
  return statement;
}

GPtrArray *
sg_sketch_list_find (SgDatabase *db, const SgSketchQuery *query, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_history_entry_unref);
  gboolean searches = query->text && *query->text;
  g_autofree char *match = searches ? sg_search_expression (query->text) : NULL;
  SgStep step;

  if (searches && !match)
    return g_steal_pointer (&entries);
  g_autoptr (SgStatement) statement = prepare_find (db, query, match, error);
  if (!statement)
    return NULL;
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    g_ptr_array_add (entries, entry_from_row (statement));
  return step == SG_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

gint64
sg_sketch_list_get_last (SgDatabase *db)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "sketch-last", NULL);

  return statement && sg_statement_step (statement, NULL) == SG_STEP_ROW ? sg_statement_get_int (statement, 0)
                                                                         : 0;
}

void
sg_version_entry_free (SgVersionEntry *entry)
{
  g_clear_pointer (&entry->thumbnail, g_bytes_unref);
  g_free (entry);
}

GPtrArray *
sg_sketch_list_versions (SgDatabase *db, gint64 sketch_id, gint64 before_us, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_version_entry_free);
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "version-list", error);
  SgStep step;

  if (!statement)
    return NULL;
  sg_statement_bind_int (statement, ":sketch_id", sketch_id);
  sg_statement_bind_int (statement, ":before_us", before_us > 0 ? before_us : G_MAXINT64);
  sg_statement_bind_int (statement, ":limit", MIN (limit, SG_LIST_LIMIT));
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    {
      SgVersionEntry *entry = g_new (SgVersionEntry, 1);

      entry->id = sg_statement_get_int (statement, 0);
      entry->created_us = sg_statement_get_int (statement, 1);
      entry->n_strokes = sg_statement_get_int (statement, 2);
      entry->current = sg_statement_get_int (statement, 3);
      entry->thumbnail = sg_statement_dup_bytes (statement, 4);
      g_ptr_array_add (entries, entry);
    }
  return step == SG_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

void
sg_tag_entry_free (SgTagEntry *entry)
{
  g_free (entry->name);
  g_free (entry);
}

GPtrArray *
sg_sketch_list_tags (SgDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_tag_entry_free);
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "tag-list", error);
  SgStep step;

  if (!statement)
    return NULL;
  while ((step = sg_statement_step (statement, error)) == SG_STEP_ROW)
    {
      SgTagEntry *entry = g_new (SgTagEntry, 1);

      entry->name = g_strdup (sg_statement_get_text (statement, 0));
      entry->n_sketches = sg_statement_get_int (statement, 1);
      g_ptr_array_add (entries, entry);
    }
  return step == SG_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}
