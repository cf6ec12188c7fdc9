/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What SimGen adds to MuJoCo: over its compiler, its bare loop of steps, and a copy of its state. */
#include "cli/bench.h"

#include <math.h>
#include <string.h>

#include "physics/model.h"
#include "sim/simulation.h"
#include "sim/snapshot.h"
#include "sim/time-machine.h"

/* `n` boxes in columns over a floor, every third one hung from a pin. */
static SgSpec *
build_spec (guint n)
{
  SgSpec *spec = sg_spec_new ();
  SgGeom floor_geom = sg_geom_default (SG_GEOM_PLANE);

  sg_spec_add_geom (spec, NULL, floor_geom);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("box%u", i + 1);
      const double pos[3] = { 0.5 * (i % 10), 0, 0.2 + 0.35 * (i / 10) };
      SgBody *body = sg_spec_add_body (spec, name, "world", pos);
      SgGeom box = sg_geom_default (SG_GEOM_BOX);
      SgJoint pin = sg_joint_default (SG_JOINT_HINGE);

      box.size[0] = box.size[1] = box.size[2] = 0.1;
      sg_spec_add_geom (spec, body, box);
      pin.pos[0] = pin.pos[2] = 0.1;
      if (i % 3 == 2)
        sg_spec_add_joint (spec, body, pin);
      else
        sg_spec_add_planar_joints (spec, body);
    }
  return spec;
}

/* -- compile-10, compile-100 -- */

typedef struct
{
  SgSpec *spec;
  char *mjcf;
} Compile;

static void
tear_down_compile (gpointer data)
{
  Compile *state = data;

  sg_spec_free (state->spec);
  g_free (state->mjcf);
  g_free (state);
}

static gboolean
set_up_compile (guint n, gpointer *state, GError **error)
{
  Compile *compile = g_new0 (Compile, 1);

  compile->spec = build_spec (n);

  g_autoptr (SgModel) model = sg_model_from_spec (compile->spec, &compile->mjcf, error);
  if (model)
    *state = compile;
  else
    tear_down_compile (compile);
  return model != NULL;
}

static gboolean
set_up_compile_10 (gpointer *state, GError **error)
{
  return set_up_compile (10, state, error);
}

static gboolean
set_up_compile_100 (gpointer *state, GError **error)
{
  return set_up_compile (100, state, error);
}

static void
compile_spec_cb (gpointer data)
{
  Compile *state = data;
  g_autofree char *mjcf = NULL;

  sg_model_unref (sg_model_from_spec (state->spec, &mjcf, NULL));
}

static void
compile_bare_cb (gpointer data)
{
  Compile *state = data;
  char message[1000];
  mjSpec *spec = mj_parseXMLString (state->mjcf, NULL, message, sizeof message);

  mj_deleteModel (mj_compile (spec, NULL));
  mj_deleteSpec (spec);
}

static double
measure_compile (gpointer state, GError **error)
{
  return sg_bench_time (compile_spec_cb, state);
}

static double
measure_compile_bare (gpointer state, GError **error)
{
  return sg_bench_time (compile_bare_cb, state);
}

/* -- step -- */

#define STEP_SAMPLE 200000 /* us */

typedef struct
{
  SgModel *model;
  mjData *data;
  SgSimulation *simulation;
} Step;

static gboolean
set_up_step (gpointer *state, GError **error)
{
  g_autoptr (SgSpec) spec = build_spec (10);
  g_autofree char *mjcf = NULL;
  SgModel *model = sg_model_from_spec (spec, &mjcf, error);
  Step *step;

  if (!model)
    return FALSE;
  *state = step = g_new0 (Step, 1);
  step->model = model;
  step->data = mj_makeData (sg_model_get (model));
  step->simulation = sg_simulation_new ();
  sg_simulation_set_model (step->simulation, model);
  sg_simulation_set_unthrottled (step->simulation, TRUE);
  sg_simulation_sync (step->simulation);
  return TRUE;
}

static void
tear_down_step (gpointer data)
{
  Step *step = data;

  g_object_unref (step->simulation);
  mj_deleteData (step->data);
  sg_model_unref (step->model);
  g_free (step);
}

static double
measure_step (gpointer state, GError **error)
{
  Step *step = state;
  SgSimulationStats stats;
  gint64 start;

  sg_simulation_reset (step->simulation);
  sg_simulation_sync (step->simulation);
  start = g_get_monotonic_time ();
  sg_simulation_play (step->simulation);
  g_usleep (STEP_SAMPLE);
  sg_simulation_pause (step->simulation);
  sg_simulation_sync (step->simulation);
  sg_simulation_get_stats (step->simulation, &stats);
  return stats.steps / ((g_get_monotonic_time () - start) / 1e6);
}

static double
measure_step_bare (gpointer state, GError **error)
{
  Step *step = state;
  const mjModel *model = sg_model_get (step->model);
  gint64 start, now;
  guint steps = 0;

  sg_model_reset_data (step->model, step->data);
  start = g_get_monotonic_time ();
  do
    {
      for (guint i = 0; i < 16; i++)
        mj_step (model, step->data);
      steps += 16;
      now = g_get_monotonic_time ();
    }
  while (now - start < STEP_SAMPLE);
  return steps / ((now - start) / 1e6);
}

/* -- snapshot -- */

#define SNAPSHOT_SAMPLE 1000 /* publications */

typedef struct
{
  SgModel *model;
  mjData *data;
  SgSnapshotBuffer *buffer;
  double *from, *to; /* as large as a snapshot's state */
  gsize size;        /* bytes */
} Publish;

