/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page of rows over the settings, which are the state: a change of them, from here or from elsewhere, is
 * shown here. Rows of providers are made anew only when their number changes, so that an entry keeps its
 * cursor. */
#include "config.h"

#include "app/assist-preferences.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

#include "app/provider-row.h"
#include "app/text-scale.h"

struct _SgAssistPreferences
{
  AdwPreferencesWindow parent_instance;
  GtkSwitch *network;
  AdwPreferencesGroup *providers, *consents;
  AdwActionRow *spent, *no_consent;
  GtkSpinButton *most_tokens, *most_cost;
  GtkMenuButton *add;

  SgAssistant *assistant;
  GPtrArray *rows;         /* SgProviderRow, borrowed */
  GPtrArray *consent_rows; /* borrowed */
};

G_DEFINE_FINAL_TYPE (SgAssistPreferences, sg_assist_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const struct
{
  const char *action, *name, *kind, *url, *model;
} presets[] = {
  { "openai", "OpenAI", "openai", "https://api.openai.com/v1", "gpt-4o-mini" },
  { "anthropic", "Anthropic", "anthropic", "https://api.anthropic.com", "claude-3-5-haiku-latest" },
  { "gemini", "Gemini", "gemini", "https://generativelanguage.googleapis.com", "gemini-2.0-flash" },
  { "openrouter", "OpenRouter", "openai", "https://openrouter.ai/api/v1", "openai/gpt-4o-mini" },
  { "ollama", N_ ("Ollama on this computer"), "ollama", "http://localhost:11434", "gemma3" },
  { "llama", N_ ("llama.cpp on this computer"), "openai", "http://localhost:8080/v1", "default" },
  { "studio", N_ ("LM Studio on this computer"), "openai", "http://localhost:1234/v1", "default" },
  { "other", N_ ("Another, like OpenAI"), "openai", "https://", "" },
};

/* -- Providers -- */

static void
save (SgAssistPreferences *self)
{
  g_autoptr (GPtrArray) settings = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_provider_setting_free);

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (settings, sg_provider_row_dup_setting (self->rows->pdata[i]));
  sg_assistant_set_providers (self->assistant, settings);
}

static void
show_first (SgAssistPreferences *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    sg_provider_row_set_first (self->rows->pdata[i], i == 0);
}

static void
removed_cb (SgAssistPreferences *self, SgProviderRow *row)
{
  adw_preferences_group_remove (self->providers, GTK_WIDGET (row));
  g_ptr_array_remove (self->rows, row);
  show_first (self);
  save (self);
}

/* A group has no other way to put a row between others. */
static void
earlier_cb (SgAssistPreferences *self, SgProviderRow *row)
{
  guint place = 0;

  if (!g_ptr_array_find (self->rows, row, &place) || place == 0)
    return;
  self->rows->pdata[place] = self->rows->pdata[place - 1];
  self->rows->pdata[place - 1] = row;
  for (guint i = place - 1; i < self->rows->len; i++)
    {
      GtkWidget *moved = g_object_ref (self->rows->pdata[i]);

      adw_preferences_group_remove (self->providers, moved);
      adw_preferences_group_add (self->providers, moved);
      g_object_unref (moved);
    }
  show_first (self);
  save (self);
}

static SgProviderRow *
add_row (SgAssistPreferences *self, const SgProviderSetting *setting)
{
  GtkWidget *row = sg_provider_row_new (self->assistant, setting);

  g_signal_connect_object (row, "edited", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "earlier", G_CALLBACK (earlier_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->providers, row);
  g_ptr_array_add (self->rows, row);
  show_first (self);
  return SG_PROVIDER_ROW (row);
}

/* A name that no other has. */
static char *
unused_name (SgAssistPreferences *self, const char *name)
{
  GPtrArray *providers = sg_assistant_get_providers (self->assistant);
  char *unused = g_strdup (name);

  for (guint n = 2, i = 0; i < providers->len; i++)
    if (g_str_equal (((SgProviderSetting *)providers->pdata[i])->name, unused))
      {
        g_free (unused);
        unused = g_strdup_printf ("%s %u", name, n++);
        i = -1;
      }
  return unused;
}

static void
add_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SgAssistPreferences *self = SG_ASSIST_PREFERENCES (widget);
  const char *chosen = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_str_equal (presets[i].action, chosen))
      {
        g_autofree char *name = unused_name (self, _ (presets[i].name));
        SgProviderSetting setting = { name, (char *)presets[i].kind, (char *)presets[i].url,
                                      (char *)presets[i].model, 0, 0 };
        SgProviderRow *row = add_row (self, &setting);

        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
        save (self);
      }
}

