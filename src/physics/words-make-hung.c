/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What hangs or stands on a pin: pendulums, the cart with a pole, Newton's cradle, Atwood's machine, a mass
 * on a spring, the robot's arm. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "physics/words-make-private.h"

#define DEGREES (G_PI / 180)

static SgJoint
pin (const char *stem, guint n, double angle)
{
  SgJoint joint = sg_joint_default (SG_JOINT_HINGE);

  joint.name = g_strdup_printf ("%s%u", stem, n);
  joint.initial_position = angle;
  return joint;
}

/* -- Pendulums -- */

/* One link: a light rod with a bob at its end, so that its period is that of its length. Positive angles are
 * to the right, against the hinge's turn about y. */
static void
add_link (
  SgMake *make, guint n, const char *parent, const double pos[3], double length, double mass, double angle)
{
  g_autofree char *name = g_strdup_printf ("link%u", n);
  SgBody *body = sg_spec_add_body (make->spec, name, parent, pos);
  double radius = MIN (0.08 * length, 0.06 * cbrt (MAX (mass, 1e-3)) + 0.02);
  SgGeom rod = sg_make_rod (0, 0, 0, -length, MAX (0.012 * length, 1e-3), 0.002 * mass);
  SgGeom bob = sg_make_sphere (MAX (radius, 2e-3), 0.998 * mass);

  rod.name = g_strdup_printf ("rod%u", n);
  bob.name = g_strdup_printf ("bob%u", n);
  bob.pos[2] = -length;
  rod.contacts = bob.contacts = FALSE;
  sg_make_colour (&bob, n - 1);
  sg_spec_add_geom (make->spec, body, rod);
  sg_spec_add_geom (make->spec, body, bob);
  sg_spec_add_joint (make->spec, body, pin ("pin", n, -angle));
}

static double
take_start (SgMake *make, double usual)
{
  gboolean said;
  double angle = sg_make_take (make, "angle", usual * DEGREES, -4 * G_PI, 4 * G_PI, &said);

  if (!said)
    sg_spec_add_note (make->spec, _ ("It starts at %.0f°, as no angle was said."), usual);
  return angle;
}

void
sg_make_pendulum (SgMake *make, guint links)
{
  double angle = take_start (make, links == 1 ? 30 : links < 4 ? 60
                                                               : 30);
  double length = sg_make_take (make, "length", links == 1 ? 1 : 2.0 / links, 1e-2, 1e3, NULL);
  double mass = sg_make_take (make, "mass", 1, 1e-4, 1e5, NULL);
  g_autofree char *parent = NULL;

  for (guint i = 0; i < links; i++)
    {
      double own_length = i > 0 ? sg_make_take (make, "length", length, 1e-2, 1e3, NULL) : length;
      double own_mass = i > 0 ? sg_make_take (make, "mass", mass, 1e-4, 1e5, NULL) : mass;
      const double pos[3] = { 0, 0, i == 0 ? links * length + 0.5 : -length };

      add_link (make, i + 1, parent, pos, own_length, own_mass, i == 0 ? angle : 0);
      g_free (parent);
      parent = g_strdup_printf ("link%u", i + 1);
      length = own_length;
    }
  if (links > 1)
    make->spec->timestep = 0.001;
  sg_clause_says (make->clause, ngettext ("pendulum of %u link", "pendulum of %u links", links), links);
}

/* Side by side, each a little longer than the one before, as they are shown in lessons. */
void
sg_make_pendulums (SgMake *make)
{
  guint n = sg_make_count (make, 3, 1, SG_MAKE_MOST);
  double angle = take_start (make, 30), mass = sg_make_take (make, "mass", 1, 1e-4, 1e5, NULL);
  gboolean said;
  double length = sg_make_take (make, "length", 1, 1e-2, 1e3, &said);

  for (guint i = 0; i < n; i++)
    {
      const double pos[3] = { 0.3 * i * length, 0, 1.5 * length + 0.1 * n * length };

      add_link (make, i + 1, NULL, pos, said ? length : length * (1 + 0.1 * i), mass, angle);
    }
  sg_clause_says (make->clause, _ ("%u pendulums"), n);
}

/* -- A cart with a pole -- */

