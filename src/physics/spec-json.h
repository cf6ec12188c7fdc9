/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PhysicsSpec <-> JSON, as data/schema/spec.schema.json describes it ("format": "simgen-spec", "version":
 * 1). Angles are degrees in the file. Blocking. */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

/* Errors: those of sg_json_read and physics.structure, with the member's path. Does not apply the rules
 * (physics/rules.h). Returns: (transfer full). */
SgSpec *sg_spec_load (const char *path, GError **error);
SgSpec *sg_spec_parse (const char *name, const char *text, gsize size, GError **error);

/* The same spec gives the same text. Returns: (transfer full). */
char *sg_spec_dump (const SgSpec *spec);

G_END_DECLS
