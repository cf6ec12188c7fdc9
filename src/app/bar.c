/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bar that floats is a child of an overlay; its margin is between it and the edge. */
#include "config.h"

#include "app/bar.h"

double
sg_bar_get_cover (GtkWidget *bar)
{
  int natural = 0;

  if (bar == NULL || !GTK_IS_OVERLAY (gtk_widget_get_parent (bar)) || !gtk_widget_is_visible (bar))
    return 0;
  gtk_widget_measure (bar, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}
