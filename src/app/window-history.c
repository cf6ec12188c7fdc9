/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept, in the window: the history's page in place of the drawing, sketches and versions opened from
 * it, open documents told of what is done to theirs, and where the person was before a crash. */
#include "config.h"

#include "app/window-private.h"

#include <glib/gi18n.h>

static SgApplication *
get_application (SgWindow *self)
{
  return SG_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

/* -- The page -- */

gboolean
sg_window_is_history_shown (SgWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "history") == 0;
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgWindow) self = data;

  if (sg_window_is_history_shown (self))
    sg_history_page_refresh (self->history_page);
}

/* What was drawn last is in the list, with its picture; what ran stops where nobody sees it. */
static void
open_history (SgWindow *self)
{
  sg_mechanism_pause (self->mechanism);
  sg_history_page_open (self->history_page);
  if (sg_application_get_keeper (get_application (self)) != NULL)
    sg_document_keep_async (self->document, settled_cb, g_object_ref (self));
}

void
sg_window_show_history (SgWindow *self, gboolean show)
{
  if (show == sg_window_is_history_shown (self))
    return;
  gtk_stack_set_visible_child_name (self->pages, show ? "history" : "sketch");
  gtk_event_controller_set_propagation_phase (self->plain_keys, show ? GTK_PHASE_NONE : GTK_PHASE_BUBBLE);
  if (show)
    open_history (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  sg_window_update_actions (self);
}

/* GTK 4.8 tells assistive technology of all pages of a stack, seen or not. */
static void
page_shown_cb (SgWindow *self)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 page != gtk_stack_get_visible_child (self->pages), -1);
}

static void
history_closed_cb (SgWindow *self)
{
  sg_window_show_history (self, FALSE);
}

/* -- Opening -- */

typedef struct
{
  SgWindow *window;
  gint64 sketch_id, version_id;
  gboolean at_start; /* nobody asked for it: what was drawn meanwhile wins */
  char *draft;       /* (nullable): words to go on with */
  GFile *file;       /* (nullable): of the sketch */
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->window);
  g_free (loading->draft);
  g_clear_object (&loading->file);
  g_free (loading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static Loading *
loading_new (SgWindow *self, gint64 sketch_id)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->window = g_object_ref (self);
  loading->sketch_id = sketch_id;
  return loading;
}

static void open_newest (SgWindow *self);

static void
sketch_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Loading) loading = data;
  SgWindow *self = loading->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_history_load_sketch_finish (SG_HISTORY (source), result, &error);

  if (page == NULL && loading->at_start && loading->draft == NULL)
    open_newest (self); /* the one that was open is gone */
  else if (page == NULL)
    sg_window_tell (self, error->message);
  else if (!loading->at_start || sg_page_is_empty (sg_document_get_page (self->document)))
    {
      sg_window_show_history (self, FALSE);
      sg_document_replace (self->document, page, loading->sketch_id, loading->file);
      if (loading->draft != NULL)
        sg_words_bar_set_draft (self->words, loading->draft);
    }
}

/* Takes `loading`. */
static void
load (Loading *loading)
{
  sg_history_load_sketch_async (sg_application_get_history (get_application (loading->window)),
                                loading->sketch_id, NULL, sketch_loaded_cb, loading);
}

static void
history_chosen_cb (SgWindow *self, gint64 sketch_id)
{
  if (sg_document_get_sketch_id (self->document) == sketch_id)
    sg_window_show_history (self, FALSE); /* it is open: with all there is to undo */
  else
    load (loading_new (self, sketch_id));
}

/* -- A version -- */

static void
version_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Loading) loading = data;
  SgWindow *self = loading->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_history_load_version_finish (SG_HISTORY (source), result, &error);

  if (page == NULL)
    {
      sg_window_tell (self, error->message);
      return;
    }
  sg_window_show_history (self, FALSE);
  sg_document_show_version (self->document, page);
  sg_window_tell (self, _ ("An older version. Undo brings back the newest."));
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

  if (page == NULL)
    {
      sg_window_tell (loading->window, error->message);
      loading_free (loading);
      return;
    }
  sg_document_replace (loading->window->document, page, loading->sketch_id, NULL);
  load_version (loading, SG_HISTORY (source));
}

