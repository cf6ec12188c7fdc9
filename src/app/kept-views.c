/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Angles are in degrees in the file, as in all files for people. */
#include "app/kept-views.h"

#include <math.h>
#include <string.h>

#define DEGREE (G_PI / 180)
#define MOST 1e6 /* m */
#define LEAST 1e-6

static gboolean
read_number (const json_t *view, const char *name, double least, double most, double *number)
{
  const json_t *value = json_object_get (view, name);

  if (!json_is_number (value))
    return FALSE;
  *number = json_number_value (value);
  return *number >= least && *number <= most;
}

static gboolean
read_target (const json_t *view, double target[3])
{
  const json_t *value = json_object_get (view, "target");

  if (!json_is_array (value) || json_array_size (value) != 3)
    return FALSE;
  for (gsize i = 0; i < 3; i++)
    {
      const json_t *number = json_array_get (value, i);

      if (!json_is_number (number) || !(fabs (json_number_value (number)) <= MOST))
        return FALSE;
      target[i] = json_number_value (number);
    }
  return TRUE;
}

/* What an angle's digits in the file have. */
static double
round_to (double value, double digits)
{
  return round (value * digits) / digits;
}

static gboolean
read_view (const json_t *view, SgCamera *camera)
{
  const char *kind = json_string_value (json_object_get (view, "kind"));

  memset (camera, 0, sizeof *camera);
  if (kind == NULL || (!g_str_equal (kind, "front") && !g_str_equal (kind, "turned")))
    return FALSE;
  camera->mode = g_str_equal (kind, "front") ? SG_CAMERA_FRONT : SG_CAMERA_PERSPECTIVE;
  if (!read_target (view, camera->target) ||
      !read_number (view, "height", LEAST, MOST, &camera->height) ||
      !read_number (view, "distance", LEAST, MOST, &camera->distance) ||
      !read_number (view, "azimuth", -1e6, 1e6, &camera->azimuth) ||
      !read_number (view, "elevation", -90, 90, &camera->elevation) ||
      !read_number (view, "fov", 1, 170, &camera->fov))
    return FALSE;
  camera->azimuth *= DEGREE;
  camera->elevation *= DEGREE;
  camera->fov *= DEGREE;
  return TRUE;
}

GArray *
sg_kept_views_read (const json_t *views)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (SgCamera));
  SgCamera camera;

  for (gsize i = 0; i < json_array_size (views) && kept->len < SG_KEPT_VIEWS_MAX; i++)
    if (read_view (json_array_get (views, i), &camera))
      g_array_append_val (kept, camera);
  return kept;
}

json_t *
sg_kept_views_write (const GArray *views)
{
  json_t *array = json_array ();

  for (guint i = 0; i < views->len; i++)
    {
      const SgCamera *camera = &g_array_index (views, SgCamera, i);

      json_array_append_new (
        array, json_pack ("{s:s, s:[f, f, f], s:f, s:f, s:f, s:f, s:f}", "kind",
                          camera->mode == SG_CAMERA_FRONT ? "front" : "turned", "target",
                          round_to (camera->target[0], 1e6), round_to (camera->target[1], 1e6),
                          round_to (camera->target[2], 1e6), "height", camera->height, "distance",
                          camera->distance, "azimuth", round_to (camera->azimuth / DEGREE, 1e4), "elevation",
                          round_to (camera->elevation / DEGREE, 1e4), "fov",
                          round_to (camera->fov / DEGREE, 1e4)));
    }
  return array;
}

gboolean
sg_kept_views_equal (const GArray *a, const GArray *b)
{
  g_autoptr (json_t) one = sg_kept_views_write (a), other = sg_kept_views_write (b);

  return json_equal (one, other);
}

SgCamera
sg_kept_view_round (SgCamera camera)
{
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (SgCamera));

  g_array_append_val (one, camera);
  g_autoptr (json_t) text = sg_kept_views_write (one);
  g_autoptr (GArray) again = sg_kept_views_read (text);
  return again->len > 0 ? g_array_index (again, SgCamera, 0) : camera;
}

SgCamera
sg_kept_view_to_page (SgCamera camera, SgPoint origin, double scale)
{
  camera.target[0] += origin.x / scale;
  camera.target[2] -= origin.y / scale;
  return camera;
}

SgCamera
sg_kept_view_to_world (SgCamera camera, SgPoint origin, double scale)
{
  camera.target[0] -= origin.x / scale;
  camera.target[2] += origin.y / scale;
  return camera;
}
