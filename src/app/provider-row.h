/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One provider in the settings: its address, key, model and prices, a test that names the failure. Main
 * thread.
 */
#pragma once

#include <adwaita.h>

#include "app/assistant.h"

G_BEGIN_DECLS

#define SG_TYPE_PROVIDER_ROW (sg_provider_row_get_type ())
G_DECLARE_FINAL_TYPE (SgProviderRow, sg_provider_row, SG, PROVIDER_ROW, AdwExpanderRow)

/* Signals: "edited"   sg_provider_row_dup_setting is another one;
 *          "earlier"  it is to be asked before the one above it;
 *          "removed"  the person wants it no more. */
GtkWidget *sg_provider_row_new (SgAssistant *assistant, const SgProviderSetting *setting);
SgProviderSetting *sg_provider_row_dup_setting (SgProviderRow *self); /* (transfer full) */
void sg_provider_row_refresh (SgProviderRow *self);                   /* its state and key */
void sg_provider_row_set_first (SgProviderRow *self, gboolean first); /* none is above it */

G_END_DECLS
