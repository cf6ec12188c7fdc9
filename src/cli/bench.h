/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A benchmark: a figure, and where it has one a reference, sampled in turn in the same run, so that the
 * machine's mood is the same for both. What is printed are medians, the ratio's that of the rounds' ratios;
 * warm-up is not counted.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *unit;
  const char *reference_name; /* (nullable) with measure_reference */
  guint rounds;               /* samples; an eighth of them more are warm-up */

  /* The state that the samples share. FALSE with `error` where it cannot be had; G_IO_ERROR_NOT_SUPPORTED
   * where this machine has not what it takes, which skips the benchmark. */
  gboolean (*set_up) (gpointer *state, GError **error);
  /* One sample in `unit`; negative with `error` where it failed. */
  double (*measure) (gpointer state, GError **error);
  double (*measure_reference) (gpointer state, GError **error);
  void (*tear_down) (gpointer state);
} SgBenchmark;

/* The lists of the files cli/bench-*.c, each ended by an entry with no name. */
extern const SgBenchmark sg_bench_recognise[];
extern const SgBenchmark sg_bench_photo[]; /* photographs */
extern const SgBenchmark sg_bench_physics[];
extern const SgBenchmark sg_bench_render[];
extern const SgBenchmark sg_bench_wait[];
extern const SgBenchmark sg_bench_app[];
extern const SgBenchmark sg_bench_history[];
extern const SgBenchmark sg_bench_metrics[];
extern const SgBenchmark sg_bench_cache[];
extern const SgBenchmark sg_bench_stream[];
extern const SgBenchmark sg_bench_words[]; /* a sentence */

/* Milliseconds of real time that `work` takes. */
double sg_bench_time (void (*work) (gpointer data), gpointer data);

G_END_DECLS
