/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hint; its button is the window's action "undo". */
#include "app/undo-hint.h"

#define SHOWN_SECONDS 5

struct _SgUndoHint
{
  AdwBin parent_instance;
  GtkLabel *label;
  guint timer;
};

G_DEFINE_FINAL_TYPE (SgUndoHint, sg_undo_hint, ADW_TYPE_BIN)

static gboolean
timer_cb (gpointer data)
{
  SgUndoHint *self = data;

  self->timer = 0;
  sg_undo_hint_hide (self);
  return G_SOURCE_REMOVE;
}

void
sg_undo_hint_show (SgUndoHint *self, const char *text)
{
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds (SHOWN_SECONDS, timer_cb, self);
}

void
sg_undo_hint_hide (SgUndoHint *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
sg_undo_hint_dispose (GObject *object)
{
  g_clear_handle_id (&SG_UNDO_HINT (object)->timer, g_source_remove);
  G_OBJECT_CLASS (sg_undo_hint_parent_class)->dispose (object);
}

static void
sg_undo_hint_class_init (SgUndoHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_undo_hint_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/undo-hint.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_bind_template_child (widget_class, SgUndoHint, label);
}

static void
sg_undo_hint_init (SgUndoHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
