/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was done to a page, so that it can be undone: unlimited in depth, and an edit costs the memory of
 * what it changed. One thread (the document's owner); the pages it hands out are immutable and may go
 * anywhere.
 */
#pragma once

#include "sketch/correction.h"

G_BEGIN_DECLS

/* One user action: any number of parts taken away and put in, and changed page members. Undone and redone
 * as a whole. */
typedef struct _SgEdit SgEdit;

SgEdit *sg_edit_new (void);
void sg_edit_free (SgEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgEdit, sg_edit_free)

/* Added parts come last on the page, in the order of the calls. Parts to remove or replace are those of the
 * page that the edit will be applied to, named by identity: one that is not there is ignored, and of two
 * calls about the same part the later holds. The edit takes its own references. */
void sg_edit_add_stroke (SgEdit *edit, SgStroke *stroke);
void sg_edit_remove_stroke (SgEdit *edit, SgStroke *stroke);
void sg_edit_replace_stroke (SgEdit *edit, SgStroke *old_stroke, SgStroke *new_stroke); /* keeps its place */
void sg_edit_add_image (SgEdit *edit, SgImage *image);
void sg_edit_remove_image (SgEdit *edit, SgImage *image);
void sg_edit_add_label (SgEdit *edit, SgLabel *label);
void sg_edit_remove_label (SgEdit *edit, SgLabel *label);
void sg_edit_replace_label (SgEdit *edit, SgLabel *old_label, SgLabel *new_label);
/* Corrections follow the parts that they name (sg_correction_follow), also those that this edit puts in, so
 * that an edit need only name the parts. */
void sg_edit_add_correction (SgEdit *edit, SgCorrection *correction);
void sg_edit_remove_correction (SgEdit *edit, SgCorrection *correction);
void
sg_edit_replace_correction (SgEdit *edit, SgCorrection *old_correction, SgCorrection *new_correction);
/* Puts `correction` in force on `page`: it replaces the one of the same mark, and those of marks that share
 * ink with it go. */
void sg_edit_correct (SgEdit *edit, const SgPage *page, SgCorrection *correction);
void sg_edit_set_title (SgEdit *edit, const char *title);
void sg_edit_set_words (SgEdit *edit, const char *words);
void sg_edit_set_scale (SgEdit *edit, double scale); /* page units a metre; 0: unsaid again */
/* The page's members that it does not know itself: an object, taken over; NULL: none. */
void sg_edit_take_extra (SgEdit *edit, json_t *extra);
gboolean sg_edit_is_empty (const SgEdit *edit);

typedef struct _SgJournal SgJournal;

/* A journal that starts at `page` with nothing to undo. */
SgJournal *sg_journal_new (SgPage *page);
void sg_journal_free (SgJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgJournal, sg_journal_free)

SgPage *sg_journal_get_page (SgJournal *journal); /* (transfer none): the page now */

/* Applies `edit` (transfer full) to the page; what could be redone is forgotten. An edit that changes nothing
 * is no step to undo. */
void sg_journal_apply (SgJournal *journal, SgEdit *edit);
gboolean sg_journal_can_undo (const SgJournal *journal);
gboolean sg_journal_can_redo (const SgJournal *journal);
gboolean sg_journal_undo (SgJournal *journal); /* FALSE where there is nothing to undo */
gboolean sg_journal_redo (SgJournal *journal);

G_END_DECLS
