/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws an mjvScene with GL 3.2 core or ES 3.0: one instanced draw a mesh, a directional shadow cached by
 * the hash of poses, sky, checker floor. Every call needs the same GL context current; one thread.
 * Allocates nothing a frame once warm.
 */
#pragma once

#include "render/camera.h"
#include "render/ink.h"
#include "render/shown.h"
#include "sim/snapshot.h"

G_BEGIN_DECLS

typedef enum
{
  SG_QUALITY_AUTO,     /* by GL_RENDERER: software on llvmpipe and softpipe */
  SG_QUALITY_SOFTWARE, /* vertex lighting, low-poly shapes, 1024 shadow, no multisampling while moving */
  SG_QUALITY_HIGH      /* fragment lighting, fine shapes, 2048 shadow, multisampling 4 */
} SgQuality;

/* Things of the model that stand out; a hinge does by the disc that stands for its pin. */
typedef enum
{
  SG_LIT_GEOM,
  SG_LIT_JOINT,
  SG_LIT_TENDON,
} SgLitKind;

typedef struct
{
  SgLitKind kind;
  const char *name; /* in the model; an unknown one is nothing */
} SgLit;

typedef struct
{
  SgQuality quality;
  gboolean shadows;
  gboolean dark;        /* paper, sky and floor for a dark window */
  gboolean still;       /* nothing moves: multisampled whatever the tier */
  gboolean paper;       /* front view: a sheet of paper, flat colours and outlines; FALSE: a plain studio. The
                     perspective always has sky and floor */
  int pixel_ratio;      /* pixels of the picture a pixel that a person thinks in: size of letters; 0: 1 */
  double flat;          /* 0..1: how much of paper a perspective has, on the way to or from the front view */
  const SgShown *shown; /* (nullable): the default */
  const SgLit *lit;     /* n_lit; drawn with a wide outline in the colour of what is selected */
  guint n_lit;

  /* (nullable): what a label says for a name in the model, NULL for that name; while it is drawn */
  const char *(*say_name) (const char *name, gpointer user_data);
  gpointer user_data;
} SgRenderOptions;

typedef struct
{
  guint64 frames, shadow_updates, draw_calls; /* since made; draw_calls of the last frame */
  guint n_geoms;                              /* in the last scene */
  double cpu_ms;                              /* CPU time of the last draw */
  char gl_renderer[128];
  SgQuality quality; /* in force, never AUTO */
} SgRenderStats;

typedef struct _SgRenderer SgRenderer;

SgRenderOptions sg_render_options_default (void);

/* Whether the GL context that is current draws with the processor, for want of a GPU. */
gboolean sg_renderer_is_software_gl (void);

/* Errors: render.context, render.shader. */
SgRenderer *sg_renderer_new (GError **error);
void sg_renderer_free (SgRenderer *renderer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgRenderer, sg_renderer_free)

/* Uploads the model's meshes and textures; (nullable) draws an empty scene. */
void sg_renderer_set_model (SgRenderer *renderer, SgModel *model);
SgModel *sg_renderer_get_model (SgRenderer *renderer);

/* Ink for the bodies of `model` (nullable, both): seen where that model is drawn and SgShown has it. Takes
 * over `ink`. */
void sg_renderer_take_ink (SgRenderer *renderer, SgModel *model, SgInk *ink);

/* Draws `snapshot` (nullable: sky and floor only) into the framebuffer bound on entry, `width` x `height`
 * pixels. */
gboolean sg_renderer_draw (SgRenderer *renderer,
                           const SgSnapshot *snapshot,
                           const SgCamera *camera,
                           const SgRenderOptions *options,
                           int width,
                           int height,
                           GError **error);
/* The same for a caller that has its own mjData (tests, benchmarks). */
gboolean sg_renderer_draw_data (SgRenderer *renderer,
                                const mjModel *model,
                                mjData *data,
                                const SgCamera *camera,
                                const SgRenderOptions *options,
                                int width,
                                int height,
                                GError **error);
/* Draws a scene made by mjv_updateScene with its own cameras, lights, materials and sky, as mjr_render does,
 * but for reflections, fog, haze, flexes, skins and labels. */
gboolean sg_renderer_draw_scene (SgRenderer *renderer,
                                 const mjModel *model,
                                 mjvScene *scene,
                                 const SgRenderOptions *options,
                                 int width,
                                 int height,
                                 GError **error);
/* A view of all that was last drawn from a snapshot. FALSE: nothing was. */
gboolean sg_renderer_fit (SgRenderer *renderer, SgCamera *camera, double aspect);
/* The body of that name in what was last drawn from a snapshot, and the place of its centre of mass; 0:
 * none. */
int sg_renderer_find_body (SgRenderer *renderer, const char *name, double place[3]);

/* The geom that was last drawn from a snapshot at a place of the picture, of which `x` and `y` are the shares
 * of its width and height from the upper left; `aspect` is width over height. (transfer none) (nullable):
 * nothing there. */
const char *sg_renderer_pick (SgRenderer *renderer, double x, double y, double aspect);

/* What a hand holds of a body. */
typedef struct
{
  int body;        /* by id; it moves */
  double point[3]; /* m, in the body's frame: where */
  double at[3];    /* m, in the world: the same */
  double right[3]; /* m, in the world: as far as the picture is wide, at that depth */
  double up[3];    /* m, in the world: as far as it is high */
} SgGrip;

/* The body at a place of the picture as for sg_renderer_pick; FALSE: none there that moves. */
gboolean sg_renderer_grip (SgRenderer *renderer, double x, double y, double aspect, SgGrip *grip);
/* Where a place of the world is in the picture that was last drawn from a snapshot; FALSE: behind the eye. */
gboolean
sg_renderer_project (SgRenderer *renderer, const double place[3], double aspect, double *x, double *y);

/* Whether the GL context has lost all that it had: the driver was reset. Nothing more can be drawn in it. */
gboolean sg_renderer_is_lost (SgRenderer *renderer);
void sg_renderer_get_stats (const SgRenderer *renderer, SgRenderStats *stats);

G_END_DECLS
