/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli limits: the table of limits. */
#include "cli/command.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "base/limits.h"

static char *
json_line (const SgLimit *limit)
{
  g_autoptr (json_t) line =
    json_pack ("{s:s, s:I, s:s, s:s}", "name", limit->name, "value", (json_int_t)limit->value, "unit",
               sg_limit_unit_name (limit->unit), "what", limit->what);

  return sg_json_dump (line, 0);
}

static char *
readable_line (SgLimitId id)
{
  const SgLimit *limit = sg_limit_get (id);
  g_autofree char *figure = sg_limit_format (id, limit->value);

  return g_strdup_printf ("%-18s %-26s %s", limit->name, figure, _ (limit->what));
}

SgExit
sg_command_limits (const SgCommand *command, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON line a limit"), NULL }, { NULL }
  };
  g_auto (GStrv) operands = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &operands, &status))
    return status;
  for (SgLimitId id = 0; id < SG_N_LIMITS; id++)
    {
      g_autofree char *line = json ? json_line (sg_limit_get (id)) : readable_line (id);
      GError *error = NULL;

      if (!sg_command_print_line (line, &error))
        return sg_command_fail (error);
    }
  return SG_EXIT_DONE;
}
