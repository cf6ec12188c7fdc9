/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page of the print dialog. */
#include "app/print-options.h"

#include <adwaita.h>

struct _SgPrintOptions
{
  GtkBox parent_instance;
  GtkSwitch *recognised, *pattern;
  AdwComboRow *scale;
};

G_DEFINE_FINAL_TYPE (SgPrintOptions, sg_print_options, GTK_TYPE_BOX)

/* In the order of the list. */
static const double ratios[] = { 0, -1, 1, 2, 5, 10, 20, 50, 100 };

double
sg_print_choices_zoom (const SgPrintChoices *choices, double scale)
{
  return choices->ratio > 0   ? sg_sheets_zoom_of_ratio (choices->ratio, scale)
         : choices->ratio < 0 ? SG_POINTS_A_PAGE_UNIT
                              : 0;
}

SgPrintChoices
sg_print_options_get (SgPrintOptions *self)
{
  guint choice = MIN (adw_combo_row_get_selected (self->scale), G_N_ELEMENTS (ratios) - 1);

  return (SgPrintChoices){ gtk_switch_get_active (self->recognised), gtk_switch_get_active (self->pattern),
                           ratios[choice] };
}

static void
sg_print_options_class_init (SgPrintOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/print-options.ui");
  gtk_widget_class_bind_template_child (widget_class, SgPrintOptions, recognised);
  gtk_widget_class_bind_template_child (widget_class, SgPrintOptions, pattern);
  gtk_widget_class_bind_template_child (widget_class, SgPrintOptions, scale);
}

static void
sg_print_options_init (SgPrintOptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sg_print_options_new (const SgPrintChoices *choices)
{
  SgPrintOptions *self = g_object_new (SG_TYPE_PRINT_OPTIONS, NULL);

  gtk_switch_set_active (self->recognised, choices->recognised);
  gtk_switch_set_active (self->pattern, choices->pattern);
  for (guint i = 0; i < G_N_ELEMENTS (ratios); i++)
    if (ratios[i] == choices->ratio)
      adw_combo_row_set_selected (self->scale, i);
  return GTK_WIDGET (self);
}
