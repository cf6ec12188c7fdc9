/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is measured, against what a physics class works out. */
#include "sim/quantity.h"

#include <math.h>

#include "models.h"

/* A 2 kg box on the floor; a wheel that a velocity motor turns; a ball on a stretched spring. */
#define BENCH                                                                                            \
  "<mujoco><option timestep='0.002' integrator='implicitfast' cone='elliptic'/><worldbody>"              \
  "<geom name='floor' type='plane' size='9 9 1'/>"                                                       \
  "<body name='box' pos='0 0 .1'><joint name='box.x' type='slide' axis='1 0 0'/>"                        \
  "<joint name='box.z' type='slide' axis='0 0 1'/><joint name='box.turn' type='hinge' axis='0 1 0'/>"    \
  "<geom type='box' size='.2 .1 .1' mass='2'/></body>"                                                   \
  "<body name='wheel' pos='3 0 3'><joint name='axle' type='hinge' axis='0 1 0'/>"                        \
  "<geom type='cylinder' size='.2 .05' euler='90 0 0' mass='1'/></body>"                                 \
  "<body name='ball' pos='-3 0 1.5'><joint name='ball.z' type='slide' axis='0 0 1'/>"                    \
  "<geom size='.1' mass='1'/><site name='hook' pos='0 0 0'/></body><site name='nail' pos='-3 0 2.5'/>"   \
  "</worldbody><tendon><spatial name='spring' stiffness='100' springlength='.6'><site site='nail'/>"     \
  "<site site='hook'/></spatial></tendon><actuator><general name='drive' joint='axle' gaintype='fixed' " \
  "gainprm='20' biastype='affine' biasprm='60 0 -20' ctrllimited='true' ctrlrange='-5 5'/></actuator>"   \
  "<sensor><jointvel name='tacho' joint='axle'/><framepos name='where' objtype='body' "                  \
  "objname='box'/></sensor>"                                                                             \
  "</mujoco>"

static double
measure (SgModel *model, mjData *data, SgQuantityKind kind, const char *name, int component)
{
  g_autoptr (SgQuantity) quantity = sg_quantity_new (kind, name, -1, component);
  SgMoment moment = { sg_model_get (model), data, data->qpos, data->qvel, data->time };

  sg_energy_measure (moment.model, data, data->qpos, data->qvel, moment.energy);
  sg_quantity_resolve (quantity, moment.model);
  return sg_quantity_read (quantity, &moment);
}

static void
test_values (void)
{
  g_autoptr (SgModel) model = test_model (BENCH);
  mjData *data = test_data (model);

  for (int i = 0; i < 1000; i++)
    mj_step (sg_model_get (model), data);
  mj_forward (sg_model_get (model), data);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_PRESSED, "box", 0), 2 * 9.81, 0.05);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_Z, "box", 0), 0.1, 0.002);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_JOINT_VELOCITY, "axle", 0), 3, 0.01);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_TURNING, "wheel", 0), -3, 0.01);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_SENSOR, "tacho", 0), 3, 0.01);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_SENSOR, "where", 2), 0.1, 0.002);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_BODY_KINETIC, "wheel", 0),
                                  0.5 * 0.5 * 1 * 0.04 * 9, 0.002);
  double length = measure (model, data, SG_QUANTITY_TENDON_LENGTH, "spring", 0);
  g_assert_cmpfloat_with_epsilon (length, 2.5 - measure (model, data, SG_QUANTITY_Z, "ball", 0), 1e-9);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_TENDON_FORCE, "spring", 0),
                                  100 * (length - 0.6), 1e-9);
  double speed = measure (model, data, SG_QUANTITY_VZ, "ball", 0);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_SPEED, "ball", 0), fabs (speed), 1e-12);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_KINETIC, NULL, 0),
                                  0.5 * speed * speed + 0.5 * 0.5 * 0.04 * 9, 0.003);
  g_assert_cmpfloat (measure (model, data, SG_QUANTITY_CONTACTS, NULL, 0), ==, data->ncon);
  data->ctrl[0] = 2;
  g_assert_cmpfloat (measure (model, data, SG_QUANTITY_CONTROL, "drive", 0), ==, 2);
  g_assert_true (isnan (measure (model, data, SG_QUANTITY_Z, "nobody", 0)));
  g_assert_true (isnan (measure (model, data, SG_QUANTITY_LOST, NULL, 0))); /* nobody keeps a ledger */
  mj_deleteData (data);
}

