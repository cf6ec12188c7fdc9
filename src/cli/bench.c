/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli bench: runs the benchmarks and prints their figures. */
#include "cli/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/json.h"
#include "cli/command.h"

static const SgBenchmark *const lists[] = {
  sg_bench_recognise,
  sg_bench_photo,
  sg_bench_physics,
  sg_bench_render,
  sg_bench_wait,
  sg_bench_app,
  sg_bench_history,
  sg_bench_metrics,
  sg_bench_cache,
  sg_bench_stream,
  sg_bench_words,
};

typedef struct
{
  double *figures, *references; /* rounds of each */
} Samples;

double
sg_bench_time (void (*work) (gpointer data), gpointer data)
{
  struct timespec start, end;

  clock_gettime (CLOCK_MONOTONIC, &start);
  work (data);
  clock_gettime (CLOCK_MONOTONIC, &end);
  return (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) * 1e-6;
}

static gboolean
take (double (*measure) (gpointer, GError **), gpointer state, double *sample, GError **error)
{
  *sample = measure (state, error);
  return *sample >= 0;
}

/* Round by round figure and reference take turns at going first, as the first finds colder caches. */
static gboolean
take_round (const SgBenchmark *benchmark,
            gpointer state,
            guint round,
            double *figure,
            double *reference,
            GError **error)
{
  if (!benchmark->measure_reference)
    return take (benchmark->measure, state, figure, error);
  if (round % 2 == 0)
    return take (benchmark->measure, state, figure, error) &&
           take (benchmark->measure_reference, state, reference, error);
  return take (benchmark->measure_reference, state, reference, error) &&
         take (benchmark->measure, state, figure, error);
}

static gboolean
take_samples (const SgBenchmark *benchmark, gpointer state, Samples *samples, GError **error)
{
  guint warm_up = (benchmark->rounds + 7) / 8;
  double unused[2];

  for (guint i = 0; i < warm_up; i++)
    if (!take_round (benchmark, state, i, &unused[0], &unused[1], error))
      return FALSE;
  for (guint i = 0; i < benchmark->rounds; i++)
    if (!take_round (benchmark, state, i, &samples->figures[i], &samples->references[i], error))
      return FALSE;
  return TRUE;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* The nearest-rank quantile of `n` sorted values. */
static double
quantile (const double *sorted, guint n, double q)
{
  return sorted[MIN ((guint)(q * n), n - 1)];
}

/* The median of the rounds' own ratios: what slows the machine for some rounds slows both sides of them. */
static double
find_ratio (const Samples *samples, guint n)
{
  g_autofree double *ratios = g_new (double, n);

  for (guint i = 0; i < n; i++)
    ratios[i] = samples->figures[i] / samples->references[i];
  qsort (ratios, n, sizeof (double), compare_doubles);
  return quantile (ratios, n, 0.5);
}

static json_t *
report (const SgBenchmark *benchmark, Samples *samples)
{
  guint n = benchmark->rounds;
  json_t *line = json_object ();
  double ratio = benchmark->measure_reference ? find_ratio (samples, n) : NAN;

  qsort (samples->figures, n, sizeof (double), compare_doubles);
  qsort (samples->references, n, sizeof (double), compare_doubles);
  double figure = quantile (samples->figures, n, 0.5), reference = quantile (samples->references, n, 0.5);

  json_object_set_new (line, "name", json_string (benchmark->name));
  json_object_set_new (line, "unit", json_string (benchmark->unit));
  json_object_set_new (line, "figure", sg_json_number (figure, 4));
  if (benchmark->measure_reference)
    {
      json_object_set_new (line, "reference_name", json_string (benchmark->reference_name));
      json_object_set_new (line, "reference", sg_json_number (reference, 4));
      json_object_set_new (line, "ratio", sg_json_number (ratio, 4));
    }
  json_object_set_new (line, "p95", sg_json_number (quantile (samples->figures, n, 0.95), 4));
  json_object_set_new (line, "n", json_integer (n));
  return line;
}

static json_t *
run_benchmark (const SgBenchmark *benchmark, GError **error)
{
  g_autofree double *figures = g_new0 (double, benchmark->rounds);
  g_autofree double *references = g_new0 (double, benchmark->rounds);
  Samples samples = { figures, references };
  gpointer state = NULL;

  if (!benchmark->set_up (&state, error))
    return NULL;

  gboolean ok = take_samples (benchmark, state, &samples, error);
  benchmark->tear_down (state);
  return ok ? report (benchmark, &samples) : NULL;
}

static char *
readable_line (const json_t *line)
{
  const char *reference_name = json_string_value (json_object_get (line, "reference_name"));
  double figure = json_number_value (json_object_get (line, "figure"));
  g_autofree char *start =
    g_strdup_printf ("%-16s %12.4g %-8s", json_string_value (json_object_get (line, "name")), figure,
                     json_string_value (json_object_get (line, "unit")));

  if (!reference_name)
    return g_steal_pointer (&start);
  return g_strdup_printf ("%s  %.3f x %s (%.4g)", start, json_number_value (json_object_get (line, "ratio")),
                          reference_name, json_number_value (json_object_get (line, "reference")));
}

static gboolean
is_of_group (const char *name, const char *group)
{
  return g_str_has_prefix (name, group) && name[strlen (group)] == '-';
}

/* The one of that name, else those whose names begin with it and a dash. Returns whether there are any. */
static gboolean
find_benchmarks (const char *name, GPtrArray *found)
{
  guint n = found->len;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const SgBenchmark *benchmark = lists[i]; benchmark->name; benchmark++)
      if (g_str_equal (benchmark->name, name))
        {
          g_ptr_array_add (found, (gpointer)benchmark);
          return TRUE;
        }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const SgBenchmark *benchmark = lists[i]; benchmark->name; benchmark++)
      if (is_of_group (benchmark->name, name))
        g_ptr_array_add (found, (gpointer)benchmark);
  return found->len > n;
}

