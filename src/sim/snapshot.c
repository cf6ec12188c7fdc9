/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The triple buffer. Of its three slots the writer owns one (`back`), the reader one (`front`), and the
 * third lies in `shared`, where both sides exchange theirs for it in one atomic step:
 *
 *   writer  --publish: back <-> shared, marked fresh-->  shared  --read, if fresh: front <-> shared-->
 * reader
 *
 * So a slot has one owner at any time, and a slow reader skips snapshots instead of holding the writer up.
 */
#include "sim/snapshot.h"

#include <stdatomic.h>
#include <string.h>

#include "physics/fatal.h"
#include "sim/place.h"

#define FRESH 4u /* beside the slot's number in `shared` */
#define SLOT 3u

struct _SgSnapshotBuffer
{
  SgSnapshot slots[3];
  atomic_uint shared;
  guint back;        /* writer's */
  guint front;       /* reader's */
  guint64 published; /* writer's */
};

SgSnapshotBuffer *
sg_snapshot_buffer_new (void)
{
  SgSnapshotBuffer *buffer = g_new0 (SgSnapshotBuffer, 1);

  buffer->back = 0;
  buffer->front = 1;
  atomic_init (&buffer->shared, 2);
  return buffer;
}

void
sg_snapshot_buffer_free (SgSnapshotBuffer *buffer)
{
  for (guint i = 0; i < G_N_ELEMENTS (buffer->slots); i++)
    {
      g_clear_pointer (&buffer->slots[i].model, sg_model_unref);
      g_free (buffer->slots[i].state);
      g_free (buffer->slots[i].places);
    }
  g_free (buffer);
}

SgSnapshot *
sg_snapshot_buffer_begin (SgSnapshotBuffer *buffer, SgModel *model)
{
  SgSnapshot *slot = &buffer->slots[buffer->back];

  if (slot->model != model)
    {
      g_clear_pointer (&slot->model, sg_model_unref);
      slot->model = sg_model_ref (model);
      slot->size = mj_stateSize (sg_model_get (model), mjSTATE_INTEGRATION);
      slot->state = g_renew (double, slot->state, slot->size);
      slot->places = g_renew (double, slot->places, SG_PLACE_NUMBERS *sg_model_get (model)->nbody);
      slot->placed = FALSE;
    }
  return slot;
}

void
sg_snapshot_capture (SgSnapshot *snapshot, const mjData *data, gboolean placed)
{
  const mjModel *model = sg_model_get (snapshot->model);

  mj_getState (model, data, snapshot->state, mjSTATE_INTEGRATION);
  snapshot->placed = placed;
  if (placed)
    sg_place_read (model, data, snapshot->places);
  snapshot->time = data->time;
  memcpy (snapshot->energy, data->energy, sizeof snapshot->energy);
}

void
sg_snapshot_buffer_publish (SgSnapshotBuffer *buffer)
{
  SgSnapshot *slot = &buffer->slots[buffer->back];

  slot->sequence = ++buffer->published;
  slot->wall_us = g_get_monotonic_time ();
  buffer->back =
    atomic_exchange_explicit (&buffer->shared, buffer->back | FRESH, memory_order_acq_rel) & SLOT;
}

gboolean
sg_snapshot_buffer_has_fresh (SgSnapshotBuffer *buffer)
{
  return (atomic_load_explicit (&buffer->shared, memory_order_relaxed) & FRESH) != 0;
}

const SgSnapshot *
sg_snapshot_buffer_read (SgSnapshotBuffer *buffer, gboolean *fresh)
{
  gboolean is_fresh = sg_snapshot_buffer_has_fresh (buffer);
  const SgSnapshot *slot;

  if (is_fresh)
    buffer->front = atomic_exchange_explicit (&buffer->shared, buffer->front, memory_order_acq_rel) & SLOT;
  if (fresh)
    *fresh = is_fresh;
  slot = &buffer->slots[buffer->front];
  return slot->sequence > 0 ? slot : NULL;
}

void
sg_snapshot_restore_places (const SgSnapshot *snapshot, mjData *data)
{
  const mjModel *model = sg_model_get (snapshot->model);

  mj_setState (model, data, snapshot->state, mjSTATE_INTEGRATION);
  mj_kinematics (model, data);
  if (snapshot->placed)
    sg_place_bodies (model, data, snapshot->places);
}

/* What mj_forward does for poses, without its collisions and solver: they cost ten times as much, and they
 * are where MuJoCo's fatal errors are. */
void
sg_snapshot_restore (const SgSnapshot *snapshot, mjData *data)
{
  sg_snapshot_restore_places (snapshot, data);
  sg_place_bring_up_to_date (sg_model_get (snapshot->model), data);
}

typedef struct
{
  const SgSnapshot *snapshot;
  mjData *data;
} Restoring;

static void
restore_forces_cb (gpointer user_data)
{
  const Restoring *restoring = user_data;
  const mjModel *model = sg_model_get (restoring->snapshot->model);

  mj_setState (model, restoring->data, restoring->snapshot->state, mjSTATE_INTEGRATION);
  mj_forward (model, restoring->data);
  if (restoring->snapshot->placed)
    {
      sg_place_bodies (model, restoring->data, restoring->snapshot->places);
      sg_place_measure (model, restoring->data);
    }
}

gboolean
sg_snapshot_restore_forces (const SgSnapshot *snapshot, mjData *data)
{
  Restoring restoring = { snapshot, data };
  g_autofree char *message = NULL;

  if (sg_fatal_catch (restore_forces_cb, &restoring, &message))
    return TRUE;
  mj_resetData (sg_model_get (snapshot->model), data); /* MuJoCo's stack may be in any state after a jump */
  sg_snapshot_restore (snapshot, data);
  return FALSE;
}
