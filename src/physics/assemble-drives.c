/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What sets things going: motors, forces, velocities, gravity's direction; and, where nothing does, the push
 * that keeps a drawing from hanging in dead balance. */
#include "config.h"

#include "physics/assemble-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/units.h"

static const double usual_motor_speed = 2; /* rad/s */
static const double spin_up_time = 0.1;    /* s; a motor reaches its speed within a few of these */
static const double force_per_unit = 0.1;  /* N a page unit of arrow */
static const double speed_per_unit = 0.01; /* m/s a page unit of arrow */
static const double wake_angle = 30 * G_PI / 180;

static SgBody *
body_of (const SgAssembly *assembly, int part)
{
  return sg_spec_find_body (assembly->spec, sg_assembly_part (assembly, part)->name);
}

static const SgRelation *
attachment_of (const SgAssembly *assembly, guint element, guint *index)
{
  for (guint i = 0; i < sg_reading_n_relations (assembly->reading); i++)
    {
      const SgRelation *r = sg_reading_relation (assembly->reading, i);

      if (r->kind != SG_RELATION_ATTACHED || r->a != (int)element)
        continue;
      *index = i;
      return r;
    }
  return NULL;
}

/* The part whose joint of the tree is at page point `at` and joins `driven`; `sign` is -1 where `driven` is
 * the parent there, which turns the other way. A body with no such joint turns by its own. */
static int
turning_part (const SgAssembly *assembly, int driven, SgPoint at, double *sign)
{
  *sign = 1;
  for (guint i = 0; i < assembly->parts->len; i++)
    {
      const SgPart *part = sg_assembly_part (assembly, i);

      if (part->edge < 0 || ((int)i != driven && part->parent != driven) ||
          sg_point_distance (assembly->at[sg_assembly_edge (assembly, part->edge)->relation], at) > 6)
        continue;
      *sign = (int)i == driven ? 1 : -1;
      return i;
    }
  return driven;
}

static gboolean
is_below (const SgAssembly *assembly, int part, int top)
{
  for (; part >= 0; part = sg_assembly_part (assembly, part)->parent)
    if (part == top)
      return TRUE;
  return FALSE;
}

/* The torque that would hold everything beyond the joint out sideways. N m */
static double
holding_torque (const SgAssembly *assembly, int top, SgPoint pin)
{
  double torque = 0;

  for (guint i = 0; i < assembly->parts->len; i++)
    {
      const SgPart *part = sg_assembly_part (assembly, i);

      for (guint k = 0; !part->fixed && is_below (assembly, i, top) && k < part->shapes->len; k++)
        torque += sg_assembly_shape_mass (assembly, part, sg_part_shape (part, k)) * assembly->gravity *
                  sg_point_distance (sg_shape_center (sg_part_shape (part, k)), pin) /
                  assembly->reading->scale;
    }
  return torque;
}

/* Of everything beyond the joint about its pin, each shape taken for a disc of its area. kg m2 */
static double
driven_inertia (const SgAssembly *assembly, int top, SgPoint pin)
{
  double inertia = 0, square = assembly->reading->scale * assembly->reading->scale;

  for (guint i = 0; i < assembly->parts->len; i++)
    {
      const SgPart *part = sg_assembly_part (assembly, i);

      for (guint k = 0; !part->fixed && is_below (assembly, i, top) && k < part->shapes->len; k++)
        {
          const SgShape *shape = sg_part_shape (part, k);
          double arm = sg_point_distance (sg_shape_center (shape), pin);

          inertia += sg_assembly_shape_mass (assembly, part, shape) *
                     (arm * arm + sg_shape_area (shape) / (2 * G_PI)) / square;
        }
    }
  return inertia;
}

static gboolean
is_driven (const SgAssembly *assembly, const char *joint)
{
  for (guint i = 0; i < assembly->spec->actuators->len; i++)
    if (g_strcmp0 (g_array_index (assembly->spec->actuators, SgActuator, i).joint, joint) == 0)
      return TRUE;
  return FALSE;
}

static void
add_motor (SgAssembly *assembly, guint i)
{
  guint index;
  const SgRelation *r = attachment_of (assembly, i, &index);
  int driven = r ? sg_assembly_mover (assembly, r->b) : -1;
  SgActuator motor = sg_actuator_default (SG_ACTUATOR_VELOCITY);
  double sign, said = assembly->said[i].angular_speed;

  if (driven < 0)
    return;
  int part = turning_part (assembly, driven, assembly->at[index], &sign);
  const SgBody *body = body_of (assembly, part);
  const SgJoint *joint = &g_array_index (body->joints, SgJoint, body->joints->len - 1);
  double torque = holding_torque (assembly, part, assembly->at[index]);
  double inertia = driven_inertia (assembly, part, assembly->at[index]);

  if (joint->type != SG_JOINT_HINGE || is_driven (assembly, joint->name))
    return;
  motor.element = i;
  motor.name = g_strdup_printf ("motor_%s", body->name);
  motor.joint = g_strdup (joint->name);
  motor.target = isnan (said) ? usual_motor_speed : said;
  /* Clockwise on the page is positive about y; the drawing's sweep is positive the other way. */
  if (sg_reading_element (assembly->reading, i)->geometry.sweep > 0)
    sign = -sign;
  motor.target *= sign;
  motor.kv = MAX (CLAMP (10 * torque / MAX (fabs (motor.target), 0.5), 20, 500), inertia / spin_up_time);
  motor.force_limited = TRUE;
  motor.force_range[1] = MAX (60, 4 * torque + 2 * inertia * fabs (motor.target) / spin_up_time);
  motor.force_range[0] = -motor.force_range[1];
  g_autofree char *speed = sg_units_say (fabs (motor.target), "rad/s");
  if (isnan (said))
    sg_spec_add_note (assembly->spec, _ ("No speed is written at the motor of %s: it turns at %s."),
                      body->name, speed);
  sg_spec_add_actuator (assembly->spec, motor);
}

