/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page is read at a time, in a worker; another choice cancels it:
 *
 *   reading -> shown -> chosen
 *     ^  |       |
 *     |  +-> problem
 *     +----------+---- another number */
#include "config.h"

#include "app/page-dialog.h"

#include <glib/gi18n.h>

#include "app/file-names.h"
#include "app/picture-cache.h"
#include "app/picture-import.h"

struct _SgPageDialog
{
  AdwWindow parent_instance;
  GtkPicture *picture;
  GtkSpinButton *number;
  GtkLabel *count, *problem;
  GtkWidget *add;

  GFile *file;
  SgImage *image;            /* (nullable): the page of that number, as soon as it is read */
  SgPictureCache *pictures;  /* decodes it */
  GCancellable *cancellable; /* (nullable): a page is being read */
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (SgPageDialog, sg_page_dialog, ADW_TYPE_WINDOW)

static void
show_picture (gpointer data)
{
  SgPageDialog *self = data;
  GdkTexture *texture = self->image != NULL ? sg_picture_cache_get (self->pictures, self->image) : NULL;

  if (texture != NULL)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

static void
take_image (SgPageDialog *self, SgImage *image, const char *problem)
{
  g_clear_pointer (&self->image, sg_image_unref);
  self->image = image;
  gtk_widget_set_sensitive (self->add, image != NULL);
  gtk_label_set_label (self->problem, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *problem != '\0');
  if (*problem != '\0')
    gtk_picture_set_paintable (self->picture, NULL);
  show_picture (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgPageDialog) self = data;
  g_autoptr (GError) error = NULL;
  SgImage *image = sg_picture_import_finish (result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_autofree char *problem = error != NULL ? sg_file_names_in_message (error) : g_strdup ("");
  take_image (self, image, problem);
}

static guint
get_number (SgPageDialog *self)
{
  return (guint)gtk_spin_button_get_value_as_int (self->number);
}

static void
stop_reading (SgPageDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What was shown stays until the next page is there, and cannot be added. */
static void
number_changed_cb (SgPageDialog *self)
{
  stop_reading (self);
  gtk_widget_set_sensitive (self->add, FALSE);
  self->cancellable = g_cancellable_new ();
  sg_picture_import_file_async (self->file, get_number (self), self->cancellable, read_cb,
                                g_object_ref (self));
}

static void
add_cb (SgPageDialog *self)
{
  if (self->image == NULL || self->cancellable != NULL)
    return;
  g_signal_emit (self, chosen_signal, 0, self->image, get_number (self));
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_request_cb (SgPageDialog *self)
{
  stop_reading (self);
  return FALSE;
}

static void
sg_page_dialog_dispose (GObject *object)
{
  SgPageDialog *self = SG_PAGE_DIALOG (object);

  stop_reading (self);
  g_clear_object (&self->file);
  g_clear_pointer (&self->image, sg_image_unref);
  g_clear_pointer (&self->pictures, sg_picture_cache_free);
  G_OBJECT_CLASS (sg_page_dialog_parent_class)->dispose (object);
}

static void
sg_page_dialog_class_init (SgPageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_page_dialog_dispose;
  chosen_signal = g_signal_new ("chosen", SG_TYPE_PAGE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/page-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SgPageDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, SgPageDialog, number);
  gtk_widget_class_bind_template_child (widget_class, SgPageDialog, count);
  gtk_widget_class_bind_template_child (widget_class, SgPageDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, SgPageDialog, add);
  gtk_widget_class_bind_template_callback (widget_class, number_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sg_page_dialog_init (SgPageDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* a spin button of GTK 4.8 does not say so of itself */
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->number))), TRUE);
  self->pictures = sg_picture_cache_new (show_picture, self);
}

SgPageDialog *
sg_page_dialog_new (GtkWindow *parent, GFile *file, SgImage *first, guint n_pages)
{
  SgPageDialog *self = g_object_new (SG_TYPE_PAGE_DIALOG, "transient-for", parent, NULL);
  g_autofree char *count = g_strdup_printf (ngettext ("of %u page", "of %u pages", n_pages), n_pages);

  self->file = g_object_ref (file);
  gtk_adjustment_set_upper (gtk_spin_button_get_adjustment (self->number), n_pages);
  gtk_label_set_label (self->count, count);
  take_image (self, sg_image_ref (first), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
  return self;
}
