/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours and glyphs of roles. The hues are those of Okabe and Ito's palette, darkened on light paper and
 * lightened on dark paper to a contrast of at least 3 to 1. */
#include "app/role-style.h"

typedef struct
{
  const char *light, *dark; /* on light and on dark paper */
} Hue;

static const Hue BLUE = { "#1c6fc4", "#6cb6ff" };
static const Hue GREY = { "#6f7680", "#a9b0ba" };
static const Hue ORANGE = { "#d9730d", "#ffa94d" };
static const Hue GREEN = { "#0a8f63", "#4cd3a2" };
static const Hue TEAL = { "#0b8ea6", "#4fd0e0" };
static const Hue RED = { "#cf3b2e", "#ff8a7a" };
static const Hue PURPLE = { "#8b45b5", "#cf9bee" };
static const Hue FAINT = { "#a4a9b0", "#6d737c" };

static const Hue *
role_hue (SgRole role)
{
  switch (role)
    {
    case SG_ROLE_BODY:
      return &BLUE;
    case SG_ROLE_FIXED:
      return &GREY;
    case SG_ROLE_PIN:
    case SG_ROLE_WELD:
      return &ORANGE;
    case SG_ROLE_SPRING:
    case SG_ROLE_DAMPER:
      return &GREEN;
    case SG_ROLE_ROPE:
      return &TEAL;
    case SG_ROLE_FORCE:
    case SG_ROLE_VELOCITY:
    case SG_ROLE_GRAVITY:
      return &RED;
    case SG_ROLE_MOTOR:
      return &PURPLE;
    default:
      return &FAINT;
    }
}

GdkRGBA
sg_role_style_get_color (SgRole role, gboolean dark)
{
  const Hue *hue = role_hue (role);
  GdkRGBA color = { 0, 0, 0, 1 };

  gdk_rgba_parse (&color, dark ? hue->dark : hue->light);
  return color;
}

static void
stroke_lines (cairo_t *cr, const double (*ends)[4], guint n)
{
  for (guint i = 0; i < n; i++)
    {
      cairo_move_to (cr, ends[i][0], ends[i][1]);
      cairo_line_to (cr, ends[i][2], ends[i][3]);
    }
  cairo_stroke (cr);
}

static void
paint_arrow (cairo_t *cr)
{
  static const double ends[][4] = { { -5, 0, 5, 0 }, { 5, 0, 1, -3.5 }, { 5, 0, 1, 3.5 } };

  stroke_lines (cr, ends, G_N_ELEMENTS (ends));
}

static void
paint_path (cairo_t *cr, const double (*points)[2], guint n)
{
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
  cairo_stroke (cr);
}

gboolean
sg_role_style_paint_glyph (cairo_t *cr, SgRole role)
{
  static const double hatch[][4] = { { -6, 4, -2, -4 }, { -2, 4, 2, -4 }, { 2, 4, 6, -4 } };
  static const double cross[][4] = { { -4, -4, 4, 4 }, { -4, 4, 4, -4 } };
  static const double zigzag[][2] = { { -6, 0 }, { -4, -4 }, { -1.3, 4 }, { 1.3, -4 }, { 4, 4 }, { 6, 0 } };
  static const double piston[][4] = {
    { -6, 0, 0, 0 }, { 0, -3, 0, 3 }, { -3, -5, 5, -5 }, { -3, 5, 5, 5 }, { 5, -5, 5, 5 }
  };

  cairo_new_path (cr);
  switch (role)
    {
    case SG_ROLE_FIXED:
      stroke_lines (cr, hatch, G_N_ELEMENTS (hatch));
      return TRUE;
    case SG_ROLE_PIN:
      cairo_arc (cr, 0, 0, 4.5, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_arc (cr, 0, 0, 1.5, 0, 2 * G_PI);
      cairo_fill (cr);
      return TRUE;
    case SG_ROLE_WELD:
      stroke_lines (cr, cross, G_N_ELEMENTS (cross));
      return TRUE;
    case SG_ROLE_SPRING:
      paint_path (cr, zigzag, G_N_ELEMENTS (zigzag));
      return TRUE;
    case SG_ROLE_DAMPER:
      stroke_lines (cr, piston, G_N_ELEMENTS (piston));
      return TRUE;
    case SG_ROLE_ROPE:
      cairo_move_to (cr, -6, 0);
      cairo_curve_to (cr, -2, -7, 2, 7, 6, 0);
      cairo_stroke (cr);
      return TRUE;
    case SG_ROLE_FORCE:
    case SG_ROLE_VELOCITY:
      paint_arrow (cr);
      return TRUE;
    case SG_ROLE_GRAVITY:
      cairo_save (cr);
      cairo_rotate (cr, G_PI / 2);
      paint_arrow (cr);
      cairo_restore (cr);
      return TRUE;
    case SG_ROLE_MOTOR:
      cairo_arc (cr, 0, 0, 4.5, 0, 1.5 * G_PI);
      cairo_move_to (cr, -2.5, -7.5);
      cairo_line_to (cr, 0.5, -4.5);
      cairo_line_to (cr, -2.5, -1.5);
      cairo_stroke (cr);
      return TRUE;
    default:
      return FALSE;
    }
}
