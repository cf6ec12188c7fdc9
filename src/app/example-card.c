/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One example. */
#include "app/example-card.h"

struct _SgExampleCard
{
  GtkButton parent_instance;
  GtkPicture *picture;
  GtkLabel *title;
  SgPage *page;
};

G_DEFINE_FINAL_TYPE (SgExampleCard, sg_example_card, GTK_TYPE_BUTTON)

GtkWidget *
sg_example_card_new (const SgExample *example)
{
  SgExampleCard *self = g_object_new (SG_TYPE_EXAMPLE_CARD, NULL);
  const char *title = sg_page_get_title (example->page);

  if (*title == '\0')
    title = example->name;
  self->page = sg_page_ref (example->page);
  gtk_label_set_label (self->title, title);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (example->thumbnail));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

SgPage *
sg_example_card_get_page (SgExampleCard *self)
{
  return self->page;
}

static void
sg_example_card_finalize (GObject *object)
{
  g_clear_pointer (&SG_EXAMPLE_CARD (object)->page, sg_page_unref);
  G_OBJECT_CLASS (sg_example_card_parent_class)->finalize (object);
}

static void
sg_example_card_class_init (SgExampleCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_example_card_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/example-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SgExampleCard, picture);
  gtk_widget_class_bind_template_child (widget_class, SgExampleCard, title);
}

static void
sg_example_card_init (SgExampleCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
