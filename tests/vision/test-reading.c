/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "vision/reading-json.h"

static SgReading *
pendulum_reading (void)
{
  SgReading *reading = sg_reading_new ();
  SgElement *rod = sg_reading_add_element (reading, SG_KIND_LINE, SG_ROLE_BODY, 0.95);

  rod->geometry.from = SG_POINT (400, 100);
  rod->geometry.to = SG_POINT (300, 300);
  rod->n_strokes = 2;
  rod->strokes = g_new0 (guint, 2);
  rod->strokes[1] = 3;
  SgElement *bob = sg_reading_add_element (reading, SG_KIND_CIRCLE, SG_ROLE_BODY, 0.97);

  bob->geometry.center = SG_POINT (290, 320);
  bob->geometry.radius = 22;
  bob->n_alternatives = 1;
  bob->alternatives = g_new0 (SgAlternative, 1);
  bob->alternatives[0] = (SgAlternative){
    SG_KIND_ELLIPSE, 0.21, { .center = { 290, 320 }, .radius = 23, .radius_minor = 21, .angle = G_PI / 6 }
  };
  sg_reading_add_relation (reading, SG_RELATION_HINGE, 0, -1, -1, SG_POINT (400, 100), 0.93);
  sg_reading_add_issue (reading, SG_SEVERITY_WARNING, 1, "sketch.example", "Something about %d marks.", 1);
  sg_reading_name_elements (reading);
  sg_reading_add_page_reading (reading, 0.8);
  SgReadMark curve = { SG_KIND_CURVE, 0.15, g_memdup2 (&(guint){ 3 }, sizeof (guint)), 1 };

  g_array_append_val (sg_reading_add_page_reading (reading, 0.2)->marks, curve);
  return reading;
}

static void
test_json_is_the_contract (void)
{
  g_autoptr (SgReading) reading = pendulum_reading ();
  g_autoptr (json_t) json = sg_reading_to_json (reading);
  /* Members in this order: people diff these files. */
  const char *expected =
    "{'scale': 100, 'origin': [0, 0], 'elements': ["
    "{'id': 'line1', 'kind': 'line', 'role': 'body', 'confidence': 0.95, 'strokes': [0, 3],"
    " 'geometry': {'points': [[400, 100], [300, 300]]}, 'alternatives': []}, "
    "{'id': 'circle1', 'kind': 'circle', 'role': 'body', 'confidence': 0.97, 'strokes': [],"
    " 'geometry': {'center': [290, 320], 'radius': 22},"
    " 'alternatives': [{'kind': 'ellipse', 'confidence': 0.21,"
    " 'geometry': {'center': [290, 320], 'radii': [23, 21], 'angle': 30}}]}],"
    " 'relations': [{'kind': 'hinge', 'elements': ['line1', 'world'], 'point': [400, 100],"
    " 'confidence': 0.93}],"
    " 'issues': [{'severity': 'warning', 'code': 'sketch.example',"
    " 'message': 'Something about 1 marks.', 'elements': ['circle1']}],"
    " 'readings': [{'weight': 0.8, 'instead_of': [], 'marks': []},"
    " {'weight': 0.2, 'instead_of': ['line1'],"
    " 'marks': [{'kind': 'curve', 'confidence': 0.15, 'strokes': [3]}]}]}";
  g_autofree char *text = g_strdelimit (sg_json_dump (json, 0), "\"", '\'');

  g_assert_cmpstr (text, ==, expected);
}

/* Every kind has its members of the contract's table, and a name that reads back. */
static void
test_geometry_of_every_kind (void)
{
  static const char *const members[SG_N_KINDS] = {
    "points",
    "points",
    "points",
    "center radius start sweep",
    "center radius",
    "center radii angle",
    "center size angle",
    "points",
    "points",
    "points",
    "from to turns",
    "from to",
    "from to",
    "center radius sweep",
    "center size",
    "from to",
    "box text",
    "points",
  };

  for (SgKind kind = 0; kind < SG_N_KINDS; kind++)
    {
      g_autoptr (SgReading) reading = sg_reading_new ();
      SgKind back;

      sg_reading_add_element (reading, kind, SG_ROLE_BODY, 0.5);
      sg_reading_name_elements (reading);
      g_autoptr (json_t) json = sg_reading_to_json (reading);
      json_t *geometry = json_object_get (json_array_get (json_object_get (json, "elements"), 0), "geometry");
      g_auto (GStrv) names = g_strsplit (members[kind], " ", 0);

      for (char **name = names; *name; name++)
        g_assert_nonnull (json_object_get (geometry, *name));
      g_assert_true (sg_kind_from_name (sg_kind_name (kind), &back));
      g_assert_cmpint (back, ==, kind);
    }
}

static void
test_outline_of_a_turned_box (void)
{
  SgGeometry box = { .center = { 100, 100 }, .width = 40, .height = 20, .angle = G_PI / 2 };
  SgPoint points[8];

  g_assert_cmpuint (sg_geometry_outline (SG_KIND_RECTANGLE, &box, points, 8), ==, 4);
  SgRect bounds = sg_points_bounds (points, 4);
  g_assert_cmpfloat_with_epsilon (bounds.width, 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (bounds.height, 40, 1e-9);
}

/* Angles are counter-clockwise as seen although y points down. */
static void
test_outline_of_an_arc (void)
{
  SgGeometry arc = { .center = { 0, 0 }, .radius = 10, .start = 0, .sweep = G_PI / 2 };
  SgPoint points[64];
  guint n = sg_geometry_outline (SG_KIND_ARC, &arc, points, 64);

  g_assert_cmpfloat_with_epsilon (points[0].x, 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (points[n - 1].y, -10, 1e-9);
  g_assert_cmpuint (sg_geometry_outline (SG_KIND_ARC, &arc, points, 3), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/reading/json", test_json_is_the_contract);
  g_test_add_func ("/vision/reading/geometry-of-every-kind", test_geometry_of_every_kind);
  g_test_add_func ("/vision/reading/outline-of-a-turned-box", test_outline_of_a_turned_box);
  g_test_add_func ("/vision/reading/outline-of-an-arc", test_outline_of_an_arc);
  return g_test_run ();
}
