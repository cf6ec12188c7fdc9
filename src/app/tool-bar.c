/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawing tools, and the two choices that belong to tools as popovers over their buttons, made when they
 * are first asked for. */
#include "config.h"

#include "app/tool-bar.h"

#include <glib/gi18n.h>

struct _SgToolBar
{
  GtkBox parent_instance;
  GtkWidget *eraser, *shape;               /* buttons */
  GtkWidget *eraser_choice, *shape_choice; /* popovers, (nullable): never opened yet */
  guint chosen;                            /* idle: the eraser was taken up in this turn of the main loop */
};

G_DEFINE_FINAL_TYPE (SgToolBar, sg_tool_bar, GTK_TYPE_BOX)

static void
open_over (SgToolBar *self, GtkWidget *popover, GtkWidget *button)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (button, GTK_WIDGET (self), &bounds))
    return;
  gtk_popover_set_pointing_to (
    GTK_POPOVER (popover),
    &(GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (popover));
}

static gboolean
forget_chosen_cb (gpointer data)
{
  SG_TOOL_BAR (data)->chosen = 0;
  return G_SOURCE_REMOVE;
}

static void
eraser_toggled_cb (SgToolBar *self)
{
  if (self->chosen == 0)
    self->chosen = g_idle_add (forget_chosen_cb, self);
}

static void
choice_made_cb (SgToolBar *self)
{
  if (self->eraser_choice != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->eraser_choice));
  if (self->shape_choice != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->shape_choice));
}

static void
name_button (GtkWidget *button, const char *icon, const char *name, const char *tooltip)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
sg_tool_bar_set_eraser (SgToolBar *self, gboolean cuts)
{
  if (cuts)
    name_button (self->eraser, "sg-eraser-parts-symbolic", _ ("Eraser of parts"),
                 _ ("Eraser of what it passes over (E); press again for whole strokes"));
  else
    name_button (self->eraser, "sg-eraser-symbolic", _ ("Eraser"),
                 _ ("Eraser of whole strokes (E); press again for parts"));
}

void
sg_tool_bar_set_shape (SgToolBar *self, SgRuledShape shape)
{
  static const char *const names[SG_N_RULED_SHAPES] = { N_ ("Shape: line"), N_ ("Shape: box"),
                                                        N_ ("Shape: circle"), N_ ("Shape: triangle"),
                                                        N_ ("Shape: wedge"), N_ ("Shape: spring") };
  g_autofree char *icon = g_strdup_printf ("sg-%s-symbolic", sg_ruled_shape_names[shape]);

  name_button (self->shape, icon, _ (names[shape]),
               _ ("Shapes (S): line, box, circle, spring; Shift for equal sides"));
}

static void
add_choice (SgToolBar *self, GtkWidget *box, GtkWidget *button, const char *action, const char *name)
{
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_popover (SgToolBar *self, GtkWidget *box, const char *label)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  return popover;
}

static GtkWidget *
make_eraser_choice (SgToolBar *self)
{
  static const struct
  {
    const char *name, *label;
  } choices[] = { { "strokes", N_ ("Whole strokes") }, { "parts", N_ ("Only what it passes over") } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *button = gtk_check_button_new_with_label (_ (choices[i].label));

      add_choice (self, box, button, "win.eraser", choices[i].name);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (choice_made_cb), self);
    }
  return make_popover (self, box, _ ("What the eraser takes"));
}

static GtkWidget *
make_shape_choice (SgToolBar *self)
{
  static const char *const labels[SG_N_RULED_SHAPES] = { N_ ("Line"), N_ ("Box"), N_ ("Circle or ellipse"),
                                                         N_ ("Triangle"), N_ ("Wedge"), N_ ("Spring") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  for (guint i = 0; i < SG_N_RULED_SHAPES; i++)
    {
      g_autofree char *icon = g_strdup_printf ("sg-%s-symbolic", sg_ruled_shape_names[i]);
      GtkWidget *button = gtk_toggle_button_new ();

      name_button (button, icon, _ (labels[i]), _ (labels[i]));
      gtk_widget_add_css_class (button, "flat");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (choice_made_cb), self);
      add_choice (self, box, button, "win.shape", sg_ruled_shape_names[i]);
    }
  return make_popover (self, box, _ ("Shapes"));
}

/* The click that takes it up asks nothing. */
static void
eraser_clicked_cb (SgToolBar *self)
{
  if (self->chosen != 0)
    return;
  if (self->eraser_choice == NULL)
    self->eraser_choice = make_eraser_choice (self);
  open_over (self, self->eraser_choice, self->eraser);
}

static void
shape_clicked_cb (SgToolBar *self)
{
  if (self->shape_choice == NULL)
    self->shape_choice = make_shape_choice (self);
  open_over (self, self->shape_choice, self->shape);
}

static void
sg_tool_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SgToolBar *self = SG_TOOL_BAR (widget);

  GTK_WIDGET_CLASS (sg_tool_bar_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->eraser_choice != NULL)
    gtk_popover_present (GTK_POPOVER (self->eraser_choice));
  if (self->shape_choice != NULL)
    gtk_popover_present (GTK_POPOVER (self->shape_choice));
}

static void
sg_tool_bar_dispose (GObject *object)
{
  SgToolBar *self = SG_TOOL_BAR (object);

  g_clear_handle_id (&self->chosen, g_source_remove);
  g_clear_pointer (&self->eraser_choice, gtk_widget_unparent);
  g_clear_pointer (&self->shape_choice, gtk_widget_unparent);
  G_OBJECT_CLASS (sg_tool_bar_parent_class)->dispose (object);
}

static void
sg_tool_bar_class_init (SgToolBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_tool_bar_dispose;
  widget_class->size_allocate = sg_tool_bar_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/tool-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SgToolBar, eraser);
  gtk_widget_class_bind_template_child (widget_class, SgToolBar, shape);
  gtk_widget_class_bind_template_callback (widget_class, eraser_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, eraser_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, shape_clicked_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

static void
sg_tool_bar_init (SgToolBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
