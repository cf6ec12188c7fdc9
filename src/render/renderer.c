/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One frame, from a scene to the caller's framebuffer: collect instances, bring the shadow map up to date,
 * then opaque geoms with their outlines, what is behind them, shadows on the ground, transparent geoms.
 * Runs on the thread of the GL context, which the caller has made current. On return the framebuffer bound
 * is the caller's, and what else was changed of GL's state is at its default.
 */
#include "render/renderer.h"

#include <string.h>
#include <time.h>

#include "base/metrics.h"
#include "physics/fatal.h"
#include "render/error.h"
#include "render/framebuffer.h"
#include "render/instances.h"
#include "render/shader.h"
#include "render/shadow.h"
#include "render/textures.h"

#define MAX_LIT 64 /* things that stand out at once */
#define SAMPLES 4
#define SHADOW_SIZE_HIGH 2048
#define SHADOW_SIZE_SOFTWARE 1024
#define SPARE_GEOMS 2000         /* of the scene, beyond what the model is seen to need */
#define PAPER_DEPTH 0.025f       /* behind the drawing's plane, in heights of the view */
#define GROUND_LINE_DEPTH 0.012f /* in heights of the view */
#define FLOOR_SEEN 10.0f         /* how far the floor is seen, in distances of the camera: halved at this */
#define SHADOW_OFFSET_TEXELS 2.0f
#define SQUARES_IN_EXTENT 4
#define PIN_RADIUS 0.009f /* in heights of the view */
#define PIN_COLOR          \
  {                        \
    0.90f, 0.42f, 0.05f, 1 \
  }

struct _SgRenderer
{
  SgShaders *shaders;
  SgMeshes meshes;
  SgInstances instances;
  SgShadow shadow;
  SgTextures textures;
  SgFramebuffer framebuffer;
  GLuint frame_buffer; /* the uniform block */
  GLuint no_vertices;  /* vertex array of draws without attributes */
  SgFrame frame;

  SgModel *model; /* (owned) (nullable) */
  mjData *data;   /* of `model`, for snapshots */
  mjvScene scene; /* of `uploaded` */
  mjvOption option;
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
} Pass;

SgRenderOptions
sg_render_options_default (void)
{
  return (SgRenderOptions){ .quality = SG_QUALITY_AUTO, .shadows = TRUE, .paper = TRUE };
}

static SgQuality
detect_quality (const char *gl_renderer)
{
  static const char *const software[] = { "llvmpipe", "softpipe", "SWR", "Software" };

  for (gsize i = 0; i < G_N_ELEMENTS (software); i++)
    if (strstr (gl_renderer, software[i]))
      return SG_QUALITY_SOFTWARE;
  return SG_QUALITY_HIGH;
}

gboolean
sg_renderer_is_software_gl (void)
{
  return detect_quality ((const char *)glGetString (GL_RENDERER)) == SG_QUALITY_SOFTWARE;
}

/* Options of what a scene shows: a mechanism, without the model's marks and frames. */
static void
set_scene_option (mjvOption *option)
{
  mjv_defaultOption (option);
  memset (option->sitegroup, 0, sizeof option->sitegroup);
}

static void
make_scene (SgRenderer *self, const mjModel *model)
{
  int n_geoms = SPARE_GEOMS;

  if (model)
    n_geoms +=
      (int)MIN (2 * (gint64)model->ngeom + 2 * (gint64)model->nwrap + 64 * (gint64)model->ntendon, 1000000);
  mjv_freeScene (&self->scene);
  mjv_defaultScene (&self->scene);
  mjv_makeScene (model, &self->scene, n_geoms);
}

static void
upload_model (SgRenderer *self, const mjModel *model, gboolean fine)
{
  gboolean same = self->uploaded == model && (!model || self->signature == model->signature);

  if (same && self->fine == fine)
    return;
  sg_meshes_upload (&self->meshes, model, fine);
  self->fine = fine;
  if (same)
    return;
  sg_textures_upload (&self->textures, model);
  make_scene (self, model);
  self->uploaded = model;
  self->signature = model ? model->signature : 0;
  self->floor_z = NAN;
}