static void
version_chosen_cb (SgWindow *self, gint64 sketch_id, gint64 version_id)
{
  SgHistory *history = sg_application_get_history (get_application (self));
  Loading *loading = loading_new (self, sketch_id);

  loading->version_id = version_id;
  if (sg_document_get_sketch_id (self->document) == sketch_id)
    load_version (loading, history);
  else
    sg_history_load_sketch_async (history, sketch_id, NULL, newest_loaded_cb, loading);
}

/* -- Open documents -- */

static void
renamed_cb (SgWindow *self, gint64 sketch_id, const char *title)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (get_application (self))); link != NULL;
       link = link->next)
    if (SG_IS_WINDOW (link->data) &&
        sg_document_get_sketch_id (SG_WINDOW (link->data)->document) == sketch_id)
      sg_document_set_title (SG_WINDOW (link->data)->document, title);
}

static void
deleted_cb (SgWindow *self, gint64 sketch_id)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (get_application (self))); link != NULL;
       link = link->next)
    if (SG_IS_WINDOW (link->data) &&
        sg_document_get_sketch_id (SG_WINDOW (link->data)->document) == sketch_id)
      sg_document_leave_history (SG_WINDOW (link->data)->document);
  sg_window_update_actions (self);
}

static void
restored_cb (SgWindow *self, gint64 sketch_id)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (get_application (self))); link != NULL;
       link = link->next)
    if (SG_IS_WINDOW (link->data))
      sg_document_rejoin_history (SG_WINDOW (link->data)->document, sketch_id);
  sg_window_update_actions (self);
}

/* -- Where the person was -- */

void
sg_window_set_bookmark (SgWindow *self)
{
  SgBookmark *bookmark = sg_application_get_bookmark (get_application (self));
  const char *text = sg_words_bar_get_text (self->words);
  gboolean applied = g_str_equal (text, sg_page_get_words (sg_document_get_page (self->document)));
  GFile *file =
    self->model != NULL ? sg_model_file_get_file (self->model) : sg_document_get_file (self->document);
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;
  gint64 sketch_id = self->model != NULL ? 0 : sg_document_get_sketch_id (self->document);

  if (bookmark != NULL)
    sg_bookmark_set (bookmark, self, &(SgPlace){ sketch_id, uri, applied ? NULL : (char *)text });
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
open_newest (SgWindow *self)
{
  Loading *loading = loading_new (self, 0);

  loading->at_start = TRUE;
  sg_history_list_async (sg_application_get_history (get_application (self)), NULL, 0, 1, NULL, last_found_cb,
                         loading);
}

void
sg_window_go_to_place (SgWindow *self, const SgPlace *place)
{
  if (place == NULL)
    open_newest (self);
  else if (place->sketch_id != 0)
    {
      Loading *loading = loading_new (self, place->sketch_id);

      sg_bookmark_set (sg_application_get_bookmark (get_application (self)), self, place);
      loading->at_start = TRUE;
      loading->draft = g_strdup (place->draft);
      loading->file = place->file != NULL ? g_file_new_for_uri (place->file) : NULL;
      load (loading);
    }
  else if (place->file != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (place->file);

      sg_window_open_file (self, file);
    }
  else
    sg_words_bar_set_draft (self->words, place->draft);
}

gboolean
sg_window_shows_file (SgWindow *self, GFile *file)
{
  GFile *shown =
    self->model != NULL ? sg_model_file_get_file (self->model) : sg_document_get_file (self->document);

  return shown != NULL && g_file_equal (shown, file);
}

gboolean
sg_window_is_untouched (SgWindow *self)
{
  return self->model == NULL && self->opening == NULL && sg_document_get_sketch_id (self->document) == 0 &&
         sg_document_get_file (self->document) == NULL && *sg_words_bar_get_text (self->words) == '\0' &&
         sg_page_is_empty (sg_document_get_page (self->document));
}

void
sg_window_init_history (SgWindow *self)
{
  SgApplication *application = get_application (self);
  SgHistoryPage *page = self->history_page;

  sg_history_page_set_history (page, sg_application_get_history (application),
                               sg_application_get_keeper (application));
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (page_shown_cb), self,
                           G_CONNECT_SWAPPED);
  page_shown_cb (self);
  g_signal_connect_object (page, "closed", G_CALLBACK (history_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "chosen", G_CALLBACK (history_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "version-chosen", G_CALLBACK (version_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "renamed", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "kept", G_CALLBACK (sg_window_set_bookmark), self,
                           G_CONNECT_SWAPPED);
}
