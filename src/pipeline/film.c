/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Films: pictures of a motion at exact times, drawn with no display, to a file of any of stream/film.h's
 * kinds. */
#include "config.h"

#include <math.h>

#include "pipeline/export-private.h"
#include "render/offscreen.h"
#include "stream/film.h"

#define LOOKS 48     /* times at which is looked where everything is */
#define MOST_WIDER 3 /* times as much as at the start is shown at most: what falls for ever is let go */

static SgFilmKind
film_kind (SgExportKind kind)
{
  switch (kind)
    {
    case SG_EXPORT_GIF:
      return SG_FILM_GIF;
    case SG_EXPORT_APNG:
      return SG_FILM_APNG;
    case SG_EXPORT_PNG:
      return SG_FILM_PNG;
    default:
      return SG_FILM_WEBM;
    }
}

/* What a front view shows, m. */
typedef struct
{
  double low[3], high[3];
} Shown;

static Shown
shown_by (const SgCamera *camera, double aspect)
{
  const double half[3] = { camera->height * aspect / 2, 0, camera->height / 2 };
  Shown shown;

  for (int k = 0; k < 3; k++)
    {
      shown.low[k] = camera->target[k] - half[k];
      shown.high[k] = camera->target[k] + half[k];
    }
  return shown;
}

static void
widen (SgCamera *camera, double aspect, const SgCamera *by)
{
  Shown shown = shown_by (camera, aspect), other = shown_by (by, aspect);

  for (int k = 0; k < 3; k++)
    {
      shown.low[k] = MIN (shown.low[k], other.low[k]);
      shown.high[k] = MAX (shown.high[k], other.high[k]);
      camera->target[k] = (shown.low[k] + shown.high[k]) / 2;
    }
  double height = MAX (shown.high[2] - shown.low[2], (shown.high[0] - shown.low[0]) / aspect);
  camera->distance =
    MAX (camera->distance, by->distance) * MAX (height / MAX (camera->height, by->height), 1);
  camera->height = height;
}

/* One camera for all of it: it stands still, so that what moves is the mechanism. */
static gboolean
find_camera (const SgExport *export, SgCamera *camera, GError **error)
{
  const mjModel *model = sg_model_get (sg_motion_get_model (export->motion));
  double aspect = (double)export->options->width / export->options->height, most = 0;
  SgCamera now;

  for (guint i = 0; i <= LOOKS; i++)
    {
      double time = export->from + (export->to - export->from) * i / LOOKS;

      if (!sg_motion_show (export->motion, time, FALSE, export->data, error))
        return FALSE;
      now = sg_camera_default ();
      sg_camera_fit (&now, model, export->data, aspect);
      if (i == 0)
        {
          *camera = now;
          most = MOST_WIDER * now.height;
        }
      else if (now.height <= most)
        widen (camera, aspect, &now);
    }
  camera->mode = export->options->in_space ? SG_CAMERA_PERSPECTIVE : SG_CAMERA_FRONT;
  return TRUE;
}

static gboolean
add_picture (const SgExport *export,
             SgOffscreen *offscreen,
             const SgCamera *camera,
             SgFilm *film,
             double time,
             GError **error)
{
  SgRenderOptions look = sg_render_options_default ();

  look.dark = export->options->dark;
  look.paper = !export->options->in_space;
  if (!sg_motion_show (export->motion, time, FALSE, export->data, error))
    return FALSE;
  g_autoptr (GdkPixbuf) picture = sg_offscreen_render (offscreen, sg_motion_get_model (export->motion),
                                                       export->data, camera, &look, error);
  return picture &&
         sg_film_add (film, gdk_pixbuf_read_pixels (picture), gdk_pixbuf_get_rowstride (picture), error);
}

gboolean
sg_export_film (const SgExport *export, GError **error)
{
  const SgExportOptions *options = export->options;
  const SgFilmFormat format = { options->width, options->height, options->rate };
  SgFilmKind kind = film_kind (options->kind);
  guint64 n = sg_export_count (export->motion, options);
  SgCamera camera;

  if (!sg_film_can_be_made (kind, error) || !find_camera (export, &camera, error))
    return FALSE;
  g_autoptr (SgOffscreen) offscreen = sg_offscreen_new (options->width, options->height, error);
  g_autoptr (SgFilm) film = offscreen ? sg_film_new (kind, export->path, &format, error) : NULL;
  if (!film)
    return FALSE;
  for (guint64 i = 0; i < n; i++)
    {
      double time = export->from + (double)i / options->rate * options->speed;

      if (!sg_export_go_on (export, (double)i / n, error) ||
          !add_picture (export, offscreen, &camera, film, time, error))
        return FALSE;
    }
  return sg_film_end (film, error);
}
