/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table says of each kind what it is of, how it is called and in what unit. */
#include "config.h"

#include "sim/quantity.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#define DEGREES (180 / G_PI)

static const struct
{
  int of; /* mjtObj; mjOBJ_UNKNOWN: of the whole */
  const char *words;
  const char *unit; /* NULL: by its thing */
} kinds[] = {
  [SG_QUANTITY_TIME] = { mjOBJ_UNKNOWN, N_ ("Time"), "s" },
  [SG_QUANTITY_KINETIC] = { mjOBJ_UNKNOWN, N_ ("Kinetic energy"), "J" },
  [SG_QUANTITY_POTENTIAL] = { mjOBJ_UNKNOWN, N_ ("Potential energy"), "J" },
  [SG_QUANTITY_ENERGY] = { mjOBJ_UNKNOWN, N_ ("Total energy"), "J" },
  [SG_QUANTITY_LOST] = { mjOBJ_UNKNOWN, N_ ("Energy lost"), "J" },
  [SG_QUANTITY_PUT_IN] = { mjOBJ_UNKNOWN, N_ ("Energy put in"), "J" },
  [SG_QUANTITY_CONTACTS] = { mjOBJ_UNKNOWN, N_ ("Contacts"), "" },
  [SG_QUANTITY_X] = { mjOBJ_BODY, N_ ("Position across"), "m" },
  [SG_QUANTITY_Y] = { mjOBJ_BODY, N_ ("Depth"), "m" },
  [SG_QUANTITY_Z] = { mjOBJ_BODY, N_ ("Height"), "m" },
  [SG_QUANTITY_VX] = { mjOBJ_BODY, N_ ("Velocity across"), "m/s" },
  [SG_QUANTITY_VY] = { mjOBJ_BODY, N_ ("Velocity in depth"), "m/s" },
  [SG_QUANTITY_VZ] = { mjOBJ_BODY, N_ ("Velocity upwards"), "m/s" },
  [SG_QUANTITY_SPEED] = { mjOBJ_BODY, N_ ("Speed"), "m/s" },
  [SG_QUANTITY_ANGLE] = { mjOBJ_BODY, N_ ("Angle"), "°" },
  [SG_QUANTITY_TURNING] = { mjOBJ_BODY, N_ ("Angular velocity"), "rad/s" },
  [SG_QUANTITY_BODY_KINETIC] = { mjOBJ_BODY, N_ ("Kinetic energy"), "J" },
  [SG_QUANTITY_PRESSED] = { mjOBJ_BODY, N_ ("Contact force"), "N" },
  [SG_QUANTITY_JOINT_POSITION] = { mjOBJ_JOINT, N_ ("Position"), NULL },
  [SG_QUANTITY_JOINT_VELOCITY] = { mjOBJ_JOINT, N_ ("Velocity"), NULL },
  [SG_QUANTITY_TENDON_LENGTH] = { mjOBJ_TENDON, N_ ("Length"), "m" },
  [SG_QUANTITY_TENDON_FORCE] = { mjOBJ_TENDON, N_ ("Tension"), "N" },
  [SG_QUANTITY_CONTROL] = { mjOBJ_ACTUATOR, N_ ("Setting"), NULL },
  [SG_QUANTITY_MOTOR_FORCE] = { mjOBJ_ACTUATOR, N_ ("Force"), NULL },
  [SG_QUANTITY_MOTOR_POWER] = { mjOBJ_ACTUATOR, N_ ("Power"), "W" },
  [SG_QUANTITY_SENSOR] = { mjOBJ_SENSOR, N_ ("Reading"), NULL },
};

/* -- Quantities as values -- */

SgQuantity *
sg_quantity_new (SgQuantityKind kind, const char *name, int object, int component)
{
  SgQuantity *quantity = g_new0 (SgQuantity, 1);

  *quantity = (SgQuantity){ kind, g_strdup (name), object, component };
  return quantity;
}

SgQuantity *
sg_quantity_copy (const SgQuantity *quantity)
{
  return sg_quantity_new (quantity->kind, quantity->name, quantity->object, quantity->component);
}

