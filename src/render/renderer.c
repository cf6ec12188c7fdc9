/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The renderer: a model's meshes, textures and ink on the GL's side, and MuJoCo's scene of it, which
 * frame-pass.c draws.
 */
#include "render/renderer-private.h"

#include <string.h>

#include "base/metrics.h"
#include "physics/fatal.h"
#include "render/error.h"

#define MAX_GL_ERRORS 16
#define SPARE_GEOMS 2000 /* of the scene, beyond what the model is seen to need */

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
add_ink_cb (SgMeshBuilder *builder, gpointer data)
{
  SgRenderer *self = data;

  sg_ink_build (self->ink, self->uploaded, builder, self->ink_bodies);
  self->inked = g_new0 (gboolean, (gsize)self->uploaded->nbody);
  for (guint i = 0; i < self->ink_bodies->len; i++)
    self->inked[g_array_index (self->ink_bodies, int, i)] = TRUE;
}

static void
upload_meshes (SgRenderer *self, gboolean fine)
{
  gboolean inked = self->ink && self->uploaded && sg_model_get (self->ink_model) == self->uploaded;

  g_array_set_size (self->ink_bodies, 0);
  g_clear_pointer (&self->inked, g_free);
  sg_meshes_upload (&self->meshes, self->uploaded, fine, inked ? add_ink_cb : NULL, self);
  self->fine = fine;
  self->ink_changed = FALSE;
}

