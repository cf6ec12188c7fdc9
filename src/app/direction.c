/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK gives no direction down to children: each goes by the language. */
#include "app/direction.h"

void
sg_direction_keep (GtkWidget *widget)
{
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      sg_direction_keep (child);
}

void
sg_direction_keep_number (GtkSpinButton *button)
{
  gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (button))), GTK_TEXT_DIR_LTR);
}
