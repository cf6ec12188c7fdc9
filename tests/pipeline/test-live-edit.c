/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Edits of a drawing while it runs: what is in both models keeps its state to the bit, whatever was edited.
 * With `-m slow` as many as the acceptance asks for (1,000 properties, 200 strokes). */
#include <math.h>

#include "pipeline/analysis.h"
#include "pipeline/pipeline.h"
#include "sim/simulation.h"
#include "sketch/file.h"
#include "vision/correct.h"

#define SAME_PLACE \
  0.2 /* m: what hangs on the world and is nearer was drawn at the same place (sim/carry.h) */

static const char *const examples[] = { "pendulum", "double-pendulum", "car", "spring-mass", "newtons-cradle",
                                        "ball-ramp", "see-saw", "pulley", "box-stack", "robot-arm" };

typedef struct
{
  GRand *random; /* of one seed: a failure comes again */
  SgJournal *journal;
  SgReader *reader;
  SgScene *scene;
  SgSimulation *simulation;
  guint n_swapped, n_refused, n_compared, n_joints, n_slipped;
  GArray *latencies; /* double, ms: from the edit to the new model's first state */
} Run;

static SgScene *
compile (Run *run, GError **error)
{
  SgPage *page = sg_journal_get_page (run->journal);
  g_autoptr (SgReading) reading =
    sg_cached_analyze (NULL, SG_CACHE_NEAR, run->reader, page, NULL, NULL, NULL, error);

  return reading != NULL ? sg_pipeline_compile (page, reading, NULL, NULL, error) : NULL;
}

static void
begin (Run *run, const char *example)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (example, ".simgen", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", name, NULL);
  g_autoptr (SgPage) page = sg_sketch_file_load (path, &error);

  g_assert_no_error (error);
  g_clear_pointer (&run->journal, sg_journal_free);
  g_clear_pointer (&run->scene, sg_scene_unref);
  run->journal = sg_journal_new (page);
  run->scene = compile (run, &error);
  g_assert_no_error (error);
  sg_simulation_set_model (run->simulation, run->scene->model);
  sg_simulation_play (run->simulation);
}

/* -- Edits -- */

static double
between (Run *run, double low, double high)
{
  return g_rand_double_range (run->random, low, high);
}

static double
random_value (Run *run, SgProperty property)
{
  static const double ranges[SG_N_PROPERTIES][2] = {
    [SG_PROPERTY_MASS] = { 0.2, 8 },
    [SG_PROPERTY_DENSITY] = { 100, 4000 },
    [SG_PROPERTY_FRICTION] = { 0, 1.2 },
    [SG_PROPERTY_RESTITUTION] = { 0, 0.9 },
    [SG_PROPERTY_STIFFNESS] = { 20, 800 },
    [SG_PROPERTY_DAMPING] = { 0, 4 },
    [SG_PROPERTY_LENGTH] = { 0.4, 4 },
    [SG_PROPERTY_SPEED] = { 0, 3 },
    [SG_PROPERTY_ANGULAR_SPEED] = { -3, 3 },
    [SG_PROPERTY_FORCE] = { 0.5, 20 },
  };

  return between (run, ranges[property][0], ranges[property][1]);
}

static SgEdit *
edit_property (Run *run)
{
  SgReading *reading = run->scene->reading;
  guint n = sg_reading_n_elements (reading);

  for (int i = 0; i < 50; i++)
    {
      SgProperty property = g_rand_int_range (run->random, 0, SG_N_PROPERTIES);
      g_autoptr (SgCorrection) now =
        sg_correct_element (run->scene->page, reading, g_rand_int_range (run->random, 0, (int)n));

      if (now == NULL)
        continue;
      g_autoptr (SgCorrection) next =
        sg_correction_with_property (now, property, random_value (run, property));
      SgEdit *edit = sg_edit_new ();
      sg_edit_correct (edit, sg_journal_get_page (run->journal), next);
      return edit;
    }
  return NULL;
}

static SgEdit *
edit_stroke (Run *run)
{
  SgPage *page = sg_journal_get_page (run->journal);
  SgEdit *edit = sg_edit_new ();
  SgRect all = sg_page_get_bounds (page);
  SgInkPoint points[33];
  double x = between (run, all.x, all.x + all.width), y = all.y - between (run, 60, 300),
         r = between (run, 12, 40);

  if (sg_page_get_n_strokes (page) > 3 && g_rand_boolean (run->random))
    {
      sg_edit_remove_stroke (
        edit,
        sg_page_get_stroke (page, g_rand_int_range (run->random, 0, (int)sg_page_get_n_strokes (page))));
      return edit;
    }
  for (int i = 0; i < 33; i++)
    points[i] = (SgInkPoint){ x + r * cos (i * G_PI / 16), y + r * sin (i * G_PI / 16), NAN, NAN };
  g_autoptr (SgStroke) stroke = sg_stroke_new (3, NULL, points, 33, NULL);
  sg_edit_add_stroke (edit, stroke);
  return edit;
}

/* -- States -- */

typedef struct
{
  SgModel *model;
  mjData *data;
} State;

