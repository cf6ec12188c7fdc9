/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lists. They are filled anew when what they show is another, but not under a name that is being typed.
 */
#include "config.h"

#include "app/time-popover.h"

#include <glib/gi18n.h>

#include "base/units.h"

struct _SgTimePopover
{
  GtkPopover parent_instance;
  GtkListBox *branches, *marks, *starts;
  GtkWidget *marks_group, *starts_group;
  SgTimelineOverview *overview; /* (nullable) */
  gboolean typing;
};

enum
{
  CHOSEN,
  NAMED,
  DELETED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgTimePopover, sg_time_popover, GTK_TYPE_POPOVER)

/* -- A row -- */

typedef struct
{
  SgTimePopover *popover;
  SgTimeThing thing;
  guint id;
  GtkStack *stack; /* its name, and the entry to type another */
  GtkEditable *entry;
} Row;

static void
rename_cb (Row *row)
{
  row->popover->typing = TRUE;
  gtk_stack_set_visible_child_name (row->stack, "entry");
  gtk_widget_grab_focus (GTK_WIDGET (row->entry));
}

static void
typed_cb (Row *row)
{
  SgTimePopover *popover = row->popover;
  SgTimeThing thing = row->thing;
  guint id = row->id;
  g_autofree char *name = g_strdup (gtk_editable_get_text (row->entry));

  popover->typing = FALSE;
  gtk_stack_set_visible_child_name (row->stack, "name");
  g_signal_emit (popover, signals[NAMED], 0, thing, id, name);
}

static void
delete_cb (Row *row)
{
  g_signal_emit (row->popover, signals[DELETED], 0, row->thing, row->id);
}

static GtkWidget *
make_button (Row *row, const char *icon, const char *tip, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", clicked, row);
  return button;
}

static GtkWidget *
make_texts (const char *name, const char *when, gboolean current)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (name), *caption = gtk_label_new (when);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 24);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_add_css_class (caption, "numeric");
  if (current)
    gtk_widget_add_css_class (title, "current");
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), title);
  if (*when != '\0')
    gtk_box_append (GTK_BOX (texts), caption);
  return texts;
}

static void
fill_row (Row *row, GtkBox *box, const char *name, const char *when, gboolean current, gboolean needed)
{
  row->stack = GTK_STACK (gtk_stack_new ());
  row->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_editable_set_text (row->entry, name);
  gtk_entry_set_max_length (GTK_ENTRY (row->entry), SG_TIMELINE_MAX_NAME);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"), -1);
  g_signal_connect_swapped (row->entry, "activate", G_CALLBACK (typed_cb), row);
  gtk_stack_add_named (row->stack, make_texts (name, when, current), "name");
  gtk_stack_add_named (row->stack, GTK_WIDGET (row->entry), "entry");
  gtk_widget_set_hexpand (GTK_WIDGET (row->stack), TRUE);
  gtk_box_append (box, GTK_WIDGET (row->stack));
  if (row->thing == SG_TIME_START)
    return;
  gtk_box_append (box, make_button (row, "document-edit-symbolic", _ ("Rename"), G_CALLBACK (rename_cb)));
  GtkWidget *delete = make_button (row, "user-trash-symbolic", _ ("Delete"), G_CALLBACK (delete_cb));
  gtk_widget_set_sensitive (delete, !needed);
  gtk_box_append (box, delete);
}

static void
add_row (SgTimePopover *self,
         GtkListBox *list,
         SgTimeThing thing,
         guint id,
         const char *name,
         const char *when,
         gboolean current,
         gboolean needed)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *line = gtk_list_box_row_new ();
  g_autofree char *said = *when != '\0' ? g_strdup_printf ("%s, %s", name, when) : g_strdup (name);

  *row = (Row){ self, thing, id };
  g_object_set_data_full (G_OBJECT (line), "row", row, g_free);
  fill_row (row, GTK_BOX (box), name, when, current, needed);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_list_box_append (list, line);
}

static void
activated_cb (SgTimePopover *self, GtkListBoxRow *line)
{
  const Row *row = g_object_get_data (G_OBJECT (line), "row");

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, row->thing, row->id);
}

/* -- Filling -- */

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

