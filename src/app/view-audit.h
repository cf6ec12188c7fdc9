/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For tests: what of the open windows a person could not read, which accessibility does not tell. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lines of fields with tabs between, of all windows that are shown:
 * "window", its title, its least and its present width in px;
 * "popover", its type;
 * "cut", a text that is not shown whole and has no tooltip;
 * "moving", the type of what slides or fades now;
 * "outside", type and text of what reaches over the edge of its window;
 * "covered", type and text of a button that lies under something else but a toast;
 * "sideways", the type of what holds what has to be scrolled sideways to be seen whole.
 * Returns: (transfer full): an array of strings. */
GVariant *sg_view_audit (void);

G_END_DECLS
