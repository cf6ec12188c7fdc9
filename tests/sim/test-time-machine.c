/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Going back in time: every state that is gone to again is the one that was there, to the last bit. */
#include <math.h>
#include <string.h>

#include "models.h"
#include "sim/time-machine.h"

/* Boxes that fall on each other, a driven arm and a weld that can be let go: contacts, warm starts, controls,
 * and much in it that a lost bit would change. */
static char *
heap (guint n, double mass)
{
  GString *mjcf =
    g_string_new ("<mujoco><option timestep='0.002' integrator='implicitfast' cone='elliptic'>"
                  "<flag energy='enable'/></option><worldbody><geom type='plane' size='5 5 .1'/>"
                  "<body name='arm' pos='-1 0 1'><joint name='shoulder' type='hinge' axis='0 1 0'/>"
                  "<geom type='capsule' size='.04' fromto='0 0 0 .8 0 0'/></body>");

  for (guint i = 0; i + 1 < n; i++)
    g_string_append_printf (mjcf,
                            "<body name='box%u' pos='%g 0 %g'><joint type='slide' axis='1 0 0' name='x%u'/>"
                            "<joint type='slide' axis='0 0 1' name='z%u'/>"
                            "<joint type='hinge' axis='0 1 0' name='turn%u'/>"
                            "<geom type='box' size='.1 .1 .1' mass='%g'/></body>",
                            i, 0.07 * (i % 5), 0.3 + 0.25 * i, i, i, i, mass);
  g_string_append (mjcf, "</worldbody><equality><weld name='hold' body1='arm'/></equality><actuator>"
                         "<motor name='drive' joint='shoulder' gear='4' ctrlrange='-1 1' ctrllimited='true'/>"
                         "</actuator></mujoco>");
  return g_string_free (mjcf, FALSE);
}

static SgModel *
heap_model (guint n, double mass)
{
  g_autofree char *mjcf = heap (n, mass);

  return test_model (mjcf);
}

typedef struct
{
  SgTimeMachine *machine;
  SgModel *model;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->machine = sg_time_machine_new ();
  fixture->model = heap_model (6, 1);
  sg_timeline_set_interval (sg_time_machine_get_timeline (fixture->machine), 32, 64);
  g_assert_true (sg_time_machine_set_model (fixture->machine, fixture->model, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  sg_time_machine_free (fixture->machine);
  sg_model_unref (fixture->model);
}

/* A hash of all the state, and of what follows from it: energy, sensors, contacts. */
static guint64
fingerprint (SgTimeMachine *machine)
{
  const mjModel *model = sg_model_get (sg_time_machine_get_model (machine));
  const mjData *data = sg_time_machine_get_data (machine);
  guint size = mj_stateSize (model, mjSTATE_INTEGRATION);
  g_autofree double *state = g_new (double, size + 3);
  guint64 hash = 0xcbf29ce484222325u;

  mj_getState (model, data, state, mjSTATE_INTEGRATION);
  state[size] = data->energy[0];
  state[size + 1] = data->energy[1];
  state[size + 2] = data->ncon;
  for (gsize i = 0; i < (size + 3) * sizeof (double); i++)
    hash = (hash ^ ((const guint8 *)state)[i]) * 0x100000001b3u;
  return hash;
}

/* The state alone. */
static guint
hash_state (SgTimeMachine *machine)
{
  const mjModel *model = sg_model_get (sg_time_machine_get_model (machine));
  guint size = mj_stateSize (model, mjSTATE_INTEGRATION);
  g_autofree double *state = g_new (double, size);

  mj_getState (model, sg_time_machine_get_data (machine), state, mjSTATE_INTEGRATION);
  g_autoptr (GBytes) bytes = g_bytes_new_static (state, size * sizeof (double));
  return g_bytes_hash (bytes);
}

static void
step (SgTimeMachine *machine, guint n)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (sg_time_machine_step (machine, n, &error), ==, n);
  g_assert_no_error (error);
}

static void
seek (SgTimeMachine *machine, guint64 to)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_time_machine_seek (machine, to, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sg_time_machine_get_step (machine), ==, to);
}

static void
do_input (SgTimeMachine *machine, SgInput input)
{
  g_assert_true (sg_time_machine_input (machine, &input));
}

static void
swap (SgTimeMachine *machine, SgModel *model)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_time_machine_swap_model (machine, model, NULL, &error));
  g_assert_no_error (error);
}

