/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each event of mouse, pen and finger means to the canvas: which of them draws, erases, selects, moves
 * the paper, or is a palm. Knows no toolkit, so a recorded trace can be replayed in a test. One drag at a
 * time: the pen wins over mouse and fingers. Main thread.
 *
 *   nobody --press--> one drag (draws, erases, selects, pans) --release, lost, unplugged--> nobody
 *     one finger's drag --second finger--> pinch, the drag is cancelled --one lifts--> the other pans
 *     fingers --pen comes near--> nobody: their drag is cancelled, they are palms until they lift
 */
#pragma once

#include "app/canvas-input.h"

G_BEGIN_DECLS

typedef enum
{
  SG_DEVICE_MOUSE,
  SG_DEVICE_PEN,
  SG_DEVICE_ERASER, /* the pen's other end */
  SG_DEVICE_TOUCH,
  SG_N_DEVICES
} SgDevice;

typedef enum
{
  SG_POINTER_NEAR, /* a pen came into reach of the tablet */
  SG_POINTER_AWAY, /* it left it, or the canvas */
  SG_POINTER_DOWN,
  SG_POINTER_MOVE,
  SG_POINTER_UP,
  SG_POINTER_LOST, /* the system took the sequence away: for a finger, it was none */
  SG_POINTER_GONE, /* the device was unplugged: no event of it comes any more */
  SG_N_POINTER_KINDS
} SgPointerKind;

typedef enum
{
  SG_BUTTON_NONE,
  SG_BUTTON_MAIN,   /* the mouse's left one, the pen's tip, a finger */
  SG_BUTTON_FIRST,  /* the pen's barrel button next to the tip: selects and moves */
  SG_BUTTON_SECOND, /* the one behind it: erases */
  SG_BUTTON_MIDDLE, /* of the mouse: moves the paper */
  SG_BUTTON_MENU    /* of the mouse: asks what a mark is */
} SgButton;

#define SG_PALM_MS 500 /* after the pen's last event fingers are palms */

typedef struct
{
  SgPointerKind kind;
  SgDevice device;
  guint64 id;      /* of a finger's sequence, from its press to its lifting */
  SgButton button; /* DOWN, UP */
  gboolean held;   /* MOVE: a button, or the tip, is down: where not, its release was lost */
  SgPoint at;      /* widget */
  double pressure; /* 0..1; NAN where the device has none */
  double time;     /* ms on any clock, the same for all devices */
  gboolean extend; /* Shift */
  gboolean free;   /* Alt: without snapping */
} SgPointerEvent;

typedef enum
{
  SG_ACT_BEGIN,  /* a drag of `tool` at `at` */
  SG_ACT_MOVE,   /* it goes on */
  SG_ACT_END,    /* it is done; `at` and the rest are of its last sample */
  SG_ACT_CANCEL, /* it was not meant: no trace of it stays */
  SG_ACT_PAN,    /* the paper moves by `by` */
  SG_ACT_PINCH,  /* it moves by `by`, and is `factor` times as large about `at` */
  SG_ACT_ASK     /* what is the mark at `at` */
} SgActKind;

typedef struct
{
  SgActKind kind;
  SgTool tool; /* BEGIN to CANCEL; SG_TOOL_PAN only begins and ends, PAN acts move it */
  SgDevice device;
  SgPoint at, by; /* widget */
  double factor;
  double pressure, time;
  gboolean extend, free;
} SgAct;

#define SG_POINTERS_MAX_ACTS 3

typedef struct
{
  guint64 id;
  SgPoint at;
} SgFinger;

/* A plain value; all zero at first. The members are its own. */
typedef struct
{
  SgTool tool; /* that the person chose */
  gboolean dragging;
  SgTool drag_tool;
  SgDevice drag_device;
  SgButton drag_button;
  SgPointerEvent last; /* sample of the drag */
  SgFinger fingers[2];
  guint n_fingers;
  gboolean pen_seen, pen_near;
  double pen_time;    /* of its last event */
  gboolean barrel[2]; /* held: the first, the second */
} SgPointers;

/* Says what the event comes to. Returns how many acts there are, to be done in order. */
guint
sg_pointers_take (SgPointers *pointers, const SgPointerEvent *event, SgAct acts[SG_POINTERS_MAX_ACTS]);

/* The drag under way is over, as after a CANCEL; what else comes of its device until the next press is of
 * nobody. */
void sg_pointers_drop (SgPointers *pointers);

G_END_DECLS
