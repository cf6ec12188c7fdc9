/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes that must be read together, as groups proposed share them, and the ways to do so. Clusters have no
 * stroke in common, so that each is searched by itself. Internal to vision; any thread.
 */
#pragma once

#include "vision/candidate.h"
#include "vision/cover.h"

G_BEGIN_DECLS

typedef struct
{
  guint *groups; /* n_groups; candidates, the most certain first */
  guint n_groups;
  guint *strokes; /* n_strokes; candidates, ascending */
  guint n_strokes;
  SgCovers covers; /* n_groups sets; none where the cluster is read greedily */
} SgCluster;

/* All clusters of the page, as an array of SgCluster; strokes that no group holds are in none. */
GArray *sg_clusters_find (const SgCandidates *all);

/* Finds the best ways to read the cluster and sets which of its candidates are chosen, and their
 * probabilities. Where the budget is over, or too much lies here to be searched, groups are taken the most
 * certain first, for sure. */
void sg_cluster_search (SgCluster *cluster, SgCandidates *all);

/* The candidates that make up a way to read the cluster (0: the chosen one), groups first; returns how many.
 * There is room for `n_strokes`. */
guint sg_cluster_way (const SgCluster *cluster, const SgCandidates *all, guint way, guint *candidates);

G_END_DECLS
