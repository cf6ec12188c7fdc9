/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The running simulation as the main thread sees it. A GObject whose own thread (sim/thread.c) owns mjData:
 * every call here queues a command and returns at once. Created paused; paused it sleeps. Real time is kept
 * by absolute sleeps with bounded catch-up.
 */
#pragma once

#include <glib-object.h>

#include "sim/inputs.h"
#include "sim/past.h"
#include "sim/probe.h"
#include "sim/reel.h"
#include "sim/snapshot.h"
#include "sim/tap.h"
#include "sim/timeline.h"

G_BEGIN_DECLS

#define SG_SIMULATION_MIN_SPEED 0.001
#define SG_SIMULATION_MAX_SPEED 8.0

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

  /* its record */
  double first_time, last_time; /* s: how far it reaches back, where it ends */
  double loop_from, loop_to;    /* s; 0 and 0: no loop */
  int replaying;                /* 1, -1: the record plays forwards, backwards; 0: it does not */
  guint branch;                 /* 0: no model */
  guint64 overview;             /* number of sg_simulation_dup_overview's; rises */
  gsize record_bytes;           /* memory that the record takes */

  /* the pull */
  SgPull pull;          /* of body 0: none */
  double pull_at[3];    /* m, in the world: where it acts */
  double pull_force[3]; /* N, in the world */
} SgSimulationStats;

/* Signals, in the main context of the thread that made it:
 *   "ended"  what was replayed came to its end; it is paused there;
 *   "stats-changed"  at most 10 times a second, with a trailing one, so the last value is never lost;
 *   "frame-ready"    a new snapshot is there to draw; coalesced: one until it was read;
 *   "stopped" (GError *)  it diverged or failed; it is paused at the last good state. */
SgSimulation *sg_simulation_new (void);

/* Replaces the model (nullable: nothing to simulate) at its start, paused; the thread swaps between two
 * steps. */
void sg_simulation_set_model (SgSimulation *self, SgModel *model);
/* The same amid a run, which goes on: what both models have keeps its state, the time runs on, and it plays
 * if it did. The new one's world is `moved` (m; nullable: not at all) from the old one's. Paused at its
 * start, with nothing moved by hand, this is sg_simulation_set_model. */
void sg_simulation_swap_model (SgSimulation *self, SgModel *model, const double moved[3]);
/* Replaces the model by a run that is over, at its start, paused. Playing it is sg_simulation_replay; what
 * else a person does to a simulation does nothing to it. */
void sg_simulation_set_past (SgSimulation *self, SgPast *past);
SgModel *sg_simulation_get_model (SgSimulation *self); /* (transfer none) (nullable): the one last set */

/* Goes on from where it is, and records; where that is not the record's end, on a branch of its own. */
void sg_simulation_play (SgSimulation *self);
void sg_simulation_pause (SgSimulation *self);
/* Pauses, then one step: along the record where it has more, else a new one. */
void sg_simulation_step (SgSimulation *self);
/* To the start; goes on playing if it was. What was before stays as a branch. */
void sg_simulation_reset (SgSimulation *self);
void sg_simulation_set_speed (SgSimulation *self, double speed); /* clamped */
gboolean sg_simulation_get_playing (SgSimulation *self);

/* What a person does to it, from the next step on, playing or paused. What the model has not (it may have
 * been replaced meanwhile), and a number that is not finite, do nothing. A reset undoes all of it but the
 * noise. */
void sg_simulation_set_control (SgSimulation *self, guint actuator, double value); /* as mjData.ctrl */
/* A course for a control from now on; of shape none: back to what was set. */
void sg_simulation_set_wave (SgSimulation *self, guint control, const SgWave *wave);
void sg_simulation_set_equality (SgSimulation *self, guint equality, gboolean on); /* as mjData.eq_active */
/* Puts a hinge (rad) or a slide (m) there, within its range; amid a run it also comes to rest. */
void sg_simulation_set_joint (SgSimulation *self, guint joint, double position);
void sg_simulation_set_noise (SgSimulation *self, const SgNoise *noise); /* of all controls */
/* Begins to pull, or goes on elsewhere. */
void sg_simulation_pull (SgSimulation *self, const SgPull *pull);
/* Where it is paused: moves the body until the point that is held is at the target, or as near as its joints
 * let it (sim/reach.h). While it plays, nothing. Many in a row: only the last is done. */
