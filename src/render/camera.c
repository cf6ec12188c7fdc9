/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The camera's arithmetic. The front view's eye is at infinity; what it needs of depth is a slab around the
 * drawing's plane, wide enough for whatever fits the height. Pure functions, any thread.
 */
#include "render/camera.h"

#include <string.h>

#define DEFAULT_FOV (40 * G_PI / 180)
#define MAX_ELEVATION (89 * G_PI / 180)
#define FIT_MARGIN 1.2
#define FIT_MARGIN_SPHERE 0.9 /* the sphere around the box is itself generous */
#define MIN_EXTENT 1e-4       /* m: nearest and farthest that zooming goes */
#define MAX_EXTENT 1e5
#define FRONT_HALF_DEPTH 50.0 /* of the slab drawn, in heights of the view */
#define NEAR_FRACTION 0.02    /* of the perspective's distance */
#define FAR_FRACTION 400.0
#define FLAT_FOV (1 * G_PI / 180) /* a perspective that can hardly be told from the front view */

typedef struct
{
  double right[3], up[3], forward[3];
} Frame;

static Frame
camera_frame (const SgCamera *camera)
{
  gboolean front = camera->mode == SG_CAMERA_FRONT;
  double azimuth = front ? 0 : camera->azimuth, elevation = front ? 0 : camera->elevation;
  double ca = cos (azimuth), sa = sin (azimuth), ce = cos (elevation), se = sin (elevation);

  return (Frame){ .right = { ca, sa, 0 },
                  .up = { -sa * se, ca * se, ce },
                  .forward = { -sa * ce, ca * ce, -se } };
}

/* Metres that the view shows from top to bottom, at the target's depth. */
static double
visible_height (const SgCamera *camera)
{
  return camera->mode == SG_CAMERA_FRONT ? camera->height : 2 * camera->distance * tan (camera->fov / 2);
}

static void
move_target (SgCamera *camera, double right, double up)
{
  Frame frame = camera_frame (camera);

  for (int i = 0; i < 3; i++)
    camera->target[i] += right * frame.right[i] + up * frame.up[i];
}

SgCamera
sg_camera_default (void)
{
  return (SgCamera){ .mode = SG_CAMERA_FRONT,
                     .target = { 0, 0, 1 },
                     .height = 3,
                     .azimuth = 30 * G_PI / 180,
                     .elevation = 20 * G_PI / 180,
                     .distance = 4,
                     .fov = DEFAULT_FOV };
}

static void
bounds_add (double low[3], double high[3], const double center[3], const double half[3])
{
  for (int i = 0; i < 3; i++)
    {
      low[i] = MIN (low[i], center[i] - half[i]);
      high[i] = MAX (high[i], center[i] + half[i]);
    }
}

/* The world box of one geom, from its own box (geom_aabb: centre, half sizes). */
static void
bounds_add_geom (double low[3], double high[3], const mjModel *model, const mjData *data, int geom)
{
  const mjtNum *aabb = model->geom_aabb + 6 * geom, *mat = data->geom_xmat + 9 * geom;
  double center[3], half[3];

  for (int i = 0; i < 3; i++)
    {
      center[i] = data->geom_xpos[3 * geom + i];
      half[i] = 0;
      for (int j = 0; j < 3; j++)
        {
          center[i] += mat[3 * i + j] * aabb[j];
          half[i] += fabs (mat[3 * i + j]) * aabb[3 + j];
        }
    }
  bounds_add (low, high, center, half);
}

/* Level ground that is near what stands above it belongs to the view. */
static void
bounds_add_ground (double low[3], double high[3], const mjModel *model, const mjData *data)
{
  double near = MAX (high[0] - low[0], high[2] - low[2]);

  for (int i = 0; i < model->ngeom; i++)
    {
      double z = data->geom_xpos[3 * i + 2];

      if (model->geom_type[i] == mjGEOM_PLANE && data->geom_xmat[9 * i + 8] > 0.999 && low[2] - z < near)
        low[2] = MIN (low[2], z);
    }
}

