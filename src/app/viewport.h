/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which part of the page a canvas shows, and how large: a plain value. Widget coordinates are logical pixels
 * from the canvas' top left corner.
 */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

#define SG_VIEWPORT_MIN_ZOOM 0.1
#define SG_VIEWPORT_MAX_ZOOM 16.0

typedef struct
{
  SgPoint center;       /* page point in the canvas' middle */
  double zoom;          /* pixels a page unit */
  double width, height; /* of the canvas, pixels */
  double head, foot;    /* what bars cover of it at its top and bottom, pixels */
} SgViewport;

SgPoint sg_viewport_to_page (const SgViewport *viewport, SgPoint widget);
SgPoint sg_viewport_to_widget (const SgViewport *viewport, SgPoint page);
SgRect sg_viewport_rect_to_widget (const SgViewport *viewport, SgRect page);
SgRect sg_viewport_get_visible (const SgViewport *viewport); /* page units */

/* Moves the paper by so many pixels. */
void sg_viewport_pan (SgViewport *viewport, double dx, double dy);

/* Comes nearer by `factor`, bounded; the page point under `widget` stays there. */
void sg_viewport_zoom_at (SgViewport *viewport, double factor, SgPoint widget);

/* Shows all of `bounds` with a margin and free of the bars, as far as there is room, never larger than
 * `max_zoom`; an empty `bounds` is shown in the middle. */
void sg_viewport_fit (SgViewport *viewport, SgRect bounds, double max_zoom);

G_END_DECLS
