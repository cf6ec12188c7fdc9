/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a run began, as it is kept among its result figures: what is needed to run it again. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double start;     /* simulated s at which it began; more than 0 where it went on from a pause */
  gboolean carried; /* it went on from another model's state, for the drawing was changed: not repeatable */
} SgRunOrigin;

char *sg_run_origin_dump (const SgRunOrigin *origin); /* JSON; (transfer full) */

/* Of a run without figures, or with others: from the start. `json` (nullable). */
SgRunOrigin sg_run_origin_parse (const char *json);

G_END_DECLS
