/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chip: its text is a button, and so is the cross. */
#include "config.h"

#include "app/words-chip.h"

#include <glib/gi18n.h>

struct _SgWordsChip
{
  AdwBin parent_instance;
  GtkLabel *label;
  GtkWidget *change, *remove;
  guint begin, end;
};

static guint chosen_signal, removed_signal;

G_DEFINE_FINAL_TYPE (SgWordsChip, sg_words_chip, ADW_TYPE_BIN)

static void
chosen_cb (SgWordsChip *self)
{
  g_signal_emit (self, chosen_signal, 0);
}

static void
removed_cb (SgWordsChip *self)
{
  g_signal_emit (self, removed_signal, 0);
}

static gboolean
key_cb (SgWordsChip *self, guint key)
{
  if (key != GDK_KEY_Delete && key != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  removed_cb (self);
  return GDK_EVENT_STOP;
}

static char *
dup_saying (SgWordsChip *self, GtkWidget *button)
{
  return g_strdup_printf (button == self->change ? _ ("Change “%s”") : _ ("Take away “%s”"),
                          gtk_label_get_label (self->label));
}

/* Told when it is asked for: to set another one asks the X server where the pointer is, and waits for it. */
static gboolean
tooltip_cb (GtkWidget *button, int x, int y, gboolean keyboard, GtkTooltip *tooltip, SgWordsChip *self)
{
  g_autofree char *saying = dup_saying (self, button);

  gtk_tooltip_set_text (tooltip, saying);
  return TRUE;
}

static void
sg_words_chip_class_init (SgWordsChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  chosen_signal =
    g_signal_new ("chosen", SG_TYPE_WORDS_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  removed_signal =
    g_signal_new ("removed", SG_TYPE_WORDS_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/words-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, SgWordsChip, label);
  gtk_widget_class_bind_template_child (widget_class, SgWordsChip, change);
  gtk_widget_class_bind_template_child (widget_class, SgWordsChip, remove);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, tooltip_cb);
}

static void
sg_words_chip_init (SgWordsChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sg_words_chip_new (void)
{
  return g_object_new (SG_TYPE_WORDS_CHIP, NULL);
}

void
sg_words_chip_show (SgWordsChip *self, const char *text, guint begin, guint end)
{
  self->begin = begin;
  self->end = end;
  if (g_str_equal (gtk_label_get_label (self->label), text))
    return;
  gtk_label_set_label (self->label, text);
  g_autofree char *change = dup_saying (self, self->change), *remove = dup_saying (self, self->remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->change), GTK_ACCESSIBLE_PROPERTY_LABEL, change, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
}

void
sg_words_chip_get_span (SgWordsChip *self, guint *begin, guint *end)
{
  *begin = self->begin;
  *end = self->end;
}