/* What a person might do at step `n`, at few of them. */
static void
fiddle (SgTimeMachine *machine, GRand *rand, guint n)
{
  if (n % 7 == 3)
    do_input (machine, (SgInput){ SG_INPUT_CONTROL, 0, { .value = g_rand_double_range (rand, -1, 1) } });
  if (n % 50 == 20)
    do_input (machine, (SgInput){ SG_INPUT_EQUALITY, 0, { .value = n % 100 == 20 ? 0 : 1 } });
  if (n % 200 >= 100 && n % 200 < 160)
    do_input (machine,
              (SgInput){ SG_INPUT_PULL, .pull = { 2, { .05, 0, .1 }, { g_rand_double (rand), 0, 1 } } });
  if (n % 200 == 160)
    do_input (machine, (SgInput){ SG_INPUT_PULL });
  if (n % 30 == 11)
    do_input (machine, (SgInput){ SG_INPUT_JOINT, 0, .put = { { g_rand_double (rand) }, n % 60 == 11 } });
  if (n % 90 == 40)
    sg_time_machine_put (machine, &(SgPull){ 3, { .05, 0, 0 }, { 0.5, 0, 2 } });
  if (n == 400)
    do_input (machine, (SgInput){ SG_INPUT_NOISE, .noise = { 5, 0.2, 0.05 } });
}

/* Plays `n` steps with all that can be done, and notes what each state was. */
static guint64 *
play (SgTimeMachine *machine, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (SgModel) heavier = heap_model (6, 1.5), more = heap_model (8, 1.2);
  guint64 *seen = g_new (guint64, n + 1);

  for (guint i = 0; i < n; i++)
    {
      if (i == n / 3)
        swap (machine, heavier);
      if (i == n / 2)
        swap (machine, more);
      fiddle (machine, rand, i);
      seen[i] = fingerprint (machine);
      step (machine, 1);
    }
  seen[n] = fingerprint (machine);
  return seen;
}

static void
test_every_step (Fixture *fixture, gconstpointer unused)
{
  const guint n = 900;
  g_autofree guint64 *seen = play (fixture->machine, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = n + 1; i-- > 0;) /* backwards */
    {
      seek (fixture->machine, i);
      g_assert_cmphex (fingerprint (fixture->machine), ==, seen[i]);
    }
  for (guint i = 0; i < 300; i++) /* and about */
    {
      guint at = g_rand_int_range (rand, 0, n + 1);

      seek (fixture->machine, at);
      g_assert_cmphex (fingerprint (fixture->machine), ==, seen[at]);
    }
  for (guint i = 0; i <= n; i++) /* and on */
    {
      seek (fixture->machine, i);
      g_assert_cmphex (fingerprint (fixture->machine), ==, seen[i]);
    }
}

/* The model that was there comes back with its time. */
static void
test_models_come_back (Fixture *fixture, gconstpointer unused)
{
  g_autofree guint64 *seen = play (fixture->machine, 300);

  g_assert_cmpint (sg_model_get (sg_time_machine_get_model (fixture->machine))->nq, ==, 22);
  seek (fixture->machine, 99);
  g_assert_true (sg_time_machine_get_model (fixture->machine) == fixture->model);
  seek (fixture->machine, 100);
  g_assert_false (sg_time_machine_get_model (fixture->machine) == fixture->model);
  g_assert_cmpfloat_with_epsilon (sg_time_machine_get_data (fixture->machine)->time, 0.2, 1e-9);
}

static void
test_branch (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);
  g_autofree guint64 *old = play (machine, 500);
  guint first = sg_timeline_get_current (timeline), second;
  guint64 other;

  seek (machine, 200);
  g_assert_false (sg_time_machine_is_at_end (machine));
  do_input (machine, (SgInput){ SG_INPUT_CONTROL, 0, { .value = 0.9 } });
  step (machine, 100);
  second = sg_timeline_get_current (timeline);
  other = fingerprint (machine);
  g_assert_cmpuint (second, !=, first);
  g_assert_cmpuint (sg_timeline_get_last (timeline), ==, 300);
  g_assert_cmphex (other, !=, old[300]);
  seek (machine, 150); /* the past of both */
  g_assert_cmphex (fingerprint (machine), ==, old[150]);

  g_assert_true (sg_time_machine_choose (machine, first, NULL));
  g_assert_cmphex (fingerprint (machine), ==, old[500]); /* the old future is still there */
  seek (machine, 300);
  g_assert_cmphex (fingerprint (machine), ==, old[300]);
  g_assert_true (sg_time_machine_choose (machine, second, NULL));
  g_assert_cmphex (fingerprint (machine), ==, other);
  step (machine, 10); /* and it goes on where it ended */
  g_assert_cmpuint (sg_timeline_get_current (timeline), ==, second);
  g_assert_cmpuint (sg_timeline_get_last (timeline), ==, 310);
}

