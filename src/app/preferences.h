/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person prefers, each with a line that says what it does. All of it is in the settings, and holds at
 * once (window-preferences.c). Main thread.
 */
#pragma once

#include <adwaita.h>

#include "app/assistant.h"
#include "store/cache.h"
#include "store/history.h"

G_BEGIN_DECLS

#define SG_TYPE_PREFERENCES (sg_preferences_get_type ())
G_DECLARE_FINAL_TYPE (SgPreferences, sg_preferences, SG, PREFERENCES, AdwPreferencesWindow)

/* `history` and `cache` are (nullable): there is none. */
GtkWidget *sg_preferences_new (
  GtkWindow *parent, GSettings *settings, SgAssistant *assistant, SgHistory *history, SgCache *cache);

G_END_DECLS
