/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recogniser's front door: page in, reading out. Synchronous and pure, on any thread; the app calls the
 * _async form, which works on the immutable page and in which a newer request is the caller's reason to
 * cancel the older.
 */
#pragma once

#include <gio/gio.h>

#include "sketch/page.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* Part of every cache key: changes whenever the same page may read differently. */
#define SG_VISION_VERSION 1

/* Errors: the vision domain's, G_IO_ERROR_CANCELLED. A picture that cannot be read is an error only if the
 * page has no ink beside it; else an issue of the reading. Returns: (transfer full). */
SgReading *sg_analyze (SgPage *page, GCancellable *cancellable, GError **error);

void sg_analyze_async (SgPage *page,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
SgReading *sg_analyze_finish (GAsyncResult *result, GError **error);

G_END_DECLS
