/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program: one history, any number of windows. */
#pragma once

#include <adwaita.h>

#include "app/assistant.h"
#include "app/bookmark.h"
#include "app/keeper.h"
#include "base/log.h"
#include "store/cache.h"

typedef struct _SgDesk SgDesk;

G_BEGIN_DECLS

#define SG_TYPE_APPLICATION (sg_application_get_type ())
G_DECLARE_FINAL_TYPE (SgApplication, sg_application, SG, APPLICATION, AdwApplication)

/* `log` (nullable) outlives the program: what a report of a defect says is from it. */
SgApplication *sg_application_new (SgLog *log);

/* All desks that are open, in any window. */
const GPtrArray *sg_application_get_desks (SgApplication *self); /* (transfer none): SgDesk */
void sg_application_add_desk (SgApplication *self, SgDesk *desk);
void sg_application_remove_desk (SgApplication *self, SgDesk *desk);
SgDesk *sg_application_find_sketch (SgApplication *self, gint64 sketch_id); /* (transfer none) (nullable) */
SgDesk *sg_application_find_file (SgApplication *self, GFile *file);        /* (transfer none) (nullable) */

/* A person closed the desk's tab: it can be opened again, the newest first ("app.reopen-tab"). */
void sg_application_note_closed (SgApplication *self, SgDesk *desk);

/* After tabs came, went or changed their places, or another is seen: for the next start. */
void sg_application_note_seats (SgApplication *self);

/* A window closes with all of its tabs, or was kept from it. The tabs of the last one, or of all where the
 * program quits, are where the next start goes on. */
void sg_application_begin_closing (SgApplication *self, GtkWindow *window);
void sg_application_stop_closing (SgApplication *self);

SgHistory *sg_application_get_history (SgApplication *self);     /* (transfer none) (nullable) */
SgKeeper *sg_application_get_keeper (SgApplication *self);       /* (transfer none) (nullable) */
SgCache *sg_application_get_cache (SgApplication *self);         /* (transfer none) (nullable) */
SgBookmark *sg_application_get_bookmark (SgApplication *self);   /* (transfer none) (nullable) */
GSettings *sg_application_get_settings (SgApplication *self);    /* (transfer none) (nullable) */
SgAssistant *sg_application_get_assistant (SgApplication *self); /* (transfer none) */
gboolean sg_application_is_software (SgApplication *self);       /* no GPU: all is drawn by the processor */

G_END_DECLS