static void
fill_menu (SgAssistPreferences *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (presets[i].name), NULL);

      g_menu_item_set_action_and_target (item, "assist.add", "s", presets[i].action);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->add, G_MENU_MODEL (menu));
}

/* -- Consent -- */

static void
revoke_cb (SgAssistPreferences *self, GtkButton *button)
{
  g_autofree char *host = g_strdup (g_object_get_data (G_OBJECT (button), "host"));

  sg_assistant_set_consent (self->assistant, host, FALSE);
}

static void
show_consents (SgAssistPreferences *self)
{
  g_auto (GStrv) hosts = sg_assistant_dup_consents (self->assistant);

  for (guint i = 0; i < self->consent_rows->len; i++)
    adw_preferences_group_remove (self->consents, self->consent_rows->pdata[i]);
  g_ptr_array_set_size (self->consent_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->no_consent), hosts[0] == NULL);
  for (guint i = 0; hosts[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_with_label (_ ("Revoke"));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hosts[i]);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, _ ("Send no drawing there any more"));
      g_object_set_data_full (G_OBJECT (button), "host", g_strdup (hosts[i]), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (revoke_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_preferences_group_add (self->consents, row);
      g_ptr_array_add (self->consent_rows, row);
    }
}

/* -- What was spent -- */

static void
show_spent (SgAssistPreferences *self)
{
  guint64 in, out;
  double cost;

  sg_assistant_get_spent (self->assistant, &in, &out, &cost);
  g_autofree char *tokens =
    g_strdup_printf (_ ("%" PRIu64 " tokens read, %" PRIu64 " written"), in, out);
  g_autofree char *text =
    isnan (cost) ? g_strdup (tokens) : g_strdup_printf (_ ("%s; cost %.2f"), tokens, cost);
  adw_action_row_set_subtitle (self->spent, text);
}

static void
changed_cb (SgAssistPreferences *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    sg_provider_row_refresh (self->rows->pdata[i]);
  show_consents (self);
  show_spent (self);
}

static void
bind_settings (SgAssistPreferences *self)
{
  GSettings *settings = sg_assistant_get_settings (self->assistant);

  if (settings == NULL)
    return;
  g_settings_bind (settings, "use-network", self->network, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "assist-most-tokens", gtk_spin_button_get_adjustment (self->most_tokens),
                   "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "assist-most-cost", gtk_spin_button_get_adjustment (self->most_cost), "value",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
sg_assist_preferences_dispose (GObject *object)
{
  SgAssistPreferences *self = SG_ASSIST_PREFERENCES (object);

  g_clear_object (&self->assistant);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->consent_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (sg_assist_preferences_parent_class)->dispose (object);
}

static void
sg_assist_preferences_class_init (SgAssistPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_assist_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/assist-preferences.ui");
  gtk_widget_class_install_action (widget_class, "assist.add", "s", add_cb);
  gtk_widget_class_bind_template_child (widget_class, SgAssistPreferences, network);
  gtk_widget_class_bind_template_child (widget_class, SgAssistPreferences, providers);
  gtk_widget_class_bind_template_child (widget_class, SgAssistPreferences, consents);
  gtk_widget_class_bind_template_child (widget_class, SgAssistPreferences, spent);
  gtk_widget_class_bind_template_child (widget_class, SgAssistPreferences, no_consent);
  gtk_widget_class_bind_template_child (widget_class, SgAssistPreferences, most_tokens);
  gtk_widget_class_bind_template_child (widget_class, SgAssistPreferences, most_cost);
  gtk_widget_class_bind_template_child (widget_class, SgAssistPreferences, add);
}

static void
sg_assist_preferences_init (SgAssistPreferences *self)
{
  self->rows = g_ptr_array_new ();
  self->consent_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_text_scale_fit (GTK_WINDOW (self));
}

GtkWidget *
sg_assist_preferences_new (GtkWindow *parent, SgAssistant *assistant)
{
  SgAssistPreferences *self =
    g_object_new (SG_TYPE_ASSIST_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL);
  GPtrArray *providers = sg_assistant_get_providers (assistant);

  self->assistant = g_object_ref (assistant);
  for (guint i = 0; i < providers->len; i++)
    add_row (self, providers->pdata[i]);
  fill_menu (self);
  bind_settings (self);
  changed_cb (self);
  g_signal_connect_object (assistant, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
