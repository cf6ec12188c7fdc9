/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words. They apply on Enter, on leaving the line, and at once when they are cleared. The chips are of
 * the words that were applied; while others are being typed they are away. */
#include "config.h"

#include "app/words-bar.h"

#include "app/thing-names.h"
#include "app/words-chip.h"
#include "base/limits.h"

#define CHIPS_AHEAD 2

struct _SgWordsBar
{
  AdwBin parent_instance;
  GtkEntry *entry;
  GtkFlowBox *chips;
  GtkLabel *reasons;
  SgScene *scene; /* (nullable): whose words are told of */
};

static guint applied_signal, typed_signal;

G_DEFINE_FINAL_TYPE (SgWordsBar, sg_words_bar, ADW_TYPE_BIN)

static void
apply (SgWordsBar *self)
{
  g_signal_emit (self, applied_signal, 0, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* -- What became of them -- */

static void
chip_removed_cb (SgWordsBar *self, SgWordsChip *chip)
{
  guint begin, end;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  sg_words_chip_get_span (chip, &begin, &end);
  g_autofree char *left = sg_words_without (text, begin, end);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry)); /* the chip that has the focus goes */
  gtk_editable_set_text (GTK_EDITABLE (self->entry), left);
  if (*left != '\0')
    apply (self);
}

static void
chip_chosen_cb (SgWordsBar *self, SgWordsChip *chip)
{
  guint begin, end;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  sg_words_chip_get_span (chip, &begin, &end);
  gtk_entry_grab_focus_without_selecting (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), g_utf8_pointer_to_offset (text, text + begin),
                              g_utf8_pointer_to_offset (text, text + end));
}

static void
add_chip (SgWordsBar *self)
{
  GtkWidget *chip = sg_words_chip_new ();

  g_signal_connect_object (chip, "removed", G_CALLBACK (chip_removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "chosen", G_CALLBACK (chip_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_flow_box_insert (self->chips, chip, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE); /* its buttons are */
}

/* The chip at `place`: one that is there is shown anew. */
static void
show_chip (SgWordsBar *self, guint place, const SgStatement *statement, const char *text)
{
  if (gtk_flow_box_get_child_at_index (self->chips, place) == NULL)
    add_chip (self);
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->chips, place);
  sg_words_chip_show (SG_WORDS_CHIP (gtk_flow_box_child_get_child (child)), text, statement->begin,
                      statement->end);
}

/* All of them may wait unseen for the next words. */
static void
keep_chips (SgWordsBar *self, guint n)
{
  GtkFlowBoxChild *child;

  while (n > 0 && (child = gtk_flow_box_get_child_at_index (self->chips, n)) != NULL)
    gtk_flow_box_remove (self->chips, GTK_WIDGET (child));
  gtk_widget_set_visible (GTK_WIDGET (self->chips), n > 0);
}

static void
underline (PangoAttrList *attributes, const SgStatement *statement)
{
  PangoAttribute *attribute = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

  attribute->start_index = statement->begin;
  attribute->end_index = statement->end;
  pango_attr_list_insert (attributes, attribute);
}

/* Underlines what was not understood, and says why. */
static void
show_reasons (SgWordsBar *self, PangoAttrList *attributes, const char *reasons)
{
  gboolean any = *reasons != '\0';

  if (!any && !gtk_widget_get_visible (GTK_WIDGET (self->reasons)))
    return;
  gtk_entry_set_attributes (self->entry, any ? attributes : NULL);
  gtk_label_set_label (self->reasons, reasons);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), any);
}

/* The entry's own ones, of its icons, where every word was understood. */
static gboolean
tooltip_cb (GtkWidget *entry, int x, int y, gboolean keyboard, GtkTooltip *tooltip, SgWordsBar *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->reasons)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_label (self->reasons));
  return TRUE;
}

/* An answer is of the words that stand there, or is not shown. */
static void
update_answer (SgWordsBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean answered = self->scene != NULL && g_strcmp0 (self->scene->words, text) == 0;
  const GArray *statements = answered ? self->scene->statements : NULL;
  g_autoptr (GString) reasons = g_string_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (SgThingNames) names = statements != NULL ? sg_thing_names_new (self->scene) : NULL;
  guint n_chips = 0;

  for (guint i = 0; statements != NULL && i < statements->len; i++)
    {
      const SgStatement *statement = &g_array_index (statements, SgStatement, i);

      if (statement->reason == SG_WORDS_UNDERSTOOD)
        {
          g_autofree char *said = sg_thing_names_in_text (names, statement->text);

          show_chip (self, n_chips++, statement, said);
          continue;
        }
      underline (attributes, statement);
      g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? "\n" : "", statement->text);
    }
  keep_chips (self, n_chips);
  show_reasons (self, attributes, reasons->str);
}

void
sg_words_bar_set_scene (SgWordsBar *self, SgScene *scene)
{
  if (scene == self->scene)
    return;
  g_clear_pointer (&self->scene, sg_scene_unref);
  self->scene = scene != NULL ? sg_scene_ref (scene) : NULL;
  update_answer (self);
}

/* -- The line -- */

static void
text_changed_cb (GtkEditable *editable, SgWordsBar *self)
{
  gboolean empty = *gtk_editable_get_text (editable) == '\0';

  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     empty ? NULL : "edit-clear-symbolic");
  update_answer (self);
  for (guint i = 0; i < CHIPS_AHEAD && !empty; i++) /* made while there is time */
    if (gtk_flow_box_get_child_at_index (self->chips, i) == NULL)
      add_chip (self);
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
sg_words_bar_dispose (GObject *object)
{
  g_clear_pointer (&SG_WORDS_BAR (object)->scene, sg_scene_unref);
  G_OBJECT_CLASS (sg_words_bar_parent_class)->dispose (object);
}

static void
sg_words_bar_class_init (SgWordsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_words_bar_dispose;
  applied_signal = g_signal_new ("applied", SG_TYPE_WORDS_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  typed_signal = g_signal_new ("typed", SG_TYPE_WORDS_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/words-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SgWordsBar, entry);
  gtk_widget_class_bind_template_child (widget_class, SgWordsBar, chips);
  gtk_widget_class_bind_template_child (widget_class, SgWordsBar, reasons);
  gtk_widget_class_bind_template_callback (widget_class, tooltip_cb);
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