void
sg_renderer_upload (SgRenderer *self, const mjModel *model, gboolean fine)
{
  gboolean same = self->uploaded == model && (!model || self->signature == model->signature);

  if (same && self->fine == fine && !self->ink_changed)
    return;
  self->uploaded = model;
  upload_meshes (self, fine);
  if (same)
    return;
  sg_textures_upload (&self->textures, model);
  make_scene (self, model);
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
  self->text = sg_text_new ();
  glGenBuffers (1, &self->frame_buffer);
  glGenVertexArrays (1, &self->no_vertices);
  self->shown = sg_shown_default ();
  self->fine = self->automatic == SG_QUALITY_HIGH;
  self->ink_bodies = g_array_new (FALSE, FALSE, sizeof (int));
  upload_meshes (self, self->fine);
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
sg_renderer_take_ink (SgRenderer *self, SgModel *model, SgInk *ink)
{
  g_clear_pointer (&self->ink, sg_ink_free);
  g_clear_pointer (&self->ink_model, sg_model_unref);
  self->ink = model ? ink : NULL;
  self->ink_model = model ? sg_model_ref (model) : NULL;
  self->ink_changed = TRUE;
}

void
sg_renderer_free (SgRenderer *self)
{
  if (!self)
    return;
  release_model (self);
  sg_renderer_take_ink (self, NULL, NULL);
  g_array_unref (self->ink_bodies);
  g_free (self->inked);
  mjv_freeScene (&self->scene);
  glDeleteVertexArrays (1, &self->no_vertices);
  glDeleteBuffers (1, &self->frame_buffer);
  sg_framebuffer_clear (&self->framebuffer);
  sg_text_free (self->text);
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
  sg_renderer_upload (self, compiled, self->fine);
}

SgModel *
sg_renderer_get_model (SgRenderer *self)
{
  return self->model;
}

static SgLook
choose_look (const SgCamera *camera, const SgRenderOptions *options)
{
  if (options->shown && options->shown->own_look)
    return SG_LOOK_PLAIN;
  return camera->mode == SG_CAMERA_FRONT && options->paper ? SG_LOOK_PAPER : SG_LOOK_STAGE;
}

/* The scene's cameras. */
static void
aim (SgRenderer *self, const mjModel *model, const mjData *data, const SgCamera *camera)
{
  mjvCamera fixed;

  if (camera->mode != SG_CAMERA_FIXED || camera->fixed < 0 || camera->fixed >= model->ncam)
    {
      sg_camera_to_scene (camera, &self->scene);
      return;
    }
  mjv_defaultCamera (&fixed);
  fixed.type = mjCAMERA_FIXED;
  fixed.fixedcamid = camera->fixed;
  mjv_updateCamera (model, data, &fixed, &self->scene);
}

static void
show (SgRenderer *self, const SgRenderOptions *options)
{
  self->shown = options->shown ? *options->shown : sg_shown_default ();
  sg_marks_show_what_is_named (&self->shown.option);
  memcpy (self->scene.flags, self->shown.effects, sizeof self->scene.flags);
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
  SgPass pass = { .renderer = self,
                  .model = model,
                  .scene = &self->scene,
                  .look = choose_look (camera, options),
                  .options = options,
                  .width = width,
                  .height = height };

  return sg_pass_draw (&pass, error);
}

/* What MuJoCo does for a frame: a model of another program may have it run out of its arena there, which must
 * cost the frame and not the process. */
typedef struct
{
  SgRenderer *renderer;
  const mjModel *model;
  mjData *data;
  const SgSnapshot *snapshot; /* (nullable): but with restore_cb */
  const SgRenderOptions *options;
} Update;

static void
update_scene_cb (gpointer data)
{
  Update *update = data;

  mjv_updateScene (update->model, update->data, &update->renderer->shown.option, NULL, NULL, mjCAT_ALL,
                   &update->renderer->scene);
}

static void
restore_cb (gpointer data)
{
  Update *update = data;
  const SgShown *shown = update->options->shown;

  if (!shown || !sg_shown_needs_forces (shown, update->model) ||
      !sg_snapshot_restore_forces (update->snapshot, update->data))
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

/* What our pictures have beside MuJoCo's scene. */
static void
add_to_scene (SgRenderer *self,
              const mjModel *model,
              mjData *data,
              const SgCamera *camera,
              const SgRenderOptions *options)
{
  if (!self->shown.own_look)
    sg_marks_trim_contacts (&self->scene, model);
  if (self->shown.traces)
    {
      sg_traces_note (&self->traces, model, data);
      sg_traces_add (&self->traces, &self->scene);
    }
  if (self->shown.ink && !self->shown.own_look)
    sg_marks_add_ink (&self->scene, self->ink_bodies, data, options->dark);
  if (choose_look (camera, options) == SG_LOOK_PAPER)
    {
      sg_marks_lift (&self->scene, camera->height);
      sg_marks_add_pins (&self->scene, model, data, camera->height);
    }
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
  const SgCamera carried = sg_camera_carried (camera, model, data);

  sg_renderer_upload (self, model, self->fine);
  show (self, options);
  aim (self, model, data, &carried);
  Update update = { self, model, data, NULL, options };
  if (update_safely (&update, update_scene_cb))
    add_to_scene (self, model, data, camera, options);
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
      show (self, options);
      sg_camera_to_scene (camera, &self->scene);
      return draw_own_scene (self, self->uploaded, camera, options, width, height, error);
    }
  sg_renderer_set_model (self, snapshot->model);
  Update update = { self, sg_model_get (self->model), self->data, snapshot, options };
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
  SgPass pass = { .renderer = self,
                  .model = model,
                  .scene = scene,
                  .look = SG_LOOK_PLAIN,
                  .options = options,
                  .width = width,
                  .height = height };

  return sg_pass_draw (&pass, error);
}

gboolean
sg_renderer_fit (SgRenderer *self, SgCamera *camera, double aspect)
{
  if (self->model == NULL || self->scene.ngeom == 0)
    return FALSE;
  sg_camera_fit (camera, sg_model_get (self->model), self->data, aspect);
  return TRUE;
}

int
sg_renderer_find_body (SgRenderer *self, const char *name, double place[3])
{
  int body = self->model != NULL ? mj_name2id (sg_model_get (self->model), mjOBJ_BODY, name) : 0;

  if (body <= 0)
    return 0;
  memcpy (place, self->data->xipos + 3 * body, 3 * sizeof *place);
  return body;
}

const char *
sg_renderer_pick (SgRenderer *self, double x, double y, double aspect)
{
  const mjModel *model = self->model != NULL ? sg_model_get (self->model) : NULL;
  int geom = -1, flex = -1, skin = -1;
  mjtNum at[3];

  if (model == NULL || self->uploaded != model || self->scene.ngeom == 0)
    return NULL;
  mjv_select (model, self->data, &self->shown.option, aspect, x, 1 - y, &self->scene, at, &geom, &flex,
              &skin);
  return geom >= 0 ? mj_id2name (model, mjOBJ_GEOM, geom) : NULL;
}

/* -- What a hand holds -- */

typedef struct
{
  double eye[3], forward[3], right[3], up[3]; /* unit vectors but the first */
  double half_height;                         /* m: of the picture, at one metre from the eye, or at any */
  gboolean orthographic;
} Eye;

static Eye
get_eye (const mjvScene *scene)
{
  mjvGLCamera camera = mjv_averageCamera (&scene->camera[0], &scene->camera[1]);
  Eye eye = { .orthographic = camera.orthographic };

  for (int i = 0; i < 3; i++)
    {
      eye.eye[i] = camera.pos[i];
      eye.forward[i] = camera.forward[i];
      eye.up[i] = camera.up[i];
    }
  mju_cross (eye.right, eye.forward, eye.up);
  eye.half_height = (camera.frustum_top - camera.frustum_bottom) / 2;
  if (!eye.orthographic)
    eye.half_height /= camera.frustum_near;
  return eye;
}

/* Half of the picture's height in metres where `place` is; not positive behind the eye. */
static double
half_height_at (const Eye *eye, const double place[3])
{
  double way[3];

  mju_sub3 (way, place, eye->eye);
  return eye->orthographic ? eye->half_height : eye->half_height * mju_dot3 (way, eye->forward);
}

gboolean
sg_renderer_grip (SgRenderer *self, double x, double y, double aspect, SgGrip *grip)
{
  const mjModel *model = self->model != NULL ? sg_model_get (self->model) : NULL;
  int geom = -1, flex = -1, skin = -1;
  double way[3];

  if (model == NULL || self->uploaded != model || self->scene.ngeom == 0)
    return FALSE;
  grip->body = mjv_select (model, self->data, &self->shown.option, aspect, x, 1 - y, &self->scene, grip->at,
                           &geom, &flex, &skin);
  if (grip->body <= 0 || geom < 0 || model->body_weldid[grip->body] == 0)
    return FALSE;
  Eye eye = get_eye (&self->scene);
  double half = half_height_at (&eye, grip->at);
  mju_sub3 (way, grip->at, self->data->xpos + 3 * grip->body);
  mju_mulMatTVec3 (grip->point, self->data->xmat + 9 * grip->body, way);
  mju_scl3 (grip->right, eye.right, 2 * half * aspect);
  mju_scl3 (grip->up, eye.up, 2 * half);
  return TRUE;
}

gboolean
sg_renderer_project (SgRenderer *self, const double place[3], double aspect, double *x, double *y)
{
  Eye eye = get_eye (&self->scene);
  double way[3], half = half_height_at (&eye, place);

  if (self->scene.ngeom == 0 || !(half > 0))
    return FALSE;
  mju_sub3 (way, place, eye.eye);
  *x = 0.5 + mju_dot3 (way, eye.right) / (2 * half * aspect);
  *y = 0.5 - mju_dot3 (way, eye.up) / (2 * half);
  return TRUE;
}

gboolean
sg_renderer_is_lost (SgRenderer *self)
{
  gboolean can_ask = epoxy_is_desktop_gl () ? epoxy_gl_version () >= 45 : epoxy_gl_version () >= 32;

  if (can_ask && glGetGraphicsResetStatus () != GL_NO_ERROR)
    return TRUE;
  for (int i = 0; i < MAX_GL_ERRORS; i++)
    switch (glGetError ())
      {
      case GL_NO_ERROR:
        return FALSE;
      case GL_CONTEXT_LOST:
        return TRUE;
      default:
        break;
      }
  return TRUE; /* errors without end: a context that is no more */
}

void
sg_renderer_get_stats (const SgRenderer *self, SgRenderStats *stats)
{
  *stats = self->stats;
}
