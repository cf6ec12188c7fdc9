/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages on which no mark can be told by itself: each circumstance where it holds and where it just does not,
 * and what the page keeps of its other readings. */
#include "tests/vision/board.h"
#include "vision/interpretation.h"

static void
draw_circle (Board *board, double x, double y, double radius)
{
  draw_arc (board, SG_POINT (x, y), radius, radius, 0.4, 2 * G_PI);
}

static void
draw_box (Board *board, double x, double y, double width, double height)
{
  DRAW_LINES (board, { x, y }, { x + width, y }, { x + width, y + height }, { x, y + height }, { x, y });
}

/* The marks that there are, as text: "arrow 0 1 2; hatching 3 4 5 6". */
static char *
marks_of (const SgReading *reading)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);

      g_string_append_printf (text, "%s%s", i ? "; " : "", sg_kind_name (element->kind));
      for (guint k = 0; k < element->n_strokes; k++)
        g_string_append_printf (text, " %u", element->strokes[k]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* `away`: how far what gives the mark its meaning is from where it would. */
typedef void (*Draw) (Board *board, double away);

static void
assert_read_as (Draw draw_scene, double away, const char *expected)
{
  Board board = board_new (0, 1);

  draw_scene (&board, away);
  g_autoptr (SgReading) reading = board_read (&board);
  g_autofree char *marks = marks_of (reading);

  g_assert_cmpstr (marks, ==, expected);
}

static double
weight_among (const SgCandidates *all, SgKind kind, guint n)
{
  const SgCandidate *best = NULL;
  double weight = 0;

  for (guint i = 0; i < all->n; i++)
    for (guint k = 0; k < all->items[i].n_kinds; k++)
      {
        const SgCandidate *one = &all->items[i];

        if (one->n != n || one->traces[0] != 0 || one->verdict->kinds[k].kind != kind ||
            (best && best->advantage >= one->advantage))
          continue;
        best = one;
        weight = log (one->likely[k] / one->verdict->kinds[k].confidence) + one->lift;
      }
  g_assert_nonnull (best);
  return weight;
}

/* What the surroundings add, as a logarithm, to the first `n` strokes being this kind of mark. */
static double
context_of (Draw draw_scene, double away, SgKind kind, guint n)
{
  static const SgProposer *const proposers[] = { &sg_propose_rows, &sg_propose_crosses,
                                                 &sg_propose_arrows };
  Board board = board_new (0, 1);
  SgGrouping grouping;
  SgInterpretation interpretation;
  SgBudget budget;
  g_autoptr (SgMemo) memo = sg_memo_new ();

  draw_scene (&board, away);
  g_autoptr (SgPage) page = sg_page_builder_end (board.builder);
  g_autoptr (GArray) ink = sg_ink_from_page (page);

  sg_budget_init (&budget, NULL, -1, 0);
  sg_grouping_init (&grouping, ink, memo, &budget);
  sg_grouping_run (&grouping, proposers, G_N_ELEMENTS (proposers));
  sg_interpretation_init (&interpretation, &grouping);
  double weight = weight_among (&interpretation.candidates, kind, n);

  sg_interpretation_clear (&interpretation);
  sg_grouping_clear (&grouping);
  return weight;
}

static void
draw_pin (Board *board, double away)
{
  draw_arc (board, SG_POINT (0, 0), 11, 7.3, 0, 5.9);
  DRAW_LINES (board, { 0 + away, 0 }, { 120 + away, 10 });
}

static void
draw_wheel (Board *board, double away)
{
  draw_arc (board, SG_POINT (0, 0), 26, 18, 0, 5.9);
  draw_box (board, -20, -80 - away, 160, 76);
}

static void
draw_spring (Board *board, double away)
{
  DRAW_LINES (board, { 0, 0 }, { 20, -15 }, { 38, 11 }, { 66, -17 }, { 76, 14 }, { 102, 0 });
  draw_box (board, 104 + away, -20, 50, 50);
  draw_box (board, -54, -20, 50, 50);
}

static void
draw_rope (Board *board, double away)
{
  DRAW_LINES (board, { 0, 0 }, { 18, 30 }, { 50, 40 }, { 84, 28 }, { 100, 0 });
  draw_box (board, 98 + away, -50, 50, 50);
  draw_box (board, -50, -50, 50, 50);
}

static void
draw_motor (Board *board, double away)
{
  draw_arc (board, SG_POINT (0, 0), 40, 40, 0, 4.2);
  DRAW_LINES (board, { -26, -15 }, { -19.6, -34.9 }, { -42, -38 });
  draw_circle (board, 0 + away, 0, 12);
}

static void
draw_ground (Board *board, double away)
{
  for (guint i = 0; i < 4; i++)
    DRAW_LINES (board, { 30.0 * i + (i % 2 ? 13 : 0), i == 1 ? 6 : 0 },
                { 30.0 * i - 12 - (i == 2 ? 10 : 0), 18 + 5 * (i % 2) });
  DRAW_LINES (board, { -10, -2 - away }, { 130, -2 - away });
}

static void
draw_force (Board *board, double away)
{
  DRAW_LINES (board, { 0, 0 }, { 100, 0 });
  DRAW_LINES (board, { 60, -24 }, { 103, 8 }, { 97, 40 });
  draw_box (board, -60 - away, -30, 60, 60);
}

static void
draw_anchor (Board *board, double away)
{
  DRAW_LINES (board, { -20, -2 }, { 22, 20 });
  DRAW_LINES (board, { -10, 22 }, { 12, -30 });
  draw_box (board, -60 - away, -60, 120, 120);
}

static void
draw_scissor (Board *board, double away)
{
  DRAW_LINES (board, { -80, -60 }, { 80, 60 });
  DRAW_LINES (board, { -80, 60 }, { 80, -60 });
  draw_circle (board, -80 - away, -60, 8);
  draw_circle (board, -80 - away, 60, 8);
}

static void
draw_strings (Board *board, double away)
{
  DRAW_LINES (board, { 0, -120 }, { 0, 0 });
  DRAW_LINES (board, { 0, 0 }, { -36, -50 });
  DRAW_LINES (board, { 0, 0 }, { 36, -50 });
  draw_circle (board, -52 - away, -68, 22);
  draw_circle (board, 52 + away, -68, 22);
}

typedef struct
{
  const char *name;
  Draw draw_scene;
  SgKind kind;
  guint n;     /* strokes of the mark; they are drawn first */
  double away; /* what is this far off says nothing */
  int way;     /* 1: speaks for the kind, -1: against it */
} Scene;

static const Scene SCENES[] = {
  { "pin", draw_pin, SG_KIND_CIRCLE, 1, 40, 1 },
  { "wheel", draw_wheel, SG_KIND_CIRCLE, 1, 50, 1 },
  { "spring", draw_spring, SG_KIND_SPRING, 1, 30, 1 },
  { "rope", draw_rope, SG_KIND_ARC, 1, 30, 1 },
  { "motor", draw_motor, SG_KIND_TURN_ARROW, 2, 40, 1 },
  { "ground", draw_ground, SG_KIND_HATCHING, 4, 40, 1 },
  { "force", draw_force, SG_KIND_ARROW, 2, 30, 1 },
  { "anchor", draw_anchor, SG_KIND_CROSS, 2, 80, 1 },
  { "scissor", draw_scissor, SG_KIND_CROSS, 2, 40, -1 },
  { "strings", draw_strings, SG_KIND_ARROW, 3, 40, -1 },
};

static void
test_circumstance (gconstpointer data)
{
  const Scene *scene = data;
  double here = context_of (scene->draw_scene, 0, scene->kind, scene->n);
  double away = context_of (scene->draw_scene, scene->away, scene->kind, scene->n);

  if (scene->way > 0)
    g_assert_cmpfloat (here, >, 0.5);
  else
    g_assert_cmpfloat (here, <, -5);
  g_assert_cmpfloat_with_epsilon (away, 0, 0.05);
}

/* The marks that only their surroundings tell. */
static void
test_context_decides (void)
{
  assert_read_as (draw_pin, 0, "circle 0; line 1");
  assert_read_as (draw_pin, 40, "ellipse 0; line 1");
  assert_read_as (draw_wheel, 0, "circle 0; rectangle 1");
  assert_read_as (draw_wheel, 50, "ellipse 0; rectangle 1");
  assert_read_as (draw_force, 0, "arrow 0 1; rectangle 2");
  assert_read_as (draw_force, 30, "cross 0 1; rectangle 2");
  assert_read_as (draw_scissor, 0, "line 0; line 1; circle 2; circle 3");
  assert_read_as (draw_scissor, 40, "cross 0 1; circle 2; circle 3");
  assert_read_as (draw_strings, 0, "line 0; line 1; line 2; circle 3; circle 4");
  assert_read_as (draw_strings, 40, "arrow 0 1 2; circle 3; circle 4");
}

static void
draw_ticks (Board *board, double x, double y, guint n)
{
  for (guint i = 0; i < n; i++)
    DRAW_LINES (board, { x + 14.0 * i, y }, { x + 14.0 * i - 9, y + 14 });
}

/* The row would take the barb for a tick; then the rest would be no arrow. */
static void
draw_arrow_beside_ticks (Board *board, double away)
{
  draw_ticks (board, 0, 0, 5);
  DRAW_LINES (board, { -140 - away, 20 }, { -24 - away, 6 });
  DRAW_LINES (board, { -24 - away, 6 }, { -36 - away, 20 });
  DRAW_LINES (board, { -24 - away, 6 }, { -42 - away, 1 });
}

static void
test_whole_beats_greedy (void)
{
  const char *both = "hatching 0 1 2 3 4; arrow 5 6 7";

  assert_read_as (draw_arrow_beside_ticks, 0, both);
  assert_read_as (draw_arrow_beside_ticks, 5, both);
  assert_read_as (draw_arrow_beside_ticks, 100, both);
}

/* Of an ambiguous loop both readings are kept, with the odds of its kinds. */
static void
test_other_readings (void)
{
  Board board = board_new (0, 1);
  double sum = 0;

  draw_wheel (&board, 50);
  g_autoptr (SgReading) reading = board_read (&board);
  const SgElement *loop = sg_reading_element (reading, 0);

  g_assert_cmpuint (reading->readings->len, >=, 2);
  g_assert_cmpuint (reading->readings->len, <=, 5);
  for (guint i = 0; i < reading->readings->len; i++)
    {
      const SgPageReading *one = &g_array_index (reading->readings, SgPageReading, i);

      sum += one->weight;
      g_assert_true (i == 0 ? one->marks->len == 0 : one->marks->len > 0);
      if (i > 0)
        g_assert_cmpfloat (one->weight, <=, (one - 1)->weight);
    }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
  const SgPageReading *first = &g_array_index (reading->readings, SgPageReading, 0), *second = first + 1;
  const SgReadMark *other = &g_array_index (second->marks, SgReadMark, 0);

  g_assert_cmpuint (second->marks->len, ==, 1);
  g_assert_cmpuint (other->n_strokes, ==, 1);
  g_assert_cmpuint (other->strokes[0], ==, 0);
  g_assert_cmpint (other->kind, ==, loop->alternatives[0].kind);
  g_assert_cmpfloat_with_epsilon (second->weight / first->weight,
                                  loop->alternatives[0].confidence / loop->confidence, 1e-6);
}

/* Lines that hardly make an outline may be lines too. */
static void
test_other_groups (void)
{
  Board board = board_new (0, 1);
  gboolean split = FALSE;

  DRAW_LINES (&board, { 0, 0 }, { 100, 8 });
  DRAW_LINES (&board, { 112, 22 }, { 64, 96 });
  DRAW_LINES (&board, { 42, 92 }, { -10, 16 });
  g_autoptr (SgReading) reading = board_read (&board);

  for (guint i = 1; i < reading->readings->len; i++)
    split = split || g_array_index (reading->readings, SgPageReading, i).marks->len == 3;
  g_assert_true (split);
}

static void
draw_much (Board *board)
{
  draw_arrow_beside_ticks (board, 0);
  DRAW_LINES (board, { 200, 0 }, { 300, 0 });
  DRAW_LINES (board, { 300, 0 }, { 300, 70 });
  DRAW_LINES (board, { 300, 70 }, { 200, 70 });
  DRAW_LINES (board, { 200, 70 }, { 200, 0 });
  draw_circle (board, 220, 80, 14);
  draw_circle (board, 280, 80, 14);
}

/* However little may be spent, each stroke is in one mark. */
static void
test_budget_runs_out (void)
{
  for (guint64 work = 1; work < 60; work++)
    {
      Board board = board_new (0, 1);
      guint seen[14] = { 0 };

      draw_much (&board);
      g_autoptr (SgReading) reading = board_read_within (&board, work);

      for (guint i = 0; i < sg_reading_n_elements (reading); i++)
        for (guint k = 0; k < sg_reading_element (reading, i)->n_strokes; k++)
          seen[sg_reading_element (reading, i)->strokes[k]]++;
      for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
        g_assert_cmpuint (seen[i], ==, 1);
    }
}

/* The same page again, and with its strokes drawn in other orders. */
static void
test_any_order (void)
{
  Board board = board_new (0, 1);
  GRand *rand = g_rand_new_with_seed (5);

  draw_much (&board);
  g_autoptr (SgPage) page = sg_page_builder_end (board.builder);
  for (guint round = 0; round < 12; round++)
    {
      guint order[14], n_kinds[SG_N_KINDS] = { 0 };

      board = board_new (0, 1);
      for (guint i = 0; i < G_N_ELEMENTS (order); i++)
        {
          guint at = round < 2 ? i : (guint)g_rand_int_range (rand, 0, i + 1);

          order[i] = order[at];
          order[at] = i;
        }
      for (guint i = 0; i < G_N_ELEMENTS (order); i++)
        sg_page_builder_take_stroke (board.builder, sg_stroke_ref (sg_page_get_stroke (page, order[i])));
      g_autoptr (SgReading) reading = board_read (&board);

      for (guint i = 0; i < sg_reading_n_elements (reading); i++)
        n_kinds[sg_reading_element (reading, i)->kind]++;
      g_assert_cmpuint (sg_reading_n_elements (reading), ==, 5);
      g_assert_cmpuint (n_kinds[SG_KIND_HATCHING], ==, 1);
      g_assert_cmpuint (n_kinds[SG_KIND_ARROW], ==, 1);
      g_assert_cmpuint (n_kinds[SG_KIND_RECTANGLE], ==, 1);
      g_assert_cmpuint (n_kinds[SG_KIND_CIRCLE], ==, 2);
    }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (SCENES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/vision/context/%s", SCENES[i].name);
      g_test_add_data_func (path, &SCENES[i], test_circumstance);
    }
  g_test_add_func ("/vision/interpretation/context-decides", test_context_decides);
  g_test_add_func ("/vision/interpretation/whole-beats-greedy", test_whole_beats_greedy);
  g_test_add_func ("/vision/interpretation/other-readings", test_other_readings);
  g_test_add_func ("/vision/interpretation/other-groups", test_other_groups);
  g_test_add_func ("/vision/interpretation/budget-runs-out", test_budget_runs_out);
  g_test_add_func ("/vision/interpretation/any-order", test_any_order);
  return g_test_run ();
}
