/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names that plots, motors, contacts and notes have for things: those of the list of parts. */
#include "app/thing-names.h"

#include "app/part-names.h"
#include "sim/quantity.h"

/* A ball and a box, the latter on a pin and pulled by a spring; a motor that was drawn, one that words
 * made. */
static void
make_scene (SgScene *scene)
{
  const double origin[3] = { 0 };
  SgGeom disc = sg_geom_default (SG_GEOM_CYLINDER), block = sg_geom_default (SG_GEOM_BOX);
  SgTendon spring = sg_tendon_default (SG_TENDON_SPRING);
  SgJoint pin = sg_joint_default (SG_JOINT_HINGE);
  SgActuator drawn = sg_actuator_default (SG_ACTUATOR_MOTOR),
             said = sg_actuator_default (SG_ACTUATOR_VELOCITY);

  *scene = (SgScene){ .reading = sg_reading_new (), .spec = sg_spec_new (), .moves = TRUE };
  sg_reading_add_element (scene->reading, SG_KIND_CIRCLE, SG_ROLE_BODY, 0.9);
  sg_reading_add_element (scene->reading, SG_KIND_CIRCLE, SG_ROLE_BODY, 0.9);
  sg_reading_add_element (scene->reading, SG_KIND_RECTANGLE, SG_ROLE_BODY, 0.9);
  sg_reading_add_element (scene->reading, SG_KIND_SPRING, SG_ROLE_SPRING, 0.9);
  sg_reading_add_element (scene->reading, SG_KIND_TURN_ARROW, SG_ROLE_MOTOR, 0.9);
  disc.element = 1;
  block.element = 2;
  SgBody *ball = sg_spec_add_body (scene->spec, "wheel1", NULL, origin);
  sg_spec_add_geom (scene->spec, ball, disc);
  sg_spec_add_planar_joints (scene->spec, ball);
  SgBody *box = sg_spec_add_body (scene->spec, "box1", NULL, origin);
  sg_spec_add_geom (scene->spec, box, block);
  pin.name = g_strdup ("pin_box1_world");
  sg_spec_add_joint (scene->spec, box, pin);
  spring.name = g_strdup ("spring1");
  spring.element = 3;
  sg_spec_add_tendon (scene->spec, spring);
  drawn.name = g_strdup ("motor_box1");
  drawn.joint = g_strdup ("pin_box1_world");
  drawn.element = 4;
  sg_spec_add_actuator (scene->spec, drawn);
  said.name = g_strdup ("motor_wheel1");
  said.joint = g_strdup ("wheel1.turn");
  said.element = -1;
  sg_spec_add_actuator (scene->spec, said);
  sg_spec_add_sensor (scene->spec, SG_SENSOR_BODY_POSITION, "trace_wheel1", "wheel1");
  sg_spec_add_equality (scene->spec, SG_EQUALITY_WELD, "weld1", "wheel1", "box1");
}

static void
clear_scene (SgScene *scene)
{
  sg_reading_unref (scene->reading);
  sg_spec_free (scene->spec);
}

static void
check (const SgThingNames *names, SgQuantityKind kind, const char *name, int component, const char *expected)
{
  g_autoptr (SgQuantity) quantity = sg_quantity_new (kind, name, 1, component);
  g_autofree char *said = sg_thing_names_say_quantity (names, quantity);

  g_assert_cmpstr (said, ==, expected);
}

static void
test_quantities (void)
{
  SgScene scene;

  make_scene (&scene);
  g_autoptr (SgThingNames) names = sg_thing_names_new (&scene);
  check (names, SG_QUANTITY_Z, "wheel1", 0, "Ball 2: Height");
  check (names, SG_QUANTITY_ANGLE, "box1", 0, "Box: Angle");
  check (names, SG_QUANTITY_JOINT_POSITION, "pin_box1_world", 0, "Box (turn): Position");
  check (names, SG_QUANTITY_JOINT_VELOCITY, "wheel1.x", 0, "Ball 2 (sideways): Velocity");
  check (names, SG_QUANTITY_JOINT_VELOCITY, "wheel1.z", 0, "Ball 2 (upwards): Velocity");
  check (names, SG_QUANTITY_TENDON_LENGTH, "spring1", 0, "Spring: Length");
  check (names, SG_QUANTITY_CONTROL, "motor_box1", 0, "Motor: Setting");
  check (names, SG_QUANTITY_CONTROL, "motor_wheel1", 0, "Motor of Ball 2: Setting");
  check (names, SG_QUANTITY_SENSOR, "trace_wheel1", 2, "Position of Ball 2 [3]: Reading");
  check (names, SG_QUANTITY_ENERGY, NULL, 0, "Total energy");
  g_assert_cmpstr (sg_thing_names_find (names, mjOBJ_EQUALITY, "weld1"), ==, "Ball 2 to Box");
  clear_scene (&scene);
}

