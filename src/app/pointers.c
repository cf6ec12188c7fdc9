/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The decisions that the header draws. Invariants: a drag of a finger has that finger alone in `fingers`; a
 * palm is in no state at all, so that what else comes of its sequence is of an unknown finger and passes. */
#include "app/pointers.h"

/* A pen that says it came near and then nothing at all for so long has left without a word. */
#define NEAR_MS 10000

typedef struct
{
  SgPointers *pointers;
  const SgPointerEvent *event;
  SgAct *acts;
  guint n_acts;
} Take;

static SgAct *
add_act (Take *take, SgActKind kind, const SgPointerEvent *of)
{
  SgAct *act = &take->acts[take->n_acts++];

  *act = (SgAct){
    .kind = kind,
    .tool = take->pointers->drag_tool,
    .device = of->device,
    .at = of->at,
    .factor = 1,
    .pressure = of->pressure,
    .time = of->time,
    .extend = of->extend,
    .free = of->free,
  };
  return act;
}

static void
begin (Take *take, SgTool tool, SgButton button)
{
  SgPointers *self = take->pointers;

  self->dragging = TRUE;
  self->drag_tool = tool;
  self->drag_device = take->event->device;
  self->drag_button = button;
  self->last = *take->event;
  add_act (take, SG_ACT_BEGIN, take->event);
}

static void
move (Take *take)
{
  SgPointers *self = take->pointers;

  if (self->drag_tool == SG_TOOL_PAN)
    add_act (take, SG_ACT_PAN, take->event)->by = sg_point_sub (take->event->at, self->last.at);
  else
    add_act (take, SG_ACT_MOVE, take->event);
  self->last = *take->event;
}

/* With END what was drawn so far stays, with CANCEL it was never there. */
static void
finish (Take *take, SgActKind kind)
{
  if (!take->pointers->dragging)
    return;
  take->pointers->dragging = FALSE;
  add_act (take, kind, &take->pointers->last);
}

static gboolean
is_pen (SgDevice device)
{
  return device == SG_DEVICE_PEN || device == SG_DEVICE_ERASER;
}

static gboolean
pen_drags (const SgPointers *self)
{
  return self->dragging && is_pen (self->drag_device);
}

static gboolean
is_palm (const SgPointers *self, double time)
{
  double since = time - self->pen_time;

  return self->pen_seen && (pen_drags (self) || since < (self->pen_near ? NEAR_MS : SG_PALM_MS));
}

/* The pen is here: fingers are palms, and what they drew was not meant. */
static void
notice_pen (Take *take)
{
  SgPointers *self = take->pointers;

  self->pen_seen = TRUE;
  self->pen_time = take->event->time;
  if (take->event->kind == SG_POINTER_NEAR)
    self->pen_near = TRUE;
  if (self->dragging && self->drag_device == SG_DEVICE_TOUCH)
    finish (take, self->drag_tool == SG_TOOL_PAN ? SG_ACT_END : SG_ACT_CANCEL);
  self->n_fingers = 0;
}

static gboolean
touches (const SgPointerEvent *event)
{
  return event->pressure > 0; /* not where it is NAN */
}

/* The tip is down, or as good as: some tablets send a barrel button in its place. */
static void
begin_pen (Take *take, SgButton button)
{
  SgPointers *self = take->pointers;
  SgTool tool = self->tool;

  if (take->event->device == SG_DEVICE_ERASER || self->barrel[1])
    tool = SG_TOOL_ERASER;
  if (self->barrel[0])
    tool = SG_TOOL_SELECT;
  finish (take, SG_ACT_END); /* the mouse's, or the pen's own where its lifting was lost */
  begin (take, tool, button);
}

static gboolean
is_barrel (SgButton button)
{
  return button == SG_BUTTON_FIRST || button == SG_BUTTON_SECOND;
}

/* A barrel button does nothing by itself, so that a grip that presses it in the air harms nothing. */
static void
press_pen (Take *take)
{
  SgPointers *self = take->pointers;
  SgButton button = take->event->button;

  if (is_barrel (button))
    self->barrel[button - SG_BUTTON_FIRST] = TRUE;
  if (button == SG_BUTTON_MAIN || (is_barrel (button) && !pen_drags (self) && touches (take->event)))
    begin_pen (take, button);
}

static void
release_pen (Take *take)
{
  SgPointers *self = take->pointers;
  SgButton button = take->event->button;

  if (is_barrel (button))
    self->barrel[button - SG_BUTTON_FIRST] = FALSE;
  if (pen_drags (self) && button == self->drag_button)
    finish (take, SG_ACT_END);
}

static void
move_pen (Take *take)
{
  SgPointers *self = take->pointers;

  if (pen_drags (self) && !take->event->held)
    finish (take, SG_ACT_END);
  else if (pen_drags (self))
    move (take);
  else if ((self->barrel[0] || self->barrel[1]) && touches (take->event))
    begin_pen (take, self->barrel[0] ? SG_BUTTON_FIRST : SG_BUTTON_SECOND);
}

static void
take_pen (Take *take)
{
  SgPointers *self = take->pointers;

  notice_pen (take);
  switch (take->event->kind)
    {
    case SG_POINTER_DOWN:
      press_pen (take);
      break;
    case SG_POINTER_MOVE:
      move_pen (take);
      break;
    case SG_POINTER_UP:
      release_pen (take);
      break;
    case SG_POINTER_GONE:
      self->pen_seen = FALSE; /* fingers draw again */
      G_GNUC_FALLTHROUGH;
    case SG_POINTER_AWAY:
      self->pen_near = self->barrel[0] = self->barrel[1] = FALSE;
      G_GNUC_FALLTHROUGH;
    case SG_POINTER_LOST:
      if (pen_drags (self))
        finish (take, SG_ACT_END);
      break;
    default:
      break;
    }
}

