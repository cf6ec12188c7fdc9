/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hinges in degrees, slides in metres. A hinge with no range shows its angle within the turn that it is in,
 * and goes the short way to where it is moved; a slide with no range has a slider that grows with where it
 * goes. */
#include "config.h"

#include "app/joint-row.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/direction.h"
#include "base/units.h"

#define DEGREE (G_PI / 180)
#define SETTLE 400000 /* us after a change by hand until what the simulation says counts again */
#define REACH 2.0     /* m: of a slide with no range, at first */

struct _SgJointRow
{
  GtkBox parent_instance;
  GtkLabel *name, *unit, *range;
  GtkScale *scale;
  GtkSpinButton *number;
  GtkAdjustment *position;
  SgSimulation *simulation;
  SgModel *model;
  int joint;
  double turns;      /* degrees of the whole turns that the slider does not show */
  gint64 touched_us; /* when it was moved by hand */
  gboolean filling;  /* values change by the program */
};

G_DEFINE_FINAL_TYPE (SgJointRow, sg_joint_row, GTK_TYPE_BOX)

gboolean
sg_joint_row_fits (const mjModel *model, int joint)
{
  return model->jnt_type[joint] == mjJNT_HINGE || model->jnt_type[joint] == mjJNT_SLIDE;
}

static gboolean
is_hinge (SgJointRow *self)
{
  return sg_model_get (self->model)->jnt_type[self->joint] == mjJNT_HINGE;
}

static gboolean
is_limited (SgJointRow *self)
{
  return sg_model_get (self->model)->jnt_limited[self->joint];
}

static void
position_changed_cb (SgJointRow *self)
{
  double value = gtk_adjustment_get_value (self->position) + self->turns;

  if (self->filling)
    return;
  self->touched_us = g_get_monotonic_time ();
  sg_simulation_set_joint (self->simulation, (guint)self->joint, is_hinge (self) ? value * DEGREE : value);
}

/* -- What it shows -- */

static void
set_reach (SgJointRow *self, double low, double high)
{
  double step = is_hinge (self) ? 1 : 0.01;

  gtk_adjustment_configure (self->position, gtk_adjustment_get_value (self->position), low, high, step,
                            10 * step, 0);
}

static void
fill_range (SgJointRow *self)
{
  const double *range = sg_model_get (self->model)->jnt_range + 2 * self->joint;
  double unit = is_hinge (self) ? DEGREE : 1;
  g_autofree char *text = NULL;

  gtk_label_set_label (self->unit, is_hinge (self) ? "°" : "m");
  gtk_spin_button_set_digits (self->number, is_hinge (self) ? 1 : 3);
  if (is_limited (self))
    {
      set_reach (self, range[0] / unit, range[1] / unit);
      g_autofree char *low = sg_units_say (range[0] / unit, is_hinge (self) ? "°" : "m");
      g_autofree char *high = sg_units_say (range[1] / unit, is_hinge (self) ? "°" : "m");
      text = g_strdup_printf ("%s … %s", low, high);
    }
  else
    set_reach (self, is_hinge (self) ? -180 : -REACH, is_hinge (self) ? 180 : REACH);
  gtk_label_set_label (self->range, text != NULL ? text : _ ("free"));
}

static void
make_room (SgJointRow *self, double value)
{
  double reach = gtk_adjustment_get_upper (self->position);

  while (fabs (value) > reach && reach < 1e6)
    reach *= 2;
  if (reach != gtk_adjustment_get_upper (self->position))
    set_reach (self, -reach, reach);
}

void
sg_joint_row_refresh (SgJointRow *self, const SgReadout *readout)
{
  if (readout->model != self->model || g_get_monotonic_time () - self->touched_us < SETTLE)
    return;
  double value = readout->positions[self->joint];
  self->filling = TRUE;
  self->turns = 0;
  if (is_hinge (self))
    value /= DEGREE;
  if (is_hinge (self) && !is_limited (self))
    {
      self->turns = 360 * round (value / 360);
      value -= self->turns;
    }
  else if (!is_limited (self))
    make_room (self, value);
  gtk_adjustment_set_value (self->position, value);
  self->filling = FALSE;
}

/* -- Its name -- */

/* "Wheel: turn" where its body was drawn or the joint is named after its body alone, else its name. */
static char *
describe (const mjModel *model, int joint, const SgThingNames *names)
{
  const char *name = mj_id2name (model, mjOBJ_JOINT, joint);
  const char *body = mj_id2name (model, mjOBJ_BODY, model->jnt_bodyid[joint]);
  const SgQuantity position = { SG_QUANTITY_JOINT_POSITION, (char *)name, joint, 0 };
  gboolean pinned = name != NULL && g_str_has_prefix (name, "pin_");
  const char *rest = pinned ? name + strlen ("pin_") : name;
  const char *words = sg_thing_names_find (names, mjOBJ_BODY, body);

  if (words != NULL)
    body = words;
  else if (name == NULL || body == NULL || !g_str_has_prefix (rest, body) ||
           strchr (pinned ? "_" : ".", rest[strlen (body)]) == NULL)
    return sg_quantity_describe_thing (&position);
  if (model->jnt_type[joint] == mjJNT_HINGE)
    return g_strdup_printf (_ ("%s: turn"), body);
  if (fabs (model->jnt_axis[3 * joint]) > 0.9)
    return g_strdup_printf (_ ("%s: sideways"), body);
  if (fabs (model->jnt_axis[3 * joint + 2]) > 0.9)
    return g_strdup_printf (_ ("%s: upwards"), body);
  return g_strdup_printf (_ ("%s: along"), body);
}

/* -- The class -- */

static void
sg_joint_row_dispose (GObject *object)
{
  SgJointRow *self = SG_JOINT_ROW (object);

  g_clear_object (&self->simulation);
  g_clear_pointer (&self->model, sg_model_unref);
  G_OBJECT_CLASS (sg_joint_row_parent_class)->dispose (object);
}

static void
sg_joint_row_class_init (SgJointRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_joint_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/joint-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SgJointRow, name);
  gtk_widget_class_bind_template_child (widget_class, SgJointRow, unit);
  gtk_widget_class_bind_template_child (widget_class, SgJointRow, range);
  gtk_widget_class_bind_template_child (widget_class, SgJointRow, scale);
  gtk_widget_class_bind_template_child (widget_class, SgJointRow, number);
  gtk_widget_class_bind_template_child (widget_class, SgJointRow, position);
  gtk_widget_class_bind_template_callback (widget_class, position_changed_cb);
}

static void
sg_joint_row_init (SgJointRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_direction_keep_number (self->number);
}

GtkWidget *
sg_joint_row_new (SgSimulation *simulation, int joint, const SgThingNames *names, GtkSizeGroup *ranges)
{
  SgJointRow *self = g_object_new (SG_TYPE_JOINT_ROW, NULL);
  const mjModel *model = sg_model_get (sg_simulation_get_model (simulation));
  const char *id = mj_id2name (model, mjOBJ_JOINT, joint);
  g_autofree char *name = describe (model, joint, names);

  self->simulation = g_object_ref (simulation);
  self->model = sg_model_ref (sg_simulation_get_model (simulation));
  self->joint = joint;
  gtk_size_group_add_widget (ranges, GTK_WIDGET (self->range));
  gtk_label_set_label (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), id != NULL ? id : name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->filling = TRUE;
  fill_range (self);
  self->filling = FALSE;
  return GTK_WIDGET (self);
}
