/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One frame, from a scene to the caller's framebuffer: collect instances, bring the shadow map up to date,
 * then opaque geoms with their outlines, what is behind them, shadows on the ground, transparent geoms,
 * names. Runs on the thread of the GL context, which the caller has made current. On return the framebuffer
 * bound is the caller's, and what else was changed of GL's state is at its default.
 */
#include "render/renderer-private.h"

#include <string.h>
#include <time.h>

#define MAX_LIT 64 /* things that stand out at once */
#define SAMPLES 4
#define WORTH_PARTING 0.7 /* share of the picture up to which a part of it is drawn apart */
#define STANDS_OUT 9.0f   /* pixels: outline of what stands out, and a line's width */
#define SHADOW_SIZE_HIGH 2048
#define SHADOW_SIZE_SOFTWARE 1024
#define PAPER_DEPTH 0.025f       /* behind the drawing's plane, in heights of the view */
#define GROUND_LINE_DEPTH 0.012f /* in heights of the view */
#define FLOOR_SEEN 10.0f         /* how far the floor is seen, in distances of the camera: halved at this */
#define PLAIN_REACH 0.6f         /* of the far plane's distance */
#define SMALL_RADIUS 22.0f       /* pixels */
#define CLEAR_AIR 20.0f          /* how much farther without haze */
#define SQUARES_IN_EXTENT 4

static gboolean
is_studio (const SgPass *pass)
{
  return pass->look != SG_LOOK_PLAIN;
}

/* The direction that the light that casts shadows shines along. FALSE: no light does. */
static gboolean
find_shadow_axes (SgPass *pass, int caster)
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
view_height (const SgPass *pass)
{
  return pass->scene->camera[0].frustum_top - pass->scene->camera[0].frustum_bottom;
}

/* What is to stand out, by its place in the model; returns how many of `room`. */
static guint
find_lit (const SgPass *pass, SgSceneObject *objects, guint room)
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

static SgSegments
find_segments (const mjvScene *scene)
{
  if (!scene->flags[mjRND_SEGMENT])
    return SG_SEGMENTS_NONE;
  return scene->flags[mjRND_IDCOLOR] ? SG_SEGMENTS_ID : SG_SEGMENTS_COLOR;
}

/* Half size of a plane that has no end: in MuJoCo's own look as MuJoCo has it. */
static float
find_reach (const SgPass *pass)
{
  float far_z = pass->scene->camera[0].frustum_far;

  return is_studio (pass) ? far_z : PLAIN_REACH * far_z;
}

/* Pixels a metre: where the eye is at infinity, or at the distance of 1 m. */
static float
find_pixels (const SgPass *pass)
{
  const mjvGLCamera *camera = pass->scene->camera;
  float height = camera->frustum_top - camera->frustum_bottom;

  return (float)pass->height * (camera->orthographic ? 1 : camera->frustum_near) / MAX (height, 1e-9f);
}

static void
collect (SgPass *pass)
{
  SgSceneObject lit[MAX_LIT];
  SgRenderer *self = pass->renderer;
  const mjvGLCamera *camera = pass->scene->camera;
  SgCollectOptions options = { .model = pass->model,
                               .meshes = &self->meshes,
                               .look = pass->look,
                               .segments = find_segments (pass->scene),
                               .edge_on = camera->orthographic && is_studio (pass),
                               .small = pass->high ? 0 : SMALL_RADIUS,
                               .pixels = find_pixels (pass),
                               .reach = find_reach (pass),
                               .lit = lit,
                               .n_lit = find_lit (pass, lit, MAX_LIT),
                               .inked = pass->look == SG_LOOK_PAPER && self->shown.ink ? self->inked : NULL,
                               .line_depth = GROUND_LINE_DEPTH * view_height (pass) };

  memcpy (options.eye, self->frame.eye, sizeof options.eye);
  memcpy (options.paper, self->frame.sky_low, sizeof options.paper);
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
set_ground (SgPass *pass)
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
  if (!pass->scene->flags[mjRND_HAZE])
    frame->ground[2] *= CLEAR_AIR;
  frame->ground[3] = frame->eye[3];
}

/* What the scene's shader is to do for every batch of this frame. */
static void
set_variant (SgPass *pass, guint n_lights)
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
shadow_size (const SgPass *pass)
{
  int size = pass->high ? SHADOW_SIZE_HIGH : SHADOW_SIZE_SOFTWARE;

  return pass->look == SG_LOOK_PAPER ? size / 2 : size; /* paper wants soft edges */
}

