/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli thumbnail: the small picture of a sketch that file browsers show. It reads a stranger's file
 * in the sandbox of the file browser, so nothing is recognised, run or kept. */
#include "cli/command.h"

#include <glib/gi18n.h>

#include "base/file.h"
#include "render/page-picture.h"
#include "sketch/file.h"

#define DEFAULT_SIDE 256

static gboolean
write_picture (const char *path, const char *output, int side, GError **error)
{
  g_autoptr (SgPage) page = sg_sketch_file_load (path, error);

  if (!page)
    return FALSE;
  g_autoptr (GBytes) png = sg_page_picture (page, side);
  return sg_file_write (output, g_bytes_get_data (png, NULL), g_bytes_get_size (png), error);
}

SgExit
sg_command_thumbnail (const SgCommand *command, int argc, char **argv)
{
  g_autofree char *output = NULL;
  int side = DEFAULT_SIDE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Where the picture goes"), "OUT.png" },
    { "size", 's', 0, G_OPTION_ARG_INT, &side, N_ ("Pixels of its longer side (default: 256)"), "PIXELS" },
    { NULL }
  };
  g_auto (GStrv) operands = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &operands, &status))
    return status;
  if (!output)
    return sg_command_misuse (command->name, "%s", _ ("-o OUT.png is needed"));
  if (side < SG_PAGE_PICTURE_MIN_SIDE || side > SG_PAGE_PICTURE_MAX_SIDE)
    return sg_command_misuse (command->name, _ ("--size takes %d to %d pixels"), SG_PAGE_PICTURE_MIN_SIDE,
                              SG_PAGE_PICTURE_MAX_SIDE);
  return write_picture (operands[0], output, side, &error) ? SG_EXIT_DONE : sg_command_fail (error);
}
