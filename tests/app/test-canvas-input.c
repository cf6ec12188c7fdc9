/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pointer traces replayed on the canvas' seam: what a person does with pen, eraser and select comes out as
 * the edits they mean. */
#include "app/canvas-input.h"
#include "vision/analyze.h"

#define PRESS(x, y, p, t) ((SgPointerSample){ SG_POINT (x, y), p, t })

typedef struct
{
  SgCanvasInput *input;
  SgJournal *journal;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (SgPage) page = sg_page_new ();

  f->input = sg_canvas_input_new ();
  f->journal = sg_journal_new (page);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sg_canvas_input_free (f->input);
  sg_journal_free (f->journal);
}

/* What the canvas does at the end of a drag; FALSE: nothing changed. */
static gboolean
finish (Fixture *f)
{
  SgCanvasInputResult result = sg_canvas_input_end (f->input);

  if (result.edit == NULL)
    return FALSE;
  sg_journal_apply (f->journal, result.edit);
  if (result.straighten != NULL)
    sg_journal_apply (f->journal, result.straighten);
  sg_canvas_input_set_page (f->input, sg_journal_get_page (f->journal));
  return TRUE;
}

/* A straight drag from a to b in 20 moves, then what the canvas does at the end of it. */
static gboolean
drag (Fixture *f, SgTool tool, SgPoint a, SgPoint b)
{
  SgPointerSample sample = PRESS (a.x, a.y, NAN, 1000);

  sg_canvas_input_begin (f->input, tool, &sample, 1, FALSE);
  for (int i = 1; i <= 20; i++)
    {
      SgPoint at = sg_point_lerp (a, b, i / 20.0);
      sample = PRESS (at.x, at.y, NAN, 1000 + 8 * i);
      sg_canvas_input_move (f->input, &sample);
    }
  return finish (f);
}

static guint
n_strokes (Fixture *f)
{
  return sg_page_get_n_strokes (sg_journal_get_page (f->journal));
}

static void
test_pen (Fixture *f, gconstpointer data)
{
  guint n = 0;

  g_assert_true (drag (f, SG_TOOL_PEN, SG_POINT (10, 10), SG_POINT (110, 60)));
  g_assert_cmpuint (n_strokes (f), ==, 1);
  const SgInkPoint *points =
    sg_stroke_get_points (sg_page_get_stroke (sg_journal_get_page (f->journal), 0), &n);
  g_assert_cmpuint (n, ==, 21);
  g_assert_cmpfloat (points[0].t, ==, 0);
  g_assert_cmpfloat (points[20].t, ==, 160);
  g_assert_cmpfloat (points[20].x, ==, 110);
}

