/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a receiver is told of a scene. */
#include "stream/manifest.h"

#include <string.h>

#include "base/json.h"

static const char mjcf[] =
  "<mujoco><worldbody><site name='nail' pos='0 0 3'/><site name='far' pos='1 0 3'/>"
  "<body name='wheel' pos='.5 0 2'><joint type='hinge' axis='0 1 0'/>"
  "<geom name='rim' type='cylinder' fromto='0 -.05 0 0 .05 0' size='.2'/><site name='top' pos='0 0 "
  ".3'/></body>"
  "<body name='box' pos='0 0 1'><joint type='slide' axis='0 0 1'/>"
  "<geom type='box' size='.1 .1 .1'/><site name='hook' pos='0 0 .1'/></body></worldbody><tendon>"
  "<spatial name='coil' stiffness='50' width='.02' rgba='0 1 0 1'><site site='nail'/><site "
  "site='hook'/></spatial>"
  "<spatial name='rope' limited='true' range='0 9'><site site='hook'/><geom geom='rim' sidesite='top'/>"
  "<site site='far'/><pulley divisor='2'/><site site='far'/><site site='nail'/></spatial>"
  "<spatial name='hidden' rgba='0 0 0 0'><site site='nail'/><site "
  "site='hook'/></spatial></tendon></mujoco>";

static json_t *
write_part (SgModel *model, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgFrameLayout) layout =
    sg_frame_layout_new (sg_model_get (model), sg_frame_error_default (), &error);
  g_assert_no_error (error);
  g_autofree char *text = sg_manifest_write (sg_model_get (model), layout);
  g_autoptr (json_t) manifest = sg_json_parse ("manifest", text, strlen (text), &error);

  g_assert_no_error (error);
  return json_incref (json_object_get (manifest, name));
}

static json_t *
write_ties (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (mjcf, &error);

  g_assert_no_error (error);
  return write_part (model, "ties");
}

/* Which of a material's and a shape's own colour is seen. */
static void
test_colors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (
    "<mujoco><asset><material name='red' rgba='1 0 0 1'/></asset><worldbody>"
    "<geom size='1' material='red'/><geom size='1' material='red' rgba='0 1 0 1'/><geom size='1'/>"
    "</worldbody></mujoco>",
    &error);
  g_assert_no_error (error);
  g_autoptr (SgFrameLayout) layout =
    sg_frame_layout_new (sg_model_get (model), sg_frame_error_default (), &error);
  g_autofree char *text = sg_manifest_write (sg_model_get (model), layout);
  g_autoptr (json_t) manifest = sg_json_parse ("manifest", text, strlen (text), &error);
  static const double expected[][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0.5, 0.5, 0.5 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    for (guint k = 0; k < 3; k++)
      {
        const json_t *geom = json_array_get (json_object_get (manifest, "geoms"), i);
        const json_t *color = json_object_get (geom, "color");

        g_assert_cmpfloat (json_number_value (json_array_get (color, k)), ==, expected[i][k]);
      }
}

/* What a picture from the front has pins of: bodies that only turn. */
static void
test_pins (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model =
    sg_model_compile ("<mujoco><worldbody><body name='rod' pos='1 0 2'><joint axis='0 1 0' pos='.1 0 -.2'/>"
                      "<geom size='.1'/></body><body name='free'><joint type='slide' axis='1 0 0'/>"
                      "<joint type='slide' axis='0 0 1'/><joint axis='0 1 0'/><geom size='.1'/></body>"
                      "<body><joint type='ball'/><geom size='.1'/></body></worldbody></mujoco>",
                      &error);
  g_assert_no_error (error);
  g_autoptr (json_t) pins = write_part (model, "pins");
  const json_t *pin = json_array_get (pins, 0);

  g_assert_cmpuint (json_array_size (pins), ==, 1);
  g_assert_cmpint (json_integer_value (json_object_get (pin, "body")), ==, 1);
  g_assert_cmpfloat (json_number_value (json_array_get (json_object_get (pin, "position"), 2)), ==, -0.2);
  g_assert_cmpfloat (json_number_value (json_array_get (json_object_get (pin, "axis"), 1)), ==, 1);
}

static const char *
get_name (const json_t *ties, guint i)
{
  return json_string_value (json_object_get (json_array_get (ties, i), "name"));
}

static void
test_ties (void)
{
  g_autoptr (json_t) ties = write_ties ();
  const json_t *spring = json_array_get (ties, 0), *rope = json_array_get (ties, 1);
  const json_t *path = json_object_get (rope, "path"), *rim = json_array_get (path, 1);

  g_assert_cmpuint (json_array_size (ties), ==,
                    3); /* the rope is two, by the pulley; one is not to be seen */
  g_assert_cmpstr (get_name (ties, 0), ==, "coil");
  g_assert_cmpstr (get_name (ties, 1), ==, "rope");
  g_assert_cmpstr (get_name (ties, 2), ==, "rope");
  g_assert_true (json_is_true (json_object_get (spring, "spring")));
  g_assert_true (json_is_false (json_object_get (rope, "spring")));
  g_assert_cmpfloat (json_number_value (json_object_get (spring, "width")), ==, 0.02);
  g_assert_cmpuint (json_array_size (path), ==, 3);
  g_assert_cmpint (json_integer_value (json_object_get (rim, "body")), ==, 1);
  g_assert_cmpfloat (json_number_value (json_object_get (rim, "radius")), ==, 0.2);
  g_assert_cmpint (json_integer_value (json_object_get (json_object_get (rim, "side"), "body")), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stream/manifest/ties", test_ties);
  g_test_add_func ("/stream/manifest/colors", test_colors);
  g_test_add_func ("/stream/manifest/pins", test_pins);
  return g_test_run ();
}
