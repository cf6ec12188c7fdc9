/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page's ink and typed words as a picture in running text, in the text's colour. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_TYPE_GUIDE_INK (sg_guide_ink_get_type ())
G_DECLARE_FINAL_TYPE (SgGuideInk, sg_guide_ink, SG, GUIDE_INK, GtkWidget)

GtkWidget *sg_guide_ink_new (SgPage *page);

G_END_DECLS