/* Unit direction of an arrow in the world and its length on the page. */
static double
direction_of (const SgGeometry *arrow, double direction[3])
{
  SgPoint way = sg_point_sub (arrow->to, arrow->from);
  double length = sg_point_norm (way);

  direction[0] = length > 0 ? way.x / length : 1;
  direction[1] = 0;
  direction[2] = length > 0 ? -way.y / length : 0;
  return length;
}

static void
add_force (SgAssembly *assembly, guint i)
{
  guint index;
  const SgRelation *r = attachment_of (assembly, i, &index);
  int part = r ? sg_assembly_mover (assembly, r->b) : -1;
  SgActuator force = sg_actuator_default (SG_ACTUATOR_FORCE);
  double said = assembly->said[i].force;

  if (part < 0)
    return;
  double length = direction_of (&assembly->geometry[i], force.direction);
  force.element = i;
  force.name = g_strdup_printf ("force_%s_%u", sg_assembly_part (assembly, part)->name,
                                assembly->spec->actuators->len + 1);
  force.site = g_strdup (sg_assembly_add_site (assembly, part, force.name, assembly->at[index]));
  force.target = isnan (said) ? force_per_unit * length : said;
  g_autofree char *size = sg_units_say (force.target, "N");
  if (isnan (said))
    sg_spec_add_note (assembly->spec, _ ("The force on %s has no size written on it: %s, by its length."),
                      sg_assembly_part (assembly, part)->name, size);
  sg_spec_add_actuator (assembly->spec, force);
}

/* Starts a part's tree with `velocity` (world x, z) at the part: a free tree as a whole, one that hangs on
 * the world by the joint that it hangs on. */
static void
start_with (SgAssembly *assembly, int part, const double velocity[3])
{
  const SgPart *top = sg_assembly_part (assembly, sg_assembly_part (assembly, part)->root);
  SgBody *body = sg_spec_find_body (assembly->spec, top->name);
  SgJoint *joints = (SgJoint *)body->joints->data;

  if (top->edge < 0)
    {
      joints[0].initial_velocity += velocity[0];
      joints[1].initial_velocity += velocity[2];
      return;
    }
  if (joints[0].type == SG_JOINT_SLIDE)
    {
      joints[0].initial_velocity += velocity[0] * joints[0].axis[0] + velocity[2] * joints[0].axis[2];
      return;
    }
  SgPoint pin = assembly->at[sg_assembly_edge (assembly, top->edge)->relation];
  SgPoint center = sg_assembly_part (assembly, part)->center;
  double x = (center.x - pin.x) / assembly->reading->scale, z = (pin.y - center.y) / assembly->reading->scale;
  double r2 = x * x + z * z;
  if (r2 > 1e-9)
    joints[0].initial_velocity += (velocity[0] * z - velocity[2] * x) / r2;
}

static void
add_velocity (SgAssembly *assembly, guint i)
{
  guint index;
  const SgRelation *r = attachment_of (assembly, i, &index);
  int part = r ? sg_assembly_mover (assembly, r->b) : -1;
  double velocity[3], said = assembly->said[i].speed;

  if (part < 0)
    return;
  double speed = direction_of (&assembly->geometry[i], velocity) * speed_per_unit;
  if (!isnan (said))
    speed = said;
  for (guint k = 0; k < 3; k++)
    velocity[k] *= speed;
  start_with (assembly, part, velocity);
}

/* "v = 2" beside a body with no arrow: to the right. */
static void
add_bare_velocity (SgAssembly *assembly, guint i)
{
  int part = sg_assembly_mover (assembly, i);
  const double velocity[3] = { assembly->said[i].speed, 0, 0 };

  if (part < 0 || isnan (assembly->said[i].speed))
    return;
  start_with (assembly, part, velocity);
  g_autofree char *speed = sg_units_say (velocity[0], "m/s");
  sg_spec_add_note (assembly->spec, _ ("%s starts to the right at %s: no arrow says where to."),
                    sg_assembly_part (assembly, part)->name, speed);
}

static void
turn_gravity (SgAssembly *assembly, guint i)
{
  double direction[3];

  direction_of (&assembly->geometry[i], direction);
  for (guint k = 0; k < 3; k++)
    assembly->spec->gravity[k] = direction[k] * assembly->gravity;
}

