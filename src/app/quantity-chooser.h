/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A popover with all that can be measured, to search and to choose one of. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thing-names.h"

G_BEGIN_DECLS

#define SG_TYPE_QUANTITY_CHOOSER (sg_quantity_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SgQuantityChooser, sg_quantity_chooser, SG, QUANTITY_CHOOSER, GtkPopover)

/* Signal: "chosen" (SgQuantity *)  it is closed by then. */
GtkWidget *sg_quantity_chooser_new (void);

/* Offers what `model` (nullable) has, by `names` (nullable); with a `unit` (nullable) only what is counted in
 * it; the time, where it is one of the choices. */
void sg_quantity_chooser_offer (SgQuantityChooser *self,
                                SgModel *model,
                                const SgThingNames *names,
                                const char *unit,
                                gboolean with_time);

G_END_DECLS
