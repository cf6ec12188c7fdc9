/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A combination among the best departs only where departing costs least, so only so many choices matter as
 * combinations are wanted. Over these the combinations are met in order of their gaps (Lawler, "A procedure
 * for computing the K best solutions to discrete optimization problems", 1972): each leads on to those that
 * take the next option of its last departure or of a later choice, so each is met once. Any thread. */
#include "vision/nbest.h"

#include <string.h>

#define MOST_CHOICES (SG_NBEST - 1)
/* Every combination taken leads on to at most so many; the rest of the frontier waits. */
#define FRONTIER (1 + SG_NBEST * MOST_CHOICES)

typedef struct
{
  double gap;
  guint8 options[MOST_CHOICES]; /* by choice that matters */
  guint last;                   /* of these choices: no later one departs */
} State;

typedef struct
{
  const SgChoice *choices[MOST_CHOICES]; /* n; that matter */
  guint index[MOST_CHOICES];
  guint n;
  State frontier[FRONTIER];
  guint waiting;
} Search;

/* The choices with the least second gaps, by rising index among equals. */
static void
find_choices (Search *search, const SgChoice *choices, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint at = MIN (search->n, MOST_CHOICES - 1);

      if (choices[i].n < 2 ||
          (search->n == MOST_CHOICES && choices[i].gaps[1] >= search->choices[at]->gaps[1]))
        continue;
      search->n = MIN (search->n + 1, MOST_CHOICES);
      for (; at > 0 && search->choices[at - 1]->gaps[1] > choices[i].gaps[1]; at--)
        {
          search->choices[at] = search->choices[at - 1];
          search->index[at] = search->index[at - 1];
        }
      search->choices[at] = &choices[i];
      search->index[at] = i;
    }
}

static State
take_nearest (Search *search)
{
  guint best = 0;

  for (guint i = 1; i < search->waiting; i++)
    if (search->frontier[i].gap < search->frontier[best].gap)
      best = i;
  State state = search->frontier[best];

  search->waiting--;
  memmove (search->frontier + best, search->frontier + best + 1,
           (search->waiting - best) * sizeof search->frontier[0]);
  return state;
}

static void
lead_on (Search *search, const State *state)
{
  for (guint i = state->last; i < search->n; i++)
    {
      const SgChoice *choice = search->choices[i];
      guint option = state->options[i] + 1;
      State next = *state;

      if (option >= choice->n)
        continue;
      next.options[i] = option;
      next.last = i;
      next.gap += choice->gaps[option] - choice->gaps[option - 1];
      search->frontier[search->waiting++] = next;
    }
}

static SgCombination
combination_of (const Search *search, const State *state)
{
  SgCombination combination = { .gap = state->gap };

  for (guint i = 0; i < search->n; i++)
    {
      guint at = combination.n;

      if (state->options[i] == 0)
        continue;
      for (; at > 0 && combination.departures[at - 1].choice > search->index[i]; at--)
        combination.departures[at] = combination.departures[at - 1];
      combination.departures[at] = (SgDeparture){ search->index[i], state->options[i] };
      combination.n++;
    }
  return combination;
}

guint
sg_nbest_find (const SgChoice *choices, guint n, SgCombination best[SG_NBEST])
{
  Search search = { .waiting = 1 };
  guint found = 0;

  find_choices (&search, choices, n);
  while (found < SG_NBEST && search.waiting > 0)
    {
      State state = take_nearest (&search);

      best[found++] = combination_of (&search, &state);
      lead_on (&search, &state);
    }
  return found;
}
