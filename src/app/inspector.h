/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The side panel: the list of parts and, one step further, all about the one that is selected. What is said
 * here becomes corrections of the document. Everything works without a pointer. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "app/document.h"
#include "app/part-selection.h"
#include "base/units.h"
#include "pipeline/pipeline.h"

G_BEGIN_DECLS

#define SG_TYPE_INSPECTOR (sg_inspector_get_type ())
G_DECLARE_FINAL_TYPE (SgInspector, sg_inspector, SG, INSPECTOR, AdwBin)

/* Signal: "closed"  the person wants it away. */
void sg_inspector_connect (SgInspector *self, SgDocument *document, SgPartSelection *selection);

/* The newest scene (nullable): tells what is usual where nothing is set. */
void sg_inspector_set_scene (SgInspector *self, SgScene *scene);

void sg_inspector_set_units (SgInspector *self, SgUnitSystem units); /* of figures and of what is typed */

void sg_inspector_focus_list (SgInspector *self); /* shows the list, with the keyboard in it */
void sg_inspector_show_part (SgInspector *self);  /* the part that is selected, or the list */
void sg_inspector_focus_part (SgInspector *self); /* alike, with the keyboard in it */

void sg_inspector_set_narrow (SgInspector *self,
                              gboolean narrow); /* below the views instead of beside them */

G_END_DECLS
