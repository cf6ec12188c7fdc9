/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How soon ink is seen, on pages of many strokes: pen events are played to a canvas that
 * fills a window, as fast as it shows frames. One JSON line on standard output, then the window closes. */
#pragma once

#include <gtk/gtk.h>

#include "app/canvas.h"

G_BEGIN_DECLS

/* Once the window is shown. At 2,000 strokes, the time that 95 % are not above: event_95_ms from an event
 * to the end of the canvas' painting; frame_95_ms all that is done in a frame while drawing, the toolkit's
 * composing with it; own_95_ms the canvas' part of that, events and painting; interval_95_ms from frame to
 * frame, and empty_interval_95_ms the same of this window while it shows an empty area that is drawn anew;
 * undo_95_ms from the wish to the end of the painting. stroke_100_ms and stroke_5000_ms: the main thread's
 * work for a stroke on pages of so many, the median. */
void sg_bench_ink_run (GtkWindow *window, SgCanvas *canvas);

G_END_DECLS
