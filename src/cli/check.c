/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli check: all problems of a file, not the first. */
#include "cli/command.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "cli/scene.h"
#include "physics/foreign-compile.h"
#include "physics/rules.h"
#include "physics/spec-json.h"
#include "pipeline/error-name.h"
#include "pipeline/input.h"
#include "pipeline/motion.h"
#include "sketch/file.h"
#include "vision/analyze.h"
#include "stream/error.h"

static void
add_problem (GPtrArray *problems, GError *error)
{
  if (error)
    g_ptr_array_add (problems, error);
}

/* Whether its pictures can be decoded shows only where they are read. */
static void
check_reading (SgPage *page, GPtrArray *problems)
{
  GError *error = NULL;
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, &error);

  add_problem (problems, error);
}

static void
check_page (const char *path, const SgInputFile *input, GPtrArray *problems)
{
  GError *error = NULL;
  g_autoptr (SgPage) page = sg_input_file_page (input, path, &error);

  if (page)
    check_reading (page, problems);
  add_problem (problems, error);
}

/* MuJoCo has the last word. */
static void
check_model (const SgSpec *spec, GPtrArray *problems)
{
  GError *error = NULL;
  g_autofree char *mjcf = NULL;
  g_autoptr (SgModel) model = sg_model_from_spec (spec, &mjcf, &error);

  add_problem (problems, error);
}

static void
check_spec (const char *path, const SgInputFile *input, GPtrArray *problems)
{
  GError *error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (input->bytes, &size);
  g_autoptr (SgSpec) spec = sg_spec_parse (path, text, size, &error);

  if (spec)
    {
      g_autoptr (GPtrArray) broken = sg_rules_check (spec);

      for (guint i = 0; i < broken->len; i++)
        add_problem (problems, g_error_copy (broken->pdata[i]));
      if (broken->len == 0)
        check_model (spec, problems);
    }
  add_problem (problems, error);
}

/* A model of another program: what is wrong with its text and files, else MuJoCo's word. */
static void
check_foreign (const char *path, const SgInputFile *input, GPtrArray *problems)
{
  GError *error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (input->bytes, &size);
  g_autoptr (SgForeign) foreign = sg_foreign_parse (path, text, size, problems);
  g_autoptr (SgModel) model = foreign ? sg_foreign_compile (foreign, NULL, NULL, &error) : NULL;

  add_problem (problems, error);
}

/* A recording: its model, and every frame; that some of it is lost is told as one problem. */
static void
check_recording (const char *path, GPtrArray *problems)
{
  GError *error = NULL, *damage = NULL;
  SgRecordingFigures figures;
  g_autoptr (SgMotion) motion = sg_motion_open (path, NULL, &error);

  add_problem (problems, error);
  if (!motion)
    return;
  SgRecording *recording = sg_motion_get_recording (motion);
  while (sg_recording_next (recording, &damage))
    ;
  add_problem (problems, damage);
  sg_recording_get_figures (recording, &figures);
  if (!figures.cut || problems->len > 0)
    return;
  damage = NULL;
  g_set_error (&damage, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED,
               _ ("%s: a part of the file is damaged or missing"), path);
  add_problem (problems, damage);
}

static GPtrArray *
check_file (const char *path, guint number)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  g_auto (SgInputFile) input = { 0 };
  GError *error = NULL;

  if (number == 1 && sg_motion_is_recording (path))
    check_recording (path, problems);
  else if (!sg_input_file_read (path, number, &input, &error))
    add_problem (problems, error);
  else if (input.kind == SG_INPUT_FILE_SPEC)
    check_spec (path, &input, problems);
  else if (input.kind == SG_INPUT_FILE_MODEL)
    check_foreign (path, &input, problems);
  else
    {
      if (input.kind == SG_INPUT_FILE_SKETCH)
        g_ptr_array_extend_and_steal (problems, sg_sketch_file_check (path));
      if (problems->len == 0)
        check_page (path, &input, problems);
    }
  return problems;
}

static char *
json_report (const char *path, const GPtrArray *problems)
{
  g_autofree char *file = g_filename_display_name (path);
  json_t *list = json_array ();

  for (guint i = 0; i < problems->len; i++)
    json_array_append_new (list, sg_error_to_json (problems->pdata[i]));

  g_autoptr (json_t) report =
    json_pack ("{s:s, s:b, s:o}", "file", file, "valid", problems->len == 0, "problems", list);
  return sg_json_dump (report, 0);
}

SgExit
sg_command_check (const SgCommand *command, int argc, char **argv)
{
  gboolean json = FALSE;
  int page = 1;
  const GOptionEntry entries[] = {
    SG_PAGE_OPTION (&page),
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print the problems as JSON"), NULL },
    { NULL }
  };
  g_auto (GStrv) files = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &files, &status))
    return status;
  if (!sg_command_understand_page (command, page))
    return SG_EXIT_USAGE;

  g_autoptr (GPtrArray) problems = check_file (files[0], (guint)page);

  for (guint i = 0; i < problems->len; i++)
    sg_command_print_error (problems->pdata[i]);
  if (json)
    text = json_report (files[0], problems);
  else if (problems->len == 0)
    text = g_strdup_printf (_ ("%s: good"), files[0]);
  if (text && !sg_command_print_line (text, &error))
    return sg_command_fail (error);
  return problems->len == 0 ? SG_EXIT_DONE : SG_EXIT_FAILED;
}
