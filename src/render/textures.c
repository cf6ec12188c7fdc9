/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Uploads textures of three and four channels; a cube is one square for all sides or six below each other.
 */
#include "render/textures.h"

void
sg_textures_init (SgTextures *textures)
{
  textures->textures = g_array_new (FALSE, FALSE, sizeof (SgTexture));
  textures->sky = -1;
}

static void
delete_all (SgTextures *textures)
{
  for (guint i = 0; i < textures->textures->len; i++)
    glDeleteTextures (1, &g_array_index (textures->textures, SgTexture, i).name);
  g_array_set_size (textures->textures, 0);
  textures->sky = -1;
}

void
sg_textures_clear (SgTextures *textures)
{
  delete_all (textures);
  g_array_unref (textures->textures);
}

static void
set_filter (GLenum target, GLint wrap)
{
  glTexParameteri (target, GL_TEXTURE_WRAP_S, wrap);
  glTexParameteri (target, GL_TEXTURE_WRAP_T, wrap);
  glTexParameteri (target, GL_TEXTURE_WRAP_R, wrap);
  glTexParameteri (target, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri (target, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
}

static SgTexture
upload (const mjModel *model, int id)
{
  int width = model->tex_width[id], height = model->tex_height[id], channels = model->tex_nchannel[id];
  const mjtByte *data = model->tex_data + model->tex_adr[id];
  gboolean flat = model->tex_type[id] == mjTEXTURE_2D;
  GLenum format = channels == 4 ? GL_RGBA : GL_RGB;
  GLint internal = channels == 4 ? GL_RGBA8 : GL_RGB8;
  SgTexture texture = { 0, flat ? GL_TEXTURE_2D : GL_TEXTURE_CUBE_MAP };

  if ((channels != 3 && channels != 4) || (!flat && height != width && height != 6 * width))
    return texture;
  glGenTextures (1, &texture.name);
  glBindTexture (texture.target, texture.name);
  set_filter (texture.target, flat ? GL_REPEAT : GL_CLAMP_TO_EDGE);
  if (flat)
    glTexImage2D (GL_TEXTURE_2D, 0, internal, width, height, 0, format, GL_UNSIGNED_BYTE, data);
  for (int side = 0; !flat && side < 6; side++)
    {
      gsize offset = height == width ? 0 : (gsize)side * (gsize)channels * (gsize)width * (gsize)width;

      glTexImage2D (GL_TEXTURE_CUBE_MAP_POSITIVE_X + (GLenum)side,
                    0,
                    internal,
                    width,
                    width,
                    0,
                    format,
                    GL_UNSIGNED_BYTE,
                    data + offset);
    }
  glGenerateMipmap (texture.target);
  return texture;
}

void
sg_textures_upload (SgTextures *textures, const mjModel *model)
{
  delete_all (textures);
  if (!model)
    return;
  glActiveTexture (GL_TEXTURE0);
  glPixelStorei (GL_UNPACK_ALIGNMENT, 1);
  for (int id = 0; id < model->ntex; id++)
    {
      SgTexture texture = upload (model, id);

      if (textures->sky < 0 && texture.name && model->tex_type[id] == mjTEXTURE_SKYBOX)
        textures->sky = id;
      g_array_append_val (textures->textures, texture);
    }
  glPixelStorei (GL_UNPACK_ALIGNMENT, 4);
}

GLenum
sg_textures_bind (const SgTextures *textures, int id)
{
  const SgTexture *texture;

  if (id < 0 || id >= (int)textures->textures->len)
    return 0;
  texture = &g_array_index (textures->textures, SgTexture, id);
  if (!texture->name)
    return 0;
  glBindTexture (texture->target, texture->name);
  return texture->target;
}
