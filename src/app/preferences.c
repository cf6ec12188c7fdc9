/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows bound to the settings. How much is on the disk is measured in a worker, when the window opens and
 * after something was cleaned up. */
#include "config.h"

#include "app/preferences.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <math.h>

#include "app/assist-preferences.h"
#include "app/canvas.h"
#include "app/file-names.h"
#include "app/settings.h"
#include "app/text-scale.h"
#include "app/toast.h"
#include "pipeline/error-name.h"

struct _SgPreferences
{
  AdwPreferencesWindow parent_instance;
  AdwComboRow *paper, *units, *speed, *quality;
  GtkSpinButton *pen_width, *gravity, *days, *megabytes;
  GtkSwitch *pen_pressure, *restore, *network, *share_network;
  AdwActionRow *history_row, *cache_row;
  AdwEntryRow *redis;
  GtkWidget *history_button, *cache_button;

  GSettings *settings;
  SgAssistant *assistant;
  SgHistory *history; /* (nullable) */
  SgCache *cache;     /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SgPreferences, sg_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* -- Choices -- */

/* In the order of the lists. */
static const char *const unit_systems[] = { "si", "centimetres", NULL };
static const char *const qualities[] = { "auto", "fast", "fine", NULL };
static const double speeds[] = { 0.1, 0.25, 0.5, 1, 2, 4 };

static gboolean
get_choice (GValue *value, GVariant *variant, gpointer data)
{
  const char *const *names = data;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], g_variant_get_string (variant, NULL)))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

/* NULL: nothing is chosen, nothing changes. */
static GVariant *
set_choice (const GValue *value, const GVariantType *type, gpointer data)
{
  const char *const *names = data;
  guint selected = g_value_get_uint (value);

  return selected < g_strv_length ((char **)names) ? g_variant_new_string (names[selected]) : NULL;
}

/* The nearest of the list where the settings have another one. */
static gboolean
get_speed (GValue *value, GVariant *variant, gpointer data)
{
  double speed = g_variant_get_double (variant);
  guint nearest = 0;

  for (guint i = 1; i < G_N_ELEMENTS (speeds); i++)
    if (fabs (log (speeds[i] / speed)) < fabs (log (speeds[nearest] / speed)))
      nearest = i;
  g_value_set_uint (value, nearest);
  return TRUE;
}

static GVariant *
set_speed (const GValue *value, const GVariantType *type, gpointer data)
{
  guint selected = g_value_get_uint (value);

  return selected < G_N_ELEMENTS (speeds) ? g_variant_new_double (speeds[selected]) : NULL;
}

static void
bind_choice (SgPreferences *self, const char *key, AdwComboRow *row, const char *const *names)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT, get_choice,
                                set_choice, (gpointer)names, NULL);
}

static void
bind_number (SgPreferences *self, const char *key, GtkSpinButton *number)
{
  g_settings_bind (self->settings, key, gtk_spin_button_get_adjustment (number), "value",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
bind_switch (SgPreferences *self, const char *key, GtkSwitch *switch_)
{
  g_settings_bind (self->settings, key, switch_, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
bind_settings (SgPreferences *self)
{
  bind_choice (self, "paper", self->paper, sg_paper_names);
  bind_choice (self, "units", self->units, unit_systems);
  bind_choice (self, "quality", self->quality, qualities);
  g_settings_bind_with_mapping (self->settings, "speed", self->speed, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_speed, set_speed, NULL, NULL);
  bind_number (self, "pen-width", self->pen_width);
  bind_number (self, "gravity", self->gravity);
  bind_number (self, "history-days", self->days);
  bind_number (self, "history-megabytes", self->megabytes);
  bind_switch (self, "pen-pressure", self->pen_pressure);
  bind_switch (self, "restore-session", self->restore);
  bind_switch (self, "use-network", self->network);
  bind_switch (self, "share-on-network", self->share_network);
}

/* -- What is on the disk -- */

typedef struct
{
  guint64 history_bytes, cache_bytes, n_cached;
  gboolean empty; /* the cache, first */
} Measure;

static guint64
file_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (guint64)status.st_size : 0;
}

static void
measure_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SgPreferences *self = source;
  Measure *measure = data;
  g_autofree char *path = sg_history_dup_usual_path ();
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  SgCacheFigures figures[SG_N_CACHE_LEVELS];
  GError *error = NULL;

  if (self->cache != NULL && measure->empty && !sg_cache_clear (self->cache, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  measure->history_bytes = file_size (path) + file_size (wal);
  if (self->cache != NULL)
    {
      sg_cache_get_figures (self->cache, FALSE, figures);
      measure->cache_bytes = figures[SG_CACHE_MEMORY].bytes + figures[SG_CACHE_DATABASE].bytes;
      measure->n_cached = MAX (figures[SG_CACHE_MEMORY].entries, figures[SG_CACHE_DATABASE].entries);
    }
  g_task_return_boolean (task, TRUE);
}

static void
tell (SgPreferences *self, const char *text)
{
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), sg_toast_new (text));
}

static void
tell_error (SgPreferences *self, const GError *error)
{
  g_autofree char *text = sg_file_names_in_message (error);

  sg_error_log ("simgen-app", error);
  tell (self, text);
}

static void
show_sizes (SgPreferences *self, const Measure *measure)
{
  g_autofree char *history = g_format_size (measure->history_bytes);
  g_autofree char *cache = g_format_size (measure->cache_bytes);
  g_autofree char *cached =
    g_strdup_printf (ngettext ("%s; %" PRIu64 " result that need not be computed again",
                               "%s; %" PRIu64 " results that need not be computed again",
                               (gulong)measure->n_cached),
                     cache, measure->n_cached);

  adw_action_row_set_subtitle (
    self->history_row,
    self->history == NULL || sg_history_is_in_memory (self->history) ? _ ("Nothing can be kept") : history);
  adw_action_row_set_subtitle (self->cache_row, self->cache == NULL ? _ ("There is none") : cached);
  gtk_widget_set_sensitive (self->cache_button, self->cache != NULL);
  gtk_widget_set_sensitive (self->history_button, self->history != NULL);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SgPreferences *self = SG_PREFERENCES (source);
  const Measure *measure = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      show_sizes (self, measure);
      if (measure->empty)
        tell (self, _ ("The cache is empty"));
    }
  else
    tell_error (self, error);
}

static void
measure (SgPreferences *self, gboolean empty)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, measured_cb, NULL);
  Measure *measure = g_new0 (Measure, 1);

  measure->empty = empty;
  gtk_widget_set_sensitive (self->cache_button, FALSE);
  g_task_set_task_data (task, measure, g_free);
  g_task_run_in_thread (task, measure_in_thread);
}

