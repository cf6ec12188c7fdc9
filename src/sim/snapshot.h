/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A state of the simulation as one block of numbers, and the lock-free triple buffer that takes it from the
 * simulation's thread to the one that draws. Neither side ever waits.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

typedef struct
{
  SgModel *model;   /* (owned) what the state belongs to */
  guint generation; /* which model it was published under: counts those that were set */
  guint64 sequence; /* rises by one a publication */
  gint64 wall_us;   /* g_get_monotonic_time () when it was published */
  double time;      /* simulated s */
  guint64 steps;    /* since reset */
  double speed;     /* asked for */
  gboolean playing;
  double energy[2]; /* potential, kinetic; J; of the state one step before, as MuJoCo computes it */
  double *state;    /* size; mjSTATE_INTEGRATION */
  guint size;
  double *places;  /* nbody * SG_PLACE_NUMBERS (sim/place.h): where the bodies are */
  gboolean placed; /* they are there, whatever the coordinates in `state` say: it is of a recording */
} SgSnapshot;

typedef struct _SgSnapshotBuffer SgSnapshotBuffer;

SgSnapshotBuffer *sg_snapshot_buffer_new (void);
void sg_snapshot_buffer_free (SgSnapshotBuffer *buffer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgSnapshotBuffer, sg_snapshot_buffer_free)

/* Writer's side, one thread: the slot to fill, with room for a state of `model`; then publish it. Allocates
 * only when the model is another than the slot's last one. */
SgSnapshot *sg_snapshot_buffer_begin (SgSnapshotBuffer *buffer, SgModel *model);
void sg_snapshot_buffer_publish (SgSnapshotBuffer *buffer);

/* Fills a slot from `data` of its model. `placed`: its bodies were put to their places. */
void sg_snapshot_capture (SgSnapshot *snapshot, const mjData *data, gboolean placed);

/* Reader's side, one thread: the newest snapshot, valid until the next call; NULL before the first. `fresh`
 * (nullable) says whether it is another than last time's. */
const SgSnapshot *sg_snapshot_buffer_read (SgSnapshotBuffer *buffer, gboolean *fresh);

/* Whether the next read gives another snapshot than the last. Any thread. */
gboolean sg_snapshot_buffer_has_fresh (SgSnapshotBuffer *buffer);

/* Copies a snapshot's state into `data` of the same model, and no more than where its bodies, geoms and sites
 * are. */
void sg_snapshot_restore_places (const SgSnapshot *snapshot, mjData *data);

/* The same, and brings up to date what drawing needs: poses,
 * cameras, lights, tendons and actuators. Contacts and forces are not computed. */
void sg_snapshot_restore (const SgSnapshot *snapshot, mjData *data);

/* The same and all that a step would find at that state: contacts, constraints and their forces, sensors.
 * FALSE where MuJoCo fails at it; `data` is then as after sg_snapshot_restore. */
gboolean sg_snapshot_restore_forces (const SgSnapshot *snapshot, mjData *data);

G_END_DECLS
