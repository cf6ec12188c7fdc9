/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How simgen-compile locks itself in before it touches a model: no more memory, time or files than a model
 * needs, nothing to open and nothing to run.
 */
#pragma once

#include "physics/handover.h"

G_BEGIN_DECLS

/* Once, while the process has one thread. What the kernel has not is left out, and not in the answer. */
SgHandoverLocks sg_sandbox_enter (void);

G_END_DECLS
