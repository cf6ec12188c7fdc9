/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file that is written bit by bit and is there once it is whole: as sg_file_write (), for what is too large
 * to be held. Until then it has a name of its own beside it, and is gone where it does not come to its end.
 * Blocking; one thread at a time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SgPart SgPart;

/* Error: base.write. */
SgPart *sg_part_new (const char *path, GError **error);
void sg_part_free (SgPart *part); /* what was not ended is gone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgPart, sg_part_free)

const char *sg_part_get_path (const SgPart *part); /* of the file as it is being written */

/* At its end; over what is at `at`. Errors: base.write. */
gboolean sg_part_write (SgPart *part, const void *data, gsize size, GError **error);
gboolean sg_part_write_at (SgPart *part, guint64 at, const void *data, gsize size, GError **error);

/* All of it on the disk, and named. Errors: base.write. */
gboolean sg_part_end (SgPart *part, GError **error);

G_END_DECLS
