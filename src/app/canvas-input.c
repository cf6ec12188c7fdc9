/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pointer samples to ink, erasures and selections. The states are drawn in the header. */
#include "app/canvas-input.h"

#include "vision/correct.h"
#include "vision/scribble.h"
#include "vision/straighten.h"

#define MIN_STEP 0.4    /* pixels between two ink points worth keeping */
#define DRAG_START 4.0  /* pixels before a press on the selection moves it */
#define SNAP_REACH 14.0 /* pixels within which a handle holds on to a mark */
#define MOVE_AWAY 12.0  /* pixels after which a straightened stroke is drawn on as it was */

typedef enum
{
  IDLE,
  DRAWING,
  ERASING,
  MOVING,
  BOXING,
  HANDLING
} State;

struct _SgCanvasInput
{
  State state;
  SgPage *page;
  SgReading *reading; /* (nullable) */
  SgPage *read_page;  /* (nullable): what it was read from */
  SgSelection *selection;
  double zoom;
  double pen_width;      /* page units */
  gboolean pen_pressure; /* thins the line */
  GArray *live;          /* SgInkPoint; DRAWING */
  double live_start;     /* ms of the first sample */
  SgStroke *straight;    /* (nullable): what the live stroke becomes if the pen is lifted now; DRAWING */
  SgPoint held_at;       /* where the pointer rested then */
  GHashTable *erased;    /* set of SgStroke; ERASING */
  SgPoint from, to;      /* ERASING: the last two samples; MOVING, BOXING, HANDLING: the press and now */
  gboolean on_selection; /* MOVING: the press was on what was selected already */
  int handled;           /* element; HANDLING */
  SgHandlePlace handle;
};

SgCanvasInput *
sg_canvas_input_new (void)
{
  SgCanvasInput *self = g_new0 (SgCanvasInput, 1);

  self->page = sg_page_new ();
  self->selection = sg_selection_new ();
  self->pen_width = SG_PEN_WIDTH;
  self->pen_pressure = TRUE;
  self->live = g_array_new (FALSE, FALSE, sizeof (SgInkPoint));
  self->erased = g_hash_table_new (NULL, NULL);
  return self;
}

void
sg_canvas_input_free (SgCanvasInput *self)
{
  sg_page_unref (self->page);
  g_clear_pointer (&self->reading, sg_reading_unref);
  g_clear_pointer (&self->read_page, sg_page_unref);
  g_clear_pointer (&self->straight, sg_stroke_unref);
  sg_selection_free (self->selection);
  g_array_unref (self->live);
  g_hash_table_unref (self->erased);
  g_free (self);
}

void
sg_canvas_input_set_page (SgCanvasInput *self, SgPage *page)
{
  sg_page_ref (page);
  sg_page_unref (self->page);
  self->page = page;
  sg_selection_set_page (self->selection, page);
  if (self->state == ERASING || self->state == MOVING || self->state == HANDLING)
    sg_canvas_input_cancel (self); /* its strokes may be gone: an undo by key amid a drag */
}

void
sg_canvas_input_set_pen (SgCanvasInput *self, double width, gboolean pressure)
{
  self->pen_width = width;
  self->pen_pressure = pressure;
}

double
sg_canvas_input_get_pen_width (const SgCanvasInput *self)
{
  return self->pen_width;
}

void
sg_canvas_input_set_reading (SgCanvasInput *self, SgReading *reading)
{
  g_clear_pointer (&self->reading, sg_reading_unref);
  self->reading = reading != NULL ? sg_reading_ref (reading) : NULL;
  g_clear_pointer (&self->read_page, sg_page_unref);
  self->read_page = sg_page_ref (self->page);
}

/* The reading where it is of the page as it is now: else its strokes have other indices. */
static const SgReading *
valid_reading (const SgCanvasInput *self)
{
  return self->read_page == self->page ? self->reading : NULL;
}

