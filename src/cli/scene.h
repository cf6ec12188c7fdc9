/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the commands that need a compiled scene share. */
#pragma once

#include "cli/command.h"
#include "pipeline/pipeline.h"

G_BEGIN_DECLS

typedef SgCache SgCommandCache; /* closes itself as one of a command */

#define SG_WORDS_OPTION(variable)                                                                   \
  {                                                                                                 \
    "words", 0, 0, G_OPTION_ARG_STRING, (variable), N_ ("Words to use instead of the input's own"), \
      N_ ("TEXT")                                                                                   \
  }

#define SG_NO_CACHE_OPTION(variable)                                                                      \
  {                                                                                                       \
    "no-cache", 0, 0, G_OPTION_ARG_NONE, (variable), N_ ("Compute anew, whatever is known already"), NULL \
  }

#define SG_PAGE_OPTION(variable)                                                       \
  {                                                                                    \
    "page", 0, 0, G_OPTION_ARG_INT, (variable), N_ ("Page of a PDF (default: 1)"), "N" \
  }

/* FALSE where there can be no page of that number; it has been said so. */
gboolean sg_command_understand_page (const SgCommand *command, int number);

/* The person's cache, NULL where it is not to be used. Closing it waits until what is new is kept, and says
 * on standard error where it could not be. */
SgCache *sg_command_open_cache (gboolean no_cache);
void sg_command_close_cache (SgCache *cache); /* (nullable) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgCommandCache, sg_command_close_cache)

/* Says on standard error what a person should know of a scene: what was assumed, what of the drawing and of
 * the words was not understood. For the end of a command that succeeded: a failure prints its one line
 * only. */
void sg_command_print_notes (const SgScene *scene);

G_END_DECLS
