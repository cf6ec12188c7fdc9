/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line of figures. A value that comes within INTERVAL of the last change waits for the timer; a newer one
 * takes its place. */
#include "config.h"

#include "app/status-strip.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/units.h"

#define INTERVAL 100 /* ms */

struct _SgStatusStrip
{
  GtkBox parent_instance;
  GtkLabel *fps, *factor, *why, *rate, *bodies, *energy;
  SgSimulationStats stats;
  double frames_per_second;
  char *reason; /* (nullable) why there are not more */
  gint64 last_update_us;
  guint timer; /* 0: nothing waits */
  guint n_updates;
};

static guint refreshed_signal;

G_DEFINE_FINAL_TYPE (SgStatusStrip, sg_status_strip, GTK_TYPE_BOX)

static void
set_text (GtkLabel *label, char *text)
{
  if (!g_str_equal (gtk_label_get_label (label), text))
    gtk_label_set_label (label, text);
  g_free (text);
}

static void
update (SgStatusStrip *self)
{
  const SgSimulationStats *stats = &self->stats;

  if (stats->playing)
    {
      /* Translators: frames a second */
      set_text (self->fps, g_strdup_printf (_ ("%.0f fps"), self->frames_per_second));
      /* Translators: simulated time over real time */
      set_text (self->factor,
                g_strdup_printf (fabs (stats->real_time_factor) < 0.1 ? _ ("%.4f×") : _ ("%.2f×"),
                                 stats->real_time_factor));
      /* Translators: steps of the simulation a second; or that it shows what was simulated before */
      set_text (self->rate, stats->replaying != 0 ? g_strdup (_ ("replay"))
                                                  : g_strdup_printf (_ ("%.0f Hz"), stats->steps_per_second));
    }
  else
    set_text (self->fps, g_strdup (_ ("paused")));
  gboolean explains = stats->playing && self->reason != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->why), explains);
  gtk_widget_set_visible (GTK_WIDGET (self->bodies), !explains); /* the drawing's side counts them too */
  if (explains)
    set_text (self->why, g_strdup (self->reason));
  gtk_widget_set_visible (GTK_WIDGET (self->factor), stats->playing);
  gtk_widget_set_visible (GTK_WIDGET (self->rate), stats->playing);
  set_text (self->bodies,
            g_strdup_printf (ngettext ("%u body", "%u bodies", stats->n_bodies), stats->n_bodies));
  set_text (self->energy, sg_units_format (stats->energy[0] + stats->energy[1], "J"));
  self->last_update_us = g_get_monotonic_time ();
  self->n_updates++;
  g_signal_emit (self, refreshed_signal, 0, stats);
}

static gboolean
timer_cb (gpointer data)
{
  SgStatusStrip *self = data;

  self->timer = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

void
sg_status_strip_show (SgStatusStrip *self, const SgSimulationStats *stats, double fps)
{
  gint64 since = (g_get_monotonic_time () - self->last_update_us) / 1000;

  self->stats = *stats;
  self->frames_per_second = fps;
  if (self->timer != 0)
    return;
  if (since >= INTERVAL)
    update (self);
  else
    self->timer = g_timeout_add (INTERVAL - since, timer_cb, self);
}

void
sg_status_strip_explain (SgStatusStrip *self, const char *why)
{
  if (g_strcmp0 (self->reason, why) == 0)
    return;
  g_free (self->reason);
  self->reason = g_strdup (why);
}

guint
sg_status_strip_get_n_updates (SgStatusStrip *self)
{
  return self->n_updates;
}

static void
sg_status_strip_dispose (GObject *object)
{
  SgStatusStrip *self = SG_STATUS_STRIP (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->reason, g_free);
  G_OBJECT_CLASS (sg_status_strip_parent_class)->dispose (object);
}

static void
sg_status_strip_class_init (SgStatusStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_status_strip_dispose;
  refreshed_signal = g_signal_new ("refreshed", SG_TYPE_STATUS_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/status-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, SgStatusStrip, fps);
  gtk_widget_class_bind_template_child (widget_class, SgStatusStrip, why);
  gtk_widget_class_bind_template_child (widget_class, SgStatusStrip, factor);
  gtk_widget_class_bind_template_child (widget_class, SgStatusStrip, rate);
  gtk_widget_class_bind_template_child (widget_class, SgStatusStrip, bodies);
  gtk_widget_class_bind_template_child (widget_class, SgStatusStrip, energy);
}

static void
sg_status_strip_init (SgStatusStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