void sg_simulation_put (SgSimulation *self, const SgPull *grip);
/* The body flies on as it moves. */
void sg_simulation_let_go (SgSimulation *self);

/* -- Its past --
 *
 * All of these pause it, but for the two that play; beyond what is kept they go to its nearest end. A place
 * that is gone to again is what it was to the last bit. */
void sg_simulation_seek (SgSimulation *self, double time); /* s; many in a row: only the last is done */
void sg_simulation_step_back (SgSimulation *self);
void sg_simulation_go_to_start (SgSimulation *self); /* of what is kept */
void sg_simulation_go_to_end (SgSimulation *self);
/* Plays what is recorded at its speed, once to its end (1) or to its start (-1); nothing new is made. */
void sg_simulation_replay (SgSimulation *self, int direction);
/* The same over and over between two times. */
void sg_simulation_loop (SgSimulation *self, double from, double to);

/* Names are cut to 80 characters; NULL or "" for none. The overview tells their identities. */
void sg_simulation_mark (SgSimulation *self, const char *name); /* the state that is there, for good */
void sg_simulation_go_to_mark (SgSimulation *self, guint mark);
void sg_simulation_name_mark (SgSimulation *self, guint mark, const char *name);
void sg_simulation_delete_mark (SgSimulation *self, guint mark);
void sg_simulation_go_to_branch (SgSimulation *self, guint branch); /* its end */
void sg_simulation_name_branch (SgSimulation *self, guint branch, const char *name);
/* Nothing happens to the one that is there, nor to its past. */
void sg_simulation_delete_branch (SgSimulation *self, guint branch);
/* To the model's keyframe of that number: a new start. */
void sg_simulation_reset_to_keyframe (SgSimulation *self, guint key);

/* Branches and marks as they are now, which is another one when the stats' `overview` is. (transfer full). */
SgTimelineOverview *sg_simulation_dup_overview (SgSimulation *self);

/* Frames of what is played from now on go to `reel`, until the run pauses, begins anew, fails or has another
 * model: then the reel ends. */
void sg_simulation_record (SgSimulation *self, SgReel *reel);

/* Beside the snapshots below, what it publishes goes to `tap` (nullable: no more), of one thread's own; at
 * once what there is. */
void sg_simulation_set_tap (SgSimulation *self, SgTap *tap);

/* Measures it; (transfer none). Its reading side is for the thread that made the simulation. */
SgProbe *sg_simulation_get_probe (SgSimulation *self);

/* sg_probe_set_looking; the readout is there at the next "stats-changed", paused or not. */
void sg_simulation_set_looking (SgSimulation *self, SgProbeLooking looking);

/* As fast as it goes instead of at its speed: for benchmarks. */
void sg_simulation_set_unthrottled (SgSimulation *self, gboolean unthrottled);

/* How long a step may take before the run is given up (s; at first SG_SIMULATION_PATIENCE): its thread is
 * left to itself, the scene is back at its start, paused, and "stopped" tells sim.stuck. A scene that is
 * stuck at its start, too, is let go of. */
#define SG_SIMULATION_PATIENCE 5.0
void sg_simulation_set_patience (SgSimulation *self, double seconds);

/* Waits until everything asked for so far is done: for tests and benchmarks, not for a window. */
void sg_simulation_sync (SgSimulation *self);

/* The newest snapshot for the drawing thread (the one that made it); valid until the next call. NULL until
 * the model last set has its first one. Its model may be one from before a swap, where the past is looked
 * at. */
const SgSnapshot *sg_simulation_read_snapshot (SgSimulation *self, gboolean *fresh);
void sg_simulation_get_stats (SgSimulation *self, SgSimulationStats *stats);

G_END_DECLS
