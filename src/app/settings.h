/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program's settings, also when it runs from its build folder. */
#pragma once

#include <gio/gio.h>

#include "store/keeping.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): NULL where the schema is nowhere to be found; SimGen then runs with
 * defaults and forgets. */
GSettings *sg_settings_new (void);

/* What may be kept in the history; the default where `settings` (nullable) say nothing. */
SgHistoryLimits sg_settings_get_history_limits (GSettings *settings);

G_END_DECLS
