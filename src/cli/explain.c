/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli explain: what an error's code means, and what to do. */
#include "cli/command.h"

#include <glib/gi18n.h>

#include "pipeline/error-name.h"

static char *
json_line (const char *name, const SgErrorCode *code)
{
  g_autoptr (json_t) line = json_pack ("{s:s, s:s, s:s}", "code", name, "class",
                                       sg_error_class_name (code->kind), "meaning", _ (code->meaning));

  if (code->remedy)
    json_object_set_new (line, "remedy", json_string (_ (code->remedy)));
  return sg_json_dump (line, 0);
}

static gboolean
explain (const char *name, const SgErrorCode *code, gboolean json, GError **error)
{
  g_autofree char *text =
    json ? json_line (name, code)
         : g_strdup_printf ("%s\n  %s%s%s", name, _ (code->meaning), code->remedy ? "\n  " : "",
                            code->remedy ? _ (code->remedy) : "");

  return sg_command_print_line (text, error);
}

static gboolean
explain_all (gboolean json, GError **error)
{
  guint n;
  const SgErrorDomain *const *domains = sg_error_domains (&n);

  for (guint i = 0; i < n; i++)
    for (guint code = 0; code < domains[i]->n_codes; code++)
      {
        g_autofree char *name = g_strdup_printf ("%s.%s", domains[i]->prefix, domains[i]->codes[code].name);

        if (!explain (name, &domains[i]->codes[code], json, error))
          return FALSE;
      }
  return TRUE;
}

SgExit
sg_command_explain (const SgCommand *command, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON line a code"), NULL }, { NULL }
  };
  g_auto (GStrv) operands = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &operands, &status))
    return status;

  const char *name = operands[0];
  const SgErrorCode *code = name ? sg_error_code_of_name (name) : NULL;

  if (name && !code)
    return sg_command_misuse (command->name, _ ("no such code: %s"), name);
  if (!(code ? explain (name, code, json, &error) : explain_all (json, &error)))
    return sg_command_fail (error);
  return SG_EXIT_DONE;
}
