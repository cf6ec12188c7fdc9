/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entries apply on Enter or their button, so that half an address is no address. A key is never shown again:
 * the entry is emptied, and the row says whether there is one. */
#include "config.h"

#include "app/provider-row.h"

#include <glib/gi18n.h>

struct _SgProviderRow
{
  AdwExpanderRow parent_instance;
  AdwEntryRow *url, *model;
  AdwPasswordEntryRow *key;
  AdwActionRow *test_row;
  GtkSpinButton *price_in, *price_out;
  GtkMenuButton *models;
  GtkListBox *model_list;
  GtkButton *test;
  GtkWidget *earlier;
  GtkSpinner *spinner;

  SgAssistant *assistant;
  char *name, *kind;
  GCancellable *cancellable; /* of what is asked for this row */
};

G_DEFINE_FINAL_TYPE (SgProviderRow, sg_provider_row, ADW_TYPE_EXPANDER_ROW)

static guint edited_signal, earlier_signal, removed_signal;

SgProviderSetting *
sg_provider_row_dup_setting (SgProviderRow *self)
{
  SgProviderSetting *setting = g_new (SgProviderSetting, 1);

  *setting = (SgProviderSetting){ .name = g_strdup (self->name),
                                  .kind = g_strdup (self->kind),
                                  .url = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->url))),
                                  .model = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->model))),
                                  .price_in = gtk_spin_button_get_value (self->price_in),
                                  .price_out = gtk_spin_button_get_value (self->price_out) };
  return setting;
}

static char *
dup_host (SgProviderRow *self)
{
  SgProviderSetting *setting = sg_provider_row_dup_setting (self);
  char *host = sg_provider_setting_dup_host (setting);

  sg_provider_setting_free (setting);
  return host;
}

/* -- State -- */

void
sg_provider_row_refresh (SgProviderRow *self)
{
  g_autofree char *host = dup_host (self);
  const char *title = _ ("Key");
  SgAssistState state;
  g_autofree char *subtitle = NULL;

  if (host != NULL && sg_assistant_key_is_of_session (self->assistant, host))
    title = _ ("Key (kept until you close SimGen: there is no secret service)");
  else if (host != NULL && sg_assistant_has_key (self->assistant, host))
    title = _ ("Key (kept in your keyring)");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), title);
  if (host == NULL)
    subtitle = g_strdup (_ ("The address is none"));
  else if (sg_assist_get_state (sg_assistant_get_assist (self->assistant), self->name, &state) &&
           state.condition == SG_ASSIST_RESTS && state.error != NULL)
    subtitle = g_strdup_printf (_ ("Rests %.0f s: %s"), state.rest, state.error->message);
  else
    subtitle = g_strdup_printf ("%s · %s", gtk_editable_get_text (GTK_EDITABLE (self->model)), host);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
edited_cb (SgProviderRow *self)
{
  g_signal_emit (self, edited_signal, 0);
  sg_provider_row_refresh (self);
}

static void
removed_cb (SgProviderRow *self)
{
  g_signal_emit (self, removed_signal, 0);
}

static void
earlier_cb (SgProviderRow *self)
{
  g_signal_emit (self, earlier_signal, 0);
}

static void
key_cb (SgProviderRow *self)
{
  g_autofree char *host = dup_host (self);

  if (host == NULL)
    return;
  sg_assistant_set_key (self->assistant, host, gtk_editable_get_text (GTK_EDITABLE (self->key)));
  gtk_editable_set_text (GTK_EDITABLE (self->key), "");
  sg_provider_row_refresh (self);
}

/* -- Test and models -- */

static SgAssistProvider *
make_provider (SgProviderRow *self)
{
  SgProviderSetting *setting = sg_provider_row_dup_setting (self);
  SgAssistProvider *provider = sg_assistant_make_provider (self->assistant, setting);

  sg_provider_setting_free (setting);
  return provider;
}

