/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times as a person says them. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "Today 14:03", "Yesterday 9:20", "Tuesday 9:20", "3 May 2026"; of a time that is ahead, for the clock was
 * set back, its date. Returns: (transfer full). */
char *sg_when_describe (gint64 unix_us);

/* The same to the second: runs follow each other fast. */
char *sg_when_describe_run (gint64 unix_us);

/* The same with the time of day whenever it was: "3 May 2026 14:03:27". */
char *sg_when_describe_exactly (gint64 unix_us);

G_END_DECLS
