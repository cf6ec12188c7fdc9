/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The searches under the reading of a page: covers of one tangle, and combinations of parts. */
#include <math.h>

#include "vision/cover.h"
#include "vision/nbest.h"

static SgCovers
find (const SgCoverSet *sets, guint n)
{
  SgCovers covers;
  SgBudget budget;

  sg_budget_init (&budget, NULL, -1, 0);
  sg_covers_find (sets, n, &budget, &covers);
  return covers;
}

static gboolean
picks (const SgCover *way, guint set)
{
  for (guint i = 0; i < way->n; i++)
    if (way->sets[i] == set)
      return TRUE;
  return FALSE;
}

/* The best set stands in the way of two that together gain more. */
static void
test_whole_beats_greedy (void)
{
  static const SgCoverSet sets[] = { { 0x0f, 3.0 }, { 0x03, 2.0 }, { 0x3c, 2.5 } };
  SgCovers covers = find (sets, 3);

  g_assert_cmpuint (covers.ways[0].n, ==, 2);
  g_assert_true (picks (&covers.ways[0], 1) && picks (&covers.ways[0], 2));
  g_assert_cmpfloat_with_epsilon (covers.ways[0].gain, 4.5, 1e-12);
}

/* All ways there are, best first, and their probabilities. */
static void
test_ways_in_order (void)
{
  static const SgCoverSet sets[] = { { 0x3, 1.0 }, { 0x6, 0.5 }, { 0x30, -1.0 } };
  static const double gains[] = { 1, 0.5, 0, 0, -0.5, -1 };
  SgCovers covers = find (sets, 3);
  double sum = 0;

  g_assert_cmpuint (covers.n, ==, G_N_ELEMENTS (gains));
  for (guint i = 0; i < covers.n; i++)
    {
      g_assert_cmpfloat_with_epsilon (covers.ways[i].gain, gains[i], 1e-12);
      sum += covers.ways[i].probability;
    }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-12);
  /* Of independent sets the odds are their own. */
  g_assert_cmpfloat_with_epsilon (sg_covers_probability (&covers, 2), 1 / (1 + exp (1)), 1e-12);
}

static double
best_by_trying_all (const SgCoverSet *sets, guint n, guint64 taken)
{
  double best = 0;

  if (n == 0)
    return 0;
  best = best_by_trying_all (sets + 1, n - 1, taken);
  if (!(sets[0].members & taken))
    best = MAX (best, sets[0].gain + best_by_trying_all (sets + 1, n - 1, taken | sets[0].members));
  return best;
}

static guint64
random_members (GRand *rand)
{
  guint64 members = 0;

  for (guint k = 0; k < 3; k++)
    members |= G_GUINT64_CONSTANT (1) << g_rand_int_range (rand, 0, 14);
  return members;
}

static void
test_nothing_is_better (void)
{
  GRand *rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 200; round++)
    {
      SgCoverSet sets[14];

      for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
        sets[i] = (SgCoverSet){ random_members (rand), g_rand_double_range (rand, -0.5, 3) };
      SgCovers covers = find (sets, G_N_ELEMENTS (sets));

      g_assert_cmpfloat_with_epsilon (covers.ways[0].gain, best_by_trying_all (sets, G_N_ELEMENTS (sets), 0),
                                      1e-9);
    }
  g_rand_free (rand);
}

/* However tangled, the answer is no worse than taking the best sets in turn, and comes soon. */
static void
test_tangle_and_budget (void)
{
  SgCoverSet sets[SG_COVER_SETS];
  SgCovers covers;
  SgBudget none;
  guint64 taken = 0;
  double greedy = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    sets[i] = (SgCoverSet){ G_GUINT64_CONSTANT (0x10811) << i % 47, 3 - 0.01 * i };
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (!(sets[i].members & taken))
      taken |= sets[i].members, greedy += MAX (0, sets[i].gain);
  covers = find (sets, G_N_ELEMENTS (sets));
  g_assert_cmpfloat (covers.ways[0].gain, >=, greedy);
  sg_budget_init (&none, NULL, -1, 1);
  sg_budget_spend (&none);
  sg_covers_find (sets, G_N_ELEMENTS (sets), &none, &covers);
  g_assert_cmpfloat (covers.ways[0].gain, >=, greedy - 1e-9);
  g_assert_true (sg_budget_is_over (&none));
}

