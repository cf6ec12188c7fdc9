/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "physics/words.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "physics/error.h"
#include "physics/rules.h"

static void
add_round (SgSpec *spec, const char *name, double x, double radius)
{
  SgBody *body = sg_spec_add_body (spec, name, NULL, (const double[]){ x, 0, 1 });
  SgGeom geom = sg_geom_default (SG_GEOM_SPHERE);

  geom.size[0] = radius;
  sg_spec_add_geom (spec, body, geom);
  sg_spec_add_planar_joints (spec, body);
}

/* Two balls, the right one larger; a box; a ramp and a floor; a spring. */
static SgSpec *
make_scene (void)
{
  SgSpec *spec = sg_spec_new ();
  SgGeom ramp = sg_geom_default (SG_GEOM_BOX), crate = sg_geom_default (SG_GEOM_BOX);

  ramp.name = g_strdup ("ramp1");
  ramp.size[0] = ramp.size[1] = ramp.size[2] = 1;
  sg_spec_add_geom (spec, NULL, sg_geom_default (SG_GEOM_PLANE));
  sg_spec_add_geom (spec, NULL, ramp);
  add_round (spec, "ball1", -1, 0.1);
  add_round (spec, "ball2", 1, 0.2);
  SgBody *box = sg_spec_add_body (spec, "box1", NULL, (const double[]){ 0, 0, 2 });
  crate.size[0] = crate.size[1] = crate.size[2] = 0.1;
  sg_spec_add_geom (spec, box, crate);
  sg_spec_add_planar_joints (spec, box);
  sg_spec_add_site (spec, box, "a", NULL);
  sg_spec_add_site (spec, NULL, "b", (const double[]){ 0, 0, 3 });
  SgTendon spring = sg_tendon_default (SG_TENDON_SPRING);
  sg_tendon_add_site (&spring, "a");
  sg_tendon_add_site (&spring, "b");
  sg_spec_add_tendon (spec, spring);
  return spec;
}

static void
apply (SgSpec *spec, const char *words, guint n_unknown)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) statements = sg_words_apply (words, spec, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < statements->len; i++)
    n += g_array_index (statements, SgStatement, i).reason != SG_WORDS_UNDERSTOOD;
  for (guint i = 0; n != n_unknown && i < statements->len; i++)
    g_test_message ("%s", g_array_index (statements, SgStatement, i).text);
  if (n != n_unknown)
    g_error ("\"%s\": %u clauses are not understood", words, n);
  g_assert_true (sg_rules_hold (spec, &error));
  g_assert_no_error (error);
}

static double
mass (const SgSpec *spec, const char *body)
{
  return sg_body_mass (sg_spec_find_body (spec, body));
}

