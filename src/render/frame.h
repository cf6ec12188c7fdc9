/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is the same for every draw of a frame, as the shaders' uniform block `Frame` has it (std140,
 * resources/shaders/frame.glsl), and the looks a frame can have. Pure functions.
 */
#pragma once

#include "render/renderer.h"

G_BEGIN_DECLS

#define SG_MAX_LIGHTS 8

typedef enum
{
  SG_LOOK_PLAIN, /* the scene's own lights, materials and sky, as mjr_render draws it */
  SG_LOOK_STAGE, /* a studio's light, a sky and a checker floor */
  SG_LOOK_PAPER, /* flat colours with outlines on a sheet of paper */
} SgLook;

typedef struct
{
  float position[4], axis[4], ambient[4], diffuse[4], specular[4], attenuation[4];
} SgLight;

typedef struct
{
  float view_projection[16], unproject[16], to_shadow[16]; /* column-major */
  float eye[4];
  float screen[4];
  float key[4];
  float ground[4];
  float patch_corner[4], patch_u[4], patch_v[4];
  float floor_light[4], floor_dark[4], sky_low[4], sky_high[4], ink[4];
  float ambient[4];
  float fog_color[4],
    fog[4];         /* fog: begins at, 1 / how far it takes, m; and for depth as brightness, 1 / m */
  float haze[4];    /* [3]: share of the way to the horizon */
  float mirror[4];  /* a plane: normal, and offset along it */
  float turning[4]; /* [1]: how strongly the mirror shows; [0]: how much of paper a stage has */
  SgLight lights[SG_MAX_LIGHTS];
} SgFrame;

/* Part of a picture: pixels, from its lower left. */
typedef struct
{
  int x, y, width, height;
} SgRegion;

/* Fills what depends on the cameras alone. `eye` as in the shaders: w 1, or 0 for a direction. */
void sg_frame_set_view (SgFrame *frame,
                        const float view[16],
                        const float projection[16],
                        const float eye[4],
                        int width,
                        int height);

/* The eye and matrices of a scene's own (averaged) camera. */
void sg_frame_set_scene_view (SgFrame *frame, const mjvScene *scene, int width, int height);

/* The scene's directional and spot lights, the one that casts shadows first. Returns how many; `caster`
 * (nullable in sense: -1) receives the scene's index of the one that casts. */
guint sg_frame_set_lights (SgFrame *frame, const mjvScene *scene, int *caster);

/* Colours and the studio's light of a look that is not PLAIN; `flat` (0..1) is how much of paper a STAGE has,
 * while one becomes the other. */
void sg_frame_set_palette (SgFrame *frame, SgLook look, gboolean dark, float flat);

/* out = a * b, column-major; out may not be an operand. */
void sg_matrix_multiply (float out[16], const float a[16], const float b[16]);

G_END_DECLS
