/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Depth first through the sets by falling gain, each first picked and then left out. A branch is given up
 * where even the best share that every free member could still bring does not lift it above the worst way
 * kept. Any thread. */
#include "vision/cover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_STEPS 4000   /* of one search: a fraction of a millisecond */
#define STEPS_A_PIECE 250 /* of work, as the budget counts it */
#define NEGLIGIBLE 8.0    /* log odds against the best way: not worth the search */

typedef struct
{
  const SgCoverSet *sets;
  guint n;
  guint16 order[SG_COVER_SETS];      /* n; indices by falling gain */
  double (*share)[SG_COVER_MEMBERS]; /* n; [i][m]: the most that a set from the i-th on gains a member, at
                                                  member m */
  guint16 picked[SG_COVER_MEMBERS];  /* n_picked; on the present branch */
  guint n_picked;
  guint steps;
  SgBudget *budget;
  SgCovers *covers;
} Search;

static guint
count_members (guint64 members)
{
  return __builtin_popcountll (members);
}

static void
order_sets (Search *search)
{
  for (guint i = 0; i < search->n; i++)
    {
      guint at = i;

      for (; at > 0 && search->sets[search->order[at - 1]].gain < search->sets[i].gain; at--)
        search->order[at] = search->order[at - 1];
      search->order[at] = i;
    }
}

static void
share_gains (Search *search)
{
  for (guint i = search->n; i-- > 0;)
    {
      const SgCoverSet *set = &search->sets[search->order[i]];
      double share = set->gain / count_members (set->members);

      memcpy (search->share[i], search->share[i + 1], sizeof search->share[i]);
      for (guint64 left = set->members; left != 0; left &= left - 1)
        {
          double *most = &search->share[i][__builtin_ctzll (left)];

          *most = MAX (*most, share);
        }
    }
}

/* The most that the sets from the i-th on can add on the members that are free. */
static double
bound_of (const Search *search, guint i, guint64 free)
{
  double sum = 0;

  for (; free != 0; free &= free - 1)
    sum += search->share[i][__builtin_ctzll (free)];
  return sum;
}

static void
keep_way (Search *search, double gain)
{
  SgCovers *covers = search->covers;
  guint at = MIN (covers->n, SG_COVERS - 1);

  if (covers->n == SG_COVERS && gain <= covers->ways[at].gain)
    return;
  covers->n = MIN (covers->n + 1, SG_COVERS);
  for (; at > 0 && covers->ways[at - 1].gain < gain; at--)
    covers->ways[at] = covers->ways[at - 1];
  covers->ways[at] = (SgCover){ .gain = gain, .n = search->n_picked };
  memcpy (covers->ways[at].sets, search->picked, search->n_picked * sizeof search->picked[0]);
}

/* What a way must gain to be of interest. */
static double
least_gain (const SgCovers *covers)
{
  if (covers->n == 0)
    return -G_MAXDOUBLE;
  double least = covers->ways[0].gain - NEGLIGIBLE;

  return covers->n == SG_COVERS ? MAX (least, covers->ways[SG_COVERS - 1].gain) : least;
}

static gboolean
may_go_on (Search *search)
{
  if (search->covers->n == 0)
    return TRUE;
  search->steps++;
  return search->steps < MOST_STEPS &&
         (search->steps % STEPS_A_PIECE != 0 || sg_budget_spend (search->budget));
}

static void
visit (Search *search, guint i, guint64 free, double gain)
{
  while (i < search->n && (search->sets[search->order[i]].members & ~free) != 0)
    i++;
  if (gain + bound_of (search, i, free) <= least_gain (search->covers))
    return;
  if (i == search->n)
    {
      keep_way (search, gain);
      return;
    }
  const SgCoverSet *set = &search->sets[search->order[i]];

  for (guint turn = 0; turn < 2 && may_go_on (search); turn++)
    if ((turn == 0) == (set->gain > 0))
      {
        search->picked[search->n_picked++] = search->order[i];
        visit (search, i + 1, free & ~set->members, gain + set->gain);
        search->n_picked--;
      }
    else
      visit (search, i + 1, free, gain);
}

static void
weigh_ways (SgCovers *covers)
{
  double sum = 0;

  for (guint i = 0; i < covers->n; i++)
    sum += exp (covers->ways[i].gain - covers->ways[0].gain);
  for (guint i = 0; i < covers->n; i++)
    covers->ways[i].probability = exp (covers->ways[i].gain - covers->ways[0].gain) / sum;
}

void
sg_covers_find (const SgCoverSet *sets, guint n, SgBudget *budget, SgCovers *covers)
{
  Search search = { .sets = sets, .n = n, .budget = budget, .covers = covers };

  g_return_if_fail (n <= SG_COVER_SETS);
  covers->n = 0;
  search.share = g_malloc0_n (n + 1, sizeof search.share[0]);
  order_sets (&search);
  share_gains (&search);
  visit (&search, 0, G_MAXUINT64, 0);
  weigh_ways (covers);
  g_free (search.share);
}

double
sg_covers_probability (const SgCovers *covers, guint set)
{
  double sum = 0;

  for (guint i = 0; i < covers->n; i++)
    for (guint k = 0; k < covers->ways[i].n; k++)
      if (covers->ways[i].sets[k] == set)
        sum += covers->ways[i].probability;
  return sum;
}
