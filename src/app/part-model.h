/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mark of the drawing became in the model, and the other way round. Any thread.
 */
#pragma once

#include "pipeline/pipeline.h"
#include "render/renderer.h"

G_BEGIN_DECLS

/* Appends what of the scene's model the element was made into, or says something of: geoms, the pin of a
 * hinge, a spring (element-type SgLit). The names are the scene's. */
void sg_part_append_things (const SgScene *scene, guint element, GArray *things);

/* The element that a geom of that name was drawn as, -1 where none. */
int sg_part_of_geom (const SgScene *scene, const char *name);

G_END_DECLS
