/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How large a picture is, and from where it is taken. */
#include "config.h"

#include "cli/picture-options.h"

#include <glib/gi18n.h>

#include "base/limits.h"

static gboolean
parse_size (const char *text, guint *width, guint *height)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", 2);
  guint64 values[2];

  if (g_strv_length (parts) != 2)
    return FALSE;
  for (int i = 0; i < 2; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 1, SG_LIMIT_RENDER_SIDE, &values[i], NULL))
      return FALSE;
  *width = values[0];
  *height = values[1];
  return TRUE;
}

static gboolean
parse_camera (const char *text, gboolean *in_space)
{
  *in_space = g_str_equal (text, "perspective");
  return *in_space || g_str_equal (text, "front");
}

gboolean
sg_command_understand_picture (const SgCommand *command,
                               const char *size,
                               const char *camera,
                               guint *width,
                               guint *height,
                               gboolean *in_space)
{
  if (size && !parse_size (size, width, height))
    sg_command_misuse (command->name, _ ("--size takes WIDTHxHEIGHT, each 1 to %d"), SG_LIMIT_RENDER_SIDE);
  else if (camera && !parse_camera (camera, in_space))
    sg_command_misuse (command->name, "%s", _ ("--camera takes front or perspective"));
  else
    return TRUE;
  return FALSE;
}
