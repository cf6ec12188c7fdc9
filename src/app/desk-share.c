/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk's part of sharing: a click on its button shares what runs and shows the link; the popover ends
 * it. What a guest who has control wants is done as if the person had done it. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

static SgSimulation *
get_simulation (SgDesk *self)
{
  return sg_mechanism_get_simulation (self->mechanism);
}

static void
control_cb (SgDesk *self, const SgShareControl *control)
{
  switch (control->kind)
    {
    case SG_SHARE_PLAY:
      sg_mechanism_play (self->mechanism);
      break;
    case SG_SHARE_PAUSE:
      sg_mechanism_pause (self->mechanism);
      break;
    case SG_SHARE_PULL:
      if (control->model == sg_simulation_get_model (get_simulation (self)))
        sg_simulation_pull (get_simulation (self), &control->pull);
      break;
    case SG_SHARE_LET_GO:
      sg_simulation_let_go (get_simulation (self));
    }
}

static guint
get_n_guests (SgDesk *self)
{
  return self->share_popover != NULL ? sg_share_popover_get_n_guests (self->share_popover) : 0;
}

/* Whether it is shared is seen on the button, and with how many. */
static void
show_state (SgDesk *self)
{
  guint n = get_n_guests (self);
  gboolean asked = self->share_popover != NULL && sg_share_popover_get_asked (self->share_popover);
  g_autofree char *count = g_strdup_printf ("%u", n), *tip = NULL;

  if (!self->share)
    tip = g_strdup (_ ("Share with browsers on this network (Ctrl+L)"));
  else if (asked)
    tip = g_strdup (_ ("Shared; a guest asks for control"));
  else
    tip = g_strdup_printf (ngettext ("Shared with %u guest", "Shared with %u guests", n), n);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->share_button), tip);
  gtk_label_set_label (self->share_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->share_count), n > 0);
  if (self->share)
    gtk_widget_add_css_class (GTK_WIDGET (self->share_button), "sharing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->share_button), "sharing");
  if (asked)
    gtk_widget_add_css_class (GTK_WIDGET (self->share_button), "asked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->share_button), "asked");
  sg_desk_activity_changed (self);
}

static void
share (SgDesk *self)
{
  GSettings *settings = sg_application_get_settings (self->application);
  gboolean far = settings == NULL || g_settings_get_boolean (settings, "share-on-network");
  const SgShareOptions options = { .address = far ? NULL : "127.0.0.1" };
  g_autoptr (SgTap) tap = sg_tap_new ();
  g_autoptr (GError) error = NULL;

  if (self->share)
    return;
  self->share = sg_share_new (tap, &options, &error);
  if (self->share)
    {
      g_signal_connect_object (self->share, "control", G_CALLBACK (control_cb), self, G_CONNECT_SWAPPED);
      sg_simulation_set_tap (get_simulation (self), tap);
    }
  sg_share_popover_set_share (self->share_popover, self->share, error);
  show_state (self);
}

static void
end (SgDesk *self)
{
  if (!self->share)
    return;
  sg_simulation_set_tap (get_simulation (self), NULL);
  g_signal_handlers_disconnect_by_data (self->share, self);
  sg_share_stop (self->share);
  g_clear_object (&self->share);
}

static void
stop_cb (SgDesk *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->share_popover));
  end (self);
  sg_share_popover_set_share (self->share_popover, NULL, NULL);
  show_state (self);
}

/* Made when it first opens. */
static void
make_popover (GtkMenuButton *button, gpointer data)
{
  SgDesk *self = data;

  if (self->share_popover != NULL)
    return;
  self->share_popover = g_object_new (SG_TYPE_SHARE_POPOVER, NULL);
  g_signal_connect_object (self->share_popover, "show", G_CALLBACK (share), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->share_popover, "stop", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->share_popover, "n-guests", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->share_popover));
}

const char *
sg_desk_share (SgDesk *self)
{
  make_popover (self->share_button, self);
  share (self);
  return self->share ? sg_share_get_url (self->share) : NULL;
}

static void
share_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (SG_DESK (data)->share_button);
}

void
sg_desk_init_share (SgDesk *self)
{
  static const GActionEntry entries[] = { { .name = "share", .activate = share_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_menu_button_set_create_popup_func (self->share_button, make_popover, self, NULL);
  show_state (self);
}

void
sg_desk_dispose_share (SgDesk *self)
{
  end (self);
}
