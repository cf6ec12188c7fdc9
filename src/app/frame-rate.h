/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much is drawn a second where 60 frames with all that belongs to them cannot be held: a pure state
 * machine over the times between frames. It settles: a step up that failed is tried again only after twice
 * the time.
 *
 *   FULL --late--> NO_SHADOWS --late--> HALF --late--> THIRD
 *        <--held for `patience`--   and so on, one step at a time
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_FRAMES_FULL,       /* 60 a second */
  SG_FRAMES_NO_SHADOWS, /* 60 a second, shadows where nothing moves */
  SG_FRAMES_HALF,       /* 30 a second */
  SG_FRAMES_THIRD,      /* 20 a second */
  SG_N_FRAMES_STEPS
} SgFramesStep;

typedef struct
{
  SgFramesStep step;
  guint n_frames, n_late; /* in the window that is open */
  double held_ms;         /* how long this step has been held */
  double patience_ms;     /* until the next try of the step above */
  gboolean trying;        /* this step is such a try */
  guint n_changes;        /* of step, since made */
} SgFrameRate;

void sg_frame_rate_init (SgFrameRate *rate);

/* A frame was drawn `gap_ms` after the one before it, both of something that moves all the time. TRUE where
 * the step is another now. A pause is no gap: call sg_frame_rate_pause. */
gboolean sg_frame_rate_add (SgFrameRate *rate, double gap_ms);
void sg_frame_rate_pause (SgFrameRate *rate);

/* ms that should lie between frames. */
double sg_frame_rate_get_gap (const SgFrameRate *rate);
gboolean sg_frame_rate_has_shadows (const SgFrameRate *rate);

G_END_DECLS
