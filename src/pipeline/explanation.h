/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scene explained (sim/explain.h) in a worker, as one text for a person or a model. */
#pragma once

#include "pipeline/pipeline.h"

G_BEGIN_DECLS

/* A sentence a line. Blocking; errors as for sg_explain. Returns: (transfer full). */
char *sg_explanation_of_scene (const SgScene *scene, GCancellable *cancellable, GError **error);

void sg_explanation_async (
  SgScene *scene, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *sg_explanation_finish (GAsyncResult *result, GError **error);

G_END_DECLS
