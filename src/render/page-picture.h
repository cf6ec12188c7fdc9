/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page as it lies on paper, as a picture file: what a file browser shows of a sketch. No GL, no display.
 */
#pragma once

#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_PAGE_PICTURE_MIN_SIDE 16
#define SG_PAGE_PICTURE_MAX_SIDE 2048

/* A PNG of all that is on `page`: pictures, ink and typed words on paper. Its longer side is `side` pixels
 * (SG_PAGE_PICTURE_MIN_SIDE to _MAX_SIDE), its shape that of what is drawn, but never slimmer than one to
 * two. Lines stay thick enough to be seen. A picture that cannot be decoded is left out, marked by a grey
 * field. Blocking; any thread. Returns: (transfer full). */
GBytes *sg_page_picture (const SgPage *page, int side);

G_END_DECLS
