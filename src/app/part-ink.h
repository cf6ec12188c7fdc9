/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person's own strokes on the bodies that they were made into. Any thread.
 */
#pragma once

#include "pipeline/pipeline.h"
#include "render/ink.h"

G_BEGIN_DECLS

/* The strokes of the scene's page that its bodies, their pins and what is fixed were drawn with. Returns:
 * (transfer full) (nullable): NULL where nothing was drawn. */
SgInk *sg_part_ink_of_scene (const SgScene *scene);

G_END_DECLS
