/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A label written beside a mark makes the same model as one typed there. */
#include "tests/vision/handwriting.h"

#include "pipeline/pipeline.h"

/* Straight runs between the points, with a hand's points in between. */
static void
draw (SgPageBuilder *page, const SgPoint *points, guint n)
{
  g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (SgInkPoint));

  for (guint i = 0; i + 1 < n; i++)
    for (guint k = 0; k < 12; k++)
      {
        SgPoint p = sg_point_lerp (points[i], points[i + 1], k / 12.0);

        g_array_append_val (ink, ((SgInkPoint){ p.x + 0.3 * sin (k), p.y + 0.3 * cos (k), NAN, NAN }));
      }
  g_array_append_val (ink, ((SgInkPoint){ points[n - 1].x, points[n - 1].y, NAN, NAN }));
  sg_page_builder_take_stroke (page, sg_stroke_new (3, NULL, (SgInkPoint *)ink->data, ink->len, NULL));
}

/* A box on a spring under a ceiling. */
static void
draw_spring_and_box (SgPageBuilder *page)
{
  SgPoint zigzag[14] = { { 300, 100 } };

  draw (page, (SgPoint[]){ { 200, 100 }, { 420, 100 } }, 2);
  for (guint i = 0; i < 9; i++)
    draw (page, (SgPoint[]){ { 210 + 25 * i, 100 }, { 220 + 25 * i, 86 } }, 2);
  for (guint i = 1; i < 13; i++)
    zigzag[i] = SG_POINT (i % 2 ? 312 : 288, 100 + 12 * i);
  zigzag[13] = SG_POINT (300, 256);
  draw (page, zigzag, 14);
  draw (page,
        (SgPoint[]){ { 255, 258 }, { 345, 258 }, { 345, 330 }, { 255, 330 }, { 255, 259 } }, 5);
}

static SgScene *
run (SgPageBuilder *builder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  SgScene *scene = sg_pipeline_run (page, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return scene;
}

static SgScene *
run_typed (const char *stiffness, const char *mass)
{
  SgPageBuilder *page = sg_page_builder_new (NULL);

  draw_spring_and_box (page);
  if (stiffness)
    sg_page_builder_take_label (page, sg_label_new (SG_POINT (335, 180), stiffness, NULL));
  if (mass)
    sg_page_builder_take_label (page, sg_label_new (SG_POINT (360, 310), mass, NULL));
  return run (page);
}

static SgScene *
run_written (const char *stiffness, const char *mass, guint style)
{
  SgPageBuilder *page = sg_page_builder_new (NULL);
  Hand hand = hand_new (page, style);

  draw_spring_and_box (page);
  hand_write (&hand, stiffness, SG_POINT (335, 190), 22);
  hand_write (&hand, mass, SG_POINT (365, 310), 26);
  hand_clear (&hand);
  return run (page);
}

static void
test_same_model (void)
{
  g_autoptr (SgScene) none = run_typed (NULL, NULL);
  g_autoptr (SgScene) typed = run_typed ("k=50", "2 kg");

  g_assert_cmpstr (none->mjcf, !=, typed->mjcf);
  for (guint style = 0; style < 4; style++)
    {
      g_autoptr (SgScene) written = run_written ("k=50", "2 kg", style);

      g_assert_cmpstr (written->mjcf, ==, typed->mjcf);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline/written-labels/same-model", test_same_model);
  return g_test_run ();
}
