/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of the list of parts: role, name, what it was drawn as, how sure that is. */
#pragma once

#include <adwaita.h>

#include "vision/reading.h"

G_BEGIN_DECLS

#define SG_TYPE_PART_ROW (sg_part_row_get_type ())
G_DECLARE_FINAL_TYPE (SgPartRow, sg_part_row, SG, PART_ROW, AdwActionRow)

GtkWidget *sg_part_row_new (void);

/* Shows that element; nothing is changed where it is shown already. */
void sg_part_row_show (SgPartRow *self, const SgReading *reading, guint index);

G_END_DECLS
