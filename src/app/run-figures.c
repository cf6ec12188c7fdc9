/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures of a run in JSON: {"bodies": 2, "carried": false, "contacts": 0, "start": 0.0} */
#include "app/run-figures.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define MAX_START 1e6 /* s */
#define MAX_COUNT 1000000

char *
sg_run_figures_dump (const SgRunFigures *figures)
{
  json_t *value = json_pack ("{s:b, s:f, s:i, s:i}", "carried", figures->carried, "start", figures->start,
                             "bodies", (int)figures->n_bodies, "contacts", (int)figures->n_contacts);
  if (figures->recording[0] != '\0')
    json_object_set_new (value, "recording", json_string (figures->recording));
  char *text = json_dumps (value, JSON_SORT_KEYS), *copy = g_strdup (text);

  free (text);
  json_decref (value);
  return copy;
}

static guint
read_count (const json_t *value, const char *name)
{
  return (guint)CLAMP (json_integer_value (json_object_get (value, name)), 0, MAX_COUNT);
}

SgRunFigures
sg_run_figures_parse (const char *json)
{
  SgRunFigures figures = { 0 };
  json_t *value = json != NULL ? json_loads (json, 0, NULL) : NULL;
  double start = json_number_value (json_object_get (value, "start"));

  if (isfinite (start) && start > 0 && start <= MAX_START)
    figures.start = start;
  figures.carried = json_is_true (json_object_get (value, "carried"));
  const char *recording = json_string_value (json_object_get (value, "recording"));
  if (recording != NULL && strlen (recording) < sizeof figures.recording && strchr (recording, '/') == NULL)
    g_strlcpy (figures.recording, recording,
               sizeof figures.recording); /* of that one folder, whoever says so */
  figures.n_bodies = read_count (value, "bodies");
  figures.n_contacts = read_count (value, "contacts");
  json_decref (value);
  return figures;
}