void
sg_quantity_free (SgQuantity *quantity)
{
  g_free (quantity->name);
  g_free (quantity);
}

gboolean
sg_quantity_equal (const SgQuantity *a, const SgQuantity *b)
{
  return a->kind == b->kind && a->component == b->component && g_strcmp0 (a->name, b->name) == 0 &&
         (a->name != NULL || a->object == b->object);
}

mjtObj
sg_quantity_get_object_kind (SgQuantityKind kind)
{
  return kinds[kind].of;
}

/* -- What a model has -- */

static gboolean
is_scalar (const mjModel *model, int joint)
{
  return model->jnt_type[joint] == mjJNT_SLIDE || model->jnt_type[joint] == mjJNT_HINGE;
}

static int
count_things (const mjModel *model, int of)
{
  switch (of)
    {
    case mjOBJ_BODY:
      return model->nbody;
    case mjOBJ_JOINT:
      return model->njnt;
    case mjOBJ_TENDON:
      return model->ntendon;
    case mjOBJ_ACTUATOR:
      return model->nactuator;
    case mjOBJ_SENSOR:
      return model->nsensor;
    default:
      return 0;
    }
}

static gboolean
can_be_measured (const mjModel *model, int of, int object)
{
  if (of == mjOBJ_BODY) /* what moves */
    return object > 0 && model->body_weldid[object] == object;
  return of != mjOBJ_JOINT || is_scalar (model, object);
}

static void
list_thing (GPtrArray *list, const mjModel *model, int of, int object)
{
  const char *name = mj_id2name (model, of, object);

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (int i = 0; kinds[kind].of == of && i < (of == mjOBJ_SENSOR ? model->sensor_dim[object] : 1); i++)
      g_ptr_array_add (list, sg_quantity_new (kind, name, object, i));
}

GPtrArray *
sg_quantity_list (const mjModel *model)
{
  static const int things[] = { mjOBJ_BODY, mjOBJ_JOINT, mjOBJ_TENDON, mjOBJ_ACTUATOR, mjOBJ_SENSOR };
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_quantity_free);

  for (SgQuantityKind kind = SG_QUANTITY_TIME; kind <= SG_QUANTITY_CONTACTS; kind++)
    g_ptr_array_add (list, sg_quantity_new (kind, NULL, -1, 0));
  for (guint i = 0; model != NULL && i < G_N_ELEMENTS (things); i++)
    for (int object = 0; object < count_things (model, things[i]); object++)
      if (can_be_measured (model, things[i], object) && list->len < SG_QUANTITY_MAX_LISTED)
        list_thing (list, model, things[i], object);
  if (list->len > SG_QUANTITY_MAX_LISTED)
    g_ptr_array_set_size (list, SG_QUANTITY_MAX_LISTED);
  return list;
}

SgQuantity *
sg_quantity_suggest (const mjModel *model)
{
  for (int body = 1; body < model->nbody; body++)
    {
      gboolean turns = model->body_jntnum[body] == 1 &&
                       model->jnt_type[model->body_jntadr[body]] == mjJNT_HINGE;

      if (can_be_measured (model, mjOBJ_BODY, body))
        return sg_quantity_new (turns ? SG_QUANTITY_ANGLE : SG_QUANTITY_Z,
                                mj_id2name (model, mjOBJ_BODY, body), body, 0);
    }
  return NULL;
}

gboolean
sg_quantity_resolve (SgQuantity *quantity, const mjModel *model)
{
  int of = kinds[quantity->kind].of;

  if (of == mjOBJ_UNKNOWN)
    return TRUE;
  if (quantity->name != NULL)
    quantity->object = mj_name2id (model, of, quantity->name);
  if (quantity->object >= count_things (model, of) || quantity->object < 0 ||
      !can_be_measured (model, of, quantity->object) ||
      (of == mjOBJ_SENSOR && quantity->component >= model->sensor_dim[quantity->object]))
    {
      if (quantity->name != NULL) /* the number is all that an unnamed thing is known by */
        quantity->object = -1;
      return FALSE;
    }
  return TRUE;
}