static void
empty_cb (SgPreferences *self)
{
  measure (self, TRUE);
}

static void
cleaned_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgPreferences) self = data;
  g_autoptr (GError) error = NULL;
  SgCleanUp done = { 0 };

  measure (self, FALSE);
  if (!sg_history_clean_up_finish (SG_HISTORY (source), result, &done, &error))
    {
      tell_error (self, error);
      return;
    }
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u run was deleted", "%u runs were deleted", done.n_runs), done.n_runs);
  tell (self, text);
}

static void
clean_up_cb (SgPreferences *self)
{
  SgHistoryLimits limits = sg_settings_get_history_limits (self->settings);

  gtk_widget_set_sensitive (self->history_button, FALSE);
  sg_history_clean_up_async (self->history, &limits, NULL, cleaned_up_cb, g_object_ref (self));
}

/* -- A cache that others share -- */

static void
redis_typed_cb (SgPreferences *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->redis), "error");
}

/* What is no address is not kept. */
static void
redis_cb (SgPreferences *self)
{
  g_autofree char *url = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->redis))));
  g_autofree char *problem = *url != '\0' ? sg_cache_check_redis (url) : NULL;

  if (problem == NULL)
    g_settings_set_string (self->settings, "redis-url", url);
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->redis), "error");
  tell (self, problem != NULL ? problem : _ ("SimGen does so from its next start"));
}

/* -- The class -- */

static void
models_cb (SgPreferences *self)
{
  gtk_window_present (GTK_WINDOW (sg_assist_preferences_new (GTK_WINDOW (self), self->assistant)));
}

static void
sg_preferences_dispose (GObject *object)
{
  SgPreferences *self = SG_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->assistant);
  g_clear_object (&self->history);
  g_clear_pointer (&self->cache, sg_cache_unref);
  G_OBJECT_CLASS (sg_preferences_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, paper);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, pen_width);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, pen_pressure);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, units);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, gravity);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, speed);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, quality);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, restore);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, days);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, megabytes);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, history_row);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, history_button);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, cache_row);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, cache_button);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, redis);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, network);
  gtk_widget_class_bind_template_child (widget_class, SgPreferences, share_network);
}

static void
sg_preferences_class_init (SgPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/preferences.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, clean_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_cb);
  gtk_widget_class_bind_template_callback (widget_class, models_cb);
  gtk_widget_class_bind_template_callback (widget_class, redis_cb);
  gtk_widget_class_bind_template_callback (widget_class, redis_typed_cb);
}

static void
sg_preferences_init (SgPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_text_scale_fit (GTK_WINDOW (self));
}

GtkWidget *
sg_preferences_new (
  GtkWindow *parent, GSettings *settings, SgAssistant *assistant, SgHistory *history, SgCache *cache)
{
  SgPreferences *self = g_object_new (SG_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL);

  self->settings = g_object_ref (settings);
  self->assistant = g_object_ref (assistant);
  self->history = history != NULL ? g_object_ref (history) : NULL;
  self->cache = cache != NULL ? sg_cache_ref (cache) : NULL;
  bind_settings (self);
  g_autofree char *url = g_settings_get_string (settings, "redis-url");
  gtk_editable_set_text (GTK_EDITABLE (self->redis), url);
  measure (self, FALSE);
  return GTK_WIDGET (self);
}
