/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The name. */
#include "app/name-popover.h"

#include "base/limits.h"

struct _SgNamePopover
{
  GtkPopover parent_instance;
  GtkEntry *entry;
  gint64 sketch_id;
};

static guint named_signal;

G_DEFINE_FINAL_TYPE (SgNamePopover, sg_name_popover, GTK_TYPE_POPOVER)

static void
entered_cb (SgNamePopover *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, named_signal, 0, self->sketch_id, name);
}

void
sg_name_popover_edit (SgNamePopover *self, gint64 sketch_id, const char *name, const GdkRectangle *at)
{
  self->sketch_id = sketch_id;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), at);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry)); /* and all of it is selected */
}

static void
sg_name_popover_class_init (SgNamePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  named_signal = g_signal_new ("named", SG_TYPE_NAME_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/name-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SgNamePopover, entry);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
}

static void
sg_name_popover_init (SgNamePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->entry, SG_LIMIT_WORDS);
}

GtkWidget *
sg_name_popover_new (void)
{
  return g_object_new (SG_TYPE_NAME_POPOVER, NULL);
}
