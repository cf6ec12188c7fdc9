/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as text for files: independent of the locale, the same bytes for the same double, short. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends the fewest digits that read back as the same double: 0.1, not 0.10000000000000001. `value` is
 * finite. */
void sg_number_append (GString *out, double value);

G_END_DECLS
