/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dialog:
 *
 *   asking -> looking <-> taken -> is closed
 *     |          |
 *     +----------+-> problem -> asking, again
 */
#include "config.h"

#include "config.h"

#include "app/camera-dialog.h"

#include <glib/gi18n.h>

#include "app/camera-feed.h"
#include "app/camera-portal.h"
#include "app/text-scale.h"

#define PATIENCE 10 /* s, for the first picture */

struct _SgCameraDialog
{
  AdwWindow parent_instance;
  GtkStack *stack; /* "asking", "picture", "problem" */
  GtkSpinner *spinner;
  AdwStatusPage *problem;
  GtkPicture *picture;
  GtkWidget *shoot, *retake, *use;

  GCancellable *cancellable; /* (nullable): asking */
  SgCameraFeed *feed;        /* (nullable) */
  GdkTexture *newest;        /* (nullable): what is seen, or was taken */
  guint patience;            /* source with it, until the first picture; 0: none */
  gboolean taken;
};

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgCameraDialog, sg_camera_dialog, ADW_TYPE_WINDOW)

/* The others are not only covered: GTK 4.8 tells assistive technology of all pages that are visible. */
static void
show_page (SgCameraDialog *self, const char *name)
{
  GtkWidget *shown = gtk_stack_get_child_by_name (self->stack, name);

  gtk_widget_set_visible (shown, TRUE);
  gtk_stack_set_visible_child (self->stack, shown);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_widget_set_visible (page, page == shown);
}

static void
end_feed (SgCameraDialog *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_pointer (&self->feed, sg_camera_feed_free); /* its light goes out */
}

static void
show_problem (SgCameraDialog *self, const GError *error)
{
  end_feed (self);
  gtk_spinner_stop (self->spinner);
  adw_status_page_set_description (self->problem, error->message);
  show_page (self, "problem");
}

static void
show_buttons (SgCameraDialog *self)
{
  gtk_widget_set_visible (self->shoot, !self->taken);
  gtk_widget_set_visible (self->retake, self->taken);
  gtk_widget_set_visible (self->use, self->taken);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->taken ? self->use : self->shoot);
  gtk_widget_grab_focus (self->taken ? self->use : self->shoot);
}

static void
seen_cb (GdkTexture *picture, gpointer data)
{
  SgCameraDialog *self = data;
  gboolean first = self->newest == NULL;

  if (self->taken)
    return;
  g_set_object (&self->newest, picture);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (picture));
  if (!first)
    return;
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_spinner_stop (self->spinner);
  show_page (self, "picture");
  show_buttons (self);
}

static void
failed_cb (const GError *error, gpointer data)
{
  SgCameraDialog *self = data;

  if (!self->taken) /* what was taken can be used all the same */
    show_problem (self, error);
}

static gboolean
nothing_seen_cb (gpointer data)
{
  SgCameraDialog *self = data;
  g_autoptr (GError) error = g_error_new_literal (
    G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
    _ ("The camera shows nothing. Another program may be using it, or it is covered or off."));

  self->patience = 0;
  show_problem (self, error);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgCameraDialog) self = data;
  g_autoptr (GError) error = NULL;
  int fd = sg_camera_portal_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (fd >= 0)
    self->feed = sg_camera_feed_new (fd, seen_cb, failed_cb, self, &error);
  if (error != NULL)
    show_problem (self, error);
  else
    self->patience = g_timeout_add_seconds (PATIENCE, nothing_seen_cb, self);
}

static void
ask (SgCameraDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->newest);
  self->taken = FALSE;
  gtk_spinner_start (self->spinner);
  show_page (self, "asking");
  sg_camera_portal_open_async (self->cancellable, opened_cb, g_object_ref (self));
}

static void
shoot_cb (SgCameraDialog *self)
{
  self->taken = TRUE;
  show_buttons (self);
}

static void
retake_cb (SgCameraDialog *self)
{
  self->taken = FALSE;
  show_buttons (self);
}

static void
use_cb (SgCameraDialog *self)
{
  g_signal_emit (self, signals[TAKEN], 0, self->newest);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_request_cb (SgCameraDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  end_feed (self);
  return FALSE;
}

static void
sg_camera_dialog_dispose (GObject *object)
{
  SgCameraDialog *self = SG_CAMERA_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  end_feed (self);
  g_clear_object (&self->newest);
  G_OBJECT_CLASS (sg_camera_dialog_parent_class)->dispose (object);
}

static void
sg_camera_dialog_class_init (SgCameraDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_camera_dialog_dispose;
  signals[TAKEN] = g_signal_new ("taken", SG_TYPE_CAMERA_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/camera-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SgCameraDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SgCameraDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, SgCameraDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, SgCameraDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, SgCameraDialog, shoot);
  gtk_widget_class_bind_template_child (widget_class, SgCameraDialog, retake);
  gtk_widget_class_bind_template_child (widget_class, SgCameraDialog, use);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, shoot_cb);
  gtk_widget_class_bind_template_callback (widget_class, retake_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sg_camera_dialog_init (SgCameraDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_text_scale_fit (GTK_WINDOW (self));
}

SgCameraDialog *
sg_camera_dialog_new (GtkWindow *parent)
{
  SgCameraDialog *self = g_object_new (SG_TYPE_CAMERA_DIALOG, "transient-for", parent, NULL);

  ask (self);
  return self;
}
