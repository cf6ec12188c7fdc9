/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures of a run that have no column of their own in the history: where it began, which is needed to run it
 * again, and what moved. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double start;       /* simulated s at which it began; more than 0 where it went on from a pause */
  gboolean carried;   /* it went on from another model's state, for the drawing was changed: not repeatable */
  guint n_bodies;     /* that can move */
  guint n_contacts;   /* at its end */
  char recording[64]; /* name of its file (pipeline/live-recording.h); "": it was not recorded */
} SgRunFigures;

char *sg_run_figures_dump (const SgRunFigures *figures); /* JSON; (transfer full) */

/* Of a run without figures, or with others: from the start, and nothing moved. `json` (nullable). */
SgRunFigures sg_run_figures_parse (const char *json);

G_END_DECLS
