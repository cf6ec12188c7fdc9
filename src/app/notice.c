/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The notice. Invariant: `shown` is below the number of notes where there are any. */
#include "config.h"

#include "app/notice.h"

#include <glib/gi18n.h>

#define WIDE 56 /* characters a line */

struct _SgNotice
{
  AdwBin parent_instance;
  GtkRevealer *revealer;
  GtkBox *line;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *next, *close;
  char *warning;    /* (nullable): shown before all notes */
  GPtrArray *notes; /* of SgNote */
  guint shown;
};

G_DEFINE_FINAL_TYPE (SgNotice, sg_notice, ADW_TYPE_BIN)

typedef struct
{
  const char *icon, *css_class;
} Look;

static const Look looks[] = {
  [SG_SEVERITY_INFO] = { "dialog-information-symbolic", "info" },
  [SG_SEVERITY_WARNING] = { "dialog-warning-symbolic", "warning" },
  [SG_SEVERITY_ERROR] = { "dialog-error-symbolic", "error" },
};

static void
show_line (SgNotice *self, const char *text, SgSeverity severity)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->line), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->line), looks[severity].css_class);
  gtk_image_set_from_icon_name (self->icon, looks[severity].icon);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_note (SgNotice *self)
{
  gboolean any = self->warning != NULL || self->notes->len > 0;
  gboolean several = self->warning == NULL && self->notes->len > 1;

  gtk_widget_set_visible (GTK_WIDGET (self), any); /* else it takes its room where it is not over the paper */
  gtk_revealer_set_reveal_child (self->revealer, any);
  gtk_widget_set_visible (GTK_WIDGET (self->close), self->warning != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->next), several);
  if (self->warning != NULL)
    show_line (self, self->warning, SG_SEVERITY_ERROR);
  else if (any)
    {
      const SgNote *note = self->notes->pdata[self->shown];
      g_autofree char *place = g_strdup_printf (_ ("%u of %u"), self->shown + 1, self->notes->len);

      gtk_button_set_label (self->next, place);
      show_line (self, note->text, note->severity);
    }
}

void
sg_notice_warn (SgNotice *self, const char *text)
{
  g_free (self->warning);
  self->warning = g_strdup (text);
  show_note (self);
}

static void
close_cb (SgNotice *self)
{
  sg_notice_warn (self, NULL);
}

static void
next_cb (SgNotice *self)
{
  self->shown = (self->shown + 1) % self->notes->len;
  show_note (self);
}

static gboolean
same_notes (const GPtrArray *a, const GPtrArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; i < a->len && same; i++)
    same = g_str_equal (((const SgNote *)a->pdata[i])->text, ((const SgNote *)b->pdata[i])->text);
  return same;
}

/* A box is told how high a line is over all its width: the line may not wrap within that. */
void
sg_notice_set_narrow (SgNotice *self, gboolean narrow)
{
  gtk_label_set_max_width_chars (self->label, narrow ? -1 : WIDE);
}

void
sg_notice_show_notes (SgNotice *self, GPtrArray *notes)
{
  if (!same_notes (self->notes, notes))
    self->shown = 0;
  g_ptr_array_ref (notes);
  g_ptr_array_unref (self->notes);
  self->notes = notes;
  show_note (self);
}

void
sg_notice_show (SgNotice *self, const char *text, SgSeverity severity)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_note_free);
  SgNote *note = g_new0 (SgNote, 1);

  *note = (SgNote){ g_strdup (text), severity };
  g_ptr_array_add (notes, note);
  sg_notice_show_notes (self, notes);
}

static void
sg_notice_finalize (GObject *object)
{
  g_ptr_array_unref (SG_NOTICE (object)->notes);
  g_free (SG_NOTICE (object)->warning);
  G_OBJECT_CLASS (sg_notice_parent_class)->finalize (object);
}

static void
sg_notice_class_init (SgNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_notice_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/notice.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, line);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, label);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, next);
  gtk_widget_class_bind_template_child (widget_class, SgNotice, close);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
sg_notice_init (SgNotice *self)
{
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_note_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_notice_set_narrow (self, FALSE);
}
