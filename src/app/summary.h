/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was understood of a drawing, in a few words a person reads at a glance. Any thread.
 */
#pragma once

#include "pipeline/pipeline.h"

G_BEGIN_DECLS

/* "2 bodies · 1 hinge · 1 spring"; empty where nothing was recognised. Returns: (transfer full). */
char *sg_summary_of_scene (const SgScene *scene);

typedef struct
{
  char *text; /* a sentence; parts have the names that they have in the list of parts */
  SgSeverity severity;
} SgNote;

void sg_note_free (SgNote *note);

/* All that is worth saying of a scene, the worst first: errors of the reading, words that were not
 * understood, warnings, that nothing moves, hints at marks, what was assumed. Returns: (transfer full)
 * (element-type SgNote). */
GPtrArray *sg_summary_notes_of_scene (const SgScene *scene);

G_END_DECLS
