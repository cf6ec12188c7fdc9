/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Roles as GTK paints them. */
#include "config.h"

#include "app/role-style.h"

#include <glib/gi18n.h>

#include "app/markup-paint.h"

#define ICON_SIZE 16

static const char *const labels[SG_N_ROLES] = {
  [SG_ROLE_BODY] = N_ ("Body"),
  [SG_ROLE_FIXED] = N_ ("Fixed"),
  [SG_ROLE_PIN] = N_ ("Pin"),
  [SG_ROLE_WELD] = N_ ("Weld"),
  [SG_ROLE_SPRING] = N_ ("Spring"),
  [SG_ROLE_DAMPER] = N_ ("Damper"),
  [SG_ROLE_ROPE] = N_ ("Rope"),
  [SG_ROLE_FORCE] = N_ ("Force"),
  [SG_ROLE_VELOCITY] = N_ ("Velocity"),
  [SG_ROLE_GRAVITY] = N_ ("Gravity"),
  [SG_ROLE_MOTOR] = N_ ("Motor"),
  [SG_ROLE_LABEL] = N_ ("Label"),
  [SG_ROLE_TRACE] = N_ ("Trace"),
  [SG_ROLE_DECORATION] = N_ ("Only ink"),
};

const char *
sg_role_style_get_label (SgRole role)
{
  g_return_val_if_fail (role < SG_N_ROLES, "");
  return _ (labels[role]);
}

GdkRGBA
sg_role_style_get_color (SgRole role, gboolean dark)
{
  GdkRGBA color = { 0, 0, 0, 1 };

  gdk_rgba_parse (&color, sg_hue_color (sg_role_look (role)->hue, dark));
  return color;
}

GdkPaintable *
sg_role_style_new_icon (SgRole role, gboolean dark)
{
  g_autoptr (SgMarkup) icon = sg_markup_new_icon (role);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  graphene_size_t size = GRAPHENE_SIZE_INIT (ICON_SIZE, ICON_SIZE);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, ICON_SIZE, ICON_SIZE));

  cairo_translate (cr, ICON_SIZE / 2.0, ICON_SIZE / 2.0);
  for (guint i = 0; i < icon->marks->len; i++)
    sg_markup_paint_mark (cr, icon, sg_markup_mark (icon, i), dark);
  cairo_destroy (cr);
  return gtk_snapshot_to_paintable (snapshot, &size);
}
