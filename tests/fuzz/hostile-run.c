/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hostile-run: opens one model after the other, whose paths come on standard input, as the window does, and
 * steps those that open. A line of JSON for each: what became of it, how long that took, and how large the
 * process is by then. That it comes to its end is the test. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "pipeline/error-name.h"
#include "pipeline/pipeline.h"
#include "sim/guard.h"

#define STEPS 20

/* MB of this process that are in memory. */
static double
resident (void)
{
  g_autofree char *text = NULL;
  long pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*s %ld", &pages);
  return pages * (double)sysconf (_SC_PAGESIZE) / 1e6;
}

static void
step (SgScene *scene, GError **error)
{
  g_autoptr (SgGuard) guard = sg_guard_new (scene->model);
  mjData *data = sg_model_make_data (scene->model, error);

  if (!data)
    return;
  sg_model_reset_data (scene->model, data);
  sg_guard_step (guard, data, STEPS, error);
  mj_deleteData (data);
}

static void
open_model (const char *path)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SgScene) scene = sg_pipeline_load (path, 1, NULL, NULL, NULL, &error);
  double verdict = (g_get_monotonic_time () - start) / 1e6;

  if (scene)
    step (scene, &error);
  double stepped = (g_get_monotonic_time () - start) / 1e6 - verdict;
  g_autofree char *name = error ? sg_error_name (error) : g_strdup ("good");
  g_autofree char *words = g_utf8_make_valid (error ? error->message : "", -1);
  g_autoptr (json_t) row =
    json_pack ("{s:s, s:s, s:s, s:o, s:o, s:o}", "file", path, "code", name, "message", words, "verdict_s",
               sg_json_number (verdict, 3), "steps_s", sg_json_number (stepped, 3), "resident_mb",
               sg_json_number (resident (), 1));
  g_autofree char *line = sg_json_dump (row, 0);

  puts (line);
  fflush (stdout);
}

int
main (void)
{
  char line[4096];

  while (fgets (line, sizeof line, stdin))
    {
      line[strcspn (line, "\n")] = '\0';
      open_model (line);
    }
  return 0;
}
