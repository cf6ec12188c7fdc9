/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing among the marks of a page: rows of strokes that are a label of the notation ("2 kg", "k=50"), and
 * rows that are clearly writing but say nothing we know. A drawn thing must never be swallowed: whatever is
 * not surely writing stays ink for vision/marks.h. Any thread.
 */
#pragma once

#include "vision/budget.h"
#include "vision/memo.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct _SgWriting SgWriting;

/* Moves the strokes that are writing out of `ink`, which is that of `page`, turned upright by `pose`; rows
 * that `budget` no longer pays for stay. Print in pictures is read where tesseract is installed. */
SgWriting *sg_writing_take (GArray *ink,
                            const SgPage *page,
                            const SgPose *pose,
                            SgMemo *memo,
                            SgBudget *budget,
                            gboolean *print_left);
void sg_writing_free (SgWriting *writing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgWriting, sg_writing_free)

/* Adds an element of kind text for each row, with an issue where it could not be read. */
void sg_writing_add (const SgWriting *writing, SgReading *reading);

G_END_DECLS
