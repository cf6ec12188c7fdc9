/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mechanisms made from words alone, from the words through the spec and MJCF to stepping: what must hold of
 * each is measured in the motion. */
#include <math.h>
#include <string.h>

#include "physics/model.h"
#include "physics/words.h"

typedef struct
{
  SgSpec *spec;
  GArray *statements;
  SgModel *model;
  const mjModel *m;
  mjData *d;
} Made;

static Made
make (const char *words)
{
  g_autoptr (GError) error = NULL;
  Made made = { .spec = sg_spec_new () };

  made.statements = sg_words_apply (words, made.spec, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < made.statements->len; i++)
    {
      const SgStatement *statement = &g_array_index (made.statements, SgStatement, i);

      if (statement->reason != SG_WORDS_UNDERSTOOD)
        g_error ("\"%s\": \"%.*s\": %s", words, (int)(statement->end - statement->begin),
                 words + statement->begin, statement->text);
    }
  made.model = sg_model_from_spec (made.spec, NULL, &error);
  g_assert_no_error (error);
  made.m = sg_model_get (made.model);
  made.d = mj_makeData (made.m);
  sg_model_reset_data (made.model, made.d);
  return made;
}

static void
made_clear (Made *made)
{
  mj_deleteData (made->d);
  sg_model_unref (made->model);
  g_array_unref (made->statements);
  sg_spec_free (made->spec);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Made, made_clear)

static void
run_until (Made *made, double time)
{
  while (made->d->time < time - 1e-9)
    mj_step (made->m, made->d);
  for (int i = 0; i < made->m->nq; i++)
    g_assert_true (isfinite (made->d->qpos[i]));
}

static const double *
place (const Made *made, const char *body)
{
  int id = mj_name2id (made->m, mjOBJ_BODY, body);

  g_assert_cmpint (id, >, 0);
  return made->d->xpos + 3 * id;
}

static guint
count (const Made *made, mjtJoint type)
{
  guint n = 0;

  for (int i = 0; i < made->m->njnt; i++)
    n += made->m->jnt_type[i] == (int)type;
  return n;
}

static double
mass (const Made *made, const char *body)
{
  return made->m->body_mass[mj_name2id (made->m, mjOBJ_BODY, body)];
}

static gboolean
notes_say (const Made *made, const char *text)
{
  for (guint i = 0; i < made->spec->notes->len; i++)
    if (strstr (made->spec->notes->pdata[i], text))
      return TRUE;
  return FALSE;
}

/* -- Pendulums -- */

/* Time between two passes of the lowest point in one direction, over five swings. */
static double
period (Made *made)
{
  double before = made->d->qpos[0], first = 0, last = 0;
  guint n = 0;

  while (n < 6)
    {
      mj_step (made->m, made->d);
      g_assert_cmpfloat (made->d->time, <, 100);
      if (before < 0 && made->d->qpos[0] >= 0)
        {
          last = made->d->time;
          first = n++ == 0 ? last : first;
        }
      before = made->d->qpos[0];
    }
  return (last - first) / 5;
}

