/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A toast whose text is read to its end: the toolkit's cuts it. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* `text` is plain, no markup. Returns: (transfer full). */
AdwToast *sg_toast_new (const char *text);
void sg_toast_set_text (AdwToast *toast,
                        const char *text); /* it stays, where it was to go when it has come */

/* In place of adw_toast_dismiss: where it is still coming, it goes as soon as it is there. */
void sg_toast_dismiss (AdwToast *toast);

G_END_DECLS
