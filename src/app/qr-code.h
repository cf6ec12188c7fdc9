/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text as a picture that a phone's camera reads. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Black on white with the margin that readers need, `scale` px a module. NULL where the text is too long for
 * one (more than some 2,000 characters). (transfer full). */
GdkTexture *sg_qr_code_new (const char *text, guint scale);

G_END_DECLS