static void
test_pressure_is_kept (Fixture *f, gconstpointer data)
{
  SgPointerSample samples[] = { PRESS (0, 0, 0.2, 0), PRESS (5, 0, 0.9, 10) };
  guint n = 0;

  sg_canvas_input_begin (f->input, SG_TOOL_PEN, &samples[0], 1, FALSE);
  sg_canvas_input_move (f->input, &samples[1]);
  g_assert_cmpfloat (sg_canvas_input_get_live (f->input, &n)[1].pressure, ==, 0.9);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_pen_is_chosen (Fixture *f, gconstpointer data)
{
  SgPointerSample samples[] = { PRESS (0, 0, 0.2, 0), PRESS (5, 0, 0.9, 10) };
  guint n = 0;

  sg_canvas_input_set_pen (f->input, 7, FALSE);
  sg_canvas_input_begin (f->input, SG_TOOL_PEN, &samples[0], 1, FALSE);
  sg_canvas_input_move (f->input, &samples[1]);
  g_assert_true (isnan (sg_canvas_input_get_live (f->input, &n)[1].pressure));
  g_assert_true (finish (f));
  g_assert_cmpfloat (sg_stroke_get_width (sg_page_get_stroke (sg_journal_get_page (f->journal), 0)), ==, 7);
}

/* A resting pointer must not pile up points, nor time run backwards where events come late. */
/* Digits that no pen has cost time whenever the page is kept. */
static void
test_ink_has_few_digits (Fixture *f, gconstpointer data)
{
  SgPointerSample sample = PRESS (10.0 / 3, 20.0 / 3, 1.0 / 3, 1000);
  guint n;

  sg_canvas_input_begin (f->input, SG_TOOL_PEN, &sample, 1, FALSE);
  sample = PRESS (100.0 / 3, 200.0 / 3, 1.0 / 7, 1000 + 25.0 / 3);
  sg_canvas_input_move (f->input, &sample);
  g_assert_true (finish (f));
  const SgInkPoint *points =
    sg_stroke_get_points (sg_page_get_stroke (sg_journal_get_page (f->journal), 0), &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (points[1].x, ==, 33.33);
  g_assert_cmpfloat (points[1].y, ==, 66.67);
  g_assert_cmpfloat (points[1].pressure, ==, 0.143);
  g_assert_cmpfloat (points[1].t, ==, 8.33);
}

static void
test_still_pointer_adds_nothing (Fixture *f, gconstpointer data)
{
  SgPointerSample sample = PRESS (40, 40, NAN, 100);
  guint n = 0;

  sg_canvas_input_begin (f->input, SG_TOOL_PEN, &sample, 1, FALSE);
  for (int i = 0; i < 1000; i++)
    sg_canvas_input_move (f->input, &sample);
  sg_canvas_input_get_live (f->input, &n);
  g_assert_cmpuint (n, ==, 1);
  sample = PRESS (80, 40, NAN, 50);
  sg_canvas_input_move (f->input, &sample);
  g_assert_cmpfloat (sg_canvas_input_get_live (f->input, &n)[1].t, >=, 0);
}

static void
test_dot (Fixture *f, gconstpointer data)
{
  g_assert_true (drag (f, SG_TOOL_PEN, SG_POINT (10, 10), SG_POINT (10, 10)));
  g_assert_cmpuint (n_strokes (f), ==, 1);
}

static void
test_eraser_takes_whole_strokes_at_once (Fixture *f, gconstpointer data)
{
  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  drag (f, SG_TOOL_PEN, SG_POINT (0, 50), SG_POINT (200, 50));
  drag (f, SG_TOOL_PEN, SG_POINT (0, 200), SG_POINT (200, 200));
  g_assert_true (drag (f, SG_TOOL_ERASER, SG_POINT (100, -40), SG_POINT (100, 100)));
  g_assert_cmpuint (n_strokes (f), ==, 1);
  g_assert_true (sg_journal_undo (f->journal));
  g_assert_cmpuint (n_strokes (f), ==, 3);
}

static void
test_quick_eraser_misses_nothing (Fixture *f, gconstpointer data)
{
  SgPointerSample from = PRESS (100, -400, NAN, 0), to = PRESS (100, 400, NAN, 8);

  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  sg_canvas_input_begin (f->input, SG_TOOL_ERASER, &from, 1, FALSE);
  sg_canvas_input_move (f->input, &to);
  g_assert_true (g_hash_table_contains (sg_canvas_input_get_hidden (f->input),
                                        sg_page_get_stroke (sg_journal_get_page (f->journal), 0)));
  g_assert_true (finish (f));
}

static void
test_eraser_on_paper_changes_nothing (Fixture *f, gconstpointer data)
{
  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  g_assert_false (drag (f, SG_TOOL_ERASER, SG_POINT (0, 300), SG_POINT (200, 300)));
}

static void
test_select_and_move (Fixture *f, gconstpointer data)
{
  guint n = 0;

  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  drag (f, SG_TOOL_PEN, SG_POINT (0, 80), SG_POINT (200, 80));
  g_assert_true (drag (f, SG_TOOL_SELECT, SG_POINT (100, 1), SG_POINT (130, 31)));
  g_assert_cmpuint (n_strokes (f), ==, 2);
  const SgInkPoint *points =
    sg_stroke_get_points (sg_page_get_stroke (sg_journal_get_page (f->journal), 0), &n);
  g_assert_cmpfloat (points[0].x, ==, 30);
  g_assert_cmpfloat (points[0].y, ==, 30);

  /* what was moved stays selected: it can be deleted, and it alone */
  g_autoptr (SgEdit) edit = sg_selection_delete (sg_canvas_input_get_selection (f->input));
  sg_journal_apply (f->journal, g_steal_pointer (&edit));
  g_assert_cmpuint (n_strokes (f), ==, 1);
}

static void
test_click_does_not_move (Fixture *f, gconstpointer data)
{
  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  g_assert_false (drag (f, SG_TOOL_SELECT, SG_POINT (100, 1), SG_POINT (102, 2)));
  g_assert_false (sg_selection_is_empty (sg_canvas_input_get_selection (f->input)));
}

/* A click within the bounds of what is selected picks what is under it, and where nothing is, nothing. */
static void
test_click_within_the_selection (Fixture *f, gconstpointer data)
{
  SgSelection *selection = sg_canvas_input_get_selection (f->input);

  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 200));
  drag (f, SG_TOOL_PEN, SG_POINT (120, 40), SG_POINT (160, 40));
  drag (f, SG_TOOL_SELECT, SG_POINT (50, 50), SG_POINT (50, 50));
  drag (f, SG_TOOL_SELECT, SG_POINT (140, 40), SG_POINT (140, 40));
  SgPage *page = sg_journal_get_page (f->journal);
  g_assert_false (sg_selection_contains (selection, sg_page_get_stroke (page, 0)));
  g_assert_true (sg_selection_contains (selection, sg_page_get_stroke (page, 1)));
  drag (f, SG_TOOL_SELECT, SG_POINT (50, 50), SG_POINT (50, 50));
  drag (f, SG_TOOL_SELECT, SG_POINT (40, 160), SG_POINT (40, 160));
  g_assert_true (sg_selection_is_empty (selection));
}

