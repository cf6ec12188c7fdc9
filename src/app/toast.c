/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A label that wraps, instead of the toolkit's that does not. libadwaita 1.2 gives a toast the height of its
 * natural width, whatever width it gets: the label's natural width must be one that there is. */
#include "app/toast.h"

#define WIDE 36 /* characters a line */
#define NARROW 28
#define NARROW_BESIDE_BUTTON 18

static void
rooted_cb (GtkLabel *label, GParamSpec *pspec, AdwToast *toast)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (label));
  gboolean has_button = adw_toast_get_button_label (toast) != NULL;

  if (root != NULL && gtk_widget_has_css_class (GTK_WIDGET (root), "narrow"))
    gtk_label_set_max_width_chars (label, has_button ? NARROW_BESIDE_BUTTON : NARROW);
}

AdwToast *
sg_toast_new (const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  g_signal_connect_object (label, "notify::root", G_CALLBACK (rooted_cb), toast, 0);
  adw_toast_set_custom_title (toast, label);
  return toast;
}
