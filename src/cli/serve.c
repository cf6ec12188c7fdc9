/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli serve: a run in real time, shared with browsers, with no window. */
#include "cli/command.h"

#include <string.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "base/json.h"
#include "base/limits.h"
#include "cli/scene.h"
#include "sim/simulation.h"
#include "stream/share.h"

typedef struct
{
  double seconds; /* 0: until it is interrupted */
  gboolean paused, figures, no_cache;
  char *words; /* (owned) */
  int page;
  SgShareOptions share;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct
{
  GMainLoop *loop;
  SgSimulation *simulation;
  SgShare *share;
  GError *error;
} Serving;

static gboolean
print (Serving *serving, json_t *line)
{
  g_autoptr (json_t) owned = line;
  g_autofree char *text = sg_json_dump (owned, 0);

  if (sg_command_print_line (text, serving->error ? NULL : &serving->error))
    return TRUE;
  g_main_loop_quit (serving->loop);
  return FALSE;
}

static gboolean
print_link (Serving *serving, const char *path)
{
  g_autofree char *input = g_filename_display_name (path);

  return print (serving,
                json_pack ("{s:s, s:s, s:i, s:s}", "input", input, "url", sg_share_get_url (serving->share),
                           "port", (int)sg_share_get_port (serving->share), "token",
                           sg_share_get_token (serving->share)));
}

static gboolean
figures_cb (gpointer data)
{
  Serving *serving = data;
  SgSimulationStats stats;
  SgShareFigures figures;

  sg_simulation_get_stats (serving->simulation, &stats);
  sg_share_get_figures (serving->share, &figures);
  return print (serving,
                json_pack ("{s:o, s:o, s:i, s:I, s:I, s:I, s:o, s:o, s:o, s:I, s:o}", "time",
                           sg_json_number (stats.time, 3), "real_time_factor",
                           sg_json_number (stats.real_time_factor, 3), "guests", (int)figures.n_guests,
                           "sent", (json_int_t)figures.n_sent, "dropped", (json_int_t)figures.n_dropped,
                           "bytes", (json_int_t)figures.n_bytes, "ratio", sg_json_number (figures.ratio, 2),
                           "encode_p50_us", sg_json_number (figures.encode_p50, 2), "encode_p99_us",
                           sg_json_number (figures.encode_p99, 2), "queue", (json_int_t)figures.queue,
                           "round_trip_ms", sg_json_number (figures.round_trip * 1e3, 2)));
}

static void
control_cb (SgShare *share, const SgShareControl *control, Serving *serving)
{
  switch (control->kind)
    {
    case SG_SHARE_PLAY:
      sg_simulation_play (serving->simulation);
      break;
    case SG_SHARE_PAUSE:
      sg_simulation_pause (serving->simulation);
      break;
    case SG_SHARE_PULL:
      if (control->model == sg_simulation_get_model (serving->simulation))
        sg_simulation_pull (serving->simulation, &control->pull);
      break;
    case SG_SHARE_LET_GO:
      sg_simulation_let_go (serving->simulation);
    }
}

static void
stopped_cb (SgSimulation *simulation, const GError *error, Serving *serving)
{
  if (!serving->error)
    serving->error = g_error_copy (error);
  g_main_loop_quit (serving->loop);
}

static gboolean
end_cb (gpointer data)
{
  g_main_loop_quit (((Serving *)data)->loop);
  return G_SOURCE_CONTINUE;
}

static void
wait_for_end (Serving *serving, const Options *options)
{
  guint sources[] = {
    g_unix_signal_add (SIGINT, end_cb, serving),
    g_unix_signal_add (SIGTERM, end_cb, serving),
    options->seconds > 0 ? g_timeout_add ((guint)(1000 * options->seconds), end_cb, serving) : 0,
    options->figures ? g_timeout_add_seconds (SG_SHARE_FIGURES_SECONDS, figures_cb, serving) : 0,
  };

  g_main_loop_run (serving->loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i] != 0)
      g_clear_handle_id (&sources[i], g_source_remove);
}