static void
test_box_selects_what_it_holds (Fixture *f, gconstpointer data)
{
  SgSelection *selection = sg_canvas_input_get_selection (f->input);

  drag (f, SG_TOOL_PEN, SG_POINT (20, 20), SG_POINT (60, 60));
  drag (f, SG_TOOL_PEN, SG_POINT (50, 50), SG_POINT (500, 50));
  g_assert_false (drag (f, SG_TOOL_SELECT, SG_POINT (0, 90), SG_POINT (90, 0)));
  SgPage *page = sg_journal_get_page (f->journal);
  g_assert_true (sg_selection_contains (selection, sg_page_get_stroke (page, 0)));
  g_assert_false (sg_selection_contains (selection, sg_page_get_stroke (page, 1)));
}

/* Undo by key while the eraser is down: its strokes may be gone, so the drag ends with nothing. */
static void
test_page_changes_amid_erasing (Fixture *f, gconstpointer data)
{
  SgPointerSample press = PRESS (100, 0, NAN, 0);

  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  sg_canvas_input_begin (f->input, SG_TOOL_ERASER, &press, 1, FALSE);
  sg_journal_undo (f->journal);
  sg_canvas_input_set_page (f->input, sg_journal_get_page (f->journal));
  g_assert_false (finish (f));
}

static void
test_label_moves_with_its_text (Fixture *f, gconstpointer data)
{
  SgEdit *edit = sg_edit_new ();
  g_autoptr (SgLabel) label = sg_label_new (SG_POINT (100, 100), "2 kg", NULL);

  sg_edit_add_label (edit, label);
  sg_journal_apply (f->journal, edit);
  sg_canvas_input_set_page (f->input, sg_journal_get_page (f->journal));
  g_assert_true (drag (f, SG_TOOL_SELECT, SG_POINT (110, 100), SG_POINT (160, 120)));
  SgLabel *moved = sg_page_get_label (sg_journal_get_page (f->journal), 0);
  g_assert_cmpstr (sg_label_get_text (moved), ==, "2 kg");
  g_assert_cmpfloat (sg_label_get_position (moved).x, ==, 150);
}

