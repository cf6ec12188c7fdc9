/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of ink that lie on bodies and move with them: as strokes they are of world places at the model's
 * start, as meshes of their bodies' own frames, on the side that the front view shows. Needs no GL.
 */
#pragma once

#include "physics/model.h"
#include "render/meshes.h"

G_BEGIN_DECLS

typedef struct
{
  int body;           /* id in the model; 0: the world */
  float width;        /* m */
  guint first, count; /* points of SgInk */
} SgInkLine;

typedef struct
{
  GArray *lines;  /* SgInkLine, those of a body one after the other */
  GArray *points; /* float[2]: world x, z in m, the model being at qpos0 */
} SgInk;

SgInk *sg_ink_new (void);
void sg_ink_free (SgInk *ink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgInk, sg_ink_free)

/* A line of no points yet, and its points one by one. */
void sg_ink_begin_line (SgInk *ink, int body, double width);
void sg_ink_add_point (SgInk *ink, double x, double z);

/* Adds a mesh for each body that has ink, in the order of `bodies` (int), which is appended to. */
void sg_ink_build (const SgInk *ink, const mjModel *model, SgMeshBuilder *builder, GArray *bodies);

G_END_DECLS
