/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a printed drawing has, as a page of the print dialog; where the dialog is another program's (a
 * portal), it is as it was last. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "render/page-sheets.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean recognised, pattern;
  double ratio; /* a metre of the drawing is 1/ratio m; 0: to fit, < 0: as drawn */
} SgPrintChoices;

#define SG_TYPE_PRINT_OPTIONS (sg_print_options_get_type ())
G_DECLARE_FINAL_TYPE (SgPrintOptions, sg_print_options, SG, PRINT_OPTIONS, GtkBox)

GtkWidget *sg_print_options_new (const SgPrintChoices *choices);
SgPrintChoices sg_print_options_get (SgPrintOptions *self);

/* Points a page unit: sg_sheets_plan (). `scale` page units are a metre. */
double sg_print_choices_zoom (const SgPrintChoices *choices, double scale);

G_END_DECLS