/* To a hundredth: of a page unit it is finer than any pen, and ink of few digits is kept eight times as
 * fast as ink of seventeen, which a full page needs to be on disk in time. */
static double
round_ink (double value)
{
  return round (value * 100) / 100;
}

static void
add_live_point (SgCanvasInput *self, const SgPointerSample *sample)
{
  SgInkPoint point = { round_ink (sample->at.x), round_ink (sample->at.y),
                       isnan (sample->pressure) || !self->pen_pressure
                         ? NAN
                         : round (sample->pressure * 1000) / 1000,
                       round_ink (sample->time - self->live_start) };

  if (self->live->len > 0)
    {
      const SgInkPoint *last = &g_array_index (self->live, SgInkPoint, self->live->len - 1);

      if (hypot (point.x - last->x, point.y - last->y) * self->zoom < MIN_STEP)
        return;
      point.t = MAX (point.t, last->t);
    }
  g_array_append_val (self->live, point);
}

/* Erases along the way from the last sample, so that a quick move misses nothing. */
static void
erase_along (SgCanvasInput *self)
{
  double reach = SG_POINTER_REACH / self->zoom;
  double length = sg_point_distance (self->from, self->to);
  guint n_steps = 1 + (guint)MIN (length / reach, 1000);
  SgRect swept = sg_rect_grow (sg_points_bounds ((SgPoint[]){ self->from, self->to }, 2), reach);

  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    {
      SgStroke *stroke = sg_page_get_stroke (self->page, i);

      if (!sg_rect_overlaps (sg_rect_grow (sg_stroke_get_bounds (stroke), 1), swept))
        continue;
      for (guint k = 0; k <= n_steps; k++)
        if (sg_stroke_distance (stroke, sg_point_lerp (self->from, self->to, (double)k / n_steps)) <= reach)
          {
            g_hash_table_add (self->erased, stroke);
            break;
          }
    }
}

int
sg_canvas_input_get_mark (const SgCanvasInput *self)
{
  const SgReading *reading = valid_reading (self);

  return reading != NULL ? sg_selection_get_mark (self->selection, reading) : -1;
}

/* Takes hold of a handle of the selected mark that is at `at`. */
static gboolean
begin_handling (SgCanvasInput *self, SgPoint at, double reach)
{
  int mark = sg_canvas_input_get_mark (self);
  SgHandlePlace places[SG_N_HANDLES];
  guint n = mark >= 0 ? sg_handles_of (sg_reading_element (self->reading, mark), places) : 0;

  for (guint i = 0; i < n; i++)
    if (sg_point_distance (places[i].at, at) <= reach)
      {
        self->state = HANDLING;
        self->handled = mark;
        self->handle = places[i];
        return TRUE;
      }
  return FALSE;
}

static void
begin_selecting (SgCanvasInput *self, SgPoint at, gboolean extend)
{
  double reach = SG_POINTER_REACH / self->zoom;

  if (begin_handling (self, at, reach))
    return;

  self->state = MOVING;
  self->on_selection = FALSE;
  if (!extend && !sg_selection_is_empty (self->selection) &&
      sg_rect_contains (sg_rect_grow (sg_selection_get_bounds (self->selection), reach), at))
    {
      self->on_selection = TRUE;
      return;
    }
  if (!extend)
    sg_selection_clear (self->selection);
  if (!sg_selection_add_at (self->selection, at, reach, valid_reading (self)))
    self->state = BOXING;
}

void
sg_canvas_input_begin (
  SgCanvasInput *self, SgTool tool, const SgPointerSample *sample, double zoom, gboolean extend)
{
  sg_canvas_input_cancel (self);
  self->zoom = zoom;
  self->from = self->to = sample->at;
  switch (tool)
    {
    case SG_TOOL_PEN:
      self->state = DRAWING;
      self->live_start = sample->time;
      add_live_point (self, sample);
      break;
    case SG_TOOL_ERASER:
      self->state = ERASING;
      erase_along (self);
      break;
    case SG_TOOL_SELECT:
      begin_selecting (self, sample->at, extend);
      break;
    default:
      break;
    }
}

