/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window's files share: window.c wires, window-actions.c acts, window-parts.c shows parts,
 * window-history.c opens what is kept, window-drawer.c has the drawer. */
#pragma once

#include "app/assistant.h"
#include "app/canvas.h"
#include "app/drawer.h"
#include "app/history-page.h"
#include "app/inspector.h"
#include "app/label-popover.h"
#include "app/mark-popover.h"
#include "app/mechanism.h"
#include "app/model-file.h"
#include "app/model-page.h"
#include "app/notice.h"
#include "app/share-popover.h"
#include "app/status-strip.h"
#include "app/tool-bar.h"
#include "app/transport.h"
#include "app/view-menu.h"
#include "app/view.h"
#include "app/welcome.h"
#include "app/window.h"
#include "app/words-bar.h"

G_BEGIN_DECLS

typedef struct _SgWindowAssist SgWindowAssist;

struct _SgWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay *toasts;
  AdwHeaderBar *header;
  GtkStack *pages; /* "sketch", "history" */
  SgHistoryPage *history_page;
  GtkLabel *title;
  GtkMenuButton *title_button;
  GtkEntry *title_entry;
  GtkPaned *paned;
  GtkWidget *drawing, *simulation_side; /* the paned's two halves */
  GtkWidget *drawing_foot;              /* tools and notice: over the drawing, below it when narrow */
  SgCanvas *canvas;
  SgWelcome *welcome;
  SgToolBar *tools;
  SgNotice *notice;
  GtkLabel *summary;
  GtkLabel *zoom;
  SgView *view;
  SgStatusStrip *status;
  GtkButton *front_button;
  GtkMenuButton *view_button;
  SgViewMenu *view_menu;
  GtkBox *simulation_foot, *foot; /* where the transport is when wide, when narrow */
  SgTransport *transport;
  SgWordsBar *words;
  GtkWidget *switcher;
  SgLabelPopover *label_popover;
  SgMarkPopover *mark_popover;
  GtkBox *body;      /* the paned and beside it, below it where narrow, the side panel */
  GtkRevealer *side; /* holds the inspector */
  SgInspector *inspector;
  GtkRevealer *drawer_revealer;
  SgDrawer *drawer;
  gboolean drawer_covers;  /* it slides over, or off, a drawing that was all to be seen */
  SgModelPage *model_page; /* over the canvas while a model is shown */
  GtkWidget *zoom_bar;     /* of the canvas */
  GMenu *recent_menu;

  SgDocument *document;
  SgMechanism *mechanism;
  gboolean rereading;         /* what was recognised is being replaced */
  SgPartSelection *selection; /* what canvas and inspector show as selected */
  GtkEventController *plain_keys;
  SgTimelineOverview *overview; /* (nullable): the simulation's branches and marks as last shown */
  guint64 overview_number;      /* in the simulation's figures */
  gboolean narrow;
  gboolean closing;
  char *example_to_play; /* (nullable) */

  SgModelFile *model;      /* (nullable): shown in place of the drawing */
  SgModelFile *opening;    /* (nullable): loaded for the first time */
  guint opening_timer;     /* source; 0: none */
  AdwToast *opening_toast; /* (nullable): says so, and can stop it */
  GtkWindow *editor;       /* (nullable), weak: of the model's text */
  char *model_name;        /* (nullable) with the model */

  SgWindowAssist *assist; /* (nullable) until it is set up, and after */

  GtkMenuButton *share_button;
  GtkLabel *share_count;
  SgSharePopover *share_popover;
  SgShare *share; /* (nullable): it is not shared */

  char *last_recording;    /* (nullable): a file of what the scene did */
  SgScene *recorded_scene; /* borrowed: tells whether there is another */
};

/* Actions change state; window.c shows it. */
void sg_window_init_actions (SgWindow *self);
void sg_window_update_actions (SgWindow *self);
void sg_window_add_picture_file (SgWindow *self, GFile *file, SgPoint at);
void sg_window_add_picture_texture (SgWindow *self, GdkTexture *texture, SgPoint at);
void sg_window_init_edit (SgWindow *self);
void sg_window_init_tools (SgWindow *self); /* window-tools.c */
void sg_window_update_edit_actions (SgWindow *self);
void sg_window_show_side (SgWindow *self); /* by the action "show", when narrow */

/* window-history.c: the history's page, what is opened from it, and where the person was. */
void sg_window_init_history (SgWindow *self);
void sg_window_show_history (SgWindow *self, gboolean show);
gboolean sg_window_is_history_shown (SgWindow *self);
void sg_window_set_bookmark (SgWindow *self); /* after another sketch, or words that are typed */

void sg_window_init_drawer (SgWindow *self);

/* window-look.c: from where the simulation is seen, and what of it is shown. */
void sg_window_init_look (SgWindow *self);
void sg_window_update_look (SgWindow *self); /* after another scene */

/* window-views.c: views that the person kept. */
void sg_window_init_views (SgWindow *self);
void sg_window_show_views (SgWindow *self); /* after another document or model */

/* window-model.c: a model in place of the drawing, exports and pictures. */
void sg_window_init_model (SgWindow *self);
void sg_window_dispose_model (SgWindow *self);
void sg_window_open_model (SgWindow *self, GFile *file);
gboolean sg_window_is_model_file (GFile *file);        /* by its name */
const char *sg_window_get_model_name (SgWindow *self); /* (nullable): none is shown */
void sg_window_update_model_actions (SgWindow *self);
void sg_window_show_foot (SgWindow *self); /* after a change of width */
/* FALSE where none is shown. */
gboolean sg_window_look_at_model (SgWindow *self, SgCameraMode mode);
void sg_window_add_recent (SgWindow *self, GFile *file);
void sg_window_open_sketch (SgWindow *self, GFile *file); /* a drawing or a picture */
void sg_window_show_title (SgWindow *self);

/* window-assist.c: a language model's proposals, and what the mechanism does in words. */
void sg_window_init_assist (SgWindow *self, SgAssistant *assistant);
void sg_window_dispose_assist (SgWindow *self);

/* window-preferences.c: what the person prefers, as long as the window is open. */
void sg_window_init_preferences (SgWindow *self);

/* window-share.c: what runs, shared with browsers. */
void sg_window_init_share (SgWindow *self);
void sg_window_dispose_share (SgWindow *self);

/* window-parts.c: what is selected, the popover at it and the side panel. */
void sg_window_init_parts (SgWindow *self);
void sg_window_show_parts (SgWindow *self, gboolean show);
void sg_window_light_parts (SgWindow *self);       /* after another scene or selection: in the simulation */
void sg_window_toggle_parts (SgWindow *self);      /* with the keyboard in it, or away */
void sg_window_show_alternatives (SgWindow *self); /* of the part that is selected, with the keyboard */

/* window-recording.c: recordings of runs, and exports. */
void sg_window_init_recording (SgWindow *self);
void sg_window_update_recording_actions (SgWindow *self);

/* window-time.c: the simulation's past and what the hand does to it. */
void sg_window_init_time (SgWindow *self);
void sg_window_show_time (SgWindow *self, const SgSimulationStats *stats);
void sg_window_update_time_actions (SgWindow *self);

G_END_DECLS
