/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The transport. */
#include "config.h"

#include "app/transport.h"

#include <glib/gi18n.h>

#include "app/direction.h"
#include "app/lazy-menu.h"
#include "base/units.h"

struct _SgTransport
{
  GtkBox parent_instance;
  GtkButton *play;
  GtkToggleButton *record;
  GtkMenuButton *speed, *past;
  GMenuModel *speed_menu;
  GtkLabel *time;
  SgTimeTrack *track;
};

G_DEFINE_FINAL_TYPE (SgTransport, sg_transport, GTK_TYPE_BOX)

void
sg_transport_set_playing (SgTransport *self, gboolean playing)
{
  gtk_button_set_icon_name (self->play,
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), playing ? _ ("Pause (Space)") : _ ("Play (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  playing ? _ ("Pause") : _ ("Play"), -1);
}

void
sg_transport_set_recording (SgTransport *self, gboolean recording)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->record),
                               recording ? _ ("Runs are recorded; press to stop that (Ctrl+R)")
                                         : _ ("Record what is played (Ctrl+R)"));
  if (recording)
    gtk_widget_add_css_class (GTK_WIDGET (self->record), "recording");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->record), "recording");
}

void
sg_transport_set_speed (SgTransport *self, double speed)
{
  g_autofree char *text = sg_units_format_speed (speed);

  gtk_menu_button_set_label (self->speed, text);
  sg_direction_keep (GTK_WIDGET (self->speed)); /* it makes another label */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Speed"),
                                  -1);
}

/* At the record's end that is where it is. */
static char *
say_time (const SgSimulationStats *stats)
{
  g_autofree char *now = sg_units_format_time (stats->time);
  g_autofree char *end = sg_units_format_time (stats->last_time);

  if (g_str_equal (now, end))
    return g_steal_pointer (&now);
  /* Translators: simulated times, as in "0:04.52 of 1:10.00" */
  return g_strdup_printf (_ ("%s of %s"), now, end);
}

void
sg_transport_show (SgTransport *self, const SgSimulationStats *stats, SgTimelineOverview *overview)
{
  g_autofree char *text = say_time (stats);

  gtk_label_set_label (self->time, text);
  sg_time_track_show (self->track, stats, overview);
  gtk_widget_set_sensitive (GTK_WIDGET (self->past), overview != NULL && overview->n_branches > 0);
}

SgTimeTrack *
sg_transport_get_track (SgTransport *self)
{
  return self->track;
}

GtkMenuButton *
sg_transport_get_past (SgTransport *self)
{
  return self->past;
}

static void
sg_transport_class_init (SgTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SG_TYPE_TIME_TRACK);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/transport.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, play);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, record);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, speed);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, speed_menu);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, past);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, time);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, track);
}

static void
sg_transport_init (SgTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_lazy_menu_set (self->speed, self->speed_menu);
  sg_direction_keep (GTK_WIDGET (self));
  sg_transport_set_playing (self, FALSE);
  sg_transport_set_recording (self, FALSE);
  sg_transport_set_speed (self, 1);
  sg_transport_show (self, &(SgSimulationStats){ 0 }, NULL);
}
