/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Disjoint sets of strokes, and a cover of each; any thread. */
#include "vision/cluster.h"

#include <string.h>

#define NONE G_MAXUINT

static guint
root_of (guint *parent, guint i)
{
  while (parent[i] != i)
    i = parent[i] = parent[parent[i]];
  return i;
}

static void
clear_cluster (gpointer data)
{
  SgCluster *cluster = data;

  g_free (cluster->groups);
  g_free (cluster->strokes);
}

/* By stroke: which strokes groups link, as the first stroke of a chain; NONE where no group holds it. */
static guint *
link_strokes (const SgCandidates *all)
{
  guint *parent = g_new (guint, all->n_strokes);
  g_autofree gboolean *grouped = g_new0 (gboolean, all->n_strokes);

  for (guint i = 0; i < all->n_strokes; i++)
    parent[i] = i;
  for (guint i = all->n_strokes; i < all->n; i++)
    for (guint k = 0; k < all->items[i].n; k++)
      {
        guint stroke = all->items[i].traces[k];

        grouped[stroke] = TRUE;
        parent[root_of (parent, stroke)] = root_of (parent, all->items[i].traces[0]);
      }
  for (guint i = 0; i < all->n_strokes; i++)
    parent[i] = root_of (parent, i);
  for (guint i = 0; i < all->n_strokes; i++)
    if (!grouped[i])
      parent[i] = NONE;
  return parent;
}

static int
compare_advantages (gconstpointer a, gconstpointer b, gpointer data)
{
  const SgCandidate *p = &((const SgCandidate *)data)[*(const guint *)a];
  const SgCandidate *q = &((const SgCandidate *)data)[*(const guint *)b];

  if (p->advantage != q->advantage)
    return p->advantage > q->advantage ? -1 : 1;
  return p->traces[0] < q->traces[0] ? -1 : p->traces[0] > q->traces[0];
}

static gboolean
are_alike (const SgCandidate *a, const SgCandidate *b)
{
  return a->n == b->n && a->verdict->kinds[0].kind == b->verdict->kinds[0].kind &&
         memcmp (a->traces, b->traces, a->n * sizeof *a->traces) == 0;
}

/* The most certain first. What is proposed twice, as an arrow may be of either of its strokes as the shaft,
 * is no two ways to read the page. */
static void
sort_groups (SgCluster *cluster, const SgCandidates *all)
{
  guint n = 0;

  g_qsort_with_data (cluster->groups, cluster->n_groups, sizeof *cluster->groups, compare_advantages,
                     all->items);
  for (guint i = 0; i < cluster->n_groups; i++)
    {
      const SgCandidate *group = &all->items[cluster->groups[i]];
      gboolean known = FALSE;

      for (guint k = 0; k < n && n <= SG_COVER_SETS && !known; k++)
        known = are_alike (group, &all->items[cluster->groups[k]]);
      if (!known)
        cluster->groups[n++] = cluster->groups[i];
    }
  cluster->n_groups = n;
}

GArray *
sg_clusters_find (const SgCandidates *all)
{
  GArray *clusters = g_array_new (FALSE, TRUE, sizeof (SgCluster));
  g_autofree guint *root = link_strokes (all);
  g_autofree guint *number = g_new (guint, all->n_strokes);     /* by root */
  g_autofree guint *sizes = g_new0 (guint, 2 * all->n_strokes); /* by root: strokes, groups */

  g_array_set_clear_func (clusters, clear_cluster);
  for (guint i = 0; i < all->n_strokes; i++)
    if (root[i] != NONE)
      sizes[2 * root[i]]++;
  for (guint i = all->n_strokes; i < all->n; i++)
    sizes[2 * root[all->items[i].traces[0]] + 1]++;
  for (guint i = 0; i < all->n_strokes; i++)
    if (sizes[2 * i] > 0)
      {
        SgCluster cluster = { .strokes = g_new (guint, sizes[2 * i]),
                              .groups = g_new (guint, sizes[2 * i + 1]) };

        number[i] = clusters->len;
        g_array_append_val (clusters, cluster);
      }
  for (guint i = 0; i < all->n; i++)
    {
      guint first = root[all->items[i].traces[0]];
      SgCluster *cluster = first == NONE ? NULL : &g_array_index (clusters, SgCluster, number[first]);

      if (cluster && i < all->n_strokes)
        cluster->strokes[cluster->n_strokes++] = i;
      else if (cluster)
        cluster->groups[cluster->n_groups++] = i;
    }
  for (guint i = 0; i < clusters->len; i++)
    sort_groups (&g_array_index (clusters, SgCluster, i), all);
  return clusters;
}

