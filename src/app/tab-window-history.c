/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history's page in place of the tabs: sketches and versions are opened from it in tabs, and open
 * documents are told of what is done to theirs. */
#include "config.h"

#include "app/tab-window-private.h"

SgHistoryPage *
sg_tab_window_get_shown_history (SgTabWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "history") == 0 ? self->history_page
                                                                                    : NULL;
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgTabWindow) self = data;

  if (sg_tab_window_get_shown_history (self) != NULL)
    sg_history_page_refresh (self->history_page);
}

static void
history_closed_cb (SgTabWindow *self)
{
  sg_tab_window_show_history (self, FALSE);
}

/* Where it is open, with all there is to undo; else in a tab that nothing was done in. */
static void
history_chosen_cb (SgTabWindow *self, gint64 sketch_id)
{
  SgDesk *desk = sg_application_find_sketch (sg_tab_window_get_application (self), sketch_id);

  if (desk == NULL)
    {
      desk = sg_tab_window_take_untouched (self);
      sg_desk_open_kept (desk, sketch_id);
    }
  else
    {
      sg_tab_window_show_history (self, FALSE);
      sg_tab_window_present_desk (desk);
    }
}

static void
version_chosen_cb (SgTabWindow *self, gint64 sketch_id, gint64 version_id)
{
  SgDesk *desk = sg_application_find_sketch (sg_tab_window_get_application (self), sketch_id);

  if (desk == NULL)
    desk = sg_tab_window_take_untouched (self);
  else
    sg_tab_window_present_desk (desk);
  sg_tab_window_show_history (self, FALSE);
  sg_desk_open_version (desk, sketch_id, version_id);
}

/* Open documents are told of what is done to theirs. */
static void
renamed_cb (SgTabWindow *self, gint64 sketch_id, const char *title)
{
  const GPtrArray *desks = sg_application_get_desks (sg_tab_window_get_application (self));

  for (guint i = 0; i < desks->len; i++)
    if (sg_document_get_sketch_id (sg_desk_get_document (desks->pdata[i])) == sketch_id)
      sg_document_set_title (sg_desk_get_document (desks->pdata[i]), title);
}

static void
deleted_cb (SgTabWindow *self, gint64 sketch_id)
{
  const GPtrArray *desks = sg_application_get_desks (sg_tab_window_get_application (self));

  for (guint i = 0; i < desks->len; i++)
    if (sg_document_get_sketch_id (sg_desk_get_document (desks->pdata[i])) == sketch_id)
      sg_document_leave_history (sg_desk_get_document (desks->pdata[i]));
  sg_desk_update_actions (sg_tab_window_get_desk (self));
}

static void
restored_cb (SgTabWindow *self, gint64 sketch_id)
{
  const GPtrArray *desks = sg_application_get_desks (sg_tab_window_get_application (self));

  for (guint i = 0; i < desks->len; i++)
    sg_document_rejoin_history (sg_desk_get_document (desks->pdata[i]), sketch_id);
  sg_desk_update_actions (sg_tab_window_get_desk (self));
}

/* Costs a tenth of the window's start, and is seen later if ever. */
static void
make_page (SgTabWindow *self)
{
  SgApplication *application = sg_tab_window_get_application (self);
  SgHistoryPage *page = g_object_new (SG_TYPE_HISTORY_PAGE, NULL);

  sg_history_page_set_history (page, sg_application_get_history (application),
                               sg_application_get_keeper (application),
                               sg_application_get_cache (application));
  sg_history_page_set_narrow (page, self->narrow);
  g_signal_connect_object (page, "closed", G_CALLBACK (history_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "chosen", G_CALLBACK (history_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "version-chosen", G_CALLBACK (version_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "renamed", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->pages, GTK_WIDGET (page), "history");
  self->history_page = page;
}

/* What was drawn last is in the list, with its picture; what ran stops where nobody sees it. */
static void
open_history (SgTabWindow *self)
{
  SgDesk *desk = sg_tab_window_get_desk (self);

  sg_desk_pause (desk);
  sg_history_page_open (self->history_page);
  if (sg_application_get_keeper (sg_tab_window_get_application (self)) != NULL)
    sg_desk_keep_async (desk, settled_cb, g_object_ref (self));
}

void
sg_tab_window_show_history (SgTabWindow *self, gboolean show)
{
  SgDesk *desk = sg_tab_window_get_desk (self);

  if (show == (sg_tab_window_get_shown_history (self) != NULL))
    return;
  if (show && self->history_page == NULL)
    make_page (self);
  gtk_stack_set_visible_child_name (self->pages, show ? "history" : "tabs");
  gtk_event_controller_set_propagation_phase (self->plain_keys, show ? GTK_PHASE_NONE : GTK_PHASE_BUBBLE);
  if (show)
    open_history (self);
  else
    sg_desk_take_focus (desk);
  sg_desk_update_actions (desk);
}
