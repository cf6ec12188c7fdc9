/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mjData -> whole numbers and back; any thread. */
#include "stream/frame.h"

#include <math.h>

#include "stream/error.h"

SgFrameError
sg_frame_error_default (void)
{
  return (SgFrameError){ .place = 1e-4, .angle = 0.05 * G_PI / 180 };
}

/* -- Layout -- */

static gboolean
turns_about_y (const mjtNum quaternion[4])
{
  return fabs (quaternion[1]) < 1e-9 && fabs (quaternion[3]) < 1e-9;
}

static gboolean
joint_is_planar (const mjModel *model, int joint)
{
  const mjtNum *axis = model->jnt_axis + 3 * joint;

  switch (model->jnt_type[joint])
    {
    case mjJNT_SLIDE:
      return fabs (axis[1]) < 1e-9;
    case mjJNT_HINGE:
      return fabs (axis[0]) < 1e-9 && fabs (axis[2]) < 1e-9;
    default:
      return FALSE;
    }
}

/* Parents come before their children. `y` (nbody) is set where it is planar. */
static gboolean
is_planar (const mjModel *model, int body, const gboolean *planar, double *y)
{
  int parent = model->body_parentid[body];

  y[body] = y[parent] + model->body_pos[3 * body + 1];
  if (!planar[parent] || !turns_about_y (model->body_quat + 4 * body) || model->body_mocapid[body] >= 0)
    return FALSE;
  for (int k = 0; k < model->body_jntnum[body]; k++)
    if (!joint_is_planar (model, model->body_jntadr[body] + k))
      return FALSE;
  return TRUE;
}

/* A body that is welded to another moves with it: whoever knows the model places it. */
static gboolean
moves_by_itself (const mjModel *model, int body)
{
  return (model->body_weldid[body] == body && body > 0) || model->body_mocapid[body] >= 0;
}

/* A component is off by half a step at most. The largest, of 1/2 at least, is off by what the others make of
 * it, so that the quaternion is off by sqrt (3) steps and the angle by twice that. */
static double
turn_step (double angle)
{
  return angle / (2 * sqrt (3));
}

SgFrameLayout *
sg_frame_layout_new (const mjModel *model, SgFrameError most, GError **error)
{
  g_autofree gboolean *planar = g_new0 (gboolean, model->nbody);
  g_autofree double *y = g_new0 (double, model->nbody);
  g_autoptr (SgFrameLayout) layout = g_new0 (SgFrameLayout, 1);

  planar[0] = TRUE;
  layout->bodies = g_new (SgFrameBody, MIN (model->nbody, SG_FRAME_MAX_BODIES));
  layout->place_step = 2 * most.place;
  layout->n_angles = ceil (G_PI / most.angle);
  layout->turn_step = turn_step (most.angle);
  layout->places = 1 / layout->place_step;
  layout->turns = 1 / layout->turn_step;
  for (int body = 1; body < model->nbody; body++)
    {
      planar[body] = is_planar (model, body, planar, y);
      if (!moves_by_itself (model, body))
        continue;
      if (layout->n_bodies == SG_FRAME_MAX_BODIES)
        {
          g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_TOO_LARGE,
                       "more than %d bodies move, which is more than a frame takes", SG_FRAME_MAX_BODIES);
          return NULL;
        }
      layout->bodies[layout->n_bodies++] = (SgFrameBody){ body, planar[body], planar[body] ? y[body] : 0 };
    }
  return g_steal_pointer (&layout);
}

void
sg_frame_layout_free (SgFrameLayout *layout)
{
  g_free (layout->bodies);
  g_free (layout);
}

/* -- Frames -- */

void
sg_frame_init (SgFrame *frame, const SgFrameLayout *layout)
{
  frame->step = 0;
  frame->values = g_new0 (double, MAX (layout->n_bodies, 1) * SG_FRAME_VALUES);
  frame->largest = g_new0 (guint8, MAX (layout->n_bodies, 1));
}

void
sg_frame_clear (SgFrame *frame)
{
  g_clear_pointer (&frame->values, g_free);
  g_clear_pointer (&frame->largest, g_free);
}

static inline double
nearest (double value)
{
  return sg_frame_floor (value + 0.5);
}

static inline gboolean
is_within (const mjtNum *place)
{
  return fabs (place[0]) <= SG_FRAME_FARTHEST && fabs (place[1]) <= SG_FRAME_FARTHEST &&
         fabs (place[2]) <= SG_FRAME_FARTHEST; /* not where it is no number */
}

