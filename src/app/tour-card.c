/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The strip. */
#include "config.h"

#include "app/tour-card.h"

#include <glib/gi18n.h>

struct _SgTourCard
{
  AdwBin parent_instance;
  GtkLabel *text;
  GtkWidget *skip;
  SgTourStep step;
};

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgTourCard, sg_tour_card, ADW_TYPE_BIN)

static void
show_step (SgTourCard *self)
{
  gboolean ended = self->step == SG_TOUR_END;
  g_autofree char *place = g_strdup_printf (_ ("%u of %u"), self->step + 1, SG_TOUR_END);
  g_autofree char *text = ended ? g_strdup (sg_tour_text (self->step))
                                : g_strconcat (place, " · ", sg_tour_text (self->step), NULL);

  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (self->skip, !ended);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
skip_cb (SgTourCard *self)
{
  self->step = MIN (self->step + 1, SG_TOUR_END);
  show_step (self);
}

static void
close_cb (SgTourCard *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

void
sg_tour_card_look (SgTourCard *self, const SgTourSight *sight)
{
  SgTourStep step = sg_tour_advance (self->step, sight);

  if (step == self->step)
    return;
  self->step = step;
  show_step (self);
}

static void
sg_tour_card_class_init (SgTourCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CLOSED] =
    g_signal_new ("closed", SG_TYPE_TOUR_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/tour-card.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_bind_template_child (widget_class, SgTourCard, text);
  gtk_widget_class_bind_template_child (widget_class, SgTourCard, skip);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
sg_tour_card_init (SgTourCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_step (self);
}

SgTourCard *
sg_tour_card_new (void)
{
  return g_object_new (SG_TYPE_TOUR_CARD, NULL);
}
