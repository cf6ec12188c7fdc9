/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frames a second. */
#include "app/frame-counter.h"

#define WINDOW_US 500000

void
sg_frame_counter_add (SgFrameCounter *self, gint64 now_us)
{
  self->times[self->n_frames++ % SG_FRAME_COUNTER_ROOM] = now_us;
}

double
sg_frame_counter_get_rate (const SgFrameCounter *self, gint64 now_us)
{
  guint64 n = MIN (self->n_frames, SG_FRAME_COUNTER_ROOM);
  guint recent = 0;

  while (recent < n &&
         now_us - self->times[(self->n_frames - 1 - recent) % SG_FRAME_COUNTER_ROOM] < WINDOW_US)
    recent++;
  return recent * 1e6 / WINDOW_US;
}
