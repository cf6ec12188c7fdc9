/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a run of ink looks like in numbers that do not depend on where, how large, which way round or in which
 * direction it was drawn: what the learned model weighs the evidence with. Each lies within about -1 .. 2.
 * Internal to vision; any thread.
 */
#pragma once

#include "vision/evidence.h"

G_BEGIN_DECLS

#define SG_N_FEATURES (SG_N_KINDS + 50)

/* Of the run and of the costs that the evidence modules gave its kinds. */
void sg_features_of_run (const SgRun *run, const SgEvidence *evidence, double features[SG_N_FEATURES]);

G_END_DECLS
