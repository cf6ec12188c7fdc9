/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frames a second. */
#include "app/frame-counter.h"

#include "base/metrics.h"

#define WINDOW_US 500000
#define LATE_US 25000   /* one and a half intervals of 60 Hz */
#define PAUSE_US 250000 /* nothing moved in between: no frame was due */

void
sg_frame_counter_add (SgFrameCounter *self, gint64 now_us)
{
  gint64 gap =
    self->n_frames > 0 ? now_us - self->times[(self->n_frames - 1) % SG_FRAME_COUNTER_ROOM] : PAUSE_US;

  self->times[self->n_frames++ % SG_FRAME_COUNTER_ROOM] = now_us;
  sg_metrics_add (sg_metrics_process (), SG_COUNTER_FRAMES, 1);
  if (gap < PAUSE_US)
    sg_metrics_record (sg_metrics_process (), SG_OPERATION_FRAME, 1000 * gap);
  if (gap < PAUSE_US && gap > LATE_US)
    sg_metrics_add (sg_metrics_process (), SG_COUNTER_FRAMES_LATE, 1);
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