void
sg_camera_fit (SgCamera *camera, const mjModel *model, const mjData *data, double aspect)
{
  double low[3] = { INFINITY, INFINITY, INFINITY }, high[3] = { -INFINITY, -INFINITY, -INFINITY };
  const double no_size[3] = { 0 };
  double width, height, radius = 0;

  g_return_if_fail (aspect > 0);

  for (int i = 0; i < model->ngeom; i++)
    if (model->geom_type[i] != mjGEOM_PLANE)
      bounds_add_geom (low, high, model, data, i);
  for (int i = 0; i < model->nsite; i++)
    bounds_add (low, high, data->site_xpos + 3 * i, no_size);
  bounds_add_ground (low, high, model, data);
  if (!(low[0] <= high[0]) || !isfinite (high[0] - low[0] + high[1] - low[1] + high[2] - low[2]))
    return;

  for (int i = 0; i < 3; i++)
    {
      camera->target[i] = (low[i] + high[i]) / 2;
      radius += (high[i] - low[i]) * (high[i] - low[i]) / 4;
    }
  radius = CLAMP (sqrt (radius), MIN_EXTENT, MAX_EXTENT);
  width = high[0] - low[0];
  height = high[2] - low[2];
  camera->height = CLAMP (FIT_MARGIN * MAX (height, width / aspect), MIN_EXTENT, MAX_EXTENT);
  camera->distance = FIT_MARGIN_SPHERE * radius / sin (camera->fov / 2) / MIN (1, aspect);
}

void
sg_camera_match_page (
  SgCamera *camera, SgPoint center, double zoom, double view_height, double scale, SgPoint origin)
{
  g_return_if_fail (zoom > 0 && view_height > 0 && scale > 0);

  camera->mode = SG_CAMERA_FRONT;
  camera->target[0] = (center.x - origin.x) / scale;
  camera->target[1] = 0;
  camera->target[2] = (origin.y - center.y) / scale;
  camera->height = view_height / (zoom * scale);
}

void
sg_camera_orbit (SgCamera *camera, double dx, double dy, double view_height)
{
  g_return_if_fail (view_height > 0);

  if (camera->mode == SG_CAMERA_FIXED)
    camera->mode = SG_CAMERA_PERSPECTIVE;
  if (camera->mode == SG_CAMERA_FRONT)
    {
      camera->mode = SG_CAMERA_PERSPECTIVE;
      camera->azimuth = camera->elevation = 0;
      camera->distance = camera->height / (2 * tan (camera->fov / 2));
    }
  camera->azimuth = sg_angle_wrap (camera->azimuth - dx * G_PI / view_height);
  camera->elevation = CLAMP (camera->elevation + dy * G_PI / view_height, -MAX_ELEVATION, MAX_ELEVATION);
}

void
sg_camera_pan (SgCamera *camera, double dx, double dy, double view_height)
{
  double metres;

  g_return_if_fail (view_height > 0);

  metres = visible_height (camera) / view_height;
  move_target (camera, -dx * metres, dy * metres);
}

void
sg_camera_zoom (SgCamera *camera, double zoom, double px, double py, double view_height)
{
  double *extent = camera->mode == SG_CAMERA_FRONT ? &camera->height : &camera->distance;
  double before, shift;

  g_return_if_fail (zoom > 0 && view_height > 0);

  before = visible_height (camera);
  *extent = CLAMP (*extent / zoom, MIN_EXTENT, MAX_EXTENT);
  shift = (before - visible_height (camera)) / view_height;
  move_target (camera, px * shift, -py * shift);
}

void
sg_camera_make_room (SgCamera *camera, double head, double foot, double view_height)
{
  double left = MAX (view_height - head - foot, view_height / 4);

  g_return_if_fail (view_height > 0);

  sg_camera_zoom (camera, left / view_height, 0, 0, view_height);
  sg_camera_pan (camera, 0, (head - foot) / 2, view_height);
}

static SgCamera
as_perspective (const SgCamera *camera)
{
  SgCamera out = *camera;

  if (camera->mode != SG_CAMERA_FRONT)
    return out;
  out.mode = SG_CAMERA_PERSPECTIVE;
  out.azimuth = out.elevation = 0;
  out.fov = FLAT_FOV;
  out.distance = camera->height / (2 * tan (out.fov / 2));
  return out;
}

