/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawing: paper, ink, pictures, labels, what was recognised, and the tools that change it. Shows and
 * edits one document.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/canvas-input.h"
#include "app/document.h"
#include "app/viewport.h"
#include "render/page-paint.h"

G_BEGIN_DECLS

#define SG_PEN_MAX_WIDTH 12.0 /* page units, that can be chosen */

#define SG_TYPE_CANVAS (sg_canvas_get_type ())
G_DECLARE_FINAL_TYPE (SgCanvas, sg_canvas, SG, CANVAS, GtkWidget)

/* Signals: "viewport-changed"    another part of the page is shown;
 *          "selection-changed"   something else is selected;
 *          "mark-picked" (guint, x, y)  a click at that place of the widget chose one mark, now selected;
 *          "drawing" (gboolean)  a stroke begins or has ended;
 *          "label-requested" (SgLabel *, (nullable), x, y)  text is to be typed at that page point, in place
 *                                of that label where there is one;
 *          "file-dropped" (GFile *, x, y)  at that page point. */
void sg_canvas_set_document (SgCanvas *self, SgDocument *document);
void sg_canvas_set_reading (SgCanvas *self, SgReading *reading); /* (nullable) */
void sg_canvas_set_show_reading (SgCanvas *self, gboolean show);

/* The grid, and whether what is straightened, moved or turned snaps, to the grid only while it is seen. */
void sg_canvas_set_grid (SgCanvas *self, gboolean show);
void sg_canvas_set_snapping (SgCanvas *self, gboolean snaps);
void sg_canvas_set_paper (SgCanvas *self, SgPaper paper);
SgPaper sg_canvas_get_paper (SgCanvas *self);
SgReading *sg_canvas_get_reading (SgCanvas *self); /* (transfer none) (nullable): of the page as it is now */
/* From the next stroke on; canvas-input.h. */
void sg_canvas_set_pen (SgCanvas *self, double width, gboolean pressure);

void sg_canvas_set_eraser (SgCanvas *self, gboolean cuts);
void sg_canvas_set_shape (SgCanvas *self, SgRuledShape shape);

void sg_canvas_set_tool (SgCanvas *self, SgTool tool);
SgTool sg_canvas_get_tool (SgCanvas *self);

const SgViewport *sg_canvas_get_viewport (SgCanvas *self);
void sg_canvas_zoom_by (SgCanvas *self, double factor); /* about the middle */
/* Bars over its head and feet, and over those of the view that shows the same part: what is fitted is clear
 * of them. They must outlive its being shown. */
void sg_canvas_set_bars (SgCanvas *self, GtkWidget *head, GtkWidget *foot, GtkWidget *view_foot);
void sg_canvas_fit (SgCanvas *self);           /* all of the drawing */
gboolean sg_canvas_shows_all (SgCanvas *self); /* whether it can all be seen */

gboolean sg_canvas_has_selection (SgCanvas *self);
void sg_canvas_select_all (SgCanvas *self);
void sg_canvas_delete_selection (SgCanvas *self);
void sg_canvas_clear_selection (SgCanvas *self);
void sg_canvas_nudge (SgCanvas *self, SgPoint by);                         /* the selection, page units */
SgPage *sg_canvas_dup_selected (SgCanvas *self);                           /* (transfer full) */
void sg_canvas_add_page (SgCanvas *self, const SgPage *parts, SgPoint by); /* all its parts, then selected */

/* The marks of the reading of which all ink is selected (element-type guint, transfer full), and the other
 * way round. */
GArray *sg_canvas_get_selected_marks (SgCanvas *self, const SgReading *reading);
void
sg_canvas_select_marks (SgCanvas *self, const SgReading *reading, const guint *elements, guint n);

/* Where an element of the reading that is shown is seen, widget pixels. */
SgRect sg_canvas_get_mark_bounds (SgCanvas *self, guint element);

/* A file that falls on `over`, which lies over the canvas, falls on the page below. */
void sg_canvas_take_drops (SgCanvas *self, GtkWidget *over);

/* Puts a picture onto the page with its middle at `at`, no larger than what is seen. */
void sg_canvas_add_image (SgCanvas *self, SgImage *image, SgPoint at);

/* For tests and benchmarks: how soon and at what cost what is drawn is seen as understood. */
typedef struct
{
  guint64 n_frames;        /* shown since made */
  guint64 n_marks;         /* of the overlay, painted since made */
  guint frames_to_overlay; /* from the last change of the page to its reading: 1, the very next frame */
  double ms_to_overlay;
  gint64 painted_us;  /* monotonic: when it was painted last */
  gint64 painting_us; /* in painting, since made */
} SgCanvasFigures;

SgCanvasFigures sg_canvas_get_figures (SgCanvas *self);

G_END_DECLS
