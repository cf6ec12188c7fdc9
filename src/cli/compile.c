/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli compile: an input as MJCF that stock MuJoCo loads, and as PhysicsSpec. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/file.h"
#include "cli/scene.h"
#include "physics/spec-json.h"
#include "pipeline/save-mjcf.h"
#include "pipeline/error.h"

static gboolean
write_text (const char *path, const char *text, GError **error)
{
  return sg_file_write (path, text, strlen (text), error);
}

static gboolean
write_results (
  const SgScene *scene, const char *input, const char *output, const char *spec_output, GError **error)
{
  if (spec_output)
    {
      g_autofree char *text = sg_spec_dump (scene->spec);
      g_autofree char *line = g_strconcat (text, "\n", NULL);

      if (!write_text (spec_output, line, error))
        return FALSE;
    }
  return sg_save_mjcf (scene, scene->files ? input : NULL, output ? output : "-", error);
}

SgExit
sg_command_compile (const SgCommand *command, int argc, char **argv)
{
  g_autofree char *words = NULL, *output = NULL, *spec_output = NULL;
  gboolean no_cache = FALSE;
  int page = 1;
  const GOptionEntry entries[] = { SG_WORDS_OPTION (&words),
                                   SG_PAGE_OPTION (&page),
                                   SG_NO_CACHE_OPTION (&no_cache),
                                   { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
                                     N_ ("Where the MJCF goes; - or none: standard output"), "OUT.xml" },
                                   { "spec", 0, 0, G_OPTION_ARG_FILENAME, &spec_output,
                                     N_ ("Write the PhysicsSpec too"), "OUT.json" },
                                   { NULL } };
  g_auto (GStrv) inputs = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &inputs, &status))
    return status;
  if (!sg_command_understand_page (command, page))
    return SG_EXIT_USAGE;

  g_autoptr (SgCommandCache) cache = sg_command_open_cache (no_cache);
  g_autoptr (SgScene) scene = sg_pipeline_load (inputs[0], (guint)page, words, cache, NULL, &error);
  if (scene && scene->files && spec_output)
    {
      error = g_error_new (SG_PIPELINE_ERROR, SG_PIPELINE_ERROR_UNSUPPORTED,
                           _ ("%s: a model of another program has no PhysicsSpec"), inputs[0]);
      return sg_command_fail (error);
    }
  if (!scene || !write_results (scene, inputs[0], output, spec_output, &error))
    return sg_command_fail (error);
  sg_command_print_notes (scene);
  return SG_EXIT_DONE;
}
