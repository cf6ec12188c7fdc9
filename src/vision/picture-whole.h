/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a picture file is all there. Decoders make up what is missing of one that was cut off, in grey or
 * black, and say nothing. Pure; any thread. Internal to vision.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE where the file ends before a PNG's IEND chunk, the EOI marker of a JPEG, or the length that a WebP
 * claims; what lies behind is of no account. TRUE for anything else. Damage inside is the decoder's to find.
 */
gboolean sg_picture_is_whole (GBytes *data);

G_END_DECLS