/* Whether it is the one that is shown, or in its past. */
static gboolean
is_needed (const SgTimelineOverview *overview, guint id)
{
  for (guint later = overview->current; later != 0;)
    {
      guint parent = 0;

      if (later == id)
        return TRUE;
      for (guint i = 0; i < overview->n_branches; i++)
        if (overview->branches[i].id == later)
          parent = overview->branches[i].parent;
      later = parent;
    }
  return FALSE;
}

static void
add_branches (SgTimePopover *self)
{
  guint n_runs = 0;

  for (guint i = 0; i < self->overview->n_branches; i++)
    {
      const SgTimelineBranch *branch = &self->overview->branches[i];
      g_autofree char *first = sg_units_format_time (branch->first_time);
      g_autofree char *last = sg_units_format_time (branch->last_time);
      gboolean current = branch->id == self->overview->current;
      /* the end of the one that is there is on the timeline, where it moves */
      g_autofree char *when =
        current ? g_strdup (_ ("shown now")) : g_strdup_printf ("%s – %s", first, last);
      g_autofree char *name = NULL;

      n_runs += branch->parent == 0;
      if (branch->name != NULL)
        name = g_strdup (branch->name);
      else if (branch->parent == 0)
        name = g_strdup_printf (_ ("Run %u"), n_runs);
      else /* Translators: a run that goes another way from that time on */
        name = g_strdup_printf (_ ("Branch at %s"), first);
      add_row (self, self->branches, SG_TIME_BRANCH, branch->id, name, when, current,
               is_needed (self->overview, branch->id));
    }
}

static void
add_marks (SgTimePopover *self)
{
  for (guint i = 0; i < self->overview->n_marks; i++)
    {
      const SgTimelineMark *mark = &self->overview->marks[i];
      g_autofree char *when = sg_units_format_time (mark->time);
      g_autofree char *name =
        mark->name != NULL ? g_strdup (mark->name) : g_strdup_printf (_ ("Mark at %s"), when);

      add_row (self, self->marks, SG_TIME_MARK, mark->id, name, mark->name != NULL ? when : "", FALSE, FALSE);
    }
}

static void
add_starts (SgTimePopover *self, const mjModel *model)
{
  for (int i = 0; model != NULL && model->nkey > 1 && i < model->nkey; i++)
    {
      const char *key = mj_id2name (model, mjOBJ_KEY, i);
      g_autofree char *name = key != NULL ? g_strdup (key) : g_strdup_printf (_ ("Start %d"), i + 1);

      add_row (self, self->starts, SG_TIME_START, i, name, "", FALSE, FALSE);
    }
}

void
sg_time_popover_show (SgTimePopover *self, SgTimelineOverview *overview, SgModel *model)
{
  if (self->typing)
    return;
  g_clear_pointer (&self->overview, sg_timeline_overview_unref);
  self->overview = g_atomic_rc_box_acquire (overview);
  clear (self->branches);
  clear (self->marks);
  clear (self->starts);
  add_branches (self);
  add_marks (self);
  add_starts (self, model != NULL ? sg_model_get (model) : NULL);
  gtk_widget_set_visible (self->marks_group, overview->n_marks > 0);
  gtk_widget_set_visible (self->starts_group, model != NULL && sg_model_get (model)->nkey > 1);
}

static void
closed_cb (SgTimePopover *self)
{
  self->typing = FALSE;
}

/* -- The class -- */

static void
sg_time_popover_dispose (GObject *object)
{
  SgTimePopover *self = SG_TIME_POPOVER (object);

  g_clear_pointer (&self->overview, sg_timeline_overview_unref);
  G_OBJECT_CLASS (sg_time_popover_parent_class)->dispose (object);
}

static void
sg_time_popover_class_init (SgTimePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_time_popover_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_INT, G_TYPE_UINT);
  signals[NAMED] = g_signal_new ("named", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                 G_TYPE_INT, G_TYPE_UINT, G_TYPE_STRING);
  signals[DELETED] = g_signal_new ("deleted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_INT, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/time-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SgTimePopover, branches);
  gtk_widget_class_bind_template_child (widget_class, SgTimePopover, marks);
  gtk_widget_class_bind_template_child (widget_class, SgTimePopover, starts);
  gtk_widget_class_bind_template_child (widget_class, SgTimePopover, marks_group);
  gtk_widget_class_bind_template_child (widget_class, SgTimePopover, starts_group);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
sg_time_popover_init (SgTimePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
