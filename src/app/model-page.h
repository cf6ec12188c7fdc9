/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands where the paper is while the window shows a model that is no drawing: the file's name, what is
 * wrong with it now, its bodies. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "pipeline/pipeline.h"

G_BEGIN_DECLS

#define SG_TYPE_MODEL_PAGE (sg_model_page_get_type ())
G_DECLARE_FINAL_TYPE (SgModelPage, sg_model_page, SG, MODEL_PAGE, AdwBin)

/* Another model, with nothing wrong; its buttons are the window's actions edit-model and reload-model. */
void sg_model_page_show (SgModelPage *self, const char *name, SgScene *scene);

/* Why the file as it is now cannot be loaded, so that the model before goes on; NULL where it can. */
void sg_model_page_set_error (SgModelPage *self, const GError *error);

G_END_DECLS