/* The shadow map, and the part of floor or paper that it falls on. */
static gboolean
prepare_shadow (SgPass *pass, GError **error)
{
  static const float up[3] = { 0, 0, 1 }, away[3] = { 0, 1, 0 };
  SgRenderer *self = pass->renderer;
  SgFrame *frame = &self->frame;
  const SgInstances *instances = &self->instances;
  gboolean paper = pass->look == SG_LOOK_PAPER;
  float height = paper ? PAPER_DEPTH * view_height (pass) : frame->ground[0];
  gboolean falls;
  SgShadowPatch patch;

  pass->shadows = pass->shadows && instances->high[0] >= instances->low[0];
  if (!pass->shadows)
    return TRUE;
  falls = sg_shadow_find_patch (instances, pass->axes, paper ? away : up, height, &patch);
  if (falls)
    {
      memcpy (frame->patch_corner, patch.corner, sizeof patch.corner);
      memcpy (frame->patch_u, patch.u, sizeof patch.u);
      memcpy (frame->patch_v, patch.v, sizeof patch.v);
    }
  return sg_shadow_update (&self->shadow, self->shaders, instances, &self->meshes, pass->axes,
                           shadow_size (pass), falls ? &patch : NULL, pass->high, frame, error);
}

void
sg_pass_send_frame (const SgPass *pass)
{
  const SgRenderer *self = pass->renderer;

  glBindBuffer (GL_UNIFORM_BUFFER, self->frame_buffer);
  glBufferData (GL_UNIFORM_BUFFER, sizeof self->frame, &self->frame, GL_STREAM_DRAW);
  glBindBufferBase (GL_UNIFORM_BUFFER, SG_BINDING_FRAME, self->frame_buffer);
}

/* How steeply one looks down on the end of a plane that has none; 0: there is no such plane. */
static float
find_plane_end (const SgPass *pass)
{
  const mjvScene *scene = pass->scene;
  const float *eye = pass->renderer->frame.eye;

  for (int i = 0; i < scene->ngeom; i++)
    {
      const mjvGeom *geom = scene->geoms + i;

      if (geom->type == mjGEOM_PLANE && geom->size[0] <= 0 && geom->mat[8] > 0.999f && eye[2] > geom->pos[2])
        return (eye[2] - geom->pos[2]) / find_reach (pass);
    }
  return 0;
}

/* Fog and haze as the model has them. */
static void
set_fog (SgPass *pass)
{
  SgFrame *frame = &pass->renderer->frame;
  const mjModel *model = pass->model;
  float extent, start, end;

  if (!model)
    return;
  extent = (float)model->stat.extent;
  start = model->vis.map.fogstart * extent;
  end = MAX (model->vis.map.fogend * extent, start + 1e-4f);
  memcpy (frame->fog_color, is_studio (pass) ? frame->sky_low : model->vis.rgba.fog, sizeof frame->fog_color);
  frame->fog[0] = start;
  frame->fog[1] = 1 / (end - start);
  memcpy (frame->haze, model->vis.rgba.haze, 3 * sizeof (float));
  frame->haze[3] = pass->scene->flags[mjRND_HAZE] ? CLAMP (model->vis.map.haze, 0, 0.99f) : 0;
  frame->fog[3] = find_plane_end (pass);
  if (frame->fog[3] <= 0)
    frame->haze[3] = 0;
  if (pass->scene->flags[mjRND_FOG])
    pass->variant |= SG_VARIANT_FOG;
  if (pass->scene->flags[mjRND_DEPTH])
    pass->variant |= SG_VARIANT_DEPTH;
  frame->fog[2] = 1 / (2 * MAX (extent, 1e-3f) + end / 4);
}

/* Everything that is known before drawing begins. */
static gboolean
prepare (SgPass *pass, GError **error)
{
  SgRenderer *self = pass->renderer;
  SgFrame *frame = &self->frame;
  SgInstances *instances = &self->instances;
  guint n_lights;
  int caster;

  memset (frame, 0, sizeof *frame);
  sg_frame_set_scene_view (frame, pass->scene, pass->width, pass->height);
  if (pass->look != SG_LOOK_PAPER) /* no outlines but of what stands out, or on the way from paper */
    frame->screen[2] *= pass->look == SG_LOOK_STAGE ? (float)pass->options->flat : 0;
  n_lights = sg_frame_set_lights (frame, pass->scene, &caster);
  if (is_studio (pass))
    sg_frame_set_palette (frame, pass->look, pass->options->dark, (float)pass->options->flat);
  pass->shadows =
    find_shadow_axes (pass, caster) && pass->options->shadows && pass->scene->flags[mjRND_SHADOW];
  collect (pass);
  set_ground (pass);
  sg_instances_upload (instances);
  sg_meshes_send_soft (&self->meshes);
  if (!prepare_shadow (pass, error))
    return FALSE;
  set_variant (pass, n_lights);
  set_fog (pass);
  sg_pass_send_frame (pass);
  return TRUE;
}

