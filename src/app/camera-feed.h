/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a camera sees, by GStreamer from PipeWire. The newest picture alone is kept: who is slow misses some.
 * Made and freed on the main thread; the pictures come from threads of GStreamer's.
 */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

typedef struct _SgCameraFeed SgCameraFeed;

/* Of the connection `fd`, which it takes. `seen` is called on the main thread, at most once a picture, with
 * it; `failed` once, when none will come any more. Error: G_IO_ERROR_NOT_SUPPORTED: GStreamer, or a plugin of
 * it that is named, is not there. */
SgCameraFeed *sg_camera_feed_new (int fd,
                                  void (*seen) (GdkTexture *picture, gpointer user_data),
                                  void (*failed) (const GError *error, gpointer user_data),
                                  gpointer user_data,
                                  GError **error);
void sg_camera_feed_free (SgCameraFeed *feed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgCameraFeed, sg_camera_feed_free)

G_END_DECLS
