/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words -> changes of the spec, offline: gravity by name or value, "no gravity", air, friction ("make the
 * ramp icy"), bounce, masses ("the left ball is 2 kg", "twice as heavy"), springs ("stiffer spring").
 * Deterministic; any thread.
 */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

/* Applies what is understood of `words` to `spec`. Every clause that is not understood is appended to
 * `unknown` ((element-type utf8), (nullable)); error physics.words only where words are too long or not
 * UTF-8. Empty words change nothing. */
gboolean sg_words_apply (const char *words, SgSpec *spec, GPtrArray *unknown, GError **error);

G_END_DECLS
