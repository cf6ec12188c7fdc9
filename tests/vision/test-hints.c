/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mark that holds on to nothing says what would give it a meaning. */
#include "tests/vision/pencil.h"
#include "vision/issues.h"

static void
expect_issue (const Pencil *pencil, const char *code)
{
  g_autoptr (SgReading) reading = pencil_read (pencil, &pencil_holds[0]);

  for (guint i = 0; i < reading->issues->len; i++)
    if (g_str_equal (g_array_index (reading->issues, SgIssue, i).code, code))
      return;
  g_test_message ("no %s", code);
  g_test_fail ();
}

static void
test_hints_at_marks (Pencil *pencil, gconstpointer data)
{
  pencil_line (pencil, 200, 150, 330, 200);
  expect_issue (pencil, SG_ISSUE_UNATTACHED_ROD);
  pencil_arrow (pencil, 200, 400, 300, 400);
  expect_issue (pencil, SG_ISSUE_UNATTACHED_ARROW);
  pencil_arc (pencil, 600, 200, 30, -160, 230);
  PENCIL_PATH (pencil, { 622, 225 }, { 610, 228 }, { 609, 216 });
  expect_issue (pencil, SG_ISSUE_UNATTACHED_MOTOR);
  pencil_cross (pencil, 600, 400, 24);
  expect_issue (pencil, SG_ISSUE_UNATTACHED_CROSS);
  PENCIL_PATH (pencil, { 300, 500 }, { 310, 490 }, { 320, 510 }, { 330, 490 }, { 340, 510 }, { 350, 490 },
               { 360, 510 }, { 370, 490 }, { 380, 500 });
  expect_issue (pencil, SG_ISSUE_UNATTACHED_SPRING);
  pencil_label (pencil, 700, 550, "k = 20 N/m");
  expect_issue (pencil, SG_ISSUE_UNATTACHED_LABEL);
}

static void
test_hint_at_damper (Pencil *pencil, gconstpointer data)
{
  PENCIL_PATH (pencil, { 384, 290 }, { 384, 220 }, { 416, 220 }, { 416, 290 });
  PENCIL_PATH (pencil, { 400, 360 }, { 400, 255 }, { 411, 255 }, { 389, 255 });
  expect_issue (pencil, SG_ISSUE_UNATTACHED_DAMPER);
}

static void
test_hint_at_loose_end (Pencil *pencil, gconstpointer data)
{
  pencil_box (pencil, 430, 500, 90, 60);
  PENCIL_PATH (pencil, { 300, 500 }, { 310, 490 }, { 320, 510 }, { 330, 490 }, { 340, 510 }, { 350, 490 },
               { 360, 510 }, { 370, 490 }, { 384, 500 });
  expect_issue (pencil, SG_ISSUE_UNATTACHED_END);
}

static void
test_hint_at_trace (Pencil *pencil, gconstpointer data)
{
  for (guint i = 0; i < 6; i++)
    pencil_dot (pencil, 250 + 35 * i, 300, 2);
  expect_issue (pencil, SG_ISSUE_UNATTACHED_TRACE);
}

static void
setup (Pencil *pencil, gconstpointer data)
{
  pencil_init (pencil);
}

static void
teardown (Pencil *pencil, gconstpointer data)
{
  pencil_clear (pencil);
}

#define HINT(name, function) g_test_add ("/vision/hints/" name, Pencil, NULL, setup, function, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  HINT ("marks", test_hints_at_marks);
  HINT ("damper", test_hint_at_damper);
  HINT ("loose-end", test_hint_at_loose_end);
  HINT ("trace", test_hint_at_trace);
  return g_test_run ();
}