SgCamera
sg_camera_mix (const SgCamera *from, const SgCamera *to, double share)
{
  SgCamera a = as_perspective (from), b = as_perspective (to), out = a;
  double height;

  if (share >= 1 || a.mode == SG_CAMERA_FIXED || b.mode == SG_CAMERA_FIXED)
    return *to;
  if (share <= 0)
    return *from;
  height = exp ((1 - share) * log (visible_height (&a)) + share * log (visible_height (&b)));
  for (int i = 0; i < 3; i++)
    out.target[i] = (1 - share) * a.target[i] + share * b.target[i];
  out.azimuth = sg_angle_wrap (a.azimuth + share * sg_angle_wrap (b.azimuth - a.azimuth));
  out.elevation = (1 - share) * a.elevation + share * b.elevation;
  out.fov = (1 - share) * a.fov + share * b.fov;
  out.distance = height / (2 * tan (out.fov / 2));
  return out;
}

SgCamera
sg_camera_carried (const SgCamera *camera, const mjModel *model, const mjData *data)
{
  SgCamera out = *camera;

  if (camera->followed > 0 && camera->followed < model->nbody)
    for (int i = 0; i < 3; i++)
      out.target[i] += data->xipos[3 * camera->followed + i] - camera->from[i];
  return out;
}

static void
orthographic (float m[16], double half_width, double half_height, double near_z, double far_z)
{
  memset (m, 0, 16 * sizeof (float));
  m[0] = (float)(1 / half_width);
  m[5] = (float)(1 / half_height);
  m[10] = (float)(-2 / (far_z - near_z));
  m[14] = (float)(-(far_z + near_z) / (far_z - near_z));
  m[15] = 1;
}

static void
perspective (float m[16], double slope_x, double slope_y, double near_z, double far_z)
{
  memset (m, 0, 16 * sizeof (float));
  m[0] = (float)(1 / slope_x);
  m[5] = (float)(1 / slope_y);
  m[10] = (float)(-(far_z + near_z) / (far_z - near_z));
  m[11] = -1;
  m[14] = (float)(-2 * far_z * near_z / (far_z - near_z));
}

static void
look_along (float m[16], const Frame *frame, const double eye[3])
{
  const double *rows[3] = { frame->right, frame->up, frame->forward };

  memset (m, 0, 16 * sizeof (float));
  for (int row = 0; row < 3; row++)
    {
      double sign = row == 2 ? -1 : 1, offset = 0;

      for (int i = 0; i < 3; i++)
        {
          m[4 * i + row] = (float)(sign * rows[row][i]);
          offset -= sign * rows[row][i] * eye[i];
        }
      m[12 + row] = (float)offset;
    }
  m[15] = 1;
}

void
sg_camera_matrices (
  const SgCamera *camera, double aspect, float view[16], float projection[16], double eye[3])
{
  Frame frame = camera_frame (camera);
  gboolean front = camera->mode == SG_CAMERA_FRONT;
  double distance = front ? camera->height * FRONT_HALF_DEPTH : camera->distance;
  double slope = tan (camera->fov / 2), near_z = distance * NEAR_FRACTION, place[3];

  for (int i = 0; i < 3; i++)
    place[i] = camera->target[i] - distance * frame.forward[i];
  look_along (view, &frame, place);
  if (front)
    orthographic (projection, camera->height * aspect / 2, camera->height / 2, near_z, 2 * distance);
  else
    perspective (projection, slope * aspect, slope, near_z, distance * FAR_FRACTION);
  if (eye)
    memcpy (eye, place, sizeof place);
}

void
sg_camera_to_scene (const SgCamera *camera, mjvScene *scene)
{
  Frame frame = camera_frame (camera);
  gboolean front = camera->mode == SG_CAMERA_FRONT;
  double distance = front ? camera->height * FRONT_HALF_DEPTH : camera->distance;
  double near_z = distance * NEAR_FRACTION, far_z = front ? 2 * distance : distance * FAR_FRACTION;
  double top = front ? camera->height / 2 : near_z * tan (camera->fov / 2);
  mjvGLCamera out = { .frustum_top = (float)top,
                      .frustum_bottom = (float)-top,
                      .frustum_near = (float)near_z,
                      .frustum_far = (float)far_z,
                      .orthographic = front };

  for (int i = 0; i < 3; i++)
    {
      out.pos[i] = (float)(camera->target[i] - distance * frame.forward[i]);
      out.forward[i] = (float)frame.forward[i];
      out.up[i] = (float)frame.up[i];
    }
  scene->camera[0] = scene->camera[1] = out;
}
