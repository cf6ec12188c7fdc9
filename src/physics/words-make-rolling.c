/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands or rolls on the ground: ramps, cars, catapults, seesaws, dominoes, piles. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "physics/words-make-private.h"

#define DEGREES (G_PI / 180)

static SgGroup
usual_group (const char *noun, guint count)
{
  return (SgGroup){ .noun = noun, .count = count, .mass = NAN, .size = NAN, .restitution = NAN };
}

/* About y; positive turns x towards -z, as MuJoCo counts. */
static void
turn (double quat[4], double angle)
{
  quat[0] = cos (angle / 2);
  quat[1] = quat[3] = 0;
  quat[2] = sin (angle / 2);
}

/* -- Ramp -- */

/* Down to the right; what slides stands at its upper end. */
void
sg_make_ramp (SgMake *make)
{
  double angle = sg_make_take (make, "angle", 30 * DEGREES, 1 * DEGREES, 80 * DEGREES, NULL);
  double length = sg_make_take (make, "length", 3, 0.3, 500, NULL), thick = 0.05;
  SgGeom ramp = sg_geom_default (SG_GEOM_BOX);
  SgGroup ball = usual_group ("ball", 1);
  double up = 0.5 * length - 0.3;

  ramp.name = g_strdup ("ramp1");
  ramp.size[0] = length / 2;
  ramp.size[1] = 0.3;
  ramp.size[2] = thick;
  ramp.pos[2] = length / 2 * sin (angle) - thick * cos (angle) + 0.01;
  turn (ramp.quat, angle);
  sg_make_floor (make);
  sg_spec_add_geom (make->spec, NULL, ramp);
  if (make->groups->len == 0)
    g_array_append_val (make->groups, ball);
  for (guint i = 0; i < make->groups->len; i++)
    for (guint k = 0; k < g_array_index (make->groups, SgGroup, i).count; k++)
      {
        SgGroup *group = &g_array_index (make->groups, SgGroup, i);
        double half = sg_make_half (group), off = half + thick + 1e-3;

        if (isnan (group->mass))
          group->mass = sg_make_take (make, "mass", NAN, 1e-5, 1e6, NULL);
        SgBody *body = sg_make_thing (make, group, -up * cos (angle) + off * sin (angle),
                                      ramp.pos[2] + up * sin (angle) + off * cos (angle));
        turn (body->quat, angle);
        up -= 2.5 * half;
      }
  g_autofree char *said = sg_units_say (angle / DEGREES, "°");
  sg_clause_says (make->clause, _ ("ramp of %s"), said);
}

/* -- Car -- */

static void
add_wheel (SgMake *make, guint n, double x, double radius, double speed)
{
  g_autofree char *name = g_strdup_printf ("wheel%u", n);
  SgBody *wheel = sg_spec_add_body (make->spec, name, "chassis1", (const double[]){ x, 0, -0.1 });
  SgGeom disc = sg_geom_default (SG_GEOM_CYLINDER);
  SgJoint axle = sg_joint_default (SG_JOINT_HINGE);
  SgActuator motor = sg_actuator_default (SG_ACTUATOR_VELOCITY);

  disc.size[0] = radius;
  disc.size[1] = 0.12;
  disc.quat[0] = disc.quat[1] = G_SQRT2 / 2;
  disc.mass = 0.5;
  disc.friction[0] = 1;
  sg_make_colour (&disc, 1);
  sg_spec_add_geom (make->spec, wheel, disc);
  axle.name = g_strdup_printf ("axle%u", n);
  axle.damping = 0.01;
  sg_spec_add_joint (make->spec, wheel, axle);
  sg_spec_add_exclude (make->spec, "chassis1", name);
  if (n > 1)
    return;
  motor.name = g_strdup ("motor1");
  motor.joint = g_strdup ("axle1");
  motor.target = speed;
  motor.force_limited = TRUE;
  motor.force_range[0] = -10;
  motor.force_range[1] = 10;
  sg_spec_add_actuator (make->spec, motor);
}

