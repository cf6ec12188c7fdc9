/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card. */
#include "config.h"

#include "app/history-card.h"

#include <glib/gi18n.h>

#include "app/thumbnail.h"
#include "app/when.h"
#include "store/search.h"

#define MAX_TAGS 3 /* shown; the others are counted */

struct _SgHistoryCard
{
  GtkBox parent_instance;
  SgThumbnail *picture;
  GtkImage *pin;
  GtkButton *menu;
  GtkLabel *title, *detail, *snippet;
  GtkBox *tags;
  SgHistoryItem *item; /* (nullable) */
};

static guint menu_signal;

G_DEFINE_FINAL_TYPE (SgHistoryCard, sg_history_card, GTK_TYPE_BOX)

static void
add_pill (SgHistoryCard *self, const char *text)
{
  GtkWidget *pill = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (pill), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (pill), 12);
  gtk_widget_add_css_class (pill, "tag");
  gtk_box_append (self->tags, pill);
}

static void
show_tags (SgHistoryCard *self, char **tags)
{
  guint n = g_strv_length (tags);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tags))) != NULL)
    gtk_box_remove (self->tags, child);
  for (guint i = 0; i < MIN (n, MAX_TAGS); i++)
    add_pill (self, tags[i]);
  if (n > MAX_TAGS)
    {
      g_autofree char *more = g_strdup_printf ("+%u", n - MAX_TAGS);

      add_pill (self, more);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tags), n > 0);
}

/* What a search found, unless it is the title, which is there anyway; in place of the tags where it is
 * those. */
static void
show_snippet (SgHistoryCard *self, const SgHistoryEntry *entry)
{
  g_autofree char *tags = g_strjoinv (", ", entry->tags);
  g_autofree char *plain = entry->snippet != NULL ? sg_search_snippet_plain (entry->snippet) : NULL;
  gboolean shown = plain != NULL && *plain != '\0' && !g_str_equal (plain, entry->title);
  g_autofree char *markup = shown ? sg_search_snippet_markup (entry->snippet) : NULL;

  gtk_label_set_markup (self->snippet, shown ? markup : "");
  gtk_widget_set_visible (GTK_WIDGET (self->snippet), shown);
  if (shown && g_str_equal (plain, tags))
    gtk_widget_set_visible (GTK_WIDGET (self->tags), FALSE);
}

/* All that the card shows, in words; its cell says them too, for that is what has the focus. */
static void
describe (SgHistoryCard *self, const SgHistoryEntry *entry, const char *detail)
{
  GtkWidget *told[] = { GTK_WIDGET (self), gtk_widget_get_parent (GTK_WIDGET (self)) };
  g_autofree char *tags = g_strjoinv (", ", entry->tags);
  g_autofree char *tagged = *tags != '\0' ? g_strdup_printf (_ (", tags: %s"), tags) : g_strdup ("");
  g_autofree char *text = g_strconcat (detail, entry->pinned ? _ (", pinned") : "", tagged, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (told) && told[i] != NULL; i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (told[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, entry->title,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_entry (SgHistoryCard *self)
{
  const SgHistoryEntry *entry = sg_history_item_get_entry (self->item);
  g_autofree char *date = sg_when_describe (entry->updated_us);
  g_autofree char *runs = g_strdup_printf (ngettext ("%u run", "%u runs", entry->n_runs), entry->n_runs);
  g_autofree char *detail = entry->n_runs > 0 ? g_strdup_printf ("%s · %s", date, runs) : g_strdup (date);

  gtk_label_set_label (self->title, entry->title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), entry->title);
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detail), detail);
  gtk_widget_set_visible (GTK_WIDGET (self->pin), entry->pinned);
  sg_thumbnail_set_png (self->picture, entry->thumbnail);
  show_tags (self, entry->tags);
  show_snippet (self, entry);
  describe (self, entry, detail);
}

void
sg_history_card_set_item (SgHistoryCard *self, SgHistoryItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_entry, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (show_entry), self, G_CONNECT_SWAPPED);
  show_entry (self);
}

SgHistoryItem *
sg_history_card_get_item (SgHistoryCard *self)
{
  return self->item;
}

static void
menu_clicked_cb (SgHistoryCard *self)
{
  graphene_rect_t place;

  if (gtk_widget_compute_bounds (GTK_WIDGET (self->menu), GTK_WIDGET (self), &place))
    g_signal_emit (self, menu_signal, 0, (double)(place.origin.x + place.size.width / 2),
                   (double)(place.origin.y + place.size.height));
}

static void
pressed_cb (SgHistoryCard *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, menu_signal, 0, x, y);
}

static void
long_pressed_cb (SgHistoryCard *self, double x, double y, GtkGesture *gesture)
{
  pressed_cb (self, 1, x, y, gesture);
}

static void
sg_history_card_dispose (GObject *object)
{
  sg_history_card_set_item (SG_HISTORY_CARD (object), NULL);
  G_OBJECT_CLASS (sg_history_card_parent_class)->dispose (object);
}

static void
sg_history_card_class_init (SgHistoryCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_history_card_dispose;
  g_type_ensure (SG_TYPE_THUMBNAIL);
  menu_signal = g_signal_new ("menu", SG_TYPE_HISTORY_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/history-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SgHistoryCard, picture);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryCard, pin);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryCard, menu);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryCard, title);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryCard, detail);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryCard, snippet);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryCard, tags);
  gtk_widget_class_bind_template_callback (widget_class, menu_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);
}

static void
sg_history_card_init (SgHistoryCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sg_history_card_new (void)
{
  return g_object_new (SG_TYPE_HISTORY_CARD, NULL);
}
