/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the desk's files share: desk.c wires, desk-actions.c acts, desk-parts.c shows parts,
 * desk-history.c opens what is kept, desk-drawer.c has the drawer. */
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
#include "app/thing-names.h"
#include "app/time-popover.h"
#include "app/tool-bar.h"
#include "app/tour-card.h"
#include "app/transport.h"
#include "app/view-menu.h"
#include "app/view.h"
#include "app/welcome.h"
#include "app/desk.h"
#include "app/words-bar.h"

G_BEGIN_DECLS

typedef struct _SgDeskAssist SgDeskAssist;

struct _SgDesk
{
  AdwBin parent_instance;
  SgApplication *application;  /* borrowed */
  GSimpleActionGroup *actions; /* "win.", while its tab is the one that is seen */
  GtkBox *desk;
  AdwToastOverlay *toasts;
  AdwHeaderBar *header; /* no child of it: the window has those of its tabs in one place */
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
  SgTourCard *tour; /* (nullable): above all of it, as long as the tour lasts */
  GtkLabel *summary;
  GtkLabel *zoom;
  SgView *view;
  SgStatusStrip *status;
  GtkButton *front_button;
  GtkMenuButton *view_button;
  SgViewMenu *view_menu;          /* (nullable): never opened yet */
  GtkBox *simulation_foot, *foot; /* where the transport is when wide, when narrow */
  SgTransport *transport;
  SgWordsBar *words;
  GtkWidget *switcher;
  SgLabelPopover *label_popover; /* (nullable): never opened yet */
  SgMarkPopover *mark_popover;
  GtkBox *body;           /* the paned and beside it, below it where narrow, the side panel */
  GtkRevealer *side;      /* holds the inspector */
  SgInspector *inspector; /* (nullable): nothing to list yet, and never opened */
  GtkRevealer *drawer_revealer;
  SgDrawer *drawer;        /* (nullable): never opened yet */
  gboolean drawer_covers;  /* it slides over, or off, a drawing that was all to be seen */
  AdwBin *model_place;     /* over the canvas while a model is shown */
  SgModelPage *model_page; /* (nullable): none was shown yet */
  GtkWidget *zoom_bar;     /* of the canvas */
  GMenu *recent_menu;

  SgDocument *document;
  SgMechanism *mechanism;
  SgThingNames *names;          /* (nullable): what the parts of `named` are called */
  SgScene *named;               /* (nullable) */
  gboolean rereading;           /* what was recognised is being replaced */
  SgPartSelection *selection;   /* what canvas and inspector show as selected */
  SgTimelineOverview *overview; /* (nullable): the simulation's branches and marks as last shown */
  guint64 overview_number;      /* in the simulation's figures */
  SgTimePopover *time_popover;  /* (nullable): never opened yet */
  gboolean narrow;
  gboolean goes_on;      /* it played, and does again once it is seen */
  char *example_to_play; /* (nullable) */

  SgModelFile *model;      /* (nullable): shown in place of the drawing */
  SgModelFile *opening;    /* (nullable): loaded for the first time */
  guint opening_timer;     /* source; 0: none */
  AdwToast *opening_toast; /* (nullable): says so, and can stop it */
  GtkWindow *editor;       /* (nullable), weak: of the model's text */
  char *model_name;        /* (nullable) with the model */

  SgDeskAssist *assist; /* (nullable) until it is set up, and after */

  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  GtkMenuButton *share_button;
  GtkLabel *share_count;
  SgSharePopover *share_popover; /* (nullable): never opened yet */
  SgShare *share;                /* (nullable): it is not shared */

  char *last_recording;    /* (nullable): a file of what the scene did */
  SgScene *recorded_scene; /* borrowed: tells whether there is another */
};

/* Actions change state; desk.c shows it. */
void sg_desk_init_actions (SgDesk *self);

/* desk-picture.c: pictures onto the paper. Of a PDF with several pages the person says which. */
void sg_desk_take_file (SgDesk *self, GFile *file, SgPoint at); /* dropped or pasted: opened, if no picture */
void sg_desk_add_picture_file (SgDesk *self, GFile *file, SgPoint at);
void sg_desk_add_picture_texture (SgDesk *self, GdkTexture *texture, SgPoint at);
gboolean sg_desk_is_pdf (GFile *file);             /* by its name */
void sg_desk_open_pdf (SgDesk *self, GFile *file); /* a page of it as a new sketch */

