/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The origin of a run in JSON: {"carried": false, "start": 0.0} */
#include "app/run-origin.h"

#include <jansson.h>
#include <math.h>

#define MAX_START 1e6 /* s */

char *
sg_run_origin_dump (const SgRunOrigin *origin)
{
  json_t *value = json_pack ("{s:b, s:f}", "carried", origin->carried, "start", origin->start);
  char *text = json_dumps (value, JSON_SORT_KEYS), *copy = g_strdup (text);

  free (text);
  json_decref (value);
  return copy;
}

SgRunOrigin
sg_run_origin_parse (const char *json)
{
  SgRunOrigin origin = { 0 };
  json_t *value = json != NULL ? json_loads (json, 0, NULL) : NULL;
  double start = json_number_value (json_object_get (value, "start"));

  if (isfinite (start) && start > 0 && start <= MAX_START)
    origin.start = start;
  origin.carried = json_is_true (json_object_get (value, "carried"));
  json_decref (value);
  return origin;
}
