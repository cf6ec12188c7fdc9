/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The running mechanism: a GL area that draws the simulation's newest snapshot, and only when there is a
 * new one or the camera moves. Drag turns it, or pulls at a body, the right or middle button pans, the
 * wheel zooms. Until it is turned it follows the canvas, so that ink and simulation line up.
 */
#pragma once

#include <adwaita.h>

#include "app/thing-names.h"
#include "app/viewport.h"
#include "pipeline/pipeline.h"
#include "render/camera.h"
#include "render/renderer.h"
#include "render/shown.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_VIEW (sg_view_get_type ())
G_DECLARE_FINAL_TYPE (SgView, sg_view, SG, VIEW, AdwBin)

/* Properties to watch: "following" (the front view that lines up with the canvas), "software" (no GPU),
 * "fixed" (seen through a camera of the model). Signals: "picked" (const char *, (nullable))  a click on a
 * geom of that name, or on none; "shown-changed"                       sg_view_set_shown was called. */
void sg_view_set_simulation (SgView *self, SgSimulation *simulation);

/* The canvas shows `viewport` of a drawing with this scale and origin. */
void sg_view_follow (SgView *self, const SgViewport *viewport, double scale, SgPoint origin);

/* Cameras, by number: the front view in line with the canvas, the turned view, those that the model has,
 * those that the person kept. Front and turned view go over into each other. */
guint sg_view_n_cameras (SgView *self);
char *sg_view_dup_camera_name (SgView *self, guint camera); /* (transfer full): as a person reads it */
guint sg_view_get_camera (SgView *self);                    /* the one chosen last */
void sg_view_choose_camera (SgView *self, guint camera);
void sg_view_step_camera (SgView *self, int by); /* to the next or previous, round and round */
void sg_view_keep_camera (SgView *self);         /* as one more */
void sg_view_forget_camera (SgView *self);       /* the kept one that it is seen from */
gboolean sg_view_is_kept_camera (SgView *self);  /* whether it is seen from one */
/* Those that are kept (app/kept-views.h); "kept-changed" tells that the person keeps others. */
void sg_view_set_kept (SgView *self, const GArray *views);
const GArray *sg_view_get_kept (SgView *self);
void sg_view_show_front (SgView *self);
void sg_view_show_perspective (SgView *self);
void sg_view_show_free (SgView *self); /* away from the model's cameras */
/* Bars over its head and foot, which must outlive its being shown. */
void sg_view_set_bars (SgView *self, GtkWidget *head, GtkWidget *foot);
void sg_view_fit (SgView *self); /* all that there is, where the view is not the canvas' */

/* The camera moves with the body of that name; NULL: with none. */
void sg_view_follow_body (SgView *self, const char *body);
const char *sg_view_get_followed_body (SgView *self); /* (nullable) */

/* How it is drawn: AUTO by what the machine can do, SOFTWARE as fast and HIGH as fine as it can be. */
void sg_view_set_quality (SgView *self, SgQuality quality);

/* What of the model is shown. */
void sg_view_get_shown (SgView *self, SgShown *shown);
void sg_view_set_shown (SgView *self, const SgShown *shown);

/* All of a model that no drawing belongs to, from the front or in depth. */
void sg_view_show_model (SgView *self, const mjModel *model, SgCameraMode mode);

/* What of the scene (nullable) stands out: all that `n` elements of its reading were made into. */
void sg_view_set_lit (SgView *self, SgScene *scene, const guint *elements, guint n);

/* The scene (nullable) that the simulation is or will be of: its ink. */
/* What labels of bodies, joints and the like say; (nullable): their names in the model. */
void sg_view_set_names (SgView *self, SgThingNames *names);
void sg_view_set_scene (SgView *self, SgScene *scene);

/* What to say over an empty scene; NULL or "" for nothing. */
void sg_view_set_hint (SgView *self, const char *hint);

double sg_view_get_fps (SgView *self);       /* frames drawn a second, over the last half second */
guint64 sg_view_get_n_frames (SgView *self); /* since made */
/* For tests: as if the GL context was lost in the next frame. */
void sg_view_lose_graphics (SgView *self);

guint64
sg_view_get_n_dropped (SgView *self); /* snapshots that a newer one replaced before they were drawn */

/* Why 60 frames a second with all that belongs to them cannot be held; NULL where they are. (transfer none)
 */
const char *sg_view_explain_rate (SgView *self);

G_END_DECLS