static void
test_no_sets (void)
{
  SgCovers covers = find (NULL, 0);

  g_assert_cmpuint (covers.n, ==, 1);
  g_assert_cmpuint (covers.ways[0].n, ==, 0);
  g_assert_cmpfloat (covers.ways[0].probability, ==, 1);
}

static void
test_combinations_in_order (void)
{
  static const SgChoice choices[] = {
    { { 0, 2.0, 2.1 }, 3 },
    { { 0 }, 1 },
    { { 0, 0.5, 4 }, 3 },
    { { 0, 9 }, 2 },
    { { 0, 1.25 }, 2 },
  };
  static const double gaps[] = { 0, 0.5, 1.25, 1.75, 2.0 };
  SgCombination best[SG_NBEST];

  g_assert_cmpuint (sg_nbest_find (choices, G_N_ELEMENTS (choices), best), ==, SG_NBEST);
  for (guint i = 0; i < SG_NBEST; i++)
    g_assert_cmpfloat_with_epsilon (best[i].gap, gaps[i], 1e-12);
  g_assert_cmpuint (best[0].n, ==, 0);
  g_assert_cmpuint (best[3].n, ==, 2);
  g_assert_cmpuint (best[3].departures[0].choice, ==, 2);
  g_assert_cmpuint (best[3].departures[1].choice, ==, 4);
  g_assert_cmpuint (best[4].departures[0].choice, ==, 0);
}

/* The same gaps as trying all, whichever choices there are. */
static void
test_combinations_are_the_best (void)
{
  GRand *rand = g_rand_new_with_seed (3);

  for (guint round = 0; round < 100; round++)
    {
      SgChoice choices[6];
      SgCombination best[SG_NBEST];
      double gaps[729];

      for (guint i = 0; i < 6; i++)
        {
          choices[i] = (SgChoice){ { 0, g_rand_double (rand) }, 3 };
          choices[i].gaps[2] = choices[i].gaps[1] + g_rand_double (rand);
        }
      for (guint k = 0; k < 729; k++)
        {
          double gap = 0;
          guint at = k;

          for (guint i = 0, rest = k; i < 6; i++, rest /= 3)
            gap += choices[i].gaps[rest % 3];
          for (; at > 0 && gaps[at - 1] > gap; at--)
            gaps[at] = gaps[at - 1];
          gaps[at] = gap;
        }
      g_assert_cmpuint (sg_nbest_find (choices, 6, best), ==, SG_NBEST);
      for (guint i = 0; i < SG_NBEST; i++)
        g_assert_cmpfloat_with_epsilon (best[i].gap, gaps[i], 1e-9);
    }
  g_rand_free (rand);
}

static void
test_no_choices (void)
{
  static const SgChoice sure[] = { { { 0 }, 1 } };
  SgCombination best[SG_NBEST];

  g_assert_cmpuint (sg_nbest_find (NULL, 0, best), ==, 1);
  g_assert_cmpuint (sg_nbest_find (sure, 1, best), ==, 1);
  g_assert_cmpuint (best[0].n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/cover/whole-beats-greedy", test_whole_beats_greedy);
  g_test_add_func ("/vision/cover/ways-in-order", test_ways_in_order);
  g_test_add_func ("/vision/cover/nothing-is-better", test_nothing_is_better);
  g_test_add_func ("/vision/cover/tangle-and-budget", test_tangle_and_budget);
  g_test_add_func ("/vision/cover/no-sets", test_no_sets);
  g_test_add_func ("/vision/nbest/in-order", test_combinations_in_order);
  g_test_add_func ("/vision/nbest/the-best", test_combinations_are_the_best);
  g_test_add_func ("/vision/nbest/no-choices", test_no_choices);
  return g_test_run ();
}
