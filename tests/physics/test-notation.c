/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every row of the notation does what it stands for, however the page is held: what moves, by which joints,
 * and what drives it. */
#include "physics/assemble.h"
#include "physics/rules.h"
#include "tests/vision/notation.h"

/* By what a body moves: freely in the plane, about a hinge, along a slide. */
static void
count_joints (const SgSpec *spec, GString *list)
{
  guint free = 0, hinges = 0, slides = 0, starts = 0;

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      const GArray *joints = g_array_index (spec->bodies, SgBody, i).joints;
      gboolean starting = FALSE;

      free += joints->len == 3;
      for (guint k = 0; k < joints->len; k++)
        {
          const SgJoint *joint = &g_array_index (joints, SgJoint, k);

          hinges += joints->len == 1 && joint->type == SG_JOINT_HINGE;
          slides += joints->len == 1 && joint->type == SG_JOINT_SLIDE;
          starting |= joint->initial_velocity != 0;
        }
      starts += starting;
    }
  notation_count (list, free, "free");
  notation_count (list, hinges, "hinge");
  notation_count (list, slides, "slide");
  notation_count (list, starts, "start");
}

static void
count_tendons (const SgSpec *spec, GString *list)
{
  guint springs = 0, dampers = 0, ropes = 0;

  for (guint i = 0; i < spec->tendons->len; i++)
    {
      const SgTendon *tendon = &g_array_index (spec->tendons, SgTendon, i);

      ropes += tendon->type == SG_TENDON_ROPE;
      springs += tendon->type == SG_TENDON_SPRING && tendon->stiffness > 0;
      dampers += tendon->type == SG_TENDON_SPRING && tendon->stiffness == 0 && tendon->damping > 0;
    }
  notation_count (list, springs, "spring");
  notation_count (list, dampers, "damper");
  notation_count (list, ropes, "rope");
}

static char *
list_motion (const SgSpec *spec)
{
  GString *list = g_string_new (NULL);
  guint motors = 0, forces = 0;

  for (guint i = 0; i < spec->actuators->len; i++)
    {
      motors += g_array_index (spec->actuators, SgActuator, i).type == SG_ACTUATOR_VELOCITY;
      forces += g_array_index (spec->actuators, SgActuator, i).type == SG_ACTUATOR_FORCE;
    }
  count_joints (spec, list);
  count_tendons (spec, list);
  notation_count (list, motors, "motor");
  notation_count (list, forces, "force");
  notation_count (list, spec->sensors->len, "trace");
  return g_string_free (list, FALSE);
}

static gboolean
moves_as_meant (const NotationRow *row, const SgReading *reading)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgSpec) spec = sg_assemble (reading);
  g_autofree char *motion = list_motion (spec);

  sg_rules_hold (spec, &error);
  g_assert_no_error (error);
  if (notation_fits (row->motion, motion))
    return TRUE;
  g_test_message ("moves as %s", motion);
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  notation_add_tests ("/physics/notation", moves_as_meant);
  return g_test_run ();
}
