/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From where the simulation is seen.
 *
 *   camera 0: front --turn--> camera 1: turned        both free: gestures move them
 *   cameras 2 ...: the model's own, by its ids        "fixed": a gesture or Escape leads back to the turned
 * view after those: kept by the person                   copies of a free one
 *
 * `camera` is where the view is or is going to; while it is on its way `morph_share` of the way from
 * `morph_from` is done. */
#include "config.h"

#include "app/view-private.h"

#include <glib/gi18n.h>

#include "app/bar.h"
#include "app/kept-views.h"

#include <math.h>

#define MORPH 180        /* ms */
#define NOTE 1600        /* ms that a camera's name is seen */
#define TURN_AZIMUTH 0.6 /* rad: the first look from the side */
#define TURN_ELEVATION 0.32
#define MODEL_DISTANCE 1.5 /* of its extent, as MuJoCo looks at it */

typedef enum
{
  FRONT,
  TURNED,
  N_FREE
} FreeCamera;

static const mjModel *
get_model (SgView *self)
{
  SgModel *model = self->simulation != NULL ? sg_simulation_get_model (self->simulation) : NULL;

  return model != NULL ? sg_model_get (model) : NULL;
}

static guint
n_fixed (SgView *self)
{
  const mjModel *model = get_model (self);

  return model != NULL ? (guint)model->ncam : 0;
}

SgCamera
sg_view_camera_now (SgView *self, double *flat)
{
  SgCamera now = sg_camera_mix (&self->morph_from, &self->camera, self->morph_share);
  double from = self->morph_from.mode == SG_CAMERA_FRONT, to = self->camera.mode == SG_CAMERA_FRONT;

  *flat = self->morph_share < 1 ? (1 - self->morph_share) * from + self->morph_share * to : 0;
  if (self->camera.followed > 0 && self->morph_share >= 1)
    return self->camera;
  return now;
}

void
sg_view_take_over (SgView *self)
{
  double flat;
  SgCamera now = sg_view_camera_now (self, &flat);
  gboolean fixed = self->camera.mode == SG_CAMERA_FIXED;

  if (self->morph != NULL)
    adw_animation_skip (self->morph);
  if (flat > 0 || fixed)
    {
      now.fov = sg_camera_default ().fov;
      now.mode = SG_CAMERA_PERSPECTIVE;
      self->camera = now;
    }
  if (fixed)
    g_object_notify (G_OBJECT (self), "fixed");
}

static void
morph_cb (double share, gpointer data)
{
  SgView *self = data;

  self->morph_share = share;
  sg_view_moved (self);
}

/* Goes to `camera` from where it is now. */
static void
go_to (SgView *self, const SgCamera *camera)
{
  double flat;
  gboolean was_fixed = self->camera.mode == SG_CAMERA_FIXED;

  self->morph_from = sg_view_camera_now (self, &flat);
  self->camera = *camera;
  if (self->morph != NULL)
    adw_animation_reset (self->morph);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !was_fixed && camera->mode != SG_CAMERA_FIXED)
    {
      self->morph_share = 0;
      adw_animation_play (self->morph); /* skips to its end with reduced motion */
    }
  else
    self->morph_share = 1;
  sg_view_moved (self);
  if (was_fixed != (camera->mode == SG_CAMERA_FIXED))
    g_object_notify (G_OBJECT (self), "fixed");
}

/* The turned view as it was left, or turned for the first time. */
static SgCamera
turned (SgView *self)
{
  SgCamera camera = self->camera;

  if (camera.mode == SG_CAMERA_FIXED)
    camera.mode = SG_CAMERA_PERSPECTIVE;
  if (camera.mode == SG_CAMERA_PERSPECTIVE)
    return camera;
  sg_camera_orbit (&camera, 0, 0, MAX (gtk_widget_get_height (GTK_WIDGET (self->area)), 1));
  camera.azimuth = TURN_AZIMUTH;
  camera.elevation = TURN_ELEVATION;
  return camera;
}

void
sg_view_show_front (SgView *self)
{
  SgCamera camera = self->camera;
  int height = gtk_widget_get_height (GTK_WIDGET (self->area));

  camera.mode = SG_CAMERA_FRONT;
  camera.followed = 0;
  g_clear_pointer (&self->followed_body, g_free);
  if (self->followed.height > 0 && height > 0)
    sg_camera_match_page (&camera, self->followed.center, self->followed.zoom, height, self->scale,
                          self->origin);
  sg_view_set_following (self, TRUE);
  go_to (self, &camera);
}

