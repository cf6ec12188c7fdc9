/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mark may be, at the mark: a small list with the recogniser's confidence. It takes no grab, so that a
 * press anywhere else reaches what is there: whoever shows it closes it when something is drawn.
 */
#pragma once

#include <gtk/gtk.h>

#include "vision/correct.h"

G_BEGIN_DECLS

#define SG_TYPE_MARK_POPOVER (sg_mark_popover_get_type ())
G_DECLARE_FINAL_TYPE (SgMarkPopover, sg_mark_popover, SG, MARK_POPOVER, GtkPopover)

/* Signals: "corrected" (SgCorrection *)  a choice was made;
 *          "more"                        the person wants to see all of the mark. */
GtkWidget *sg_mark_popover_new (GtkWidget *parent);

/* Shows the choices of an element of `reading`, read from `page`, pointing to `at` in the parent. `keyboard`:
 * the list takes the focus, and gives it back when it closes. */
void sg_mark_popover_show (SgMarkPopover *self,
                           SgPage *page,
                           SgReading *reading,
                           guint element,
                           const GdkRectangle *at,
                           gboolean keyboard);

G_END_DECLS
