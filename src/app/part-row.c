/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/part-row.h"

#include "app/part-names.h"
#include "app/role-style.h"

struct _SgPartRow
{
  AdwActionRow parent_instance;
  GtkImage *icon;
  GtkWidget *doubt;
  int role; /* of the icon, and whether it is for dark; -1: none yet */
  gboolean dark;
};

G_DEFINE_FINAL_TYPE (SgPartRow, sg_part_row, ADW_TYPE_ACTION_ROW)

static void
sg_part_row_class_init (SgPartRowClass *klass)
{
}

static void
sg_part_row_init (SgPartRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  self->role = -1;
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->doubt = gtk_label_new ("?");
  gtk_widget_add_css_class (self->doubt, "uncertain");
  adw_action_row_add_prefix (row, GTK_WIDGET (self->icon));
  adw_action_row_add_suffix (row, self->doubt);
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

GtkWidget *
sg_part_row_new (void)
{
  return g_object_new (SG_TYPE_PART_ROW, NULL);
}

static void
show_icon (SgPartRow *self, int role)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (role == self->role && dark == self->dark)
    return;
  g_autoptr (GdkPaintable) icon = sg_role_style_new_icon (role, dark);
  gtk_image_set_from_paintable (self->icon, icon);
  self->role = role;
  self->dark = dark;
}

void
sg_part_row_show (SgPartRow *self, const SgReading *reading, guint index)
{
  const SgElement *element = sg_reading_element (reading, index);
  g_autofree char *name = sg_part_full_name (reading, index);
  g_autofree char *confidence = sg_part_confidence (element);
  g_autofree char *drawing = sg_part_drawing (element);
  g_autofree char *detail =
    drawing != NULL ? g_strdup_printf ("%s · %s", drawing, confidence) : g_strdup (confidence);
  const char *shown = adw_action_row_get_subtitle (ADW_ACTION_ROW (self));

  show_icon (self, element->role);
  gtk_widget_set_visible (self->doubt, sg_part_is_uncertain (element));
  if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), name) != 0)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  if (g_strcmp0 (shown, detail) == 0)
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
}