SgRenderer *
sg_renderer_new (GError **error)
{
  SgShaders *shaders = sg_shaders_new (error);
  SgRenderer *self;

  if (!shaders)
    return NULL;
  self = g_new0 (SgRenderer, 1);
  self->shaders = shaders;
  g_strlcpy (self->stats.gl_renderer, (const char *)glGetString (GL_RENDERER),
             sizeof self->stats.gl_renderer);
  self->automatic = self->stats.quality = detect_quality (self->stats.gl_renderer);
  sg_meshes_init (&self->meshes);
  sg_instances_init (&self->instances);
  sg_textures_init (&self->textures);
  glGenBuffers (1, &self->frame_buffer);
  glGenVertexArrays (1, &self->no_vertices);
  set_scene_option (&self->option);
  self->fine = self->automatic == SG_QUALITY_HIGH;
  sg_meshes_upload (&self->meshes, NULL, self->fine);
  make_scene (self, NULL);
  self->floor_z = NAN;
  return self;
}

static void
release_model (SgRenderer *self)
{
  g_clear_pointer (&self->data, mj_deleteData);
  g_clear_pointer (&self->model, sg_model_unref);
}

void
sg_renderer_free (SgRenderer *self)
{
  if (!self)
    return;
  release_model (self);
  mjv_freeScene (&self->scene);
  glDeleteVertexArrays (1, &self->no_vertices);
  glDeleteBuffers (1, &self->frame_buffer);
  sg_framebuffer_clear (&self->framebuffer);
  sg_shadow_clear (&self->shadow);
  sg_textures_clear (&self->textures);
  sg_instances_clear (&self->instances);
  sg_meshes_clear (&self->meshes);
  sg_shaders_free (self->shaders);
  g_free (self);
}

void
sg_renderer_set_model (SgRenderer *self, SgModel *model)
{
  const mjModel *compiled = model ? sg_model_get (model) : NULL;

  if (model == self->model)
    return;
  if (model)
    sg_model_ref (model);
  release_model (self);
  self->model = model;
  self->data = model ? sg_model_make_data (model, NULL) : NULL;
  upload_model (self, compiled, self->fine);
}

SgModel *
sg_renderer_get_model (SgRenderer *self)
{
  return self->model;
}

static gboolean
is_studio (const Pass *pass)
{
  return pass->look != SG_LOOK_PLAIN;
}

/* The direction that the light that casts shadows shines along. FALSE: no light does. */
static gboolean
find_shadow_axes (Pass *pass, int caster)
{
  const SgFrame *frame = &pass->renderer->frame;
  float direction[3] = { 0, 0, -1 };

  if (!is_studio (pass) && (caster < 0 || !pass->scene->flags[mjRND_SHADOW]))
    {
      sg_shadow_axes (pass->axes, direction);
      return FALSE;
    }
  for (int i = 0; i < 3; i++)
    direction[i] = is_studio (pass) ? -frame->key[i] : pass->scene->lights[caster].dir[i];
  sg_shadow_axes (pass->axes, direction);
  return TRUE;
}

/* Height of what the camera shows at its target: exact in the front view. */
static float
view_height (const Pass *pass)
{
  return pass->scene->camera[0].frustum_top - pass->scene->camera[0].frustum_bottom;
}

/* What is to stand out, by its place in the model; returns how many of `room`. */
static guint
find_lit (const Pass *pass, SgSceneObject *objects, guint room)
{
  static const int types[] = {
    [SG_LIT_GEOM] = mjOBJ_GEOM, [SG_LIT_JOINT] = mjOBJ_JOINT, [SG_LIT_TENDON] = mjOBJ_TENDON
  };
  guint n = 0;

  for (guint i = 0; pass->model != NULL && i < pass->options->n_lit && n < room; i++)
    {
      const SgLit *lit = &pass->options->lit[i];
      int id = mj_name2id (pass->model, types[lit->kind], lit->name);

      if (id >= 0)
        objects[n++] = (SgSceneObject){ types[lit->kind], id };
    }
  return n;
}

