/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The folder of a foreign model, beyond which none of its files is opened: no absolute name, no way up, no
 * symbolic link that leads out, no pipe and no device. Blocking.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SgForeignFolder SgForeignFolder;

/* Error: base.read. Returns: (transfer full). */
SgForeignFolder *sg_foreign_folder_open (const char *path, GError **error);
void sg_foreign_folder_close (SgForeignFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgForeignFolder, sg_foreign_folder_close)

/* The name in its shortest form, "meshes/arm.stl"; NULL where it leads out of the folder by itself, is a URL
 * or is empty. Returns: (transfer full). */
char *sg_foreign_folder_resolve (const char *folder_in_it, const char *name);

/* Reads a regular file within SG_LIMIT_MODEL_FILE_BYTES by a name of sg_foreign_folder_resolve (). Errors:
 * physics.asset where there is none, physics.outside-folder, physics.too-large. Returns: (transfer full). */
GBytes *sg_foreign_folder_read (SgForeignFolder *folder, const char *name, GError **error);

G_END_DECLS