static void
move_to (Fixture *f, double x, double y)
{
  SgPointerSample sample = PRESS (x, y, NAN, 2000);

  sg_canvas_input_move (f->input, &sample);
}

/* Held at its end, a stroke becomes what was meant; the first undo gives the ink back, the second takes it.
 */
static void
test_hold_straightens (Fixture *f, gconstpointer data)
{
  SgPointerSample press = PRESS (0, 0, NAN, 0);
  guint n_raw = 0, n = 0;

  sg_canvas_input_begin (f->input, SG_TOOL_PEN, &press, 1, FALSE);
  for (int i = 1; i <= 50; i++)
    move_to (f, 4 * i, 2 * sin (i));
  sg_canvas_input_get_live (f->input, &n_raw);
  g_assert_true (sg_canvas_input_hold (f->input));
  g_assert_nonnull (sg_canvas_input_get_straight (f->input));
  move_to (f, 203, 2); /* a trembling hand */
  g_assert_true (finish (f));
  g_assert_cmpuint (n_strokes (f), ==, 1);
  const SgInkPoint *points =
    sg_stroke_get_points (sg_page_get_stroke (sg_journal_get_page (f->journal), 0), &n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (fabs (points[i].y - points[0].y), <, 1);

  g_assert_true (sg_journal_undo (f->journal));
  sg_stroke_get_points (sg_page_get_stroke (sg_journal_get_page (f->journal), 0), &n);
  g_assert_cmpuint (n, ==, n_raw);
  g_assert_true (sg_journal_undo (f->journal));
  g_assert_cmpuint (n_strokes (f), ==, 0);
}

static SgRect
bounds_of (Fixture *f)
{
  return sg_page_get_bounds (sg_journal_get_page (f->journal));
}

static void
assert_rect (SgRect r, double x, double y, double width, double height)
{
  g_assert_cmpfloat_with_epsilon (r.x, x, 0.02);
  g_assert_cmpfloat_with_epsilon (r.y, y, 0.02);
  g_assert_cmpfloat_with_epsilon (r.width, width, 0.02);
  g_assert_cmpfloat_with_epsilon (r.height, height, 0.02);
}

static SgGrips
select_everything (Fixture *f)
{
  SgGrips grips;

  sg_selection_add_all (sg_canvas_input_get_selection (f->input));
  g_assert_true (sg_canvas_input_get_grips (f->input, 1, &grips));
  return grips;
}

static void
test_scale_by_a_corner (Fixture *f, gconstpointer data)
{
  drag (f, SG_TOOL_PEN, SG_POINT (100, 100), SG_POINT (200, 150));
  drag (f, SG_TOOL_PEN, SG_POINT (100, 150), SG_POINT (200, 100));
  SgGrips grips = select_everything (f);
  SgPoint anchor = grips.corners[0], corner = grips.corners[2];
  g_assert_true (drag (f, SG_TOOL_SELECT, corner,
                       sg_point_add (anchor, sg_point_scale (sg_point_sub (corner, anchor), 2))));
  assert_rect (bounds_of (f), 108, 108, 200, 100); /* the frame's corner stays, 8 outside */
  g_assert_cmpuint (n_strokes (f), ==, 2);
  g_assert_false (sg_selection_is_empty (sg_canvas_input_get_selection (f->input)));
  g_assert_true (sg_journal_undo (f->journal));
  assert_rect (bounds_of (f), 100, 100, 100, 50);
}

static void
test_turn_by_the_knob (Fixture *f, gconstpointer data)
{
  drag (f, SG_TOOL_PEN, SG_POINT (100, 100), SG_POINT (200, 100));
  drag (f, SG_TOOL_PEN, SG_POINT (100, 140), SG_POINT (200, 140));
  SgGrips grips = select_everything (f);
  SgPoint middle = sg_rect_center (grips.frame);
  double arm = middle.y - grips.knob.y;
  sg_canvas_input_set_snapping (f->input, TRUE, FALSE);
  /* nearly a quarter to the right: it snaps */
  g_assert_true (drag (f, SG_TOOL_SELECT, grips.knob, SG_POINT (middle.x + arm, middle.y + 2)));
  assert_rect (bounds_of (f), 130, 70, 40, 100);
  g_assert_true (sg_journal_undo (f->journal));
  assert_rect (bounds_of (f), 100, 100, 100, 40);
}

/* A loop holds what it is drawn around and not what only its bounds hold; the way of a box is none. */
static void
test_lasso (Fixture *f, gconstpointer data)
{
  SgSelection *selection = sg_canvas_input_get_selection (f->input);

  drag (f, SG_TOOL_PEN, SG_POINT (140, 140), SG_POINT (160, 160));
  drag (f, SG_TOOL_PEN, SG_POINT (60, 60), SG_POINT (65, 66)); /* in the loop's corner */
  SgPage *page = sg_journal_get_page (f->journal);
  SgPointerSample sample = PRESS (250, 150, NAN, 0);
  sg_canvas_input_begin (f->input, SG_TOOL_SELECT, &sample, 1, FALSE);
  for (int i = 1; i <= 36; i++)
    {
      sample = PRESS (150 + 100 * cos (i * G_PI / 18), 150 + 100 * sin (i * G_PI / 18), NAN, 8 * i);
      sg_canvas_input_move (f->input, &sample);
    }
  g_assert_false (finish (f));
  g_assert_true (sg_selection_contains (selection, sg_page_get_stroke (page, 0)));
  g_assert_false (sg_selection_contains (selection, sg_page_get_stroke (page, 1)));

  sg_selection_clear (selection);
  sample = PRESS (30, 30, NAN, 0);
  sg_canvas_input_begin (f->input, SG_TOOL_SELECT, &sample, 1, FALSE);
  sample = PRESS (300, 30, NAN, 10); /* right, then down: a box all the same */
  sg_canvas_input_move (f->input, &sample);
  sample = PRESS (300, 300, NAN, 20);
  sg_canvas_input_move (f->input, &sample);
  g_assert_false (finish (f));
  g_assert_true (sg_selection_contains (selection, sg_page_get_stroke (page, 0)));
  g_assert_true (sg_selection_contains (selection, sg_page_get_stroke (page, 1)));
}

static void
test_duplicate (Fixture *f, gconstpointer data)
{
  SgSelection *selection = sg_canvas_input_get_selection (f->input);

  drag (f, SG_TOOL_PEN, SG_POINT (100, 100), SG_POINT (200, 100));
  drag (f, SG_TOOL_PEN, SG_POINT (100, 300), SG_POINT (200, 300));
  sg_selection_add (selection, sg_page_get_stroke (sg_journal_get_page (f->journal), 0));
  g_autoptr (SgPage) parts = sg_selection_dup_page (selection);
  g_assert_cmpuint (sg_page_get_n_strokes (parts), ==, 1);
  sg_journal_apply (f->journal, sg_selection_add_page (selection, parts, SG_POINT (20, 30)));
  sg_canvas_input_set_page (f->input, sg_journal_get_page (f->journal));
  g_assert_cmpuint (n_strokes (f), ==, 3);
  assert_rect (sg_selection_get_bounds (selection), 120, 130, 100, 0);
  g_assert_true (sg_journal_undo (f->journal));
  g_assert_cmpuint (n_strokes (f), ==, 2);
}

/* A line that is held comes to rest upright and on the end of another; not with Alt. */
static void
test_straight_snaps (Fixture *f, gconstpointer data)
{
  guint n = 0;

  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (203, 0));
  sg_canvas_input_set_snapping (f->input, TRUE, FALSE);
  for (int alt = 0; alt < 2; alt++)
    {
      SgPointerSample sample = { SG_POINT (207, 4), NAN, 1000, alt };

      sg_canvas_input_begin (f->input, SG_TOOL_PEN, &sample, 1, FALSE);
      for (int i = 1; i <= 20; i++)
        {
          sample.at = SG_POINT (207 + i / 5.0, 4 + 8 * i);
          sample.time += 8;
          sg_canvas_input_move (f->input, &sample);
        }
      g_assert_true (sg_canvas_input_hold (f->input));
      const SgInkPoint *points = sg_stroke_get_points (sg_canvas_input_get_straight (f->input), &n);
      if (alt)
        g_assert_cmpfloat (points[0].x, >, 205);
      else
        {
          g_assert_cmpfloat (points[0].x, ==, 203);
          g_assert_cmpfloat (points[0].y, ==, 0);
          g_assert_cmpfloat (points[n - 1].x, ==, 203);
        }
      sg_canvas_input_cancel (f->input);
    }
}

