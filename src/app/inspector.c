/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list follows the reading and the selection; rows are made anew when the reading changes, with the
 * keyboard's place kept. */
#include "config.h"

#include "app/inspector.h"

#include <glib/gi18n.h>

#include "app/part-names.h"
#include "app/part-page.h"
#include "app/part-row.h"
#include "app/role-style.h"
#include "app/text-scale.h"

#define LEAST_WIDTH 300 /* px, of usual texts */
#define NARROW_HEIGHT 280
#define ROWS_A_TURN 4 /* of a list that is not seen: 2 ms */

struct _SgInspector
{
  AdwBin parent_instance;
  GtkStack *stack;
  GtkListBox *list;
  AdwBin *part_place;
  SgPartPage *part; /* (nullable) until the first part is selected: a start need not make it */
  GtkLabel *title;
  GtkImage *icon;
  GtkButton *back, *merge;

  SgUnitSystem units;
  SgDocument *document;       /* (nullable) until connected */
  SgPartSelection *selection; /* alike */
  SgScene *scene;             /* (nullable) */
  SgReading *listed;          /* (nullable): what the rows are of */
  guint n_listed;             /* of its elements */
  guint filling;              /* source; 0: the list is whole */
  gboolean selecting;         /* changes of the list's selection are ours */
};

G_DEFINE_FINAL_TYPE (SgInspector, sg_inspector, ADW_TYPE_BIN)

static guint closed_signal;

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static gboolean
shows_part (SgInspector *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->stack), "part");
}

/* -- The list -- */

/* Touches no row that is as it should be: the list extends a selection from the row that it last saw
 * selected. */
static void
show_selected_rows (SgInspector *self)
{
  GtkListBoxRow *row;

  self->selecting = TRUE;
  for (guint i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      gboolean selected = sg_part_selection_contains (self->selection, i);

      if (selected && !gtk_list_box_row_is_selected (row))
        gtk_list_box_select_row (self->list, row);
      else if (!selected && gtk_list_box_row_is_selected (row))
        gtk_list_box_unselect_row (self->list, row);
    }
  self->selecting = FALSE;
}

/* A row an element, in the reading's order; at most so many now. Rows are shown anew rather than made anew: a
 * change of the page changes few of them. Returns whether the list is whole. */
static gboolean
fill_list (SgInspector *self, guint most)
{
  SgReading *reading = sg_part_selection_get_reading (self->selection);
  guint n = reading != NULL ? sg_reading_n_elements (reading) : 0;
  GtkListBoxRow *row;

  if (reading != self->listed)
    {
      g_clear_pointer (&self->listed, sg_reading_unref);
      self->listed = reading != NULL ? sg_reading_ref (reading) : NULL;
      self->n_listed = 0;
    }
  self->selecting = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, n)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (; self->n_listed < n && most > 0; self->n_listed++, most--)
    {
      row = gtk_list_box_get_row_at_index (self->list, self->n_listed);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (sg_part_row_new ());
          gtk_list_box_append (self->list, GTK_WIDGET (row));
        }
      sg_part_row_show (SG_PART_ROW (row), reading, self->n_listed);
    }
  self->selecting = FALSE;
  return self->n_listed == n;
}

static gboolean
fill_more_cb (gpointer data)
{
  SgInspector *self = data;

  if (!fill_list (self, ROWS_A_TURN))
    return G_SOURCE_CONTINUE;
  show_selected_rows (self);
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

/* Nobody waits for a list that is not seen. */
static void
update_list (SgInspector *self, gboolean seen)
{
  if (!seen && self->filling == 0)
    self->filling = g_idle_add_full (G_PRIORITY_LOW, fill_more_cb, self, NULL);
  if (!seen)
    return;
  g_clear_handle_id (&self->filling, g_source_remove);
  fill_list (self, G_MAXUINT);
  show_selected_rows (self);
}

static void
list_mapped_cb (SgInspector *self)
{
  if (self->selection != NULL)
    update_list (self, TRUE);
}

/* -- The part -- */

static void
show_head (SgInspector *self)
{
  SgReading *reading = sg_part_selection_get_reading (self->selection);
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);
  gboolean part = shows_part (self) && n == 1;

  gtk_widget_set_visible (GTK_WIDGET (self->back), part);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), part);
  gtk_widget_set_visible (GTK_WIDGET (self->merge), !part && n > 1);
  if (!part)
    {
      gtk_label_set_label (self->title, _ ("Parts"));
      return;
    }
  g_autofree char *name = sg_part_full_name (reading, elements[0]);
  g_autoptr (GdkPaintable) icon =
    sg_role_style_new_icon (sg_reading_element (reading, elements[0])->role, is_dark ());
  gtk_label_set_label (self->title, name);
  gtk_image_set_from_paintable (self->icon, icon);
}

/* -- The part -- */

static void
corrected_cb (SgInspector *self, SgCorrection *correction)
{
  sg_document_correct (self->document, correction);
}

static void
split_cb (SgInspector *self)
{
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);
  SgEdit *edit =
    n == 1 ? sg_correct_split (sg_part_selection_get_page (self->selection),
                               sg_part_selection_get_reading (self->selection), elements[0], NULL,
                               sg_document_get_page (self->document))
           : NULL;

  if (edit != NULL)
    sg_document_apply (self->document, edit);
}

