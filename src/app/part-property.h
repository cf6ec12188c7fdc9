/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One property of a part: its name, a number to type with its unit, greyed where it is not set, and a button
 * that takes back what was set. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "base/units.h"
#include "sketch/correction.h"

G_BEGIN_DECLS

#define SG_TYPE_PART_PROPERTY (sg_part_property_get_type ())
G_DECLARE_FINAL_TYPE (SgPartProperty, sg_part_property, SG, PART_PROPERTY, AdwActionRow)

/* Signal: "said" (double value)  in the SI unit; NAN: taken back. */
GtkWidget *sg_part_property_new (SgProperty property);
SgProperty sg_part_property_get_property (SgPartProperty *self);

/* `value` NAN: not set, then `usual` (NAN: unknown) is shown in its place. Both are of the SI `unit`, shown
 * and typed in that of `system`. */
void sg_part_property_show (SgPartProperty *self,
                            const char *name,
                            const char *unit,
                            SgUnitSystem system,
                            double value,
                            double usual);

G_END_DECLS
