/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is told of a scene beside the results. */
#include "cli/scene.h"

#include <stdio.h>

#include <glib/gi18n.h>

void
sg_command_print_notes (const SgScene *scene)
{
  const SgReading *reading = scene->reading;

  for (guint i = 0; reading && i < reading->issues->len; i++)
    fprintf (stderr, _ ("note: %s\n"), g_array_index (reading->issues, SgIssue, i).message);
  for (guint i = 0; i < scene->spec->notes->len; i++)
    fprintf (stderr, _ ("note: %s\n"), (const char *)scene->spec->notes->pdata[i]);
  for (guint i = 0; i < scene->statements->len; i++)
    {
      const SgStatement *statement = &g_array_index (scene->statements, SgStatement, i);

      if (statement->reason == SG_WORDS_UNDERSTOOD)
        fprintf (stderr, _ ("note: understood: %s\n"), statement->text);
      else
        fprintf (stderr, _ ("note: not understood: %.*s (%s): %s\n"),
                 (int)(statement->end - statement->begin), scene->words + statement->begin,
                 sg_words_reason_name (statement->reason), statement->text);
    }
}

gboolean
sg_command_understand_page (const SgCommand *command, int number)
{
  if (number >= 1)
    return TRUE;
  sg_command_misuse (command->name, "%s", _ ("--page takes 1 or more"));
  return FALSE;
}

SgCache *
sg_command_open_cache (gboolean no_cache)
{
  return no_cache ? NULL : sg_cache_new_of_person (NULL);
}

void
sg_command_close_cache (SgCache *cache)
{
  if (!cache)
    return;
  sg_cache_flush (cache);
  g_autofree char *notice = sg_cache_take_notice (cache);
  if (notice)
    fprintf (stderr, _ ("note: %s\n"), notice);
  sg_cache_unref (cache);
}
