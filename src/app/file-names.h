/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person reads of an error in the window: files are called by their names, without the folders that
 * they lie in, which the command line tells. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A message whose paths are the files' names: one at its beginning or behind ": ", up to the next ": ", and
 * one in quotes of any language. Bytes that are no text are replaced. Returns: (transfer full). */
char *sg_file_names_in_text (const char *text);

/* An error's message so, and with what to do about it (pipeline/error-name.h). Returns: (transfer full). */
char *sg_file_names_in_message (const GError *error);
char *sg_file_names_in_advice (const GError *error);

G_END_DECLS