/* -- Words -- */

char *
sg_quantity_describe_thing (const SgQuantity *quantity)
{
  static const char *const unnamed[] = {
    [mjOBJ_BODY] = N_ ("body %d"),
    [mjOBJ_JOINT] = N_ ("joint %d"),
    [mjOBJ_TENDON] = N_ ("tendon %d"),
    [mjOBJ_ACTUATOR] = N_ ("motor %d"),
    [mjOBJ_SENSOR] = N_ ("sensor %d"),
  };
  int of = kinds[quantity->kind].of;
  g_autofree char *number = NULL;
  const char *name = quantity->name;

  if (of == mjOBJ_UNKNOWN)
    return g_strdup (_ ("Whole mechanism"));
  if (name == NULL)
    {
      const char *word = _ (unnamed[of]);
      const char *place = strstr (word, "%d");

      name = number = g_strdup_printf ("%.*s%d%s", (int)(place - word), word, quantity->object, place + 2);
    }
  if (of == mjOBJ_SENSOR && quantity->component > 0)
    return g_strdup_printf ("%s [%d]", name, quantity->component + 1);
  return g_strdup (name);
}

const char *
sg_quantity_describe (const SgQuantity *quantity)
{
  return _ (kinds[quantity->kind].words);
}

static const char *
joint_unit (const mjModel *model, int joint, const char *hinge, const char *slide)
{
  return model->jnt_type[joint] == mjJNT_HINGE ? hinge : slide;
}

static const char *
sensor_unit (const mjModel *model, int sensor)
{
  int id = model->sensor_objid[sensor];

  switch (model->sensor_type[sensor])
    {
    case mjSENS_TOUCH:
    case mjSENS_FORCE:
    case mjSENS_TENDONACTFRC:
    case mjSENS_TENDONLIMITFRC:
      return "N";
    case mjSENS_TORQUE:
      return "N m";
    case mjSENS_ACCELEROMETER:
    case mjSENS_FRAMELINACC:
      return "m/s²";
    case mjSENS_FRAMEANGACC:
      return "rad/s²";
    case mjSENS_VELOCIMETER:
    case mjSENS_FRAMELINVEL:
    case mjSENS_SUBTREELINVEL:
    case mjSENS_TENDONVEL:
      return "m/s";
    case mjSENS_GYRO:
    case mjSENS_BALLANGVEL:
    case mjSENS_FRAMEANGVEL:
      return "rad/s";
    case mjSENS_RANGEFINDER:
    case mjSENS_TENDONPOS:
    case mjSENS_FRAMEPOS:
    case mjSENS_SUBTREECOM:
    case mjSENS_GEOMDIST:
      return "m";
    case mjSENS_JOINTPOS:
    case mjSENS_JOINTLIMITPOS:
      return joint_unit (model, id, "rad", "m");
    case mjSENS_JOINTVEL:
    case mjSENS_JOINTLIMITVEL:
      return joint_unit (model, id, "rad/s", "m/s");
    case mjSENS_JOINTACTFRC:
    case mjSENS_JOINTLIMITFRC:
      return joint_unit (model, id, "N m", "N");
    case mjSENS_E_POTENTIAL:
    case mjSENS_E_KINETIC:
      return "J";
    case mjSENS_CLOCK:
      return "s";
    default:
      return "";
    }
}

/* Whether a motor turns something, rather than moving it along. */
static gboolean
is_turning (const mjModel *model, int motor)
{
  int type = model->actuator_trntype[motor], id = model->actuator_trnid[2 * motor];

  if (type == mjTRN_JOINT || type == mjTRN_JOINTINPARENT)
    return id >= 0 && model->jnt_type[id] != mjJNT_SLIDE;
  return type == mjTRN_SO3;
}

