/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frames a second, measured over the last half second. A plain struct. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_FRAME_COUNTER_ROOM 128

typedef struct
{
  gint64 times[SG_FRAME_COUNTER_ROOM]; /* monotonic us, a ring */
  guint64 n_frames;                    /* since made */
} SgFrameCounter;

void sg_frame_counter_add (SgFrameCounter *counter, gint64 now_us);
/* Of the last SG_FRAME_COUNTER_ROOM times between frames the one, in ms, that `share` (0..1) of them are
 * not above; 0 where there are none. */
double sg_frame_counter_get_gap (const SgFrameCounter *counter, double share);
double sg_frame_counter_get_rate (const SgFrameCounter *counter, gint64 now_us);

G_END_DECLS
