/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which of several overlapping sets hold together: the best ways to pick sets that share no member, where
 * each set gains something over leaving its members alone. An exact cover, as what no set picks covers
 * itself. Found by branch and bound; the first way looked at is the greedy one, so that a search cut short is
 * never worse. Internal to vision; any thread.
 */
#pragma once

#include "vision/budget.h"

G_BEGIN_DECLS

#define SG_COVER_MEMBERS 64 /* at most */
#define SG_COVER_SETS 256   /* at most */
#define SG_COVERS 8         /* best ways kept */

typedef struct
{
  guint64 members; /* bit by member; none 0 */
  double gain;     /* log odds against its members left alone; may be negative */
} SgCoverSet;

typedef struct
{
  double gain;                    /* sum over the sets picked */
  double probability;             /* among the ways found: proportional to exp (gain) */
  guint16 sets[SG_COVER_MEMBERS]; /* n; indices, in the order of gain */
  guint n;
} SgCover;

typedef struct
{
  SgCover ways[SG_COVERS]; /* n; best first, equal ones in the order in which the search met them */
  guint n;                 /* >= 1: nothing picked is a way too */
} SgCovers;

/* The best ways to pick among `n` <= SG_COVER_SETS sets. Where `budget` refuses, or the sets are too
 * tangled to try all ways, the best of those tried. */
void sg_covers_find (const SgCoverSet *sets, guint n, SgBudget *budget, SgCovers *covers);

/* The sum of the probabilities of the ways that pick `set`. */
double sg_covers_probability (const SgCovers *covers, guint set);

G_END_DECLS
