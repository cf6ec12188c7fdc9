/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks which page of a PDF goes onto the paper, and shows it.
 *
 * Signal "chosen" (SgImage *, guint): the page's picture and its number, from 1; once, and then the dialog
 * closes.
 */
#pragma once

#include <adwaita.h>

#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_TYPE_PAGE_DIALOG (sg_page_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SgPageDialog, sg_page_dialog, SG, PAGE_DIALOG, AdwWindow)

/* `first` is the picture of the first page. */
SgPageDialog *sg_page_dialog_new (GtkWindow *parent, GFile *file, SgImage *first, guint n_pages);

G_END_DECLS
