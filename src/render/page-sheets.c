/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sheets. */
#include "render/page-sheets.h"

#define MOST (4 * SG_POINTS_A_PAGE_UNIT)
#define SLACK 1e-6 /* of a sheet: rounding adds none */

static double
count (double drawn, double sheet)
{
  return MAX (1, ceil (drawn / sheet - SLACK));
}

gboolean
sg_sheets_plan (SgSheets *sheets, SgRect drawing, double width, double height, double zoom)
{
  if (zoom <= 0)
    zoom = MIN (MOST, MIN (width / MAX (drawing.width, SLACK), height / MAX (drawing.height, SLACK)));
  double columns = count (drawing.width * zoom, width), rows = count (drawing.height * zoom, height);

  if (!(columns * rows <= SG_MAX_SHEETS))
    return FALSE;
  *sheets = (SgSheets){ drawing, width, height, zoom, (guint)columns, (guint)rows };
  return TRUE;
}

/* All sheets together have the drawing in their middle. */
SgRect
sg_sheets_part (const SgSheets *sheets, guint index)
{
  SgPoint middle = sg_rect_center (sheets->drawing);
  double width = sheets->width / sheets->zoom, height = sheets->height / sheets->zoom;
  guint column = index % sheets->columns, row = index / sheets->columns;

  return (SgRect){ middle.x + (column - sheets->columns / 2.0) * width,
                   middle.y + (row - sheets->rows / 2.0) * height, width, height };
}

void
sg_sheets_place (const SgSheets *sheets, guint index, cairo_t *cr)
{
  SgRect part = sg_sheets_part (sheets, index);

  cairo_rectangle (cr, 0, 0, sheets->width, sheets->height);
  cairo_clip (cr);
  cairo_scale (cr, sheets->zoom, sheets->zoom);
  cairo_translate (cr, -part.x, -part.y);
}
