/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is in a tab: the drawing at one side, the same mechanism alive at the other. Wires widgets to the
 * document and the mechanism; decides nothing itself.
 *
 * Properties to watch: "title", "activity". */
#pragma once

#include <adwaita.h>

#include "app/application.h"
#include "app/document.h"

G_BEGIN_DECLS

#define SG_TYPE_DESK (sg_desk_get_type ())
G_DECLARE_FINAL_TYPE (SgDesk, sg_desk, SG, DESK, AdwBin)

SgDesk *sg_desk_new (SgApplication *application);

void sg_desk_end (SgDesk *self); /* closed: what is under way for it comes to nothing */

/* For the window that it is in. The header bar is no child of the desk; the actions are the window's "win."
 * as long as its tab is the one that is seen. */
GtkWidget *sg_desk_get_header (SgDesk *self);     /* (transfer none) */
GActionGroup *sg_desk_get_actions (SgDesk *self); /* (transfer none) */
void sg_desk_update_actions (SgDesk *self);       /* after the history came in its place, or went */
void sg_desk_set_narrow (SgDesk *self, gboolean narrow);
void sg_desk_take_focus (SgDesk *self);

SgApplication *sg_desk_get_application (SgDesk *self); /* (transfer none) */
GtkWindow *sg_desk_get_window (SgDesk *self);          /* (transfer none) (nullable): it is in none */
SgDocument *sg_desk_get_document (SgDesk *self);       /* (transfer none) */
const char *sg_desk_get_title (SgDesk *self);          /* of the sketch or the model */

/* What goes on that is to be seen on its tab. */
typedef enum
{
  SG_DESK_RESTS,
  SG_DESK_PLAYS,
  SG_DESK_IS_SHARED,
  SG_DESK_RECORDS, /* a run; it would end with the desk */
} SgDeskActivity;

SgDeskActivity sg_desk_get_activity (SgDesk *self);

/* Another tab is seen, or this one again. What plays where nobody sees it pauses meanwhile, unless it is
 * recorded or shared. */
void sg_desk_set_seen (SgDesk *self, gboolean seen);

/* Keeps what is not in the history yet. Only where the application has a keeper. */
void sg_desk_keep_async (SgDesk *self, GAsyncReadyCallback callback, gpointer user_data);

/* From the history. */
void sg_desk_open_kept (SgDesk *self, gint64 sketch_id);
void sg_desk_open_version (SgDesk *self, gint64 sketch_id, gint64 version_id);

/* Goes on where a desk was when it was closed; NULL: with the sketch that was changed last. */
void sg_desk_go_to_place (SgDesk *self, const SgPlace *place);
SgPlace *sg_desk_make_place (SgDesk *self);              /* (transfer full) */
gboolean sg_desk_shows_file (SgDesk *self, GFile *file); /* as its sketch's file, or as a model */
gboolean sg_desk_is_untouched (SgDesk *self);            /* nothing was drawn, said or opened in it */
void sg_desk_open_file (SgDesk *self, GFile *file);
GtkFileChooser *sg_desk_make_save_chooser (SgDesk *self);    /* (transfer full): for a copy as a file */
void sg_desk_play_example (SgDesk *self, const char *title); /* once the examples are read */

void sg_desk_tell (SgDesk *self, const char *message);       /* in a toast */
void sg_desk_tell_error (SgDesk *self, const GError *error); /* the same, and in the log */
void sg_desk_warn (SgDesk *self, const char *message);       /* until it is closed, beside the drawing */
double sg_desk_get_fps (SgDesk *self);

/* Shares what runs; its link, NULL where that cannot be. */
const char *sg_desk_share (SgDesk *self);

void sg_desk_pause (SgDesk *self); /* what plays */

/* For benchmarks: the frames that were dropped. */
guint64 sg_desk_get_n_dropped (SgDesk *self);

/* The keys of the actions (desk-actions.c): those with a modifier, and those that act only where nothing is
 * being typed (transfer full). */
void sg_desk_install_accels (GtkApplication *application);
GtkEventController *sg_desk_make_plain_keys (void);

G_END_DECLS