/* A body that was pulled at is let go where it is played on from there, unless it is pulled at anew. */
static void
test_pull_of_the_past (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  const SgInput pull = { SG_INPUT_PULL, .pull = { 2, { 0 }, { 1, 0, 1 } } };

  step (machine, 10);
  do_input (machine, pull);
  step (machine, 90);
  seek (machine, 50);
  g_assert_cmpint (sg_time_machine_get_inputs (machine)->pull.body, ==, 2);
  step (machine, 1);
  g_assert_cmpint (sg_time_machine_get_inputs (machine)->pull.body, ==, 0);
  seek (machine, 30);
  do_input (machine, pull);
  step (machine, 1);
  g_assert_cmpint (sg_time_machine_get_inputs (machine)->pull.body, ==, 2);
  seek (machine, 20);
  seek (machine, 31); /* at the end it goes on as it was */
  step (machine, 1);
  g_assert_cmpint (sg_time_machine_get_inputs (machine)->pull.body, ==, 2);
}

/* Looking back and going on at the end makes no branch; a branch on which nothing happened leaves no trace.
 */
static void
test_no_needless_branch (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);
  guint first = sg_timeline_get_current (timeline);

  step (machine, 100);
  seek (machine, 20);
  seek (machine, 100);
  step (machine, 10);
  g_assert_cmpuint (sg_timeline_get_current (timeline), ==, first);
  seek (machine, 50);
  do_input (machine, (SgInput){ SG_INPUT_CONTROL, 0, { .value = 0.5 } });
  g_assert_cmpuint (sg_timeline_get_current (timeline), !=, first);
  g_assert_true (sg_time_machine_choose (machine, first, NULL));
  sg_time_machine_reset (machine, -1);
  sg_time_machine_reset (machine, -1);
  g_autoptr (SgTimelineOverview) overview = sg_timeline_make_overview (timeline);
  g_assert_cmpuint (overview->n_branches, ==, 2); /* the run and the new start */
  g_assert_cmpuint (overview->branches[0].id, ==, first);
  g_assert_cmpfloat_with_epsilon (overview->branches[0].last_time, 0.22, 1e-9);
}

static void
test_names_and_deletion (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);
  guint first = sg_timeline_get_current (timeline), second;

  step (machine, 100);
  seek (machine, 50);
  step (machine, 10);
  second = sg_timeline_get_current (timeline);
  sg_timeline_name_branch (timeline, second, " with a push ");
  sg_timeline_name_branch (timeline, first, "   ");
  sg_timeline_name_branch (timeline, 99, "nobody");
  g_autoptr (SgTimelineOverview) overview = sg_timeline_make_overview (timeline);
  g_assert_cmpstr (overview->branches[1].name, ==, "with a push");
  g_assert_null (overview->branches[0].name);
  g_assert_cmpuint (overview->branches[1].parent, ==, first);

  g_assert_false (sg_timeline_delete_branch (timeline, second)); /* it is shown */
  g_assert_false (sg_timeline_delete_branch (timeline, first));  /* its past */
  g_assert_false (sg_timeline_delete_branch (timeline, 99));
  g_assert_true (sg_time_machine_choose (machine, first, NULL));
  g_assert_true (sg_timeline_delete_branch (timeline, second));
  g_assert_false (sg_time_machine_choose (machine, second, NULL));
}

static void
test_marks (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);
  g_autoptr (GError) error = NULL;

  step (machine, 40);
  guint64 at_mark = fingerprint (machine);
  guint mark = sg_time_machine_mark (machine, "first touch");
  step (machine, 100);
  g_assert_true (sg_time_machine_go_to_mark (machine, mark, &error));
  g_assert_cmphex (fingerprint (machine), ==, at_mark);
  g_assert_false (sg_time_machine_go_to_mark (machine, 77, &error));
  g_assert_no_error (error);

  /* the record has given its place up: the mark has not */
  seek (machine, 140);
  sg_timeline_set_limit (timeline, 1);
  g_assert_cmpuint (sg_timeline_get_first (timeline), >, 40);
  g_assert_true (sg_time_machine_go_to_mark (machine, mark, &error));
  const mjData *data = sg_time_machine_get_data (machine);
  g_assert_cmpfloat_with_epsilon (data->time, 0.08, 1e-9);
  sg_timeline_delete_mark (timeline, mark);
  g_assert_false (sg_time_machine_go_to_mark (machine, mark, &error));
}

