/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli simulate: a run with no window, its figures and its table. */
#include "cli/command.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "cli/scene.h"
#include "pipeline/explanation.h"
#include "sim/run.h"
#include "stream/recording.h"

static char *
json_result (const char *path, const SgRunResult *result)
{
  g_autofree char *input = g_filename_display_name (path);
  g_autoptr (json_t) object = json_pack (
    "{s:s, s:I, s:o, s:o, s:o, s:o, s:i, s:o, s:o}", "input", input, "steps", (json_int_t)result->steps,
    "simulated", sg_json_number (result->simulated, 9), "wall", sg_json_number (result->wall, 6),
    "steps_per_second", sg_json_number (result->steps_per_second, 1), "real_time_factor",
    sg_json_number (result->real_time_factor, 3), "warnings", (int)result->n_warnings, "energy_first",
    sg_json_number (result->energy_first, 9), "energy_last", sg_json_number (result->energy_last, 9));

  return sg_json_dump (object, 0);
}

static char *
readable_result (const SgRunResult *result)
{
  return g_strdup_printf (
    _ ("%" PRIu64 " steps, %.3f s simulated in %.3f s (%.0f steps/s, %.1f x real "
       "time); energy %.6g J, then %.6g J; warnings: %u"),
    result->steps, result->simulated, result->wall, result->steps_per_second, result->real_time_factor,
    result->energy_first, result->energy_last, result->n_warnings);
}

typedef struct
{
  double seconds;
  char *csv, *record;
  gboolean json, explain;
} Options;

#define RECORD_RATE 60 /* frames a simulated second */

static gboolean
record_frame (const mjData *data, guint64 steps, gpointer recorder, GError **error)
{
  return sg_recorder_add (recorder, data, steps, error);
}

static SgRecorder *
begin_recording (const SgScene *scene, const char *path, GError **error)
{
  const SgRecordingSource source = { .mjcf = scene->mjcf };

  return sg_recorder_new (path, scene->model, &source, error);
}

/* A run that diverged leaves its table and its recording all the same: what went wrong can be seen there. */
static gboolean
run (const SgScene *scene, const char *path, const Options *options, GError **error)
{
  g_autoptr (SgRecorder) recorder =
    options->record ? begin_recording (scene, options->record, error) : NULL;
  const SgRunOptions run_options = { .seconds = options->seconds,
                                     .frame = recorder ? record_frame : NULL,
                                     .frame_rate = RECORD_RATE,
                                     .user_data = recorder };
  GString *csv = options->csv ? g_string_new (NULL) : NULL;
  SgRunResult result;
  gboolean ok =
    (recorder || !options->record) && sg_run (scene->model, &run_options, &result, csv, NULL, error);

  if (recorder)
    ok = sg_recorder_end (recorder, ok ? error : NULL) && ok;
  if (csv)
    {
      ok = sg_file_write (options->csv, csv->str, csv->len, ok ? error : NULL) && ok;
      g_string_free (csv, TRUE);
    }
  if (!ok)
    return FALSE;

  g_autofree char *text = options->json ? json_result (path, &result) : readable_result (&result);
  return sg_command_print_line (text, error);
}

static gboolean
explain (const SgScene *scene, GError **error)
{
  g_autofree char *text = sg_explanation_of_scene (scene, NULL, error);

  return text && sg_command_print_line (text, error);
}

SgExit
sg_command_simulate (const SgCommand *command, int argc, char **argv)
{
  g_autofree char *words = NULL, *csv = NULL, *record = NULL;
  Options options = { .seconds = 10 };
  gboolean no_cache = FALSE;
  int page = 1;
  const GOptionEntry entries[] = {
    SG_WORDS_OPTION (&words),
    SG_PAGE_OPTION (&page),
    SG_NO_CACHE_OPTION (&no_cache),
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, N_ ("Simulated time (default: 10)"), "S" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &csv, N_ ("Write a table of what moved, a row a step"),
      "OUT.csv" },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &record, N_ ("Record the run"), "OUT.simrec" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print the run's figures as JSON"), NULL },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &options.explain,
      N_ ("Say in words what it does and why, instead"), NULL },
    { NULL }
  };
  g_auto (GStrv) inputs = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &inputs, &status))
    return status;
  if (!(options.seconds >= 0 && options.seconds <= SG_LIMIT_SIMULATED_SECONDS))
    return sg_command_misuse (command->name, _ ("--seconds takes 0 to %d"), SG_LIMIT_SIMULATED_SECONDS);
  if (!sg_command_understand_page (command, page))
    return SG_EXIT_USAGE;
  options.csv = csv;
  options.record = record;

  g_autoptr (SgCommandCache) cache = sg_command_open_cache (no_cache);
  g_autoptr (SgScene) scene = sg_pipeline_load (inputs[0], (guint)page, words, cache, NULL, &error);
  if (!scene || !(options.explain ? explain (scene, &error) : run (scene, inputs[0], &options, &error)))
    return sg_command_fail (error);
  sg_command_print_notes (scene);
  return SG_EXIT_DONE;
}