/* Those named, in that order; all where none is. FALSE where a name is not known; it has been said so. */
static gboolean
choose (const SgCommand *command, char **names, GPtrArray *chosen)
{
  for (char **name = names; *name; name++)
    if (!find_benchmarks (*name, chosen))
      {
        sg_command_misuse (command->name, _ ("no such benchmark: %s"), *name);
        return FALSE;
      }
  for (guint i = 0; !*names && i < G_N_ELEMENTS (lists); i++)
    for (const SgBenchmark *benchmark = lists[i]; benchmark->name; benchmark++)
      g_ptr_array_add (chosen, (gpointer)benchmark);
  return TRUE;
}

static gboolean
print_benchmark (const SgBenchmark *benchmark, gboolean json, GError **error)
{
  g_autoptr (json_t) line = run_benchmark (benchmark, error);
  g_autofree char *text = NULL;

  if (!line)
    return FALSE;
  text = json ? sg_json_dump (line, 0) : readable_line (line);
  return sg_command_print_line (text, error);
}

/* What cannot run here, for want of a display say, is no failure. Takes the error over where it is such. */
static gboolean
skip (const SgBenchmark *benchmark, GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    return FALSE;
  fprintf (stderr, _ ("%s: skipped: %s\n"), benchmark->name, error->message);
  g_error_free (error);
  return TRUE;
}

static SgExit
run_here (const SgBenchmark *benchmark, gboolean json)
{
  GError *error = NULL;

  if (print_benchmark (benchmark, json, &error) || skip (benchmark, error))
    return SG_EXIT_DONE;
  return sg_command_fail (error);
}

/* Each of several in a process of its own: what one leaves behind, as in the allocator's idea of what is
 * large, made a later reference a third faster. */
static SgExit
run_apart (const SgBenchmark *benchmark, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe",
                                                    "bench", benchmark->name, json ? "--json" : NULL, NULL);

  if (!child || !g_subprocess_wait (child, NULL, &error))
    return sg_command_fail (g_steal_pointer (&error));
  return g_subprocess_get_successful (child) ? SG_EXIT_DONE : SG_EXIT_FAILED;
}

static SgExit
list_all (const GPtrArray *chosen)
{
  GError *error = NULL;

  for (guint i = 0; i < chosen->len; i++)
    if (!sg_command_print_line (((const SgBenchmark *)chosen->pdata[i])->name, &error))
      return sg_command_fail (error);
  return SG_EXIT_DONE;
}

SgExit
sg_command_bench (const SgCommand *command, int argc, char **argv)
{
  gboolean json = FALSE, list = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON line a benchmark"), NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, N_ ("Print the names and run nothing"), NULL },
    { NULL }
  };
  g_auto (GStrv) names = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  SgExit status = SG_EXIT_DONE;

  if (!sg_command_parse (command, entries, argc, argv, &names, &status))
    return status;
  if (!choose (command, names, chosen))
    return SG_EXIT_USAGE;
  if (list)
    return list_all (chosen);
  for (guint i = 0; i < chosen->len; i++)
    {
      const SgBenchmark *benchmark = chosen->pdata[i];
      SgExit result = chosen->len > 1 ? run_apart (benchmark, json) : run_here (benchmark, json);

      if (result != SG_EXIT_DONE)
        status = result;
    }
  return status;
}
