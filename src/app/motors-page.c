/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are made anew when the model is another. A sensor's bar is of its greatest value so far. */
#include "config.h"

#include "app/motors-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/joint-row.h"
#include "app/motor-row.h"
#include "base/units.h"

#define BAR 160 /* px, a sensor's */
#define NARROW_BAR 60
#define BELOW_ROW 6 /* px, of several lines */

typedef struct
{
  int place; /* in sensordata */
  const char *unit;
  double most; /* its greatest size so far */
  GtkLevelBar *bar;
  GtkLabel *value;
} Sensor;

typedef struct
{
  int equality;
  GtkCheckButton *check;
} Tie;

struct _SgMotorsPage
{
  GtkBox parent_instance;
  GtkLabel *none;
  GtkBox *motors, *joints, *ties;
  GtkGrid *sensors;
  SgSimulation *simulation;
  SgPads *pads;          /* with the simulation */
  SgModel *model;        /* (nullable): of the rows */
  SgThingNames *names;   /* (nullable) */
  GPtrArray *motor_rows; /* SgMotorRow */
  GPtrArray *joint_rows; /* SgJointRow */
  GArray *sensor_rows;   /* Sensor */
  GArray *tie_rows;      /* Tie */
  gboolean filling, narrow;
};

G_DEFINE_FINAL_TYPE (SgMotorsPage, sg_motors_page, GTK_TYPE_BOX)

static void
remove_children (GtkWidget *parent, void (*remove) (gpointer parent, GtkWidget *child))
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)) != NULL)
    remove (parent, child);
}

static void
remove_from_box (gpointer parent, GtkWidget *child)
{
  gtk_box_remove (parent, child);
}

static void
remove_from_grid (gpointer parent, GtkWidget *child)
{
  gtk_grid_remove (parent, child);
}

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
add_row (SgMotorsPage *self, GtkBox *rows, GtkWidget *row)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row), self->narrow ? GTK_ORIENTATION_VERTICAL
                                                                     : GTK_ORIENTATION_HORIZONTAL);
  if (self->narrow)
    {
      gtk_box_set_spacing (GTK_BOX (row), 0);
      gtk_widget_set_margin_bottom (row, BELOW_ROW);
    }
  gtk_box_append (rows, row);
}

static void
add_motors (SgMotorsPage *self, const mjModel *model)
{
  if (model->nactuator > 0)
    gtk_box_append (self->motors, new_heading (_ ("Motors")));
  for (int i = 0; i < model->nactuator && i < SG_MOTORS_PAGE_MOST; i++)
    {
      GtkWidget *row = sg_motor_row_new (self->simulation, i, self->names);

      add_row (self, self->motors, row);
      sg_motor_row_set_pads (SG_MOTOR_ROW (row), self->pads);
      g_ptr_array_add (self->motor_rows, row);
    }
}

static void
add_joints (SgMotorsPage *self, const mjModel *model)
{
  g_autoptr (GtkSizeGroup) ranges = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  guint left = 0;

  for (int i = 0; i < model->njnt; i++)
    {
      gboolean fits = sg_joint_row_fits (model, i);

      left += fits && self->joint_rows->len == SG_MOTORS_PAGE_MOST;
      if (!fits || self->joint_rows->len == SG_MOTORS_PAGE_MOST)
        continue;
      if (self->joint_rows->len == 0)
        gtk_box_append (self->joints, new_heading (_ ("Joints")));
      GtkWidget *row = sg_joint_row_new (self->simulation, i, self->names, ranges);
      add_row (self, self->joints, row);
      g_ptr_array_add (self->joint_rows, row);
    }
  if (left > 0)
    {
      g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "and %u more", "and %u more", left), left);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (self->joints, label);
    }
}

