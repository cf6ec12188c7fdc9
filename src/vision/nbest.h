/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The best combinations of choices that do not touch each other. Each choice has options, the best first,
 * with how much worse each is than the first; a combination takes one option of each and is as much worse as
 * its options together. Internal to vision; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_NBEST 5         /* combinations at most */
#define SG_NBEST_OPTIONS 5 /* looked at of one choice: no further one is among the best */

typedef struct
{
  double gaps[SG_NBEST_OPTIONS]; /* n; rising, the first 0: log odds of the first option against it */
  guint n;                       /* >= 1 */
} SgChoice;

/* Where a combination does not take the first option. */
typedef struct
{
  guint choice; /* index */
  guint option; /* >= 1 */
} SgDeparture;

typedef struct
{
  double gap;                           /* sum */
  SgDeparture departures[SG_NBEST - 1]; /* n; by rising choice */
  guint n;
} SgCombination;

/* The best SG_NBEST combinations, or as many as there are, best first; returns how many. The first has no
 * departures. Linear in the number of choices. */
guint sg_nbest_find (const SgChoice *choices, guint n, SgCombination best[SG_NBEST]);

G_END_DECLS
