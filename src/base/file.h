/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files, read with a bound and written so that a crash, a full disk or a kill leaves either the old
 * content or the new one. Blocking; not for the main thread.
 */
#pragma once

#include "base/limits.h"

G_BEGIN_DECLS

/* Reads at most `limit` bytes of a regular file (a FIFO or a device is refused: it could block for ever).
 * Errors: base.read, base.too-large. Returns: (transfer full): the bytes, with a NUL behind them that is
 * not counted. */
GBytes *sg_file_read (const char *path, gsize limit, GError **error);

/* The same up to a limit of the table, which the error then names. */
GBytes *sg_file_read_within (const char *path, SgLimitId limit, GError **error);

/* `size` bytes of an open file, fewer where it shrank, with a NUL behind them that is not counted. NULL with
 * errno. Leaves `fd` open. Returns: (transfer full). */
GBytes *sg_file_read_open (int fd, gsize size);

/* Writes a temporary file beside `path`, fsyncs it, renames it over `path` and fsyncs the folder; an existing
 * file's mode stays, and where `path` is a link the file it leads to is replaced. A device or pipe is written
 * to as it is. Error: base.write. The path "-" means standard output. */
gboolean sg_file_write (const char *path, const void *data, gsize size, GError **error);

/* Which of `n` endings ("png") a path has after its last dot, in letters of any case; -1: none of them. */
int sg_file_find_ending (const char *path, const char *const *endings, guint n);

G_END_DECLS