static void
test_gravity (void)
{
  static const struct
  {
    const char *words;
    double gravity;
  } said[] = {
    { "moon gravity", 1.62 },
    { "On the Moon", 1.62 },
    { "mars", 3.71 },
    { "gravity of Jupiter!", 24.79 },
    { "gravity 3.7", 3.7 },
    { "gravity: 3,7", 3.7 },
    { "g = 1.6 m/s2", 1.6 },
    { "g=1.6", 1.6 },
    { "gravity is 20 m/s²", 20 },
    { "no gravity", 0 },
    { "zero gravity", 0 },
    { "weightless", 0 },
    { "in space", 0 },
    { "a spinning box in zero-g", 0 },
    { "half gravity", 9.81 / 2 },
    { "double the gravity", 9.81 * 2 },
    { "2 g gravity", 9.81 * 2 },
    { "earth gravity", 9.81 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr (SgSpec) spec = make_scene ();
      double before = mass (spec, "box1");

      apply (spec, said[i].words, 0);
      if (fabs (spec->gravity[2] + said[i].gravity) > 1e-9)
        g_error ("\"%s\" gives %g", said[i].words, spec->gravity[2]);
      g_assert_cmpfloat (mass (spec, "box1"), ==, before);
    }
}

static void
test_gravity_keeps_its_direction (void)
{
  g_autoptr (SgSpec) spec = make_scene ();

  spec->gravity[0] = 9.81;
  spec->gravity[2] = 0;
  apply (spec, "moon gravity", 0);
  g_assert_cmpfloat_with_epsilon (spec->gravity[0], 1.62, 1e-9);
  apply (spec, "no gravity", 0);
  apply (spec, "gravity 2", 0);
  g_assert_cmpfloat (spec->gravity[2], ==, -2);
}

/* Which of them weigh 2 kg afterwards, and that nothing else changed. */
static void
test_masses (void)
{
  static const struct
  {
    const char *words, *bodies;
  } said[] = {
    { "the box is 2 kg", "box1" },
    { "2 kg box", "box1" },
    { "make the crate weigh 2000 grams", "box1" },
    { "box1 has a mass of 2 kg", "box1" },
    { "box mass = 2", "box1" },
    { "the left ball is two kilograms", "ball1" },
    { "the bigger ball is 2kg", "ball2" },
    { "second ball: 2 kg", "ball2" },
    { "ball2 is 2 kg", "ball2" },
    { "the balls are 2 kg", "ball1 ball2" },
    { "all balls are 2 kg", "ball1 ball2" },
    { "the box and the balls are 2 kg", "box1 ball1 ball2" },
    { "everything is 2 kg", "box1 ball1 ball2" },
  };
  static const char *const all[] = { "ball1", "ball2", "box1" };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr (SgSpec) spec = make_scene (), before = make_scene ();

      apply (spec, said[i].words, 0);
      for (guint k = 0; k < G_N_ELEMENTS (all); k++)
        {
          double expected = strstr (said[i].bodies, all[k]) ? 2 : mass (before, all[k]);

          if (fabs (mass (spec, all[k]) - expected) > 1e-9)
            g_error ("\"%s\": %s is %g kg", said[i].words, all[k], mass (spec, all[k]));
        }
    }
}

static void
test_relative_masses (void)
{
  g_autoptr (SgSpec) spec = make_scene (), before = make_scene ();

  apply (spec, "the box is twice as heavy, the left ball is half as heavy", 0);
  g_assert_cmpfloat_with_epsilon (mass (spec, "box1"), 2 * mass (before, "box1"), 1e-9);
  g_assert_cmpfloat_with_epsilon (mass (spec, "ball1"), mass (before, "ball1") / 2, 1e-9);
  apply (spec, "box 3 times heavier", 0);
  g_assert_cmpfloat_with_epsilon (mass (spec, "box1"), 6 * mass (before, "box1"), 1e-9);
}

/* Of a pendulum drawn as one body the ball is the bob. */
static void
test_mass_of_a_part (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  SgBody *body = sg_spec_add_body (spec, "ball1", NULL, NULL);
  SgGeom bob = sg_geom_default (SG_GEOM_SPHERE), rod = sg_geom_default (SG_GEOM_CAPSULE);

  bob.size[0] = 0.1;
  rod.size[0] = 0.02;
  rod.size[1] = 0.5;
  rod.mass = 0.25;
  sg_spec_add_geom (spec, body, bob);
  sg_spec_add_geom (spec, body, rod);
  sg_spec_add_joint (spec, body, sg_joint_default (SG_JOINT_HINGE));
  apply (spec, "the ball is 2 kg", 0);
  g_assert_cmpfloat (g_array_index (body->geoms, SgGeom, 0).mass, ==, 2);
  g_assert_cmpfloat (g_array_index (body->geoms, SgGeom, 1).mass, ==, 0.25);
  /* The only thing that moves needs no name. */
  apply (spec, "mass 9 kg", 0);
  g_assert_cmpfloat_with_epsilon (sg_body_mass (body), 9, 1e-9);
}

