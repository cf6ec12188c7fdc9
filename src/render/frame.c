/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Views, lights and palettes of a frame. The colours of the looks live here and nowhere else.
 */
#include "render/frame.h"

#include <string.h>

#define OUTLINE_WIDTH 1.6f /* pixels in a view 720 pixels high */
#define FLOOR_SQUARE 0.5f  /* m */

typedef struct
{
  float key[4];
  float floor_light[4], floor_dark[4], sky_low[4], sky_high[4], ink[4];
} Palette;

static const Palette palettes[2][2] = {
  /* stage: day, dusk */
  { { .key = { -0.38f, -0.52f, 0.76f },
      .floor_light = { 0.90f, 0.91f, 0.92f },
      .floor_dark = { 0.80f, 0.82f, 0.845f },
      .sky_low = { 0.93f, 0.955f, 0.975f },
      .sky_high = { 0.47f, 0.66f, 0.86f },
      .ink = { 0.10f, 0.11f, 0.14f, 0.50f } },
    { .key = { -0.38f, -0.52f, 0.76f },
      .floor_light = { 0.225f, 0.24f, 0.27f },
      .floor_dark = { 0.175f, 0.19f, 0.22f },
      .sky_low = { 0.235f, 0.265f, 0.32f },
      .sky_high = { 0.075f, 0.095f, 0.14f },
      .ink = { 0.02f, 0.02f, 0.03f, 0.65f } } },
  /* paper: warm white, slate */
  { { .key = { -0.36f, -0.74f, 0.57f },
      .sky_low = { 0.984f, 0.976f, 0.957f },
      .sky_high = { 0.984f, 0.976f, 0.957f },
      .ink = { 0.13f, 0.13f, 0.17f, 0.28f } },
    { .key = { -0.36f, -0.74f, 0.57f },
      .sky_low = { 0.137f, 0.149f, 0.172f },
      .sky_high = { 0.137f, 0.149f, 0.172f },
      .ink = { 0.90f, 0.90f, 0.86f, 0.55f } } },
};

void
sg_matrix_multiply (float out[16], const float a[16], const float b[16])
{
  for (int column = 0; column < 4; column++)
    for (int row = 0; row < 4; row++)
      {
        float sum = 0;

        for (int k = 0; k < 4; k++)
          sum += a[4 * k + row] * b[4 * column + k];
        out[4 * column + row] = sum;
      }
}

/* Inverse of a view: a rotation and a shift. */
static void
invert_view (float out[16], const float view[16])
{
  memset (out, 0, 16 * sizeof (float));
  for (int row = 0; row < 3; row++)
    {
      for (int column = 0; column < 3; column++)
        out[4 * column + row] = view[4 * row + column];
      out[12 + row] =
        -(view[4 * row] * view[12] + view[4 * row + 1] * view[13] + view[4 * row + 2] * view[14]);
    }
  out[15] = 1;
}

/* Inverse of an orthographic or perspective projection, off centre or not. */
static void
invert_projection (float out[16], const float p[16])
{
  memset (out, 0, 16 * sizeof (float));
  out[0] = 1 / p[0];
  out[5] = 1 / p[5];
  if (p[11] == 0)
    {
      out[10] = 1 / p[10];
      out[12] = -p[12] / p[0];
      out[13] = -p[13] / p[5];
      out[14] = -p[14] / p[10];
      out[15] = 1;
      return;
    }
  out[11] = 1 / p[14];
  out[12] = p[8] / p[0];
  out[13] = p[9] / p[5];
  out[14] = -1;
  out[15] = p[10] / p[14];
}

void
sg_frame_set_view (SgFrame *frame,
                   const float view[16],
                   const float projection[16],
                   const float eye[4],
                   int width,
                   int height)
{
  float place[16], flat[16];

  sg_matrix_multiply (frame->view_projection, projection, view);
  invert_view (place, view);
  invert_projection (flat, projection);
  sg_matrix_multiply (frame->unproject, place, flat);
  memcpy (frame->eye, eye, sizeof frame->eye);
  frame->screen[0] = (float)width;
  frame->screen[1] = (float)height;
  frame->screen[2] = OUTLINE_WIDTH * CLAMP ((float)height / 720, 1.0f, 2.0f);
}

static void
frustum (float m[16], const mjvGLCamera *camera, float half_width)
{
  float left = camera->frustum_center - half_width, right = camera->frustum_center + half_width;
  float bottom = camera->frustum_bottom, top = camera->frustum_top;
  float near_z = camera->frustum_near, far_z = camera->frustum_far;

  memset (m, 0, 16 * sizeof (float));
  if (camera->orthographic)
    {
      m[0] = 2 / (right - left);
      m[5] = 2 / (top - bottom);
      m[10] = -2 / (far_z - near_z);
      m[12] = -(right + left) / (right - left);
      m[13] = -(top + bottom) / (top - bottom);
      m[14] = -(far_z + near_z) / (far_z - near_z);
      m[15] = 1;
      return;
    }
  m[0] = 2 * near_z / (right - left);
  m[5] = 2 * near_z / (top - bottom);
  m[8] = (right + left) / (right - left);
  m[9] = (top + bottom) / (top - bottom);
  m[10] = -(far_z + near_z) / (far_z - near_z);
  m[11] = -1;
  m[14] = -2 * far_z * near_z / (far_z - near_z);
}

