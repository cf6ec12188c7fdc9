/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shaders: programs compiled from resources/shaders on first use, one for each variant, with the
 * #version that the context wants. Needs the context current.
 */
#pragma once

#include <epoxy/gl.h>
#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_PROGRAM_SCENE,
  SG_PROGRAM_DEPTH,
  SG_PROGRAM_OUTLINE,
  SG_PROGRAM_BACKDROP,
  SG_PROGRAM_GROUND_SHADOW,
  SG_PROGRAM_TEXT,
} SgProgram;

typedef enum
{
  SG_VARIANT_NONE = 0,
  SG_VARIANT_LIGHTS = 0xf, /* how many, scene: low four bits */
  SG_VARIANT_STUDIO = 1 << 4,
  SG_VARIANT_FLAT = 1 << 5,
  SG_VARIANT_FRAGMENT_LIT = 1 << 6,
  SG_VARIANT_SHADOW = 1 << 7,
  SG_VARIANT_TEXTURE_2D = 1 << 8,
  SG_VARIANT_TEXTURE_CUBE = 1 << 9,
  SG_VARIANT_FINE = 1 << 10, /* ground shadow: more taps */
  SG_VARIANT_FOG = 1 << 11,
  SG_VARIANT_HAZE = 1 << 14,   /* a level plane with no end */
  SG_VARIANT_DEPTH = 1 << 12,  /* distance as brightness */
  SG_VARIANT_MIRROR = 1 << 13, /* what is in front of the mirror alone */
  SG_VARIANT_EDGED = 1 << 15,  /* a plane whose edges are smooth with one sample a pixel */
} SgVariant;

/* Texture units and the uniform block's binding, the same in every program. */
#define SG_UNIT_COLOR 0
#define SG_UNIT_SHADOW 1
#define SG_BINDING_FRAME 0

/* Vertex attributes; the instance's six follow the mesh's four. */
enum
{
  SG_ATTRIBUTE_POSITION,
  SG_ATTRIBUTE_NORMAL,
  SG_ATTRIBUTE_OUTLINE,
  SG_ATTRIBUTE_UV,
  SG_ATTRIBUTE_INSTANCE,
  SG_N_ATTRIBUTES = SG_ATTRIBUTE_INSTANCE + 7,
};

typedef struct _SgShaders SgShaders;

/* Error: render.context where the context is below GL 3.2 and ES 3.0. */
SgShaders *sg_shaders_new (GError **error);
void sg_shaders_free (SgShaders *shaders);

/* Makes the variant the current program. Returns its name, 0 with render.shader on failure. */
GLuint sg_shaders_use (SgShaders *shaders, SgProgram program, guint variant, GError **error);

G_END_DECLS