const char *
sg_quantity_get_control_unit (const mjModel *model, int motor)
{
  const double *bias = model->actuator_biasprm + (gsize)mjNBIAS * motor;
  const double *gear = model->actuator_gear + 6 * (gsize)model->actuator_outadr[motor];
  gboolean turning = is_turning (model, motor);

  if (model->actuator_biastype[motor] == mjBIAS_AFFINE && bias[1] != 0)
    return turning ? "rad" : "m";
  if (model->actuator_biastype[motor] == mjBIAS_AFFINE && bias[2] != 0)
    return turning ? "rad/s" : "m/s";
  if (model->actuator_dyntype[motor] == mjDYN_NONE && model->actuator_gainprm[mjNGAIN * motor] == 1 &&
      (gear[0] == 1 || model->actuator_trntype[motor] == mjTRN_SITE))
    return turning ? "N m" : "N";
  return "";
}

void
sg_quantity_get_control_range (const mjModel *model, int motor, double range[2])
{
  int control = model->actuator_ctrladr[motor];
  double reach = 10;

  if (model->actuator_ctrlnum[motor] > 0 && model->actuator_ctrllimited[control])
    {
      range[0] = model->actuator_ctrlrange[2 * control];
      range[1] = model->actuator_ctrlrange[2 * control + 1];
      return;
    }
  const char *unit = sg_quantity_get_control_unit (model, motor);
  if (*unit == 'N' && model->actuator_forcelimited[motor])
    reach =
      fmax (fabs (model->actuator_forcerange[2 * motor]), fabs (model->actuator_forcerange[2 * motor + 1]));
  else if (g_str_equal (unit, "rad"))
    reach = G_PI;
  else if (g_str_equal (unit, "m"))
    reach = 1;
  range[0] = -reach;
  range[1] = reach;
}

const char *
sg_quantity_get_unit (const SgQuantity *quantity, const mjModel *model)
{
  if (kinds[quantity->kind].unit != NULL)
    return kinds[quantity->kind].unit;
  if (model == NULL || quantity->object < 0 ||
      quantity->object >= count_things (model, kinds[quantity->kind].of))
    return "";
  switch (quantity->kind)
    {
    case SG_QUANTITY_JOINT_POSITION:
      return joint_unit (model, quantity->object, "°", "m");
    case SG_QUANTITY_JOINT_VELOCITY:
      return joint_unit (model, quantity->object, "rad/s", "m/s");
    case SG_QUANTITY_CONTROL:
      return sg_quantity_get_control_unit (model, quantity->object);
    case SG_QUANTITY_MOTOR_FORCE:
      return is_turning (model, quantity->object) ? "N m" : "N";
    default:
      return sensor_unit (model, quantity->object);
    }
}

/* -- Reading -- */

static double
read_pressed (const mjModel *model, const mjData *data, int body)
{
  double sum = 0, force[6];

  for (int i = 0; i < data->ncon; i++)
    for (int side = 0; side < 2; side++)
      {
        int geom = data->contact[i].geom[side];

        if (geom < 0 || model->body_weldid[model->geom_bodyid[geom]] != body)
          continue;
        mj_contactForce (model, data, i, force);
        sum += force[0];
      }
  return sum;
}

static double
read_body_kinetic (const mjModel *model, const mjData *data, int body, const double v[6])
{
  const double *frame = data->ximat + 9 * body, *inertia = model->body_inertia + 3 * body;
  double result = model->body_mass[body] * (v[3] * v[3] + v[4] * v[4] + v[5] * v[5]);

  for (int axis = 0; axis < 3; axis++)
    {
      double w = frame[axis] * v[0] + frame[3 + axis] * v[1] + frame[6 + axis] * v[2];

      result += inertia[axis] * w * w;
    }
  return result / 2;
}

