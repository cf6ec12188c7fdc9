/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sketch that a window shows: the journal of its page, its file if it has one, and its place in the
 * history, where every change is kept within a second without asking. Main thread; slow work runs in workers.
 */
#pragma once

#include "app/keeper.h"
#include "sketch/journal.h"

G_BEGIN_DECLS

#define SG_TYPE_DOCUMENT (sg_document_get_type ())
G_DECLARE_FINAL_TYPE (SgDocument, sg_document, SG, DOCUMENT, GObject)

/* Properties to watch: "can-undo", "can-redo", "title" (what to call it, never empty).
 * Signals: "changed"             the page is another one;
 *          "replaced"            the whole sketch is another one (opened, new): show all of it;
 *          "kept"                a page was written, this one or another: the sketch's id may be new;
 *          "problem" (GError *)  keeping failed, said once as long as it does;
 *          "recovered"           it no longer does. */
SgDocument *sg_document_new (SgKeeper *keeper); /* (nullable): nothing is kept */

SgPage *sg_document_get_page (SgDocument *self);     /* (transfer none) */
gint64 sg_document_get_sketch_id (SgDocument *self); /* in the history; 0: not kept yet */
SgKept *sg_document_get_kept (SgDocument *self);     /* (transfer none): the same, for what outlasts it */
const char *sg_document_get_title (SgDocument *self);

void sg_document_apply (SgDocument *self, SgEdit *edit); /* (transfer full) */
void sg_document_undo (SgDocument *self);
void sg_document_redo (SgDocument *self);
void sg_document_set_title (SgDocument *self, const char *title);
void sg_document_set_words (SgDocument *self, const char *words);
/* The views of the simulation that the person kept (app/kept-views.h): an array, taken over. A step of its
 * own. */
void sg_document_take_views (SgDocument *self, json_t *views);
const json_t *sg_document_get_views (SgDocument *self);                /* (nullable): anybody's */
void sg_document_correct (SgDocument *self, SgCorrection *correction); /* as a step of its own */

/* Shows another page of this sketch, which keeps its title: one step to undo. */
void sg_document_show_version (SgDocument *self, SgPage *page);

/* The sketch was deleted from the history: what is on the screen stays, and is kept as a new sketch once it
 * is changed or played. Restored, it goes on as the old one, unless it has become a new one. */
void sg_document_leave_history (SgDocument *self);
void sg_document_rejoin_history (SgDocument *self, gint64 sketch_id);

/* Shows another sketch; the one before is kept first. The new one is kept once it is changed or played:
 * looking through the examples leaves no trace. */
void sg_document_replace (SgDocument *self, SgPage *page, gint64 sketch_id, GFile *file);

GFile *sg_document_get_file (SgDocument *self); /* (transfer none) (nullable) */
/* A sketch, or a picture as a new sketch; of a PDF its page `number`, from 1. */
void sg_document_open_async (
  SgDocument *self, GFile *file, guint number, GAsyncReadyCallback callback, gpointer user_data);
gboolean sg_document_open_finish (SgDocument *self, GAsyncResult *result, GError **error);
void sg_document_save_async (SgDocument *self, GFile *file, GAsyncReadyCallback callback, gpointer user_data);
gboolean sg_document_save_finish (SgDocument *self, GAsyncResult *result, GError **error);

void sg_document_keep (SgDocument *self); /* soon, though nothing changed, where it is not kept yet */

/* Whether the end of the program would take something with it: the page was changed since it was opened or
 * saved as a file, and the history has not got it. Sure only after sg_document_keep_async. */
gboolean sg_document_could_be_lost (SgDocument *self);

/* Keeps what is not in the history yet, now. Only with a keeper. */
void sg_document_keep_async (SgDocument *self, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
