/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of pictures share: a model drawn without a display, pixels, and pictures kept to look at. */
#pragma once

#include "render/offscreen.h"

#include <string.h>

typedef struct
{
  SgOffscreen *offscreen;
  SgModel *model;
  mjData *data;
  SgCamera camera;
  SgRenderOptions options;
} Fixture;

/* A picture's maker; NULL, with the test skipped, where this machine has no GL. */
static inline SgOffscreen *
test_offscreen (int width, int height)
{
  g_autoptr (GError) error = NULL;
  SgOffscreen *offscreen = sg_offscreen_new (width, height, &error);

  if (!offscreen)
    g_test_skip (error->message);
  return offscreen;
}

/* The model at its start; FALSE, with the test skipped, where this machine has no GL. */
static inline gboolean
test_set_up (Fixture *f, const char *mjcf, int width, int height)
{
  g_autoptr (GError) error = NULL;

  memset (f, 0, sizeof *f);
  f->offscreen = test_offscreen (width, height);
  if (!f->offscreen)
    return FALSE;
  f->model = sg_model_compile (mjcf, &error);
  g_assert_no_error (error);
  f->data = mj_makeData (sg_model_get (f->model));
  sg_model_reset_data (f->model, f->data);
  f->camera = sg_camera_default ();
  f->options = sg_render_options_default ();
  return TRUE;
}

static inline void
test_tear_down (Fixture *f)
{
  mj_deleteData (f->data);
  sg_model_unref (f->model);
  sg_offscreen_free (f->offscreen);
}

/* (transfer full) */
static inline GdkPixbuf *
test_render (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *picture = sg_offscreen_render (f->offscreen, f->model, f->data, &f->camera, &f->options, &error);

  g_assert_no_error (error);
  return picture;
}

static inline const guchar *
test_pixel (GdkPixbuf *picture, int x, int y)
{
  return gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture) +
         x * gdk_pixbuf_get_n_channels (picture);
}

/* In the folder of SG_TEST_PICTURES, where that is set. */
static inline void
test_keep_picture (GdkPixbuf *picture, const char *kind, const char *name)
{
  const char *folder = g_getenv ("SG_TEST_PICTURES");
  g_autofree char *path = folder ? g_strdup_printf ("%s/%s-%s.png", folder, kind, name) : NULL;

  if (path)
    gdk_pixbuf_save (picture, path, "png", NULL, NULL);
}
