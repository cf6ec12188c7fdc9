/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree of hinges: from the world outwards, then each mechanism that hangs on nothing from its most
 * connected body; hinges that are left close loops. */
#include "physics/assemble-private.h"

/* Two pins this near each other between the same bodies are one pin, drawn twice. */
static const double same_pin = 6;

int
sg_assembly_mover (const SgAssembly *assembly, int element)
{
  int part = element >= 0 ? assembly->part_of[element] : -1;

  return part >= 0 && !sg_assembly_part (assembly, part)->fixed ? part : -1;
}

static gboolean
is_repeated (const SgAssembly *assembly, const SgEdge *edge)
{
  for (guint i = 0; i < assembly->edges->len; i++)
    {
      const SgEdge *other = sg_assembly_edge (assembly, i);
      gboolean same =
        (other->a == edge->a && other->b == edge->b) || (other->a == edge->b && other->b == edge->a);

      if (same && other->slides == edge->slides &&
          sg_point_distance (assembly->at[other->relation], assembly->at[edge->relation]) < same_pin)
        return TRUE;
    }
  return FALSE;
}

static void
find_edges (SgAssembly *assembly)
{
  const SgReading *reading = assembly->reading;

  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *r = sg_reading_relation (reading, i);
      SgEdge edge = { .relation = i, .slides = r->kind == SG_RELATION_SLIDE };

      if (r->kind != SG_RELATION_HINGE && r->kind != SG_RELATION_SLIDE)
        continue;
      edge.a = sg_assembly_mover (assembly, r->a);
      edge.b = sg_assembly_mover (assembly, r->b);
      if (edge.a < 0)
        {
          edge.a = edge.b;
          edge.b = -1;
        }
      if (edge.a >= 0 && edge.a != edge.b && !is_repeated (assembly, &edge))
        g_array_append_val (assembly->edges, edge);
    }
}

static int
other_end (const SgEdge *edge, int part)
{
  return edge->a == part ? edge->b : edge->b == part ? edge->a
                                                     : -2;
}

static void
place (SgAssembly *assembly, guint i, int parent, int edge)
{
  SgPart *part = sg_assembly_part (assembly, i);

  part->parent = parent;
  part->edge = edge;
  part->root = parent >= 0 ? sg_assembly_part (assembly, parent)->root : (int)i;
  part->held = parent >= 0 ? sg_assembly_part (assembly, parent)->held : edge >= 0;
  g_array_append_val (assembly->order, i);
}

/* Breadth first, so that a chain to the world is as short as it was drawn. */
static void
grow (SgAssembly *assembly, guint from, gboolean *placed)
{
  for (; from < assembly->order->len; from++)
    {
      int here = g_array_index (assembly->order, guint, from);

      for (guint i = 0; i < assembly->edges->len; i++)
        {
          SgEdge *edge = sg_assembly_edge (assembly, i);
          int next = other_end (edge, here);

          if (edge->in_tree || next < 0 || placed[next])
            continue;
          edge->in_tree = placed[next] = TRUE;
          place (assembly, next, here, i);
        }
    }
}

static guint
count_edges (const SgAssembly *assembly, guint i)
{
  guint n = 0;

  for (guint k = 0; k < assembly->edges->len; k++)
    n += other_end (sg_assembly_edge (assembly, k), i) != -2;
  return n;
}

/* The body with the most hinges, and of those the largest: a cart rather than its wheel. */
static int
next_root (const SgAssembly *assembly, const gboolean *placed)
{
  int best = -1;
  guint most = 0;

  for (guint i = 0; i < assembly->parts->len; i++)
    {
      const SgPart *part = sg_assembly_part (assembly, i);

      if (placed[i] || part->fixed)
        continue;
      guint n = count_edges (assembly, i);
      if (best < 0 || n > most ||
          (n == most && n > 0 && part->area > sg_assembly_part (assembly, best)->area))
        {
          best = i;
          most = n;
        }
    }
  return best;
}

static void
measure_parts (SgAssembly *assembly)
{
  for (guint i = 0; i < assembly->parts->len; i++)
    {
      SgPart *part = sg_assembly_part (assembly, i);

      part->area = 0;
      for (guint k = 0; k < part->shapes->len; k++)
        part->area += sg_shape_area (sg_part_shape (part, k));
    }
}

void
sg_assembly_find_tree (SgAssembly *assembly)
{
  g_autofree gboolean *placed = g_new0 (gboolean, assembly->parts->len + 1);

  measure_parts (assembly);
  assembly->edges = g_array_new (FALSE, FALSE, sizeof (SgEdge));
  assembly->order = g_array_new (FALSE, FALSE, sizeof (guint));
  find_edges (assembly);
  for (guint i = 0; i < assembly->edges->len; i++)
    {
      SgEdge *edge = sg_assembly_edge (assembly, i);

      if (edge->b >= 0 || placed[edge->a])
        continue;
      edge->in_tree = placed[edge->a] = TRUE;
      place (assembly, edge->a, -1, i);
    }
  grow (assembly, 0, placed);
  for (int root; (root = next_root (assembly, placed)) >= 0;)
    {
      guint from = assembly->order->len;

      placed[root] = TRUE;
      place (assembly, root, -1, -1);
      grow (assembly, from, placed);
    }
}