static void
test_moving_on_after_a_hold (Fixture *f, gconstpointer data)
{
  SgPointerSample press = PRESS (0, 0, NAN, 0);

  sg_canvas_input_begin (f->input, SG_TOOL_PEN, &press, 1, FALSE);
  for (int i = 1; i <= 50; i++)
    move_to (f, 4 * i, 0);
  g_assert_true (sg_canvas_input_hold (f->input));
  move_to (f, 230, 40);
  g_assert_null (sg_canvas_input_get_straight (f->input));
  g_assert_true (finish (f));
  g_assert_true (sg_journal_undo (f->journal));
  g_assert_cmpuint (n_strokes (f), ==, 0); /* one step: nothing was straightened */
}

static void
test_scribble_deletes (Fixture *f, gconstpointer data)
{
  SgPointerSample press = PRESS (50, -40, NAN, 0);

  drag (f, SG_TOOL_PEN, SG_POINT (60, 0), SG_POINT (140, 0));
  drag (f, SG_TOOL_PEN, SG_POINT (0, 300), SG_POINT (200, 300));
  sg_canvas_input_begin (f->input, SG_TOOL_PEN, &press, 1, FALSE);
  for (int pass = 0; pass < 14; pass++)
    for (int i = 1; i <= 10; i++)
      move_to (f, 50 + 7 * pass + 0.7 * i, (pass % 2 ? -1 : 1) * (8 * i - 40));
  SgCanvasInputResult result = sg_canvas_input_end (f->input);
  g_assert_cmpuint (result.n_deleted, ==, 1);
  g_assert_null (result.straighten);
  sg_journal_apply (f->journal, result.edit);
  g_assert_cmpuint (n_strokes (f), ==, 1);
  g_assert_true (sg_journal_undo (f->journal));
  g_assert_cmpuint (n_strokes (f), ==, 2);
}