static gboolean
set_up_snapshot (gpointer *state, GError **error)
{
  g_autoptr (SgSpec) spec = build_spec (17);
  g_autofree char *mjcf = NULL;
  SgModel *model = sg_model_from_spec (spec, &mjcf, error);
  Publish *publish;

  if (!model)
    return FALSE;
  *state = publish = g_new0 (Publish, 1);
  publish->model = model;
  publish->data = mj_makeData (sg_model_get (model));
  sg_model_reset_data (model, publish->data);
  publish->buffer = sg_snapshot_buffer_new ();
  publish->size = mj_stateSize (sg_model_get (model), mjSTATE_INTEGRATION) * sizeof (double);
  publish->from = g_malloc0 (publish->size);
  publish->to = g_malloc0 (publish->size);
  return TRUE;
}

static void
tear_down_snapshot (gpointer data)
{
  Publish *publish = data;

  sg_snapshot_buffer_free (publish->buffer);
  mj_deleteData (publish->data);
  sg_model_unref (publish->model);
  g_free (publish->from);
  g_free (publish->to);
  g_free (publish);
}

static void
publish_cb (gpointer data)
{
  Publish *publish = data;

  for (guint i = 0; i < SNAPSHOT_SAMPLE; i++)
    {
      sg_snapshot_capture (sg_snapshot_buffer_begin (publish->buffer, publish->model), publish->data, FALSE);
      sg_snapshot_buffer_publish (publish->buffer);
    }
}

static void
copy_cb (gpointer data)
{
  Publish *publish = data;

  for (guint i = 0; i < SNAPSHOT_SAMPLE; i++)
    {
      publish->from[0] = i;
      memcpy (publish->to, publish->from, publish->size);
      __asm__ volatile(""
                       :
                       : "r"(publish->to)
                       : "memory"); /* or the copies would be optimised away */
    }
}

/* ms for SNAPSHOT_SAMPLE of them are us for each */
static double
measure_publish (gpointer state, GError **error)
{
  return sg_bench_time (publish_cb, state) * 1000 / SNAPSHOT_SAMPLE;
}

static double
measure_copy (gpointer state, GError **error)
{
  return sg_bench_time (copy_cb, state) * 1000 / SNAPSHOT_SAMPLE;
}

/* -- seek -- */

#define SEEK_STEPS 30000 /* a minute of twenty bodies */
#define SEEK_GAP 200     /* steps between keyframes */

typedef struct
{
  SgModel *model;
  mjData *data;
  SgTimeMachine *machine;
  GRand *rand;
} Seek;

static void
tear_down_seek (gpointer data)
{
  Seek *seek = data;

  g_rand_free (seek->rand);
  sg_time_machine_free (seek->machine);
  mj_deleteData (seek->data);
  sg_model_unref (seek->model);
  g_free (seek);
}

static gboolean
set_up_seek (gpointer *state, GError **error)
{
  g_autoptr (SgSpec) spec = build_spec (20);
  g_autofree char *mjcf = NULL;
  SgModel *model = sg_model_from_spec (spec, &mjcf, error);
  Seek *seek;

  if (!model)
    return FALSE;
  seek = g_new0 (Seek, 1);
  seek->model = model;
  seek->data = mj_makeData (sg_model_get (model));
  seek->machine = sg_time_machine_new ();
  seek->rand = g_rand_new_with_seed (1);
  sg_timeline_set_interval (sg_time_machine_get_timeline (seek->machine), SEEK_GAP, SEEK_GAP);
  if (sg_time_machine_set_model (seek->machine, model, error) &&
      sg_time_machine_step (seek->machine, SEEK_STEPS, error) == SEEK_STEPS)
    *state = seek;
  else
    tear_down_seek (seek);
  return *state != NULL;
}

/* To a keyframe, which is the farthest from the one before. */
static double
measure_seek (gpointer state, GError **error)
{
  Seek *seek = state;
  guint64 to = (guint64)SEEK_GAP * g_rand_int_range (seek->rand, 1, SEEK_STEPS / SEEK_GAP);
  gint64 start = g_get_monotonic_time ();

  if (!sg_time_machine_seek (seek->machine, to, error))
    return -1;
  return (g_get_monotonic_time () - start) / 1e3;
}

static double
measure_seek_bare (gpointer state, GError **error)
{
  Seek *seek = state;
  const mjModel *model = sg_model_get (seek->model);

  mj_copyData (seek->data, model, sg_time_machine_get_data (seek->machine));
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i < SEEK_GAP; i++)
    mj_step (model, seek->data);
  return (g_get_monotonic_time () - start) / 1e3;
}

const SgBenchmark sg_bench_physics[] = {
  { "compile-10", "ms", "mj_parseXMLString and mj_compile", 100, set_up_compile_10, measure_compile,
    measure_compile_bare, tear_down_compile },
  { "compile-100", "ms", "mj_parseXMLString and mj_compile", 40, set_up_compile_100, measure_compile,
    measure_compile_bare, tear_down_compile },
  { "step", "steps/s", "bare mj_step loop", 16, set_up_step, measure_step, measure_step_bare,
    tear_down_step },
  { "snapshot", "us", "memcpy of the same bytes", 200, set_up_snapshot, measure_publish, measure_copy,
    tear_down_snapshot },
  { "seek", "ms", "the 200 steps between two keyframes, bare", 60, set_up_seek, measure_seek,
    measure_seek_bare, tear_down_seek },
  { NULL },
};