static void
test_pendulum (void)
{
  g_auto (Made) any = make ("A pendulum swinging back and forth");
  g_auto (Made) said = make ("Create a simple pendulum with a 1kg mass swinging from a 1 meter string");

  g_assert_cmpint (any.m->njnt, ==, 1);
  g_assert_cmpuint (count (&any, mjJNT_HINGE), ==, 1);
  g_assert_cmpfloat_with_epsilon (fabs (any.d->qpos[0]), G_PI / 6, 1e-6);
  g_assert_true (notes_say (&any, "30"));
  g_assert_cmpint (said.m->njnt, ==, 1);
  g_assert_cmpfloat_with_epsilon (mass (&said, "link1"), 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (period (&said), 2.0, 0.06);
}

static void
test_double_pendulum (void)
{
  g_auto (Made) made = make ("A double pendulum with the first link constrained to 45 degrees max angle");

  g_assert_cmpuint (count (&made, mjJNT_HINGE), ==, 2);
  g_assert_cmpint (made.m->jnt_limited[0], ==, 1);
  g_assert_cmpint (made.m->jnt_limited[1], ==, 0);
  g_assert_cmpfloat_with_epsilon (made.m->jnt_range[0], -G_PI / 4, 1e-6);
  g_assert_cmpfloat_with_epsilon (made.m->jnt_range[1], G_PI / 4, 1e-6);
  for (guint i = 0; i < 4000; i++)
    {
      mj_step (made.m, made.d);
      g_assert_cmpfloat (fabs (made.d->qpos[0]), <, G_PI / 4 + 0.1);
    }
}

static void
test_chain (void)
{
  g_auto (Made) made = make ("A chain of three connected pendulums");

  g_assert_cmpuint (count (&made, mjJNT_HINGE), ==, 3);
  for (int i = 2; i < made.m->nbody; i++)
    g_assert_cmpint (made.m->body_parentid[i], ==, i - 1);
  run_until (&made, 2);
}

static double
amplitude (Made *made, double until)
{
  double most = 0;

  while (made->d->time < until)
    {
      mj_step (made->m, made->d);
      most = MAX (most, fabs (made->d->qpos[0]));
    }
  return most;
}

static void
test_damped_pendulum (void)
{
  g_auto (Made) damped = make ("A pendulum with damping"), free = make ("A pendulum");
  double first = amplitude (&damped, 3), second;

  run_until (&damped, 20);
  second = amplitude (&damped, 23);
  g_assert_cmpfloat (second, <, 0.6 * first);
  run_until (&free, 20);
  g_assert_cmpfloat (amplitude (&free, 23), >, 0.98 * G_PI / 6);
}

/* -- Springs -- */

static void
test_spring (void)
{
  g_auto (Made) made = make ("Two spheres connected by a spring");
  double least = INFINITY, most = 0;
  guint turns = 0;
  gboolean falling = FALSE;

  g_assert_cmpint (made.m->nbody, ==, 3);
  g_assert_cmpint (made.m->ntendon, ==, 1);
  g_assert_cmpfloat (made.m->tendon_stiffness[0], >, 0);
  while (made.d->time < 5)
    {
      double before = made.d->ten_length[0];

      mj_step (made.m, made.d);
      least = MIN (least, made.d->ten_length[0]);
      most = MAX (most, made.d->ten_length[0]);
      if ((made.d->ten_length[0] < before) != falling)
        {
          falling = !falling;
          turns++;
        }
    }
  g_assert_cmpfloat (most - least, >, 0.1);
  g_assert_cmpuint (turns, >, 6);
}

static void
test_spring_mass (void)
{
  g_auto (Made) made = make ("a 2 kg mass hanging from a spring with k = 100 N/m");
  double least = INFINITY, start = place (&made, "block1")[2];

  g_assert_cmpfloat_with_epsilon (made.m->tendon_stiffness[0], 100, 1e-9);
  while (made.d->time < 2)
    {
      mj_step (made.m, made.d);
      least = MIN (least, made.d->xpos[3 + 2]);
    }
  g_assert_cmpfloat_with_epsilon (start - least, 2 * 2 * 9.81 / 100, 0.02);
}

/* -- Bounces -- */

static void
test_bouncing (void)
{
  g_auto (Made) made = make ("A bouncing ball with realistic physics");
  double fastest = 0, rebound = 0;

  while (made.d->time < 2 && rebound < 0.1)
    {
      mj_step (made.m, made.d);
      fastest = MAX (fastest, -made.d->qvel[1]);
      rebound = MAX (rebound, made.d->qvel[1]);
    }
  run_until (&made, made.d->time + 0.05);
  g_assert_cmpfloat_with_epsilon (made.d->qvel[1] / fastest, 0.7, 0.2);
}

static void
test_collision (void)
{
  g_auto (Made) made = make ("Two spheres colliding elastically with coefficient of restitution 0.8");
  double before = made.d->qvel[0] - made.d->qvel[3];

  g_assert_cmpfloat (before, >, 0);
  run_until (&made, 3);
  g_assert_cmpfloat_with_epsilon ((made.d->qvel[3] - made.d->qvel[0]) / before, 0.8, 0.1);
}

static void
test_materials (void)
{
  g_auto (Made) made = make ("Three balls with different materials bouncing on a table");

  g_assert_cmpuint (made.spec->bodies->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < i; k++)
      {
        const SgGeom *a = &g_array_index (g_array_index (made.spec->bodies, SgBody, i).geoms, SgGeom, 0);
        const SgGeom *b = &g_array_index (g_array_index (made.spec->bodies, SgBody, k).geoms, SgGeom, 0);

        g_assert_cmpfloat (a->restitution, !=, b->restitution);
        g_assert_cmpint (memcmp (a->rgba, b->rgba, sizeof a->rgba), !=, 0);
      }
  run_until (&made, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (made.d->xpos[3 * (i + 1) + 2], >, 0.05);
}

static void
test_many (void)
{
  g_auto (Made) made = make ("Multiple spheres falling and colliding");
  gboolean met = FALSE;

  g_assert_cmpuint (made.spec->bodies->len, >=, 3);
  while (made.d->time < 3)
    {
      mj_step (made.m, made.d);
      for (int i = 0; i < made.d->ncon; i++)
        met |= made.m->geom_bodyid[made.d->contact[i].geom[0]] > 0 &&
               made.m->geom_bodyid[made.d->contact[i].geom[1]] > 0;
    }
  g_assert_true (met);
}

/* -- Free motion -- */

static void
test_spinning (void)
{
  g_auto (Made) made = make ("A spinning cube in zero gravity");
  double before[3], start = made.d->qpos[2];

  g_assert_cmpfloat (mju_norm3 (made.m->opt.gravity), ==, 0);
  mju_copy3 (before, made.d->qvel + 3);
  g_assert_cmpfloat (mju_norm3 (before), >, 0.1);
  run_until (&made, 5);
  for (guint k = 0; k < 3; k++)
    g_assert_cmpfloat_with_epsilon (made.d->qvel[3 + k], before[k], 1e-3);
  g_assert_cmpfloat_with_epsilon (made.d->qpos[2], start, 1e-6);
}

static void
test_air (void)
{
  g_auto (Made) made = make ("A 5kg mass falling from 10 meters height with air resistance");

  g_assert_cmpfloat_with_epsilon (mass (&made, "ball1"), 5, 1e-6);
  g_assert_cmpfloat_with_epsilon (place (&made, "ball1")[2], 10, 1e-6);
  run_until (&made, 1.3);
  double fallen = 10 - place (&made, "ball1")[2];
  g_assert_cmpfloat (fallen, >, 5);
  g_assert_cmpfloat (fallen, <, 9.81 * 1.3 * 1.3 / 2 - 1e-3);
}

/* -- The robot's arm -- */

static void
test_arm (void)
{
  static const char *const said[] = { "make this robot arm pick up a red ball",
                                      "Robot arm (6-DOF) with end-effector @ 45° angle" };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_auto (Made) made = make (said[i]);
      guint arm = 0;

      for (int k = 0; k < made.m->njnt; k++)
        arm += made.m->jnt_type[k] == mjJNT_HINGE &&
               g_str_has_prefix (mj_id2name (made.m, mjOBJ_JOINT, k), "joint");
      g_assert_cmpuint (arm, ==, 6);
      g_assert_cmpint (made.m->nu, ==, 6);
      g_assert_true (notes_say (&made, "does not plan"));
      run_until (&made, 1);
    }
  g_auto (Made) made = make (said[0]);
  const float *rgba = g_array_index (sg_spec_find_body (made.spec, "ball1")->geoms, SgGeom, 0).rgba;
  g_assert_cmpfloat (rgba[0], >, 2 * rgba[1]);
  g_assert_cmpfloat (rgba[0], >, 2 * rgba[2]);
}

/* -- The other templates -- */

static void
test_atwood (void)
{
  g_auto (Made) made = make ("Atwood machine with 2 kg and 1 kg");
  double start = place (&made, "weight1")[2], other = place (&made, "weight2")[2];

  run_until (&made, 0.5);
  g_assert_cmpfloat_with_epsilon (start - place (&made, "weight1")[2], 9.81 / 3 * 0.125,
                                  0.04 * 9.81 / 3 * 0.125 + 0.005);
  g_assert_cmpfloat_with_epsilon (place (&made, "weight2")[2] - other, start - place (&made, "weight1")[2],
                                  0.01);
}

static void
test_cart_pole (void)
{
  g_auto (Made) made = make ("cart-pole");

  g_assert_cmpint (made.m->nbody, ==, 3);
  g_assert_cmpint (made.m->nq, ==, 2);
  g_assert_cmpint (made.m->nu, ==, 1);
  run_until (&made, 2);
  g_assert_cmpfloat (fabs (made.d->qpos[1]), >, 0.8);
}

static void
test_cradle (void)
{
  g_auto (Made) made = make ("Newton's cradle with 5 balls");
  double last = 0, middle = 0;

  while (made.d->time < 0.9)
    {
      mj_step (made.m, made.d);
      last = MAX (last, fabs (made.d->qpos[4]));
      middle = MAX (middle, fabs (made.d->qpos[2]));
    }
  g_assert_cmpfloat (last, >, 0.3); /* of 0.52 rad that the first started at */
  g_assert_cmpfloat (middle, <, 0.6 * last);
}

static void
test_ramp (void)
{
  g_auto (Made) made = make ("a box sliding down a frictionless 30 degree ramp");
  double x = place (&made, "box1")[0], z = place (&made, "box1")[2], fallen;

  run_until (&made, 0.5);
  fallen = hypot (place (&made, "box1")[0] - x, place (&made, "box1")[2] - z);
  g_assert_cmpfloat_with_epsilon (fallen, 9.81 * sin (G_PI / 6) * 0.125, 0.05);
  g_assert_cmpfloat (place (&made, "box1")[0], >, x);
}

static void
test_car (void)
{
  g_auto (Made) made = make ("a car at 2 m/s");

  run_until (&made, 3);
  g_assert_cmpfloat (place (&made, "chassis1")[0], >, 3);
  g_assert_cmpfloat_with_epsilon (place (&made, "chassis1")[2], 0.25, 0.05);
}

static void
test_catapult (void)
{
  g_auto (Made) made = make ("a catapult");
  double highest = 0, farthest = 0;

  while (made.d->time < 3)
    {
      mj_step (made.m, made.d);
      highest = MAX (highest, place (&made, "ball1")[2]);
      farthest = MAX (farthest, place (&made, "ball1")[0]);
    }
  g_assert_cmpfloat (highest, >, 2);
  g_assert_cmpfloat (farthest, >, 1);
}

static void
test_dominoes (void)
{
  g_auto (Made) made = make ("12 dominoes");

  run_until (&made, 5);
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("domino%u", i);

      g_assert_cmpfloat (place (&made, name)[2], <, 0.2); /* of 0.25 where it stands */
    }
}