/* As it is seen: rising to the left is positive, whatever the engine counts. */
static void
test_angle (void)
{
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);
  mjData *data = test_data (model);

  data->qpos[0] = -0.5; /* about +y, which points away: anticlockwise as seen */
  data->qvel[0] = -1;
  mj_forward (sg_model_get (model), data);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_ANGLE, "rod1", 0), 0.5 * 180 / G_PI,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_TURNING, "rod1", 0), 1, 1e-9);
  g_assert_cmpfloat (measure (model, data, SG_QUANTITY_X, "rod1", 0), >, 0); /* it hangs out to the right */
  g_assert_cmpfloat_with_epsilon (measure (model, data, SG_QUANTITY_JOINT_POSITION, "top", 0),
                                  -0.5 * 180 / G_PI, 1e-9);
  mj_deleteData (data);
}

static void
test_list (void)
{
  g_autoptr (SgModel) model = test_model (BENCH);
  g_autoptr (GPtrArray) list = sg_quantity_list (sg_model_get (model));
  guint n_sensors = 0;

  for (guint i = 0; i < list->len; i++)
    {
      SgQuantity *quantity = list->pdata[i];
      g_autofree char *thing = sg_quantity_describe_thing (quantity);

      g_assert_cmpint (*thing, !=, '\0');
      g_assert_cmpint (*sg_quantity_describe (quantity), !=, '\0');
      g_assert_nonnull (sg_quantity_get_unit (quantity, sg_model_get (model)));
      g_assert_true (sg_quantity_resolve (quantity, sg_model_get (model)));
      n_sensors += quantity->kind == SG_QUANTITY_SENSOR;
      for (guint k = 0; k < i; k++)
        g_assert_false (sg_quantity_equal (quantity, list->pdata[k]));
    }
  g_assert_cmpuint (n_sensors, ==, 4);
  g_autoptr (GPtrArray) none = sg_quantity_list (NULL);
  g_assert_cmpuint (none->len, ==, SG_QUANTITY_CONTACTS + 1);
}

static void
test_motor_words (void)
{
  g_autoptr (SgModel) model = test_model (BENCH);
  double range[2];

  g_assert_cmpstr (sg_quantity_get_control_unit (sg_model_get (model), 0), ==, "rad/s");
  sg_quantity_get_control_range (sg_model_get (model), 0, range);
  g_assert_cmpfloat (range[0], ==, -5);
  g_assert_cmpfloat (range[1], ==, 5);
}

/* The same thing under another number is found by its name; another of that number is not taken for it. */
static void
test_another_model (void)
{
  g_autoptr (SgModel) model = test_model (BENCH), other = test_model (DOUBLE_PENDULUM);
  g_autoptr (SgQuantity) height = sg_quantity_new (SG_QUANTITY_Z, "ball", -1, 0);
  g_autoptr (SgQuantity) unnamed = sg_quantity_new (SG_QUANTITY_Z, NULL, 2, 0);
  g_autofree char *words = sg_quantity_describe_thing (unnamed);

  g_assert_true (sg_quantity_resolve (height, sg_model_get (model)));
  g_assert_cmpint (height->object, ==, 3);
  g_assert_false (sg_quantity_resolve (height, sg_model_get (other)));
  g_assert_cmpint (height->object, ==, -1);
  g_assert_true (sg_quantity_resolve (height, sg_model_get (model)));
  g_assert_true (sg_quantity_resolve (unnamed, sg_model_get (other)));
  g_assert_cmpstr (words, ==, "body 2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sg_model_init_library (NULL));
  g_test_add_func ("/sim/quantity/values", test_values);
  g_test_add_func ("/sim/quantity/angle", test_angle);
  g_test_add_func ("/sim/quantity/list", test_list);
  g_test_add_func ("/sim/quantity/motor-words", test_motor_words);
  g_test_add_func ("/sim/quantity/another-model", test_another_model);
  return g_test_run ();
}
