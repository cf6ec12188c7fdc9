/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A toast whose text is read to its end: the toolkit's cuts it. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* `text` is plain, no markup. Returns: (transfer full). */
AdwToast *sg_toast_new (const char *text);

G_END_DECLS
