/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the canvas' files share: canvas.c is the widget, canvas-paint.c shows,
 * canvas-gestures.c listens, canvas-marks.c answers for what
 * was recognised. */
#pragma once

#include "app/canvas.h"
#include "app/ink-layer.h"
#include "app/overlay.h"
#include "app/picture-cache.h"
#include "app/pointers.h"
#include "app/undo-hint.h"

G_BEGIN_DECLS

struct _SgCanvas
{
  GtkWidget parent_instance;
  SgDocument *document; /* (nullable) until set */
  SgCanvasInput *input;
  SgTool tool;
  SgTool active_tool; /* of the drag under way: the pen's other end erases whatever tool is chosen */
  SgViewport viewport;
  gboolean fit_pending;      /* fit when the size is known */
  gboolean fitted;           /* nobody has touched the paper since it was: another size fits it anew */
  GtkWidget *head, *feet[2]; /* (nullable): bars */
  gboolean show_reading, show_grid, snaps;
  SgPaper paper; /* what the grid is of */

  SgInkLayer *ink;
  SgOverlay *overlay;
  SgPictureCache *pictures;
  guint sharpen_timer; /* redraws the ink at a new zoom once it rests */

  SgPoint pointer; /* widget; last seen */
  gboolean pointer_inside;
  SgPointers pointers;
  GdkSeat *seat;      /* (unowned) (nullable): whose devices are watched */
  gboolean ink_stale; /* a drag changed what is hidden */
  double pinch_start; /* zoom when the touchpad's pinch began */
  SgPoint press;      /* widget */
  guint hold_timer;   /* the pen rests at hold_at, widget */
  SgPoint hold_at;

  SgCanvasFigures figures;
  gint64 changed_us; /* when the page changed whose reading is not shown yet; 0: it is */

  SgUndoHint *undo_hint;
  SgPoint undo_hint_at; /* page */
};

void sg_canvas_paint (SgCanvas *self, GtkSnapshot *snapshot);
void sg_canvas_init_gestures (SgCanvas *self);
void sg_canvas_take_event (SgCanvas *self, const SgPointerEvent *event); /* as if it had come from a device */
/* strokes appeared, vanished or are hidden by a drag */
void sg_canvas_refresh_ink (SgCanvas *self);
void sg_canvas_viewport_moved (SgCanvas *self); /* after any change of it */
void sg_canvas_update_cursor (SgCanvas *self);
void sg_canvas_emit_selection (SgCanvas *self);
void sg_canvas_emit_mark_picked (SgCanvas *self, guint element, SgPoint at); /* widget */
void sg_canvas_emit_drawing (SgCanvas *self, gboolean drawing);
void sg_canvas_emit_label_requested (SgCanvas *self, SgLabel *label, SgPoint at);
void sg_canvas_emit_file_dropped (SgCanvas *self, GFile *file, SgPoint at);

void sg_canvas_init_marks (SgCanvas *self);
void sg_canvas_allocate_hint (SgCanvas *self);
gboolean sg_canvas_pick_badge (SgCanvas *self, SgPoint at); /* a tap there, widget; FALSE: no badge */
void sg_canvas_pick_mark (SgCanvas *self, SgPoint at);      /* the mark there, widget, whatever the tool */
void sg_canvas_describe (SgCanvas *self);                   /* to a screen reader, after another reading */
void sg_canvas_tell_deleted (SgCanvas *self,
                             SgPoint at); /* something was scribbled over at that page point */

G_END_DECLS
