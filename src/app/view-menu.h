/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The popover that says from where the simulation is seen and what of it is shown: cameras, marks, the
 * picture's effects, groups.
 */
#pragma once

#include "app/view.h"

G_BEGIN_DECLS

#define SG_TYPE_VIEW_MENU (sg_view_menu_get_type ())
G_DECLARE_FINAL_TYPE (SgViewMenu, sg_view_menu, SG, VIEW_MENU, GtkPopover)

/* Whose it is; once. */
void sg_view_menu_set_view (SgViewMenu *self, SgView *view);
/* Bodies that can be followed: names in the model, and what a person calls them. */
void
sg_view_menu_set_bodies (SgViewMenu *self, const char *const *names, const char *const *words);

G_END_DECLS
