/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a helper locks itself in before it touches what it was given: no more memory, time or files than that
 * needs, nothing to open but what it names, and nothing to run.
 */
#pragma once

#include "base/handover.h"

G_BEGIN_DECLS

/* Once, while the process has one thread. Of files, only those below the folders of `readable` (nullable) can
 * be opened, and to be read only; none where the kernel cannot tell folders apart. What the kernel has not is
 * left out, and not in the answer. */
SgHandoverLocks sg_sandbox_enter (const char *const *readable);

G_END_DECLS