static gboolean
serve (const SgScene *scene, const char *path, const Options *options, GError **error)
{
  g_autoptr (SgTap) tap = sg_tap_new ();
  g_autoptr (SgShare) share = sg_share_new (tap, &options->share, error);
  g_autoptr (SgSimulation) simulation = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (!share)
    return FALSE;
  simulation = sg_simulation_new ();
  Serving serving = { loop, simulation, share, NULL };

  g_signal_connect (share, "control", G_CALLBACK (control_cb), &serving);
  g_signal_connect (simulation, "stopped", G_CALLBACK (stopped_cb), &serving);
  sg_simulation_set_tap (simulation, tap);
  sg_simulation_set_model (simulation, scene->model);
  if (!options->paused)
    sg_simulation_play (simulation);
  if (print_link (&serving, path))
    wait_for_end (&serving, options);
  sg_simulation_set_tap (simulation, NULL);
  sg_share_stop (share);
  if (!serving.error)
    return TRUE;
  g_propagate_error (error, serving.error);
  return FALSE;
}

static gboolean
load_and_serve (const char *path, const Options *options, GError **error)
{
  g_autoptr (SgCommandCache) cache = sg_command_open_cache (options->no_cache);
  g_autoptr (SgScene) scene =
    sg_pipeline_load (path, (guint)options->page, options->words, cache, NULL, error);

  if (!scene)
    return FALSE;
  sg_command_print_notes (scene);
  if (options->share.token && strlen (options->share.token) < SG_SHARE_TOKEN_CHARACTERS)
    g_printerr (_ ("note: a token of fewer than %d characters may be guessed.\n"), SG_SHARE_TOKEN_CHARACTERS);
  return serve (scene, path, options, error);
}

SgExit
sg_command_serve (const SgCommand *command, int argc, char **argv)
{
  g_auto (Options) options = { .page = 1 };
  g_autofree char *token = NULL, *address = NULL;
  int port = 0;
  const GOptionEntry entries[] = {
    SG_WORDS_OPTION (&options.words),
    SG_PAGE_OPTION (&options.page),
    SG_NO_CACHE_OPTION (&options.no_cache),
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_ ("Port to listen at (default: 7463, or a free one)"), "N" },
    { "token", 0, 0, G_OPTION_ARG_STRING, &token, N_ ("Secret in the link (default: a random one)"),
      "TOKEN" },
    { "bind", 0, 0, G_OPTION_ARG_STRING, &address, N_ ("Address to listen at (default: all of them)"),
      "ADDRESS" },
    { "control", 0, 0, G_OPTION_ARG_NONE, &options.share.control,
      N_ ("Who has the link may play, pause and drag"), NULL },
    { "paused", 0, 0, G_OPTION_ARG_NONE, &options.paused, N_ ("Begin paused"), NULL },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds,
      N_ ("End after that time (default: when interrupted)"), "S" },
    { "figures", 0, 0, G_OPTION_ARG_NONE, &options.figures, N_ ("Print a line of figures every 5 s"),
      NULL },
    { NULL }
  };
  g_auto (GStrv) inputs = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &inputs, &status))
    return status;
  if (port < 0 || port > G_MAXUINT16)
    return sg_command_misuse (command->name, _ ("--port takes 1 to %d"), G_MAXUINT16);
  if (!(options.seconds >= 0 && options.seconds <= SG_LIMIT_SIMULATED_SECONDS))
    return sg_command_misuse (command->name, _ ("--seconds takes 0 to %d"), SG_LIMIT_SIMULATED_SECONDS);
  if (!sg_command_understand_page (command, options.page))
    return SG_EXIT_USAGE;
  options.share.port = port;
  options.share.token = token;
  options.share.address = address;
  if (!load_and_serve (inputs[0], &options, &error))
    return sg_command_fail (error);
  return SG_EXIT_DONE;
}
