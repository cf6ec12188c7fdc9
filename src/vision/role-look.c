/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hues, lines and icons of roles. The hues are those of Okabe and Ito's palette, darkened on light paper and
 * lightened on dark paper. Caps are round: a dash looks longer by a
 * line's width, its gap shorter. Only a doubtful mark has gaps longer than its dashes. */
#include "vision/role-look.h"

static const struct
{
  const char *light, *dark;
} hues[SG_N_HUES] = {
  [SG_HUE_BLUE] = { "#1c6fc4", "#6cb6ff" },
  [SG_HUE_GREY] = { "#6f7680", "#a9b0ba" },
  [SG_HUE_ORANGE] = { "#d9730d", "#ffa94d" },
  [SG_HUE_GREEN] = { "#0a8f63", "#4cd3a2" },
  [SG_HUE_TEAL] = { "#0b8ea6", "#4fd0e0" },
  [SG_HUE_RED] = { "#cf3b2e", "#ff8a7a" },
  [SG_HUE_PURPLE] = { "#8b45b5", "#cf9bee" },
  [SG_HUE_FAINT] = { "#868c94", "#7d848e" },
  [SG_HUE_PAPER] = { "#fbf9f4", "#23262c" },
  [SG_HUE_INK] = { "#262c38", "#eceae4" },
  [SG_HUE_AMBER] = { "#b26a00", "#f8d15a" },
};

#define ARROW "M-5 0L5 0M1.5 -3.5L5 0L1.5 3.5"

static const SgRoleLook looks[SG_N_ROLES] = {
  [SG_ROLE_BODY] = { SG_HUE_BLUE,
                     { 0 },
                     0,
                     "M-4.5 -2.5L0 -5L4.5 -2.5L4.5 3L0 5.5L-4.5 3ZM-4.5 -2.5L0 0L4.5 -2.5M0 0L0 5.5" },
  [SG_ROLE_FIXED] = { SG_HUE_GREY, { 0 }, 0, "M-6 -3L6 -3M-5.5 3L-2.5 -3M-1.5 3L1.5 -3M2.5 3L5.5 -3" },
  [SG_ROLE_PIN] = { SG_HUE_ORANGE, { 0 }, 0, "O0 0 4.5O0 0 1" },
  [SG_ROLE_WELD] = { SG_HUE_ORANGE, { 0 }, 0, "M-4 -4L4 4M-4 4L4 -4" },
  [SG_ROLE_SPRING] = { SG_HUE_GREEN, { 12, 5 }, 2, "M-6 0L-4 -4L-1.3 4L1.3 -4L4 4L6 0" },
  [SG_ROLE_DAMPER] = { SG_HUE_GREEN, { 12, 5, 2, 5 }, 4, "M-6 0L0 0M0 -3L0 3M-3 -5L5 -5L5 5L-3 5" },
  [SG_ROLE_ROPE] = { SG_HUE_TEAL, { 7, 4.5 }, 2, "M-6 0C-2 -7 2 7 6 0" },
  [SG_ROLE_FORCE] = { SG_HUE_RED, { 0 }, 0, ARROW },
  [SG_ROLE_VELOCITY] = { SG_HUE_RED, { 8, 5, 2, 5 }, 4, ARROW "M-5 4L-1 4" },
  [SG_ROLE_GRAVITY] = { SG_HUE_RED, { 12, 5 }, 2, "M0 -5L0 5M-3.5 1.5L0 5L3.5 1.5" },
  [SG_ROLE_MOTOR] = { SG_HUE_PURPLE,
                      { 9, 4.5 },
                      2,
                      "M4.5 0C4.5 2.5 2.5 4.5 0 4.5C-2.5 4.5 -4.5 2.5 -4.5 0C-4.5 -2.5 -2.5 -4.5 0 "
                      "-4.5L1.5 -4.5M-1 -7L1.5 -4.5L-1 -2" },
  [SG_ROLE_LABEL] = { SG_HUE_FAINT, { 0.1, 4 }, 2, "M-4.5 -4L4.5 -4M0 -4L0 5" },
  [SG_ROLE_TRACE] = { SG_HUE_BLUE, { 4, 4 }, 2, "O-5 3 .6O-1.5 -.5 .6O2 -3 .6O5.5 -4 .6" },
  [SG_ROLE_DECORATION] = { SG_HUE_FAINT, { 0.1, 4 }, 2, "M-4 5L-5 5L-5 4L3 -4L4.5 -2.5Z" },
};

const char *
sg_hue_color (SgHue hue, gboolean dark_paper)
{
  g_return_val_if_fail (hue < SG_N_HUES, "#000000");
  return dark_paper ? hues[hue].dark : hues[hue].light;
}

const SgRoleLook *
sg_role_look (SgRole role)
{
  g_return_val_if_fail (role < SG_N_ROLES, &looks[SG_ROLE_DECORATION]);
  return &looks[role];
}
