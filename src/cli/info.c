/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli info: what a recording holds. */
#include "cli/command.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/json.h"
#include "stream/recording.h"

/* Every frame is read: what can be is what counts. */
static gboolean
count_frames (SgRecording *recording, guint64 *n, GError **error)
{
  GError *problem = NULL;

  for (*n = 0; sg_recording_next (recording, &problem); ++*n)
    ;
  if (!problem)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

static char *
json_line (
  const char *path, const SgRecordingFigures *figures, guint n_bodies, guint64 n_frames, guint n_events)
{
  g_autofree char *input = g_filename_display_name (path);
  g_autoptr (json_t) line =
    json_pack ("{s:s, s:i, s:I, s:i, s:o, s:o, s:I, s:b}", "input", input, "bodies", (int)n_bodies,
               "frames", (json_int_t)n_frames, "events", (int)n_events, "from",
               sg_json_number (figures->first_step * figures->timestep, 9), "to",
               sg_json_number (figures->last_step * figures->timestep, 9), "bytes",
               (json_int_t)figures->bytes, "cut", (int)figures->cut);

  return sg_json_dump (line, 0);
}

static char *
readable_line (const SgRecordingFigures *figures, guint n_bodies, guint64 n_frames)
{
  g_autofree char *size = g_format_size (figures->bytes);

  return g_strdup_printf (_ ("%.3f s to %.3f s, %" PRIu64 " frames of %u bodies, %s%s"),
                          figures->first_step * figures->timestep, figures->last_step * figures->timestep,
                          n_frames, n_bodies, size,
                          figures->cut ? _ ("; a part of the file is damaged or missing") : "");
}

static gboolean
tell (const char *path, gboolean json, GError **error)
{
  g_autoptr (SgRecording) recording = sg_recording_open (path, error);
  SgRecordingFigures figures;
  guint64 n_frames;

  if (!recording || !count_frames (recording, &n_frames, error))
    return FALSE;
  sg_recording_get_figures (recording, &figures);
  guint n_bodies = sg_recording_get_layout (recording)->n_bodies;
  g_autofree char *text =
    json ? json_line (path, &figures, n_bodies, n_frames, sg_recording_n_events (recording))
         : readable_line (&figures, n_bodies, n_frames);
  return sg_command_print_line (text, error);
}

SgExit
sg_command_info (const SgCommand *command, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON line"), NULL }, { NULL }
  };
  g_auto (GStrv) operands = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &operands, &status))
    return status;
  return tell (operands[0], json, &error) ? SG_EXIT_DONE : sg_command_fail (error);
}
