/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window with a model's text: highlighted, found in, saved to its file, which loads the model again; what
 * is then wrong stands at its line. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "app/model-file.h"

G_BEGIN_DECLS

#define SG_TYPE_MODEL_EDITOR (sg_model_editor_get_type ())
G_DECLARE_FINAL_TYPE (SgModelEditor, sg_model_editor, SG, MODEL_EDITOR, AdwWindow)

/* Of a file that is shown; follows what becomes of it. */
GtkWindow *sg_model_editor_new (GtkWindow *parent, SgModelFile *model);

G_END_DECLS
