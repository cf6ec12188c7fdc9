/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The user guide: pages at the left, the one that is read at the right; on a narrow window one at a time.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SG_TYPE_GUIDE_WINDOW (sg_guide_window_get_type ())
G_DECLARE_FINAL_TYPE (SgGuideWindow, sg_guide_window, SG, GUIDE_WINDOW, AdwWindow)

/* It stays beside the window that is worked in. */
SgGuideWindow *sg_guide_window_new (void);

/* Turns to the page of that name (app/guide-pages.h); the first one where there is none. */
void sg_guide_window_show_page (SgGuideWindow *self, const char *name);

G_END_DECLS
