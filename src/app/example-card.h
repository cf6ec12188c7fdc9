/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bundled sketch on the welcome page. */
#pragma once

#include <gtk/gtk.h>

#include "app/examples.h"

G_BEGIN_DECLS

#define SG_TYPE_EXAMPLE_CARD (sg_example_card_get_type ())
G_DECLARE_FINAL_TYPE (SgExampleCard, sg_example_card, SG, EXAMPLE_CARD, GtkButton)

GtkWidget *sg_example_card_new (const SgExample *example);
SgPage *sg_example_card_get_page (SgExampleCard *self); /* (transfer none) */

G_END_DECLS
