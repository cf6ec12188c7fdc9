/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long words and a language model's answers keep the main loop from its next turn, for
 * tests/eval/ask.py, which sets the model up: one JSON line on standard output, then the end. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As sg_bench_start, with an example that plays while words are said, a model is asked, and what it proposes
 * is accepted and undone. What the frame clock does in a turn is not of it, nor are
 * turns in which GTK measures the window ("layout_ms"), nor the time for which others had the processor. */
void sg_bench_ask_start (GtkApplication *application);

G_END_DECLS
