/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A label that wraps, instead of the toolkit's that does not. libadwaita 1.2 gives a toast the height of its
 * natural width, whatever width it gets: the label's natural width must be one that there is.
 *
 * libadwaita 1.2 frees what it knows of a toast when its going is done, and crashes where its coming, which
 * may take longer, is not (mended in 1.2.3: "Prevent show_done from firing after hide_done"). So a toast that
 * is still coming does not take clicks, and goes when it has come. The label sees to that: it is there as
 * long as the toast is. */
#include "config.h"

#include "app/toast.h"

#define WIDE 36 /* characters a line */
#define NARROW 28
#define NARROW_BESIDE_BUTTON 18

#define COMING_US 600000 /* libadwaita's longest takes 500 ms */

typedef struct
{
  AdwToast *toast; /* borrowed: it has the label */
  gint64 since;    /* frame time; 0: no frame yet */
  guint tick;      /* it is coming; 0: it is not on the screen, or has come */
  gboolean leave;  /* when it has come */
} Coming;

/* The label is in a bin in the toast's widget, of which libadwaita does not tell more. */
static void
take_clicks (GtkWidget *label, gboolean take)
{
  gtk_widget_set_can_target (gtk_widget_get_parent (gtk_widget_get_parent (label)), take);
}

static gboolean
tick_cb (GtkWidget *label, GdkFrameClock *clock, gpointer data)
{
  Coming *coming = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (coming->since == 0)
    coming->since = now;
  if (now - coming->since < COMING_US)
    return G_SOURCE_CONTINUE;
  coming->tick = 0;
  take_clicks (label, TRUE);
  if (coming->leave)
    adw_toast_dismiss (coming->toast);
  return G_SOURCE_REMOVE;
}

static void
unmap_cb (GtkWidget *label, Coming *coming)
{
  if (coming->tick != 0)
    gtk_widget_remove_tick_callback (label, coming->tick);
  coming->tick = 0;
}

static void
map_cb (GtkWidget *label, Coming *coming)
{
  unmap_cb (label, coming);
  coming->since = 0;
  coming->tick = gtk_widget_add_tick_callback (label, tick_cb, coming, NULL);
  take_clicks (label, FALSE);
}

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
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (text);
  Coming *coming = g_new0 (Coming, 1);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  coming->toast = toast;
  g_object_set_data_full (G_OBJECT (label), "coming", coming, g_free);
  g_signal_connect (label, "map", G_CALLBACK (map_cb), coming);
  g_signal_connect (label, "unmap", G_CALLBACK (unmap_cb), coming);
  g_signal_connect_object (label, "notify::root", G_CALLBACK (rooted_cb), toast, 0);
  adw_toast_set_custom_title (toast, label);
  return toast;
}

void
sg_toast_set_text (AdwToast *toast, const char *text)
{
  GtkWidget *label = adw_toast_get_custom_title (toast);
  Coming *coming = g_object_get_data (G_OBJECT (label), "coming");

  coming->leave = FALSE;
  gtk_label_set_text (GTK_LABEL (label), text);
}

void
sg_toast_dismiss (AdwToast *toast)
{
  Coming *coming = g_object_get_data (G_OBJECT (adw_toast_get_custom_title (toast)), "coming");

  if (coming->tick != 0)
    coming->leave = TRUE;
  else
    adw_toast_dismiss (toast);
}
