/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What simgen-cli bench starts to learn how long the program takes to its first frame, and what it weighs:
 * one JSON line on standard output, then the end. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  SG_BENCH_PLAYING, /* the whole window with an example playing */
  SG_BENCH_FRAMES,  /* the same at 900 x 600 with one of many bodies, for longer, and then paused */
  SG_BENCH_SHARED,  /* the same and shared: its first line is the link (tests/eval/share.py) */
  SG_BENCH_INK,     /* a canvas in a window that is drawn in: app/bench-ink.h */
  SG_BENCH_EMPTY,   /* an empty libadwaita window, to compare with */
  SG_BENCH_REDRAWN, /* an empty one of 900 x 600 that is drawn at every frame */
  SG_BENCH_GL       /* the same with an empty GL area in it: what the GL's driver takes */
} SgBenchKind;

/* Before the application runs: makes it open that window instead of its usual ones. */
void sg_bench_start (GtkApplication *application, SgBenchKind kind);

G_END_DECLS
