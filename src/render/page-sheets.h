/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a drawing lies on sheets of paper: made to fit one, or at a scale, in the middle of one where it fits,
 * else over as many as it takes, side by side, left to right and down. Pure; any thread.
 */
#pragma once

#include <cairo.h>

#include "base/geometry.h"

G_BEGIN_DECLS

#define SG_POINTS_A_PAGE_UNIT 0.75 /* as drawn: a page unit is 1/96 inch, a point 1/72 */
#define SG_POINTS_A_METRE (72 / 0.0254)
#define SG_MAX_SHEETS 100

typedef struct
{
  SgRect drawing;       /* what goes onto them, page units */
  double width, height; /* of a sheet, without its margins; points */
  double zoom;          /* points a page unit */
  guint columns, rows;  /* of sheets */
} SgSheets;

/* `zoom` in points a page unit; 0: as large as fits one sheet, but no point blown up to a blot: 4 times as
 * drawn is the most. FALSE where it would take more than SG_MAX_SHEETS. */
gboolean sg_sheets_plan (SgSheets *sheets, SgRect drawing, double width, double height, double zoom);

/* The part of the page that the sheet `index` (left to right, then down) shows. */
SgRect sg_sheets_part (const SgSheets *sheets, guint index);

/* Sets cairo up to paint the page in page units onto that sheet, whose corner is at (0, 0) in points, and
 * clips to it. */
void sg_sheets_place (const SgSheets *sheets, guint index, cairo_t *cr);

/* The points a page unit at which a metre of the drawing is 1/`ratio` m on paper; `scale` page units are a
 * metre. */
static inline double
sg_sheets_zoom_of_ratio (double ratio, double scale)
{
  return SG_POINTS_A_METRE / (ratio * scale);
}

G_END_DECLS