void
sg_make_car (SgMake *make)
{
  const double radius = 0.15;
  gboolean said;
  guint n = 2;
  double speed = sg_make_take (make, "speed", 1, -50, 50, &said) / radius;
  SgBody *body;
  SgGeom box = sg_make_box (0.45, 0.1, sg_make_take (make, "mass", 4, 1e-2, 1e5, NULL));

  if (!said)
    speed = sg_make_take (make, "spin", speed, -300, 300, &said);
  sg_make_count (make, 4, 2, 8); /* seen from the side four wheels are two */
  sg_make_floor (make);
  body = sg_spec_add_body (make->spec, "chassis1", NULL, (const double[]){ 0, 0, radius + 0.1 });
  sg_make_colour (&box, 0);
  sg_spec_add_geom (make->spec, body, box);
  sg_spec_add_planar_joints (make->spec, body);
  for (guint i = 0; i < n; i++)
    add_wheel (make, i + 1, i == 0 ? -0.3 : 0.3, radius, speed);
  g_autofree char *turning = sg_units_say (speed, "rad/s");
  sg_clause_says (make->clause, _ ("car, its rear wheel at %s"), turning);
}

/* -- Catapult and seesaw: a beam on a pin -- */

static SgBody *
add_beam (SgMake *make, double height, double left, double right, double angle)
{
  SgBody *beam = sg_spec_add_body (make->spec, "beam1", NULL, (const double[]){ 0, 0, height });
  SgGeom rod = sg_make_rod (-left, 0, right, 0, 0.03, 1), stand = sg_make_rod (0, 0, 0, height, 0.04, NAN);
  SgJoint pin = sg_joint_default (SG_JOINT_HINGE);

  stand.name = g_strdup ("base1");
  stand.contacts = FALSE;
  sg_spec_add_geom (make->spec, NULL, stand);
  sg_make_colour (&rod, 7);
  sg_spec_add_geom (make->spec, beam, rod);
  pin.name = g_strdup ("pin1");
  pin.initial_position = angle;
  pin.limited = TRUE;
  pin.range[0] = -1.2;
  pin.range[1] = 1.2;
  sg_spec_add_joint (make->spec, beam, pin);
  return beam;
}

/* A heavy weight on the short arm throws a ball that lies on the long one. */
void
sg_make_catapult (SgMake *make)
{
  double weight = sg_make_take (make, "mass", 20, 0.1, 1e4, NULL);
  double mass = sg_make_take (make, "mass", 0.2, 1e-3, 1e3, NULL);
  SgGroup ball = usual_group ("ball", 1);
  const double height = 0.8, angle = -0.7, right = 0.5, left = 1.2;
  SgBody *beam;
  SgGeom counter = sg_make_sphere (0.14, weight), cup = sg_make_box (0.02, 0.12, 0.02);

  sg_make_floor (make);
  beam = add_beam (make, height, left, right, angle);
  counter.pos[0] = right;
  sg_make_colour (&counter, 0);
  sg_spec_add_geom (make->spec, beam, counter);
  cup.pos[0] = -left;
  cup.pos[2] = 0.08;
  sg_spec_add_geom (make->spec, beam, cup);
  ball.mass = mass;
  ball.size = 0.14;
  g_array_index (beam->joints, SgJoint, 0).range[0] = angle - 0.01;
  g_array_index (beam->joints, SgJoint, 0).range[1] = 0.5;
  /* on the beam, inside the rim at its end */
  double along = -left + 0.11, off = 0.03 + 0.07 + 1e-3;
  sg_make_thing (make, &ball, along * cos (angle) + off * sin (angle),
                 height - along * sin (angle) + off * cos (angle));
  g_autofree char *one = sg_units_say (weight, "kg"), *other = sg_units_say (mass, "kg");
  sg_clause_says (make->clause, _ ("catapult: %s throws %s"), one, other);
}

