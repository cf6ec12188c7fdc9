/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The map covers exactly the box of what casts, along the light's axes, so that its resolution goes where
 * the shadows are; what lies behind the box is looked up at the box's far side. What is around the part of
 * the map that is drawn stays clear.
 */
#include "render/shadow.h"

#include <string.h>

#define TEXELS_PER_PIXEL 2.0f
#define STEP_TEXELS 64
#define OFFSET_TEXELS 2.0f /* how far off a surface its shadow is looked up */
#define TAP_TEXELS 1.5f    /* from one look-up of a soft shadow to the next */
#define AT_EYE 1e-6f       /* of the homogeneous coordinate: at the eye or behind it */
#define MARGIN_TEXELS 4    /* kept clear around the casters, so that the map's edge is never in shadow */

static void
make_map (SgShadow *shadow, int size)
{
  const GLenum none = GL_NONE;

  sg_shadow_clear (shadow);
  shadow->size = size;
  glGenTextures (1, &shadow->texture);
  glBindTexture (GL_TEXTURE_2D, shadow->texture);
  /* 16 bits: the map's depth is that of the casters' box alone, and software GL reads them faster than 24 */
  glTexImage2D (
    GL_TEXTURE_2D, 0, GL_DEPTH_COMPONENT16, size, size, 0, GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT, NULL);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL);
  glGenFramebuffers (1, &shadow->framebuffer);
  glBindFramebuffer (GL_FRAMEBUFFER, shadow->framebuffer);
  glFramebufferTexture2D (GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, shadow->texture, 0);
  glDrawBuffers (1, &none);
  glReadBuffer (GL_NONE);
}

void
sg_shadow_clear (SgShadow *shadow)
{
  glDeleteFramebuffers (1, &shadow->framebuffer);
  glDeleteTextures (1, &shadow->texture);
  shadow->framebuffer = shadow->texture = 0;
  shadow->size = 0;
}

static void
cross (float out[3], const float a[3], const float b[3])
{
  out[0] = a[1] * b[2] - a[2] * b[1];
  out[1] = a[2] * b[0] - a[0] * b[2];
  out[2] = a[0] * b[1] - a[1] * b[0];
}

static void
normalize (float v[3])
{
  float norm = sqrtf (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);

  for (int i = 0; i < 3; i++)
    v[i] /= norm;
}

void
sg_shadow_axes (float axes[3][3], const float direction[3])
{
  float aside[3] = { 0, 0, 1 };

  memcpy (axes[2], direction, sizeof axes[2]);
  normalize (axes[2]);
  if (fabsf (axes[2][2]) > 0.95f)
    {
      aside[1] = 1;
      aside[2] = 0;
    }
  cross (axes[0], axes[2], aside);
  normalize (axes[0]);
  cross (axes[1], axes[0], axes[2]);
}

/* Grows `most` (along the axes u and v) to how many pixels a metre has in the picture at `place`. FALSE at
 * the eye and behind it. */
static gboolean
measure_at (float most[2], const SgFrame *frame, float axes[3][3], const float place[3])
{
  const float *m = frame->view_projection;
  float at[4];

  for (int row = 0; row < 4; row++)
    at[row] = m[row] * place[0] + m[4 + row] * place[1] + m[8 + row] * place[2] + m[12 + row];
  if (at[3] <= AT_EYE)
    return FALSE;
  for (int k = 0; k < 2; k++)
    {
      float way[4], step[2];

      for (int row = 0; row < 4; row++)
        way[row] = m[row] * axes[k][0] + m[4 + row] * axes[k][1] + m[8 + row] * axes[k][2];
      for (int i = 0; i < 2; i++)
        step[i] = (way[i] - at[i] / at[3] * way[3]) / at[3] * frame->screen[i] / 2;
      most[k] = MAX (most[k], sqrtf (step[0] * step[0] + step[1] * step[1]));
    }
  return TRUE;
}

