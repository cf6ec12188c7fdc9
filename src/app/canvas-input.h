/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The seam between pointer events and the document: samples in page units go in, live ink and finished edits
 * come out. Knows no toolkit, so a recorded trace can be replayed in a test. Main thread.
 *
 *   idle --begin--> drawing | shaping | erasing | cutting | moving | scaling | turning | boxing | handling
 *                      |        --end--> idle (with an edit) --cancel--> idle (nothing)
 *                      +--hold--> drawing, straightened --move away--> drawing
 */
#pragma once

#include "app/selection.h"
#include "sketch/ruled-shape.h"
#include "vision/handles.h"

G_BEGIN_DECLS

typedef enum
{
  SG_TOOL_PEN,
  SG_TOOL_ERASER,
  SG_TOOL_SELECT,
  SG_TOOL_TEXT,
  SG_TOOL_PAN,
  SG_TOOL_SHAPE,
  SG_N_TOOLS
} SgTool;

#define SG_PEN_WIDTH 3.0   /* page units; where nothing else is chosen */
#define SG_POINTER_REACH 8 /* pixels within which a pointer touches ink */

typedef struct
{
  SgPoint at;      /* page units */
  double pressure; /* 0..1; NAN where the device has none */
  double time;     /* ms on any clock */
  gboolean free;   /* without snapping, for as long as this holds */
  gboolean even;   /* a shape with equal sides, or in a direction of whole 15 degrees */
} SgPointerSample;

typedef struct _SgCanvasInput SgCanvasInput;

SgCanvasInput *sg_canvas_input_new (void);
void sg_canvas_input_free (SgCanvasInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgCanvasInput, sg_canvas_input_free)

/* What the pen draws from the next stroke on: `width` in page units (SG_PEN_WIDTH at first), thinned by
 * pressure where the device has any and `pressure` is TRUE (as at first). */
void sg_canvas_input_set_pen (SgCanvasInput *input, double width, gboolean pressure);
double sg_canvas_input_get_pen_width (const SgCanvasInput *input);

/* Whether the eraser, of whatever device, cuts out what it passes over, else takes whole strokes (as at
 * first); and what the shape tool draws (a line at first). From the next drag on. */
void sg_canvas_input_set_eraser (SgCanvasInput *input, gboolean cuts);
void sg_canvas_input_set_shape (SgCanvasInput *input, SgRuledShape shape);

/* The page that is drawn on and what was read from it (nullable); at any time, also amid a drag. */
void sg_canvas_input_set_page (SgCanvasInput *input, SgPage *page);
void sg_canvas_input_set_reading (SgCanvasInput *input, SgReading *reading);

/* Whether what is straightened, moved or turned snaps, and whether to the grid too: at first to neither. */
void sg_canvas_input_set_snapping (SgCanvasInput *input, gboolean snaps, gboolean to_grid);

/* A press of pen, shape, eraser or select; the other tools do not come here. `extend`: add to the
 * selection. */
void sg_canvas_input_begin (
  SgCanvasInput *input, SgTool tool, const SgPointerSample *sample, double zoom, gboolean extend);
void sg_canvas_input_move (SgCanvasInput *input, const SgPointerSample *sample);

/* The pointer has rested at the end of a stroke: shows what was meant, from now until the pointer moves away.
 * Returns whether there is such a thing. */
gboolean sg_canvas_input_hold (SgCanvasInput *input);

/* What a drag came to; the caller owns the edits. `straighten` is to be applied after `edit`, as a step of
 * its own, so that one undo gives the ink back. */
typedef struct
{
  SgEdit *edit;       /* (nullable): nothing to change */
  SgEdit *straighten; /* (nullable) */
  guint n_deleted;    /* strokes that go because they were scribbled over */
} SgCanvasInputResult;

SgCanvasInputResult sg_canvas_input_end (SgCanvasInput *input);
void sg_canvas_input_cancel (SgCanvasInput *input);
gboolean sg_canvas_input_is_active (const SgCanvasInput *input);

/* What to show meanwhile. */
const SgInkPoint *sg_canvas_input_get_live (const SgCanvasInput *input, guint *n_points);
/* After a hold: what the stroke becomes. (transfer none) (nullable) */
SgStroke *sg_canvas_input_get_straight (SgCanvasInput *input);
/* The strokes of the page that are not to be seen where they are, erased or moving: a set, until the next
 * call. (transfer none) (nullable): none */
GHashTable *sg_canvas_input_get_hidden (SgCanvasInput *input);
/* What is left so far of strokes that are cut, which are hidden (SgStroke, borrowed). (transfer full)
 * (nullable): nothing is */
GPtrArray *sg_canvas_input_dup_pieces (const SgCanvasInput *input);
/* What a drag does to the selection so far; FALSE where it does nothing. */
gboolean sg_canvas_input_get_transform (const SgCanvasInput *input, SgTransform *transform);
/* The selecting box; or the loop, where the drag has come back to where it began: then `n_points` of it. */
gboolean sg_canvas_input_get_box (const SgCanvasInput *input, SgRect *box);
const SgPoint *sg_canvas_input_get_loop (const SgCanvasInput *input, guint *n_points); /* (nullable) */

/* Where the selection as a whole is taken hold of: the corners of its frame, to scale it, and a knob above
 * it, to turn it. Only with the select tool. */
typedef struct
{
  SgRect frame;
  SgPoint corners[4]; /* from the top left, clockwise as seen */
  SgPoint knob;
} SgGrips;

gboolean
sg_canvas_input_get_grips (const SgCanvasInput *input, double zoom, SgGrips *grips); /* FALSE: none */

/* The mark whose handles are shown: the one that is selected; -1: none. */
int sg_canvas_input_get_mark (const SgCanvasInput *input);

/* A handle that is being dragged: where the mark's other end is (the handle's own place where it has none),
 * and where it would go now. */
typedef struct
{
  SgPoint other;
  SgSnap snap;
} SgHandleDrag;

gboolean sg_canvas_input_get_handle_drag (const SgCanvasInput *input, SgHandleDrag *drag);
SgSelection *sg_canvas_input_get_selection (SgCanvasInput *input); /* (transfer none) */

G_END_DECLS
