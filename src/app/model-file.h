/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model's file that a window shows: loaded in a worker, and again whenever it, or a file that it includes
 * or uses, changes on the disk. What was loaded last stays where a later loading fails. Main thread; no
 * toolkit.
 */
#pragma once

#include "pipeline/pipeline.h"

G_BEGIN_DECLS

#define SG_TYPE_MODEL_FILE (sg_model_file_get_type ())
G_DECLARE_FINAL_TYPE (SgModelFile, sg_model_file, SG, MODEL_FILE, GObject)

/* Signals: "loaded"             there is another scene;
 *          "failed" (GError *)  it could not be loaded; the scene is still the one before. */
SgModelFile *sg_model_file_new (GFile *file, SgCache *cache); /* `cache` (nullable) */

void sg_model_file_load (SgModelFile *self); /* now; again where it is under way */

GFile *sg_model_file_get_file (SgModelFile *self);         /* (transfer none) */
SgScene *sg_model_file_get_scene (SgModelFile *self);      /* (transfer none) (nullable): none loaded yet */
const GError *sg_model_file_get_error (SgModelFile *self); /* (nullable): of the last loading */
guint sg_model_file_n_watched (SgModelFile *self);         /* files whose changes are looked for */

G_END_DECLS