void
sg_canvas_input_move (SgCanvasInput *self, const SgPointerSample *sample)
{
  switch (self->state)
    {
    case DRAWING:
      if (self->straight != NULL && sg_point_distance (sample->at, self->held_at) * self->zoom < MOVE_AWAY)
        break;
      g_clear_pointer (&self->straight, sg_stroke_unref);
      self->to = sample->at;
      add_live_point (self, sample);
      break;
    case ERASING:
      self->from = self->to;
      self->to = sample->at;
      erase_along (self);
      break;
    case MOVING:
    case BOXING:
    case HANDLING:
      self->to = sample->at;
      break;
    case IDLE:
      break;
    }
}

static SgStroke *
new_live_stroke (const SgCanvasInput *self)
{
  return sg_stroke_new (self->pen_width, NULL, (const SgInkPoint *)self->live->data, self->live->len, NULL);
}

gboolean
sg_canvas_input_hold (SgCanvasInput *self)
{
  if (self->state != DRAWING || self->straight != NULL)
    return self->straight != NULL;

  g_autoptr (SgStroke) stroke = new_live_stroke (self);
  self->straight = sg_straighten (stroke);
  self->held_at = self->to;
  return self->straight != NULL;
}

/* Takes away what the live stroke is scribbled over, with the labels that lie under it; NULL where it is no
 * scribble. */
static SgEdit *
end_scribble (SgCanvasInput *self, SgStroke *live, guint *n_deleted)
{
  g_autoptr (GArray) strokes = sg_scribble_find (self->page, valid_reading (self),
                                                 (const SgInkPoint *)self->live->data, self->live->len);
  SgEdit *edit;

  if (strokes == NULL)
    return NULL;
  edit = sg_edit_new ();
  for (guint i = 0; i < strokes->len; i++)
    sg_edit_remove_stroke (edit, sg_page_get_stroke (self->page, g_array_index (strokes, guint, i)));
  for (guint i = 0; i < sg_page_get_n_labels (self->page); i++)
    {
      SgLabel *label = sg_page_get_label (self->page, i);

      if (sg_rect_contains (sg_stroke_get_bounds (live), sg_rect_center (sg_label_get_box (label))))
        sg_edit_remove_label (edit, label);
    }
  *n_deleted = strokes->len;
  return edit;
}

static void
end_drawing (SgCanvasInput *self, SgCanvasInputResult *result)
{
  g_autoptr (SgStroke) stroke = new_live_stroke (self);

  if (self->straight == NULL)
    result->edit = end_scribble (self, stroke, &result->n_deleted);
  if (result->edit != NULL)
    return;
  result->edit = sg_edit_new ();
  sg_edit_add_stroke (result->edit, stroke);
  if (self->straight == NULL)
    return;
  result->straighten = sg_edit_new ();
  sg_edit_replace_stroke (result->straighten, stroke, self->straight);
}

static SgEdit *
end_erasing (SgCanvasInput *self)
{
  SgEdit *edit = sg_edit_new ();
  GHashTableIter iter;
  gpointer stroke;

  g_hash_table_iter_init (&iter, self->erased);
  while (g_hash_table_iter_next (&iter, &stroke, NULL))
    sg_edit_remove_stroke (edit, stroke);
  return edit;
}

gboolean
sg_canvas_input_get_handle_drag (const SgCanvasInput *self, SgHandleDrag *drag)
{
  SgHandlePlace places[SG_N_HANDLES];
  guint n;

  if (self->state != HANDLING || valid_reading (self) == NULL ||
      sg_point_distance (self->from, self->to) * self->zoom < DRAG_START)
    return FALSE;
  n = sg_handles_of (sg_reading_element (self->reading, self->handled), places);
  drag->other = self->handle.at;
  for (guint i = 0; i < n; i++)
    if (places[i].handle != self->handle.handle)
      drag->other = places[i].at;
  drag->snap = sg_handle_snap (self->reading, self->handled, self->to, SNAP_REACH / self->zoom);
  return TRUE;
}