/* The same at the corners of the casters' box and of its shadow. FALSE: some are at the eye. */
static gboolean
measure_pixels (float most[2],
                const SgInstances *instances,
                float axes[3][3],
                const SgShadowPatch *patch,
                const SgFrame *frame)
{
  gboolean before = TRUE;

  for (int corner = 0; corner < 8 && before; corner++)
    {
      float place[3] = { 0 };

      for (int k = 0; k < 3; k++)
        for (int i = 0; i < 3; i++)
          place[i] += axes[k][i] * (corner >> k & 1 ? instances->high[k] : instances->low[k]);
      before = measure_at (most, frame, axes, place);
    }
  for (int corner = 0; corner < 4 && before && patch; corner++)
    {
      float place[3];

      for (int i = 0; i < 3; i++)
        place[i] = patch->corner[i] + (corner & 1 ? patch->u[i] : 0) + (corner & 2 ? patch->v[i] : 0);
      before = measure_at (most, frame, axes, place);
    }
  return before;
}

/* How much of the map to draw: what is seen of it, in steps, so that a camera that moves a little changes
 * nothing. */
static void
find_used (int used[2],
           const SgInstances *instances,
           float axes[3][3],
           int size,
           const SgShadowPatch *patch,
           const SgFrame *frame)
{
  float most[2] = { 0, 0 };

  used[0] = used[1] = size;
  if (!measure_pixels (most, instances, axes, patch, frame))
    return;
  for (int k = 0; k < 2; k++)
    {
      float wanted = TEXELS_PER_PIXEL * most[k] * (instances->high[k] - instances->low[k]);

      if (wanted < (float)size)
        used[k] = MIN (((int)wanted / STEP_TEXELS + 1) * STEP_TEXELS, size);
    }
}

static void
project_box (float m[16], const SgInstances *instances, float axes[3][3], const int used[2])
{
  memset (m, 0, 16 * sizeof (float));
  for (int row = 0; row < 3; row++)
    {
      float low = instances->low[row], high = instances->high[row];
      float margin = row < 2 ? 1 + 2 * MARGIN_TEXELS / (float)used[row] : 1;
      float scale = 2 / (MAX (high - low, 1e-6f) * margin);

      for (int i = 0; i < 3; i++)
        m[4 * i + row] = axes[row][i] * scale;
      m[12 + row] = -(low + high) / 2 * scale;
    }
  m[15] = 1;
}

static gboolean
draw_map (SgShadow *shadow,
          SgShaders *shaders,
          const SgInstances *instances,
          const SgMeshes *meshes,
          const float projection[16],
          GError **error)
{
  GLuint program = sg_shaders_use (shaders, SG_PROGRAM_DEPTH, SG_VARIANT_NONE, error);

  if (!program)
    return FALSE;
  glUniformMatrix4fv (glGetUniformLocation (program, "light_projection"), 1, GL_FALSE, projection);
  glBindFramebuffer (GL_FRAMEBUFFER, shadow->framebuffer);
  glViewport (0, 0, shadow->used[0], shadow->used[1]);
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_LEQUAL);
  glDepthMask (GL_TRUE);
  glEnable (GL_CULL_FACE);
  glEnable (GL_POLYGON_OFFSET_FILL);
  glPolygonOffset (1.5f, 4);
  glClear (GL_DEPTH_BUFFER_BIT);
  for (guint i = 0; i < instances->batches->len; i++)
    {
      const SgBatch *batch = &g_array_index (instances->batches, SgBatch, i);

      if (batch->casts)
        sg_instances_draw (instances, meshes, batch);
    }
  glDisable (GL_POLYGON_OFFSET_FILL);
  shadow->updates++;
  return TRUE;
}

/* From the box to the part of the map that is drawn, and what is measured in texels of it. */
static void
set_frame (
  SgFrame *frame, const float projection[16], const int used[2], int size, const SgInstances *instances)
{
  const float u = (float)used[0] / (float)size, v = (float)used[1] / (float)size;
  const float to_texture[16] = { u / 2, 0, 0, 0, 0, v / 2, 0, 0, 0, 0, 0.5f, 0, u / 2, v / 2, 0.5f, 1 };
  float texel = MAX ((instances->high[0] - instances->low[0]) / (float)used[0],
                     (instances->high[1] - instances->low[1]) / (float)used[1]);

  sg_matrix_multiply (frame->to_shadow, to_texture, projection);
  frame->key[3] = OFFSET_TEXELS * texel;
  frame->patch_u[3] = TAP_TEXELS * u / (float)size; /* as wide as with the whole map */
  frame->patch_v[3] = TAP_TEXELS * v / (float)size;
}

