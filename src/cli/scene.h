/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the commands that need a compiled scene share. */
#pragma once

#include "cli/command.h"
#include "pipeline/pipeline.h"

G_BEGIN_DECLS

#define SG_WORDS_OPTION(variable)                                                                   \
  {                                                                                                 \
    "words", 0, 0, G_OPTION_ARG_STRING, (variable), N_ ("Words to use instead of the input's own"), \
      N_ ("TEXT")                                                                                   \
  }

/* Says on standard error what a person should know of a scene: what was assumed, what of the drawing and of
 * the words was not understood. For the end of a command that succeeded: a failure prints its one line
 * only. */
void sg_command_print_notes (const SgScene *scene);

G_END_DECLS
