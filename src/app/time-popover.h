/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The runs, branches, marks and starts of the simulation as lists: to go to, to name, to delete.
 */
#pragma once

#include <gtk/gtk.h>

#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_TIME_POPOVER (sg_time_popover_get_type ())
G_DECLARE_FINAL_TYPE (SgTimePopover, sg_time_popover, SG, TIME_POPOVER, GtkPopover)

typedef enum
{
  SG_TIME_BRANCH,
  SG_TIME_MARK,
  SG_TIME_START, /* a keyframe of the model; it can be gone to only */
} SgTimeThing;

/* Signals, with what it is and its identity (a start's number):
 *   "chosen" (SgTimeThing, guint)
 *   "named" (SgTimeThing, guint, const char *)
 *   "deleted" (SgTimeThing, guint) */

void
sg_time_popover_show (SgTimePopover *self, SgTimelineOverview *overview, SgModel *model); /* (nullable) */

G_END_DECLS
