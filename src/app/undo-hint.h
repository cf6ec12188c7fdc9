/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A quiet line beside what just happened, with a way back: shown for a few seconds, and gone at the next
 * change. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SG_TYPE_UNDO_HINT (sg_undo_hint_get_type ())
G_DECLARE_FINAL_TYPE (SgUndoHint, sg_undo_hint, SG, UNDO_HINT, AdwBin)

void sg_undo_hint_show (SgUndoHint *self, const char *text);
void sg_undo_hint_hide (SgUndoHint *self);

G_END_DECLS