/* The stroke's number within the cluster. */
static guint
place_of (const SgCluster *cluster, guint stroke)
{
  guint low = 0, high = cluster->n_strokes;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (cluster->strokes[middle] <= stroke)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* What a group gains over its strokes read alone, in their surroundings. */
static double
gain_of (const SgCandidates *all, const SgCandidate *group)
{
  double gain = group->advantage + group->lift;

  for (guint i = 0; i < group->n; i++)
    gain -= all->items[group->traces[i]].lift;
  return gain;
}

static gboolean
are_free (const SgCandidates *all, const SgCandidate *group)
{
  for (guint i = 0; i < group->n; i++)
    if (!all->items[group->traces[i]].chosen)
      return FALSE;
  return TRUE;
}

static void
choose (SgCandidates *all, SgCandidate *group)
{
  group->chosen = TRUE;
  for (guint i = 0; i < group->n; i++)
    all->items[group->traces[i]].chosen = FALSE;
}

static void
choose_nothing (SgCluster *cluster, SgCandidates *all)
{
  for (guint i = 0; i < cluster->n_strokes; i++)
    all->items[cluster->strokes[i]].chosen = TRUE;
  for (guint i = 0; i < cluster->n_groups; i++)
    all->items[cluster->groups[i]].chosen = FALSE;
}

static void
take_greedily (SgCluster *cluster, SgCandidates *all)
{
  cluster->covers.n = 0;
  for (guint i = 0; i < cluster->n_groups; i++)
    if (are_free (all, &all->items[cluster->groups[i]]))
      choose (all, &all->items[cluster->groups[i]]);
  for (guint i = 0; i < cluster->n_groups; i++)
    all->items[cluster->groups[i]].probability = all->items[cluster->groups[i]].chosen;
  for (guint i = 0; i < cluster->n_strokes; i++)
    all->items[cluster->strokes[i]].probability = all->items[cluster->strokes[i]].chosen;
}

static void
take_best (SgCluster *cluster, SgCandidates *all)
{
  const SgCover *best = &cluster->covers.ways[0];

  for (guint i = 0; i < best->n; i++)
    choose (all, &all->items[cluster->groups[best->sets[i]]]);
  for (guint i = 0; i < cluster->n_strokes; i++)
    all->items[cluster->strokes[i]].probability = 1;
  for (guint i = 0; i < cluster->n_groups; i++)
    {
      SgCandidate *group = &all->items[cluster->groups[i]];

      group->probability = sg_covers_probability (&cluster->covers, i);
      for (guint k = 0; k < group->n; k++)
        {
          double *alone = &all->items[group->traces[k]].probability;

          *alone = MAX (0, *alone - group->probability);
        }
    }
}

void
sg_cluster_search (SgCluster *cluster, SgCandidates *all)
{
  SgBudget *budget = all->grouping->budget;

  choose_nothing (cluster, all);
  if (cluster->n_strokes > SG_COVER_MEMBERS || cluster->n_groups > SG_COVER_SETS ||
      sg_budget_is_over (budget))
    {
      take_greedily (cluster, all);
      return;
    }
  g_autofree SgCoverSet *sets = g_new0 (SgCoverSet, cluster->n_groups);

  for (guint i = 0; i < cluster->n_groups; i++)
    {
      const SgCandidate *group = &all->items[cluster->groups[i]];

      sets[i].gain = gain_of (all, group);
      for (guint k = 0; k < group->n; k++)
        sets[i].members |= G_GUINT64_CONSTANT (1) << place_of (cluster, group->traces[k]);
    }
  sg_covers_find (sets, cluster->n_groups, budget, &cluster->covers);
  take_best (cluster, all);
}

guint
sg_cluster_way (const SgCluster *cluster, const SgCandidates *all, guint way, guint *candidates)
{
  guint64 covered = 0;
  guint n = 0;

  if (cluster->covers.n == 0)
    {
      for (guint i = 0; i < cluster->n_groups + cluster->n_strokes; i++)
        {
          guint one = i < cluster->n_groups ? cluster->groups[i] : cluster->strokes[i - cluster->n_groups];

          if (all->items[one].chosen)
            candidates[n++] = one;
        }
      return n;
    }
  const SgCover *cover = &cluster->covers.ways[way];

  for (; n < cover->n; n++)
    {
      const SgCandidate *group = &all->items[candidates[n] = cluster->groups[cover->sets[n]]];

      for (guint k = 0; k < group->n; k++)
        covered |= G_GUINT64_CONSTANT (1) << place_of (cluster, group->traces[k]);
    }
  for (guint i = 0; i < cluster->n_strokes; i++)
    if (!(covered >> i & 1))
      candidates[n++] = cluster->strokes[i];
  return n;
}
