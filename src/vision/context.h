/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands around a mark tells what it is: a small circle at a rod's end is a pin, a zigzag between two
 * bodies a spring. Internal to vision; any thread.
 */
#pragma once

#include "vision/candidate.h"

G_BEGIN_DECLS

/* Sets the lift of every candidate with a verdict, and weighs its kinds, by what its neighbours are likely to
 * be. Neighbours count as they were found without context, so that no order of looking matters. */
void sg_context_weigh (SgCandidates *all);

G_END_DECLS