static void
collect (Pass *pass)
{
  SgSceneObject lit[MAX_LIT];
  SgRenderer *self = pass->renderer;
  const mjvGLCamera *camera = pass->scene->camera;
  SgCollectOptions options = { .model = pass->model,
                               .meshes = &self->meshes,
                               .look = pass->look,
                               .edge_on = camera->orthographic && is_studio (pass),
                               .reach = camera->frustum_far,
                               .lit = lit,
                               .n_lit = find_lit (pass, lit, MAX_LIT),
                               .line_depth = GROUND_LINE_DEPTH * view_height (pass) };

  memcpy (options.eye, self->frame.eye, sizeof options.eye);
  memcpy (options.axes, pass->axes, sizeof options.axes);
  sg_instances_collect (&self->instances, pass->scene, &options);
  self->stats.n_geoms = (guint)pass->scene->ngeom;
}

/* 1, 2 or 5 times a power of ten, near `size`. */
static float
round_size (float size)
{
  float power = powf (10, floorf (log10f (size))), lead = size / power;

  return power * (lead < 1.5f ? 1 : lead < 3.5f ? 2
                                  : lead < 7.5f ? 5
                                                : 10);
}

static void
set_ground (Pass *pass)
{
  SgRenderer *self = pass->renderer;
  const SgInstances *instances = &self->instances;
  SgFrame *frame = &self->frame;
  float above;

  if (isnan (self->floor_z) && isfinite (instances->lowest))
    self->floor_z = instances->lowest;
  frame->ground[0] = instances->has_floor ? instances->floor_z : isnan (self->floor_z) ? 0
                                                                                       : self->floor_z;
  if (pass->model && pass->model->stat.extent > 0)
    frame->ground[1] = round_size ((float)pass->model->stat.extent / SQUARES_IN_EXTENT);
  above = fabsf (frame->eye[2] - frame->ground[0]);
  frame->ground[2] = FLOOR_SEEN * MAX (2 * frame->ground[1], above * 2);
  frame->ground[3] = frame->eye[3];
}

/* What the scene's shader is to do for every batch of this frame. */
static void
set_variant (Pass *pass, guint n_lights)
{
  if (pass->look == SG_LOOK_PAPER)
    pass->variant = SG_VARIANT_STUDIO | SG_VARIANT_FLAT;
  else
    pass->variant = is_studio (pass) ? SG_VARIANT_STUDIO : n_lights;
  if (pass->high)
    pass->variant |= SG_VARIANT_FRAGMENT_LIT;
  if (pass->shadows && pass->look != SG_LOOK_PAPER)
    pass->variant |= SG_VARIANT_SHADOW;
}

static int
shadow_size (const Pass *pass)
{
  int size = pass->high ? SHADOW_SIZE_HIGH : SHADOW_SIZE_SOFTWARE;

  return pass->look == SG_LOOK_PAPER ? size / 2 : size; /* paper wants soft edges */
}

/* The shadow map, and the part of floor or paper that it falls on. */
static gboolean
prepare_shadow (Pass *pass, GError **error)
{
  static const float up[3] = { 0, 0, 1 }, away[3] = { 0, 1, 0 };
  SgRenderer *self = pass->renderer;
  SgFrame *frame = &self->frame;
  const SgInstances *instances = &self->instances;
  gboolean paper = pass->look == SG_LOOK_PAPER;
  float height = paper ? PAPER_DEPTH * view_height (pass) : frame->ground[0];
  float extent = MAX (instances->high[0] - instances->low[0], instances->high[1] - instances->low[1]);
  int size = shadow_size (pass);
  SgShadowPatch patch;

  pass->shadows = pass->shadows && extent >= 0;
  if (!pass->shadows)
    return TRUE;
  if (!sg_shadow_update (&self->shadow, self->shaders, instances, &self->meshes, pass->axes, size, frame,
                         error))
    return FALSE;
  frame->key[3] = SHADOW_OFFSET_TEXELS * extent / (float)size;
  if (sg_shadow_find_patch (instances, pass->axes, paper ? away : up, height, &patch))
    {
      memcpy (frame->patch_corner, patch.corner, sizeof patch.corner);
      memcpy (frame->patch_u, patch.u, sizeof patch.u);
      memcpy (frame->patch_v, patch.v, sizeof patch.v);
    }
  return TRUE;
}

