/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row with an entry. What is typed counts when Enter is pressed or the entry is left; what is no number in
 * range stays in the entry, marked, and changes nothing. */
#include "config.h"

#include "app/part-property.h"

#include <glib/gi18n.h>
#include <math.h>

struct _SgPartProperty
{
  AdwActionRow parent_instance;
  GtkEntry *entry;
  GtkLabel *unit;
  GtkButton *reset;
  SgProperty property;
  double value;  /* as it is set, SI; NAN: not */
  double factor; /* of the unit that is shown, how many one SI unit is */
};

G_DEFINE_FINAL_TYPE (SgPartProperty, sg_part_property, ADW_TYPE_ACTION_ROW)

static guint said_signal;

/* To so many digits that count, and without powers of ten where a person would not write any. */
static char *
format_digits (double value, int digits)
{
  int beyond = value != 0 && isfinite (value) ? (int)floor (log10 (fabs (value))) + 1 - digits : 0;

  if (beyond > 0 && beyond < 7)
    return g_strdup_printf ("%.0f", round (value / pow (10, beyond)) * pow (10, beyond));
  return g_strdup_printf ("%.*g", digits, value); /* a comma where the person's language has one */
}

static char *
format_number (double value)
{
  return isnan (value) ? g_strdup ("") : format_digits (value, 6);
}

/* What stands where nothing is set: "auto (10.9)", to three digits, which is what a drawing is good for. */
static char *
format_usual (double value)
{
  if (isnan (value))
    return g_strdup (_ ("auto"));
  g_autofree char *number = format_digits (value, 3);
  return g_strdup_printf (_ ("auto (%s)"), number);
}

static void
set_wrong (SgPartProperty *self, gboolean wrong)
{
  double min, max;
  g_autofree char *text = NULL;

  sg_property_range (self->property, &min, &max);
  text =
    g_strdup_printf (_ ("A number from %g to %g is needed"), min * self->factor, max * self->factor);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), wrong ? text : NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
say (SgPartProperty *self, double value)
{
  if (value == self->value || (isnan (value) && isnan (self->value)))
    return;
  self->value = value;
  g_signal_emit (self, said_signal, 0, value);
}

static void
take_typed (SgPartProperty *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *shown = format_number (self->value * self->factor);
  double min, max, value = NAN;
  char *end = text;

  if (g_str_equal (text, shown))
    {
      set_wrong (self, FALSE);
      return;
    }
  sg_property_range (self->property, &min, &max);
  g_strdelimit (text, ",", '.');
  if (*text != '\0')
    value = g_ascii_strtod (text, &end) / self->factor;
  set_wrong (self, *end != '\0' || (*text != '\0' && !(value >= min && value <= max)));
  if (!gtk_widget_has_css_class (GTK_WIDGET (self->entry), "error"))
    say (self, value);
}

static void
left_cb (SgPartProperty *self)
{
  take_typed (self);
}

static void
reset_cb (SgPartProperty *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  set_wrong (self, FALSE);
  say (self, NAN);
}

void
sg_part_property_show (SgPartProperty *self,
                       const char *name,
                       const char *unit,
                       SgUnitSystem system,
                       double value,
                       double usual)
{
  const char *shown = sg_unit_system_show (system, unit, &self->factor);
  g_autofree char *text = format_number (value * self->factor);
  g_autofree char *placeholder = format_usual (usual * self->factor);
  gboolean typing = gtk_widget_get_focus_child (GTK_WIDGET (self->entry)) != NULL &&
                    gtk_widget_has_css_class (GTK_WIDGET (self->entry), "error");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  gtk_label_set_label (self->unit, shown);
  self->value = value;
  gtk_entry_set_placeholder_text (self->entry, placeholder);
  if (!typing && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_set_visible (GTK_WIDGET (self->reset), !isnan (value));
}

SgProperty
sg_part_property_get_property (SgPartProperty *self)
{
  return self->property;
}

static void
sg_part_property_class_init (SgPartPropertyClass *klass)
{
  said_signal = g_signal_new ("said", SG_TYPE_PART_PROPERTY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
sg_part_property_init (SgPartProperty *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->value = NAN;
  self->factor = 1;
  self->entry = GTK_ENTRY (gtk_entry_new ());
  self->unit = GTK_LABEL (gtk_label_new (NULL));
  self->reset = GTK_BUTTON (gtk_button_new_from_icon_name ("edit-undo-symbolic"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  gtk_entry_set_input_purpose (self->entry, GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_set_valign (GTK_WIDGET (self->entry), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->unit), "dim-label");
  gtk_label_set_xalign (self->unit, 0);
  gtk_label_set_width_chars (self->unit, 5);
  gtk_widget_set_valign (GTK_WIDGET (self->reset), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->reset), "flat");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reset), _ ("Back to what is usual"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->reset));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->entry));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->unit));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->entry));
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (take_typed), self);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
}

GtkWidget *
sg_part_property_new (SgProperty property)
{
  SgPartProperty *self = g_object_new (SG_TYPE_PART_PROPERTY, NULL);

  self->property = property;
  return GTK_WIDGET (self);
}
