/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A foreign model made ready by the helper process simgen-compile, which has bounded memory and time and can
 * open nothing. What comes back is the only MJB that SimGen ever loads. Blocking; any thread.
 */
#pragma once

#include <gio/gio.h>

#include "physics/foreign.h"
#include "physics/model.h"

G_BEGIN_DECLS

/* `mjcf` (nullable) gets the model as one MJCF text that names its assets from its folder. Answers within
 * SG_LIMIT_COMPILE_SECONDS, and at once where it is cancelled. Errors: physics.mjcf with MuJoCo's words and
 * the file and line that they are about, physics.compile-timeout, physics.compile-crash, physics.helper,
 * physics.too-large, G_IO_ERROR_CANCELLED. Returns: (transfer full). */
SgModel *sg_foreign_compile (
  const SgForeign *foreign, char **mjcf, GCancellable *cancellable, GError **error);

G_END_DECLS
