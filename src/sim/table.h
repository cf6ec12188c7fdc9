/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of what moved, a row a state: `time`, then `<body>.x .y .z .angle .vx .vz` a moving body, then
 * sensors. Position (m) and velocity (m/s) are of the centre of mass; the angle (degrees, counter-clockwise
 * as seen) goes on over full turns. Any thread, one at a time.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

typedef struct _SgTable SgTable;

/* Writes the names of its columns to `csv`, which is borrowed as the model is. */
SgTable *sg_table_new (const mjModel *model, GString *csv);
void sg_table_free (SgTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgTable, sg_table_free)

/* `data` is brought up to date (mj_forward). Error: base.too-large over SG_LIMIT_TABLE_BYTES. */
gboolean sg_table_add_row (SgTable *table, const mjData *data, GError **error);

G_END_DECLS
