/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names for parts that come without one. */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

#define SG_SPEC_NOT_IN_BODIES G_MAXSIZE

/* Gives one part a name where it has none yet: "<body>_<kind>", or "<kind>1" where it is in no body, made
 * unique among the `others` of its kind (nullable) and among those that bodies hold in the array at
 * `offset_of_parts` of SgBody. Every part's struct begins with its name. */
void sg_spec_name_part (const SgSpec *spec,
                        const GArray *others,
                        gsize offset_of_parts,
                        char **name,
                        const SgBody *body,
                        const char *kind);

G_END_DECLS
