/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was understood of a drawing, in a few words a person reads at a glance. Any thread.
 */
#pragma once

#include "pipeline/pipeline.h"

G_BEGIN_DECLS

/* "2 bodies · 1 hinge · 1 spring"; empty where nothing was recognised. Returns: (transfer full). */
char *sg_summary_of_scene (const SgScene *scene);

/* The one thing worth saying first of a scene: an error or a warning of the reading, words that were not
 * understood, that nothing moves, what was assumed. `severity` says how bad it is. Returns: (transfer full)
 * (nullable). */
char *sg_summary_of_issues (const SgScene *scene, SgSeverity *severity);

G_END_DECLS
