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
  for (guint i = 0; i < scene->not_understood->len; i++)
    fprintf (stderr, _ ("note: not understood: %s\n"), (const char *)scene->not_understood->pdata[i]);
}
