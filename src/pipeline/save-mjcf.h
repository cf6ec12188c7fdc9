/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scene as MJCF that other programs load, with the meshes and textures it needs beside it. Blocking; any
 * thread.
 */
#pragma once

#include "pipeline/pipeline.h"

G_BEGIN_DECLS

/* Writes the scene's MJCF to `path`. The files that a model of another program uses are read again from the
 * folder of `source`, its own file (NULL for any other scene), and copied into a folder of their own beside
 * `path`: "robot-files" for "robot.xml", "robot-files-2" and so on where another one has that name already.
 * Nothing that exists is changed but `path`, which is written last, so that it never stands without its
 * files. Where `path` is "-" only the text goes there. Errors: base.write, base.read, physics.asset and the
 * like where a file is gone by now; nothing is left behind then. */
gboolean sg_save_mjcf (const SgScene *scene, const char *source, const char *path, GError **error);

/* The same in a worker; the scene is kept meanwhile. */
void sg_save_mjcf_async (SgScene *scene,
                         const char *source,
                         const char *path,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean sg_save_mjcf_finish (GAsyncResult *result, GError **error);

G_END_DECLS
