/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Curves of a run: a fall known in closed form, where they begin and end, and how they end early. */
#include <math.h>

#include "models.h"
#include "sim/curves.h"

static SgCurves *
run (const char *mjcf, double from, double seconds, guint n_samples)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = test_model (mjcf);
  const SgCurvesOptions options = { from, seconds, n_samples };
  SgCurves *curves = sg_curves_run (model, &options, NULL, &error);

  g_assert_no_error (error);
  return curves;
}

static double
last (const SgCurves *curves, SgCurveKind kind, const char *body)
{
  const SgCurve *curve = sg_curves_find (curves, kind, body);

  g_assert_nonnull (curve);
  return curve->values[curves->n_samples - 1];
}

static void
test_fall (void)
{
  g_autoptr (SgCurves) curves = run (FALLING, 0, 1, 101);

  g_assert_cmpuint (curves->n_samples, ==, 101);
  g_assert_null (curves->stopped);
  for (guint i = 0; i < curves->n_samples; i++)
    g_assert_cmpfloat_with_epsilon (curves->time[i], 0.01 * i, 1e-9);
  g_assert_cmpfloat_with_epsilon (last (curves, SG_CURVE_Z, "ball"), -9.81 / 2, 0.02);
  g_assert_cmpfloat_with_epsilon (last (curves, SG_CURVE_X, "ball"), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (last (curves, SG_CURVE_SPEED, "ball"), 9.81, 1e-6);
  double sum = last (curves, SG_CURVE_KINETIC, NULL) + last (curves, SG_CURVE_POTENTIAL, NULL);
  g_assert_cmpfloat_with_epsilon (last (curves, SG_CURVE_TOTAL, NULL), sum, 1e-9);
  g_assert_null (sg_curves_find (curves, SG_CURVE_X, "nobody"));
}

/* A part of a longer run is that part of it, to the last bit. */
static void
test_from_the_middle (void)
{
  g_autoptr (SgCurves) whole = run (DOUBLE_PENDULUM, 0, 4, 5), part = run (DOUBLE_PENDULUM, 2, 2, 3);

  g_assert_cmpuint (part->n_samples, ==, 3);
  g_assert_cmpfloat_with_epsilon (part->time[0], 2, 1e-9);
  g_assert_true (last (part, SG_CURVE_X, "rod2") == last (whole, SG_CURVE_X, "rod2"));
  g_assert_true (last (part, SG_CURVE_TOTAL, NULL) == last (whole, SG_CURVE_TOTAL, NULL));
}

static void
test_shorter_than_its_samples (void)
{
  g_autoptr (SgCurves) curves = run (FALLING, 0, 0.006, 256);

  g_assert_cmpuint (curves->n_samples, ==, 4);
  g_assert_cmpfloat_with_epsilon (curves->time[3], 0.006, 1e-9);
}

static void
test_diverged (void)
{
  g_autoptr (SgCurves) curves = run (DIVERGING, 0, 10, 256);

  g_assert_nonnull (curves->stopped);
  g_assert_cmpuint (curves->n_samples, <, 256);
  g_assert_cmpuint (curves->n_samples, >, 0);
}

typedef struct
{
  GCancellable *cancellable;
  guint n_told;
} Told;

static void
told_cb (double done, gpointer data)
{
  Told *told = data;

  g_assert_cmpfloat (done, >, 0);
  g_assert_cmpfloat (done, <=, 1);
  if (++told->n_told == 3)
    g_cancellable_cancel (told->cancellable);
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = test_model (FALLING);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Told told = { cancellable };
  const SgCurvesOptions options = { 0, 1e6, 256, told_cb, &told };

  g_assert_null (sg_curves_run (model, &options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (told.n_told, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/curves/fall", test_fall);
  g_test_add_func ("/sim/curves/from-the-middle", test_from_the_middle);
  g_test_add_func ("/sim/curves/shorter-than-its-samples", test_shorter_than_its_samples);
  g_test_add_func ("/sim/curves/diverged", test_diverged);
  g_test_add_func ("/sim/curves/cancelled", test_cancelled);
  return g_test_run ();
}
