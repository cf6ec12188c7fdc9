/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The settings of language models: whether the network may be used, who is asked in which order, keys, hosts
 * that were agreed to, and what was spent. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "app/assistant.h"

G_BEGIN_DECLS

#define SG_TYPE_ASSIST_PREFERENCES (sg_assist_preferences_get_type ())
G_DECLARE_FINAL_TYPE (
  SgAssistPreferences, sg_assist_preferences, SG, ASSIST_PREFERENCES, AdwPreferencesWindow)

GtkWidget *sg_assist_preferences_new (GtkWindow *parent, SgAssistant *assistant);

G_END_DECLS