void
sg_make_seesaw (SgMake *make)
{
  double first = sg_make_take (make, "mass", 2, 1e-3, 1e4, NULL);
  double second = sg_make_take (make, "mass", first == 2 ? 1 : first / 2, 1e-3, 1e4, NULL);
  const double masses[2] = { first, second };

  sg_make_floor (make);
  add_beam (make, 0.5, 1, 1, 0);
  g_array_index (g_array_index (make->spec->bodies, SgBody, 0).joints, SgJoint, 0).range[0] = -0.4;
  g_array_index (g_array_index (make->spec->bodies, SgBody, 0).joints, SgJoint, 0).range[1] = 0.4;
  for (guint i = 0; i < 2; i++)
    {
      SgGroup box = usual_group ("box", 1);

      box.mass = masses[i];
      sg_make_thing (make, &box, i == 0 ? -0.8 : 0.8, 0.5 + 0.03 + 0.1 + 1e-3);
    }
  g_autofree char *one = sg_units_say (first, "kg"), *other = sg_units_say (second, "kg");
  sg_clause_says (make->clause, _ ("seesaw with %s and %s"), one, other);
}

/* -- Dominoes and piles -- */

/* The first leans over, and pushes the row down. */
void
sg_make_dominoes (SgMake *make)
{
  guint n = sg_make_count (make, make->mechanism->value, 2, SG_MAKE_MOST);
  double height = sg_make_take (make, "length", 0.5, 0.02, 20, NULL), thick = 0.15 * height;
  double mass = sg_make_take (make, "mass", 0.2, 1e-3, 1e3, NULL);

  sg_make_floor (make);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("domino%u", i + 1);
      double lean = i == 0 ? 0.35 : 0;
      SgBody *body = sg_spec_add_body (
        make->spec, name, NULL,
        (const double[]){ 0.55 * height * i, 0, height / 2 * cos (lean) + thick / 2 * sin (lean) });
      SgGeom box = sg_make_box (thick / 2, height / 2, mass);

      sg_make_colour (&box, i);
      box.friction[0] = 0.4;
      sg_spec_add_geom (make->spec, body, box);
      sg_spec_add_planar_joints (make->spec, body);
      turn (body->quat, lean);
    }
  sg_spec_add_note (make->spec, _ ("The first domino leans over."));
  sg_clause_says (make->clause, _ ("%u dominoes"), n);
}

static SgGroup
pile_group (SgMake *make)
{
  SgGroup group = make->groups->len > 0 ? g_array_index (make->groups, SgGroup, 0) : usual_group ("box", 0);

  if (isnan (group.mass))
    group.mass = sg_make_take (make, "mass", NAN, 1e-4, 1e5, NULL);
  return group;
}

void
sg_make_pile (SgMake *make)
{
  SgGroup group = pile_group (make);
  guint n = make->groups->len > 0 && group.counted ? group.count : sg_make_count (make, 5, 1, SG_MAKE_MOST);
  double half = sg_make_half (&group);

  sg_make_floor (make);
  for (guint i = 0; i < n; i++)
    sg_make_thing (make, &group, (i % 2 ? 0.02 : -0.02) * half, half + i * (2 * half + 1e-3));
  sg_clause_says (make->clause, _ ("pile of %u"), n);
}

void
sg_make_pyramid (SgMake *make)
{
  SgGroup group = pile_group (make);
  guint rows = sg_make_count (make, 4, 1, 10);
  double half = sg_make_half (&group);

  if (group.counted)
    for (rows = 1; (rows + 1) * (rows + 2) / 2 <= group.count;)
      rows++;
  sg_make_floor (make);
  for (guint row = 0; row < rows; row++)
    for (guint k = 0; k < rows - row; k++)
      sg_make_thing (make, &group, 2.05 * half * (k - (rows - row - 1) / 2.0),
                     half + row * (2 * half + 1e-3));
  sg_clause_says (make->clause, _ ("pyramid of %u rows"), rows);
}
