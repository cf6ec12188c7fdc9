/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/shown.h"

/* Every switch can be thrown by its name, alone, and survives being kept as text. */
static void
test_switches (void)
{
  for (guint i = 0; i < sg_shown_n_switches (); i++)
    {
      const char *name = sg_shown_switch_name (i);
      SgShown shown = sg_shown_default (), back;
      gboolean on = !sg_shown_get (&shown, name);
      g_auto (GStrv) items = NULL;

      g_assert_true (sg_shown_set (&shown, name, on));
      items = sg_shown_to_strv (&shown);
      g_assert_cmpuint (g_strv_length (items), ==, 1);
      back = sg_shown_from_strv ((const char *const *)items);
      for (guint k = 0; k < sg_shown_n_switches (); k++)
        {
          const SgShown plain = sg_shown_default ();
          gboolean was = sg_shown_get (&plain, sg_shown_switch_name (k));

          g_assert_cmpint (sg_shown_get (&back, sg_shown_switch_name (k)), ==, k == i ? !was : was);
        }
    }
}

/* MuJoCo's flags are where MuJoCo looks for them. */
static void
test_flags (void)
{
  SgShown shown = sg_shown_default ();

  g_assert_true (sg_shown_set (&shown, "contact-force", TRUE));
  g_assert_true (sg_shown_set (&shown, "fog", TRUE));
  g_assert_true (sg_shown_set (&shown, "joint-group-4", TRUE));
  g_assert_true (sg_shown_set (&shown, "geom-group-1", FALSE));
  g_assert_cmpint (shown.option.flags[mjVIS_CONTACTFORCE], ==, 1);
  g_assert_cmpint (shown.effects[mjRND_FOG], ==, 1);
  g_assert_cmpint (shown.option.jointgroup[4], ==, 1);
  g_assert_cmpint (shown.option.geomgroup[1], ==, 0);
}

static void
test_choices (void)
{
  SgShown shown = sg_shown_default (), back;
  g_auto (GStrv) items = NULL;

  g_assert_true (sg_shown_set_label (&shown, "body"));
  g_assert_true (sg_shown_set_frame (&shown, "world"));
  items = sg_shown_to_strv (&shown);
  back = sg_shown_from_strv ((const char *const *)items);
  g_assert_cmpint (back.option.label, ==, mjLABEL_BODY);
  g_assert_cmpint (back.option.frame, ==, mjFRAME_WORLD);
  g_assert_null (sg_shown_label_name (mjNLABEL));
  g_assert_null (sg_shown_frame_name (mjNFRAME));
}

/* Settings that another version wrote, or a hand. */
static void
test_unknown (void)
{
  const char *const items[] = { "", "!", "=", "label=", "label=nonsense",
                                "frame=x", "nonsense", "joint", NULL };
  SgShown shown = sg_shown_from_strv (items);
  g_auto (GStrv) kept = sg_shown_to_strv (&shown);

  g_assert_cmpuint (g_strv_length (kept), ==, 1);
  g_assert_cmpstr (kept[0], ==, "joint");
  g_assert_cmpint (sg_shown_get (&shown, "nonsense"), ==, -1);
  g_assert_false (sg_shown_set (&shown, "nonsense", TRUE));
}

static void
test_forces (void)
{
  SgShown shown = sg_shown_default ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) plain = sg_model_compile ("<mujoco/>", &error);
  g_autoptr (SgModel) ranging = sg_model_compile ("<mujoco><worldbody><site name='s'/></worldbody><sensor>"
                                                  "<rangefinder site='s'/></sensor></mujoco>",
                                                  &error);

  g_assert_no_error (error);
  g_assert_false (sg_shown_needs_forces (&shown, sg_model_get (plain)));
  g_assert_true (sg_shown_needs_forces (&shown, sg_model_get (ranging)));
  sg_shown_set (&shown, "joint", TRUE);
  g_assert_false (sg_shown_needs_forces (&shown, sg_model_get (plain)));
  sg_shown_set_label (&shown, "contact-force");
  g_assert_true (sg_shown_needs_forces (&shown, sg_model_get (plain)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/shown/switches", test_switches);
  g_test_add_func ("/render/shown/flags", test_flags);
  g_test_add_func ("/render/shown/choices", test_choices);
  g_test_add_func ("/render/shown/unknown", test_unknown);
  g_test_add_func ("/render/shown/forces", test_forces);
  return g_test_run ();
}