gboolean
sg_shadow_update (SgShadow *shadow,
                  SgShaders *shaders,
                  const SgInstances *instances,
                  const SgMeshes *meshes,
                  float axes[3][3],
                  int size,
                  const SgShadowPatch *patch,
                  gboolean all,
                  SgFrame *frame,
                  GError **error)
{
  gboolean remade = shadow->size != size;
  int used[2] = { size, size };
  float projection[16];

  glActiveTexture (GL_TEXTURE0 + SG_UNIT_SHADOW);
  if (remade)
    make_map (shadow, size);
  glBindTexture (GL_TEXTURE_2D, shadow->texture);
  if (!all)
    find_used (used, instances, axes, size, patch, frame);
  project_box (projection, instances, axes, used);
  set_frame (frame, projection, used, size, instances);
  if (!remade && shadow->hash == instances->caster_hash && memcmp (shadow->used, used, sizeof used) == 0 &&
      memcmp (shadow->axes, axes, sizeof shadow->axes) == 0)
    return TRUE;
  memcpy (shadow->used, used, sizeof used);
  if (!draw_map (shadow, shaders, instances, meshes, projection, error))
    {
      shadow->hash = 0;
      return FALSE;
    }
  shadow->hash = instances->caster_hash;
  memcpy (shadow->axes, axes, sizeof shadow->axes);
  return TRUE;
}

gboolean
sg_shadow_find_patch (
  const SgInstances *instances, float axes[3][3], const float normal[3], float height, SgShadowPatch *patch)
{
  const float *way = axes[2];
  float fall = way[0] * normal[0] + way[1] * normal[1] + way[2] * normal[2];
  float corners[3][3];

  if (fabsf (fall) < 1e-3f || !(instances->low[0] <= instances->high[0]))
    return FALSE;
  for (int corner = 0; corner < 3; corner++)
    {
      float u = corner == 1 ? instances->high[0] : instances->low[0];
      float v = corner == 2 ? instances->high[1] : instances->low[1], above = 0, along;

      for (int i = 0; i < 3; i++)
        above += (axes[0][i] * u + axes[1][i] * v) * normal[i];
      along = (height - above) / fall;
      for (int i = 0; i < 3; i++)
        corners[corner][i] = axes[0][i] * u + axes[1][i] * v + way[i] * along;
    }
  for (int i = 0; i < 3; i++)
    {
      patch->corner[i] = corners[0][i];
      patch->u[i] = corners[1][i] - corners[0][i];
      patch->v[i] = corners[2][i] - corners[0][i];
    }
  return TRUE;
}

void
sg_shadow_patch_bounds (const SgShadowPatch *patch, const SgFrame *frame, int bounds[4])
{
  const float *m = frame->view_projection;
  float low[2] = { 1, 1 }, high[2] = { -1, -1 };

  for (int corner = 0; corner < 4; corner++)
    {
      float at[4];

      for (int row = 0; row < 4; row++)
        {
          at[row] = m[12 + row];
          for (int i = 0; i < 3; i++)
            at[row] += m[4 * i + row] * (patch->corner[i] + (float)(corner & 1) * patch->u[i] +
                                         (float)(corner >> 1) * patch->v[i]);
        }
      for (int i = 0; i < 2; i++) /* a corner behind the eye may be seen anywhere */
        {
          low[i] = at[3] > 1e-6f ? MIN (low[i], at[i] / at[3]) : -1;
          high[i] = at[3] > 1e-6f ? MAX (high[i], at[i] / at[3]) : 1;
        }
    }
  for (int i = 0; i < 2; i++)
    {
      int first = (int)floorf ((CLAMP (low[i], -1, 1) + 1) / 2 * frame->screen[i]);
      int last = (int)ceilf ((CLAMP (high[i], -1, 1) + 1) / 2 * frame->screen[i]);

      bounds[i] = first;
      bounds[2 + i] = MAX (last - first, 0);
    }
}
