/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The notice. */
#include "app/notice.h"

struct _SgNotice
{
  AdwBin parent_instance;
  GtkRevealer *revealer;
  GtkBox *line;
  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (SgNotice, sg_notice, ADW_TYPE_BIN)

typedef struct
{
  const char *icon, *css_class;
} Look;

static const Look looks[] = {
  [SG_SEVERITY_INFO] = { "dialog-information-symbolic", "info" },
  [SG_SEVERITY_WARNING] = { "dialog-warning-symbolic", "warning" },
  [SG_SEVERITY_ERROR] = { "dialog-error-symbolic", "error" },
};

void
sg_notice_show (SgNotice *self, const char *text, SgSeverity severity)
{
  gboolean any = text != NULL && *text != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self), any); /* else it takes its room where it is not over the paper */
  gtk_revealer_set_reveal_child (self->revealer, any);
  if (!any)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->line), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->line), looks[severity].css_class);
  gtk_image_set_from_icon_name (self->icon, looks[severity].icon);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
sg_notice_class_init (SgNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/notice.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, line);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, label);
}

static void
sg_notice_init (SgNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