static void
test_friction_and_bounce (void)
{
  g_autoptr (SgSpec) spec = make_scene ();
  const SgGeom *floor = &g_array_index (spec->geoms, SgGeom, 0),
               *ramp = &g_array_index (spec->geoms, SgGeom, 1);
  const SgGeom *ball = &g_array_index (sg_spec_find_body (spec, "ball1")->geoms, SgGeom, 0);

  apply (spec, "make the ramp icy", 0);
  g_assert_cmpfloat (ramp->friction[0], ==, 0.03);
  g_assert_true (ramp->slippery);
  g_assert_cmpfloat (floor->friction[0], ==, 0.6);
  apply (spec, "the floor has friction 0.3; bouncy balls", 0);
  g_assert_cmpfloat (floor->friction[0], ==, 0.3);
  g_assert_cmpfloat (ball->restitution, ==, 0.8);
  g_assert_true (isnan (ramp->restitution));
  apply (spec, "no friction", 0);
  g_assert_cmpfloat (floor->friction[0], ==, 0);
  g_assert_cmpfloat (ball->friction[0], ==, 0);
  apply (spec, "elastic balls", 0);
  g_assert_cmpfloat (ball->restitution, ==, 0.95);
  apply (spec, "e = 0.5", 0);
  g_assert_cmpfloat (ball->restitution, ==, 0.5);
}

static void
test_air_and_springs (void)
{
  g_autoptr (SgSpec) spec = make_scene ();

  apply (spec, "with air resistance and a stiffer spring", 0);
  g_assert_cmpfloat (spec->air_density, ==, 1.2);
  g_assert_cmpfloat (g_array_index (spec->tendons, SgTendon, 0).stiffness, ==, 200);
  apply (spec, "no air. spring k=50 N/m", 0);
  g_assert_cmpfloat (spec->air_density, ==, 0);
  g_assert_cmpfloat (g_array_index (spec->tendons, SgTendon, 0).stiffness, ==, 50);
}

static void
test_several_clauses (void)
{
  g_autoptr (SgSpec) spec = make_scene ();

  apply (spec, "Moon gravity, no friction and the box is 1.5 kg.\nA 3 kg ball1 on Mars", 0);
  g_assert_cmpfloat_with_epsilon (spec->gravity[2], -3.71, 1e-9);
  g_assert_cmpfloat_with_epsilon (mass (spec, "box1"), 1.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (mass (spec, "ball1"), 3, 1e-9);
}

/* What is not understood is reported as it was said, and changes nothing. */
static void
test_unknown (void)
{
  static const char *const said[] = { "a humanoid walking", "xyz123 !@#$%", "the wheel is 2 kg", "2 kg",
                                      "the ball", "-3", "the moon circles a box" };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr (SgSpec) spec = make_scene ();
      g_autoptr (GArray) statements = sg_words_apply (said[i], spec, NULL);

      g_assert_cmpuint (statements->len, >, 0);
      for (guint k = 0; k < statements->len; k++)
        if (g_array_index (statements, SgStatement, k).reason == SG_WORDS_UNDERSTOOD)
          g_error ("\"%s\" was understood as something", said[i]);
      g_assert_cmpfloat (spec->gravity[2], ==, -9.81);
    }
}