static void
read_page (Fixture *f)
{
  g_autoptr (SgReading) reading = sg_analyze (sg_journal_get_page (f->journal), NULL, NULL);

  sg_canvas_input_set_reading (f->input, reading);
}

/* The end of a selected rod is put onto another: said of the mark, while its ink stays; one step of undo. */
static void
test_drag_an_end (Fixture *f, gconstpointer data)
{
  SgPointerSample press = PRESS (200, 0, NAN, 0);
  SgHandleDrag handle;
  SgPoint end;

  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  drag (f, SG_TOOL_PEN, SG_POINT (260, -60), SG_POINT (260, 200));
  read_page (f);
  g_assert_false (drag (f, SG_TOOL_SELECT, SG_POINT (100, 1), SG_POINT (100, 1)));
  g_assert_cmpint (sg_canvas_input_get_mark (f->input), ==, 0);

  sg_canvas_input_begin (f->input, SG_TOOL_SELECT, &press, 1, FALSE);
  g_assert_false (sg_canvas_input_get_handle_drag (f->input, &handle));
  move_to (f, 255, 40);
  g_assert_true (sg_canvas_input_get_handle_drag (f->input, &handle));
  g_assert_cmpint (handle.snap.element, ==, 1);
  g_assert_cmpfloat (fabs (handle.other.x), <, 2);
  g_assert_true (finish (f));

  SgPage *page = sg_journal_get_page (f->journal);
  g_assert_cmpuint (sg_page_get_n_corrections (page), ==, 1);
  SgCorrection *correction = sg_page_get_correction (page, 0);
  g_assert_true (sg_correction_get_handle (correction, SG_HANDLE_TO, &end) ||
                 sg_correction_get_handle (correction, SG_HANDLE_FROM, &end));
  g_assert_cmpfloat (fabs (end.x - 260), <, 2);
  g_assert_cmpuint (n_strokes (f), ==, 2);
  g_assert_true (sg_journal_undo (f->journal));
  g_assert_cmpuint (sg_page_get_n_corrections (sg_journal_get_page (f->journal)), ==, 0);
}

