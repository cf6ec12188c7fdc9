/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pointer samples to ink, erasures and selections. The states are drawn in the header. */
#include "app/canvas-input.h"

#include "app/snapping.h"
#include "sketch/split.h"
#include "vision/correct.h"
#include "vision/scribble.h"
#include "vision/straighten.h"

#define MIN_STEP 0.4           /* pixels between two ink points worth keeping */
#define DRAG_START 4.0         /* pixels before a press on the selection moves it */
#define SNAP_REACH 14.0        /* pixels within which a handle holds on to a mark */
#define FRAME_MARGIN 8.0       /* pixels from the selection to its frame */
#define MARK_FRAME_MARGIN 20.0 /* the same for a single mark, which has handles of its own */
#define KNOB 26.0              /* pixels from the frame */
#define MIN_SCALE 0.05
#define LOOP_GAP 0.35  /* distance between the ends of a loop, of its bounds' diagonal */
#define LOOP_SIZE 24.0 /* pixels: a smaller one is a box */
#define LOOP_AREA 0.2  /* of its bounds: else the hand only went there and back */
#define MOVE_AWAY 12.0 /* pixels after which a straightened stroke is drawn on as it was */

typedef enum
{
  IDLE,
  DRAWING,
  SHAPING,
  ERASING,
  CUTTING,
  MOVING,
  SCALING,
  TURNING,
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
  gboolean snaps, to_grid;
  gboolean free;         /* of the last sample */
  double pen_width;      /* page units */
  gboolean pen_pressure; /* thins the line */
  gboolean eraser_cuts;
  SgRuledShape shape;
  GArray *live;          /* SgInkPoint; DRAWING, SHAPING */
  double live_start;     /* ms of the first sample */
  SgStroke *straight;    /* (nullable): what the live stroke becomes if the pen is lifted now; DRAWING */
  SgPoint held_at;       /* where the pointer rested then */
  GHashTable *erased;    /* set of SgStroke; ERASING */
  GHashTable *cut;       /* SgStroke -> GPtrArray of SgStroke, what is left of it; CUTTING */
  GHashTable *moving;    /* (nullable): set of SgStroke; MOVING, SCALING, TURNING, once asked for */
  SgPoint from, to;      /* ERASING, CUTTING: the last two samples; else the press and now */
  gboolean on_selection; /* MOVING: the press was on what was selected already */
  SgPoint pivot;         /* what stays: SCALING, TURNING */
  GArray *loop;          /* SgPoint, the way so far; BOXING */
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
  self->cut = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  self->loop = g_array_new (FALSE, FALSE, sizeof (SgPoint));
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
  g_array_unref (self->loop);
  g_hash_table_unref (self->erased);
  g_hash_table_unref (self->cut);
  g_clear_pointer (&self->moving, g_hash_table_unref);
  g_free (self);
}

void
sg_canvas_input_set_page (SgCanvasInput *self, SgPage *page)
{
  sg_page_ref (page);
  sg_page_unref (self->page);
  self->page = page;
  sg_selection_set_page (self->selection, page);
  if (self->state != DRAWING && self->state != SHAPING && self->state != BOXING)
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
sg_canvas_input_set_eraser (SgCanvasInput *self, gboolean cuts)
{
  self->eraser_cuts = cuts;
}

void
sg_canvas_input_set_shape (SgCanvasInput *self, SgRuledShape shape)
{
  self->shape = shape;
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

void
sg_canvas_input_set_snapping (SgCanvasInput *self, gboolean snaps, gboolean to_grid)
{
  self->snaps = snaps;
  self->to_grid = to_grid;
}

static SgSnapping
get_snapping (const SgCanvasInput *self)
{
  return (SgSnapping){ self->snaps && !self->free, self->to_grid, self->zoom };
}

static void
add_live_point (SgCanvasInput *self, const SgPointerSample *sample)
{
  SgInkPoint point = { sg_ink_round (sample->at.x), sg_ink_round (sample->at.y),
                       isnan (sample->pressure) || !self->pen_pressure
                         ? NAN
                         : round (sample->pressure * 1000) / 1000,
                       sg_ink_round (sample->time - self->live_start) };

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
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  sg_page_find_strokes (self->page, swept, found);
  for (guint i = 0; i < found->len; i++)
    for (guint k = 0; k <= n_steps; k++)
      if (sg_stroke_distance (found->pdata[i], sg_point_lerp (self->from, self->to, (double)k / n_steps)) <=
          reach)
        {
          g_hash_table_add (self->erased, found->pdata[i]);
          break;
        }
}

/* What is left of each of `strokes` past the eraser's last step; NULL where it touched none. */
static GPtrArray *
cut_pieces (const SgCanvasInput *self, SgStroke *const *strokes, guint n)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_stroke_unref);
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      GPtrArray *pieces = sg_stroke_split (strokes[i], self->from, self->to, SG_POINTER_REACH / self->zoom);

      any |= pieces != NULL;
      if (pieces != NULL)
        g_ptr_array_extend_and_steal (left, pieces);
      else
        g_ptr_array_add (left, sg_stroke_ref (strokes[i]));
    }
  return any ? g_steal_pointer (&left) : NULL;
}