/* What is put elsewhere by hand comes back as it was put, however often the hand moved; a mark that was set
 * before has the state from before. */
static void
test_put (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);
  SgPull grip = { 3, { 0 }, { 1, 0, 1 } };
  guint first;

  step (machine, 40);
  first = sg_timeline_get_current (timeline);
  guint at_mark = hash_state (machine);
  guint mark = sg_time_machine_mark (machine, NULL);
  for (int i = 0; i < 1000; i++)
    {
      grip.target[0] = 1 + 0.001 * i;
      g_assert_true (sg_time_machine_put (machine, &grip));
    }
  gsize bytes = sg_timeline_get_bytes (timeline);
  const mjData *data = sg_time_machine_get_data (machine);
  g_assert_cmpfloat_with_epsilon (data->xpos[3 * 3], 1.999, 1e-5);
  g_assert_cmpfloat_with_epsilon (data->xpos[3 * 3 + 2], 1, 1e-5);
  g_assert_true (sg_time_machine_put (machine, &(SgPull){ 3, { 0 }, { 2, 0, 1 } }));
  g_assert_cmpuint (sg_timeline_get_bytes (timeline), ==, bytes); /* where it was in between is not kept */
  guint64 placed = fingerprint (machine);
  step (machine, 60);
  guint64 later = fingerprint (machine);
  seek (machine, 40);
  g_assert_cmphex (fingerprint (machine), ==, placed);
  seek (machine, 100);
  g_assert_cmphex (fingerprint (machine), ==, later);

  g_assert_true (sg_time_machine_go_to_mark (machine, mark, NULL));
  g_assert_cmphex (hash_state (machine), ==, at_mark);
  g_assert_cmpuint (sg_timeline_get_current (timeline), !=, first);
  step (machine, 5);
  seek (machine, 20);
  g_assert_true (sg_time_machine_choose (machine, first, NULL));
  g_assert_cmphex (fingerprint (machine), ==, later);

  seek (machine, 70); /* put elsewhere in the past it is another run */
  g_assert_true (sg_time_machine_put (machine, &grip));
  g_assert_cmpuint (sg_timeline_get_current (timeline), !=, first);
  g_assert_false (sg_time_machine_put (machine, &(SgPull){ 77 }));
  g_assert_false (sg_time_machine_put (machine, &(SgPull){ 3, { 0 }, { NAN, 0, 0 } }));
}

static void
fail_cb (const mjModel *model, mjData *data)
{
  mju_error ("no more");
}

/* What MuJoCo dies of while a body is moved harms nothing. */
static void
test_put_fatal (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  const SgPull grip = { 3, { 0 }, { 2, 0, 1 } };

  step (machine, 20);
  mjcb_control = fail_cb;
  g_assert_true (sg_time_machine_put (machine, &grip));
  mjcb_control = NULL;
  const mjData *data = sg_time_machine_get_data (machine);
  g_assert_cmpfloat_with_epsilon (data->time, 0.04, 1e-9);
  step (machine, 1);
  g_assert_cmpfloat_with_epsilon (data->xpos[3 * 3], 2, 1e-3);
}

/* Under a bound the record thins first, then its oldest is given up: what it still has is exact. */
static void
test_bound (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);
  const guint n = 3000, limit = 24000;
  g_autofree guint64 *seen = g_new (guint64, n + 1);
  guint n_dense = n / 32;

  sg_timeline_set_limit (timeline, limit);
  for (guint i = 0; i < n; i++)
    {
      seen[i] = fingerprint (machine);
      step (machine, 1);
      g_assert_cmpuint (sg_timeline_get_bytes (timeline), <=, limit);
    }
  seen[n] = fingerprint (machine);
  g_assert_cmpuint (sg_timeline_get_n_keyframes (timeline), <, n_dense);
  guint64 first = sg_timeline_get_first (timeline);
  g_assert_cmpuint (first, >, 0);
  g_assert_cmpuint (first, <, n - 500);
  g_assert_true (sg_time_machine_seek (machine, 0, NULL)); /* as far as it reaches */
  g_assert_cmpuint (sg_time_machine_get_step (machine), <=, first + 1);
  for (guint64 i = first + 1; i <= n; i += 37)
    {
      seek (machine, i);
      g_assert_cmphex (fingerprint (machine), ==, seen[i]);
    }
}