/* Strokes of the page as "x0 y0 x1 y1" each, rounded. */
static char *
bounds_of_strokes (Fixture *f)
{
  SgPage *page = sg_journal_get_page (f->journal);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      SgRect r = sg_stroke_get_bounds (sg_page_get_stroke (page, i));

      g_string_append_printf (text, "%s%.0f %.0f %.0f %.0f", i > 0 ? ", " : "", r.x, r.y, r.x + r.width,
                              r.y + r.height);
    }
  return g_string_free (text, FALSE);
}

static void
assert_strokes (Fixture *f, const char *expected)
{
  g_autofree char *text = bounds_of_strokes (f);

  g_assert_cmpstr (text, ==, expected);
}

/* Across two lines and back over the second: three cuts, one step to undo. What is cut is seen cut before the
 * hand is lifted. */
static void
test_eraser_cuts (Fixture *f, gconstpointer data)
{
  SgPointerSample press = PRESS (60, -30, NAN, 0);
  g_autoptr (GPtrArray) pieces = NULL;

  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  drag (f, SG_TOOL_PEN, SG_POINT (0, 50), SG_POINT (200, 50));
  sg_canvas_input_set_eraser (f->input, TRUE);
  sg_canvas_input_begin (f->input, SG_TOOL_ERASER, &press, 1, FALSE);
  g_assert_null (sg_canvas_input_dup_pieces (f->input));
  move_to (f, 60, 80);
  move_to (f, 140, 80);
  move_to (f, 140, 25);
  g_assert_cmpuint (g_hash_table_size (sg_canvas_input_get_hidden (f->input)), ==, 2);
  pieces = sg_canvas_input_dup_pieces (f->input);
  g_assert_cmpuint (pieces->len, ==, 5);
  g_assert_true (finish (f));
  assert_strokes (f, "0 0 52 0, 68 0 200 0, 0 50 52 50, 68 50 132 50, 148 50 200 50");
  g_assert_true (sg_journal_undo (f->journal));
  assert_strokes (f, "0 0 200 0, 0 50 200 50");
}

static void
test_eraser_cuts_nothing (Fixture *f, gconstpointer data)
{
  SgPointerSample press = PRESS (60, -30, NAN, 0);

  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (200, 0));
  sg_canvas_input_set_eraser (f->input, TRUE);
  g_assert_false (drag (f, SG_TOOL_ERASER, SG_POINT (0, 40), SG_POINT (200, 40)));
  sg_canvas_input_begin (f->input, SG_TOOL_ERASER, &press, 1, FALSE);
  move_to (f, 60, 30);
  sg_canvas_input_cancel (f->input);
  g_assert_null (sg_canvas_input_get_hidden (f->input));
  g_assert_null (sg_canvas_input_dup_pieces (f->input));
  g_assert_false (finish (f));
  assert_strokes (f, "0 0 200 0");
}

static void
draw_shape (Fixture *f, SgRuledShape shape, SgPoint from, SgPoint to, gboolean even)
{
  SgPointerSample sample = PRESS (from.x, from.y, NAN, 0);

  sg_canvas_input_set_shape (f->input, shape);
  sg_canvas_input_begin (f->input, SG_TOOL_SHAPE, &sample, 1, FALSE);
  sample.at = to;
  sample.even = even;
  sg_canvas_input_move (f->input, &sample);
}

