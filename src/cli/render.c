/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli render: one picture of a scene, with no display. */
#include "cli/command.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/picture-options.h"
#include "cli/scene.h"
#include "render/offscreen.h"
#include "sim/guard.h"

#define DEFAULT_WIDTH 960
#define DEFAULT_HEIGHT 640
#define MAX_AT 3600.0 /* s */

typedef struct
{
  char *words;
  int page;
  gboolean no_cache;
  char *output;
  double at;
  char *size;
  char *camera;
  guint width, height; /* from `size` */
  gboolean in_space;   /* from `camera` */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->words);
  g_free (options->output);
  g_free (options->size);
  g_free (options->camera);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* FALSE where an option's value makes no sense; it has been said so. */
static gboolean
understand (const SgCommand *command, Options *options)
{
  options->width = DEFAULT_WIDTH;
  options->height = DEFAULT_HEIGHT;
  if (!options->output)
    sg_command_misuse (command->name, "%s", _ ("-o OUT.png is needed"));
  else if (!sg_command_understand_picture (command, options->size, options->camera, &options->width,
                                           &options->height, &options->in_space))
    return FALSE;
  else if (!(options->at >= 0 && options->at <= MAX_AT))
    sg_command_misuse (command->name, _ ("--at takes 0 to %.0f seconds"), MAX_AT);
  else
    return TRUE;
  return FALSE;
}

/* The camera is fitted to the start, so that pictures of several times show the motion. */
static GdkPixbuf *
draw (SgScene *scene, mjData *data, const Options *options, GError **error)
{
  const mjModel *model = sg_model_get (scene->model);
  g_autoptr (SgOffscreen) offscreen = sg_offscreen_new (options->width, options->height, error);
  g_autoptr (SgGuard) guard = sg_guard_new (scene->model);
  guint steps = (guint)lround (options->at / model->opt.timestep);
  SgRenderOptions look = sg_render_options_default ();
  SgCamera camera = sg_camera_default ();

  if (!offscreen)
    return NULL;
  camera.mode = options->in_space ? SG_CAMERA_PERSPECTIVE : SG_CAMERA_FRONT;
  look.still = TRUE;
  look.paper = !options->in_space;
  sg_model_reset_data (scene->model, data);
  sg_camera_fit (&camera, model, data, (double)options->width / options->height);
  if (sg_guard_step (guard, data, steps, error) < steps)
    return NULL;
  return sg_offscreen_render (offscreen, scene->model, data, &camera, &look, error);
}

static gboolean
write_png (GdkPixbuf *picture, const char *path, GError **error)
{
  g_autofree char *png = NULL;
  gsize size;

  return gdk_pixbuf_save_to_buffer (picture, &png, &size, "png", error, NULL) &&
         sg_file_write (path, png, size, error);
}

static gboolean
run (SgScene *scene, const Options *options, GError **error)
{
  mjData *data = sg_model_make_data (scene->model, error);
  g_autoptr (GdkPixbuf) picture = data ? draw (scene, data, options, error) : NULL;

  g_clear_pointer (&data, mj_deleteData);
  return picture && write_png (picture, options->output, error);
}

SgExit
sg_command_render (const SgCommand *command, int argc, char **argv)
{
  g_auto (Options) options = { .page = 1 };
  const GOptionEntry entries[] = {
    SG_WORDS_OPTION (&options.words),
    SG_PAGE_OPTION (&options.page),
    SG_NO_CACHE_OPTION (&options.no_cache),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("Where the picture goes"), "OUT.png" },
    { "at", 0, 0, G_OPTION_ARG_DOUBLE, &options.at, N_ ("Simulated time of the picture (default: 0)"), "S" },
    SG_SIZE_OPTION (&options.size, N_ ("Pixels (default: 960x640)")),
    SG_CAMERA_OPTION (&options.camera),
    { NULL }
  };
  g_auto (GStrv) inputs = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &inputs, &status))
    return status;
  if (!understand (command, &options) || !sg_command_understand_page (command, options.page))
    return SG_EXIT_USAGE;

  g_autoptr (SgCommandCache) cache = sg_command_open_cache (options.no_cache);
  g_autoptr (SgScene) scene =
    sg_pipeline_load (inputs[0], (guint)options.page, options.words, cache, NULL, &error);
  if (!scene || !run (scene, &options, &error))
    return sg_command_fail (error);
  sg_command_print_notes (scene);
  return SG_EXIT_DONE;
}
