/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names for what the toolkit leaves without one. Main thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on whatever is shown and can have the focus inside of a named control has a name, too: GTK 4.8
 * and libadwaita 1.2 name neither the text of an entry, nor the button of a menu, nor a list's choice, and
 * tell the type's name instead. Once, before the first window. */
void sg_access_install (void);

G_END_DECLS
