/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The compiled model: a const mjModel behind a reference count, and the one place where MuJoCo compiles
 * text. Any thread.
 */
#pragma once

#include <glib.h>
#include <mujoco/mujoco.h>

#include "physics/spec.h"

G_BEGIN_DECLS

typedef struct _SgModel SgModel;

/* Once at start, before anything else of MuJoCo: checks the CPU (AVX) and that the library is the one built
 * for, and routes MuJoCo's log to GLib's (no MUJOCO_LOG.TXT). Error: physics.library. Idempotent, any
 * thread. */
gboolean sg_model_init_library (GError **error);

/* Compiles MJCF that SimGen itself wrote. Error: physics.mjcf with MuJoCo's own words. Returns: (transfer
 * full). */
SgModel *sg_model_compile (const char *mjcf, GError **error);

/* sg_rules_hold + sg_mjcf_write + sg_model_compile; ropes of "as drawn" length get theirs from the first
 * compile. */
SgModel *sg_model_from_spec (const SgSpec *spec, char **mjcf, GError **error);

/* Loads MJB that simgen-compile has just written (physics/foreign-compile.h): no other is safe to. Errors:
 * physics.mjcf, physics.too-large. Returns: (transfer full). */
SgModel *sg_model_load_compiled (const void *mjb, gsize size, GError **error);

SgModel *sg_model_ref (SgModel *model);
void sg_model_unref (SgModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgModel, sg_model_unref)

const mjModel *sg_model_get (const SgModel *model);
gsize sg_model_get_bytes (const SgModel *model); /* memory it holds */

/* How long a tendon is as drawn, m; NAN where there is none of that name. */
double sg_model_get_drawn_length (const SgModel *model, const char *tendon);

/* A state of the model's, at no place yet; NULL where there is no memory for it (physics.too-large). Returns:
 * (transfer full): for mj_deleteData. */
mjData *sg_model_make_data (const SgModel *model, GError **error);

/* The middle of all that is there, m, in the world, as MuJoCo reckons it of the start; returns how far that
 * reaches, m. An endless floor does not count. */
double sg_model_get_extent (const SgModel *model, double center[3]);

/* Brings `data` to the model's start: keyframe `start` where there is one, else qpos0; then mj_forward. */
void sg_model_reset_data (const SgModel *model, mjData *data);

G_END_DECLS
