/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli: SimGen without a window. The table of commands, and the options of the program itself. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/locale.h"
#include "base/log.h"
#include "cli/command.h"
#include "config.h"
#include "physics/model.h"
#include "store/metrics.h"

static const SgCommand commands[] = {
  { "analyze", N_ ("INPUT..."), N_ ("Recognise what is drawn in sketches and pictures."), 1, G_MAXUINT,
    sg_command_analyze },
  { "compile", N_ ("INPUT"), N_ ("Turn a sketch, a picture or a PhysicsSpec into MJCF."), 1, 1,
    sg_command_compile },
  { "simulate", N_ ("INPUT"), N_ ("Run an input with no window, as fast as it goes."), 1, 1,
    sg_command_simulate },
  { "serve", N_ ("INPUT"), N_ ("Run an input in real time and share it with browsers."), 1, 1,
    sg_command_serve },
  { "render", N_ ("INPUT"), N_ ("Draw one picture of an input's scene, with no display."), 1, 1,
    sg_command_render },
  { "thumbnail", N_ ("INPUT"), N_ ("Draw the small picture of a sketch that file browsers show."), 1, 1,
    sg_command_thumbnail, TRUE },
  { "export", N_ ("INPUT"), N_ ("Make a film, a page, a picture or a table of a run or a recording."), 1, 1,
    sg_command_export },
  { "info", N_ ("FILE"), N_ ("Tell what a recording holds."), 1, 1, sg_command_info },
  { "check", N_ ("FILE"), N_ ("Tell all problems of a file that SimGen reads."), 1, 1, sg_command_check },
  { "history", N_ ("list|search TEXT|show ID|export ID|prune|backup FILE|import FILE"),
    N_ ("Look into the sketches that are kept."), 1, 2, sg_command_history },
  { "metrics", "", N_ ("Tell how SimGen fared: durations, memory, caches, frames."), 0, 0,
    sg_command_metrics },
  { "report", "", N_ ("Tell what to send with a report of a defect; nothing of what was drawn."), 0, 0,
    sg_command_report },
  { "explain", N_ ("[CODE]"), N_ ("Tell what an error's code means and what to do."), 0, 1,
    sg_command_explain },
  { "limits", "", N_ ("Tell the largest inputs that SimGen takes."), 0, 0, sg_command_limits },
  { "cache", N_ ("stats|clear"), N_ ("Tell what is kept of what was computed, or forget it."), 1, 1,
    sg_command_cache },
  { "bench", N_ ("[NAME...]"), N_ ("Measure how fast SimGen is on this machine."), 0, G_MAXUINT,
    sg_command_bench },
};

static void
print_help (void)
{
  g_print ("%s\n  simgen-cli %s\n  simgen-cli --help | --version\n\n%s\n", _ ("Usage:"),
           _ ("COMMAND [OPTION...] [OPERAND...]"), _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("\n%s\n", _ ("\"simgen-cli COMMAND --help\" tells a command's options."));
}

static SgExit
print_version (void)
{
  GError *error = NULL;

  if (!sg_model_init_library (&error))
    return sg_command_fail (error);
  g_print ("simgen-cli %s (MuJoCo %s)\n", SG_VERSION, mj_versionString ());
  return SG_EXIT_DONE;
}

/* Messages in the person's language; numbers as programs read them. */
static void
set_locale (void)
{
  sg_locale_begin ();
  setlocale (LC_NUMERIC, "C");
}

static gboolean
is_verbose (char **argv)
{
  for (char **argument = argv + 1; *argument && !g_str_equal (*argument, "--"); argument++)
    if (g_str_equal (*argument, SG_VERBOSE_OPTION))
      return TRUE;
  return FALSE;
}

/* Errors are told as lines of their own (contract), so the log is silent unless it is asked for. */
static void
begin_log (char **argv)
{
  const SgLogOptions options = {
    .program = "simgen-cli",
    .most = is_verbose (argv) ? G_LOG_LEVEL_INFO : G_LOG_LEVEL_CRITICAL,
  };

  sg_log_install (&options);
}

/* A run that only told something, as of limits, is not worth opening the history: that takes longer than
 * it. */
static gboolean
is_worth_keeping (void)
{
  g_autoptr (SgFigures) figures = sg_metrics_read (sg_metrics_process ());

  figures->operations[SG_OPERATION_CLI_OTHER] = (SgHistogram){ 0 };
  return !sg_figures_are_empty (figures);
}

/* What a run took goes into the history, beside whatever else is counted, unless SIMGEN_METRICS is "off". */
static SgExit
run_command (const SgCommand *command, int argc, char **argv)
{
  g_autofree char *name = g_strdup_printf ("cli.%s", command->name);
  int operation = sg_operation_from_name (name);
  gint64 start = sg_metrics_now ();
  SgExit status = command->run (command, argc, argv);

  sg_log_operation ("simgen-cli", operation >= 0 ? operation : SG_OPERATION_CLI_OTHER, start);
  if (!command->leaves_no_trace && g_strcmp0 (g_getenv ("SIMGEN_METRICS"), "off") != 0 && is_worth_keeping ())
    sg_metrics_write_briefly (NULL);
  return status;
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : NULL;

  set_locale ();
  begin_log (argv);
  if (!name)
    return sg_command_misuse (NULL, "%s", _ ("no command given"));
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help"))
    {
      print_help ();
      return SG_EXIT_DONE;
    }
  if (g_str_equal (name, "--version"))
    return print_version ();
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i].name))
      return run_command (&commands[i], argc - 1, argv + 1);
  return sg_command_misuse (NULL, _ ("no such command: %s"), name);
}
