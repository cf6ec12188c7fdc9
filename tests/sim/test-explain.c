/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said of mechanisms with known motion: theory and run agree, and each figure is in the words. */
#include <math.h>
#include <string.h>

#include "physics/model.h"
#include "physics/spec-json.h"
#include "physics/words.h"
#include "sim/explain.h"

static SgExplanation *
explain (SgSpec *spec)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_model_init_library (&error));
  g_autoptr (SgModel) model = sg_model_from_spec (spec, NULL, &error);
  g_assert_no_error (error);
  SgExplanation *explanation = sg_explain (spec, model, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < explanation->lines->len; i++)
    g_test_message ("%s", (char *)explanation->lines->pdata[i]);
  return explanation;
}

static SgSpec *
load (const char *name)
{
  g_autofree char *path =
    g_strdup_printf ("%s/tests/fixtures/spec/%s.json", g_getenv ("SG_SOURCE_ROOT"), name);
  g_autoptr (GError) error = NULL;
  SgSpec *spec = sg_spec_load (path, &error);

  g_assert_no_error (error);
  return spec;
}

static SgSpec *
made_of (const char *words)
{
  SgSpec *spec = sg_spec_new ();
  g_autoptr (GArray) statements = sg_words_apply (words, spec, NULL);

  g_assert_cmpuint (spec->bodies->len, >, 0);
  return spec;
}

static const SgExplainedFigure *
figure_of (const SgExplanation *explanation, const char *what)
{
  for (guint i = 0; i < explanation->figures->len; i++)
    if (g_str_equal (g_array_index (explanation->figures, SgExplainedFigure, i).what, what))
      return &g_array_index (explanation->figures, SgExplainedFigure, i);
  return NULL;
}

static gboolean
says (const SgExplanation *explanation, const char *part)
{
  for (guint i = 0; i < explanation->lines->len; i++)
    if (strstr (explanation->lines->pdata[i], part) != NULL)
      return TRUE;
  return FALSE;
}

static void
assert_agree (const SgExplanation *explanation, const char *what, double within)
{
  const SgExplainedFigure *figure = figure_of (explanation, what);

  g_assert_nonnull (figure);
  g_test_message ("%s: %g expected, %g measured", what, figure->expected, figure->measured);
  g_assert_cmpfloat (fabs (figure->measured / figure->expected - 1), <, within);
}

static void
test_pendulum (void)
{
  static const double starts[] = { 0.05, 1.0, 2.0 };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (SgSpec) spec = load ("pendulum");
      SgBody *bob = sg_spec_find_body (spec, "bob");

      g_array_index (bob->joints, SgJoint, 0).initial_position = starts[i];
      g_array_index (bob->joints, SgJoint, 0).damping = 0;
      g_autoptr (SgExplanation) explanation = explain (spec);
      assert_agree (explanation, "pendulum.period", 0.005);
      g_assert_true (says (explanation, "1.2 s")); /* the small swing's: golden.md has 1.204 */
    }
}

static void
test_golden (void)
{
  static const char *const names[] = { "double_pendulum", "cart_pole", "box_stack", "robot_arm_2dof" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SgSpec) spec = load (names[i]);

      if (i == 0)
        g_array_index (sg_spec_find_body (spec, "link1")->joints, SgJoint, 0).initial_position = 1.5;
      g_autoptr (SgExplanation) explanation = explain (spec);
      g_assert_cmpuint (explanation->lines->len, >, 0);
      g_assert_null (figure_of (explanation, "pendulum.period"));
      if (i == 0)
        g_assert_true (says (explanation, "never repeats"));
    }
}

static void
test_spring (void)
{
  g_autoptr (SgSpec) spec = made_of ("a mass on a spring");
  g_autoptr (SgExplanation) explanation = explain (spec);

  assert_agree (explanation, "spring.period", 0.03);
}

static void
test_pulley (void)
{
  g_autoptr (SgSpec) spec = made_of ("an Atwood machine");
  g_autoptr (SgExplanation) explanation = explain (spec);

  assert_agree (explanation, "pulley.acceleration", 0.1);
}

static void
test_slope (void)
{
  g_autoptr (SgSpec) spec = made_of ("a ball on a ramp");
  g_autoptr (SgExplanation) explanation = explain (spec);

  assert_agree (explanation, "slope.acceleration", 0.06);
}

/* What tips over the end of its ground goes down no slope. */
static void
test_edge (void)
{
  g_autoptr (SgSpec) spec = load ("car_off_its_ground");
  g_autoptr (SgExplanation) explanation = explain (spec);

  g_assert_null (figure_of (explanation, "slope.acceleration"));
  g_assert_nonnull (figure_of (explanation, "motor.speed"));
}

static void
test_motor (void)
{
  g_autoptr (SgSpec) spec = made_of ("a car");
  g_autoptr (SgExplanation) explanation = explain (spec);

  assert_agree (explanation, "motor.speed", 0.1);
}

/* Figures are said as a person writes them. */
static void
test_heavy (void)
{
  g_autoptr (SgSpec) spec = made_of ("a 500 kg mass on a spring with k = 20000 N/m");
  g_autoptr (SgExplanation) explanation = explain (spec);

  g_assert_true (says (explanation, "of 500 kg is held by a spring of 20000 N/m"));
  g_assert_false (says (explanation, "e+") || says (explanation, "e-"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/explain/pendulum", test_pendulum);
  g_test_add_func ("/sim/explain/golden", test_golden);
  g_test_add_func ("/sim/explain/spring", test_spring);
  g_test_add_func ("/sim/explain/pulley", test_pulley);
  g_test_add_func ("/sim/explain/slope", test_slope);
  g_test_add_func ("/sim/explain/edge", test_edge);
  g_test_add_func ("/sim/explain/motor", test_motor);
  g_test_add_func ("/sim/explain/heavy", test_heavy);
  return g_test_run ();
}
