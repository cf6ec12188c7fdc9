/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The transport. */
#include "config.h"

#include "app/transport.h"

#include <glib/gi18n.h>

#include "app/units.h"

struct _SgTransport
{
  GtkBox parent_instance;
  GtkButton *play;
  GtkMenuButton *speed;
  GtkLabel *time;
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
sg_transport_set_speed (SgTransport *self, double speed)
{
  g_autofree char *text = sg_units_format_speed (speed);

  gtk_menu_button_set_label (self->speed, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Speed"),
                                  -1);
}

void
sg_transport_set_time (SgTransport *self, double seconds)
{
  g_autofree char *text = sg_units_format_time (seconds);

  gtk_label_set_label (self->time, text);
}

static void
sg_transport_class_init (SgTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/transport.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, play);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, speed);
  gtk_widget_class_bind_template_child (widget_class, SgTransport, time);
}

static void
sg_transport_init (SgTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_transport_set_playing (self, FALSE);
  sg_transport_set_speed (self, 1);
  sg_transport_set_time (self, 0);
}
