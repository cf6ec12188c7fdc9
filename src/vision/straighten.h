/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stroke as it was meant: the line, circle, rectangle or other primitive that it is recognised as. Only
 * when a person asks for it, by holding still at its end; ink is never rewritten otherwise. Any thread.
 */
#pragma once

#include "sketch/stroke.h"

G_BEGIN_DECLS

/* The primitive as a stroke of the same width. Returns: (transfer full); NULL where it is recognised as no
 * single primitive, or not surely enough. */
SgStroke *sg_straighten (SgStroke *stroke);

G_END_DECLS
