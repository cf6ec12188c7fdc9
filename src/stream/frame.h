/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A frame: where every moving body is, in whole numbers, as recordings and browsers get it. Plain values; any
 * thread.
 *
 * Every number is a whole one below 2^53, kept in a double: what C and JavaScript make of them is the same
 * to the bit.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

#define SG_FRAME_MAX_BODIES 4096
#define SG_FRAME_VALUES 6      /* room of one body */
#define SG_FRAME_FARTHEST 1e8  /* m from the origin along an axis */
#define SG_FRAME_MAX_STEP 1e15 /* steps since the start */

/* How far off a body may be: along each axis, and by an angle. */
typedef struct
{
  double place; /* m */
  double angle; /* rad */
} SgFrameError;

SgFrameError sg_frame_error_default (void); /* 0.1 mm, 0.05 degrees */

typedef struct
{
  int body;        /* in the model */
  gboolean planar; /* it turns about the y axis only, and stays at `y` */
  double y;        /* m; planar */
} SgFrameBody;

/* Which bodies a frame has, and what its numbers mean. Constant once made. */
typedef struct
{
  guint n_bodies;
  SgFrameBody *bodies; /* n_bodies; of the model's those that move by themselves, in its order */
  double place_step;   /* m; one unit of a place */
  double n_angles;     /* units of a whole turn; planar */
  double turn_step;    /* one unit of a quaternion's component; not planar */
  double places;       /* units of a metre */
  double turns;        /* units of a component of 1 */
} SgFrameLayout;

/* Errors: stream.too-large. */
SgFrameLayout *sg_frame_layout_new (const mjModel *model, SgFrameError most, GError **error);
void sg_frame_layout_free (SgFrameLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgFrameLayout, sg_frame_layout_free)

/* `values` of a planar body: x, z, angle (0 to n_angles - 1, about +y). Of another: x, y, z, and the three
 * components of its unit quaternion (w, x, y, z) without the largest, in that order, the largest being
 * positive ("smallest three"). */
typedef struct
{
  double step;     /* of the simulation, since the start */
  double *values;  /* n_bodies * SG_FRAME_VALUES; those that a body does not use are 0 */
  guint8 *largest; /* n_bodies; 0..3, not planar */
} SgFrame;

/* floor (), of what a frame can hold: the library's is a call. */
static inline double
sg_frame_floor (double value)
{
  gint64 whole = (gint64)value;

  return (double)(whole - ((double)whole > value));
}

void sg_frame_init (SgFrame *frame, const SgFrameLayout *layout);
void sg_frame_clear (SgFrame *frame);

/* Reads the poses of `data`, which must be brought up to date (mj_kinematics). Allocates nothing. Errors:
 * stream.range, which leaves the frame as it was or half read. */
gboolean sg_frame_take (
  SgFrame *frame, const SgFrameLayout *layout, const mjData *data, guint64 step, GError **error);

/* Place (m) and unit quaternion of body `i` of the layout. */
void sg_frame_get_pose (
  const SgFrame *frame, const SgFrameLayout *layout, guint i, double position[3], double quaternion[4]);

G_END_DECLS