void
sg_view_show_perspective (SgView *self)
{
  SgCamera camera = turned (self);

  sg_view_set_following (self, FALSE);
  go_to (self, &camera);
}

void
sg_view_set_bars (SgView *self, GtkWidget *head, GtkWidget *foot)
{
  self->head = head;
  self->foot = foot;
}

static void
make_room (SgView *self, SgCamera *camera, double height)
{
  sg_camera_make_room (camera, sg_bar_get_cover (self->head), sg_bar_get_cover (self->foot), height);
}

void
sg_view_show_model (SgView *self, const mjModel *model, SgCameraMode mode)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self->area)), 1);
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (self->area)), 1);
  double extent = MAX (model->stat.extent, 0.01);
  SgCamera camera = sg_camera_default ();

  camera.mode = mode;
  camera.height = MODEL_DISTANCE * extent;
  for (int i = 0; i < 3; i++)
    camera.target[i] = model->stat.center[i];
  camera.distance = MODEL_DISTANCE * extent * MAX (1, height / width);
  camera.azimuth = mode == SG_CAMERA_FRONT ? 0 : TURN_AZIMUTH;
  camera.elevation = mode == SG_CAMERA_FRONT ? 0 : TURN_ELEVATION;
  if (height > 1)
    make_room (self, &camera, height);
  sg_view_set_following (self, FALSE);
  go_to (self, &camera);
}

void
sg_view_show_free (SgView *self)
{
  if (self->camera.mode == SG_CAMERA_FIXED)
    sg_view_choose_camera (self, self->camera.height > 0 ? TURNED : FRONT);
}

guint
sg_view_n_cameras (SgView *self)
{
  return N_FREE + n_fixed (self) + self->kept->len;
}

char *
sg_view_dup_camera_name (SgView *self, guint camera)
{
  guint fixed = n_fixed (self);
  const char *name;

  if (camera == FRONT)
    return g_strdup (_ ("Front view"));
  if (camera == TURNED)
    return g_strdup (_ ("Turned view"));
  if (camera >=
      N_FREE + fixed) /* Translators: a view of the simulation that the person kept, by its number */
    return g_strdup_printf (_ ("Kept view %u"), camera - N_FREE - fixed + 1);
  name = mj_id2name (get_model (self), mjOBJ_CAMERA, (int)(camera - N_FREE));
  /* Translators: a camera that the model has, by its name or number */
  return name != NULL ? g_strdup_printf (_ ("Camera “%s”"), name)
                      : g_strdup_printf (_ ("Camera %u"), camera - N_FREE + 1);
}

/* -- Kept views -- */

static SgPoint
get_corner (SgView *self)
{
  return self->scene != NULL && self->scene->page == NULL ? SG_POINT (0, 0) : self->origin;
}

static SgCamera
get_kept (SgView *self, guint i)
{
  return sg_kept_view_to_world (g_array_index (self->kept, SgCamera, i), get_corner (self), self->scale);
}

/* As near as a file's digits and a world's origin let it be. */
static gboolean
is_same_view (const SgCamera *a, const SgCamera *b)
{
  double away = 0;

  for (int i = 0; i < 3; i++)
    away = fmax (away, fabs (a->target[i] - b->target[i]));
  return a->mode == b->mode && away < 1e-4 * a->height && fabs (a->height - b->height) < 1e-4 * a->height &&
         fabs (a->distance - b->distance) < 1e-4 * a->distance && fabs (a->azimuth - b->azimuth) < 1e-4 &&
         fabs (a->elevation - b->elevation) < 1e-4;
}

void
sg_view_set_kept (SgView *self, const GArray *views)
{
  g_array_set_size (self->kept, 0);
  g_array_append_vals (self->kept, views->data, views->len);
}

const GArray *
sg_view_get_kept (SgView *self)
{
  return self->kept;
}

gboolean
sg_view_is_kept_camera (SgView *self)
{
  return sg_view_get_camera (self) >= N_FREE + n_fixed (self);
}

guint
sg_view_get_camera (SgView *self)
{
  if (self->camera.mode == SG_CAMERA_FIXED)
    return N_FREE + (guint)self->camera.fixed;
  for (guint i = 0; i < self->kept->len && !self->following; i++)
    {
      SgCamera kept = get_kept (self, i);

      if (is_same_view (&kept, &self->camera))
        return N_FREE + n_fixed (self) + i;
    }
  return self->camera.mode == SG_CAMERA_FRONT ? FRONT : TURNED;
}