static void
test_bad_input (void)
{
  g_autoptr (SgSpec) spec = make_scene ();
  g_autoptr (GError) error = NULL;
  static const char *const endless[] = { "ball and ", "ball box left ", "1 ", "k ", "=",
                                         "1.", " and ", "ball1 ball2 " };
  g_autofree char *longest = g_strnfill (SG_LIMIT_WORDS, 'a'), *longer = g_strnfill (SG_LIMIT_WORDS + 1, '1');

  apply (spec, "", 0);
  apply (spec, " \n,.;", 0);
  apply (spec, longest, 1);
  g_autoptr (GArray) nothing = sg_words_apply (NULL, spec, NULL);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_null (sg_words_apply ("\xff", spec, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_WORDS);
  g_clear_error (&error);
  g_assert_null (sg_words_apply (longer, spec, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_WORDS);
  for (guint i = 0; i < G_N_ELEMENTS (endless); i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);

      while (words->len + strlen (endless[i]) <= SG_LIMIT_WORDS)
        g_string_append (words, endless[i]);
      g_autoptr (GArray) statements = sg_words_apply (words->str, spec, NULL);
      g_assert_nonnull (statements);
    }
  apply (spec, "gravity 1e300", 1);
  apply (spec, "the box is 1e300 kg", 1);
  apply (spec, "the box is 0 kg", 1);
}

/* A chip that is taken away takes its words along, and what joined them. */
static void
test_without (void)
{
  static const struct
  {
    const char *words, *gone, *left;
  } said[] = {
    { "moon gravity and the box is 2 kg", "moon gravity", "the box is 2 kg" },
    { "moon gravity and the box is 2 kg", "the box is 2 kg", "moon gravity" },
    { "moon gravity, no air, 2 kg", "no air", "moon gravity, 2 kg" },
    { "A pendulum with damping.", "damping", "A pendulum." },
    { "moon gravity", "moon gravity", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      guint begin = strstr (said[i].words, said[i].gone) - said[i].words;
      g_autofree char *left = sg_words_without (said[i].words, begin, begin + strlen (said[i].gone));

      g_assert_cmpstr (left, ==, said[i].left);
    }
}

/* What cannot be, beside what can. */
static void
test_beyond_beside (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  g_autoptr (GArray) statements = sg_words_apply ("a pendulum and a magnet", spec, NULL);

  g_assert_cmpuint (spec->bodies->len, ==, 1);
  g_assert_cmpuint (statements->len, ==, 2);
  g_assert_cmpint (g_array_index (statements, SgStatement, 0).reason, ==, SG_WORDS_UNDERSTOOD);
  g_assert_cmpint (g_array_index (statements, SgStatement, 1).reason, ==, SG_WORDS_BEYOND_US);
}

/* Around a word that is not known the rest holds, and the span is that word's. */
static void
test_unknown_in_description (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  const char *words = "a zorgon pendulum with damping for 3 minutes";
  g_autoptr (GArray) statements = sg_words_apply (words, spec, NULL);
  const char *const expected[] = { "zorgon", "3 minutes" };
  guint n = 0;

  g_assert_cmpuint (spec->bodies->len, ==, 1);
  for (guint i = 0; i < statements->len; i++)
    {
      const SgStatement *statement = &g_array_index (statements, SgStatement, i);
      g_autofree char *span = g_strndup (words + statement->begin, statement->end - statement->begin);

      if (statement->reason == SG_WORDS_UNDERSTOOD)
        continue;
      g_assert_cmpuint (n, <, 2);
      g_assert_cmpstr (span, ==, expected[n++]);
    }
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/words/gravity", test_gravity);
  g_test_add_func ("/physics/words/gravity/direction", test_gravity_keeps_its_direction);
  g_test_add_func ("/physics/words/masses", test_masses);
  g_test_add_func ("/physics/words/masses/relative", test_relative_masses);
  g_test_add_func ("/physics/words/masses/part", test_mass_of_a_part);
  g_test_add_func ("/physics/words/friction-and-bounce", test_friction_and_bounce);
  g_test_add_func ("/physics/words/air-and-springs", test_air_and_springs);
  g_test_add_func ("/physics/words/several", test_several_clauses);
  g_test_add_func ("/physics/words/unknown", test_unknown);
  g_test_add_func ("/physics/words/unknown/in-description", test_unknown_in_description);
  g_test_add_func ("/physics/words/unknown/beyond-beside", test_beyond_beside);
  g_test_add_func ("/physics/words/without", test_without);
  g_test_add_func ("/physics/words/bad-input", test_bad_input);
  return g_test_run ();
}
