/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Models by way of the cache: the MJCF of a spec is known by all that the spec says. It never comes from a
 * tier that others write to: it is compiled as text of our own. Blocking; any thread.
 */
#pragma once

#include "physics/model.h"
#include "store/cache.h"

G_BEGIN_DECLS

/* As sg_model_from_spec (), but that a spec which was compiled before is neither checked nor written again,
 * and its ropes are not measured again, which takes a compile of their own. `cache` (nullable). */
SgModel *sg_cached_model_from_spec (SgCache *cache, const SgSpec *spec, char **mjcf, GError **error);

G_END_DECLS