void
sg_make_cart_pole (SgMake *make)
{
  double angle = sg_make_take (make, "angle", 2 * DEGREES, -G_PI, G_PI, NULL);
  double length = sg_make_take (make, "length", 0.6, 0.05, 20, NULL);
  double cart_mass = sg_make_take (make, "mass", 1, 1e-3, 1e4, NULL);
  double pole_mass = sg_make_take (make, "mass", 0.1 * cart_mass, 1e-4, 1e4, NULL);
  SgGeom rail = sg_make_rod (-2.4, 0.1, 2.4, 0.1, 0.015, NAN);
  SgBody *cart = sg_spec_add_body (make->spec, "cart1", NULL, (const double[]){ 0, 0, 0.1 });
  SgGeom box = sg_make_box (0.2, 0.05, cart_mass), rod = sg_make_rod (0, 0, 0, length, 0.025, pole_mass);
  SgJoint slide = sg_joint_default (SG_JOINT_SLIDE);
  SgActuator motor = sg_actuator_default (SG_ACTUATOR_MOTOR);

  rail.name = g_strdup ("rail1");
  rail.contacts = box.contacts = rod.contacts = FALSE;
  sg_make_colour (&box, 0);
  sg_make_colour (&rod, 1);
  sg_spec_add_geom (make->spec, NULL, rail);
  slide.name = g_strdup ("slide1");
  slide.limited = TRUE;
  slide.range[0] = -2.4;
  slide.range[1] = 2.4;
  sg_spec_add_geom (make->spec, cart, box);
  sg_spec_add_joint (make->spec, cart, slide);
  SgBody *pole = sg_spec_add_body (make->spec, "pole1", "cart1", (const double[]){ 0, 0, 0.05 });
  sg_spec_add_geom (make->spec, pole, rod);
  sg_spec_add_joint (make->spec, pole, pin ("pin", 1, angle));
  motor.name = g_strdup ("motor1");
  motor.joint = g_strdup ("slide1");
  motor.gear = 100;
  motor.ctrl_limited = motor.force_limited = TRUE;
  motor.ctrl_range[0] = -1;
  motor.ctrl_range[1] = 1;
  motor.force_range[0] = -100;
  motor.force_range[1] = 100;
  sg_spec_add_actuator (make->spec, motor);
  sg_spec_add_note (make->spec, _ ("Nothing balances the pole: it falls unless you drive the cart."));
  sg_clause_says (make->clause, _ ("cart with a pole"));
}

/* -- Newton's cradle -- */

void
sg_make_cradle (SgMake *make)
{
  guint n = sg_make_count (make, 5, 2, 20);
  double angle = sg_make_take (make, "angle", 30 * DEGREES, -G_PI / 2, G_PI / 2, NULL);
  double length = sg_make_take (make, "length", 0.5, 0.05, 100, NULL);
  double mass = sg_make_take (make, "mass", 0.2, 1e-4, 1e4, NULL), radius = 0.1 * length;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("ball%u", i + 1);
      const double pos[3] = { 2.002 * radius * i, 0, 2 * length };
      SgBody *body = sg_spec_add_body (make->spec, name, NULL, pos);
      SgGeom string = sg_make_rod (0, 0, 0, -length, 0.008 * length, 1e-3 * mass);
      SgGeom ball = sg_make_sphere (radius, mass);

      ball.name = g_strdup_printf ("bob%u", i + 1);
      ball.pos[2] = -length;
      ball.friction[0] = 0;
      ball.restitution = 0.99;
      string.contacts = FALSE;
      sg_make_colour (&ball, 0);
      sg_spec_add_geom (make->spec, body, string);
      sg_spec_add_geom (make->spec, body, ball);
      sg_spec_add_joint (make->spec, body, pin ("pin", i + 1, i == 0 ? fabs (angle) : 0));
    }
  make->spec->timestep = 0.0005;
  sg_clause_says (make->clause, _ ("Newton's cradle of %u balls"), n);
}

/* -- Two weights over a pulley -- */

