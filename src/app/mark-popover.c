/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The popover at a mark. */
#include "config.h"

#include "app/mark-popover.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app/part-choices.h"
#include "app/part-names.h"
#include "app/role-style.h"

#define MAX_CHOICES 8

struct _SgMarkPopover
{
  GtkPopover parent_instance;
  GtkListBox *list;

  SgCorrection *now; /* (nullable) what holds for the mark */
  SgPartChoice choices[MAX_CHOICES];
  guint n_choices;      /* a row each; one more row asks for all */
  GtkWidget *return_to; /* (nullable) (weak) what had the focus before */
};

enum
{
  CORRECTED,
  MORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgMarkPopover, sg_mark_popover, GTK_TYPE_POPOVER)

/* A line of the list: an icon, what it says, and `detail` (nullable) at its end. */
static void
add_row (SgMarkPopover *self, GtkWidget *icon, const char *text, const char *detail, gboolean chosen)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (text), *number = gtk_label_new (detail);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *name = detail != NULL ? g_strdup_printf ("%s, %s", text, detail) : g_strdup (text);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "dim-label");
  gtk_box_append (GTK_BOX (line), number);
  gtk_widget_set_opacity (check, chosen ? 1 : 0);
  gtk_box_append (GTK_BOX (line), check);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                               chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  gtk_list_box_append (self->list, row);
}

static void
add_choice (SgMarkPopover *self, const SgPartChoice *choice, const SgElement *element)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GdkPaintable) icon = sg_role_style_new_icon (sg_part_choice_look (choice), dark);
  gboolean chosen = sg_part_choice_holds (choice, element);
  g_autofree char *detail = chosen                       ? sg_part_confidence (element)
                            : isnan (choice->confidence) ? NULL
                                                         : sg_part_percent (choice->confidence);

  add_row (self, gtk_image_new_from_paintable (icon), choice->label, detail, chosen);
}

static void
fill (SgMarkPopover *self, const SgElement *element)
{
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL;)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n_choices = sg_part_likely_choices (element, self->choices, MAX_CHOICES);
  for (guint i = 0; i < self->n_choices; i++)
    add_choice (self, &self->choices[i], element);
  add_row (self, gtk_image_new_from_icon_name ("view-more-symbolic"), _ ("More…"), NULL, FALSE);
}

static void
chosen_cb (SgMarkPopover *self, GtkListBoxRow *row)
{
  guint index = gtk_list_box_row_get_index (row);
  g_autoptr (SgCorrection) now = self->now != NULL ? sg_correction_ref (self->now) : NULL;

  gtk_popover_popdown (GTK_POPOVER (self));
  if (index >= self->n_choices)
    g_signal_emit (self, signals[MORE], 0);
  else if (index > 0 && now != NULL) /* the first is what it is */
    {
      g_autoptr (SgCorrection) next = sg_part_choice_say (&self->choices[index], now);

      g_signal_emit (self, signals[CORRECTED], 0, next);
    }
}

static void
set_return_to (SgMarkPopover *self, GtkWidget *widget)
{
  if (self->return_to != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->return_to), (gpointer *)&self->return_to);
  self->return_to = widget;
  if (widget != NULL)
    g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *)&self->return_to);
}

static void
closed_cb (SgMarkPopover *self)
{
  if (self->return_to != NULL)
    gtk_widget_grab_focus (self->return_to);
  set_return_to (self, NULL);
}

void
sg_mark_popover_show (SgMarkPopover *self,
                      SgPage *page,
                      SgReading *reading,
                      guint element,
                      const GdkRectangle *at,
                      gboolean keyboard)
{
  g_clear_pointer (&self->now, sg_correction_unref);
  self->now = sg_correct_element (page, reading, element);
  fill (self, sg_reading_element (reading, element));
  gtk_popover_set_pointing_to (GTK_POPOVER (self), at);
  set_return_to (self, keyboard ? gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) : NULL);
  gtk_popover_popup (GTK_POPOVER (self));
  if (keyboard)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

static void
sg_mark_popover_dispose (GObject *object)
{
  SgMarkPopover *self = SG_MARK_POPOVER (object);

  set_return_to (self, NULL);
  g_clear_pointer (&self->now, sg_correction_unref);
  G_OBJECT_CLASS (sg_mark_popover_parent_class)->dispose (object);
}

static void
sg_mark_popover_class_init (SgMarkPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SG_TYPE_MARK_POPOVER;

  G_OBJECT_CLASS (klass)->dispose = sg_mark_popover_dispose;
  signals[CORRECTED] = g_signal_new ("corrected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                     1, G_TYPE_POINTER);
  signals[MORE] = g_signal_new ("more", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/mark-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SgMarkPopover, list);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
sg_mark_popover_init (SgMarkPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sg_mark_popover_new (GtkWidget *parent)
{
  GtkWidget *self = g_object_new (SG_TYPE_MARK_POPOVER, NULL);

  gtk_widget_set_parent (self, parent);
  return self;
}
