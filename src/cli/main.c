/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli: SimGen without a window. The table of commands, and the options of the program itself. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "cli/command.h"
#include "config.h"
#include "physics/model.h"

static const SgCommand commands[] = {
  { "analyze", N_ ("INPUT..."), N_ ("Recognise what is drawn in sketches and pictures."), 1, G_MAXUINT,
    sg_command_analyze },
  { "compile", N_ ("INPUT"), N_ ("Turn a sketch, a picture or a PhysicsSpec into MJCF."), 1, 1,
    sg_command_compile },
  { "simulate", N_ ("INPUT"), N_ ("Run an input with no window, as fast as it goes."), 1, 1,
    sg_command_simulate },
  { "render", N_ ("INPUT"), N_ ("Draw one picture of an input's scene, with no display."), 1, 1,
    sg_command_render },
  { "check", N_ ("FILE"), N_ ("Tell all problems of a file that SimGen reads."), 1, 1, sg_command_check },
  { "history", N_ ("list|search TEXT|show ID|export ID|prune"),
    N_ ("Look into the sketches that are kept."), 1, 2, sg_command_history },
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
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, SG_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : NULL;

  set_locale ();
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
      return commands[i].run (&commands[i], argc - 1, argv + 1);
  return sg_command_misuse (NULL, _ ("no such command: %s"), name);
}