static gboolean
note_over_cb (gpointer data)
{
  SgView *self = data;

  self->note_timer = 0;
  gtk_revealer_set_reveal_child (self->camera_note, FALSE);
  return G_SOURCE_REMOVE;
}

static void
say_camera (SgView *self, guint camera)
{
  g_autofree char *name = sg_view_dup_camera_name (self, camera);

  gtk_label_set_label (self->camera_name, name);
  gtk_revealer_set_reveal_child (self->camera_note, TRUE);
  g_clear_handle_id (&self->note_timer, g_source_remove);
  self->note_timer = g_timeout_add (NOTE, note_over_cb, self);
}

void
sg_view_choose_camera (SgView *self, guint camera)
{
  guint fixed = n_fixed (self);
  SgCamera next = self->camera;

  if (camera >= sg_view_n_cameras (self))
    return;
  if (camera == FRONT)
    sg_view_show_front (self);
  else if (camera == TURNED)
    sg_view_show_perspective (self);
  else
    {
      if (camera < N_FREE + fixed)
        {
          next.mode = SG_CAMERA_FIXED;
          next.fixed = (int)(camera - N_FREE);
        }
      else
        next = get_kept (self, camera - N_FREE - fixed);
      sg_view_set_following (self, FALSE);
      go_to (self, &next);
    }
  say_camera (self, camera);
}

void
sg_view_step_camera (SgView *self, int by)
{
  int n = (int)sg_view_n_cameras (self), now = (int)sg_view_get_camera (self);

  sg_view_choose_camera (self, (guint)(((now + by) % n + n) % n));
}

void
sg_view_keep_camera (SgView *self)
{
  SgCamera camera = self->camera;

  if (camera.mode == SG_CAMERA_FIXED || self->kept->len >= SG_KEPT_VIEWS_MAX)
    return;
  sg_view_set_following (self, FALSE);
  camera = sg_kept_view_round (sg_kept_view_to_page (camera, get_corner (self), self->scale));
  g_array_append_val (self->kept, camera);
  say_camera (self, sg_view_n_cameras (self) - 1);
  g_signal_emit_by_name (self, "kept-changed");
}

void
sg_view_forget_camera (SgView *self)
{
  if (!sg_view_is_kept_camera (self))
    return;
  g_array_remove_index (self->kept, sg_view_get_camera (self) - N_FREE - n_fixed (self));
  g_signal_emit_by_name (self, "kept-changed");
}

void
sg_view_fit (SgView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->area));
  double height = gtk_widget_get_height (GTK_WIDGET (self->area));
  SgCamera camera = self->camera;

  if (self->following || self->renderer == NULL || height <= 0)
    return;
  if (camera.mode == SG_CAMERA_FIXED)
    camera.mode = SG_CAMERA_PERSPECTIVE;
  camera.followed = 0;
  g_clear_pointer (&self->followed_body, g_free);
  if (!sg_renderer_fit (self->renderer, &camera, width / height))
    return;
  make_room (self, &camera, height);
  go_to (self, &camera);
}

void
sg_view_follow_body (SgView *self, const char *body)
{
  if (g_strcmp0 (body, self->followed_body) == 0)
    return;
  g_free (self->followed_body);
  self->followed_body = g_strdup (body);
  self->camera.followed = 0;
  if (body != NULL && self->renderer != NULL)
    {
      sg_view_set_following (self, FALSE);
      self->camera.followed = sg_renderer_find_body (self->renderer, body, self->camera.from);
      for (int i = 0; i < 3 && self->camera.followed > 0; i++)
        self->camera.target[i] = self->camera.from[i];
    }
  sg_view_moved (self);
}

const char *
sg_view_get_followed_body (SgView *self)
{
  return self->followed_body;
}

void
sg_view_init_camera (SgView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (morph_cb, self, NULL);

  self->camera = self->morph_from = sg_camera_default ();
  self->morph_share = 1;
  self->kept = g_array_new (FALSE, FALSE, sizeof (SgCamera));
  self->morph = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, MORPH, target);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->morph), ADW_EASE_IN_OUT_CUBIC);
}

void
sg_view_dispose_camera (SgView *self)
{
  g_clear_handle_id (&self->note_timer, g_source_remove);
  g_clear_object (&self->morph);
  g_clear_pointer (&self->kept, g_array_unref);
  g_clear_pointer (&self->followed_body, g_free);
}
