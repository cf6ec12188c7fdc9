/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each sheet is painted once, one after another, when the operation is ready, as large as it is shown. */
#include "config.h"

#include "app/print-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PIXELS_A_POINT 1.0 /* of a sheet in the window */
#define MAX_SHEETS 20      /* shown; the first ones tell how it will be */
#define GAP 18

typedef struct
{
  GtkWindow *window; /* (nullable), weak: it may be closed before all sheets are there */
  GtkBox *sheets;
  GtkPrintContext *context;
  GtkPrintOperation *operation;
  GtkPrintOperationPreview *shown;
  cairo_surface_t *surface; /* (nullable): of the sheet that is being painted */
  int index;                /* of that sheet */
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_clear_weak_pointer (&preview->window);
  g_clear_pointer (&preview->surface, cairo_surface_destroy);
  g_free (preview);
}

static GdkTexture *
take_texture (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize)height);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static cairo_surface_t *
begin_sheet (Preview *preview)
{
  GtkPageSetup *setup = gtk_print_context_get_page_setup (preview->context);
  double zoom = PIXELS_A_POINT * gtk_widget_get_scale_factor (GTK_WIDGET (preview->window));
  int width = (int)ceil (gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS) * zoom);
  int height = (int)ceil (gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS) * zoom);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  gtk_print_context_set_cairo_context (preview->context, cr, 72 * zoom, 72 * zoom);
  cairo_destroy (cr);
  return surface;
}

static void
show_sheet (Preview *preview, cairo_surface_t *surface, int index, int n)
{
  g_autofree char *name = g_strdup_printf (_ ("Sheet %d of %d"), index + 1, n);
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (preview->window));

  cairo_surface_flush (surface);
  g_autoptr (GdkTexture) texture = take_texture (surface);
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
  gtk_widget_set_size_request (picture, -1, (int)(cairo_image_surface_get_height (surface) / scale / 2));
  gtk_widget_add_css_class (picture, "printed-sheet");
  gtk_widget_set_tooltip_text (picture, name);
  gtk_box_append (preview->sheets, picture);
}

static void
show_next (Preview *preview)
{
  int n = 1;

  g_object_get (preview->operation, "n-pages", &n, NULL);
  if (preview->index < MIN (n, MAX_SHEETS))
    {
      preview->surface = begin_sheet (preview);
      gtk_print_operation_preview_render_page (preview->shown, preview->index);
      return;
    }
  GtkPrintOperationPreview *shown = preview->shown;
  g_object_set_data (G_OBJECT (preview->operation), "preview", NULL); /* it is not needed any more */
  gtk_print_operation_preview_end_preview (shown);
}

void
sg_print_preview_page_drawn (GtkPrintOperation *operation)
{
  Preview *preview = g_object_get_data (G_OBJECT (operation), "preview");
  int n = 1;

  if (preview == NULL || preview->surface == NULL)
    return;
  g_object_get (operation, "n-pages", &n, NULL);
  if (preview->window != NULL)
    show_sheet (preview, preview->surface, preview->index, n);
  else
    preview->index = n; /* it was closed amid it */
  g_clear_pointer (&preview->surface, cairo_surface_destroy);
  preview->index++;
  show_next (preview);
}

/* The surface that the context has until then is of no sheet. */
static void
ready_cb (GtkPrintOperationPreview *operation, GtkPrintContext *context, Preview *preview)
{
  preview->shown = operation;
  gtk_window_present (preview->window);
  show_next (preview);
}

static void
add_escape (GtkWindow *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}

static void
make_window (Preview *preview, GtkWindow *parent)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *sheets = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);

  gtk_widget_set_margin_top (sheets, GAP);
  gtk_widget_set_margin_bottom (sheets, GAP);
  gtk_widget_set_margin_start (sheets, GAP);
  gtk_widget_set_margin_end (sheets, GAP);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), sheets);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), scroller);
  preview->sheets = GTK_BOX (sheets);
  preview->window = g_object_new (ADW_TYPE_WINDOW, "title", _ ("Print Preview"), "transient-for", parent,
                                  "modal", TRUE, "default-width", 620, "default-height", 720, "content",
                                  content, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (preview->window), "print-preview");
  add_escape (preview->window);
}

gboolean
sg_print_preview_cb (GtkPrintOperation *operation,
                     GtkPrintOperationPreview *operation_preview,
                     GtkPrintContext *context,
                     GtkWindow *parent,
                     gpointer unused)
{
  Preview *preview = g_new0 (Preview, 1);

  preview->operation = operation;
  preview->context = context;
  make_window (preview, parent);
  g_object_add_weak_pointer (G_OBJECT (preview->window), (gpointer *)&preview->window);
  g_object_set_data_full (G_OBJECT (operation), "preview", preview, preview_free);
  /* for the context needs something to be painted on before there is a sheet */
  cairo_surface_destroy (begin_sheet (preview));
  g_signal_connect (operation_preview, "ready", G_CALLBACK (ready_cb), preview);
  return TRUE;
}