static void
add_sensor (SgMotorsPage *self, const mjModel *model, int sensor, int component)
{
  const char *id = mj_id2name (model, mjOBJ_SENSOR, sensor);
  const SgQuantity quantity = { SG_QUANTITY_SENSOR, (char *)id, sensor, component };
  g_autofree char *name = sg_thing_names_of_quantity (self->names, &quantity);
  Sensor row = { model->sensor_adr[sensor] + component, sg_quantity_get_unit (&quantity, model) };
  int at = (int)self->sensor_rows->len + 1;
  GtkWidget *label = gtk_label_new (name);

  row.bar = GTK_LEVEL_BAR (gtk_level_bar_new ());
  row.value = GTK_LABEL (gtk_label_new ("—"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, name);
  gtk_label_set_xalign (row.value, 1);
  gtk_label_set_width_chars (row.value, 10);
  gtk_level_bar_remove_offset_value (row.bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (row.bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (row.bar, GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_set_size_request (GTK_WIDGET (row.bar), self->narrow ? NARROW_BAR : BAR, -1);
  gtk_widget_set_valign (GTK_WIDGET (row.bar), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row.bar), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_grid_attach (self->sensors, label, 0, at, 1, 1);
  gtk_grid_attach (self->sensors, GTK_WIDGET (row.bar), 1, at, 1, 1);
  gtk_grid_attach (self->sensors, GTK_WIDGET (row.value), 2, at, 1, 1);
  g_array_append_val (self->sensor_rows, row);
}

static void
add_sensors (SgMotorsPage *self, const mjModel *model)
{
  if (model->nsensor > 0)
    gtk_grid_attach (self->sensors, new_heading (_ ("Sensors")), 0, 0, 3, 1);
  for (int sensor = 0; sensor < model->nsensor; sensor++)
    for (int i = 0; i < model->sensor_dim[sensor] && self->sensor_rows->len < SG_MOTORS_PAGE_MOST; i++)
      add_sensor (self, model, sensor, i);
}

static void
tie_toggled_cb (SgMotorsPage *self, GtkCheckButton *check)
{
  for (guint i = 0; i < self->tie_rows->len && !self->filling; i++)
    if (g_array_index (self->tie_rows, Tie, i).check == check)
      sg_simulation_set_equality (self->simulation, g_array_index (self->tie_rows, Tie, i).equality,
                                  gtk_check_button_get_active (check));
}

static void
add_ties (SgMotorsPage *self, const mjModel *model)
{
  if (model->neq > 0)
    gtk_box_append (self->ties, new_heading (_ ("Ties")));
  for (int i = 0; i < model->neq && i < SG_MOTORS_PAGE_MOST; i++)
    {
      const char *name = mj_id2name (model, mjOBJ_EQUALITY, i);
      const char *words = sg_thing_names_find (self->names, mjOBJ_EQUALITY, name);
      g_autofree char *number = g_strdup_printf (_ ("tie %d"), i);
      const char *label = words != NULL ? words : name != NULL ? name
                                                               : number;
      Tie row = { i, GTK_CHECK_BUTTON (gtk_check_button_new_with_label (label)) };

      gtk_widget_set_halign (GTK_WIDGET (row.check), GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (GTK_WIDGET (row.check), _ ("Whether it holds together"));
      gtk_check_button_set_active (row.check, model->eq_active0[i]);
      g_signal_connect_object (row.check, "toggled", G_CALLBACK (tie_toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->ties, GTK_WIDGET (row.check));
      g_array_append_val (self->tie_rows, row);
    }
}

static void
fill (SgMotorsPage *self, SgModel *model)
{
  const mjModel *m = model != NULL ? sg_model_get (model) : NULL;

  g_ptr_array_set_size (self->motor_rows, 0);
  g_ptr_array_set_size (self->joint_rows, 0);
  g_array_set_size (self->sensor_rows, 0);
  g_array_set_size (self->tie_rows, 0);
  remove_children (GTK_WIDGET (self->motors), remove_from_box);
  remove_children (GTK_WIDGET (self->joints), remove_from_box);
  remove_children (GTK_WIDGET (self->sensors), remove_from_grid);
  remove_children (GTK_WIDGET (self->ties), remove_from_box);
  g_clear_pointer (&self->model, sg_model_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->none), m == NULL || m->nactuator + m->nsensor + m->neq == 0);
  if (m == NULL)
    return;
  self->model = sg_model_ref (model);
  add_motors (self, m);
  add_joints (self, m);
  add_sensors (self, m);
  add_ties (self, m);
}

static void
show_sensor (Sensor *row, double value)
{
  g_autofree char *text = sg_units_format (value, row->unit);

  row->most = fmax (row->most, fabs (value));
  gtk_level_bar_set_value (row->bar, row->most > 0 ? fabs (value) / row->most : 0);
  if (!g_str_equal (gtk_label_get_label (row->value), text))
    gtk_label_set_label (row->value, text);
}

/* They come with another model, but for a part that was given another name. */
void
sg_motors_page_set_names (SgMotorsPage *self, SgThingNames *names)
{
  g_clear_pointer (&self->names, sg_thing_names_unref);
  self->names = names != NULL ? sg_thing_names_ref (names) : NULL;
  g_clear_pointer (&self->model, sg_model_unref); /* so that the rows are made anew */
}

void
sg_motors_page_set_narrow (SgMotorsPage *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  g_clear_pointer (&self->model, sg_model_unref); /* so that the rows are made anew */
}

void
sg_motors_page_refresh (SgMotorsPage *self, const SgReadout *readout)
{
  SgModel *model = sg_simulation_get_model (self->simulation);

  if (model != self->model || model == NULL)
    fill (self, model);
  if (model == NULL || readout->model != model)
    return;
  for (guint i = 0; i < self->motor_rows->len; i++)
    sg_motor_row_refresh (self->motor_rows->pdata[i], readout);
  for (guint i = 0; i < self->joint_rows->len; i++)
    sg_joint_row_refresh (self->joint_rows->pdata[i], readout);
  for (guint i = 0; i < self->sensor_rows->len; i++)
    {
      Sensor *row = &g_array_index (self->sensor_rows, Sensor, i);

      show_sensor (row, readout->sensors[row->place]);
    }
  self->filling = TRUE;
  for (guint i = 0; i < self->tie_rows->len; i++)
    {
      const Tie *row = &g_array_index (self->tie_rows, Tie, i);

      gtk_check_button_set_active (row->check, readout->equalities[row->equality]);
    }
  self->filling = FALSE;
}

void
sg_motors_page_set_simulation (SgMotorsPage *self, SgSimulation *simulation)
{
  if (!g_set_object (&self->simulation, simulation))
    return;
  g_clear_object (&self->pads);
  self->pads = sg_pads_new (simulation);
}

static void
sg_motors_page_dispose (GObject *object)
{
  SgMotorsPage *self = SG_MOTORS_PAGE (object);

  g_clear_pointer (&self->motor_rows, g_ptr_array_unref);
  g_clear_pointer (&self->joint_rows, g_ptr_array_unref);
  g_clear_pointer (&self->sensor_rows, g_array_unref);
  g_clear_pointer (&self->tie_rows, g_array_unref);
  g_clear_pointer (&self->model, sg_model_unref);
  g_clear_pointer (&self->names, sg_thing_names_unref);
  g_clear_object (&self->pads);
  g_clear_object (&self->simulation);
  G_OBJECT_CLASS (sg_motors_page_parent_class)->dispose (object);
}

static void
sg_motors_page_class_init (SgMotorsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_motors_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/motors-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SgMotorsPage, none);
  gtk_widget_class_bind_template_child (widget_class, SgMotorsPage, motors);
  gtk_widget_class_bind_template_child (widget_class, SgMotorsPage, joints);
  gtk_widget_class_bind_template_child (widget_class, SgMotorsPage, sensors);
  gtk_widget_class_bind_template_child (widget_class, SgMotorsPage, ties);
}

static void
sg_motors_page_init (SgMotorsPage *self)
{
  self->motor_rows = g_ptr_array_new ();
  self->joint_rows = g_ptr_array_new ();
  self->sensor_rows = g_array_new (FALSE, FALSE, sizeof (Sensor));
  self->tie_rows = g_array_new (FALSE, FALSE, sizeof (Tie));
  gtk_widget_init_template (GTK_WIDGET (self));
}
