/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The views of the simulation that a person kept, as a sketch file has them ("views") and as cameras. A
 * plain array of SgCamera (render/camera.h) whose targets are metres from the page's corner, so that they
 * stay where they are on the drawing though the world's origin moves with its bounds. Pure.
 */
#pragma once

#include "base/geometry.h"
#include "base/json.h"
#include "render/camera.h"

G_BEGIN_DECLS

#define SG_KEPT_VIEWS_MAX 20

/* (nullable) `views` of anybody: what is no view, or has numbers that make no sense, is left out. Returns:
 * (transfer full): SgCamera. */
GArray *sg_kept_views_read (const json_t *views);

/* Returns: (transfer full): an array, empty where there are none. */
json_t *sg_kept_views_write (const GArray *views);

gboolean sg_kept_views_equal (const GArray *a, const GArray *b);

/* With the digits that a file has, so that it is the same when it comes back. */
SgCamera sg_kept_view_round (SgCamera camera);

/* The camera with its target from the page's corner, or the other way round; `scale` in page units a metre.
 */
SgCamera sg_kept_view_to_page (SgCamera camera, SgPoint origin, double scale);
SgCamera sg_kept_view_to_world (SgCamera camera, SgPoint origin, double scale);

G_END_DECLS
