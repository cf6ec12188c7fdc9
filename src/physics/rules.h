/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every rule that a PhysicsSpec must keep, in one place. Any thread. */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

/* All problems of `spec`, each a GError of the physics domain whose message begins with the path of what is
 * wrong; empty for a good spec. Returns: (transfer full) (element-type GError). */
GPtrArray *sg_rules_check (const SgSpec *spec);

/* FALSE with the first problem, and how many there are, where there is any. */
gboolean sg_rules_hold (const SgSpec *spec, GError **error);

G_END_DECLS
