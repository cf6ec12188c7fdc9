/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of choices are made anew for every reading; those of properties stay, so that typing in one is
 * not lost when the page is read again. */
#include "config.h"

#include "app/part-page.h"

#include <glib/gi18n.h>

#include "app/part-choices.h"
#include "app/part-figures.h"
#include "app/part-names.h"
#include "app/part-property.h"
#include "physics/material.h"

#define MAX_CHOICES 16

struct _SgPartPage
{
  AdwBin parent_instance;
  AdwPreferencesGroup *properties;
  AdwComboRow *material;
  AdwEntryRow *text; /* what writing reads */
  GtkButton *split, *reset;
  GtkListBox *role_list, *kind_list;
  SgPartProperty *rows[SG_N_PROPERTIES];

  SgCorrection *now;  /* (nullable) what holds for the mark that is shown */
  SgReading *reading; /* (nullable) what the choices are of */
  guint index;        /* element of it */
  char *read_text;    /* (nullable) what the mark reads */
  gboolean showing;   /* changes of widgets are ours */
  SgUnitSystem units;
};

G_DEFINE_FINAL_TYPE (SgPartPage, sg_part_page, ADW_TYPE_BIN)

enum
{
  CORRECTED,
  SPLIT,
  RESET,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Takes `next`. */
static void
correct (SgPartPage *self, SgCorrection *next)
{
  g_signal_emit (self, signals[CORRECTED], 0, next);
  sg_correction_unref (next);
}

static void
chosen_cb (GtkWidget *row, SgPartPage *self)
{
  const SgPartChoice *choice = g_object_get_data (G_OBJECT (row), "choice");

  if (self->now != NULL)
    correct (self, sg_part_choice_say (choice, self->now));
}

static GtkWidget *
choice_row_new (SgPartPage *self, const SgPartChoice *choice, const char *detail, gboolean chosen)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), choice->label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (detail != NULL)
    {
      GtkWidget *confidence = gtk_label_new (detail);

      gtk_widget_add_css_class (confidence, "dim-label");
      gtk_widget_add_css_class (confidence, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), confidence);
    }
  gtk_widget_set_opacity (check, chosen ? 1 : 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
  if (detail != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                               chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  g_object_set_data_full (G_OBJECT (row), "choice", g_memdup2 (choice, sizeof *choice), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (chosen_cb), self);
  return row;
}

/* Empties the list; the index of the row that has the focus, -1 where none. */
static int
clear_list (GtkListBox *list)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (list));
  int index = focused != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;

  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, 0)) != NULL;)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  return index;
}

static void
give_focus_back (GtkListBox *list, int index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (list, index) : NULL;

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_roles (SgPartPage *self, const SgElement *element)
{
  SgPartChoice choices[MAX_CHOICES];
  guint n = sg_part_choices (element->kind, choices, MAX_CHOICES);
  g_autofree char *confidence = sg_part_confidence (element);
  int focus = clear_list (self->role_list);

  for (guint i = 0; i < n; i++)
    {
      gboolean chosen = sg_part_choice_holds (&choices[i], element);

      gtk_list_box_append (self->role_list,
                           choice_row_new (self, &choices[i], chosen ? confidence : NULL, chosen));
    }
  give_focus_back (self->role_list, focus);
}

static gboolean
is_alternative (const SgElement *element, SgKind kind)
{
  for (guint i = 0; i < element->n_alternatives; i++)
    if (element->alternatives[i].kind == kind)
      return TRUE;
  return element->kind == kind;
}

static GtkWidget *
kind_row_new (SgPartPage *self, SgKind kind, const char *detail, gboolean chosen)
{
  SgPartChoice choice = { sg_part_kind_name (kind), kind, -1, NAN };

  return choice_row_new (self, &choice, detail, chosen);
}

/* Whatever the ink does not look like at all, folded away. */
static GtkWidget *
other_kinds_row_new (SgPartPage *self, const SgElement *element)
{
  static const SgKind common[] = { SG_KIND_LINE, SG_KIND_CURVE, SG_KIND_CIRCLE, SG_KIND_RECTANGLE,
                                   SG_KIND_TRIANGLE, SG_KIND_POLYGON, SG_KIND_SPRING, SG_KIND_DAMPER,
                                   SG_KIND_ARROW, SG_KIND_TURN_ARROW, SG_KIND_HATCHING, SG_KIND_TEXT };
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Something else"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Something else"),
                                  -1);
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (!is_alternative (element, common[i]))
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), kind_row_new (self, common[i], NULL, FALSE));
  return row;
}

static void
show_kinds (SgPartPage *self, const SgElement *element)
{
  g_autofree char *confidence = sg_part_confidence (element);
  int focus = clear_list (self->kind_list);

  gtk_list_box_append (self->kind_list, kind_row_new (self, element->kind, confidence, TRUE));
  for (guint i = 0; i < element->n_alternatives; i++)
    {
      const SgAlternative *other = &element->alternatives[i];
      g_autofree char *percent = sg_part_percent (other->confidence);

      gtk_list_box_append (self->kind_list, kind_row_new (self, other->kind, percent, FALSE));
    }
  gtk_list_box_append (self->kind_list, other_kinds_row_new (self, element));
  give_focus_back (self->kind_list, focus);
}

/* Index of the correction's material in the row, 0 where it says none. */
static guint
material_index (const SgCorrection *correction)
{
  const char *name = sg_correction_get_material (correction);
  guint n;
  const SgMaterial *materials = sg_material_list (&n);

  for (guint i = 0; name != NULL && i < n; i++)
    if (g_str_equal (materials[i].name, name))
      return i + 1;
  return 0;
}