/* atan2 () to 2e-8: Abramowitz and Stegun, "Handbook of Mathematical Functions", 4.4.49. */
static double
about_atan2 (double y, double x)
{
  double far = fabs (x), near = fabs (y);
  gboolean steep = near > far;
  double t = steep ? far / near : far > 0 ? near / far
                                          : 0,
         s = t * t;
  double angle =
    t * (1 + s * (-0.3333314528 +
                  s * (0.1999355085 +
                       s * (-0.1420889944 +
                            s * (0.1065626393 +
                                 s * (-0.0752896400 +
                                      s * (0.0429096138 + s * (-0.0161657367 + s * 0.0028662257))))))));

  if (steep)
    angle = G_PI / 2 - angle;
  if (x < 0)
    angle = G_PI - angle;
  return y < 0 ? -angle : angle;
}

/* Twice the angle in units, and as good as from atan2 () itself: where it might round otherwise, that is
 * asked. */
static double
whole_angle (const SgFrameLayout *layout, double y, double x)
{
  double units = layout->n_angles / G_PI, exact = about_atan2 (y, x) * units, angle = nearest (exact);

  if (fabs (exact - angle) > 0.5 - 1e-6 * layout->n_angles)
    angle = nearest (atan2 (y, x) * units);
  return angle;
}

static void
take_planar (const SgFrameLayout *layout, const mjtNum *place, const mjtNum *quaternion, double *values)
{
  double angle = whole_angle (layout, quaternion[2], quaternion[0]);

  values[0] = nearest (place[0] * layout->places);
  values[1] = nearest (place[2] * layout->places);
  values[2] = angle < 0 ? angle + layout->n_angles : angle < layout->n_angles ? angle
                                                                              : angle - layout->n_angles;
}

static guint8
take_free (const SgFrameLayout *layout, const mjtNum *place, const mjtNum *quaternion, double *values)
{
  guint8 largest = 0;

  for (guint k = 1; k < 4; k++)
    if (fabs (quaternion[k]) > fabs (quaternion[largest]))
      largest = k;
  double sign = quaternion[largest] < 0 ? -1 : 1;
  for (guint k = 0; k < 3; k++)
    {
      values[k] = nearest (place[k] * layout->places);
      values[3 + k] = nearest (sign * quaternion[k < largest ? k : k + 1] * layout->turns);
    }
  return largest;
}

gboolean
sg_frame_take (SgFrame *frame, const SgFrameLayout *layout, const mjData *data, guint64 step, GError **error)
{
  frame->step = MIN (step, SG_FRAME_MAX_STEP);
  for (guint i = 0; i < layout->n_bodies; i++)
    {
      const SgFrameBody *body = &layout->bodies[i];
      const mjtNum *place = data->xpos + 3 * body->body, *quaternion = data->xquat + 4 * body->body;
      double *values = frame->values + i * SG_FRAME_VALUES;

      if (!is_within (place) || !isfinite (quaternion[0] + quaternion[1] + quaternion[2] + quaternion[3]))
        {
          g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_RANGE, "body %d is at (%g, %g, %g) m",
                       body->body, place[0], place[1], place[2]);
          return FALSE;
        }
      if (body->planar)
        take_planar (layout, place, quaternion, values);
      else
        frame->largest[i] = take_free (layout, place, quaternion, values);
    }
  return TRUE;
}

void
sg_frame_get_pose (
  const SgFrame *frame, const SgFrameLayout *layout, guint i, double position[3], double quaternion[4])
{
  const double *values = frame->values + i * SG_FRAME_VALUES;
  double rest = 1;

  if (layout->bodies[i].planar)
    {
      double half = values[2] * G_PI / layout->n_angles;

      position[0] = values[0] * layout->place_step;
      position[1] = layout->bodies[i].y;
      position[2] = values[1] * layout->place_step;
      quaternion[0] = cos (half), quaternion[2] = sin (half);
      quaternion[1] = quaternion[3] = 0;
      return;
    }
  for (guint k = 0; k < 3; k++)
    {
      double component = values[3 + k] * layout->turn_step;

      position[k] = values[k] * layout->place_step;
      quaternion[k < frame->largest[i] ? k : k + 1] = component;
      rest -= component * component;
    }
  quaternion[frame->largest[i]] = sqrt (MAX (rest, 0));
}