void sg_desk_init_edit (SgDesk *self);
void sg_desk_update_edit_actions (SgDesk *self);
void sg_desk_init_tools (SgDesk *self); /* desk-tools.c */
void sg_desk_init_paper (SgDesk *self); /* desk-paper.c: the drawing exported and printed */
void sg_desk_update_paper_actions (SgDesk *self);
void sg_desk_show_welcome (SgDesk *self); /* where there is nothing else */
void sg_desk_show_side (SgDesk *self);    /* by the action "show", when narrow */

/* desk-history.c: what is opened from the history, and where the person was. */
void sg_desk_show_history (SgDesk *self, gboolean show); /* where the desk is seen */
SgHistoryPage *sg_desk_get_history_page (SgDesk *self);  /* (nullable): not in place of this desk now */
void sg_desk_set_bookmark (SgDesk *self);                /* after another sketch, or words that are typed */

/* desk-drawer.c */
void sg_desk_init_drawer (SgDesk *self);
void sg_desk_take_drawer_units (SgDesk *self); /* as they are preferred */

/* desk-look.c: from where the simulation is seen, and what of it is shown. */
void sg_desk_init_look (SgDesk *self);
void sg_desk_update_look (SgDesk *self); /* after another scene */

/* desk-views.c: views that the person kept. */
void sg_desk_init_views (SgDesk *self);
void sg_desk_show_views (SgDesk *self); /* after another document or model */

/* desk-model.c: a model in place of the drawing, exports and pictures. */
void sg_desk_init_model (SgDesk *self);
void sg_desk_dispose_model (SgDesk *self);
void sg_desk_open_model (SgDesk *self, GFile *file);
gboolean sg_desk_is_model_file (GFile *file);      /* by its name */
const char *sg_desk_get_model_name (SgDesk *self); /* (nullable): none is shown */
void sg_desk_update_model_actions (SgDesk *self);
void sg_desk_show_foot (SgDesk *self); /* after a change of width */
/* FALSE where none is shown. */
gboolean sg_desk_look_at_model (SgDesk *self, SgCameraMode mode);
void sg_desk_add_recent (SgDesk *self, GFile *file);
void sg_desk_open_sketch (SgDesk *self, GFile *file);             /* a drawing or a picture */
void sg_desk_open_page (SgDesk *self, GFile *file, guint number); /* the same; of a PDF its page, from 1 */
void sg_desk_show_title (SgDesk *self);
void sg_desk_activity_changed (SgDesk *self);

/* desk-assist.c: a language model's proposals, and what the mechanism does in words. */
void sg_desk_init_assist (SgDesk *self, SgAssistant *assistant);
void sg_desk_dispose_assist (SgDesk *self);
gboolean sg_desk_is_told (SgDesk *self); /* whether its panel is shown */

/* desk-preferences.c: what the person prefers, as long as the desk is there. */
void sg_desk_init_preferences (SgDesk *self);

/* desk-share.c: what runs, shared with browsers. */
void sg_desk_init_share (SgDesk *self);
void sg_desk_dispose_share (SgDesk *self);

/* desk-parts.c: what is selected, the popover at it and the side panel. */
void sg_desk_init_parts (SgDesk *self);
SgInspector *sg_desk_take_inspector (SgDesk *self); /* made where it is not there */
void sg_desk_show_parts (SgDesk *self, gboolean show);
void sg_desk_take_inspector_units (SgDesk *self); /* as they are preferred */
void sg_desk_light_parts (SgDesk *self);          /* after another scene or selection: in the simulation */
void sg_desk_toggle_parts (SgDesk *self);         /* with the keyboard in it, or away */
void sg_desk_show_alternatives (SgDesk *self);    /* of the part that is selected, with the keyboard */

/* desk-tour.c: a newcomer's first steps. */
void sg_desk_init_tour (SgDesk *self);
void sg_desk_update_tour (SgDesk *self); /* after what a step may ask for */
void sg_desk_leave_tour (SgDesk *self);  /* after another page */

/* desk-recording.c: recordings of runs, and exports. */
void sg_desk_init_recording (SgDesk *self);
void sg_desk_update_recording_actions (SgDesk *self);

/* desk-time.c: the simulation's past and what the hand does to it. */
void sg_desk_init_time (SgDesk *self);
void sg_desk_show_time (SgDesk *self, const SgSimulationStats *stats);
void sg_desk_update_time_actions (SgDesk *self);

G_END_DECLS
