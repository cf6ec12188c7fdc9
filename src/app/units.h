/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for people: at most three significant digits, SI prefixes, a steady width. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "12.3 kJ", "0 J", "450 µJ"; `unit` is an SI unit without a prefix, or "°", which takes none, or "".
 * Returns: (transfer full). */
char *sg_units_format (double value, const char *unit);

/* "0:04.52", "12:00.00". Returns: (transfer full). */
char *sg_units_format_time (double seconds);

/* "0.25×", "1×", "4×". Returns: (transfer full). */
char *sg_units_format_speed (double speed);

G_END_DECLS