static void
reset_cb (SgInspector *self)
{
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);

  if (n == 1)
    sg_document_apply (self->document, sg_correct_reset (sg_part_selection_get_reading (self->selection),
                                                         elements[0], sg_document_get_page (self->document)));
}

static SgPartPage *
get_part (SgInspector *self)
{
  if (self->part != NULL)
    return self->part;
  self->part = g_object_new (SG_TYPE_PART_PAGE, NULL);
  sg_part_page_set_units (self->part, self->units);
  g_signal_connect_object (self->part, "corrected", G_CALLBACK (corrected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->part, "split", G_CALLBACK (split_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->part, "reset", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->part_place, GTK_WIDGET (self->part));
  return self->part;
}

/* Shows the selection as it is: another part, or the list where it is not one part. */
static void
refresh (SgInspector *self)
{
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);

  update_list (self, gtk_widget_get_mapped (GTK_WIDGET (self->list)));
  if (n != 1)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    sg_part_page_show (get_part (self), sg_part_selection_get_page (self->selection),
                       sg_part_selection_get_reading (self->selection), elements[0], self->scene);
  show_head (self);
}

void
sg_inspector_set_units (SgInspector *self, SgUnitSystem units)
{
  self->units = units;
  if (self->part != NULL)
    sg_part_page_set_units (self->part, units);
  if (self->selection != NULL)
    refresh (self);
}

void
sg_inspector_show_part (SgInspector *self)
{
  guint n;

  sg_part_selection_get (self->selection, &n);
  gtk_stack_set_visible_child_name (self->stack, n == 1 ? "part" : "list");
  show_head (self);
}

void
sg_inspector_focus_part (SgInspector *self)
{
  sg_inspector_show_part (self);
  if (shows_part (self))
    sg_part_page_focus (get_part (self));
}

void
sg_inspector_focus_list (SgInspector *self)
{
  update_list (self, TRUE);
  g_autoptr (GList) rows = gtk_list_box_get_selected_rows (self->list);
  GtkListBoxRow *row = rows != NULL ? rows->data : gtk_list_box_get_selected_row (self->list);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_stack_set_visible_child_name (self->stack, "list");
  show_head (self);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}

static void
list_selected_cb (SgInspector *self)
{
  g_autoptr (GList) rows = gtk_list_box_get_selected_rows (self->list);
  g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (guint));

  if (self->selecting)
    return;
  for (GList *l = rows; l != NULL; l = l->next)
    {
      guint index = gtk_list_box_row_get_index (l->data);

      g_array_append_val (elements, index);
    }
  sg_part_selection_set (self->selection, (const guint *)elements->data, elements->len);
}

static void
row_activated_cb (SgInspector *self, GtkListBoxRow *row)
{
  guint index = gtk_list_box_row_get_index (row);

  sg_part_selection_set (self->selection, &index, 1);
  sg_inspector_focus_part (self);
}

static void
back_cb (SgInspector *self)
{
  sg_inspector_focus_list (self);
}

static void
close_cb (SgInspector *self)
{
  g_signal_emit (self, closed_signal, 0);
}

static gboolean
key_cb (SgInspector *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (shows_part (self))
    back_cb (self);
  else
    close_cb (self);
  return GDK_EVENT_STOP;
}

static void
merge_cb (SgInspector *self)
{
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);

  if (n > 1)
    sg_document_apply (self->document, sg_correct_merge (sg_part_selection_get_page (self->selection),
                                                         sg_part_selection_get_reading (self->selection),
                                                         elements, n, sg_document_get_page (self->document)));
}

void
sg_inspector_set_scene (SgInspector *self, SgScene *scene)
{
  if (scene == self->scene)
    return;
  g_clear_pointer (&self->scene, sg_scene_unref);
  self->scene = scene != NULL ? sg_scene_ref (scene) : NULL;
  refresh (self);
}

void
sg_inspector_connect (SgInspector *self, SgDocument *document, SgPartSelection *selection)
{
  g_set_object (&self->document, document);
  g_set_object (&self->selection, selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

void
sg_inspector_set_narrow (SgInspector *self, gboolean narrow)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), narrow ? -1 : (int)(LEAST_WIDTH * sg_text_scale_get ()),
                               narrow ? NARROW_HEIGHT : -1);
}

static void
sg_inspector_dispose (GObject *object)
{
  SgInspector *self = SG_INSPECTOR (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  self->selecting = TRUE; /* rows that go with the list are not unselected by anybody */
  g_clear_object (&self->document);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->scene, sg_scene_unref);
  g_clear_pointer (&self->listed, sg_reading_unref);
  G_OBJECT_CLASS (sg_inspector_parent_class)->dispose (object);
}

static void
sg_inspector_class_init (SgInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_inspector_dispose;
  closed_signal = g_signal_new ("closed", SG_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, SgInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, SgInspector, list);
  gtk_widget_class_bind_template_child (widget_class, SgInspector, part_place);
  gtk_widget_class_bind_template_child (widget_class, SgInspector, title);
  gtk_widget_class_bind_template_child (widget_class, SgInspector, icon);
  gtk_widget_class_bind_template_child (widget_class, SgInspector, back);
  gtk_widget_class_bind_template_child (widget_class, SgInspector, merge);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, merge_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
sg_inspector_init (SgInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_inspector_set_narrow (self, FALSE);
  g_signal_connect_object (self->list, "map", G_CALLBACK (list_mapped_cb), self, G_CONNECT_SWAPPED);
}
