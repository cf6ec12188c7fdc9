/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stable name of any error that SimGen raises. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "physics.bad-joint"; "base.cancelled" for G_IO_ERROR_CANCELLED; "base.unknown" for a foreign domain.
 * Returns: (transfer full). */
char *sg_error_name (const GError *error);

G_END_DECLS
