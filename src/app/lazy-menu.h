/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A menu button whose popover is made when it is first opened: GtkMenuButton makes it with the button, a
 * row a widget, and a window of many menus starts late for menus that nobody opened.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sg_lazy_menu_set (GtkMenuButton *button, GMenuModel *model);

G_END_DECLS
