/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the overlay tells: roles apart without colour, doubt, issues, relations; and what is under a
 * pointer. */
#include "drawn.h"
#include "vision/markup.h"

static SgReading *
many_marks (guint n)
{
  SgReading *reading = sg_reading_new ();

  for (guint i = 0; i < n; i++)
    drawn_box (reading, 60 * (i % 25), 60 * (i / 25), 40, 40);
  return reading;
}

static guint
count_marks (const SgMarkup *markup, SgMarkupKind kind)
{
  guint n = 0;

  for (guint i = 0; i < markup->marks->len; i++)
    n += sg_markup_mark (markup, i)->kind == kind;
  return n;
}

/* The last stroked shape of the element's outline: the line itself. */
static const SgMarkupShape *
outline_line (const SgMarkup *markup, guint element)
{
  for (guint i = 0; i < markup->marks->len; i++)
    {
      const SgMarkupMark *mark = sg_markup_mark (markup, i);

      if (mark->kind == SG_MARKUP_OUTLINE && mark->index == element)
        return sg_markup_shape (markup, mark->first + mark->n_shapes - 1);
    }
  g_assert_not_reached ();
}

/* Any two roles differ in more than their colour: the icon, or hatching. */
static void
test_roles_differ_without_colour (void)
{
  for (guint a = 0; a < SG_N_ROLES; a++)
    for (guint b = a + 1; b < SG_N_ROLES; b++)
      if (a != SG_ROLE_FORCE || b != SG_ROLE_VELOCITY) /* those have other dashes and icons of one kind */
        g_assert_cmpstr (sg_role_look (a)->icon, !=, sg_role_look (b)->icon);
  g_assert_cmpuint (sg_role_look (SG_ROLE_FORCE)->n_dashes, !=, sg_role_look (SG_ROLE_VELOCITY)->n_dashes);
  g_assert_cmpuint (sg_role_look (SG_ROLE_SPRING)->n_dashes, !=, sg_role_look (SG_ROLE_DAMPER)->n_dashes);
}

static void
test_icons_fit_their_cell (void)
{
  for (guint role = 0; role < SG_N_ROLES; role++)
    {
      g_autoptr (SgMarkup) icon = sg_markup_new_icon (role);
      SgRect bounds = sg_markup_mark (icon, 0)->bounds;

      g_assert_cmpuint (icon->marks->len, ==, 1);
      g_assert_cmpfloat (bounds.x, >=, -9);
      g_assert_cmpfloat (bounds.y, >=, -9);
      g_assert_cmpfloat (bounds.x + bounds.width, <=, 9);
      g_assert_cmpfloat (bounds.y + bounds.height, <=, 9);
    }
}

static void
test_doubt_is_dashed_and_asked (void)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  guint sure = drawn_circle (reading, 100, 100, 40), unsure = drawn_circle (reading, 300, 100, 40);
  SgRect sure_badge, unsure_badge;

  sg_reading_element (reading, unsure)->confidence = 0.4;
  g_autoptr (SgMarkup) markup = sg_markup_new (reading, NULL, 1);
  g_assert_cmpuint (outline_line (markup, sure)->n_dashes, ==, 0);
  g_assert_cmpuint (outline_line (markup, unsure)->n_dashes, ==, 2);
  /* what lies beside the ink is dashed too: gaps of a thin line do not show on a pen's line */
  const SgMarkupShape *band = outline_line (markup, unsure) - 1;
  g_assert_cmpfloat (band->width, >, outline_line (markup, unsure)->width);
  g_assert_cmpuint (band->n_dashes, ==, 2);
  g_assert_cmpfloat (band->dashes[1] - band->width, >, 3);
  g_assert_true (sg_markup_get_badge (markup, sure, &sure_badge));
  g_assert_true (sg_markup_get_badge (markup, unsure, &unsure_badge));
  g_assert_cmpfloat (unsure_badge.width, >, sure_badge.width);
}

static void
test_fixed_is_hatched (void)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  guint box = drawn_box (reading, 100, 100, 80, 60), ground = drawn_line (reading, 0, 300, 400, 300);

  sg_reading_element (reading, box)->role = SG_ROLE_FIXED;
  sg_reading_element (reading, ground)->role = SG_ROLE_FIXED;
  g_autoptr (SgMarkup) markup = sg_markup_new (reading, NULL, 1);
  g_assert_cmpuint (outline_line (markup, box)->n_segments, >, 10);
  g_assert_cmpuint (outline_line (markup, ground)->n_segments, >, 40);
}

static void
test_issue_has_a_badge (void)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  guint rod = drawn_line (reading, 100, 100, 300, 100), pin = drawn_circle (reading, 500, 100, 6);
  SgRect badge;

  sg_reading_element (reading, pin)->role = SG_ROLE_PIN;
  sg_reading_add_issue (reading, SG_SEVERITY_INFO, rod, "sketch.a", "noted");
  sg_reading_add_issue (reading, SG_SEVERITY_WARNING, rod, "sketch.b", "warned of");
  g_autoptr (SgMarkup) markup = sg_markup_new (reading, NULL, 1);
  g_assert_true (sg_markup_get_badge (markup, rod, &badge));
  g_assert_cmpint (sg_markup_find_issue (markup, sg_rect_center (badge)), ==, 1);
  g_assert_cmpint (sg_markup_find_issue (markup, SG_POINT (200, 100)), ==, -1);
  g_assert_false (sg_markup_get_badge (markup, pin, &badge)); /* a pin is its own icon */
}

