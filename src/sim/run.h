/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run with no window, as fast as it goes: steps, and a table of what moved. Synchronous; any thread but
 * the main one. */
#pragma once

#include <gio/gio.h>

#include "physics/model.h"

G_BEGIN_DECLS

typedef struct
{
  double seconds;  /* simulated */
  double csv_rate; /* rows a simulated second; 0: every step */

  /* (nullable): told the state at the start, `frame_rate` times a simulated second, and at the end; `data` is
   * brought up to date and not to be changed. FALSE with an error ends the run. */
  gboolean (*frame) (const mjData *data, guint64 steps, gpointer user_data, GError **error);
  double frame_rate;
  gpointer user_data;
} SgRunOptions;

typedef struct
{
  guint64 steps;
  double simulated;                 /* s */
  double wall;                      /* s */
  double steps_per_second;          /* steps / wall */
  double real_time_factor;          /* simulated / wall */
  double energy_first, energy_last; /* J, potential + kinetic */
  guint n_warnings;
} SgRunResult;

/* Steps a fresh mjData from the start. `csv` (nullable) receives the table of contract.md: `time`, then
 * `<body>.x .y .z .angle .vx .vz` a moving body, then sensors, a row a time as after `csv_rate`, the first at
 * the start. Position (m) and velocity (m/s) are of the centre of mass; the angle (degrees, counter-clockwise
 * as seen) goes on over full turns. Errors: sim.diverged, sim.fatal, sim.memory, base.too-large over
 * SG_LIMIT_TABLE_BYTES, G_IO_ERROR_CANCELLED; what was done until then is in `result` and `csv`. */
gboolean sg_run (SgModel *model,
                 const SgRunOptions *options,
                 SgRunResult *result,
                 GString *csv,
                 GCancellable *cancellable,
                 GError **error);

G_END_DECLS
