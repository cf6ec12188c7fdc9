/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window costs: the program is started as a person would, and asked for its first frame and its
 * memory (`simgen --bench-start`), against an empty libadwaita window (`simgen --bench-empty`). */
#include "cli/bench.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "base/json.h"

/* Beside this program once installed, in the folder beside its own before. */
static char *
find_app (void)
{
  static const char *const places[] = { "simgen", "../app/simgen" };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self ? g_path_get_dirname (self) : g_strdup (".");

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static gboolean
set_up (gpointer *state, GError **error)
{
  if (!g_getenv ("DISPLAY") && !g_getenv ("WAYLAND_DISPLAY"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("no display"));
      return FALSE;
    }
  *state = find_app ();
  if (*state)
    return TRUE;
  g_set_error_literal (error, SG_BASE_ERROR, SG_BASE_ERROR_READ, _ ("simgen is not beside simgen-cli"));
  return FALSE;
}

/* Runs the app with `option` and returns one member of the JSON that it prints; negative with `error`. */
static double
ask (const char *app, const char *option, const char *member, GError **error)
{
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, app, option, NULL);
  g_autoptr (GBytes) output = NULL;
  double value;

  if (!process || !g_subprocess_communicate (process, NULL, NULL, &output, NULL, error))
    return -1;

  g_autoptr (json_t) answer =
    sg_json_parse (app, g_bytes_get_data (output, NULL), g_bytes_get_size (output), error);
  if (!answer)
    return -1;
  if (sg_json_get_number (json_object_get (answer, member), &value) && value >= 0)
    return value;
  g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_JSON, _ ("%s %s: no %s in what it printed"), app, option,
               member);
  return -1;
}

static double
measure_start (gpointer app, GError **error)
{
  return ask (app, "--bench-start", "first_frame_ms", error);
}

static double
measure_start_empty (gpointer app, GError **error)
{
  return ask (app, "--bench-empty", "first_frame_ms", error);
}

static double
measure_memory (gpointer app, GError **error)
{
  return ask (app, "--bench-start", "rss_mb", error);
}

static double
measure_memory_empty (gpointer app, GError **error)
{
  return ask (app, "--bench-empty", "rss_mb", error);
}

/* While a sketch of ten bodies plays at 900 x 600: from one frame to the next, and what is done in each, the
 * time that 95 % are not above. */
static double
measure_frame (gpointer app, GError **error)
{
  return ask (app, "--bench-frames", "gap_95_ms", error);
}

static double
measure_frame_empty (gpointer app, GError **error)
{
  return ask (app, "--bench-redrawn", "gap_95_ms", error);
}

static double
measure_frame_work (gpointer app, GError **error)
{
  return ask (app, "--bench-frames", "work_95_ms", error);
}

static double
refresh (gpointer app, GError **error)
{
  return 1000.0 / 60;
}

static double
measure_paused (gpointer app, GError **error)
{
  return ask (app, "--bench-frames", "paused_cpu_percent", error);
}

static double
paused_limit (gpointer app, GError **error)
{
  return 2;
}

/* Drawing in a real window (src/app/bench-ink.h). */
static double
measure_ink_event (gpointer app, GError **error)
{
  return ask (app, "--bench-ink", "event_95_ms", error);
}

static double
measure_ink_frame (gpointer app, GError **error)
{
  return ask (app, "--bench-ink", "frame_95_ms", error);
}

static double
measure_ink_interval (gpointer app, GError **error)
{
  return ask (app, "--bench-ink", "interval_ratio", error);
}

static double
measure_ink_undo (gpointer app, GError **error)
{
  return ask (app, "--bench-ink", "undo_95_ms", error);
}

static double
measure_ink_growth (gpointer app, GError **error)
{
  return ask (app, "--bench-ink", "stroke_ratio", error);
}

static double
event_limit (gpointer app, GError **error)
{
  return 4;
}

static double
frame_limit (gpointer app, GError **error)
{
  return 16;
}

/* The frame clock's own rhythm, and as much again as it is late by itself. */
static double
interval_limit (gpointer app, GError **error)
{
  return 1.1;
}

static double
growth_limit (gpointer app, GError **error)
{
  return 1.2;
}

const SgBenchmark sg_bench_app[] = {
  { "start", "ms", "empty libadwaita window", 8, set_up, measure_start, measure_start_empty, g_free },
  { "memory", "MB", "empty libadwaita window", 3, set_up, measure_memory, measure_memory_empty, g_free },
  { "frame", "ms", "empty window redrawn", 3, set_up, measure_frame, measure_frame_empty, g_free },
  { "frame-work", "ms", "60 frames a second", 3, set_up, measure_frame_work, refresh, g_free },
  { "paused", "%", "2 % of a core", 2, set_up, measure_paused, paused_limit, g_free },
  { "ink-event", "ms", "4 ms to the painted ink", 1, set_up, measure_ink_event, event_limit, g_free },
  { "ink-frame", "ms", "16 ms a frame", 1, set_up, measure_ink_frame, frame_limit, g_free },
  { "ink-interval",
    "x",
    "1.1 times an empty window's",
    1,
    set_up,
    measure_ink_interval,
    interval_limit,
    g_free },
  { "ink-undo", "ms", "16 ms to the painted ink", 1, set_up, measure_ink_undo, frame_limit, g_free },
  { "ink-growth", "x", "1.2 times the 100th stroke", 1, set_up, measure_ink_growth, growth_limit, g_free },
  { NULL },
};