static double
read_body (SgQuantityKind kind, const SgMoment *moment, int body)
{
  const double *at = moment->data->xipos + 3 * body, *frame = moment->data->xmat + 9 * body;
  double v[6]; /* turning, then moving, along the world's axes */

  switch (kind)
    {
    case SG_QUANTITY_X:
    case SG_QUANTITY_Y:
    case SG_QUANTITY_Z:
      return at[kind - SG_QUANTITY_X];
    case SG_QUANTITY_ANGLE: /* +y points away from who looks, so that turning about it is clockwise */
      return -atan2 (frame[2], frame[0]) * DEGREES;
    case SG_QUANTITY_PRESSED:
      return read_pressed (moment->model, moment->data, body);
    default:
      break;
    }
  mj_objectVelocity (moment->model, moment->data, mjOBJ_BODY, body, v, 0);
  if (kind == SG_QUANTITY_SPEED)
    return sqrt (v[3] * v[3] + v[4] * v[4] + v[5] * v[5]);
  if (kind == SG_QUANTITY_TURNING)
    return -v[1];
  if (kind == SG_QUANTITY_BODY_KINETIC)
    return read_body_kinetic (moment->model, moment->data, body, v);
  return v[3 + kind - SG_QUANTITY_VX];
}

/* Of its spring, its damper, and where it is taut as a rope. */
static double
read_tension (const SgMoment *moment, int tendon)
{
  const mjModel *model = moment->model;
  const mjData *data = moment->data;
  const double *rest = model->tendon_lengthspring + 2 * tendon;
  double length = data->ten_length[tendon],
         result = model->tendon_damping[tendon] * data->ten_velocity[tendon];

  if (length > rest[1])
    result += model->tendon_stiffness[tendon] * (length - rest[1]);
  else if (length < rest[0])
    result += model->tendon_stiffness[tendon] * (length - rest[0]);
  for (int i = 0; i < data->nefc; i++)
    if (data->efc_type[i] == mjCNSTR_LIMIT_TENDON && data->efc_id[i] == tendon)
      result += length > (model->tendon_range[2 * tendon] + model->tendon_range[2 * tendon + 1]) / 2
                  ? data->efc_force[i]
                  : -data->efc_force[i];
  return result;
}

static double
read_thing (const SgQuantity *quantity, const SgMoment *moment)
{
  const mjModel *model = moment->model;
  const mjData *data = moment->data;
  int i = quantity->object;

  switch (quantity->kind)
    {
    case SG_QUANTITY_JOINT_POSITION:
      return moment->qpos[model->jnt_qposadr[i]] * (model->jnt_type[i] == mjJNT_HINGE ? DEGREES : 1);
    case SG_QUANTITY_JOINT_VELOCITY:
      return moment->qvel[model->jnt_dofadr[i]];
    case SG_QUANTITY_TENDON_LENGTH:
      return data->ten_length[i];
    case SG_QUANTITY_TENDON_FORCE:
      return read_tension (moment, i);
    case SG_QUANTITY_CONTROL:
      return model->actuator_ctrlnum[i] > 0 ? data->ctrl[model->actuator_ctrladr[i]] : NAN;
    case SG_QUANTITY_MOTOR_FORCE:
      return data->actuator_force[model->actuator_outadr[i]];
    case SG_QUANTITY_MOTOR_POWER:
      return data->actuator_force[model->actuator_outadr[i]] *
             data->actuator_velocity[model->actuator_outadr[i]];
    case SG_QUANTITY_SENSOR:
      return data->sensordata[model->sensor_adr[i] + quantity->component];
    default:
      return read_body (quantity->kind, moment, i);
    }
}

double
sg_quantity_read (const SgQuantity *quantity, const SgMoment *moment)
{
  const SgLedger *ledger = moment->ledger;

  switch (quantity->kind)
    {
    case SG_QUANTITY_TIME:
      return moment->time;
    case SG_QUANTITY_KINETIC:
      return moment->energy[1];
    case SG_QUANTITY_POTENTIAL:
      return moment->energy[0];
    case SG_QUANTITY_ENERGY:
      return moment->energy[0] + moment->energy[1];
    case SG_QUANTITY_LOST:
      return ledger != NULL ? ledger->friction + ledger->impacts + ledger->damping : NAN;
    case SG_QUANTITY_PUT_IN:
      return ledger != NULL ? ledger->motors + ledger->pulls : NAN;
    case SG_QUANTITY_CONTACTS:
      return moment->data->ncon;
    default:
      return quantity->object >= 0 ? read_thing (quantity, moment) : NAN;
    }
}