/* The mark's handle is where the person put it: said of the mark, its ink stays. */
static SgEdit *
end_handling (SgCanvasInput *self)
{
  SgHandleDrag drag;
  SgEdit *edit = sg_edit_new ();

  if (!sg_canvas_input_get_handle_drag (self, &drag))
    return edit;
  g_autoptr (SgCorrection) now = sg_correct_element (self->page, self->reading, self->handled);
  if (now == NULL)
    return edit;
  g_autoptr (SgCorrection) next = sg_correction_with_handle (now, self->handle.handle, drag.snap.at);
  sg_edit_correct (edit, self->page, next);
  return edit;
}

/* A click on what is selected, other than a drag of it, means what lies under the pointer: a pin within the
 * bounds of a ceiling, or nothing. */
static void
end_click (SgCanvasInput *self)
{
  sg_selection_clear (self->selection);
  sg_selection_add_at (self->selection, self->from, SG_POINTER_REACH / self->zoom, valid_reading (self));
}

SgCanvasInputResult
sg_canvas_input_end (SgCanvasInput *self)
{
  SgCanvasInputResult result = { 0 };
  SgRect box;

  if (self->state == DRAWING)
    end_drawing (self, &result);
  else if (self->state == ERASING)
    result.edit = end_erasing (self);
  else if (self->state == HANDLING)
    result.edit = end_handling (self);
  else if (self->state == MOVING && sg_point_norm (sg_canvas_input_get_offset (self)) > 0)
    result.edit = sg_selection_move (self->selection, sg_canvas_input_get_offset (self));
  else if (self->state == MOVING && self->on_selection)
    end_click (self);
  else if (sg_canvas_input_get_box (self, &box))
    sg_selection_add_inside (self->selection, box);
  sg_canvas_input_cancel (self);
  if (result.edit != NULL && sg_edit_is_empty (result.edit))
    g_clear_pointer (&result.edit, sg_edit_free);
  return result;
}

void
sg_canvas_input_cancel (SgCanvasInput *self)
{
  self->state = IDLE;
  g_array_set_size (self->live, 0);
  g_clear_pointer (&self->straight, sg_stroke_unref);
  g_hash_table_remove_all (self->erased);
}

gboolean
sg_canvas_input_is_active (const SgCanvasInput *self)
{
  return self->state != IDLE;
}

const SgInkPoint *
sg_canvas_input_get_live (const SgCanvasInput *self, guint *n_points)
{
  *n_points = self->live->len;
  return (const SgInkPoint *)self->live->data;
}

SgStroke *
sg_canvas_input_get_straight (SgCanvasInput *self)
{
  return self->straight;
}

gboolean
sg_canvas_input_hides (const SgCanvasInput *self, const SgStroke *stroke)
{
  if (self->state == ERASING)
    return g_hash_table_contains (self->erased, stroke);
  return sg_point_norm (sg_canvas_input_get_offset (self)) > 0 &&
         sg_selection_contains (self->selection, stroke);
}

SgPoint
sg_canvas_input_get_offset (const SgCanvasInput *self)
{
  SgPoint offset = sg_point_sub (self->to, self->from);

  if (self->state != MOVING || sg_point_norm (offset) * self->zoom < DRAG_START)
    return SG_POINT (0, 0);
  return offset;
}

gboolean
sg_canvas_input_get_box (const SgCanvasInput *self, SgRect *box)
{
  if (self->state != BOXING)
    return FALSE;
  *box = sg_points_bounds ((SgPoint[]){ self->from, self->to }, 2);
  return TRUE;
}

SgSelection *
sg_canvas_input_get_selection (SgCanvasInput *self)
{
  return self->selection;
}
