/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of what touches what, how hard and where. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thing-names.h"
#include "sim/readout.h"

G_BEGIN_DECLS

#define SG_TYPE_CONTACTS_PAGE (sg_contacts_page_get_type ())
G_DECLARE_FINAL_TYPE (SgContactsPage, sg_contacts_page, SG, CONTACTS_PAGE, GtkBox)

void sg_contacts_page_set_names (SgContactsPage *self, SgThingNames *names); /* (nullable) */
void sg_contacts_page_set_narrow (SgContactsPage *self, gboolean narrow);    /* rows of two lines */
void sg_contacts_page_refresh (SgContactsPage *self, const SgReadout *readout);

G_END_DECLS
