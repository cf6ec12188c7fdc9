/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Roles as GTK paints them. */
#include "app/role-style.h"

#include "render/markup-paint.h"

#define ICON_SIZE 16

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
