/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The learned part of reading a single stroke: how the evidence's costs are to be weighed, given what the
 * stroke looks like. Written by build-aux/train-marks, which says what it learned from. Internal to vision;
 * any thread.
 */
#pragma once

#include "vision/evidence.h"

G_BEGIN_DECLS

/* Replaces the costs of the kinds proposed, so that a verdict's confidence is the model's probability.
 * Kinds that were not proposed stay so. */
void sg_model_weigh (const SgRun *run, SgEvidence *evidence);

G_END_DECLS
