/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept, on the desk: sketches and versions opened from the history, and where the person was before a
 * crash. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

#include "app/tab-window.h"

/* NULL: it is in none yet, or another tab is seen. */
static SgTabWindow *
get_window_where_seen (SgDesk *self)
{
  GtkWindow *window = sg_desk_get_window (self);

  return window != NULL && sg_tab_window_get_desk (SG_TAB_WINDOW (window)) == self ? SG_TAB_WINDOW (window)
                                                                                   : NULL;
}

SgHistoryPage *
sg_desk_get_history_page (SgDesk *self)
{
  SgTabWindow *window = get_window_where_seen (self);

  return window != NULL ? sg_tab_window_get_shown_history (window) : NULL;
}

void
sg_desk_show_history (SgDesk *self, gboolean show)
{
  SgTabWindow *window = get_window_where_seen (self);

  if (window != NULL)
    sg_tab_window_show_history (window, show);
}

/* -- Opening -- */

typedef struct
{
  SgDesk *desk;
  gint64 sketch_id, version_id;
  gboolean at_start; /* nobody asked for it: what was drawn meanwhile wins */
  char *draft;       /* (nullable): words to go on with */
  GFile *file;       /* (nullable): of the sketch */
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->desk);
  g_free (loading->draft);
  g_clear_object (&loading->file);
  g_free (loading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static Loading *
loading_new (SgDesk *self, gint64 sketch_id)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->desk = g_object_ref (self);
  loading->sketch_id = sketch_id;
  return loading;
}

static void open_newest (SgDesk *self);

static void
sketch_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Loading) loading = data;
  SgDesk *self = loading->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_history_load_sketch_finish (SG_HISTORY (source), result, &error);

  if (self->document == NULL)
    return; /* closed meanwhile, as below */
  if (page == NULL && loading->at_start && loading->draft == NULL &&
      sg_application_get_desks (self->application)->len == 1)
    open_newest (self); /* the one that was open is gone */
  else if (page == NULL)
    sg_desk_tell_error (self, error);
  else if (!loading->at_start || sg_page_is_empty (sg_document_get_page (self->document)))
    {
      sg_desk_show_history (self, FALSE);
      sg_document_replace (self->document, page, loading->sketch_id, loading->file);
      if (loading->draft != NULL)
        sg_words_bar_set_draft (self->words, loading->draft);
    }
}

/* Takes `loading`. */
static void
load (Loading *loading)
{
  sg_history_load_sketch_async (sg_application_get_history (loading->desk->application),
                                loading->sketch_id, NULL, sketch_loaded_cb, loading);
}

void
sg_desk_open_kept (SgDesk *self, gint64 sketch_id)
{
  if (sg_document_get_sketch_id (self->document) == sketch_id)
    sg_desk_show_history (self, FALSE); /* it is open: with all there is to undo */
  else
    load (loading_new (self, sketch_id));
}

/* -- A version -- */

static void
version_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Loading) loading = data;
  SgDesk *self = loading->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_history_load_version_finish (SG_HISTORY (source), result, &error);

  if (self->document == NULL)
    return;
  if (page == NULL)
    {
      sg_desk_tell_error (self, error);
      return;
    }
  sg_desk_show_history (self, FALSE);
  sg_document_show_version (self->document, page);
  sg_desk_tell (self, _ ("An older version. Undo brings back the newest."));
}

static void
load_version (Loading *loading, SgHistory *history)
{
  sg_history_load_version_async (history, loading->version_id, NULL, version_loaded_cb, loading);
}

/* The newest comes first, so that undo has something to go back to. */
static void
newest_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Loading *loading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_history_load_sketch_finish (SG_HISTORY (source), result, &error);

  if (page == NULL || loading->desk->document == NULL)
    {
      if (error != NULL)
        sg_desk_tell_error (loading->desk, error);
      loading_free (loading);
      return;
    }
  sg_document_replace (loading->desk->document, page, loading->sketch_id, NULL);
  load_version (loading, SG_HISTORY (source));
}

void
sg_desk_open_version (SgDesk *self, gint64 sketch_id, gint64 version_id)
{
  SgHistory *history = sg_application_get_history (self->application);
  Loading *loading = loading_new (self, sketch_id);

  loading->version_id = version_id;
  if (sg_document_get_sketch_id (self->document) == sketch_id)
    load_version (loading, history);
  else
    sg_history_load_sketch_async (history, sketch_id, NULL, newest_loaded_cb, loading);
}

/* -- Where the person was -- */

SgPlace *
sg_desk_make_place (SgDesk *self)
{
  SgPlace *place = g_new0 (SgPlace, 1);
  const char *text = sg_words_bar_get_text (self->words);
  gboolean applied = g_str_equal (text, sg_page_get_words (sg_document_get_page (self->document)));
  GFile *file =
    self->model != NULL ? sg_model_file_get_file (self->model) : sg_document_get_file (self->document);

  place->sketch_id = self->model != NULL ? 0 : sg_document_get_sketch_id (self->document);
  place->file = file != NULL ? g_file_get_uri (file) : NULL;
  place->draft = applied ? NULL : g_strdup (text);
  return place;
}

void
sg_desk_set_bookmark (SgDesk *self)
{
  SgBookmark *bookmark = sg_application_get_bookmark (self->application);
  g_autoptr (SgPlace) place = sg_desk_make_place (self);

  if (bookmark != NULL)
    sg_bookmark_set (bookmark, self, place);
}

static void
last_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Loading) loading = data;
  g_autoptr (GPtrArray) entries = sg_history_list_finish (SG_HISTORY (source), result, NULL);

  if (entries == NULL || entries->len == 0)
    return;
  loading->sketch_id = ((const SgHistoryEntry *)entries->pdata[0])->id;
  load (g_steal_pointer (&loading));
}

static void
open_newest (SgDesk *self)
{
  Loading *loading = loading_new (self, 0);

  loading->at_start = TRUE;
  sg_history_list_async (sg_application_get_history (self->application), NULL, 0, 1, NULL, last_found_cb,
                         loading);
}

void
sg_desk_go_to_place (SgDesk *self, const SgPlace *place)
{
  if (place == NULL)
    open_newest (self);
  else if (place->sketch_id != 0)
    {
      Loading *loading = loading_new (self, place->sketch_id);

      sg_bookmark_set (sg_application_get_bookmark (self->application), self, place);
      loading->at_start = TRUE;
      loading->draft = g_strdup (place->draft);
      loading->file = place->file != NULL ? g_file_new_for_uri (place->file) : NULL;
      load (loading);
    }
  else if (place->file != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (place->file);

      sg_desk_open_file (self, file);
    }
  else
    sg_words_bar_set_draft (self->words, place->draft);
}

gboolean
sg_desk_shows_file (SgDesk *self, GFile *file)
{
  GFile *shown =
    self->model != NULL ? sg_model_file_get_file (self->model) : sg_document_get_file (self->document);

  if (self->opening != NULL && g_file_equal (sg_model_file_get_file (self->opening), file))
    return TRUE;
  return shown != NULL && g_file_equal (shown, file);
}

gboolean
sg_desk_is_untouched (SgDesk *self)
{
  return self->model == NULL && self->opening == NULL && sg_document_get_sketch_id (self->document) == 0 &&
         sg_document_get_file (self->document) == NULL && *sg_words_bar_get_text (self->words) == '\0' &&
         sg_page_is_empty (sg_document_get_page (self->document));
}