/* Everything that is known before drawing begins. */
static gboolean
prepare (Pass *pass, GError **error)
{
  SgRenderer *self = pass->renderer;
  SgFrame *frame = &self->frame;
  SgInstances *instances = &self->instances;
  guint n_lights;
  int caster;

  memset (frame, 0, sizeof *frame);
  sg_frame_set_scene_view (frame, pass->scene, pass->width, pass->height);
  if (pass->look != SG_LOOK_PAPER)
    frame->screen[2] = 0; /* no outlines but of what stands out */
  n_lights = sg_frame_set_lights (frame, pass->scene, &caster);
  if (is_studio (pass))
    sg_frame_set_palette (frame, pass->look, pass->options->dark);
  pass->shadows = find_shadow_axes (pass, caster) && pass->options->shadows;
  collect (pass);
  set_ground (pass);
  sg_instances_upload (instances);
  if (!prepare_shadow (pass, error))
    return FALSE;
  set_variant (pass, n_lights);
  glBindBuffer (GL_UNIFORM_BUFFER, self->frame_buffer);
  glBufferData (GL_UNIFORM_BUFFER, sizeof *frame, frame, GL_STREAM_DRAW);
  glBindBufferBase (GL_UNIFORM_BUFFER, SG_BINDING_FRAME, self->frame_buffer);
  return TRUE;
}

static void
clear (const Pass *pass)
{
  const float *color = pass->renderer->frame.sky_low; /* black in MuJoCo's own look, as mjr_render has it */

  glClearColor (color[0], color[1], color[2], 1);
  glDepthMask (GL_TRUE);
  glClear (GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_LEQUAL);
}

static gboolean
draw_batch_as (Pass *pass, const SgBatch *batch, guint variant, GError **error)
{
  SgRenderer *self = pass->renderer;

  if (!sg_shaders_use (self->shaders, SG_PROGRAM_SCENE, variant, error))
    return FALSE;
  sg_instances_draw (&self->instances, &self->meshes, batch);
  self->stats.draw_calls++;
  return TRUE;
}

/* A plane takes much of the view and most of it is in no shadow: only the part that shadows can fall on
 * looks them up, the four parts around it do not. */
static gboolean
draw_plane (Pass *pass, const SgBatch *batch, guint variant, GError **error)
{
  const SgInstance *plane = &g_array_index (pass->renderer->instances.instances, SgInstance, batch->first);
  float height = 0;
  SgShadowPatch patch;
  int b[4] = { 0 };
  gboolean ok = TRUE;

  for (int i = 0; i < 3; i++)
    height += plane->z[i] * plane->place[i];
  if (sg_shadow_find_patch (&pass->renderer->instances, pass->axes, plane->z, height, &patch))
    sg_shadow_patch_bounds (&patch, &pass->renderer->frame, b);
  const int parts[5][4] = {
    { b[0], b[1], b[2], b[3] },
    { 0, 0, pass->width, b[1] },
    { 0, b[1] + b[3], pass->width, pass->height - b[1] - b[3] },
    { 0, b[1], b[0], b[3] },
    { b[0] + b[2], b[1], pass->width - b[0] - b[2], b[3] },
  };
  glEnable (GL_SCISSOR_TEST);
  for (int i = 0; i < 5 && ok; i++)
    if (parts[i][2] > 0 && parts[i][3] > 0)
      {
        glScissor (parts[i][0], parts[i][1], parts[i][2], parts[i][3]);
        ok = draw_batch_as (pass, batch, i == 0 ? variant : variant & ~(guint)SG_VARIANT_SHADOW, error);
      }
  glDisable (GL_SCISSOR_TEST);
  return ok;
}