static void
set_busy (SgProviderRow *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->test), !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgProviderRow) self = data;
  g_autoptr (GError) error = NULL;
  gint64 took = sg_assist_test_finish (SG_ASSIST (source), result, &error);
  g_autofree char *good = g_strdup_printf (_ ("It answers, in %.1f s"), took / 1e6);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  adw_action_row_set_subtitle (self->test_row, error != NULL ? error->message : good);
}

/* A test needs no consent: it sends a word of SimGen's own. It needs the network. */
static void
test_cb (SgProviderRow *self)
{
  g_autoptr (SgAssistProvider) provider = make_provider (self);

  set_busy (self, TRUE);
  adw_action_row_set_subtitle (self->test_row, _ ("Asking for one word…"));
  sg_assist_test_async (sg_assistant_get_assist (self->assistant), provider, self->cancellable, tested_cb,
                        g_object_ref (self));
}

static void
model_chosen_cb (SgProviderRow *self, GtkListBoxRow *row)
{
  const char *name = gtk_label_get_label (GTK_LABEL (gtk_list_box_row_get_child (row)));

  gtk_editable_set_text (GTK_EDITABLE (self->model), name);
  gtk_menu_button_popdown (self->models);
  edited_cb (self);
}

static void
add_model (SgProviderRow *self, const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_box_append (self->model_list, label);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgProviderRow) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = sg_assist_list_models_finish (SG_ASSIST (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    adw_action_row_set_subtitle (self->test_row, error->message);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_model (self, names[i]);
}

static void
models_shown_cb (SgProviderRow *self)
{
  g_autoptr (SgAssistProvider) provider = make_provider (self);

  for (GtkWidget *row; (row = gtk_widget_get_first_child (GTK_WIDGET (self->model_list))) != NULL;)
    gtk_list_box_remove (self->model_list, row);
  sg_assist_list_models_async (sg_assistant_get_assist (self->assistant), provider, self->cancellable,
                               listed_cb, g_object_ref (self));
}

/* -- The row -- */

static void
sg_provider_row_dispose (GObject *object)
{
  SgProviderRow *self = SG_PROVIDER_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->assistant);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->kind, g_free);
  G_OBJECT_CLASS (sg_provider_row_parent_class)->dispose (object);
}

static void
sg_provider_row_class_init (SgProviderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_provider_row_dispose;
  edited_signal = g_signal_new ("edited", SG_TYPE_PROVIDER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  earlier_signal = g_signal_new ("earlier", SG_TYPE_PROVIDER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  removed_signal = g_signal_new ("removed", SG_TYPE_PROVIDER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/provider-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, url);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, model);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, key);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, test_row);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, price_in);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, price_out);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, models);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, model_list);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, test);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, SgProviderRow, earlier);
  gtk_widget_class_bind_template_callback (widget_class, earlier_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, model_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, models_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
}

static void
sg_provider_row_init (SgProviderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
sg_provider_row_new (SgAssistant *assistant, const SgProviderSetting *setting)
{
  SgProviderRow *self = g_object_new (SG_TYPE_PROVIDER_ROW, "title", setting->name, NULL);

  self->assistant = g_object_ref (assistant);
  self->name = g_strdup (setting->name);
  self->kind = g_strdup (setting->kind);
  gtk_editable_set_text (GTK_EDITABLE (self->url), setting->url);
  gtk_editable_set_text (GTK_EDITABLE (self->model), setting->model);
  gtk_spin_button_set_value (self->price_in, setting->price_in);
  gtk_spin_button_set_value (self->price_out, setting->price_out);
  g_signal_connect_object (self->price_in, "value-changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->price_out, "value-changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  sg_provider_row_refresh (self);
  return GTK_WIDGET (self);
}

void
sg_provider_row_set_first (SgProviderRow *self, gboolean first)
{
  gtk_widget_set_sensitive (self->earlier, !first);
}
