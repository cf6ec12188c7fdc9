/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shadow map of one directional light, drawn again only where what casts has moved. Needs the renderer's
 * context current.
 */
#pragma once

#include "render/instances.h"
#include "render/shader.h"

G_BEGIN_DECLS

typedef struct
{
  GLuint framebuffer, texture;
  int size;     /* texels a side; 0: not made yet */
  int used[2];  /* of them: as many as the picture can show */
  guint64 hash; /* of what it shows */
  float axes[3][3];
  guint64 updates; /* how often it was drawn */
} SgShadow;

void sg_shadow_clear (SgShadow *shadow);

/* Right, up and direction of a light that shines along `direction` (any length but 0). */
void sg_shadow_axes (float axes[3][3], const float direction[3]);

/* The part of a plane that the map's shadows fall on: a parallelogram. */
typedef struct
{
  float corner[3], u[3], v[3];
} SgShadowPatch;

/* Brings the map up to date, binds it and sets the frame's to_shadow, the taps' steps (patch_u[3],
 * patch_v[3]) and key[3]. Of a map of `size` texels a side only so many are drawn as the picture of what
 * casts, and of its shadow on `patch` (nullable), can show, or `all`. Changes the framebuffer, the viewport
 * and the program. Error: render.shader. */
gboolean sg_shadow_update (SgShadow *shadow,
                           SgShaders *shaders,
                           const SgInstances *instances,
                           const SgMeshes *meshes,
                           float axes[3][3],
                           int size,
                           const SgShadowPatch *patch,
                           gboolean all,
                           SgFrame *frame,
                           GError **error);

/* That of the plane `normal` * p = `height`. FALSE where nothing casts, or the light runs along the plane. */
gboolean sg_shadow_find_patch (const SgInstances *instances,
                               float axes[3][3],
                               const float normal[3],
                               float height,
                               SgShadowPatch *patch);

/* The pixels that a patch is within: left, bottom, width, height. */
void sg_shadow_patch_bounds (const SgShadowPatch *patch, const SgFrame *frame, int bounds[4]);

G_END_DECLS
