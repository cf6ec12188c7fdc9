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
double sg_frame_counter_get_rate (const SgFrameCounter *counter, gint64 now_us);

G_END_DECLS