static char *
add_weight (SgMake *make, guint n, double x, double z, double mass)
{
  g_autofree char *name = g_strdup_printf ("weight%u", n), *joint = g_strdup_printf ("fall%u", n);
  double half = CLAMP (0.08 * cbrt (mass), 0.03, 0.14);
  SgBody *body = sg_spec_add_body (make->spec, name, NULL, (const double[]){ x, 0, z });
  SgGeom box = sg_make_box (half, half, mass);
  SgJoint slide = sg_joint_default (SG_JOINT_SLIDE);

  sg_make_colour (&box, n - 1);
  sg_spec_add_geom (make->spec, body, box);
  slide.axis[0] = 0;
  slide.axis[2] = 1;
  slide.name = g_steal_pointer (&joint);
  sg_spec_add_joint (make->spec, body, slide);
  return g_strdup (sg_spec_add_site (make->spec, body, NULL, (const double[]){ 0, 0, half })->name);
}

void
sg_make_atwood (SgMake *make)
{
  double first = sg_make_take (make, "mass", 2, 1e-3, 1e4, NULL);
  double second = sg_make_take (make, "mass", first == 2 ? 1 : first / 2, 1e-3, 1e4, NULL);
  const double radius = 0.15, top = 2.5;
  SgGeom pulley = sg_geom_default (SG_GEOM_CYLINDER);
  SgTendon rope = sg_tendon_default (SG_TENDON_ROPE);

  pulley.name = g_strdup ("pulley1");
  pulley.size[0] = radius;
  pulley.size[1] = 0.03;
  pulley.quat[0] = pulley.quat[1] = G_SQRT2 / 2;
  pulley.pos[2] = top;
  pulley.contacts = FALSE;
  sg_spec_add_geom (make->spec, NULL, pulley);
  sg_spec_add_site (make->spec, NULL, "over_pulley1", (const double[]){ 0, 0, top + 1.3 * radius });
  g_autofree char *a = add_weight (make, 1, -radius, 1.2, first),
                  *b = add_weight (make, 2, radius, 1.2, second);
  rope.name = g_strdup ("rope1");
  sg_tendon_add_site (&rope, a);
  sg_tendon_add_wrap (&rope, "pulley1", "over_pulley1");
  sg_tendon_add_site (&rope, b);
  sg_spec_add_tendon (make->spec, rope);
  sg_spec_add_exclude (make->spec, "weight1", "weight2");
  sg_make_floor (make);
  g_autofree char *one = sg_units_say (first, "kg"), *other = sg_units_say (second, "kg");
  sg_clause_says (make->clause, _ ("%s and %s over a pulley"), one, other);
}

/* -- A mass on a spring -- */

static SgTendon
spring_between (SgMake *make, const char *a, const char *b)
{
  SgTendon spring = sg_tendon_default (SG_TENDON_SPRING);

  spring.name = g_strdup ("spring1");
  spring.stiffness = sg_make_take (make, "stiffness", 50, 1e-3, 1e6, NULL);
  spring.damping = sg_make_take (make, "damping", 0, 0, 1e5, NULL);
  sg_tendon_add_site (&spring, a);
  sg_tendon_add_site (&spring, b);
  return spring;
}

/* Starts where the spring is unstretched, so that it falls and swings about m g / k below. */
void
sg_make_spring_mass (SgMake *make)
{
  double mass = make->groups->len > 0 ? g_array_index (make->groups, SgGroup, 0).mass : NAN;
  gboolean ball =
    make->groups->len > 0 && g_str_equal (g_array_index (make->groups, SgGroup, 0).noun, "ball");
  double length = sg_make_take (make, "length", 0.6, 0.05, 100, NULL);
  SgBody *body = sg_spec_add_body (make->spec, ball ? "ball1" : "block1", NULL, (const double[]){ 0, 0, 2 });
  SgJoint slide = sg_joint_default (SG_JOINT_SLIDE);

  if (isnan (mass))
    mass = sg_make_take (make, "mass", 1, 1e-4, 1e5, NULL);
  SgGeom geom = ball ? sg_make_sphere (0.12, mass) : sg_make_box (0.12, 0.12, mass);
  sg_make_colour (&geom, 0);
  sg_spec_add_geom (make->spec, body, geom);
  slide.axis[0] = 0;
  slide.axis[2] = 1;
  slide.name = g_strdup ("slide1");
  sg_spec_add_joint (make->spec, body, slide);
  g_autofree char *end =
    g_strdup (sg_spec_add_site (make->spec, body, "hook1", (const double[]){ 0, 0, 0.12 })->name);
  sg_spec_add_site (make->spec, NULL, "hook_world", (const double[]){ 0, 0, 2.12 + length });
  SgTendon spring = spring_between (make, "hook_world", end);
  spring.rest_length = length;
  sg_spec_add_tendon (make->spec, spring);
  sg_spec_add_note (make->spec, _ ("It is let go where the spring is not stretched."));
  g_autofree char *said = sg_units_say (mass, "kg");
  sg_clause_says (make->clause, _ ("%s on a spring"), said);
}

