/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The canvas' view of the page. */
#include "app/viewport.h"

#define FIT_MARGIN 64.0 /* pixels around what is fitted */
#define BAR_MARGIN 16.0 /* pixels between it and a bar */

SgPoint
sg_viewport_to_page (const SgViewport *viewport, SgPoint widget)
{
  return SG_POINT (viewport->center.x + (widget.x - viewport->width / 2) / viewport->zoom,
                   viewport->center.y + (widget.y - viewport->height / 2) / viewport->zoom);
}

SgPoint
sg_viewport_to_widget (const SgViewport *viewport, SgPoint page)
{
  return SG_POINT ((page.x - viewport->center.x) * viewport->zoom + viewport->width / 2,
                   (page.y - viewport->center.y) * viewport->zoom + viewport->height / 2);
}

SgRect
sg_viewport_rect_to_widget (const SgViewport *viewport, SgRect page)
{
  SgPoint corner = sg_viewport_to_widget (viewport, SG_POINT (page.x, page.y));

  return (SgRect){ corner.x, corner.y, page.width * viewport->zoom, page.height * viewport->zoom };
}

SgRect
sg_viewport_get_visible (const SgViewport *viewport)
{
  SgPoint corner = sg_viewport_to_page (viewport, SG_POINT (0, 0));

  return (SgRect){ corner.x, corner.y, viewport->width / viewport->zoom, viewport->height / viewport->zoom };
}

void
sg_viewport_pan (SgViewport *viewport, double dx, double dy)
{
  viewport->center.x -= dx / viewport->zoom;
  viewport->center.y -= dy / viewport->zoom;
}

void
sg_viewport_zoom_at (SgViewport *viewport, double factor, SgPoint widget)
{
  SgPoint before = sg_viewport_to_page (viewport, widget);

  viewport->zoom = CLAMP (viewport->zoom * factor, SG_VIEWPORT_MIN_ZOOM, SG_VIEWPORT_MAX_ZOOM);
  SgPoint after = sg_viewport_to_page (viewport, widget);
  viewport->center = sg_point_add (viewport->center, sg_point_sub (before, after));
}

void
sg_viewport_fit (SgViewport *viewport, SgRect bounds, double max_zoom)
{
  double across = MAX (viewport->width - 2 * FIT_MARGIN, viewport->width / 2);
  double above = MAX (FIT_MARGIN - viewport->head, BAR_MARGIN);
  double below = MAX (FIT_MARGIN - viewport->foot, BAR_MARGIN);
  double left = MAX (viewport->height - viewport->head - viewport->foot, viewport->height / 4);
  double share = MIN (1, left / 2 / (above + below)); /* of the margins, where it is low */
  double head = viewport->head + share * above, foot = viewport->foot + share * below;
  double down = left - share * (above + below);
  double zoom = MIN (across / MAX (bounds.width, 1e-3), down / MAX (bounds.height, 1e-3));

  viewport->zoom = CLAMP (MIN (zoom, max_zoom), SG_VIEWPORT_MIN_ZOOM, SG_VIEWPORT_MAX_ZOOM);
  viewport->center = sg_point_add (sg_rect_center (bounds), SG_POINT (0, (foot - head) / 2 / viewport->zoom));
}
