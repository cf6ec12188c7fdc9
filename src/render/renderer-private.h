/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the renderer's files share: renderer.c has the object and its model, frame-pass.c draws one frame. */
#pragma once

#include "render/framebuffer.h"
#include "render/instances.h"
#include "render/marks.h"
#include "render/region.h"
#include "render/renderer.h"
#include "render/shader.h"
#include "render/shadow.h"
#include "render/text.h"
#include "render/textures.h"

G_BEGIN_DECLS

struct _SgRenderer
{
  SgShaders *shaders;
  SgMeshes meshes;
  SgInstances instances;
  SgShadow shadow;
  SgTextures textures;
  SgFramebuffer framebuffer;
  SgText *text;
  GLuint frame_buffer; /* the uniform block */
  GLuint no_vertices;  /* vertex array of draws without attributes */
  SgFrame frame;

  SgModel *model; /* (owned) (nullable) */
  mjData *data;   /* of `model`, for snapshots */
  mjvScene scene; /* of `uploaded` */
  SgTraces traces;
  SgInk *ink;              /* (nullable) */
  SgModel *ink_model;      /* (owned) (nullable) whose it is */
  GArray *ink_bodies;      /* int: whose ink the meshes are, in their order */
  gboolean *inked;         /* (nullable) by body of `uploaded` */
  gboolean ink_changed;    /* since the meshes were uploaded */
  SgShown shown;           /* what the scene shows */
  const mjModel *uploaded; /* whose meshes and textures are on the GL's side */
  guint64 signature;       /* of `uploaded` */
  gboolean fine;           /* the shapes on the GL's side */
  float floor_z;           /* m: under what was lowest when `uploaded` was first drawn; NAN before */

  SgQuality automatic;
  SgRenderStats stats;
};

/* What one frame is drawn by. */
typedef struct
{
  SgRenderer *renderer;
  const mjModel *model; /* (nullable) */
  mjvScene *scene;
  SgLook look;
  const SgRenderOptions *options;
  int width, height;
  gboolean high;
  gboolean shadows; /* in the end: wanted, and something casts */
  guint variant;    /* of the scene's shader, but for what depends on the batch */
  float axes[3][3]; /* of the light that casts shadows */
  SgRegion region;  /* of the picture: what the framebuffer bound has */
} SgPass;

/* Draws the pass' scene into the framebuffer bound. Errors: render.size, render.shader. */
gboolean sg_pass_draw (SgPass *pass, GError **error);

/* Parts of it. A batch of instances with a variant of the scene's shader; batches from one to before another,
 * with outlines where those are wanted; a batch that is one plane; what a mirror shows; words. */
gboolean sg_pass_draw_batch_as (SgPass *pass, const SgBatch *batch, guint variant, GError **error);
gboolean sg_pass_draw_batches (SgPass *pass, guint from, guint to, gboolean outlined, GError **error);
gboolean sg_pass_draw_plane (SgPass *pass, const SgBatch *batch, guint variant, GError **error);
gboolean sg_pass_draw_mirror (SgPass *pass, GError **error);
gboolean sg_pass_draw_labels (SgPass *pass, GError **error);
/* Brings the renderer's `frame` to the shaders. */
void sg_pass_send_frame (const SgPass *pass);

/* Has the model's meshes and textures, in that quality, on the GL's side. */
void sg_renderer_upload (SgRenderer *renderer, const mjModel *model, gboolean fine);

G_END_DECLS
