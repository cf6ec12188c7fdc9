/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row a guest; the rows that stay are kept, so that a hand on one does not lose it. */
#include "config.h"

#include "app/share-popover.h"

#include <glib/gi18n.h>

#include "app/qr-code.h"

#define SCALE 4        /* px a module of the code */
#define COPIED_MS 1500 /* how long the button says that it copied */

typedef struct
{
  guint guest;
  AdwActionRow *row;
  GtkSwitch *control;
  gulong switched;
} Row;

struct _SgSharePopover
{
  GtkPopover parent_instance;
  GtkWidget *shared, *unshared;
  GtkPicture *code;
  GtkLabel *link, *hint, *problem, *figures;
  GtkButton *copy;
  GtkListBox *guests;
  GtkWidget *nobody, *somebody;

  SgShare *share; /* (nullable) */
  GPtrArray *rows;
  gboolean asked;
  guint copied; /* source; 0: none */
};

enum
{
  STOP,
  N_GUESTS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgSharePopover, sg_share_popover, GTK_TYPE_POPOVER)

/* -- Guests -- */

static void
switched_cb (GtkSwitch *control, GParamSpec *property, SgSharePopover *self)
{
  guint guest = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (control), "guest"));

  if (self->share)
    sg_share_set_controls (self->share, guest, gtk_switch_get_active (control));
}

static Row *
add_row (SgSharePopover *self, guint guest)
{
  g_autofree char *title = g_strdup_printf (_ ("Guest %u"), guest);
  Row *row = g_new0 (Row, 1);

  row->guest = guest;
  row->row = ADW_ACTION_ROW (adw_action_row_new ());
  row->control = GTK_SWITCH (gtk_switch_new ());
  g_object_set_data (G_OBJECT (row->control), "guest", GUINT_TO_POINTER (guest));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("May play, pause and drag"), -1);
  gtk_widget_set_valign (GTK_WIDGET (row->control), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->control), _ ("May play, pause and drag"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  adw_action_row_add_suffix (row->row, GTK_WIDGET (row->control));
  adw_action_row_set_activatable_widget (row->row, GTK_WIDGET (row->control));
  row->switched = g_signal_connect (row->control, "notify::active", G_CALLBACK (switched_cb), self);
  gtk_list_box_append (self->guests, GTK_WIDGET (row->row));
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
remove_row (SgSharePopover *self, Row *row)
{
  g_signal_handler_disconnect (row->control, row->switched);
  gtk_list_box_remove (self->guests, GTK_WIDGET (row->row));
  g_ptr_array_remove (self->rows, row);
}

static Row *
find_row (SgSharePopover *self, guint guest)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((Row *)self->rows->pdata[i])->guest == guest)
      return self->rows->pdata[i];
  return NULL;
}

static void
show_guest (SgSharePopover *self, const SgShareGuest *guest)
{
  Row *row = find_row (self, guest->id);
  g_autofree char *text = NULL;

  if (!row)
    row = add_row (self, guest->id);
  text = guest->asks ? g_strdup_printf (_ ("Asks for control · %s"), guest->address)
                     : g_strdup_printf (guest->controls ? _ ("Has control · %s") : _ ("Looks on · %s"),
                                        guest->address);
  adw_action_row_set_subtitle (row->row, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row->row)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_signal_handler_block (row->control, row->switched);
  gtk_switch_set_active (row->control, guest->controls);
  g_signal_handler_unblock (row->control, row->switched);
}

static gboolean
has_guest (GPtrArray *guests, guint id)
{
  for (guint i = 0; i < guests->len; i++)
    if (((SgShareGuest *)guests->pdata[i])->id == id)
      return TRUE;
  return FALSE;
}

static void
show_guests (SgSharePopover *self)
{
  g_autoptr (GPtrArray) guests =
    self->share ? sg_share_dup_guests (self->share) : g_ptr_array_new ();
  guint before = self->rows->len;
  gboolean asked = FALSE;

  for (guint i = self->rows->len; i > 0; i--)
    if (!has_guest (guests, ((Row *)self->rows->pdata[i - 1])->guest))
      remove_row (self, self->rows->pdata[i - 1]);
  for (guint i = 0; i < guests->len; i++)
    {
      show_guest (self, guests->pdata[i]);
      asked |= ((SgShareGuest *)guests->pdata[i])->asks;
    }
  gtk_widget_set_visible (self->nobody, guests->len == 0);
  gtk_widget_set_visible (self->somebody, guests->len > 0);
  if (before == self->rows->len && asked == self->asked)
    return;
  self->asked = asked;
  g_signal_emit (self, signals[N_GUESTS], 0);
}

