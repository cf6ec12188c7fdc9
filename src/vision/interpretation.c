/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Candidates, the search without and with context, and the other readings. Any thread. */
#include "vision/interpretation.h"

#include "vision/cluster.h"
#include "vision/context.h"
#include "vision/nbest.h"

#define LEAST_ALONE 0.05  /* probability of a stroke standing alone from which it is looked into */
#define LEAST_WAY 0.01    /* probability of a way to read a cluster that is worth mentioning */
#define LEAST_WEIGHT 0.01 /* of another reading */

/* One way to read a cluster down to the kinds of its marks. */
typedef struct
{
  guint way;
  SgCombination kinds; /* choices are the marks of that way, in its order */
} ClusterReading;

/* What the page chooses between: the kinds of a lone stroke, or the readings of a cluster. */
typedef struct
{
  const SgCluster *cluster;                  /* NULL: a lone stroke */
  guint stroke;                              /* candidate */
  ClusterReading readings[SG_NBEST_OPTIONS]; /* as many as the choice has options */
} Part;

typedef struct
{
  SgInterpretation *result;
  SgCandidates *all;
  GArray *clusters; /* of SgCluster */
  GArray *parts;    /* of Part */
  GArray *choices;  /* of SgChoice; by part */
} Page;

/* -- The best reading -- */

static void
search_clusters (Page *page)
{
  for (guint i = 0; i < page->clusters->len; i++)
    sg_cluster_search (&g_array_index (page->clusters, SgCluster, i), page->all);
}

static void
look_into_strokes (Page *page)
{
  for (guint i = 0; i < page->all->n_strokes; i++)
    if (page->all->items[i].probability >= LEAST_ALONE)
      sg_candidates_look_into (page->all, i);
}

static gboolean
is_lifted (const SgCandidates *all, const guint *candidates, guint n)
{
  for (guint i = 0; i < n; i++)
    if (all->items[candidates[i]].lift != 0)
      return TRUE;
  return FALSE;
}

/* Only what context bears on is searched again. */
static void
search_lifted (Page *page)
{
  for (guint i = 0; i < page->clusters->len; i++)
    {
      SgCluster *cluster = &g_array_index (page->clusters, SgCluster, i);

      if (is_lifted (page->all, cluster->groups, cluster->n_groups) ||
          is_lifted (page->all, cluster->strokes, cluster->n_strokes))
        sg_cluster_search (cluster, page->all);
    }
}

/* -- Other readings -- */

static SgChoice
choose_kind (const SgCandidate *candidate)
{
  SgChoice choice = { .n = 1 };

  for (guint i = 1; i < candidate->n_kinds && choice.n < SG_NBEST_OPTIONS; i++)
    choice.gaps[choice.n++] =
      log (candidate->likely[candidate->order[0]] / candidate->likely[candidate->order[i]]);
  return choice;
}

static void
insert_reading (Part *part, SgChoice *choice, const ClusterReading *reading, double gap)
{
  guint at = MIN (choice->n, SG_NBEST_OPTIONS - 1);

  if (choice->n == SG_NBEST_OPTIONS && gap >= choice->gaps[at])
    return;
  choice->n = MIN (choice->n + 1, SG_NBEST_OPTIONS);
  for (; at > 0 && choice->gaps[at - 1] > gap; at--)
    {
      choice->gaps[at] = choice->gaps[at - 1];
      part->readings[at] = part->readings[at - 1];
    }
  choice->gaps[at] = gap;
  part->readings[at] = *reading;
}

/* The marks of each way, each of its best kinds; what was sure to be part of a group is looked into now. */
static void
add_way (Page *page, Part *part, SgChoice *choice, guint way)
{
  const SgCluster *cluster = part->cluster;
  g_autofree guint *marks = g_new (guint, cluster->n_strokes);
  g_autofree SgChoice *kinds = g_new (SgChoice, cluster->n_strokes);
  guint n = sg_cluster_way (cluster, page->all, way, marks);
  double gap = cluster->covers.n > 0 ? cluster->covers.ways[0].gain - cluster->covers.ways[way].gain : 0;
  SgCombination best[SG_NBEST];

  for (guint i = 0; i < n; i++)
    {
      if (marks[i] < page->all->n_strokes)
        sg_candidates_look_into (page->all, marks[i]);
      kinds[i] = choose_kind (&page->all->items[marks[i]]);
    }
  guint n_best = sg_nbest_find (kinds, n, best);

  for (guint i = 0; i < n_best; i++)
    insert_reading (part, choice, &(ClusterReading){ way, best[i] }, gap + best[i].gap);
}

