/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the sticks and buttons of a gamepad tell the motors: which of them drives which motor, by its name,
 * so that it outlives the model, and how far. Plain values; knows no device (app/pads.h does). One thread.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

typedef enum
{
  SG_PAD_NONE,
  SG_PAD_LEFT_X, /* to the right is more */
  SG_PAD_LEFT_Y, /* upwards is more */
  SG_PAD_RIGHT_X,
  SG_PAD_RIGHT_Y,
  SG_PAD_TRIGGERS, /* the right one more, the left one less */
  SG_PAD_CROSS_X,
  SG_PAD_CROSS_Y,
  SG_PAD_BUTTONS, /* the one below (A) more, the one at the right (B) less */
  SG_N_PAD_CONTROLS
} SgPadControl;

#define SG_PAD_DEAD_ZONE 0.15 /* of a stick's way, about its middle: no stick rests quite there */

const char *sg_pad_control_describe (SgPadControl control); /* "Left stick ↔"; static */

typedef struct _SgPadMap SgPadMap;

SgPadMap *sg_pad_map_new (void);
void sg_pad_map_free (SgPadMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgPadMap, sg_pad_map_free)

/* A motor by its number in `model`; SG_PAD_NONE: nothing drives it. */
void sg_pad_map_bind (SgPadMap *map, const mjModel *model, int motor, SgPadControl control);
SgPadControl sg_pad_map_get (SgPadMap *map, const mjModel *model, int motor);

/* What happens at the device: Linux's codes (ABS_X, BTN_SOUTH), an axis from -1 to 1. Strange codes and
 * numbers do nothing. */
void sg_pad_map_move_axis (SgPadMap *map, guint code, double value);
void sg_pad_map_press (SgPadMap *map, guint code, gboolean pressed);
void sg_pad_map_let_go (SgPadMap *map); /* of all: the device is gone */

/* Where a control is, -1 to 1, dead zone and all. */
double sg_pad_map_read (const SgPadMap *map, SgPadControl control);

typedef struct
{
  int control; /* in mjData.ctrl */
  double value;
} SgPadMove;

/* What the motors of `model` are to be told that they were not told before; at most `n`. The middle of a
 * stick is 0 where the motor's range has it, else the range's middle. Returns how many. */
guint sg_pad_map_take_moves (SgPadMap *map, const mjModel *model, SgPadMove *moves, guint n);

G_END_DECLS
