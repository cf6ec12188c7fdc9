/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headless runs: figures, the table, and that writing it changes nothing. */
#include <math.h>
#include <string.h>

#include "models.h"
#include "sim/error.h"
#include "sim/run.h"

static GString *
run_table (const char *mjcf, double seconds, double rate, SgRunResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = test_model (mjcf);
  const SgRunOptions options = { seconds, rate };
  GString *csv = g_string_new (NULL);

  g_assert_true (sg_run (model, &options, result, csv, NULL, &error));
  g_assert_no_error (error);
  return csv;
}

static double
cell (const char *line, guint column)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", -1);

  g_assert_cmpuint (column, <, g_strv_length (cells));
  return g_ascii_strtod (cells[column], NULL);
}

/* A free fall, known in closed form; the engine's own order of integration shows in the second digit of g t
 * dt. */
static void
test_table (void)
{
  SgRunResult result;
  GString *csv = run_table (FALLING, 0.5, 0, &result);
  g_auto (GStrv) lines = g_strsplit (csv->str, "\n", -1);

  g_assert_cmpstr (lines[0], ==, "time,ball.x,ball.y,ball.z,ball.angle,ball.vx,ball.vz");
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 251 + 1);
  g_assert_cmpstr (lines[252], ==, "");
  g_assert_cmpfloat (cell (lines[1], 0), ==, 0);
  g_assert_cmpfloat (cell (lines[1], 3), ==, 0);
  g_assert_cmpfloat_with_epsilon (cell (lines[251], 0), 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (cell (lines[251], 3), -9.81 * 0.25 / 2, 0.01);
  g_assert_cmpfloat_with_epsilon (cell (lines[251], 6), -9.81 * 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (cell (lines[251], 4), 2 * 0.5 * 180 / G_PI, 1e-4);
  g_string_free (csv, TRUE);
}

/* Turns are counted on, counter-clockwise positive: -2 rad/s about +y is 2 rad/s as seen. */
static void
test_angle_goes_on (void)
{
  SgRunResult result;
  GString *csv = run_table (FALLING, 10, 50, &result);
  g_auto (GStrv) lines = g_strsplit (csv->str, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 501 + 1);
  g_assert_cmpfloat_with_epsilon (cell (lines[501], 4), 20 * 180 / G_PI, 1e-3);
  g_string_free (csv, TRUE);
}

static void
test_result (void)
{
  SgRunResult result;
  GString *csv = run_table (DOUBLE_PENDULUM, 10, 10, &result);

  g_assert_cmpuint (result.steps, ==, 5000);
  g_assert_cmpfloat_with_epsilon (result.simulated, 10, 1e-6);
  g_assert_cmpfloat (result.real_time_factor, >, 0);
  g_assert_cmpuint (result.n_warnings, ==, 0);
  g_assert_cmpfloat_with_epsilon (result.energy_first, result.energy_last, 5);
  g_assert_true (strstr (csv->str, ",top_angle\n") != NULL);
  g_string_free (csv, TRUE);
}

static void
test_bit_identical (void)
{
  SgRunResult first, second;
  GString *one = run_table (DOUBLE_PENDULUM, 5, 0, &first), *two = run_table (DOUBLE_PENDULUM, 5, 0, &second);

  g_assert_cmpstr (one->str, ==, two->str);
  g_assert_true (first.energy_last == second.energy_last);
  g_string_free (one, TRUE);
  g_string_free (two, TRUE);
}

/* The energy at the end of a chaotic run shows any difference that measuring would make. */
static void
test_table_changes_nothing (void)
{
  SgRunResult with, without;
  const SgRunOptions options = { 5, 0 };
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);

  g_string_free (run_table (DOUBLE_PENDULUM, 5, 0, &with), TRUE);
  g_assert_true (sg_run (model, &options, &without, NULL, NULL, NULL));
  g_assert_true (with.energy_last == without.energy_last);
}

static void
test_diverged (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = test_model (DIVERGING);
  const SgRunOptions options = { 10, 0 };
  SgRunResult result;
  GString *csv = g_string_new (NULL);

  g_assert_false (sg_run (model, &options, &result, csv, NULL, &error));
  g_assert_error (error, SG_SIM_ERROR, SG_SIM_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "wild"));
  g_assert_cmpuint (result.steps, >, 0);
  g_assert_cmpuint (result.steps, <, 1000);
  g_assert_null (strstr (csv->str, "nan"));
  g_string_free (csv, TRUE);
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = test_model (FALLING);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const SgRunOptions options = { 1000, 0 };
  SgRunResult result;

  g_cancellable_cancel (cancellable);
  g_assert_false (sg_run (model, &options, &result, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (result.steps, <, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/run/table", test_table);
  g_test_add_func ("/sim/run/angle-goes-on", test_angle_goes_on);
  g_test_add_func ("/sim/run/result", test_result);
  g_test_add_func ("/sim/run/bit-identical", test_bit_identical);
  g_test_add_func ("/sim/run/table-changes-nothing", test_table_changes_nothing);
  g_test_add_func ("/sim/run/diverged", test_diverged);
  g_test_add_func ("/sim/run/cancelled", test_cancelled);
  return g_test_run ();
}