static void
test_relations_show (void)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  guint a = drawn_line (reading, 0, 0, 200, 0), b = drawn_line (reading, 200, 0, 200, 200);

  for (guint kind = SG_RELATION_HINGE; kind <= SG_RELATION_ANCHORED; kind++)
    sg_reading_add_relation (reading, kind, a, b, -1, SG_POINT (200, 0), 1);
  g_autoptr (SgMarkup) markup = sg_markup_new (reading, NULL, 1);
  g_assert_cmpuint (count_marks (markup, SG_MARKUP_RELATION), ==, 6);
}

/* Badges cover neither each other nor the marks, even where marks are many. */
static void
test_badges_find_room (void)
{
  g_autoptr (SgReading) reading = many_marks (100);
  g_autoptr (SgMarkup) markup = sg_markup_new (reading, NULL, 1);

  g_assert_cmpuint (count_marks (markup, SG_MARKUP_BADGE), ==, 100);
  for (guint i = 0; i < 100; i++)
    for (guint k = i + 1; k < 100; k++)
      {
        SgRect one, other;

        sg_markup_get_badge (markup, i, &one);
        sg_markup_get_badge (markup, k, &other);
        g_assert_false (sg_rect_overlaps (sg_rect_grow (one, -1), sg_rect_grow (other, -1)));
      }
}

static void
test_icons_keep_their_size (void)
{
  g_autoptr (SgReading) reading = many_marks (4);
  SgRect near, far;

  g_autoptr (SgMarkup) twice = sg_markup_new (reading, NULL, 2);
  g_autoptr (SgMarkup) half = sg_markup_new (reading, NULL, 0.5);
  g_autoptr (SgMarkup) speck = sg_markup_new (reading, NULL, 0.1);
  g_assert_true (sg_markup_get_badge (twice, 0, &near));
  g_assert_true (sg_markup_get_badge (half, 0, &far));
  g_assert_cmpfloat (near.width, ==, far.width);
  g_assert_false (sg_markup_get_badge (speck, 0, &far)); /* a speck needs none */
}

static void
test_find (void)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  guint large = drawn_box (reading, 200, 200, 300, 300), small = drawn_circle (reading, 200, 200, 30);
  guint rod = drawn_line (reading, 200, 200, 500, 200);
  SgRect badge;

  g_autoptr (SgMarkup) markup = sg_markup_new (reading, NULL, 2);
  g_assert_cmpint (sg_markup_find (markup, reading, SG_POINT (2 * 190, 2 * 190), 8), ==, small);
  g_assert_cmpint (sg_markup_find (markup, reading, SG_POINT (2 * 100, 2 * 100), 8), ==, large);
  g_assert_cmpint (sg_markup_find (markup, reading, SG_POINT (2 * 300, 2 * 202), 8), ==, rod);
  g_assert_cmpint (sg_markup_find (markup, reading, SG_POINT (2 * 600, 2 * 600), 8), ==, -1);
  g_assert_true (sg_markup_get_badge (markup, large, &badge));
  g_assert_cmpint (sg_markup_find (markup, reading, sg_rect_center (badge), 8), ==, large);
  g_assert_cmpint (sg_markup_find_badge (markup, sg_rect_center (badge)), ==, large);
  g_assert_cmpint (sg_markup_find_badge (markup, SG_POINT (2 * 300, 2 * 200)), ==, -1);
}

static void
test_equal_marks (void)
{
  g_autoptr (SgReading) reading = many_marks (30), more = many_marks (31);
  g_autoptr (SgMarkup) before = sg_markup_new (reading, NULL, 1), after = sg_markup_new (more, NULL, 1);

  for (guint i = 0; i < 30; i++)
    g_assert_true (
      sg_markup_marks_equal (before, sg_markup_mark (before, i), after, sg_markup_mark (after, i)));
  g_assert_false (
    sg_markup_marks_equal (before, sg_markup_mark (before, 0), after, sg_markup_mark (after, 1)));
}

static void
test_nothing_understood (void)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  g_autoptr (SgMarkup) markup = sg_markup_new (reading, NULL, 1);

  g_assert_cmpuint (markup->marks->len, ==, 0);
  g_assert_cmpint (sg_markup_find (markup, reading, SG_POINT (0, 0), 8), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/markup/roles-without-colour", test_roles_differ_without_colour);
  g_test_add_func ("/vision/markup/icons-fit", test_icons_fit_their_cell);
  g_test_add_func ("/vision/markup/doubt", test_doubt_is_dashed_and_asked);
  g_test_add_func ("/vision/markup/fixed", test_fixed_is_hatched);
  g_test_add_func ("/vision/markup/issue", test_issue_has_a_badge);
  g_test_add_func ("/vision/markup/relations", test_relations_show);
  g_test_add_func ("/vision/markup/badges-find-room", test_badges_find_room);
  g_test_add_func ("/vision/markup/zoom", test_icons_keep_their_size);
  g_test_add_func ("/vision/markup/find", test_find);
  g_test_add_func ("/vision/markup/equal", test_equal_marks);
  g_test_add_func ("/vision/markup/nothing", test_nothing_understood);
  return g_test_run ();
}
