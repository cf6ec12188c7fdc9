/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options and errors of the commands. */
#include "config.h"

#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/error.h"
#include "base/file.h"
#include "pipeline/error-name.h"

/* Messages quote what came from outside: line feeds and other control characters must not forge lines. */
static char *
one_line (const char *message)
{
  char *line = g_utf8_make_valid (message, -1);

  for (char *c = line; *c; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_strchomp (line);
}

void
sg_command_print_error (const GError *error)
{
  g_autofree char *name = sg_error_name (error);
  g_autofree char *message = one_line (error->message);

  fprintf (stderr, "simgen-cli: %s: %s\n", name, message);
  sg_error_log ("simgen-cli", error);
}

SgExit
sg_command_fail (GError *error)
{
  sg_command_print_error (error);
  g_error_free (error);
  return SG_EXIT_FAILED;
}

SgExit
sg_command_misuse (const char *command, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *line = one_line (text);

  fprintf (stderr, "simgen-cli: %s\n", line);
  fprintf (stderr, _ ("Try \"simgen-cli %s%s--help\".\n"), command ? command : "", command ? " " : "");
  return SG_EXIT_USAGE;
}

gboolean
sg_command_print_line (const char *text, GError **error)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return sg_file_write ("-", line, strlen (line), error);
}

gboolean
sg_command_parse (const SgCommand *command,
                  const GOptionEntry *entries,
                  int argc,
                  char **argv,
                  GStrv *operands,
                  SgExit *status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->operands);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = NULL;
  g_autofree char *program = g_strdup_printf ("simgen-cli %s", command->name);
  gboolean verbose; /* main knows it already */
  const GOptionEntry remaining[] = {
    { SG_VERBOSE_OPTION + 2, 0, 0, G_OPTION_ARG_NONE, &verbose, N_ ("Tell what goes on, on standard error"),
      NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    { NULL }
  };

  /* GOption takes the name that --help shows from here */
  argv[0] = program;
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, remaining, GETTEXT_PACKAGE);
  g_set_prgname (program);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      *status = sg_command_misuse (command->name, "%s", error->message);
      return FALSE;
    }

  guint n = rest ? g_strv_length (rest) : 0;
  if (n > 0 && command->max_operands == 0)
    {
      *status = sg_command_misuse (command->name, _ ("%s takes nothing but options"), command->name);
      return FALSE;
    }
  if (n < command->min_operands || n > command->max_operands)
    {
      *status = sg_command_misuse (command->name, _ ("%s takes %s, not %u"), command->name,
                                   command->operands, n);
      return FALSE;
    }
  *operands = rest ? g_steal_pointer (&rest) : g_new0 (char *, 1);
  return TRUE;
}