static gboolean
draw_batch (Pass *pass, const SgBatch *batch, GError **error)
{
  guint variant = pass->variant;
  GLenum target;

  glActiveTexture (GL_TEXTURE0 + SG_UNIT_COLOR);
  target = sg_textures_bind (&pass->renderer->textures, batch->texture);
  if (target)
    variant |= target == GL_TEXTURE_2D ? SG_VARIANT_TEXTURE_2D : SG_VARIANT_TEXTURE_CUBE;
  if (batch->mesh == SG_SHAPE_ENDLESS)
    variant |= SG_VARIANT_FRAGMENT_LIT;
  if ((variant & SG_VARIANT_SHADOW) && (batch->mesh == SG_SHAPE_PLANE || batch->mesh == SG_SHAPE_ENDLESS) &&
      batch->count == 1)
    return draw_plane (pass, batch, variant, error);
  return draw_batch_as (pass, batch, variant, error);
}

static gboolean
draw_outline (Pass *pass, const SgBatch *batch, GError **error)
{
  SgRenderer *self = pass->renderer;

  if (sg_meshes_get (&self->meshes, batch->mesh)->mode != GL_TRIANGLES)
    return TRUE;
  if (!sg_shaders_use (self->shaders, SG_PROGRAM_OUTLINE, SG_VARIANT_NONE, error))
    return FALSE;
  glDisable (GL_CULL_FACE);
  sg_instances_draw (&self->instances, &self->meshes, batch);
  glEnable (GL_CULL_FACE);
  self->stats.draw_calls++;
  return TRUE;
}

static gboolean
draw_batches (Pass *pass, guint from, guint to, gboolean outlined, GError **error)
{
  GArray *batches = pass->renderer->instances.batches;

  glEnable (GL_CULL_FACE);
  for (guint i = from; i < to; i++)
    {
      const SgBatch *batch = &g_array_index (batches, SgBatch, i);

      if (((outlined || batch->lit) && !draw_outline (pass, batch, error)) ||
          !draw_batch (pass, batch, error))
        return FALSE;
    }
  return TRUE;
}

/* Sky and floor, or the scene's own sky. Paper is what was cleared to. */
static gboolean
draw_backdrop (Pass *pass, GError **error)
{
  SgRenderer *self = pass->renderer;
  gboolean own_sky =
    pass->look == SG_LOOK_PLAIN && self->textures.sky >= 0 && pass->scene->flags[mjRND_SKYBOX];

  if (pass->look != SG_LOOK_STAGE && !own_sky)
    return TRUE;
  if (!sg_shaders_use (
        self->shaders, SG_PROGRAM_BACKDROP, own_sky ? SG_VARIANT_TEXTURE_CUBE : SG_VARIANT_NONE, error))
    return FALSE;
  glActiveTexture (GL_TEXTURE0 + SG_UNIT_COLOR);
  if (own_sky)
    sg_textures_bind (&self->textures, self->textures.sky);
  glBindVertexArray (self->no_vertices);
  glDisable (GL_CULL_FACE);
  glDepthMask (GL_FALSE);
  glDrawArrays (GL_TRIANGLES, 0, 3);
  self->stats.draw_calls++;
  return TRUE;
}

static gboolean
draw_ground_shadow (Pass *pass, GError **error)
{
  SgRenderer *self = pass->renderer;
  gboolean on_floor = pass->look == SG_LOOK_STAGE && self->frame.ground[3] > 0;

  if (!pass->shadows || !(pass->look == SG_LOOK_PAPER || on_floor))
    return TRUE;
  if (!sg_shaders_use (self->shaders,
                       SG_PROGRAM_GROUND_SHADOW,
                       pass->high || pass->options->still ? SG_VARIANT_FINE : SG_VARIANT_NONE,
                       error))
    return FALSE;
  glBindVertexArray (self->no_vertices);
  glDisable (GL_CULL_FACE);
  glDrawArrays (GL_TRIANGLE_STRIP, 0, 4);
  self->stats.draw_calls++;
  return TRUE;
}

/* From far to near; MuJoCo's own look has them twice, as mjr_render draws them, the first time from near to
 * far. */
static gboolean
draw_transparent (Pass *pass, GError **error)
{
  const SgInstances *instances = &pass->renderer->instances;

  for (guint i = instances->batches->len; i > instances->n_opaque && !is_studio (pass); i--)
    if (!draw_batches (pass, i - 1, i, FALSE, error))
      return FALSE;
  return draw_batches (pass, instances->n_opaque, instances->batches->len, FALSE, error);
}

