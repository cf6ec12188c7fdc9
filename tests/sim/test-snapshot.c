/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The triple buffer and the state that goes through it. */
#include "models.h"
#include "sim/snapshot.h"

#define PUBLICATIONS 200000

typedef struct
{
  SgSnapshotBuffer *buffer;
  SgModel *model;
} Writer;

/* Every number of a state tells which publication it is of, so a torn one shows. */
static gpointer
write_thread (gpointer data)
{
  Writer *writer = data;

  for (guint n = 1; n <= PUBLICATIONS; n++)
    {
      SgSnapshot *slot = sg_snapshot_buffer_begin (writer->buffer, writer->model);

      for (guint i = 0; i < slot->size; i++)
        slot->state[i] = n;
      slot->time = n;
      sg_snapshot_buffer_publish (writer->buffer);
    }
  return NULL;
}

static void
test_two_threads (void)
{
  g_autoptr (SgSnapshotBuffer) buffer = sg_snapshot_buffer_new ();
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);
  Writer writer = { buffer, model };
  guint64 last = 0;

  g_assert_null (sg_snapshot_buffer_read (buffer, NULL));
  GThread *thread = g_thread_new ("writer", write_thread, &writer);
  while (last < PUBLICATIONS)
    {
      gboolean fresh;
      const SgSnapshot *snapshot = sg_snapshot_buffer_read (buffer, &fresh);

      if (!snapshot)
        continue;
      g_assert_cmpuint (snapshot->sequence, >=, last);
      g_assert_true (fresh == (snapshot->sequence > last));
      g_assert_cmpfloat (snapshot->time, ==, (double)snapshot->sequence);
      for (guint i = 0; i < snapshot->size; i++)
        g_assert_cmpfloat (snapshot->state[i], ==, (double)snapshot->sequence);
      last = snapshot->sequence;
    }
  g_thread_join (thread);
}

static void
test_newest (void)
{
  g_autoptr (SgSnapshotBuffer) buffer = sg_snapshot_buffer_new ();
  g_autoptr (SgModel) model = test_model (FALLING);
  gboolean fresh;

  for (int i = 1; i <= 5; i++)
    {
      sg_snapshot_buffer_begin (buffer, model)->time = i;
      sg_snapshot_buffer_publish (buffer);
    }
  g_assert_true (sg_snapshot_buffer_has_fresh (buffer));
  g_assert_cmpfloat (sg_snapshot_buffer_read (buffer, &fresh)->time, ==, 5);
  g_assert_true (fresh);
  g_assert_cmpfloat (sg_snapshot_buffer_read (buffer, &fresh)->time, ==, 5);
  g_assert_false (fresh);
}

/* What is restored looks as the original and moves on as the original, bit for bit. */
static void
test_restore (void)
{
  g_autoptr (SgSnapshotBuffer) buffer = sg_snapshot_buffer_new ();
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);
  const mjModel *m = sg_model_get (model);
  mjData *original = test_data (model), *copy = test_data (model);

  for (int i = 0; i < 321; i++)
    mj_step (m, original);
  sg_snapshot_capture (sg_snapshot_buffer_begin (buffer, model), original, FALSE);
  sg_snapshot_buffer_publish (buffer);
  sg_snapshot_restore (sg_snapshot_buffer_read (buffer, NULL), copy);

  for (int i = 0; i < 100; i++)
    {
      mj_step (m, original);
      mj_step (m, copy);
    }
  g_assert_cmpmem (original->qpos, m->nq * sizeof (double), copy->qpos, m->nq * sizeof (double));
  g_assert_cmpmem (original->qvel, m->nv * sizeof (double), copy->qvel, m->nv * sizeof (double));

  /* poses of the state itself, not of the step before it */
  sg_snapshot_restore (sg_snapshot_buffer_read (buffer, NULL), copy);
  mj_setState (m, original, sg_snapshot_buffer_read (buffer, NULL)->state, mjSTATE_INTEGRATION);
  mj_forward (m, original);
  g_assert_cmpmem (original->geom_xpos, 3 * m->ngeom * sizeof (double), copy->geom_xpos,
                   3 * m->ngeom * sizeof (double));
  mj_deleteData (original);
  mj_deleteData (copy);
}

/* A slot filled for one model and then for a larger one has room. */
static void
test_other_model (void)
{
  g_autoptr (SgSnapshotBuffer) buffer = sg_snapshot_buffer_new ();
  g_autoptr (SgModel) small = test_model (FALLING);
  g_autoptr (SgModel) large = test_model (DOUBLE_PENDULUM);
  mjData *data = test_data (large);

  for (int i = 0; i < 3; i++)
    {
      sg_snapshot_buffer_begin (buffer, small);
      sg_snapshot_buffer_publish (buffer);
    }
  sg_snapshot_capture (sg_snapshot_buffer_begin (buffer, large), data, FALSE);
  sg_snapshot_buffer_publish (buffer);
  g_assert_true (sg_snapshot_buffer_read (buffer, NULL)->model == large);
  mj_deleteData (data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/snapshot/two-threads", test_two_threads);
  g_test_add_func ("/sim/snapshot/newest", test_newest);
  g_test_add_func ("/sim/snapshot/restore", test_restore);
  g_test_add_func ("/sim/snapshot/other-model", test_other_model);
  return g_test_run ();
}
