/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The running simulation as the main thread sees it. A GObject whose own thread (sim/thread.c) owns mjData:
 * every call here queues a command and returns at once. Created paused; paused it sleeps. Real time is kept
 * by absolute sleeps with bounded catch-up.
 */
#pragma once

#include <glib-object.h>

#include "sim/snapshot.h"

G_BEGIN_DECLS

#define SG_SIMULATION_MIN_SPEED 0.01
#define SG_SIMULATION_MAX_SPEED 4.0

#define SG_TYPE_SIMULATION (sg_simulation_get_type ())
G_DECLARE_FINAL_TYPE (SgSimulation, sg_simulation, SG, SIMULATION, GObject)

typedef struct
{
  double time;             /* simulated s */
  double real_time_factor; /* measured over the last half second of playing; 0 when paused */
  double speed;            /* asked for */
  double steps_per_second; /* measured alike */
  double drift;            /* s that the simulation is behind where real time wants it, since play */
  double energy[2];        /* potential, kinetic; J */
  guint64 steps;           /* since reset */
  guint n_bodies;          /* bodies that move */
  guint n_contacts;
  gboolean playing;
} SgSimulationStats;

/* Signals, in the main context of the thread that made it:
 *   "stats-changed"  at most 10 times a second, with a trailing one, so the last value is never lost;
 *   "frame-ready"    a new snapshot is there to draw; coalesced: one until it was read;
 *   "stopped" (GError *)  it diverged or failed; it is paused at the last good state. */
SgSimulation *sg_simulation_new (void);

/* Replaces the model (nullable: nothing to simulate) at its start, paused; the thread swaps between two
 * steps. */
void sg_simulation_set_model (SgSimulation *self, SgModel *model);
/* The same amid a run, which goes on: what both models have keeps its state, the time runs on, and it is
 * still playing. Where it is paused this is sg_simulation_set_model. */
void sg_simulation_swap_model (SgSimulation *self, SgModel *model);
SgModel *sg_simulation_get_model (SgSimulation *self); /* (transfer none) (nullable): the one last set */

void sg_simulation_play (SgSimulation *self);
void sg_simulation_pause (SgSimulation *self);
void sg_simulation_step (SgSimulation *self);                    /* pauses, then one step */
void sg_simulation_reset (SgSimulation *self);                   /* to the start; goes on playing if it was */
void sg_simulation_set_speed (SgSimulation *self, double speed); /* clamped */
gboolean sg_simulation_get_playing (SgSimulation *self);

/* As fast as it goes instead of at its speed: for benchmarks. */
void sg_simulation_set_unthrottled (SgSimulation *self, gboolean unthrottled);

/* How long a step may take before the run is given up (s; at first SG_SIMULATION_PATIENCE): its thread is
 * left to itself, the scene is back at its start, paused, and "stopped" tells sim.stuck. A scene that is
 * stuck at its start, too, is let go of. */
#define SG_SIMULATION_PATIENCE 5.0
void sg_simulation_set_patience (SgSimulation *self, double seconds);

/* Waits until everything asked for so far is done: for tests and benchmarks, not for a window. */
void sg_simulation_sync (SgSimulation *self);

/* The newest snapshot for the drawing thread (the one that made it); valid until the next call. */
const SgSnapshot *sg_simulation_read_snapshot (SgSimulation *self, gboolean *fresh);
void sg_simulation_get_stats (SgSimulation *self, SgSimulationStats *stats);

G_END_DECLS
