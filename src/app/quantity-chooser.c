/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list is made anew when it is offered, as a model may have changed; its strings tell quantities apart.
 */
#include "config.h"

#include "app/quantity-chooser.h"

#include <string.h>

struct _SgQuantityChooser
{
  GtkPopover parent_instance;
  GtkSearchEntry *entry;
  GtkListView *view;
  GHashTable *quantities; /* char * -> SgQuantity */
  GtkFilterListModel *found;
  GtkStringFilter *filter;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (SgQuantityChooser, sg_quantity_chooser, GTK_TYPE_POPOVER)

static char *
name_with_unit (const SgThingNames *names, const SgQuantity *quantity, const char *unit)
{
  g_autofree char *name = sg_thing_names_say_quantity (names, quantity);

  return *unit != '\0' ? g_strdup_printf ("%s (%s)", name, unit) : g_steal_pointer (&name);
}

void
sg_quantity_chooser_offer (SgQuantityChooser *self,
                           SgModel *model,
                           const SgThingNames *names,
                           const char *unit,
                           gboolean with_time)
{
  const mjModel *m = model != NULL ? sg_model_get (model) : NULL;
  g_autoptr (GPtrArray) all = sg_quantity_list (m);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  g_hash_table_remove_all (self->quantities);
  for (guint i = 0; i < all->len; i++)
    {
      const SgQuantity *quantity = all->pdata[i];
      const char *its_unit = sg_quantity_get_unit (quantity, m);
      char *name = NULL;

      if ((unit != NULL && !g_str_equal (unit, its_unit)) ||
          (quantity->kind == SG_QUANTITY_TIME && !with_time))
        continue;
      name = name_with_unit (names, quantity, its_unit);
      if (!g_hash_table_contains (self->quantities, name))
        gtk_string_list_append (choices, name);
      g_hash_table_replace (self->quantities, name, sg_quantity_copy (quantity));
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (choices));
}

static void
choose (SgQuantityChooser *self, guint position)
{
  g_autoptr (GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (self->found), position);
  const SgQuantity *found =
    item != NULL ? g_hash_table_lookup (self->quantities, gtk_string_object_get_string (item)) : NULL;

  if (found == NULL)
    return;
  g_autoptr (SgQuantity) quantity = sg_quantity_copy (found);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, quantity);
}

static void
activated_cb (SgQuantityChooser *self, guint position)
{
  choose (self, position);
}

static void
entry_activated_cb (SgQuantityChooser *self)
{
  choose (self, 0);
}

static void
search_changed_cb (SgQuantityChooser *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* The entry keeps Escape from the popover. */
static void
search_stopped_cb (SgQuantityChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
row_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
row_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
sg_quantity_chooser_dispose (GObject *object)
{
  SgQuantityChooser *self = SG_QUANTITY_CHOOSER (object);

  g_clear_pointer (&self->quantities, g_hash_table_unref);
  G_OBJECT_CLASS (sg_quantity_chooser_parent_class)->dispose (object);
}

static void
sg_quantity_chooser_class_init (SgQuantityChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_quantity_chooser_dispose;
  chosen_signal = g_signal_new ("chosen", SG_TYPE_QUANTITY_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/quantity-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, SgQuantityChooser, entry);
  gtk_widget_class_bind_template_child (widget_class, SgQuantityChooser, view);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
}

static void
sg_quantity_chooser_init (SgQuantityChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->quantities =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)sg_quantity_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = gtk_string_filter_new (gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  self->found = gtk_filter_list_model_new (NULL, GTK_FILTER (self->filter));
  g_signal_connect (factory, "setup", G_CALLBACK (row_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (row_bind_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);
  g_object_unref (factory);
  GtkNoSelection *selection = gtk_no_selection_new (G_LIST_MODEL (self->found));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

GtkWidget *
sg_quantity_chooser_new (void)
{
  return g_object_new (SG_TYPE_QUANTITY_CHOOSER, NULL);
}
