/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Leave to use the camera, which the desktop's portal gives (org.freedesktop.portal.Camera): the same within
 * a sandbox and without one. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks; the person may be asked, so it takes as long as that. */
void
sg_camera_portal_open_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* A connection to PipeWire that shows cameras, which the caller closes; -1: the message says why not.
 * Errors: G_IO_ERROR_NOT_FOUND: no session bus, no portal or no camera; _PERMISSION_DENIED: refused;
 * _FAILED: the portal's own trouble; _CANCELLED. */
int sg_camera_portal_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
