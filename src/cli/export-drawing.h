/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What "simgen-cli export" makes of a drawing, not of its run.
 */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean drawing, recognised;
  char *background, *paper, *sheet, *scale; /* (owned) (nullable): not given */
  double margin, dpi;                       /* < 0: not given */
} SgDrawingOptions;

#define SG_DRAWING_OPTIONS_NONE \
  {                             \
    .margin = -1, .dpi = -1     \
  }

void sg_drawing_options_clear (SgDrawingOptions *options);

#define SG_DRAWING_OPTIONS(options)                                                                         \
  { "drawing",                                                                                              \
    0,                                                                                                      \
    0,                                                                                                      \
    G_OPTION_ARG_NONE,                                                                                      \
    &(options)->drawing,                                                                                    \
    N_ ("The drawing, not its run, as .pdf, .svg or .png"),                                                 \
    NULL },                                                                                                 \
    { "recognised",                                                                                         \
      0,                                                                                                    \
      0,                                                                                                    \
      G_OPTION_ARG_NONE,                                                                                    \
      &(options)->recognised,                                                                               \
      N_ ("A drawing with what was recognised"),                                                            \
      NULL },                                                                                               \
    { "background",                                                                                         \
      0,                                                                                                    \
      0,                                                                                                    \
      G_OPTION_ARG_STRING,                                                                                  \
      &(options)->background,                                                                               \
      N_ ("Behind a drawing (of a PNG: paper)"),                                                            \
      "paper|none" },                                                                                       \
    { "paper",                                                                                              \
      0,                                                                                                    \
      0,                                                                                                    \
      G_OPTION_ARG_STRING,                                                                                  \
      &(options)->paper,                                                                                    \
      N_ ("What a drawing's paper has"),                                                                    \
      "plain|dots|grid|ruled" },                                                                            \
    { "margin",                                                                                             \
      0,                                                                                                    \
      0,                                                                                                    \
      G_OPTION_ARG_DOUBLE,                                                                                  \
      &(options)->margin,                                                                                   \
      N_ ("Page units about a drawing (default: 24)"),                                                      \
      "N" },                                                                                                \
    { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &(options)->dpi, N_ ("Pixels an inch of a drawing (default: 192)"), \
      "N" },                                                                                                \
    { "sheet",                                                                                              \
      0,                                                                                                    \
      0,                                                                                                    \
      G_OPTION_ARG_STRING,                                                                                  \
      &(options)->sheet,                                                                                    \
      N_ ("Sheet of a PDF (default: as the drawing)"),                                                      \
      "a3|a4|a5|letter" },                                                                                  \
  {                                                                                                         \
    "scale", 0, 0, G_OPTION_ARG_STRING, &(options)->scale, N_ ("How large a drawing is on its sheet"),      \
      "fit|drawn|1:N"                                                                                       \
  }

/* Writes the drawing of `input`, of a PDF its page `number`, to `to`, whose ending says as what. */
SgExit sg_command_export_drawing (const SgCommand *command,
                                  const char *input,
                                  guint number,
                                  const char *to,
                                  const SgDrawingOptions *options,
                                  gboolean no_cache);

G_END_DECLS
