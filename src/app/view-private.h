/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the view's files share: view.c draws and takes gestures, view-camera.c says from where it is seen. */
#pragma once

#include "app/frame-counter.h"
#include "app/frame-rate.h"
#include "app/narrator.h"
#include "app/view-touch.h"
#include "app/view.h"
#include "render/renderer.h"

G_BEGIN_DECLS

struct _SgView
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwBin *area_bin;
  AdwStatusPage *error_page; /* (nullable): there never was one */
  GtkLabel *hint;
  SgViewTouch *touch;

  GtkGLArea *area;
  SgNarrator *narrator;
  SgThingNames *names;  /* (nullable) */
  SgRenderer *renderer; /* (nullable): not realized, or failed */
  SgSimulation *simulation;
  SgCamera camera;
  SgViewport followed;
  double scale;
  SgPoint origin;
  gboolean following;
  gboolean was_painted; /* the window, once: the area is there */
  gboolean tried_es;
  gboolean still;
  gboolean software;
  guint settle_timer;
  SgFrameCounter frames;
  SgScene *lit_scene;  /* (nullable) has the names in `lit` */
  GArray *lit;         /* SgLit */
  SgScene *scene;      /* (nullable) */
  gboolean ink_is_new; /* the renderer has not got the scene's */
  SgPoint drag_last, pointer;
  SgShown shown;
  SgQuality quality;
  SgFrameRate rate;
  gboolean lose;          /* for tests: take the context for lost */
  gint64 drawn_us;        /* when the last frame of something that moved was drawn; 0: none */
  guint due_timer;        /* a frame waits until its time has come; 0: none */
  guint64 drawn_sequence; /* of the snapshot that was drawn last */
  guint64 n_dropped;      /* snapshots that a newer one replaced before they were drawn */

  /* view-camera.c */
  AdwAnimation *morph; /* (nullable): from `morph_from` to `camera` */
  SgCamera morph_from;
  double morph_share;       /* 0..1: how much of the way is done; 1 at rest */
  GArray *kept;             /* SgCamera that the person kept, from the page's corner */
  char *followed_body;      /* (nullable) */
  GtkRevealer *camera_note; /* says which camera it is, for a moment */
  GtkLabel *camera_name;
  guint note_timer;
  GtkWidget *head, *foot; /* (nullable): bars */
};

/* Something moves: draw soon, and nicely once it rests. */
void sg_view_moved (SgView *self);
/* Whether it is the front view that lines up with the canvas. */
void sg_view_set_following (SgView *self, gboolean following);

/* view-camera.c */
void sg_view_init_camera (SgView *self);
void sg_view_dispose_camera (SgView *self);
/* The camera of this frame, and how flat it is (0..1) where it is on its way. */
SgCamera sg_view_camera_now (SgView *self, double *flat);
/* A hand takes the camera from where it is now, on its way or not. */
void sg_view_take_over (SgView *self);

G_END_DECLS