/* What was not drawn keeps the model's name: in a drawing, and in a model of another program. */
static void
test_not_drawn (void)
{
  SgScene scene;

  make_scene (&scene);
  g_autoptr (SgThingNames) names = sg_thing_names_new (&scene), none = sg_thing_names_new (NULL);
  check (names, SG_QUANTITY_Z, "torso", 0, "torso: Height");
  check (names, SG_QUANTITY_Z, NULL, 0, "body 1: Height");
  check (none, SG_QUANTITY_Z, "wheel1", 0, "wheel1: Height");
  check (NULL, SG_QUANTITY_Z, "wheel1", 0, "wheel1: Height");
  g_assert_null (sg_thing_names_find (none, mjOBJ_BODY, "wheel1"));
  g_assert_null (sg_thing_names_find (names, mjOBJ_BODY, NULL));
  clear_scene (&scene);
}

/* What a person calls a part is its name everywhere. */
static void
test_named (void)
{
  SgInkPiece piece = { 0 };
  SgScene scene;

  make_scene (&scene);
  g_autoptr (SgCorrection) blank = sg_correction_new (&piece, 1);
  g_autoptr (SgCorrection) named = sg_correction_with_name (blank, "Moon");
  SgElement *ball = (SgElement *)sg_reading_element (scene.reading, 1);
  ball->correction = named;
  g_autoptr (SgThingNames) names = sg_thing_names_new (&scene);
  check (names, SG_QUANTITY_Z, "wheel1", 0, "Moon: Height");
  check (names, SG_QUANTITY_JOINT_POSITION, "wheel1.turn", 0, "Moon (turn): Position");
  ball->correction = NULL;
  clear_scene (&scene);
}

/* A spec without marks, as words or a file make it, names what it can. */
static void
test_broken_links (void)
{
  SgScene scene;

  make_scene (&scene);
  g_array_index (g_array_index (scene.spec->bodies, SgBody, 0).geoms, SgGeom, 0).element = 99;
  g_array_index (scene.spec->tendons, SgTendon, 0).element = -1;
  g_autoptr (SgThingNames) names = sg_thing_names_new (&scene);
  g_assert_null (sg_thing_names_find (names, mjOBJ_BODY, "wheel1"));
  g_assert_null (sg_thing_names_find (names, mjOBJ_TENDON, "spring1"));
  g_assert_null (sg_thing_names_find (names, mjOBJ_ACTUATOR, "motor_wheel1"));
  g_assert_cmpstr (sg_thing_names_find (names, mjOBJ_BODY, "box1"), ==, "Box");
  clear_scene (&scene);
}

static void
test_text (void)
{
  SgScene scene;

  make_scene (&scene);
  g_autoptr (SgThingNames) names = sg_thing_names_new (&scene);
  g_autofree char *said =
    sg_thing_names_in_text (names, "wheel1, spring1 and wheel10: motor_wheel1 (wheel1) é wheel1.");
  g_assert_cmpstr (said, ==, "Ball 2, Spring and wheel10: Motor of Ball 2 (Ball 2) é Ball 2.");
  g_autofree char *none = sg_thing_names_in_text (NULL, "wheel1");
  g_assert_cmpstr (none, ==, "wheel1");
  clear_scene (&scene);
}

/* One pass over all marks gives each the name that it has by itself. */
static void
test_all_at_once (void)
{
  SgScene scene;

  make_scene (&scene);
  g_autoptr (GPtrArray) all = sg_part_full_names (scene.reading);
  g_assert_cmpuint (all->len, ==, sg_reading_n_elements (scene.reading));
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *one = sg_part_full_name (scene.reading, i);

      g_assert_cmpstr (all->pdata[i], ==, one);
    }
  clear_scene (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/thing-names/quantities", test_quantities);
  g_test_add_func ("/app/thing-names/not-drawn", test_not_drawn);
  g_test_add_func ("/app/thing-names/named", test_named);
  g_test_add_func ("/app/thing-names/broken-links", test_broken_links);
  g_test_add_func ("/app/thing-names/text", test_text);
  g_test_add_func ("/app/thing-names/all-at-once", test_all_at_once);
  return g_test_run ();
}
