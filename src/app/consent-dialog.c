/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text is shown as it is, fixed instructions first. */
#include "config.h"

#include "app/text-scale.h"
#include "app/consent-dialog.h"

#include <glib/gi18n.h>

struct _SgConsentDialog
{
  AdwMessageDialog parent_instance;
  GtkPicture *picture;
  GtkTextView *text;
  GtkWidget *frame;
  GtkWidget *clear; /* says that others can read it */
  char *host;
};

G_DEFINE_FINAL_TYPE (SgConsentDialog, sg_consent_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
sg_consent_dialog_finalize (GObject *object)
{
  g_free (SG_CONSENT_DIALOG (object)->host);
  G_OBJECT_CLASS (sg_consent_dialog_parent_class)->finalize (object);
}

static void
sg_consent_dialog_class_init (SgConsentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_consent_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/consent-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SgConsentDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, SgConsentDialog, text);
  gtk_widget_class_bind_template_child (widget_class, SgConsentDialog, frame);
  gtk_widget_class_bind_template_child (widget_class, SgConsentDialog, clear);
}

static void
sg_consent_dialog_init (SgConsentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_text_scale_fit (GTK_WINDOW (self));
}

const char *
sg_consent_dialog_get_host (SgConsentDialog *self)
{
  return self->host;
}

GtkWidget *
sg_consent_dialog_new (GtkWindow *parent, const char *host, gboolean in_the_clear, SgAsking *asking)
{
  SgConsentDialog *self =
    g_object_new (SG_TYPE_CONSENT_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  SgAssistQuestion question;
  g_autoptr (GdkTexture) texture =
    asking->picture != NULL ? gdk_texture_new_from_bytes (asking->picture, NULL) : NULL;
  g_autofree char *heading = g_strdup_printf (_ ("Send the Drawing to %s?"), host);

  sg_asking_get_question (asking, &question);
  g_autofree char *all = g_strconcat (question.system, "\n", question.user, "\n",
                                      question.schema != NULL ? question.schema : "", NULL);
  if (question.free_check_data != NULL)
    question.free_check_data (question.check_data);
  self->host = g_strdup (host);
  gtk_widget_set_visible (self->clear, in_the_clear);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->frame, texture != NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), all, -1);
  return GTK_WIDGET (self);
}
