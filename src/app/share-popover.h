/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person sees of a share: the link, also as a code for a camera, who is there and may control it, and
 * the way to end it. */
#pragma once

#include <adwaita.h>

#include "stream/share.h"

G_BEGIN_DECLS

#define SG_TYPE_SHARE_POPOVER (sg_share_popover_get_type ())
G_DECLARE_FINAL_TYPE (SgSharePopover, sg_share_popover, SG, SHARE_POPOVER, GtkPopover)

/* Signals: "stop"      the person wants to end it;
 *          "n-guests"  there are more or fewer, or one begins to ask. */

/* (nullable): there is none, and `problem` (nullable) says why. Follows it until the next one. */
void sg_share_popover_set_share (SgSharePopover *self, SgShare *share, const GError *problem);

guint sg_share_popover_get_n_guests (SgSharePopover *self);
gboolean sg_share_popover_get_asked (SgSharePopover *self); /* somebody asks for control */

G_END_DECLS