static void
look (float m[16], const mjvGLCamera *camera)
{
  const float *forward = camera->forward, *up = camera->up;
  float right[3] = { forward[1] * up[2] - forward[2] * up[1],
                     forward[2] * up[0] - forward[0] * up[2],
                     forward[0] * up[1] - forward[1] * up[0] };
  const float *rows[3] = { right, up, forward };

  memset (m, 0, 16 * sizeof (float));
  for (int row = 0; row < 3; row++)
    {
      float sign = row == 2 ? -1 : 1;

      for (int i = 0; i < 3; i++)
        {
          m[4 * i + row] = sign * rows[row][i];
          m[12 + row] -= sign * rows[row][i] * camera->pos[i];
        }
    }
  m[15] = 1;
}

void
sg_frame_set_scene_view (SgFrame *frame, const mjvScene *scene, int width, int height)
{
  mjvGLCamera camera = mjv_averageCamera (scene->camera, scene->camera + 1);
  float aspect = (float)width / (float)height, view[16], projection[16], eye[4];
  float half_width = camera.frustum_width > 0
                       ? camera.frustum_width
                       : 0.5f * aspect * (camera.frustum_top - camera.frustum_bottom);

  look (view, &camera);
  frustum (projection, &camera, half_width);
  for (int i = 0; i < 3; i++)
    eye[i] = camera.orthographic ? -camera.forward[i] : camera.pos[i];
  eye[3] = camera.orthographic ? 0 : 1;
  sg_frame_set_view (frame, view, projection, eye, width, height);
}

static void
set_light (SgLight *out, const mjvLight *light)
{
  gboolean spot = light->type == mjLIGHT_SPOT;

  for (int i = 0; i < 3; i++)
    {
      out->position[i] = spot ? light->pos[i] : -light->dir[i];
      out->axis[i] = light->dir[i];
      out->ambient[i] = light->ambient[i];
      out->diffuse[i] = light->diffuse[i];
      out->specular[i] = light->specular[i];
      out->attenuation[i] = light->attenuation[i];
    }
  out->position[3] = spot ? 1 : 0;
  out->axis[3] = light->cutoff < 90 ? cosf (light->cutoff * (float)G_PI / 180) : -1;
  out->ambient[3] = light->exponent;
}

guint
sg_frame_set_lights (SgFrame *frame, const mjvScene *scene, int *caster)
{
  guint n = 0;

  *caster = -1;
  for (int pass = 0; pass < 2; pass++)
    for (int i = 0; i < scene->nlight && n < SG_MAX_LIGHTS; i++)
      {
        const mjvLight *light = scene->lights + i;
        gboolean first = pass == 0 && light->castshadow && *caster < 0;

        if ((light->type != mjLIGHT_DIRECTIONAL && light->type != mjLIGHT_SPOT) || (pass == 0 && !first) ||
            (pass == 1 && i == *caster))
          continue;
        if (first)
          *caster = i;
        set_light (frame->lights + n++, light);
      }
  for (int i = 0; i < 3; i++)
    frame->ambient[i] = n == 0 ? 0.3f : 0; /* as MuJoCo does where no light is supported */
  return n;
}

/* Between two palettes, which are floats all through. */
static Palette
mix_palettes (const Palette *a, const Palette *b, float share)
{
  const float *pa = (const float *)a, *pb = (const float *)b;
  Palette out;
  float *po = (float *)&out;

  for (gsize i = 0; i < sizeof out / sizeof *po; i++)
    po[i] = (1 - share) * pa[i] + share * pb[i];
  return out;
}

void
sg_frame_set_palette (SgFrame *frame, SgLook look, gboolean dark, float flat)
{
  Palette palette = palettes[look == SG_LOOK_PAPER][dark ? 1 : 0];
  float norm = 0;

  if (look == SG_LOOK_STAGE && flat > 0)
    {
      Palette paper = palettes[1][dark ? 1 : 0];

      memcpy (paper.floor_light, paper.sky_low, sizeof paper.floor_light);
      memcpy (paper.floor_dark, paper.sky_low, sizeof paper.floor_dark);
      palette = mix_palettes (&palette, &paper, flat);
    }
  frame->turning[0] = flat;
  for (int i = 0; i < 3; i++)
    norm += palette.key[i] * palette.key[i];
  for (int i = 0; i < 3; i++)
    frame->key[i] = palette.key[i] / sqrtf (norm);
  memcpy (frame->floor_light, palette.floor_light, sizeof frame->floor_light);
  memcpy (frame->floor_dark, palette.floor_dark, sizeof frame->floor_dark);
  memcpy (frame->sky_low, palette.sky_low, sizeof frame->sky_low);
  memcpy (frame->sky_high, palette.sky_high, sizeof frame->sky_high);
  memcpy (frame->ink, palette.ink, sizeof frame->ink);
  frame->ground[1] = FLOOR_SQUARE;
}
