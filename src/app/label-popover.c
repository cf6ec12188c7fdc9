/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typing a label. Enter and clicking elsewhere keep the text, Escape does not. */
#include "app/label-popover.h"

#include "base/limits.h"

struct _SgLabelPopover
{
  GtkPopover parent_instance;
  GtkEntry *entry;
  SgLabel *old; /* (nullable) */
  SgPoint page;
  gboolean cancelled;
};

static guint typed_signal;

G_DEFINE_FINAL_TYPE (SgLabelPopover, sg_label_popover, GTK_TYPE_POPOVER)

static void
closed_cb (SgLabelPopover *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (!self->cancelled && (self->old != NULL || *text != '\0'))
    g_signal_emit (self, typed_signal, 0, self->old, text, self->page.x, self->page.y);
  g_clear_pointer (&self->old, sg_label_unref);
}

static gboolean
key_pressed_cb (
  GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, SgLabelPopover *self)
{
  if (keyval == GDK_KEY_Escape)
    self->cancelled = TRUE;
  return GDK_EVENT_PROPAGATE;
}

void
sg_label_popover_edit (SgLabelPopover *self, SgLabel *old, SgPoint widget, SgPoint page)
{
  GdkRectangle at = { (int)widget.x, (int)widget.y, 1, 1 };

  g_clear_pointer (&self->old, sg_label_unref);
  self->old = old != NULL ? sg_label_ref (old) : NULL;
  self->page = page;
  self->cancelled = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), old != NULL ? sg_label_get_text (old) : "");
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &at);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
sg_label_popover_finalize (GObject *object)
{
  g_clear_pointer (&SG_LABEL_POPOVER (object)->old, sg_label_unref);
  G_OBJECT_CLASS (sg_label_popover_parent_class)->finalize (object);
}

static void
sg_label_popover_class_init (SgLabelPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_label_popover_finalize;
  typed_signal = g_signal_new ("typed", SG_TYPE_LABEL_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 4, G_TYPE_POINTER, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/label-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SgLabelPopover, entry);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
sg_label_popover_init (SgLabelPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->entry, SG_LIMIT_WORDS);
}

GtkWidget *
sg_label_popover_new (GtkWidget *parent)
{
  GtkWidget *self = g_object_new (SG_TYPE_LABEL_POPOVER, NULL);

  gtk_widget_set_parent (self, parent);
  return self;
}