/* From the press to the hand, whichever way; Shift makes it even; what is not drawn far is not drawn. */
static void
test_shapes (Fixture *f, gconstpointer data)
{
  guint n = 0;

  draw_shape (f, SG_RULED_RECTANGLE, SG_POINT (100, 80), SG_POINT (10, 20), FALSE);
  g_assert_true (finish (f));
  draw_shape (f, SG_RULED_ELLIPSE, SG_POINT (200, 0), SG_POINT (260, 41), TRUE);
  g_assert_true (finish (f));
  draw_shape (f, SG_RULED_LINE, SG_POINT (0, 100), SG_POINT (100, 108), TRUE);
  g_assert_true (finish (f));
  assert_strokes (f, "10 20 100 80, 200 0 260 60, 0 100 100 100");
  draw_shape (f, SG_RULED_RECTANGLE, SG_POINT (0, 0), SG_POINT (2, 2), FALSE);
  g_assert_false (finish (f));
  draw_shape (f, SG_RULED_SPRING, SG_POINT (0, 0), SG_POINT (90, 0), FALSE);
  g_assert_nonnull (sg_canvas_input_get_live (f->input, &n));
  g_assert_cmpuint (n, >, 10);
  sg_canvas_input_cancel (f->input);
  sg_canvas_input_get_live (f->input, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (finish (f));
  g_assert_cmpuint (n_strokes (f), ==, 3);
}

/* Its ends come to rest on those of other ink, a box's corners on the grid. */
static void
test_shapes_snap (Fixture *f, gconstpointer data)
{
  drag (f, SG_TOOL_PEN, SG_POINT (0, 0), SG_POINT (103, 7));
  sg_canvas_input_set_snapping (f->input, TRUE, TRUE);
  draw_shape (f, SG_RULED_LINE, SG_POINT (106, 4), SG_POINT (106, 97), FALSE);
  g_assert_true (finish (f));
  draw_shape (f, SG_RULED_RECTANGLE, SG_POINT (203, 198), SG_POINT (296, 252), FALSE);
  g_assert_true (finish (f));
  assert_strokes (f, "0 0 103 7, 103 7 103 97, 200 200 300 250");
}

#define ADD(path, func) g_test_add ("/app/canvas-input/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pen", test_pen);
  ADD ("pressure", test_pressure_is_kept);
  ADD ("pen-is-chosen", test_pen_is_chosen);
  ADD ("few-digits", test_ink_has_few_digits);
  ADD ("still-pointer", test_still_pointer_adds_nothing);
  ADD ("dot", test_dot);
  ADD ("eraser", test_eraser_takes_whole_strokes_at_once);
  ADD ("quick-eraser", test_quick_eraser_misses_nothing);
  ADD ("eraser-on-paper", test_eraser_on_paper_changes_nothing);
  ADD ("select-and-move", test_select_and_move);
  ADD ("click", test_click_does_not_move);
  ADD ("click-within-the-selection", test_click_within_the_selection);
  ADD ("box", test_box_selects_what_it_holds);
  ADD ("undo-amid-erasing", test_page_changes_amid_erasing);
  ADD ("label", test_label_moves_with_its_text);
  ADD ("hold", test_hold_straightens);
  ADD ("hold-and-move-on", test_moving_on_after_a_hold);
  ADD ("hold-snaps", test_straight_snaps);
  ADD ("scale", test_scale_by_a_corner);
  ADD ("turn", test_turn_by_the_knob);
  ADD ("lasso", test_lasso);
  ADD ("duplicate", test_duplicate);
  ADD ("scribble", test_scribble_deletes);
  ADD ("drag-an-end", test_drag_an_end);
  ADD ("eraser-cuts", test_eraser_cuts);
  ADD ("eraser-cuts-nothing", test_eraser_cuts_nothing);
  ADD ("shapes", test_shapes);
  ADD ("shapes-snap", test_shapes_snap);
  return g_test_run ();
}
