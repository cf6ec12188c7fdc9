/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of a page for the clipboard, in the forms that this and other programs read. Any thread; blocking.
 */
#pragma once

#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_INK_CLIP_TYPE "application/x-simgen-ink" /* the text of a sketch file with these parts alone */

typedef struct
{
  GBytes *ink, *svg, *png; /* png at twice the page's size, on nothing; (nullable): could not be made */
} SgInkClip;

SgInkClip *sg_ink_clip_new (SgPage *parts);
void sg_ink_clip_free (SgInkClip *clip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgInkClip, sg_ink_clip_free)

G_END_DECLS
