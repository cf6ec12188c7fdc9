/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By hand the slider is the control; else it is the middle of the course, or the place that is held (in
 * degrees, as everything that turns is shown). */
#include "config.h"

#include "app/motor-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/direction.h"
#include "base/units.h"

#define DEGREE (G_PI / 180)
#define SETTLE 400000 /* us after a change by hand until what the simulation says counts again */

struct _SgMotorRow
{
  GtkBox parent_instance;
  GtkLabel *name, *unit, *force;
  GtkDropDown *shape, *pad;
  GtkScale *scale;
  GtkSpinButton *number, *amplitude_number;
  GtkAdjustment *level, *amplitude, *period;
  GtkWidget *course;
  SgSimulation *simulation;
  SgPads *pads; /* (nullable) */
  SgModel *model;
  int motor, control; /* the latter -1: it is told nothing */
  double by_hand;     /* what the slider was at, by hand */
  gint64 touched_us;  /* when something was changed by hand */
  gboolean filling;   /* values change by the program */
};

G_DEFINE_FINAL_TYPE (SgMotorRow, sg_motor_row, GTK_TYPE_BOX)

static SgWaveShape
get_shape (SgMotorRow *self)
{
  return (SgWaveShape)MIN (gtk_drop_down_get_selected (self->shape), SG_WAVE_HOLD);
}

static gboolean
is_turning (SgMotorRow *self)
{
  const SgQuantity force = { SG_QUANTITY_MOTOR_FORCE, NULL, self->motor, 0 };

  return g_str_equal (sg_quantity_get_unit (&force, sg_model_get (self->model)), "N m");
}

static void
send (SgMotorRow *self)
{
  SgWaveShape shape = get_shape (self);
  SgWave wave = sg_wave_default (shape, sg_model_get (self->model), self->control);

  if (self->filling || self->control < 0)
    return;
  self->touched_us = g_get_monotonic_time ();
  wave.level = gtk_adjustment_get_value (self->level);
  wave.amplitude = gtk_adjustment_get_value (self->amplitude);
  wave.period = gtk_adjustment_get_value (self->period);
  if (shape == SG_WAVE_HOLD && is_turning (self))
    wave.level *= DEGREE;
  if (shape == SG_WAVE_NONE)
    {
      self->by_hand = wave.level;
      sg_simulation_set_control (self->simulation, self->control, wave.level);
    }
  else
    sg_simulation_set_wave (self->simulation, self->control, &wave);
}

static void
level_changed_cb (SgMotorRow *self)
{
  send (self);
}

static void
course_changed_cb (SgMotorRow *self)
{
  send (self);
}

static void
set_range (GtkAdjustment *adjustment, double low, double high, double value)
{
  double step = pow (10, floor (log10 (MAX (high - low, 1e-6)) - 1.7));

  gtk_adjustment_configure (adjustment, value, low, high, step, 10 * step, 0);
}

/* The slider's range and unit, by what it is for now. */
static void
fill_level (SgMotorRow *self)
{
  const mjModel *model = sg_model_get (self->model);
  SgWaveShape shape = get_shape (self);
  double range[2];

  sg_quantity_get_control_range (model, self->motor, range);
  self->filling = TRUE;
  if (shape == SG_WAVE_HOLD)
    {
      double reach = is_turning (self) ? 180 : 2;

      set_range (self->level, -reach, reach, 0);
      gtk_label_set_label (self->unit, is_turning (self) ? "°" : "m");
    }
  else
    {
      set_range (self->level, range[0], range[1],
                 CLAMP (shape == SG_WAVE_NONE ? self->by_hand : 0, range[0], range[1]));
      gtk_label_set_label (self->unit, sg_quantity_get_control_unit (model, self->motor));
    }
  set_range (self->amplitude, range[0] - range[1], range[1] - range[0], (range[1] - range[0]) / 4);
  gtk_widget_set_visible (self->course, shape != SG_WAVE_NONE && shape != SG_WAVE_HOLD);
  self->filling = FALSE;
}

static void
shape_chosen_cb (SgMotorRow *self)
{
  const SgWave none = { SG_WAVE_NONE, .period = 1, .rate = 1 };

  if (self->model == NULL || self->filling)
    return;
  fill_level (self);
  if (get_shape (self) == SG_WAVE_NONE && self->control >= 0)
    sg_simulation_set_wave (self->simulation, self->control, &none);
  send (self);
}

static void
pad_chosen_cb (SgMotorRow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->pad);

  if (self->pads == NULL || self->filling || chosen >= SG_N_PAD_CONTROLS)
    return;
  sg_pad_map_bind (sg_pads_get_map (self->pads), sg_model_get (self->model), self->motor, chosen);
  if (chosen != SG_PAD_NONE)
    gtk_drop_down_set_selected (self->shape, SG_WAVE_NONE); /* two hands would be one too many */
  sg_pads_tell (self->pads);
}

