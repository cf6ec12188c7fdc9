/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window: the drawing at one side, the same mechanism alive at the other. Wires widgets to the document
 * and the mechanism; decides nothing itself. */
#pragma once

#include <adwaita.h>

#include "app/application.h"

G_BEGIN_DECLS

#define SG_TYPE_WINDOW (sg_window_get_type ())
G_DECLARE_FINAL_TYPE (SgWindow, sg_window, SG, WINDOW, AdwApplicationWindow)

SgWindow *sg_window_new (SgApplication *application);

/* Goes on where a window was at the end of the last start; NULL: with the sketch that was changed last. */
void sg_window_go_to_place (SgWindow *self, const SgPlace *place);
gboolean sg_window_shows_file (SgWindow *self, GFile *file); /* as its sketch's file, or as a model */
gboolean sg_window_is_untouched (SgWindow *self);            /* nothing was drawn, said or opened in it */
void sg_window_open_file (SgWindow *self, GFile *file);
void sg_window_play_example (SgWindow *self, const char *title); /* once the examples are read */

void sg_window_tell (SgWindow *self, const char *message);       /* in a toast */
void sg_window_tell_error (SgWindow *self, const GError *error); /* the same, and in the log */
void sg_window_warn (SgWindow *self, const char *message);       /* until it is closed, beside the drawing */
double sg_window_get_fps (SgWindow *self);

/* Shares what runs; its link, NULL where that cannot be. */
const char *sg_window_share (SgWindow *self);

/* For benchmarks: pauses what plays; the frames that were dropped. */
void sg_window_pause (SgWindow *self);
guint64 sg_window_get_n_dropped (SgWindow *self);

/* The keys of the window's actions (window-actions.c). */
void sg_window_install_accels (GtkApplication *application);

G_END_DECLS
