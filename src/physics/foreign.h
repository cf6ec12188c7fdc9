/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model that SimGen did not write, MJCF or URDF, read and checked before any of it reaches MuJoCo: what it
 * includes is put in its place, every file that it names is read from its own folder, and what is left is one
 * text and its files in memory. Blocking; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_FOREIGN_MJCF,
  SG_FOREIGN_URDF,
} SgForeignKind;

typedef struct
{
  const char *name; /* "meshes/arm.stl", from the model's folder: what the text calls it */
  GBytes *bytes;
} SgForeignAsset;

typedef struct _SgForeign SgForeign;

/* `text` is what the file `path` holds; its folder is that of `path`. NULL where it may not be loaded:
 * `problems` then has all that is wrong, as GError *, in the order of the text. Errors: physics.xml,
 * physics.forbidden, physics.outside-folder, physics.asset, physics.include, physics.bad-number,
 * physics.too-large, base.read. Returns: (transfer full). */
SgForeign *sg_foreign_parse (const char *path, const char *text, gsize size, GPtrArray *problems);

/* The same with the first problem as `error`. */
SgForeign *sg_foreign_new (const char *path, const char *text, gsize size, GError **error);

void sg_foreign_free (SgForeign *foreign);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgForeign, sg_foreign_free)

SgForeignKind sg_foreign_get_kind (const SgForeign *foreign);
const char *sg_foreign_get_text (const SgForeign *foreign); /* one text, with nothing to include */
guint sg_foreign_n_assets (const SgForeign *foreign);
const SgForeignAsset *sg_foreign_get_asset (const SgForeign *foreign, guint i);

/* The names, from the model's folder, of all files that were read: the model's own first. NULL-terminated. */
const char *const *sg_foreign_get_files (const SgForeign *foreign);

/* Where a line of the text was written; FALSE where nothing stands there. `file` is borrowed. */
gboolean sg_foreign_find_line (const SgForeign *foreign, guint line, const char **file, guint *file_line);

G_END_DECLS
