/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Samples of time, for the window's benchmarks. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one of `times` (double) that `share` (0..1) of them are not above; 0 where there are none. Sorts
 * them. */
double sg_times_find_share (GArray *times, double share);

G_END_DECLS
