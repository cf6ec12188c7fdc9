/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PhysicsSpec -> MJCF text: pure and deterministic (same spec, same bytes, in any locale). The text loads
 * in stock MuJoCo 4.0.1 and moves with nothing set from outside; where anything starts displaced or with a
 * velocity, keyframe 0, named `start`, holds the state. */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

/* A site in the world's origin, which forces are measured against; the rules keep the name free. */
#define SG_MJCF_ORIGIN "origin"

/* `spec` must keep the rules (sg_rules_hold). A rope whose length is "as drawn" has none yet in the text:
 * only MuJoCo can measure it (sg_model_from_spec does, and gives the text with it). Returns: (transfer
 * full). */
char *sg_mjcf_write (const SgSpec *spec);

G_END_DECLS