static void
clear (const SgPass *pass, GLbitfield buffers)
{
  const float *color = pass->renderer->frame.sky_low; /* black in MuJoCo's own look, as mjr_render has it */

  glClearColor (color[0], color[1], color[2], 1);
  glDepthMask (GL_TRUE);
  glClear (buffers);
}

static void
blend (void)
{
  glEnable (GL_BLEND);
  glBlendFuncSeparate (GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

gboolean
sg_pass_draw_batch_as (SgPass *pass, const SgBatch *batch, guint variant, GError **error)
{
  SgRenderer *self = pass->renderer;

  if (!sg_shaders_use (self->shaders, SG_PROGRAM_SCENE, variant, error))
    return FALSE;
  sg_instances_draw (&self->instances, &self->meshes, batch);
  self->stats.draw_calls++;
  return TRUE;
}

static gboolean
is_plane (const SgBatch *batch)
{
  return batch->mesh == SG_SHAPE_PLANE || batch->mesh == SG_SHAPE_ENDLESS;
}

static gboolean
draw_batch (SgPass *pass, const SgBatch *batch, GError **error)
{
  guint variant = pass->variant;
  GLenum target;

  glActiveTexture (GL_TEXTURE0 + SG_UNIT_COLOR);
  target = sg_textures_bind (&pass->renderer->textures, batch->texture);
  if (target)
    variant |= target == GL_TEXTURE_2D ? SG_VARIANT_TEXTURE_2D : SG_VARIANT_TEXTURE_CUBE;
  if (batch->mesh == SG_SHAPE_ENDLESS)
    variant |= SG_VARIANT_FRAGMENT_LIT | (pass->renderer->frame.haze[3] > 0 ? SG_VARIANT_HAZE : 0);
  if ((variant & SG_VARIANT_SHADOW) && is_plane (batch) && batch->count == 1)
    return sg_pass_draw_plane (pass, batch, variant, error);
  return sg_pass_draw_batch_as (pass, batch, variant, error);
}

static gboolean
draw_outline (SgPass *pass, const SgBatch *batch, GError **error)
{
  SgRenderer *self = pass->renderer;

  if (sg_meshes_get (&self->meshes, batch->mesh)->mode != GL_TRIANGLES)
    return TRUE;
  if (!sg_shaders_use (self->shaders, SG_PROGRAM_OUTLINE, SG_VARIANT_NONE, error))
    return FALSE;
  glDisable (GL_CULL_FACE);
  sg_instances_draw (&self->instances, &self->meshes, batch);
  if (pass->scene->flags[mjRND_CULL_FACE] && !pass->scene->flags[mjRND_WIREFRAME])
    glEnable (GL_CULL_FACE);
  self->stats.draw_calls++;
  return TRUE;
}

/* As the effects want faces: those that look away drawn or not, edges alone where GL can. */
static void
set_faces (const SgPass *pass, gboolean begin)
{
  const mjtByte *flags = pass->scene->flags;

  if (begin && flags[mjRND_CULL_FACE] && !flags[mjRND_WIREFRAME])
    glEnable (GL_CULL_FACE);
  else
    glDisable (GL_CULL_FACE);
  if (flags[mjRND_WIREFRAME] && epoxy_is_desktop_gl ())
    glPolygonMode (GL_FRONT_AND_BACK, begin ? GL_LINE : GL_FILL);
}

gboolean
sg_pass_draw_batches (SgPass *pass, guint from, guint to, gboolean outlined, GError **error)
{
  GArray *batches = pass->renderer->instances.batches;
  gboolean ok = TRUE;

  set_faces (pass, TRUE);
  for (guint i = from; i < to && ok; i++)
    {
      const SgBatch *batch = &g_array_index (batches, SgBatch, i);

      ok = (!(outlined || batch->lit) || draw_outline (pass, batch, error)) &&
           draw_batch (pass, batch, error);
    }
  set_faces (pass, FALSE);
  return ok;
}

/* Sky and floor, or the scene's own sky. Paper is what was cleared to. */
static gboolean
draw_backdrop (SgPass *pass, GError **error)
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
draw_ground_shadow (SgPass *pass, GError **error)
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
draw_transparent (SgPass *pass, GError **error)
{
  const SgInstances *instances = &pass->renderer->instances;

  for (guint i = instances->batches->len; i > instances->n_opaque && !is_studio (pass); i--)
    if (!sg_pass_draw_batches (pass, i - 1, i, FALSE, error))
      return FALSE;
  return sg_pass_draw_batches (pass, instances->n_opaque, instances->batches->len, FALSE, error);
}

static gboolean
draw_passes (SgPass *pass, GError **error)
{
  const SgInstances *instances = &pass->renderer->instances;

  clear (pass, GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_LEQUAL);
  if (!sg_pass_draw_batches (pass, 0, instances->n_opaque, pass->renderer->frame.screen[2] > 0, error))
    return FALSE;
  if (!sg_pass_draw_mirror (pass, error))
    return FALSE;
  glDepthMask (GL_FALSE);
  if (!draw_backdrop (pass, error))
    return FALSE;
  blend ();
  if (!draw_ground_shadow (pass, error))
    return FALSE;
  if (pass->scene->flags[mjRND_ADDITIVE])
    glBlendFuncSeparate (GL_SRC_ALPHA, GL_ONE, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  return draw_transparent (pass, error);
}

/* What is behind all that stands there, over the whole picture: with one sample a pixel, for the sky, the
 * floor and the shadows on it have no edges but the plane's, which its shader smooths. */
static gboolean
draw_behind (SgPass *pass, const SgBatch *ground, GError **error)
{
  guint variant = pass->variant;
  gboolean ok;

  sg_framebuffer_resume (&pass->renderer->framebuffer);
  clear (pass, GL_COLOR_BUFFER_BIT);
  glDisable (GL_DEPTH_TEST);
  ok = draw_backdrop (pass, error);
  blend ();
  pass->variant |= SG_VARIANT_EDGED;
  set_faces (pass, TRUE);
  ok = ok && (!ground || draw_batch (pass, ground, error));
  set_faces (pass, FALSE);
  pass->variant = variant;
  ok = ok && draw_ground_shadow (pass, error);
  glDisable (GL_BLEND);
  return ok;
}

/* Whether what is behind can be drawn apart from what stands there; `ground` (nullable) receives the one
 * plane. */
static gboolean
find_ground (const SgPass *pass, const SgBatch **ground)
{
  const SgInstances *instances = &pass->renderer->instances;
  const mjtByte *flags = pass->scene->flags;

  *ground = NULL;
  if (instances->has_mirror || flags[mjRND_WIREFRAME] || flags[mjRND_DEPTH] ||
      find_segments (pass->scene) != SG_SEGMENTS_NONE)
    return FALSE;
  for (guint i = 0; i < instances->batches->len; i++)
    {
      const SgBatch *batch = &g_array_index (instances->batches, SgBatch, i);

      if (!is_plane (batch))
        continue;
      if (*ground || batch->count > 1 || batch->lit || i >= instances->n_opaque)
        return FALSE;
      *ground = batch;
    }
  return TRUE;
}

/* Draws into the framebuffer bound, which is the caller's. Where a sample costs its time, only the part of
 * the picture that things stand in has several a pixel. ES cannot copy a part of them elsewhere. */
static gboolean
draw_picture (SgPass *pass, int samples, GError **error)
{
  SgRenderer *self = pass->renderer;
  gboolean stencil = !is_studio (pass) && sg_scene_has_mirror (pass->scene);
  SgRegion region = pass->region;
  const SgBatch *ground = NULL;

  if (samples > 0 && !pass->high && epoxy_is_desktop_gl () && find_ground (pass, &ground))
    region = sg_region_find (&self->instances, &self->meshes, ground, &self->frame, pass->width, pass->height,
                             2 * self->frame.screen[2] + STANDS_OUT);
  if ((gint64)region.width * region.height > WORTH_PARTING * pass->width * pass->height)
    region = pass->region;
  else if (!draw_behind (pass, ground, error))
    return FALSE;
  pass->region = region;
  return region.width == 0 ||
         (sg_framebuffer_open (&self->framebuffer, &region, samples, stencil, error) &&
          draw_passes (pass, error));
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

gboolean
sg_pass_draw (SgPass *pass, GError **error)
{
  SgRenderer *self = pass->renderer;
  SgQuality quality = pass->options->quality == SG_QUALITY_AUTO ? self->automatic : pass->options->quality;
  double start = thread_cpu_ms ();
  gboolean ok;

  pass->high = quality == SG_QUALITY_HIGH;
  self->stats.quality = quality;
  self->stats.draw_calls = 0;
  sg_renderer_upload (self, pass->model, pass->high);
  if (!sg_framebuffer_begin (&self->framebuffer, pass->width, pass->height, error))
    return FALSE;
  glDisable (GL_SCISSOR_TEST);
  pass->region = (SgRegion){ 0, 0, pass->width, pass->height };
  ok = prepare (pass, error) && draw_picture (pass, pass->high || pass->options->still ? SAMPLES : 0, error);
  sg_framebuffer_end (&self->framebuffer);
  ok = ok && sg_pass_draw_labels (pass, error);
  restore_state ();
  self->stats.frames++;
  self->stats.shadow_updates = self->shadow.updates;
  self->stats.cpu_ms = thread_cpu_ms () - start;
  return ok;
}
