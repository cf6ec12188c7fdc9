/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is offered at a mark, and what a choice says of it. */
#include "app/part-choices.h"

#include <math.h>

#define ROOM 8

/* An element of `kind` with `n` other kinds that its ink looks like. */
static SgElement
make_element (SgKind kind, SgRole role, SgAlternative *others, guint n)
{
  return (SgElement){
    .kind = kind, .role = role, .confidence = 0.93, .alternatives = others, .n_alternatives = n
  };
}

static void
assert_choices (const SgElement *element, const char *const *expected)
{
  SgPartChoice choices[ROOM];
  guint n = sg_part_likely_choices (element, choices, ROOM);

  g_assert_cmpuint (n, ==, g_strv_length ((char **)expected));
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (choices[i].label, ==, expected[i]);
  g_assert_true (sg_part_choice_holds (&choices[0], element));
  for (guint i = 1; i < n; i++)
    g_assert_false (sg_part_choice_holds (&choices[i], element));
}

static void
test_closed (void)
{
  SgAlternative others[] = { { .kind = SG_KIND_ELLIPSE, .confidence = 0.04 },
                             { .kind = SG_KIND_BLOB, .confidence = 0.004 } };
  SgElement pin = make_element (SG_KIND_CIRCLE, SG_ROLE_PIN, others, 2);
  SgPartChoice choices[ROOM];

  assert_choices (&pin, (const char *[]){ "Pin", "Ellipse", "Moving body", "Fixed body", "Only ink", NULL });
  sg_part_likely_choices (&pin, choices, ROOM);
  g_assert_cmpfloat (choices[0].confidence, ==, 0.93);
  g_assert_cmpfloat (choices[1].confidence, ==, 0.04);
  g_assert_true (isnan (choices[2].confidence));
}

/* A kind that the ink looks like is not offered a second time for what it may serve as. */
static void
test_no_twins (void)
{
  SgAlternative others[] = { { .kind = SG_KIND_SPRING, .confidence = 0.3 },
                             { .kind = SG_KIND_UNKNOWN, .confidence = 0.2 } };
  SgElement curve = make_element (SG_KIND_CURVE, SG_ROLE_ROPE, others, 2);

  assert_choices (&curve, (const char *[]){ "Rope", "Spring", "Rod", "Ground", "Damper", "Only ink", NULL });
}

static void
test_only_ink (void)
{
  SgElement ink = make_element (SG_KIND_UNKNOWN, SG_ROLE_DECORATION, NULL, 0);

  assert_choices (&ink, (const char *[]){ "Only ink", "Spring", "Damper", "Rope", NULL });
}

/* The least room still offers that it is only ink. */
static void
test_room (void)
{
  SgElement ball = make_element (SG_KIND_CIRCLE, SG_ROLE_BODY, NULL, 0);
  SgPartChoice choices[2];

  g_assert_cmpuint (sg_part_likely_choices (&ball, choices, 2), ==, 2);
  g_assert_cmpint (choices[1].role, ==, SG_ROLE_DECORATION);
}

static SgCorrection *
new_statement (void)
{
  const SgInkPoint points[] = { { 0, 0, NAN, NAN }, { 10, 0, NAN, NAN } };
  g_autoptr (SgStroke) stroke = sg_stroke_new (3, NULL, points, 2, NULL);

  return sg_correction_new_for_strokes (&stroke, 1);
}

static void
test_say (void)
{
  const SgPartChoice as_spring = { "Spring", SG_KIND_SPRING, -1, 0.3 },
                     as_ink = { "", -1, SG_ROLE_DECORATION, NAN };
  g_autoptr (SgCorrection) bare = new_statement ();
  g_autoptr (SgCorrection) ink = sg_part_choice_say (&as_ink, bare);
  g_autoptr (SgCorrection) spring = sg_part_choice_say (&as_spring, ink);

  g_assert_cmpstr (sg_correction_get_role (ink), ==, "decoration");
  g_assert_null (sg_correction_get_kind (ink));
  g_assert_cmpstr (sg_correction_get_kind (spring), ==, "spring");
  g_assert_null (sg_correction_get_role (spring)); /* the recogniser says what it serves as */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/part-choices/closed", test_closed);
  g_test_add_func ("/app/part-choices/no-twins", test_no_twins);
  g_test_add_func ("/app/part-choices/only-ink", test_only_ink);
  g_test_add_func ("/app/part-choices/room", test_room);
  g_test_add_func ("/app/part-choices/say", test_say);
  return g_test_run ();
}
