/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two runs beside each other: their figures in a table, and their curves in one plot a figure. Curves are not
 * kept: both models are run again, with no window, as long as the runs were.
 */
#pragma once

#include <adwaita.h>

#include "store/cache.h"
#include "store/history.h"

G_BEGIN_DECLS

#define SG_TYPE_RUN_COMPARE (sg_run_compare_get_type ())
G_DECLARE_FINAL_TYPE (SgRunCompare, sg_run_compare, SG, RUN_COMPARE, AdwBin)

/* Knows readings of drawings, whose things the runs' bodies are called by; (nullable). */
void sg_run_compare_set_cache (SgRunCompare *self, SgCache *cache);

/* Signal "closed". */
void sg_run_compare_show (SgRunCompare *self,
                          SgHistory *history,
                          SgRunEntry *const runs[2],
                          const char *const titles[2]); /* of their sketches */

void sg_run_compare_clear (SgRunCompare *self); /* stops what is being computed */

void sg_run_compare_set_decoration (SgRunCompare *self, const char *layout); /* of its header bar */

G_END_DECLS