/* A trace asks where its body is at any time: that is a sensor, one a body. */
static void
add_trace (SgAssembly *assembly, guint i)
{
  guint index;
  const SgRelation *r = attachment_of (assembly, i, &index);
  int part = r ? sg_assembly_mover (assembly, r->b) : -1;

  if (part < 0)
    return;
  const char *body = sg_assembly_part (assembly, part)->name;
  g_autofree char *name = g_strdup_printf ("trace_%s", body);
  for (guint k = 0; k < assembly->spec->sensors->len; k++)
    if (g_str_equal (g_array_index (assembly->spec->sensors, SgSensor, k).name, name))
      return;
  sg_spec_add_sensor (assembly->spec, SG_SENSOR_BODY_POSITION, name, body);
}

void
sg_assembly_add_drives (SgAssembly *assembly)
{
  assembly->spec->gravity[2] = -assembly->gravity;
  for (guint i = 0; i < sg_reading_n_elements (assembly->reading); i++)
    switch (sg_reading_element (assembly->reading, i)->role)
      {
      case SG_ROLE_MOTOR:
        add_motor (assembly, i);
        break;
      case SG_ROLE_FORCE:
        add_force (assembly, i);
        break;
      case SG_ROLE_VELOCITY:
        add_velocity (assembly, i);
        break;
      case SG_ROLE_GRAVITY:
        turn_gravity (assembly, i);
        break;
      case SG_ROLE_TRACE:
        add_trace (assembly, i);
        break;
      default:
        add_bare_velocity (assembly, i);
        break;
      }
}

/* -- Waking what would hang still -- */

/* The joint by which part `i` hangs on the world, NULL where it does not. */
static SgJoint *
hanging_joint (const SgAssembly *assembly, guint i)
{
  const SgPart *part = sg_assembly_part (assembly, i);

  if (part->fixed || part->parent >= 0 || part->edge < 0 || sg_assembly_edge (assembly, part->edge)->slides)
    return NULL;
  return &g_array_index (body_of (assembly, i)->joints, SgJoint, 0);
}

/* A label such as "30°" at a hanging rod is its angle to the vertical, on the side it was drawn on. */
static void
start_at_said_angle (SgAssembly *assembly, guint i)
{
  int part = sg_assembly_mover (assembly, i);
  SgJoint *joint = part >= 0 ? hanging_joint (assembly, part) : NULL;

  if (!joint || isnan (assembly->said[i].angle))
    return;
  const SgPart *p = sg_assembly_part (assembly, part);
  SgPoint pin = assembly->at[sg_assembly_edge (assembly, p->edge)->relation];
  /* From straight down, clockwise as seen positive: the left side. */
  double drawn = atan2 (pin.x - p->center.x, p->center.y - pin.y);
  joint->initial_position = (drawn < 0 ? -1 : 1) * assembly->said[i].angle - drawn;
}

static gboolean
has_drive (const SgAssembly *assembly)
{
  if (assembly->spec->actuators->len > 0 || assembly->spec->tendons->len > 0 ||
      assembly->spec->equalities->len > 0)
    return TRUE;
  for (guint i = 0; i < assembly->spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (assembly->spec->bodies, SgBody, i);

      for (guint k = 0; k < body->joints->len; k++)
        if (g_array_index (body->joints, SgJoint, k).initial_velocity != 0 ||
            g_array_index (body->joints, SgJoint, k).initial_position != 0)
          return TRUE;
    }
  return FALSE;
}

/* Whether everything that moves hangs straight down from its pin. */
static gboolean
hangs_still (const SgAssembly *assembly, int *first)
{
  *first = -1;
  for (guint i = 0; i < assembly->parts->len; i++)
    {
      const SgPart *part = sg_assembly_part (assembly, i);

      if (part->fixed)
        continue;
      if (!part->held || sg_assembly_edge (assembly, part->edge)->slides)
        return FALSE;
      SgPoint pin = assembly->at[sg_assembly_edge (assembly, part->edge)->relation];
      SgPoint down = sg_point_sub (part->center, pin);
      if (fabs (atan2 (down.x, down.y)) > 3 * G_PI / 180)
        return FALSE;
      if (*first < 0 && hanging_joint (assembly, i))
        *first = i;
    }
  return *first >= 0;
}

void
sg_assembly_wake (SgAssembly *assembly)
{
  int first;

  for (guint i = 0; i < sg_reading_n_elements (assembly->reading); i++)
    start_at_said_angle (assembly, i);
  if (!has_drive (assembly) && hangs_still (assembly, &first))
    {
      hanging_joint (assembly, first)->initial_position = wake_angle;
      sg_spec_add_note (assembly->spec,
                        _ ("%s hangs straight down; it starts at 30 degrees so that it swings."),
                        sg_assembly_part (assembly, first)->name);
    }
  if (!sg_spec_moves (assembly->spec))
    sg_spec_add_note (assembly->spec, _ ("Nothing in this drawing can move."));
}