static gboolean
draw_passes (Pass *pass, GError **error)
{
  const SgInstances *instances = &pass->renderer->instances;

  clear (pass);
  if (!draw_batches (pass, 0, instances->n_opaque, pass->look == SG_LOOK_PAPER, error))
    return FALSE;
  glDepthMask (GL_FALSE);
  if (!draw_backdrop (pass, error))
    return FALSE;
  glEnable (GL_BLEND);
  glBlendFuncSeparate (GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  return draw_ground_shadow (pass, error) && draw_transparent (pass, error);
}

static void
restore_state (void)
{
  glUseProgram (0);
  glBindVertexArray (0);
  glBindBuffer (GL_ARRAY_BUFFER, 0);
  glBindBuffer (GL_UNIFORM_BUFFER, 0);
  glActiveTexture (GL_TEXTURE0);
  glDisable (GL_DEPTH_TEST);
  glDepthFunc (GL_LESS);
  glDepthMask (GL_TRUE);
  glDisable (GL_CULL_FACE);
  glDisable (GL_BLEND);
}

static double
thread_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static gboolean
draw_frame (Pass *pass, GError **error)
{
  SgRenderer *self = pass->renderer;
  SgQuality quality = pass->options->quality == SG_QUALITY_AUTO ? self->automatic : pass->options->quality;
  double start = thread_cpu_ms ();
  gboolean ok;

  pass->high = quality == SG_QUALITY_HIGH;
  self->stats.quality = quality;
  self->stats.draw_calls = 0;
  upload_model (self, pass->model, pass->high);
  if (!sg_framebuffer_begin (&self->framebuffer,
                             pass->width,
                             pass->height,
                             pass->high || pass->options->still ? SAMPLES : 0,
                             error))
    return FALSE;
  glDisable (GL_SCISSOR_TEST);
  ok = prepare (pass, error);
  if (ok)
    {
      sg_framebuffer_resume (&self->framebuffer, pass->width, pass->height);
      ok = draw_passes (pass, error);
    }
  sg_framebuffer_end (&self->framebuffer, pass->width, pass->height);
  restore_state ();
  self->stats.frames++;
  self->stats.shadow_updates = self->shadow.updates;
  self->stats.cpu_ms = thread_cpu_ms () - start;
  return ok;
}

/* Marks each pin, a body's one hinge, in front of everything: in the front view depth does not show. */
static void
add_pins (SgRenderer *self, const mjModel *model, const mjData *data, double height)
{
  static const mjtNum along_y[9] = { 1, 0, 0, 0, 0, -1, 0, 1, 0 };
  static const float color[4] = PIN_COLOR;
  const mjtNum size[3] = { PIN_RADIUS * height, PIN_RADIUS * height, PIN_RADIUS * height };

  for (int joint = 0; joint < model->njnt && self->scene.ngeom < self->scene.maxgeom; joint++)
    {
      const mjtNum *anchor = data->xanchor + 3 * joint;
      const mjtNum place[3] = { anchor[0], -height, anchor[2] };
      mjvGeom *pin;

      if (model->jnt_type[joint] != mjJNT_HINGE || model->body_jntnum[model->jnt_bodyid[joint]] != 1 ||
          fabs (data->xaxis[3 * joint + 1]) < 0.9)
        continue;
      pin = self->scene.geoms + self->scene.ngeom++;
      mjv_initGeom (pin, mjGEOM_CYLINDER, size, place, along_y, color);
      pin->category = mjCAT_DECOR;
      pin->objtype = mjOBJ_JOINT;
      pin->objid = joint;
      pin->dataid = pin->matid = pin->texid = -1;
    }
}

static SgLook
choose_look (const SgCamera *camera, const SgRenderOptions *options)
{
  return camera->mode == SG_CAMERA_FRONT && options->paper ? SG_LOOK_PAPER : SG_LOOK_STAGE;
}

static gboolean
draw_own_scene (SgRenderer *self,
                const mjModel *model,
                const SgCamera *camera,
                const SgRenderOptions *options,
                int width,
                int height,
                GError **error)
{
  Pass pass = { .renderer = self,
                .model = model,
                .scene = &self->scene,
                .look = choose_look (camera, options),
                .options = options,
                .width = width,
                .height = height };

  return draw_frame (&pass, error);
}

/* What MuJoCo does for a frame: a model of another program may have it run out of its arena there, which must
 * cost the frame and not the process. */
typedef struct
{
  SgRenderer *renderer;
  const mjModel *model;
  mjData *data;
  const SgSnapshot *snapshot; /* (nullable) with restore_cb */
} Update;

static void
update_scene_cb (gpointer data)
{
  Update *update = data;

  mjv_updateScene (update->model, update->data, &update->renderer->option, NULL, NULL, mjCAT_ALL,
                   &update->renderer->scene);
}

static void
restore_cb (gpointer data)
{
  Update *update = data;

  sg_snapshot_restore (update->snapshot, update->data);
}

/* FALSE: nothing of the model can be drawn. */
static gboolean
update_safely (Update *update, void (*part) (gpointer data))
{
  g_autofree char *fatal = NULL;

  if (update->data && sg_fatal_catch (part, update, &fatal))
    return TRUE;
  g_debug ("render: %s", fatal ? fatal : "no memory for the state");
  update->renderer->scene.ngeom = 0;
  return FALSE;
}

gboolean
sg_renderer_draw_data (SgRenderer *self,
                       const mjModel *model,
                       mjData *data,
                       const SgCamera *camera,
                       const SgRenderOptions *options,
                       int width,
                       int height,
                       GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_RENDER);

  upload_model (self, model, self->fine);
  sg_camera_to_scene (camera, &self->scene);
  Update update = { self, model, data, NULL };
  if (update_safely (&update, update_scene_cb) && choose_look (camera, options) == SG_LOOK_PAPER)
    add_pins (self, model, data, camera->height);
  return draw_own_scene (self, model, camera, options, width, height, error);
}