/* Whether there is something to read in the mark. What is being typed stays. */
static gboolean
show_text (SgPartPage *self, const SgElement *element)
{
  gboolean writing = element->kind == SG_KIND_TEXT && element->label < 0;
  const char *text = writing && element->geometry.text != NULL ? element->geometry.text : "";

  gtk_widget_set_visible (GTK_WIDGET (self->text), writing);
  if (g_strcmp0 (text, self->read_text) != 0)
    {
      g_free (self->read_text);
      self->read_text = g_strdup (text);
      gtk_editable_set_text (GTK_EDITABLE (self->text), text);
    }
  return writing;
}

static void
show_properties (SgPartPage *self, const SgElement *element, const SgScene *scene)
{
  gboolean any = show_text (self, element);
  gboolean matter = sg_part_property_name (element->role, element->kind, SG_PROPERTY_FRICTION) != NULL;

  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    {
      const char *name = sg_part_property_name (element->role, element->kind, i);

      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), name != NULL);
      any |= name != NULL;
      if (name != NULL)
        sg_part_property_show (self->rows[i], name, sg_part_property_unit (element->role, i), self->units,
                               sg_correction_get_property (self->now, i),
                               scene != NULL ? sg_part_figure (scene, self->index, i) : NAN);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->material), matter);
  adw_combo_row_set_selected (self->material, material_index (self->now));
  gtk_widget_set_visible (GTK_WIDGET (self->properties), any);
}

void
sg_part_page_set_units (SgPartPage *self, SgUnitSystem units)
{
  self->units = units;
}

void
sg_part_page_show (SgPartPage *self, SgPage *page, SgReading *reading, guint index, const SgScene *scene)
{
  const SgElement *element = sg_reading_element (reading, index);

  g_clear_pointer (&self->now, sg_correction_unref);
  self->now = sg_correct_element (page, reading, index);
  if (self->now == NULL)
    return;
  self->showing = TRUE;
  if (reading != self->reading || index != self->index)
    {
      if (index != self->index)
        g_clear_pointer (&self->read_text, g_free);
      show_roles (self, element);
      show_kinds (self, element);
      g_clear_pointer (&self->reading, sg_reading_unref);
      self->reading = sg_reading_ref (reading);
      self->index = index;
    }
  show_properties (self, element, scene != NULL && scene->reading == reading ? scene : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->split), sg_correct_can_split (page, reading, index));
  gtk_widget_set_sensitive (GTK_WIDGET (self->reset), element->correction != NULL);
  self->showing = FALSE;
}

void
sg_part_page_focus (SgPartPage *self)
{
  give_focus_back (self->role_list, 0);
}

static void
said_cb (SgPartPage *self, double value, SgPartProperty *row)
{
  if (!self->showing && self->now != NULL)
    correct (self, sg_correction_with_property (self->now, sg_part_property_get_property (row), value));
}

static void
material_cb (SgPartPage *self)
{
  guint selected = adw_combo_row_get_selected (self->material), n;
  const SgMaterial *materials = sg_material_list (&n);

  if (!self->showing && self->now != NULL && selected <= n)
    correct (self,
             sg_correction_with_material (self->now, selected > 0 ? materials[selected - 1].name : NULL));
}

static void
text_cb (SgPartPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));

  if (self->now == NULL)
    return;
  g_autoptr (SgCorrection) writing = sg_correction_with_kind (self->now, sg_kind_name (SG_KIND_TEXT));
  correct (self, sg_correction_with_text (writing, *text != '\0' ? text : NULL));
}

static void
split_cb (SgPartPage *self)
{
  g_signal_emit (self, signals[SPLIT], 0);
}

static void
reset_cb (SgPartPage *self)
{
  g_signal_emit (self, signals[RESET], 0);
}

static void
sg_part_page_dispose (GObject *object)
{
  SgPartPage *self = SG_PART_PAGE (object);

  g_clear_pointer (&self->now, sg_correction_unref);
  g_clear_pointer (&self->reading, sg_reading_unref);
  g_clear_pointer (&self->read_text, g_free);
  G_OBJECT_CLASS (sg_part_page_parent_class)->dispose (object);
}

static void
sg_part_page_class_init (SgPartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SG_TYPE_PART_PAGE;

  G_OBJECT_CLASS (klass)->dispose = sg_part_page_dispose;
  signals[CORRECTED] = g_signal_new ("corrected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                     1, G_TYPE_POINTER);
  signals[SPLIT] = g_signal_new ("split", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESET] = g_signal_new ("reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/part-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SgPartPage, properties);
  gtk_widget_class_bind_template_child (widget_class, SgPartPage, material);
  gtk_widget_class_bind_template_child (widget_class, SgPartPage, text);
  gtk_widget_class_bind_template_child (widget_class, SgPartPage, role_list);
  gtk_widget_class_bind_template_child (widget_class, SgPartPage, kind_list);
  gtk_widget_class_bind_template_child (widget_class, SgPartPage, split);
  gtk_widget_class_bind_template_child (widget_class, SgPartPage, reset);
  gtk_widget_class_bind_template_callback (widget_class, material_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, split_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
fill_materials (SgPartPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const SgMaterial *materials = sg_material_list (&n);

  gtk_string_list_append (names, _ ("Usual"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, sg_part_material_name (materials[i].name));
  adw_combo_row_set_model (self->material, G_LIST_MODEL (names));
}

static void
sg_part_page_init (SgPartPage *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_materials (self);
  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    {
      GtkWidget *row = sg_part_property_new (i);

      self->rows[i] = SG_PART_PROPERTY (row);
      adw_preferences_group_add (self->properties, row);
      g_signal_connect_swapped (row, "said", G_CALLBACK (said_cb), self);
    }
  self->showing = FALSE;
}
