/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page is built when it is first turned to, from its blocks (app/guide-pages.h). */
#include "app/guide-window.h"

#include <glib/gi18n.h>

#include "app/guide-ink.h"
#include "app/guide-pages.h"
#include "app/notation-card.h"
#include "app/text-scale.h"

struct _SgGuideWindow
{
  AdwWindow parent_instance;
  AdwLeaflet *leaflet;
  GtkListBox *list;
  GtkStack *stack;
  GtkButton *back;
  AdwWindowTitle *title;
};

G_DEFINE_FINAL_TYPE (SgGuideWindow, sg_guide_window, ADW_TYPE_WINDOW)

static GtkWidget *
make_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_step (const char *text, guint number)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *shown = g_strdup_printf ("%u", number);
  GtkWidget *badge = gtk_label_new (shown);
  GtkWidget *label = make_text (text, NULL);

  gtk_widget_add_css_class (badge, "guide-step");
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_key (const char *text, const char *accelerator)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *keys = gtk_shortcut_label_new (accelerator);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  return row;
}

static GtkWidget *
make_picture (const char *text, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/org/simgen/SimGen/guide/%s.png", name);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *picture = gtk_picture_new_for_resource (path);

  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (picture, "guide-picture");
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), make_text (text, "caption"));
  return box;
}

static GtkWidget *
make_card (const SgNotationCard *card)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autoptr (SgPage) page = sg_notation_card_page (card);

  gtk_box_append (GTK_BOX (words), make_text (_ (card->name), "heading"));
  gtk_box_append (GTK_BOX (words), make_text (_ (card->drawn), NULL));
  gtk_box_append (GTK_BOX (words), make_text (_ (card->becomes), "dim-label"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), sg_guide_ink_new (page));
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "guide-card");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static void
append_cards (GtkBox *box)
{
  guint n = 0;
  const SgNotationCard *cards = sg_notation_cards (&n);
  GtkWidget *list = make_list ();

  for (guint i = 0; i < n; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_card (&cards[i]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the Marks Mean"), -1);
  gtk_box_append (box, list);
}

/* Keys that follow each other are one list. */
static void
append_key (GtkBox *box, const SgGuideBlock *block)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (box));

  if (list == NULL || !GTK_IS_LIST_BOX (list))
    {
      list = make_list ();
      gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Keys"), -1);
      gtk_box_append (box, list);
    }
  gtk_list_box_append (GTK_LIST_BOX (list), make_key (_ (block->text), block->of));
}

static GtkWidget *
make_blocks (const SgGuidePage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  guint step = 0;

  gtk_box_append (GTK_BOX (box), make_text (_ (page->title), "title-1"));
  for (const SgGuideBlock *block = page->blocks; block->kind != SG_GUIDE_END; block++)
    {
      step = block->kind == SG_GUIDE_STEP ? step + 1 : 0;
      if (block->kind == SG_GUIDE_TEXT)
        gtk_box_append (GTK_BOX (box), make_text (_ (block->text), NULL));
      else if (block->kind == SG_GUIDE_HEADING)
        gtk_box_append (GTK_BOX (box), make_text (_ (block->text), "title-4"));
      else if (block->kind == SG_GUIDE_STEP)
        gtk_box_append (GTK_BOX (box), make_step (_ (block->text), step));
      else if (block->kind == SG_GUIDE_KEY)
        append_key (GTK_BOX (box), block);
      else if (block->kind == SG_GUIDE_PICTURE)
        gtk_box_append (GTK_BOX (box), make_picture (_ (block->text), block->of));
      else
        append_cards (GTK_BOX (box));
    }
  gtk_widget_add_css_class (box, "guide-page");
  return box;
}

/* Focusable, so that keys scroll a page that has nothing to press. */
static GtkWidget *
make_page (const SgGuidePage *page)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 680);
  adw_clamp_set_child (ADW_CLAMP (clamp), make_blocks (page));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  /* the least height of a picture is none */
  gtk_scrollable_set_vscroll_policy (
    GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller))), GTK_SCROLL_NATURAL);
  gtk_widget_set_focusable (scroller, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (page->title),
                                  -1);
  return scroller;
}

static void
turn_to (SgGuideWindow *self, guint index)
{
  guint n = 0;
  const SgGuidePage *page = &sg_guide_pages (&n)[index];

  if (gtk_stack_get_child_by_name (self->stack, page->name) == NULL)
    gtk_stack_add_named (self->stack, make_page (page), page->name);
  gtk_stack_set_visible_child_name (self->stack, page->name);
  adw_window_title_set_title (self->title, _ (page->title));
}

static void
row_selected_cb (SgGuideWindow *self, GtkListBoxRow *row)
{
  if (row != NULL)
    turn_to (self, gtk_list_box_row_get_index (row));
}

static void
row_activated_cb (SgGuideWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
back_cb (SgGuideWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
add_rows (SgGuideWindow *self)
{
  guint n = 0;
  const SgGuidePage *pages = sg_guide_pages (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *label = gtk_label_new (_ (pages[i].title));

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (pages[i].icon));
      gtk_box_append (GTK_BOX (box), label);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (pages[i].title),
                                      -1);
      gtk_list_box_append (self->list, row);
    }
}

void
sg_guide_window_show_page (SgGuideWindow *self, const char *name)
{
  guint n = 0, index = 0;
  const SgGuidePage *pages = sg_guide_pages (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (pages[i].name, name) == 0)
      index = i;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
sg_guide_window_class_init (SgGuideWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/guide-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SgGuideWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, SgGuideWindow, list);
  gtk_widget_class_bind_template_child (widget_class, SgGuideWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SgGuideWindow, back);
  gtk_widget_class_bind_template_child (widget_class, SgGuideWindow, title);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
sg_guide_window_init (SgGuideWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_text_scale_fit (GTK_WINDOW (self));
  g_object_bind_property (self->leaflet, "folded", self->back, "visible", G_BINDING_SYNC_CREATE);
  add_rows (self);
}

SgGuideWindow *
sg_guide_window_new (void)
{
  return g_object_new (SG_TYPE_GUIDE_WINDOW, NULL);
}