/* -- The share -- */

static void
show_figures (SgSharePopover *self)
{
  SgShareFigures figures;
  g_autofree char *text = NULL;

  sg_share_get_figures (self->share, &figures);
  if (figures.n_sent > 0 && figures.n_guests > 0)
    text = g_strdup_printf (_ ("%.0f frames a second to each, %.1f kB/s in all"),
                            figures.n_sent / (double)SG_SHARE_FIGURES_SECONDS / figures.n_guests,
                            figures.n_bytes / (1e3 * SG_SHARE_FIGURES_SECONDS));
  gtk_label_set_label (self->figures, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->figures), text != NULL);
}

static void
changed_cb (SgSharePopover *self)
{
  show_guests (self);
  show_figures (self);
}

static void
stop_cb (SgSharePopover *self)
{
  g_signal_emit (self, signals[STOP], 0);
}

static gboolean
copied_cb (gpointer data)
{
  SgSharePopover *self = data;

  self->copied = 0;
  gtk_button_set_icon_name (self->copy, "edit-copy-symbolic");
  return G_SOURCE_REMOVE;
}

static void
copy_cb (SgSharePopover *self)
{
  if (!self->share)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), sg_share_get_url (self->share));
  gtk_button_set_icon_name (self->copy, "object-select-symbolic");
  g_clear_handle_id (&self->copied, g_source_remove);
  self->copied = g_timeout_add (COPIED_MS, copied_cb, self);
}

static void
show_link (SgSharePopover *self)
{
  const char *url = sg_share_get_url (self->share);
  g_autoptr (GdkTexture) code = sg_qr_code_new (url, SCALE);

  gtk_picture_set_paintable (self->code, GDK_PAINTABLE (code));
  gtk_label_set_label (self->link, url);
  gtk_label_set_label (
    self->hint, sg_share_is_local (self->share)
                  ? _ ("This machine is in no network: only browsers on it can open the link.")
                  : _ ("Open it in a browser on the same network, or point a phone's camera at the code. "
                       "Whoever has the link can look on."));
}

void
sg_share_popover_set_share (SgSharePopover *self, SgShare *share, const GError *problem)
{
  if (self->share)
    g_signal_handlers_disconnect_by_func (self->share, changed_cb, self);
  g_set_object (&self->share, share);
  gtk_widget_set_visible (self->shared, share != NULL);
  gtk_widget_set_visible (self->unshared, share == NULL);
  gtk_label_set_label (self->problem, problem ? problem->message : "");
  if (share)
    {
      show_link (self);
      show_figures (self);
      g_signal_connect_swapped (share, "changed", G_CALLBACK (changed_cb), self);
    }
  show_guests (self);
}

guint
sg_share_popover_get_n_guests (SgSharePopover *self)
{
  return self->rows->len;
}

gboolean
sg_share_popover_get_asked (SgSharePopover *self)
{
  return self->asked;
}

/* -- The class -- */

static void
sg_share_popover_dispose (GObject *object)
{
  SgSharePopover *self = SG_SHARE_POPOVER (object);

  if (self->share)
    g_signal_handlers_disconnect_by_func (self->share, changed_cb, self);
  g_clear_object (&self->share);
  g_clear_handle_id (&self->copied, g_source_remove);
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      g_signal_handler_disconnect (row->control, row->switched);
    }
  g_ptr_array_set_size (self->rows, 0);
  G_OBJECT_CLASS (sg_share_popover_parent_class)->dispose (object);
}

static void
sg_share_popover_finalize (GObject *object)
{
  g_ptr_array_unref (SG_SHARE_POPOVER (object)->rows);
  G_OBJECT_CLASS (sg_share_popover_parent_class)->finalize (object);
}

static void
sg_share_popover_class_init (SgSharePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_share_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = sg_share_popover_finalize;
  signals[STOP] =
    g_signal_new ("stop", SG_TYPE_SHARE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[N_GUESTS] =
    g_signal_new ("n-guests", SG_TYPE_SHARE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/share-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, shared);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, unshared);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, code);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, link);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, hint);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, problem);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, figures);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, copy);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, guests);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, nobody);
  gtk_widget_class_bind_template_child (widget_class, SgSharePopover, somebody);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
sg_share_popover_init (SgSharePopover *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
