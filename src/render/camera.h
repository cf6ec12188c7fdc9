/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The camera: a front view that lines up with the drawing (orthographic, along +y), and a perspective one
 * that orbits a point. A plain value. World metres, radians.
 */
#pragma once

#include "base/geometry.h"
#include "physics/model.h"

G_BEGIN_DECLS

typedef enum
{
  SG_CAMERA_FRONT,
  SG_CAMERA_PERSPECTIVE,
  SG_CAMERA_FIXED /* the model's own; what else is here waits for its end */
} SgCameraMode;

typedef struct
{
  SgCameraMode mode;
  double target[3]; /* m: middle of the front view; the point orbited */
  double height;    /* m: what the front view shows from top to bottom */
  double azimuth;   /* rad; 0 looks along +y (as the front view does), positive turns the eye to the right */
  double elevation; /* rad; positive looks down */
  double distance;  /* m */
  double fov;       /* rad, vertical; perspective */
  int fixed;        /* the model's camera, by id */
  int followed;     /* body that the target moves with, by id; 0: none */
  double from[3];   /* m: where that body was when following began */
} SgCamera;

SgCamera sg_camera_default (void);

/* A view of all that is there, with a margin; `aspect` is width / height. `data` must be at the state to be
 * fitted. */
void sg_camera_fit (SgCamera *camera, const mjModel *model, const mjData *data, double aspect);

/* Lines the front view up with a canvas that shows page point `center` in its middle at `zoom` pixels a
 * page unit, in a view `view_height` pixels high. */
void sg_camera_match_page (
  SgCamera *camera, SgPoint center, double zoom, double view_height, double scale, SgPoint origin);

/* Pointer moves, in pixels of a view `view_height` high. orbit turns the mode to perspective. `zoom` > 1
 * comes nearer, about the pointer at (px, py) measured from the view's centre (y down). */
void sg_camera_orbit (SgCamera *camera, double dx, double dy, double view_height);
void sg_camera_pan (SgCamera *camera, double dx, double dy, double view_height);
void sg_camera_zoom (SgCamera *camera, double zoom, double px, double py, double view_height);

/* Comes so much farther, and looks so much lower or higher, that what filled the picture is clear of what
 * covers `head` and `foot` pixels of it at its top and bottom. */
void sg_camera_make_room (SgCamera *camera, double head, double foot, double view_height);

/* On the way from one view to another, `share` (0..1) of it done: what is seen at the target grows and
 * turns evenly, and the front view is a perspective from very far. From or to a camera of the model there
 * is no way. */
SgCamera sg_camera_mix (const SgCamera *from, const SgCamera *to, double share);

/* The camera that `camera` is by now, the body that it follows being where `data` has it. */
SgCamera sg_camera_carried (const SgCamera *camera, const mjModel *model, const mjData *data);

/* Column-major 4 x 4 matrices for GL; `eye` (nullable) receives the eye's place. */
void sg_camera_matrices (
  const SgCamera *camera, double aspect, float view[16], float projection[16], double eye[3]);

/* The same view as both cameras of a scene; the aspect is left to whoever draws it. */
void sg_camera_to_scene (const SgCamera *camera, mjvScene *scene);

G_END_DECLS