static void
test_many_branches (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);
  guint named;

  step (machine, 50);
  seek (machine, 10);
  step (machine, 5);
  named = sg_timeline_get_current (timeline);
  sg_timeline_name_branch (timeline, named, "dear");
  for (guint i = 0; i < 2 * SG_TIMELINE_MAX_BRANCHES; i++)
    {
      seek (machine, 11);
      step (machine, 20);
    }
  g_autoptr (SgTimelineOverview) overview = sg_timeline_make_overview (timeline);
  g_assert_cmpuint (overview->n_branches, <=, SG_TIMELINE_MAX_BRANCHES);
  g_assert_true (sg_time_machine_choose (machine, named, NULL));
}

/* Each off the one before: the record reaches less far back, and goes on. */
static void
test_deep_branches (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);

  step (machine, 5);
  for (guint i = 1; i < 2 * SG_TIMELINE_MAX_BRANCHES; i++)
    {
      seek (machine, i);
      step (machine, 5);
    }
  g_autoptr (SgTimelineOverview) overview = sg_timeline_make_overview (timeline);
  g_assert_cmpuint (overview->n_branches, ==, SG_TIMELINE_MAX_BRANCHES);
  g_assert_cmpuint (sg_timeline_get_first (timeline), ==, SG_TIMELINE_MAX_BRANCHES);
}

static void
test_time (Fixture *fixture, gconstpointer unused)
{
  SgTimeMachine *machine = fixture->machine;

  step (machine, 500);
  g_assert_true (sg_time_machine_seek_time (machine, 0.5004, NULL));
  g_assert_cmpuint (sg_time_machine_get_step (machine), ==, 250);
  g_assert_true (sg_time_machine_seek_time (machine, -3, NULL));
  g_assert_cmpuint (sg_time_machine_get_step (machine), ==, 0);
  g_assert_true (sg_time_machine_seek_time (machine, INFINITY, NULL));
  g_assert_cmpuint (sg_time_machine_get_step (machine), ==, 500);
  g_assert_true (sg_time_machine_seek_time (machine, NAN, NULL));
}

/* A keyframe of the model is a start as good as any. */
static void
test_reset_to_keyframe (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);

  g_assert_true (sg_time_machine_set_model (fixture->machine, model, NULL));
  step (fixture->machine, 10);
  sg_time_machine_reset (fixture->machine, 0);
  g_assert_cmpfloat (sg_time_machine_get_data (fixture->machine)->qpos[0], ==, 1.5);
  sg_time_machine_reset (fixture->machine, 17);
  g_assert_cmpuint (sg_time_machine_get_step (fixture->machine), ==, 0);
}

static void
test_no_model (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SgTimeMachine) machine = sg_time_machine_new ();

  for (int round = 0; round < 2; round++)
    {
      g_assert_cmpuint (sg_time_machine_step (machine, 3, NULL), ==, 0);
      g_assert_true (sg_time_machine_seek (machine, 5, NULL));
      g_assert_true (sg_time_machine_seek_time (machine, 5, NULL));
      g_assert_false (sg_time_machine_choose (machine, 1, NULL));
      g_assert_false (sg_time_machine_input (machine, &(SgInput){ SG_INPUT_PULL }));
      g_assert_cmpuint (sg_time_machine_mark (machine, NULL), ==, 0);
      sg_time_machine_reset (machine, -1);
      g_assert_true (sg_time_machine_is_at_end (machine));
      g_assert_true (sg_time_machine_set_model (machine, fixture->model, NULL));
      step (machine, 3);
      g_assert_true (sg_time_machine_swap_model (machine, NULL, NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
#define ADD(name, function) g_test_add ("/sim/time-machine/" name, Fixture, NULL, set_up, function, tear_down)

  g_test_init (&argc, &argv, NULL);
  ADD ("every-step", test_every_step);
  ADD ("models-come-back", test_models_come_back);
  ADD ("branch", test_branch);
  ADD ("pull-of-the-past", test_pull_of_the_past);
  ADD ("no-needless-branch", test_no_needless_branch);
  ADD ("names-and-deletion", test_names_and_deletion);
  ADD ("marks", test_marks);
  ADD ("put", test_put);
  ADD ("put-fatal", test_put_fatal);
  ADD ("bound", test_bound);
  ADD ("many-branches", test_many_branches);
  ADD ("deep-branches", test_deep_branches);
  ADD ("time", test_time);
  ADD ("reset-to-keyframe", test_reset_to_keyframe);
  ADD ("no-model", test_no_model);
  return g_test_run ();
}