static void
cut_along (SgCanvasInput *self)
{
  double reach = SG_POINTER_REACH / self->zoom;
  SgRect swept = sg_rect_grow (sg_points_bounds ((SgPoint[]){ self->from, self->to }, 2), reach);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  sg_page_find_strokes (self->page, swept, found);
  for (guint i = 0; i < found->len; i++)
    {
      SgStroke *stroke = found->pdata[i];
      GPtrArray *so_far = g_hash_table_lookup (self->cut, stroke);
      GPtrArray *left = so_far != NULL ? cut_pieces (self, (SgStroke **)so_far->pdata, so_far->len)
                                       : cut_pieces (self, &stroke, 1);

      if (left != NULL)
        g_hash_table_insert (self->cut, stroke, left);
    }
}

GPtrArray *
sg_canvas_input_dup_pieces (const SgCanvasInput *self)
{
  GPtrArray *all = NULL, *pieces;
  GHashTableIter iter;

  if (g_hash_table_size (self->cut) > 0)
    all = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->cut);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&pieces))
    for (guint i = 0; i < pieces->len; i++)
      g_ptr_array_add (all, pieces->pdata[i]);
  return all;
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

gboolean
sg_canvas_input_get_grips (const SgCanvasInput *self, double zoom, SgGrips *grips)
{
  gboolean is_mark = sg_canvas_input_get_mark (self) >= 0;
  double margin = (is_mark ? MARK_FRAME_MARGIN : FRAME_MARGIN) / zoom;
  SgRect frame;

  if (sg_selection_is_empty (self->selection))
    return FALSE;
  grips->frame = frame = sg_rect_grow (sg_selection_get_bounds (self->selection), margin);
  grips->corners[0] = SG_POINT (frame.x, frame.y);
  grips->corners[1] = SG_POINT (frame.x + frame.width, frame.y);
  grips->corners[2] = SG_POINT (frame.x + frame.width, frame.y + frame.height);
  grips->corners[3] = SG_POINT (frame.x, frame.y + frame.height);
  grips->knob = SG_POINT (frame.x + frame.width / 2, frame.y - KNOB / zoom);
  return TRUE;
}

/* Takes hold of a corner of the frame, whose opposite stays, or of the knob, which turns about the middle. */
static gboolean
begin_gripping (SgCanvasInput *self, SgPoint at, double reach)
{
  SgGrips grips;

  if (!sg_canvas_input_get_grips (self, self->zoom, &grips))
    return FALSE;
  if (sg_point_distance (grips.knob, at) <= reach)
    {
      self->state = TURNING;
      self->pivot = sg_rect_center (grips.frame);
      return TRUE;
    }
  for (guint i = 0; i < 4; i++)
    if (sg_point_distance (grips.corners[i], at) <= reach)
      {
        self->state = SCALING;
        self->pivot = grips.corners[(i + 2) % 4];
        return TRUE;
      }
  return FALSE;
}

static void
begin_selecting (SgCanvasInput *self, SgPoint at, gboolean extend)
{
  double reach = SG_POINTER_REACH / self->zoom;

  if (begin_handling (self, at, reach) || begin_gripping (self, at, reach))
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
    {
      self->state = BOXING;
      g_array_append_val (self->loop, at);
    }
}

static void
take_along (SgCanvasInput *self)
{
  if (self->state == CUTTING)
    cut_along (self);
  else
    erase_along (self);
}

/* The shape between the press and where the hand is now, once it has moved. Its ends come to rest as those of
 * a straightened line do, and so do the corners of its box; to be even comes first. */
static void
shape_live (SgCanvasInput *self, gboolean even)
{
  SgPoint from = self->from, to = self->to;
  SgSnapping snapping = get_snapping (self);

  g_array_set_size (self->live, 0);
  if (sg_point_distance (from, to) * self->zoom < DRAG_START)
    return;
  if (sg_ruled_shape_has_ends (self->shape))
    sg_snap_line (self->page, valid_reading (self), &snapping, &from, &to);
  else
    {
      from = sg_snap_point (self->page, valid_reading (self), &snapping, from);
      to = sg_snap_point (self->page, valid_reading (self), &snapping, to);
    }
  if (even)
    to = sg_ruled_shape_even (self->shape, from, to);
  sg_ruled_shape_add_ink (self->shape, from, to, self->live);
  for (guint i = 0; i < self->live->len; i++)
    {
      SgInkPoint *point = &g_array_index (self->live, SgInkPoint, i);

      point->x = sg_ink_round (point->x);
      point->y = sg_ink_round (point->y);
    }
}