static void
state_clear (State *state)
{
  g_clear_pointer (&state->data, mj_deleteData);
  g_clear_pointer (&state->model, sg_model_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

static State
take_state (Run *run)
{
  const SgSnapshot *snapshot = sg_simulation_read_snapshot (run->simulation, NULL);
  State state = { sg_model_ref (snapshot->model) };

  state.data = mj_makeData (sg_model_get (state.model));
  sg_snapshot_restore (snapshot, state.data);
  return state;
}

static gboolean
survives (const mjModel *a, int i, const mjModel *b, int k, const double moved[3])
{
  const double *p = a->body_pos + 3 * a->jnt_bodyid[i], *q = b->body_pos + 3 * b->jnt_bodyid[k];

  return k >= 0 && a->body_parentid[a->jnt_bodyid[i]] == 0 && a->jnt_type[i] == b->jnt_type[k] &&
         fabs (p[0] + moved[0] - q[0]) < SAME_PLACE && fabs (p[1] - q[1]) < SAME_PLACE &&
         fabs (p[2] + moved[2] - q[2]) < SAME_PLACE;
}

/* Joint by joint, by name; after the edit of a property `all` survive. Sketches have hinges and slides
 * only. */
static void
compare (Run *run, const State *before, const State *after, gboolean all, const double moved[3])
{
  const mjModel *a = sg_model_get (before->model), *b = sg_model_get (after->model);

  if (all)
    g_assert_cmpint (a->njnt, ==, b->njnt);
  for (int i = 0; i < a->njnt; i++)
    {
      int k = mj_name2id (b, mjOBJ_JOINT, mj_id2name (a, mjOBJ_JOINT, i));

      if (!all && !survives (a, i, b, k, moved))
        continue;
      g_assert_cmpint (k, >=, 0);
      g_assert_cmpfloat (before->data->qpos[a->jnt_qposadr[i]], ==, after->data->qpos[b->jnt_qposadr[k]]);
      g_assert_cmpfloat (before->data->qvel[a->jnt_dofadr[i]], ==, after->data->qvel[b->jnt_dofadr[k]]);
      run->n_joints++;
    }
  run->n_compared++;
}

/* A while of motion, and then nearly a standstill, so that no step comes between two looks. */
static void
move_on (Run *run)
{
  sg_simulation_set_unthrottled (run->simulation, TRUE);
  sg_simulation_sync (run->simulation);
  g_usleep (2000);
  sg_simulation_set_speed (run->simulation, SG_SIMULATION_MIN_SPEED);
  sg_simulation_set_unthrottled (run->simulation, FALSE);
  sg_simulation_sync (run->simulation);
}

/* Applies the edit as the window does: a copy is compiled, and what fails leaves the old one running. */
static void
apply (Run *run, SgEdit *edit, gboolean all)
{
  SgSimulationStats stats;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double moved[3];

  sg_journal_apply (run->journal, edit);
  SgScene *scene = compile (run, &error);
  if (scene == NULL || !scene->moves)
    {
      run->n_refused++;
      sg_journal_undo (run->journal);
      g_clear_pointer (&scene, sg_scene_unref);
      return;
    }
  double took = (g_get_monotonic_time () - start) / 1000.0;
  g_auto (State) before = take_state (run);
  start = g_get_monotonic_time ();
  sg_scene_find_move (run->scene, scene, moved);
  sg_simulation_swap_model (run->simulation, scene->model, moved);
  sg_simulation_sync (run->simulation);
  took += (g_get_monotonic_time () - start) / 1000.0;
  g_array_append_val (run->latencies, took);
  g_auto (State) after = take_state (run);
  g_assert_true (after.model == scene->model);
  g_assert_cmpfloat (after.data->time, >=, before.data->time);
  if (after.data->time == before.data->time)
    compare (run, &before, &after, all, moved);
  else
    run->n_slipped++;
  g_clear_pointer (&run->scene, sg_scene_unref);
  run->scene = scene;
  run->n_swapped++;
  sg_simulation_get_stats (run->simulation, &stats);
  g_assert_true (stats.playing);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
run_edits (guint wanted, guint each, SgEdit *(*make) (Run *run), gboolean all)
{
  Run run = { .random = g_rand_new_with_seed (1),
              .reader = sg_reader_new (),
              .simulation = sg_simulation_new () };

  run.latencies = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < wanted || run.n_compared < wanted; i++)
    {
      SgSimulationStats stats;

      sg_simulation_get_stats (run.simulation, &stats);
      /* now and then another drawing, and one that flew apart begins again */
      if (i % each == 0 || !stats.playing || stats.time > 20)
        begin (&run, examples[i / each % G_N_ELEMENTS (examples)]);
      move_on (&run);
      sg_simulation_get_stats (run.simulation, &stats);
      if (!stats.playing)
        continue;
      apply (&run, make (&run), all);
      g_assert_cmpuint (i, <, 10 * wanted);
    }
  g_array_sort (run.latencies, compare_doubles);
  g_test_message (
    "%u swapped, %u refused, %u compared (%u joints), %u with a step between; from edit to state "
    "median %.1f ms, p95 %.1f ms",
    run.n_swapped, run.n_refused, run.n_compared, run.n_joints, run.n_slipped,
    g_array_index (run.latencies, double, run.latencies->len / 2),
    g_array_index (run.latencies, double, run.latencies->len * 95 / 100));
  g_assert_cmpuint (run.n_joints, >=, run.n_compared);
  g_object_unref (run.simulation);
  sg_scene_unref (run.scene);
  sg_journal_free (run.journal);
  sg_reader_unref (run.reader);
  g_array_unref (run.latencies);
  g_rand_free (run.random);
}

static void
test_properties (void)
{
  run_edits (g_test_slow () ? 1000 : 60, g_test_slow () ? 25 : 6, edit_property, TRUE);
}

static void
test_strokes (void)
{
  run_edits (g_test_slow () ? 200 : 20, 4, edit_stroke, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sg_model_init_library (NULL));
  g_test_add_func ("/pipeline/live-edit/properties", test_properties);
  g_test_add_func ("/pipeline/live-edit/strokes", test_strokes);
  return g_test_run ();
}
