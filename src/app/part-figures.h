/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The figures that hold for a part where a person has not said any. Any thread.
 */
#pragma once

#include "pipeline/pipeline.h"

G_BEGIN_DECLS

/* What the element of the scene's reading has of the property, in its unit; NAN where the scene does not
 * tell. */
double sg_part_figure (const SgScene *scene, guint element, SgProperty property);

G_END_DECLS