gboolean
sg_renderer_draw (SgRenderer *self,
                  const SgSnapshot *snapshot,
                  const SgCamera *camera,
                  const SgRenderOptions *options,
                  int width,
                  int height,
                  GError **error)
{
  if (!snapshot)
    {
      self->scene.ngeom = self->scene.nlight = 0;
      sg_camera_to_scene (camera, &self->scene);
      return draw_own_scene (self, self->uploaded, camera, options, width, height, error);
    }
  sg_renderer_set_model (self, snapshot->model);
  Update update = { self, sg_model_get (self->model), self->data, snapshot };
  if (!update_safely (&update, restore_cb))
    return draw_own_scene (self, self->uploaded, camera, options, width, height, error);
  return sg_renderer_draw_data (
    self, sg_model_get (self->model), self->data, camera, options, width, height, error);
}

gboolean
sg_renderer_draw_scene (SgRenderer *self,
                        const mjModel *model,
                        mjvScene *scene,
                        const SgRenderOptions *options,
                        int width,
                        int height,
                        GError **error)
{
  Pass pass = { .renderer = self,
                .model = model,
                .scene = scene,
                .look = SG_LOOK_PLAIN,
                .options = options,
                .width = width,
                .height = height };

  return draw_frame (&pass, error);
}

const char *
sg_renderer_pick (SgRenderer *self, double x, double y, double aspect)
{
  const mjModel *model = self->model != NULL ? sg_model_get (self->model) : NULL;
  int geom = -1, flex = -1, skin = -1;
  mjtNum at[3];

  if (model == NULL || self->uploaded != model || self->scene.ngeom == 0)
    return NULL;
  mjv_select (model, self->data, &self->option, aspect, x, 1 - y, &self->scene, at, &geom, &flex, &skin);
  return geom >= 0 ? mj_id2name (model, mjOBJ_GEOM, geom) : NULL;
}

void
sg_renderer_get_stats (const SgRenderer *self, SgRenderStats *stats)
{
  *stats = self->stats;
}
