/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a sketch was: its versions to go back to, and its runs, two of which can be compared. A run that is
 * picked stays so when another sketch is shown, so that runs of two sketches can be compared too.
 */
#pragma once

#include <adwaita.h>

#include "store/history.h"

G_BEGIN_DECLS

#define SG_TYPE_SKETCH_PAST (sg_sketch_past_get_type ())
G_DECLARE_FINAL_TYPE (SgSketchPast, sg_sketch_past, SG, SKETCH_PAST, AdwBin)

/* Signals: "closed"; "version-chosen" (gint64 sketch_id, gint64 version_id);
 *          "compare" (SgRunEntry *first, const char *title, SgRunEntry *second, const char *title): two
 * that were picked, and what their sketches are called. */
void sg_sketch_past_show (SgSketchPast *self, SgHistory *history, const SgHistoryEntry *entry);
void sg_sketch_past_set_decoration (SgSketchPast *self, const char *layout); /* of its header bar */

G_END_DECLS
