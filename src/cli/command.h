/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every command of simgen-cli shares: its entry in the table, its options, and how it fails. Results go
 * to standard output and nothing else does; an error is one line on standard error. Exit status: 0 done, 1
 * the input or the operation failed, 2 the command line is wrong.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_EXIT_DONE = 0,
  SG_EXIT_FAILED = 1,
  SG_EXIT_USAGE = 2,
} SgExit;

typedef struct _SgCommand SgCommand;

struct _SgCommand
{
  const char *name;
  const char *operands; /* as --help shows them: "INPUT..." */
  const char *summary;  /* a sentence, untranslated (N_) */
  guint min_operands, max_operands;
  SgExit (*run) (const SgCommand *command, int argc, char **argv);
  gboolean leaves_no_trace; /* not even its figures go into the history */
};

#define SG_VERBOSE_OPTION "--verbose" /* of every command; main looks for it before all else */

/* Parses `argv` (whose first item is the command's name) by `entries`, to which --help and --verbose are
 * added. `operands` receives what is left, NULL-terminated. Where the line is wrong it says so and returns
 * FALSE with the exit status. --help ends the program. */
gboolean sg_command_parse (const SgCommand *command,
                           const GOptionEntry *entries,
                           int argc,
                           char **argv,
                           GStrv *operands,
                           SgExit *status);

/* Prints `simgen-cli: CODE: message` on standard error, in one line. */
void sg_command_print_error (const GError *error);

/* The same for one error that ends the command; frees it. Returns SG_EXIT_FAILED. */
SgExit sg_command_fail (GError *error);

/* Says what is wrong with the command line and where help is. Returns SG_EXIT_USAGE. */
SgExit sg_command_misuse (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Writes one line of results to standard output. FALSE with base.write where it cannot take it. */
gboolean sg_command_print_line (const char *text, GError **error);

SgExit sg_command_analyze (const SgCommand *command, int argc, char **argv);
SgExit sg_command_bench (const SgCommand *command, int argc, char **argv);
SgExit sg_command_cache (const SgCommand *command, int argc, char **argv);
SgExit sg_command_check (const SgCommand *command, int argc, char **argv);
SgExit sg_command_compile (const SgCommand *command, int argc, char **argv);
SgExit sg_command_explain (const SgCommand *command, int argc, char **argv);
SgExit sg_command_export (const SgCommand *command, int argc, char **argv);
SgExit sg_command_info (const SgCommand *command, int argc, char **argv);
SgExit sg_command_history (const SgCommand *command, int argc, char **argv);
SgExit sg_command_limits (const SgCommand *command, int argc, char **argv);
SgExit sg_command_metrics (const SgCommand *command, int argc, char **argv);
SgExit sg_command_render (const SgCommand *command, int argc, char **argv);
SgExit sg_command_report (const SgCommand *command, int argc, char **argv);
SgExit sg_command_serve (const SgCommand *command, int argc, char **argv);
SgExit sg_command_simulate (const SgCommand *command, int argc, char **argv);
SgExit sg_command_thumbnail (const SgCommand *command, int argc, char **argv);

G_END_DECLS
