/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what GTK tells of fonts. A larger scale of the whole window is no matter of this: all grows then. */
#include "app/text-scale.h"

#define USUAL_DPI (96 * 1024)
#define MOST 4.0 /* a setting that is broken must not ask for more than any window has */

double
sg_text_scale_get (void)
{
  int dpi = -1;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return CLAMP (dpi / (double)USUAL_DPI, 1, MOST);
}

void
sg_text_scale_fit (GtkWindow *window)
{
  g_autoptr (GdkMonitor) monitor =
    g_list_model_get_item (gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (window))), 0);
  GdkRectangle room = { 0, 0, G_MAXINT, G_MAXINT };
  double scale = sg_text_scale_get ();
  int width, height;

  if (scale <= 1) /* -1 for "as it comes" stays */
    return;
  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &room);
  gtk_window_get_default_size (window, &width, &height);
  gtk_window_set_default_size (window, width > 0 ? MIN ((int)(width * scale), room.width) : -1,
                               height > 0 ? MIN ((int)(height * scale), room.height) : -1);
}