static void
test_pile (void)
{
  g_auto (Made) made = make ("a stack of 5 boxes");

  run_until (&made, 3);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("box%u", i);

      g_assert_cmpfloat_with_epsilon (place (&made, name)[2], 0.2 * i - 0.1, 0.02);
    }
}

static void
test_projectile (void)
{
  g_auto (Made) made = make ("a projectile launched at 10 m/s at 45 degrees");
  double x = place (&made, "ball1")[0];

  run_until (&made, 10 * sin (G_PI / 4) / 9.81);
  g_assert_cmpfloat_with_epsilon (place (&made, "ball1")[2], 0.1 + 100 * 0.5 / (2 * 9.81), 0.05);
  g_assert_cmpfloat_with_epsilon (place (&made, "ball1")[0] - x, 100 * 0.5 / 9.81, 0.05);
}

static void
test_seesaw (void)
{
  g_auto (Made) made = make ("a seesaw with 3 kg and 1 kg");

  run_until (&made, 2);
  g_assert_cmpfloat (place (&made, "box1")[2], <, place (&made, "box2")[2]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sg_model_init_library (NULL));
  g_test_add_func ("/physics/words/made/pendulum", test_pendulum);
  g_test_add_func ("/physics/words/made/double-pendulum", test_double_pendulum);
  g_test_add_func ("/physics/words/made/chain", test_chain);
  g_test_add_func ("/physics/words/made/damping", test_damped_pendulum);
  g_test_add_func ("/physics/words/made/spring", test_spring);
  g_test_add_func ("/physics/words/made/spring-mass", test_spring_mass);
  g_test_add_func ("/physics/words/made/bouncing", test_bouncing);
  g_test_add_func ("/physics/words/made/collision", test_collision);
  g_test_add_func ("/physics/words/made/materials", test_materials);
  g_test_add_func ("/physics/words/made/many", test_many);
  g_test_add_func ("/physics/words/made/spinning", test_spinning);
  g_test_add_func ("/physics/words/made/air", test_air);
  g_test_add_func ("/physics/words/made/arm", test_arm);
  g_test_add_func ("/physics/words/made/atwood", test_atwood);
  g_test_add_func ("/physics/words/made/cart-pole", test_cart_pole);
  g_test_add_func ("/physics/words/made/cradle", test_cradle);
  g_test_add_func ("/physics/words/made/ramp", test_ramp);
  g_test_add_func ("/physics/words/made/car", test_car);
  g_test_add_func ("/physics/words/made/catapult", test_catapult);
  g_test_add_func ("/physics/words/made/dominoes", test_dominoes);
  g_test_add_func ("/physics/words/made/pile", test_pile);
  g_test_add_func ("/physics/words/made/projectile", test_projectile);
  g_test_add_func ("/physics/words/made/seesaw", test_seesaw);
  return g_test_run ();
}
