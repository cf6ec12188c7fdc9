/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model's textures on the GL's side. Needs the renderer's context current.
 */
#pragma once

#include <epoxy/gl.h>
#include <glib.h>
#include <mujoco/mujoco.h>

G_BEGIN_DECLS

typedef struct
{
  GLuint name;   /* 0: of a kind that is not drawn */
  GLenum target; /* GL_TEXTURE_2D or GL_TEXTURE_CUBE_MAP */
} SgTexture;

typedef struct
{
  GArray *textures; /* SgTexture; by the model's id */
  int sky;          /* id of the first sky, -1 for none */
} SgTextures;

void sg_textures_init (SgTextures *textures);
void sg_textures_clear (SgTextures *textures);
void sg_textures_upload (SgTextures *textures, const mjModel *model); /* (nullable) */

/* Binds texture `id` to the active unit. Returns its target, 0 where there is nothing to bind. */
GLenum sg_textures_bind (const SgTextures *textures, int id);

G_END_DECLS
