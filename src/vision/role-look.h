/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a role looks, in one place for the window, the panels and the SVG overlay: its hue (told apart by
 * colour-blind eyes, with a contrast of at least 3 to 1 on light and on dark paper), its line and its icon,
 * so that colour never speaks alone. Pure; any thread.
 */
#pragma once

#include "vision/reading.h"

G_BEGIN_DECLS

typedef enum
{
  SG_HUE_BLUE,
  SG_HUE_GREY,
  SG_HUE_ORANGE,
  SG_HUE_GREEN,
  SG_HUE_TEAL,
  SG_HUE_RED,
  SG_HUE_PURPLE,
  SG_HUE_FAINT,
  SG_HUE_PAPER, /* what everything lies on */
  SG_HUE_INK,
  SG_HUE_AMBER, /* warnings */
  SG_N_HUES
} SgHue;

const char *sg_hue_color (SgHue hue, gboolean dark_paper); /* "#rrggbb" */

#define SG_ROLE_MAX_DASHES 4

/* An icon lies within -6..6 pixels, y down, for lines of 1.5 pixels: M x y, L x y, C x y x y x y and Z as in
 * SVG, and O x y r, a circle. */
typedef struct
{
  SgHue hue;
  double dashes[SG_ROLE_MAX_DASHES]; /* pixels on, off, on, off */
  guint n_dashes;                    /* 0: a solid line */
  const char *icon;
} SgRoleLook;

const SgRoleLook *sg_role_look (SgRole role);

G_END_DECLS