void
sg_canvas_input_begin (
  SgCanvasInput *self, SgTool tool, const SgPointerSample *sample, double zoom, gboolean extend)
{
  sg_canvas_input_cancel (self);
  self->zoom = zoom;
  self->free = sample->free;
  self->from = self->to = sample->at;
  switch (tool)
    {
    case SG_TOOL_PEN:
      self->state = DRAWING;
      self->live_start = sample->time;
      add_live_point (self, sample);
      break;
    case SG_TOOL_SHAPE:
      self->state = SHAPING;
      break;
    case SG_TOOL_ERASER:
      self->state = self->eraser_cuts ? CUTTING : ERASING;
      take_along (self);
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
  self->free = sample->free;
  switch (self->state)
    {
    case DRAWING:
      if (self->straight != NULL && sg_point_distance (sample->at, self->held_at) * self->zoom < MOVE_AWAY)
        break;
      g_clear_pointer (&self->straight, sg_stroke_unref);
      self->to = sample->at;
      add_live_point (self, sample);
      break;
    case SHAPING:
      self->to = sample->at;
      shape_live (self, sample->even);
      break;
    case ERASING:
    case CUTTING:
      self->from = self->to;
      self->to = sample->at;
      take_along (self);
      break;
    case BOXING:
      g_array_append_val (self->loop, sample->at);
      G_GNUC_FALLTHROUGH;
    case MOVING:
    case SCALING:
    case TURNING:
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

static gboolean
is_line (const SgInkPoint *points, guint n)
{
  SgPoint from = SG_POINT (points[0].x, points[0].y), to = SG_POINT (points[n - 1].x, points[n - 1].y);

  for (guint i = 1; i + 1 < n; i++)
    if (sg_segment_distance (from, to, SG_POINT (points[i].x, points[i].y), NULL) > 0.01)
      return FALSE;
  return n > 1;
}

/* A line's ends come to rest on what is near them; the other primitives stay where they were drawn. */
static SgStroke *
snap_straight (const SgCanvasInput *self, SgStroke *straight)
{
  guint n = 0;
  const SgInkPoint *points = sg_stroke_get_points (straight, &n);
  SgSnapping snapping = get_snapping (self);

  if (!is_line (points, n))
    return straight;
  g_autofree SgInkPoint *line = g_memdup2 (points, n * sizeof *points);
  SgPoint from = SG_POINT (points[0].x, points[0].y), to = SG_POINT (points[n - 1].x, points[n - 1].y);
  sg_snap_line (self->page, valid_reading (self), &snapping, &from, &to);
  for (guint i = 0; i < n; i++)
    {
      SgPoint at = sg_point_lerp (from, to, i / (double)(n - 1));

      line[i].x = sg_ink_round (at.x);
      line[i].y = sg_ink_round (at.y);
    }
  SgStroke *snapped =
    sg_stroke_new (sg_stroke_get_width (straight), sg_stroke_get_tool (straight), line, n, NULL);
  sg_stroke_unref (straight);
  return snapped;
}

gboolean
sg_canvas_input_hold (SgCanvasInput *self)
{
  if (self->state != DRAWING || self->straight != NULL)
    return self->straight != NULL;

  g_autoptr (SgStroke) stroke = new_live_stroke (self);
  self->straight = sg_straighten (stroke);
  if (self->straight != NULL)
    self->straight = snap_straight (self, self->straight);
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

static void
end_shaping (SgCanvasInput *self, SgCanvasInputResult *result)
{
  if (self->live->len == 0)
    return;
  g_autoptr (SgStroke) stroke = new_live_stroke (self);
  result->edit = sg_edit_new ();
  sg_edit_add_stroke (result->edit, stroke);
}

/* Past the tremble of a click. */
static gboolean
is_transforming (const SgCanvasInput *self)
{
  return (self->state == MOVING || self->state == SCALING || self->state == TURNING) &&
         sg_point_distance (self->from, self->to) * self->zoom >= DRAG_START;
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

/* Pieces are other strokes than the one they are of: what it was taken for does not hold for them. */
static SgEdit *
end_cutting (SgCanvasInput *self)
{
  SgEdit *edit = sg_edit_new ();
  g_autoptr (GArray) cut = sg_page_index_strokes (self->page, self->cut);

  for (guint i = 0; i < cut->len; i++)
    {
      SgStroke *stroke = sg_page_get_stroke (self->page, g_array_index (cut, guint, i));
      GPtrArray *pieces = g_hash_table_lookup (self->cut, stroke);

      sg_edit_remove_stroke (edit, stroke);
      for (guint k = 0; k < pieces->len; k++)
        sg_edit_add_stroke (edit, pieces->pdata[k]);
    }
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

static void
end_boxing (SgCanvasInput *self)
{
  guint n = 0;
  const SgPoint *loop = sg_canvas_input_get_loop (self, &n);
  SgRect box;

  if (loop != NULL)
    sg_selection_add_in_loop (self->selection, loop, n);
  else if (sg_canvas_input_get_box (self, &box))
    sg_selection_add_inside (self->selection, box);
}

SgCanvasInputResult
sg_canvas_input_end (SgCanvasInput *self)
{
  SgCanvasInputResult result = { 0 };
  SgTransform transform;

  if (self->state == DRAWING)
    end_drawing (self, &result);
  else if (self->state == SHAPING)
    end_shaping (self, &result);
  else if (self->state == ERASING)
    result.edit = end_erasing (self);
  else if (self->state == CUTTING)
    result.edit = end_cutting (self);
  else if (self->state == HANDLING)
    result.edit = end_handling (self);
  else if (sg_canvas_input_get_transform (self, &transform))
    result.edit = sg_selection_transform (self->selection, &transform);
  else if (self->state == MOVING && self->on_selection)
    end_click (self);
  else if (self->state == BOXING)
    end_boxing (self);
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
  g_array_set_size (self->loop, 0);
  g_clear_pointer (&self->straight, sg_stroke_unref);
  g_hash_table_remove_all (self->erased);
  g_hash_table_remove_all (self->cut);
  g_clear_pointer (&self->moving, g_hash_table_unref);
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

/* What is selected does not change amid a drag. */
static GHashTable *
get_moving (SgCanvasInput *self)
{
  if (self->moving != NULL)
    return self->moving;
  self->moving = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    if (sg_selection_contains (self->selection, sg_page_get_stroke (self->page, i)))
      g_hash_table_add (self->moving, sg_page_get_stroke (self->page, i));
  return self->moving;
}

GHashTable *
sg_canvas_input_get_hidden (SgCanvasInput *self)
{
  if (self->state == ERASING || self->state == CUTTING)
    return self->state == CUTTING ? self->cut : self->erased;
  return is_transforming (self) ? get_moving (self) : NULL;
}

static double
angle_of (SgPoint arm)
{
  return atan2 (arm.y, arm.x);
}

gboolean
sg_canvas_input_get_transform (const SgCanvasInput *self, SgTransform *transform)
{
  SgPoint before = sg_point_sub (self->from, self->pivot), now = sg_point_sub (self->to, self->pivot);
  SgSnapping snapping = get_snapping (self);

  *transform = SG_TRANSFORM_NONE;
  if (!is_transforming (self))
    return FALSE;
  transform->about = self->pivot;
  if (self->state == MOVING)
    transform->by = sg_snap_move (self->page, valid_reading (self), self->selection, &snapping,
                                  sg_point_sub (self->to, self->from));
  else if (self->state == SCALING) /* along the frame's diagonal */
    transform->scale = MAX (sg_point_dot (now, before) / sg_point_dot (before, before), MIN_SCALE);
  else
    transform->angle = sg_snap_angle (&snapping, sg_angle_wrap (angle_of (now) - angle_of (before)));
  return !sg_transform_is_none (transform);
}

gboolean
sg_canvas_input_get_box (const SgCanvasInput *self, SgRect *box)
{
  if (self->state != BOXING)
    return FALSE;
  *box = sg_points_bounds ((SgPoint[]){ self->from, self->to }, 2);
  return TRUE;
}

/* A loop is closed by coming back: a box is drawn away from where it began. */
const SgPoint *
sg_canvas_input_get_loop (const SgCanvasInput *self, guint *n_points)
{
  const SgPoint *loop = (const SgPoint *)self->loop->data;
  guint n = *n_points = self->loop->len;

  if (self->state != BOXING || n < 4)
    return NULL;
  SgRect bounds = sg_points_bounds (loop, n);
  if (MIN (bounds.width, bounds.height) * self->zoom < LOOP_SIZE ||
      sg_point_distance (loop[0], loop[n - 1]) > LOOP_GAP * hypot (bounds.width, bounds.height) ||
      fabs (sg_polygon_area (loop, n)) < LOOP_AREA * bounds.width * bounds.height)
    return NULL;
  return loop;
}

SgSelection *
sg_canvas_input_get_selection (SgCanvasInput *self)
{
  return self->selection;
}