/* -- A robot's arm -- */

/* Axes of a jointed arm: a turning column first, then shoulder, elbow and wrist; flat where it has few. */
static void
set_axis (SgJoint *joint, guint i, guint n)
{
  static const int axes[] = { 2, 1, 1, 0, 1, 0 };

  memset (joint->axis, 0, sizeof joint->axis);
  joint->axis[n < 4 ? 1 : axes[i % 6]] = 1;
}

static void
add_segment (SgMake *make, guint i, guint n, double length, double angle)
{
  g_autofree char *name = g_strdup_printf ("link%u", i + 1), *parent = g_strdup_printf ("link%u", i);
  const double pos[3] = { i > 1 || (n < 4 && i > 0) ? length : 0, 0, i == 0 ? 0.3 : i == 1 && n >= 4 ? length
                                                                                                     : 0 };
  gboolean upright = i == 0 && n >= 4;
  SgBody *body = sg_spec_add_body (make->spec, name, i > 0 ? parent : NULL, pos);
  SgGeom rod =
    sg_make_rod (0, 0, upright ? 0 : length, upright ? length : 0, 0.05 - 0.03 * i / n, 1.5 - 1.0 * i / n);
  SgJoint joint = pin ("joint", i + 1, angle);
  SgActuator motor = sg_actuator_default (SG_ACTUATOR_VELOCITY);

  rod.contacts = FALSE;
  sg_make_colour (&rod, i);
  set_axis (&joint, i, n);
  joint.damping = 0.2;
  joint.armature = 0.02;
  joint.limited = i > 0;
  joint.range[0] = -2.6;
  joint.range[1] = 2.6;
  motor.name = g_strdup_printf ("motor%u", i + 1);
  motor.joint = g_strdup (joint.name);
  motor.kv = 200;
  motor.force_limited = TRUE;
  motor.force_range[0] = -150;
  motor.force_range[1] = 150;
  sg_spec_add_geom (make->spec, body, rod);
  sg_spec_add_joint (make->spec, body, joint);
  sg_spec_add_actuator (make->spec, motor);
}

void
sg_make_arm (SgMake *make)
{
  guint n = sg_make_count (make, 6, 1, 20);
  double angle = sg_make_take (make, "angle", 20 * DEGREES, -2.6, 2.6, NULL);
  double length = CLAMP (1.5 / n, 0.1, 0.4), x = 0.6 * n * length + 0.2;
  SgGeom base = sg_make_box (0.15, 0.15, NAN), tip = sg_make_sphere (0.03, 0.1);
  g_autofree char *last = g_strdup_printf ("link%u", n);

  base.name = g_strdup ("base1");
  base.pos[2] = 0.15;
  base.contacts = tip.contacts = FALSE;
  sg_make_floor (make);
  sg_spec_add_geom (make->spec, NULL, base);
  for (guint i = 0; i < n; i++)
    add_segment (make, i, n, length, i + 1 == n ? -angle : i == 1 ? -40 * DEGREES
                                                         : i == 2 ? 60 * DEGREES
                                                                  : 0);
  tip.name = g_strdup ("gripper1");
  tip.pos[0] = n == 1 && n >= 4 ? 0 : length;
  sg_make_colour (&tip, 5);
  sg_spec_add_geom (make->spec, sg_spec_find_body (make->spec, last), tip);
  make->spec->planar = n < 4;
  sg_clause_says (make->clause, ngettext ("robot arm of %u joint", "robot arm of %u joints", n), n);
  for (guint i = 0; i < make->groups->len; i++)
    {
      const SgGroup *group = &g_array_index (make->groups, SgGroup, i);

      for (guint k = 0; k < group->count; k++, x += 0.3)
        if (!g_str_equal (group->noun, "rod"))
          sg_make_thing (make, group, x, sg_make_half (group));
    }
  sg_spec_add_note (make->spec,
                    _ ("SimGen does not plan the motion: the motors hold the arm, and you move them."));
}