static void
show_pads (SgMotorRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->pad), sg_pads_get_n (self->pads) > 0 && self->control >= 0);
}

void
sg_motor_row_set_pads (SgMotorRow *self, SgPads *pads)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_set_object (&self->pads, pads);
  for (guint i = 0; i < SG_N_PAD_CONTROLS; i++)
    gtk_string_list_append (names, sg_pad_control_describe (i));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->pad, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (
    self->pad, sg_pad_map_get (sg_pads_get_map (pads), sg_model_get (self->model), self->motor));
  self->filling = FALSE;
  g_signal_connect_object (pads, "changed", G_CALLBACK (show_pads), self, G_CONNECT_SWAPPED);
  show_pads (self);
}

/* After a reset, a jump in time or an edit the simulation knows what the motor is told. */
static void
follow (SgMotorRow *self, const SgReadout *readout)
{
  const SgWave *wave = self->control >= 0 ? &readout->waves[self->control] : NULL;

  if (wave == NULL || g_get_monotonic_time () - self->touched_us < SETTLE)
    return;
  double level = wave->shape == SG_WAVE_NONE ? readout->settings[self->control] : wave->level;
  self->by_hand = readout->settings[self->control];
  if (wave->shape != get_shape (self))
    {
      self->filling = TRUE;
      gtk_drop_down_set_selected (self->shape, wave->shape);
      fill_level (self);
    }
  self->filling = TRUE;
  gtk_adjustment_set_value (self->level,
                            wave->shape == SG_WAVE_HOLD && is_turning (self) ? level / DEGREE : level);
  if (wave->shape != SG_WAVE_NONE && wave->shape != SG_WAVE_HOLD)
    {
      gtk_adjustment_set_value (self->amplitude, wave->amplitude);
      gtk_adjustment_set_value (self->period, wave->period);
    }
  self->filling = FALSE;
}

void
sg_motor_row_refresh (SgMotorRow *self, const SgReadout *readout)
{
  const mjModel *model = sg_model_get (self->model);
  const SgQuantity force = { SG_QUANTITY_MOTOR_FORCE, NULL, self->motor, 0 };

  if (readout->model != self->model)
    return;
  g_autofree char *text = sg_units_format (readout->forces[model->actuator_outadr[self->motor]],
                                           sg_quantity_get_unit (&force, model));
  if (!g_str_equal (gtk_label_get_label (self->force), text))
    gtk_label_set_label (self->force, text);
  follow (self, readout);
}

static void
sg_motor_row_dispose (GObject *object)
{
  SgMotorRow *self = SG_MOTOR_ROW (object);

  g_clear_object (&self->simulation);
  g_clear_object (&self->pads);
  g_clear_pointer (&self->model, sg_model_unref);
  G_OBJECT_CLASS (sg_motor_row_parent_class)->dispose (object);
}

static void
sg_motor_row_class_init (SgMotorRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_motor_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/motor-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, name);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, unit);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, force);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, shape);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, pad);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, scale);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, number);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, amplitude_number);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, level);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, amplitude);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, period);
  gtk_widget_class_bind_template_child (widget_class, SgMotorRow, course);
  gtk_widget_class_bind_template_callback (widget_class, course_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, level_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pad_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, shape_chosen_cb);
}

static void
sg_motor_row_init (SgMotorRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_direction_keep_number (self->number);
  sg_direction_keep_number (self->amplitude_number);
}

static void
name_parts (SgMotorRow *self, const char *name)
{
  g_autofree char *course = g_strdup_printf (_ ("Course of %s"), name);

  gtk_label_set_label (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->shape), GTK_ACCESSIBLE_PROPERTY_LABEL, course, -1);
}

GtkWidget *
sg_motor_row_new (SgSimulation *simulation, int motor, const SgThingNames *names)
{
  SgMotorRow *self = g_object_new (SG_TYPE_MOTOR_ROW, NULL);
  const mjModel *model = sg_model_get (sg_simulation_get_model (simulation));
  const SgQuantity control = { SG_QUANTITY_CONTROL, (char *)mj_id2name (model, mjOBJ_ACTUATOR, motor),
                               motor, 0 };
  g_autofree char *name = sg_thing_names_of_quantity (names, &control);

  self->simulation = g_object_ref (simulation);
  self->model = sg_model_ref (sg_simulation_get_model (simulation));
  self->motor = motor;
  self->control = model->actuator_ctrlnum[motor] > 0 ? model->actuator_ctrladr[motor] : -1;
  name_parts (self, name);
  fill_level (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), self->control >= 0);
  return GTK_WIDGET (self);
}