static void
add_cluster (Page *page, const SgCluster *cluster)
{
  Part part = { .cluster = cluster };
  SgChoice choice = { .n = 0 };

  add_way (page, &part, &choice, 0);
  for (guint way = 1; way < cluster->covers.n && cluster->covers.ways[way].probability >= LEAST_WAY; way++)
    add_way (page, &part, &choice, way);
  g_array_append_val (page->parts, part);
  g_array_append_val (page->choices, choice);
}

static void
add_lone_strokes (Page *page)
{
  g_autofree gboolean *clustered = g_new0 (gboolean, page->all->n_strokes);

  for (guint i = 0; i < page->clusters->len; i++)
    {
      const SgCluster *cluster = &g_array_index (page->clusters, SgCluster, i);

      for (guint k = 0; k < cluster->n_strokes; k++)
        clustered[cluster->strokes[k]] = TRUE;
    }
  for (guint i = 0; i < page->all->n_strokes; i++)
    {
      Part part = { .stroke = i };
      SgChoice choice = choose_kind (&page->all->items[i]);

      if (clustered[i] || choice.n < 2)
        continue;
      g_array_append_val (page->parts, part);
      g_array_append_val (page->choices, choice);
    }
}

static guint
kind_of_mark (const SgCombination *kinds, guint mark)
{
  for (guint i = 0; i < kinds->n; i++)
    if (kinds->departures[i].choice == mark)
      return kinds->departures[i].option;
  return 0;
}

/* Adds the marks of the part's option that the best reading does not hold. */
static void
add_marks (const Page *page, const Part *part, guint option, GArray *marks)
{
  const ClusterReading *reading = &part->readings[option];
  SgInterpretedMark mark = { part->stroke, option };

  if (!part->cluster)
    {
      g_array_append_val (marks, mark);
      return;
    }
  g_autofree guint *way = g_new (guint, part->cluster->n_strokes);
  guint n = sg_cluster_way (part->cluster, page->all, reading->way, way);

  for (guint i = 0; i < n; i++)
    {
      mark = (SgInterpretedMark){ way[i], kind_of_mark (&reading->kinds, i) };
      if (mark.kind > 0 || !page->all->items[way[i]].chosen)
        g_array_append_val (marks, mark);
    }
}

static void
find_others (Page *page)
{
  SgCombination best[SG_NBEST];

  page->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  page->choices = g_array_new (FALSE, FALSE, sizeof (SgChoice));
  for (guint i = 0; i < page->clusters->len; i++)
    add_cluster (page, &g_array_index (page->clusters, SgCluster, i));
  add_lone_strokes (page);
  guint n = sg_nbest_find ((const SgChoice *)page->choices->data, page->choices->len, best);

  for (guint i = 1; i < n && exp (-best[i].gap) >= LEAST_WEIGHT; i++)
    {
      SgOtherReading other = { exp (-best[i].gap), g_array_new (FALSE, FALSE, sizeof (SgInterpretedMark)) };

      for (guint k = 0; k < best[i].n; k++)
        add_marks (page, &g_array_index (page->parts, Part, best[i].departures[k].choice),
                   best[i].departures[k].option, other.marks);
      g_array_append_val (page->result->others, other);
    }
  g_array_unref (page->parts);
  g_array_unref (page->choices);
}

static void
clear_other (gpointer data)
{
  g_array_unref (((SgOtherReading *)data)->marks);
}

void
sg_interpretation_init (SgInterpretation *interpretation, SgGrouping *grouping)
{
  Page page = { .result = interpretation, .all = &interpretation->candidates };

  sg_candidates_init (page.all, grouping);
  interpretation->others = g_array_new (FALSE, FALSE, sizeof (SgOtherReading));
  g_array_set_clear_func (interpretation->others, clear_other);
  page.clusters = sg_clusters_find (page.all);
  search_clusters (&page);
  look_into_strokes (&page);
  if (!sg_budget_is_over (grouping->budget))
    {
      sg_context_weigh (page.all);
      search_lifted (&page);
      look_into_strokes (&page);
      find_others (&page);
    }
  g_array_unref (page.clusters);
}

void
sg_interpretation_clear (SgInterpretation *interpretation)
{
  sg_candidates_clear (&interpretation->candidates);
  g_clear_pointer (&interpretation->others, g_array_unref);
}
