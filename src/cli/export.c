/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli export: a run as a file for others. */
#include "cli/command.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "base/limits.h"
#include "cli/export-drawing.h"
#include "cli/picture-options.h"
#include "cli/scene.h"
#include "pipeline/export.h"
#include "pipeline/page-export.h"

#define MAX_SPEED 100.0

typedef struct
{
  char *words, *to, *size, *camera;
  double seconds, from, until, speed; /* until 0: the end */
  int rate, poses;                    /* 0: the kind's own */
  int page;
  gboolean no_cache, live, dark;
  SgDrawingOptions drawn;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->words);
  g_free (options->to);
  g_free (options->size);
  g_free (options->camera);
  sg_drawing_options_clear (&options->drawn);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* FALSE where an option's value makes no sense; it has been said so. */
static gboolean
understand_numbers (const SgCommand *command, const Options *options)
{
  if (!(options->seconds > 0 && options->seconds <= SG_LIMIT_SIMULATED_SECONDS))
    sg_command_misuse (command->name, _ ("--seconds takes more than 0, to %d"), SG_LIMIT_SIMULATED_SECONDS);
  else if (!(options->from >= 0) || !(options->until == 0 || options->until > options->from))
    sg_command_misuse (command->name, "%s", _ ("--until takes a time behind --from, which is 0 or more"));
  else if (options->rate < 0 || options->rate > SG_EXPORT_MAX_RATE)
    sg_command_misuse (command->name, _ ("--rate takes 1 to %d"), SG_EXPORT_MAX_RATE);
  else if (options->poses < 0 || options->poses > SG_EXPORT_MAX_POSES)
    sg_command_misuse (command->name, _ ("--poses takes 1 to %d"), SG_EXPORT_MAX_POSES);
  else if (!(options->speed > 0 && options->speed <= MAX_SPEED))
    sg_command_misuse (command->name, _ ("--speed takes more than 0, to %.0f"), MAX_SPEED);
  else
    return TRUE;
  return FALSE;
}

static gboolean
understand (const SgCommand *command, const Options *options, SgExportOptions *export)
{
  SgExportKind kind;

  if (!options->to || !sg_export_kind_of_path (options->to, &kind))
    {
      sg_command_misuse (
        command->name, "%s",
        _ ("--to FILE is needed, which ends in .html, .webm, .gif, .apng, .png, .svg, .csv, "
           ".simrec or .pdf"));
      return FALSE;
    }
  *export = sg_export_options_default (kind);
  if (sg_command_understand_picture (command, options->size, options->camera, &export->width,
                                     &export->height, &export->in_space) &&
      understand_numbers (command, options))
    {
      export->from = options->from;
      export->to = options->until > 0 ? options->until : INFINITY;
      export->rate = options->rate > 0 ? (guint)options->rate : export->rate;
      export->n_poses = options->poses > 0 ? (guint)options->poses : export->n_poses;
      export->speed = options->speed;
      export->dark = options->dark;
      export->live = options->live;
      return TRUE;
    }
  return FALSE;
}

/* An input that is no recording is run first. */
static SgMotion *
load (const char *path, const Options *options, GError **error)
{
  if (options->page == 1 && sg_motion_is_recording (path))
    return sg_motion_open (path, NULL, error);

  g_autoptr (SgCommandCache) cache = sg_command_open_cache (options->no_cache);
  g_autoptr (SgScene) scene =
    sg_pipeline_load (path, (guint)options->page, options->words, cache, NULL, error);
  SgMotion *motion =
    scene ? sg_motion_run (scene, MAX (options->seconds, options->until), NULL, error) : NULL;

  if (motion)
    sg_command_print_notes (scene);
  return motion;
}

/* Of a run there is no PDF. */
static gboolean
is_of_drawing (const Options *options)
{
  SgPageFormat format;

  return options->to && (options->drawn.drawing ||
                         (sg_page_format_of_path (options->to, &format) && format == SG_PAGE_PDF));
}

SgExit
sg_command_export (const SgCommand *command, int argc, char **argv)
{
  g_auto (Options) options = { .seconds = 10, .speed = 1, .page = 1, .drawn = SG_DRAWING_OPTIONS_NONE };
  const GOptionEntry entries[] = {
    SG_WORDS_OPTION (&options.words),
    SG_PAGE_OPTION (&options.page),
    SG_NO_CACHE_OPTION (&options.no_cache),
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &options.to, N_ ("Where it goes; its ending says what it is"),
      "FILE" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds,
      N_ ("Simulated time, where the input is no recording (default: 10)"), "S" },
    { "from", 0, 0, G_OPTION_ARG_DOUBLE, &options.from, N_ ("Simulated time that it begins at"), "S" },
    { "until", 0, 0, G_OPTION_ARG_DOUBLE, &options.until, N_ ("Simulated time that it ends at"), "S" },
    SG_SIZE_OPTION (&options.size, N_ ("Pixels of a film or a picture")),
    { "rate", 0, 0, G_OPTION_ARG_INT, &options.rate, N_ ("Pictures, or rows of a table, a second"), "N" },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &options.speed, N_ ("Simulated seconds a second of a film"),
      "X" },
    SG_CAMERA_OPTION (&options.camera),
    { "dark", 0, 0, G_OPTION_ARG_NONE, &options.dark, N_ ("On dark paper"), NULL },
    { "poses", 0, 0, G_OPTION_ARG_INT, &options.poses, N_ ("How often an SVG shows the bodies"), "N" },
    { "live", 0, 0, G_OPTION_ARG_NONE, &options.live,
      N_ ("With the physics in it, to be played on in a page"), NULL },
    SG_DRAWING_OPTIONS (&options.drawn),
    { NULL }
  };
  g_auto (GStrv) inputs = NULL;
  GError *error = NULL;
  SgExit status;
  SgExportOptions export;

  if (!sg_command_parse (command, entries, argc, argv, &inputs, &status))
    return status;
  if (!sg_command_understand_page (command, options.page))
    return SG_EXIT_USAGE;
  if (is_of_drawing (&options))
    return sg_command_export_drawing (command, inputs[0], (guint)options.page, options.to, &options.drawn,
                                      options.no_cache);
  if (!understand (command, &options, &export))
    return SG_EXIT_USAGE;
  g_autofree char *title = g_path_get_basename (inputs[0]);
  char *dot = strrchr (title, '.');
  if (dot && dot > title)
    *dot = '\0';
  export.title = title;
  g_autoptr (SgMotion) motion = load (inputs[0], &options, &error);
  if (!motion || !sg_export (motion, options.to, &export, NULL, NULL, NULL, &error))
    return sg_command_fail (error);
  return SG_EXIT_DONE;
}
