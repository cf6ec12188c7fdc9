/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --size and --camera, of commands that make pictures.
 */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

#define SG_SIZE_OPTION(size, about)                       \
  {                                                       \
    "size", 0, 0, G_OPTION_ARG_STRING, size, about, "WxH" \
  }
#define SG_CAMERA_OPTION(camera)                                                          \
  {                                                                                       \
    "camera", 0, 0, G_OPTION_ARG_STRING, camera, N_ ("As the drawing lies, or in space"), \
      "front|perspective"                                                                 \
  }

/* Reads both, each (nullable): what is not given stays as it is. FALSE where a value makes no sense; it has
 * been said so. */
gboolean sg_command_understand_picture (const SgCommand *command,
                                        const char *size,
                                        const char *camera,
                                        guint *width,
                                        guint *height,
                                        gboolean *in_space);

G_END_DECLS
