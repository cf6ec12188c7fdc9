/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where what is straightened, moved or turned comes to rest: on ends and joints, at multiples of 15 degrees,
 * on the grid, in this order, each only where it is near. Ink as the hand draws it is never moved. Pure;
 * page units.
 */
#pragma once

#include "app/selection.h"
#include "vision/handles.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean on;   /* at all */
  gboolean grid; /* also to the grid: where it is seen */
  double zoom;   /* pixels a page unit: what is near is so on the screen */
} SgSnapping;

/* `reading`: (nullable) of `page`. Lines from `from` to `to`, the end of the hand's way last. */
void sg_snap_line (const SgPage *page,
                   const SgReading *reading,
                   const SgSnapping *snapping,
                   SgPoint *from,
                   SgPoint *to);

/* A corner: onto an end or joint, else the grid. */
SgPoint sg_snap_point (const SgPage *page, const SgReading *reading, const SgSnapping *snapping, SgPoint at);

/* How far to move the selection where the hand moved it `by`: so that an end of it comes onto one of another
 * part, else its corner onto the grid. */
SgPoint sg_snap_move (const SgPage *page,
                      const SgReading *reading,
                      const SgSelection *selection,
                      const SgSnapping *snapping,
                      SgPoint by);

/* A turn in radians. */
double sg_snap_angle (const SgSnapping *snapping, double angle);

G_END_DECLS
