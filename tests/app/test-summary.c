/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person is told of a scene: all of it, the worst first, in the names that the list of parts has. */
#include "app/summary.h"

/* Two circles, the second of which the model calls "wheel1"; a spring that it calls "spring1". */
static void
make_scene (SgScene *scene)
{
  const double origin[3] = { 0 };
  SgGeom disc = sg_geom_default (SG_GEOM_CYLINDER);
  SgTendon spring = sg_tendon_default (SG_TENDON_SPRING);

  disc.element = 1;
  spring.name = g_strdup ("spring1");
  spring.element = 2;
  *scene = (SgScene){ .reading = sg_reading_new (), .spec = sg_spec_new (), .moves = TRUE };
  sg_reading_add_element (scene->reading, SG_KIND_CIRCLE, SG_ROLE_BODY, 0.9);
  sg_reading_add_element (scene->reading, SG_KIND_CIRCLE, SG_ROLE_BODY, 0.9);
  sg_reading_add_element (scene->reading, SG_KIND_SPRING, SG_ROLE_SPRING, 0.9);
  sg_spec_add_geom (scene->spec, sg_spec_add_body (scene->spec, "wheel1", NULL, origin), disc);
  sg_spec_add_tendon (scene->spec, spring);
}

static void
clear_scene (SgScene *scene)
{
  sg_reading_unref (scene->reading);
  sg_spec_free (scene->spec);
}

static const SgNote *
note_at (const GPtrArray *notes, guint i)
{
  g_assert_cmpuint (i, <, notes->len);
  return notes->pdata[i];
}

static void
test_names (void)
{
  SgScene scene;

  make_scene (&scene);
  sg_spec_add_note (scene.spec, "The motor of %s: it turns.", "wheel1");
  sg_spec_add_note (scene.spec, "wheel1x and wheel2 are not %s.", "spring1");
  g_autoptr (GPtrArray) notes = sg_summary_notes_of_scene (&scene);
  g_assert_cmpstr (note_at (notes, 0)->text, ==, "The motor of Ball 2: it turns.");
  g_assert_cmpstr (note_at (notes, 1)->text, ==, "wheel1x and wheel2 are not Spring.");
  clear_scene (&scene);
}

static void
test_all_are_told (void)
{
  SgScene scene;
  const char *const expected[] = { "broken", "doubtful", "touches nothing", "assumed" };

  make_scene (&scene);
  sg_spec_add_note (scene.spec, "assumed");
  sg_reading_add_issue (scene.reading, SG_SEVERITY_INFO, 0, "sketch.a", "touches nothing");
  sg_reading_add_issue (scene.reading, SG_SEVERITY_WARNING, 0, "sketch.b", "doubtful");
  sg_reading_add_issue (scene.reading, SG_SEVERITY_ERROR, 0, "sketch.c", "broken");
  g_autoptr (GPtrArray) notes = sg_summary_notes_of_scene (&scene);
  g_assert_cmpuint (notes->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < notes->len; i++)
    g_assert_cmpstr (note_at (notes, i)->text, ==, expected[i]);
  g_assert_cmpint (note_at (notes, 0)->severity, ==, SG_SEVERITY_ERROR);
  clear_scene (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/summary/names", test_names);
  g_test_add_func ("/app/summary/all", test_all_are_told);
  return g_test_run ();
}
