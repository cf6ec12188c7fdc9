/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words. They apply on Enter, on leaving the line, and at once when they are cleared. */
#include "config.h"

#include "app/words-bar.h"

#include "base/limits.h"

struct _SgWordsBar
{
  AdwBin parent_instance;
  GtkEntry *entry;
};

static guint applied_signal, typed_signal;

G_DEFINE_FINAL_TYPE (SgWordsBar, sg_words_bar, ADW_TYPE_BIN)

static void
apply (SgWordsBar *self)
{
  g_signal_emit (self, applied_signal, 0, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
text_changed_cb (GtkEditable *editable, SgWordsBar *self)
{
  gboolean empty = *gtk_editable_get_text (editable) == '\0';

  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     empty ? NULL : "edit-clear-symbolic");
  if (empty)
    apply (self);
  else
    g_signal_emit (self, typed_signal, 0);
}

static void
icon_pressed_cb (GtkEntry *entry, GtkEntryIconPosition position, SgWordsBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

void
sg_words_bar_set_words (SgWordsBar *self, const char *words)
{
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->entry)), words))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), words);
}

const char *
sg_words_bar_get_text (SgWordsBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
sg_words_bar_set_draft (SgWordsBar *self, const char *draft)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry)); /* leaving the line applies it */
  gtk_editable_set_text (GTK_EDITABLE (self->entry), draft);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
sg_words_bar_class_init (SgWordsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  applied_signal = g_signal_new ("applied", SG_TYPE_WORDS_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  typed_signal = g_signal_new ("typed", SG_TYPE_WORDS_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/words-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SgWordsBar, entry);
  gtk_widget_class_bind_template_callback (widget_class, apply);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, icon_pressed_cb);
}

static void
sg_words_bar_init (SgWordsBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->entry, SG_LIMIT_WORDS);
}
