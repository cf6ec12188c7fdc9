/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawing tools. */
#include "app/tool-bar.h"

struct _SgToolBar
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (SgToolBar, sg_tool_bar, GTK_TYPE_BOX)

static void
sg_tool_bar_class_init (SgToolBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/tool-bar.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

static void
sg_tool_bar_init (SgToolBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
