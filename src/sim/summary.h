/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line in the log every five seconds while something is simulated: steps, pace, how long steps take. It is
 * an event of level info, so it is shown to who asks for it (SIMGEN_LOG=sim:info, --verbose). For the thread
 * that steps; pure but for the log.
 */
#pragma once

#include "base/metrics.h"

G_BEGIN_DECLS

#define SG_SIM_SUMMARY_INTERVAL (5 * G_USEC_PER_SEC)

typedef struct
{
  gint64 since_us;    /* 0: not begun */
  guint64 steps;      /* then */
  double simulated;   /* s, then */
  SgHistogram before; /* of batches, then */
} SgSimSummary;

/* Forgets what was; for a start, a pause and a new model. */
void sg_sim_summary_begin (SgSimSummary *self, gint64 now_us, guint64 steps, double simulated);

/* After each batch. TRUE where it was time for a line, which tells of the time since the last. */
gboolean sg_sim_summary_look (SgSimSummary *self, gint64 now_us, guint64 steps, double simulated);

G_END_DECLS
