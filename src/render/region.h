/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of a picture that things stand in. Samples at more places than one a pixel serve edges alone: on
 * software GL, where each costs its time, a picture has them in this part and nowhere else. Pure.
 */
#pragma once

#include "render/instances.h"

G_BEGIN_DECLS

/* The least that holds what every batch but `ground` (nullable) draws as `frame` sees it, `margin` pixels
 * around it and within the picture of width x height; empty (width 0) where nothing is seen, the whole
 * picture where something comes up to the eye. */
SgRegion sg_region_find (const SgInstances *instances,
                         const SgMeshes *meshes,
                         const SgBatch *ground,
                         const SgFrame *frame,
                         int width,
                         int height,
                         float margin);

/* What two regions share; width 0 where they share nothing. */
SgRegion sg_region_intersect (const SgRegion *a, const SgRegion *b);

G_END_DECLS