static void
press_mouse (Take *take)
{
  SgPointers *self = take->pointers;
  SgButton button = take->event->button;

  if (self->dragging && self->drag_device == SG_DEVICE_MOUSE && self->drag_button == button)
    finish (take, SG_ACT_END); /* its release was lost */
  if (self->dragging || self->n_fingers > 0)
    return;
  if (button == SG_BUTTON_MAIN)
    begin (take, self->tool, button);
  else if (button == SG_BUTTON_MIDDLE)
    begin (take, SG_TOOL_PAN, button);
  else if (button == SG_BUTTON_MENU)
    add_act (take, SG_ACT_ASK, take->event);
}

static void
take_mouse (Take *take)
{
  SgPointers *self = take->pointers;
  gboolean drags = self->dragging && self->drag_device == SG_DEVICE_MOUSE;

  if (take->event->kind == SG_POINTER_DOWN)
    press_mouse (take);
  else if (!drags)
    return;
  else if (take->event->kind == SG_POINTER_MOVE && take->event->held)
    move (take);
  else if (take->event->kind == SG_POINTER_MOVE || take->event->kind == SG_POINTER_LOST ||
           take->event->kind == SG_POINTER_GONE ||
           (take->event->kind == SG_POINTER_UP && take->event->button == self->drag_button))
    finish (take, SG_ACT_END);
}

static int
find_finger (const SgPointers *self, guint64 id)
{
  for (guint i = 0; i < self->n_fingers; i++)
    if (self->fingers[i].id == id)
      return i;
  return -1;
}

/* One finger draws where there is no pen to draw with. */
static void
begin_finger (Take *take)
{
  begin (take, take->pointers->pen_seen ? SG_TOOL_PAN : take->pointers->tool, SG_BUTTON_MAIN);
}

/* `of` two fingers; the other one now moves the paper. */
static void
lift_of_two (Take *take, int finger)
{
  SgPointers *self = take->pointers;

  self->fingers[0] = self->fingers[1 - finger];
  self->n_fingers = 1;
  begin (take, SG_TOOL_PAN, SG_BUTTON_MAIN);
  self->last.at = self->fingers[0].at;
}

static void
lift_finger (Take *take, int finger, SgActKind kind)
{
  if (take->pointers->n_fingers == 2)
    {
      lift_of_two (take, finger);
      return;
    }
  take->pointers->n_fingers = 0;
  finish (take, kind);
}

static void
press_finger (Take *take)
{
  SgPointers *self = take->pointers;
  int known = find_finger (self, take->event->id);

  if (known >= 0)
    lift_finger (take, known, SG_ACT_END); /* its lifting was lost */
  if (is_palm (self, take->event->time) || self->n_fingers == 2 ||
      (self->dragging && self->drag_device != SG_DEVICE_TOUCH))
    return;
  if (self->n_fingers == 1)
    finish (take, self->drag_tool == SG_TOOL_PAN ? SG_ACT_END : SG_ACT_CANCEL);
  self->fingers[self->n_fingers++] = (SgFinger){ take->event->id, take->event->at };
  if (self->n_fingers == 1)
    begin_finger (take);
}

static void
pinch (Take *take, int finger)
{
  SgFinger *fingers = take->pointers->fingers;
  SgPoint before = sg_point_lerp (fingers[0].at, fingers[1].at, 0.5);
  double width = sg_point_distance (fingers[0].at, fingers[1].at);
  SgAct *act = add_act (take, SG_ACT_PINCH, take->event);

  fingers[finger].at = take->event->at;
  act->at = sg_point_lerp (fingers[0].at, fingers[1].at, 0.5);
  act->by = sg_point_sub (act->at, before);
  act->factor = sg_point_distance (fingers[0].at, fingers[1].at) / MAX (width, 1);
  act->factor = CLAMP (act->factor, 0.1, 10); /* fingers on one spot */
}

static void
take_touch (Take *take)
{
  SgPointers *self = take->pointers;
  int finger = find_finger (self, take->event->id);

  if (take->event->kind == SG_POINTER_DOWN)
    press_finger (take);
  else if (take->event->kind == SG_POINTER_GONE && self->n_fingers > 0)
    {
      self->n_fingers = 0;
      finish (take, SG_ACT_END);
    }
  else if (finger < 0)
    return;
  else if (take->event->kind == SG_POINTER_UP)
    lift_finger (take, finger, SG_ACT_END);
  else if (take->event->kind == SG_POINTER_LOST)
    lift_finger (take, finger, self->drag_tool == SG_TOOL_PAN ? SG_ACT_END : SG_ACT_CANCEL);
  else if (take->event->kind == SG_POINTER_MOVE && self->n_fingers == 2)
    pinch (take, finger);
  else if (take->event->kind == SG_POINTER_MOVE)
    {
      self->fingers[finger].at = take->event->at;
      move (take);
    }
}

guint
sg_pointers_take (SgPointers *self, const SgPointerEvent *event, SgAct acts[SG_POINTERS_MAX_ACTS])
{
  Take take = { self, event, acts, 0 };

  if (is_pen (event->device))
    take_pen (&take);
  else if (event->device == SG_DEVICE_MOUSE)
    take_mouse (&take);
  else
    take_touch (&take);
  return take.n_acts;
}

void
sg_pointers_drop (SgPointers *self)
{
  self->dragging = FALSE;
  self->n_fingers = 0;
}
