/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MuJoCo's own renderer, to compare ours with: in tests and benchmarks only, never in the app. It has a GL
 * context of its own with the fixed functions it needs, and MuJoCo's offscreen buffer.
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <mujoco/mujoco.h>

G_BEGIN_DECLS

typedef struct _SgReference SgReference;

/* Draws scenes of (a copy of) `model`. Error: render.context. */
SgReference *
sg_reference_new (const mjModel *model, int width, int height, int samples, int shadow_size, GError **error);
void sg_reference_free (SgReference *reference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgReference, sg_reference_free)

/* Draws `scene` and waits until it is drawn. Error: render.context. */
gboolean sg_reference_render (SgReference *reference, mjvScene *scene, GError **error);
/* The picture drawn last. Returns: (transfer full). */
GdkPixbuf *sg_reference_read (SgReference *reference);

G_END_DECLS
