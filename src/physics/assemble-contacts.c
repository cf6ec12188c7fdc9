/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contacts that must not be: between what a pin joins, between the links of one linkage, which lie in layers
 * as the drawing's lines cross, and between a slider and its rail. */
#include "physics/assemble-private.h"

/* Fixed things this near a pin are what it is screwed to; page units. */
static const double pin_neighbourhood = 16;
/* Fixed things this near a slider are what it slides on. */
static const double rail_gap = 12;

/* Whether they overlap by more than what rounding leaves of a contact. */
static gboolean
parts_overlap (const SgPart *a, const SgPart *b)
{
  SgPoint away;

  for (guint i = 0; i < a->shapes->len; i++)
    for (guint k = 0; k < b->shapes->len; k++)
      if (sg_shape_is_near (sg_part_shape (a, i), sg_part_shape (b, k), 0) &&
          sg_shape_separation (sg_part_shape (a, i), sg_part_shape (b, k), &away) < -0.5)
        return TRUE;
  return FALSE;
}

static double
distance_to_part (const SgPart *part, SgPoint p)
{
  SgShape point = { .type = SG_SHAPE_DISC, .points = &p, .n = 1 };
  double least = G_MAXDOUBLE;
  SgPoint away;

  for (guint i = 0; i < part->shapes->len; i++)
    least = MIN (least, sg_shape_separation (&point, sg_part_shape (part, i), &away));
  return least;
}

/* Whether the two are screwed together: by a pin between them, by one pin that both are on, or by a pin to
 * the world close to the fixed one. */
static gboolean
share_pin (const SgAssembly *assembly, int a, int b)
{
  for (guint i = 0; i < assembly->edges->len; i++)
    {
      const SgEdge *edge = sg_assembly_edge (assembly, i);
      SgPoint at = assembly->at[edge->relation];
      gboolean on_a = edge->a == a || edge->b == a, on_b = edge->a == b || edge->b == b;

      if (on_a && on_b)
        return TRUE;
      if (on_a && edge->b < 0 && sg_assembly_part (assembly, b)->fixed &&
          distance_to_part (sg_assembly_part (assembly, b), at) < pin_neighbourhood)
        return TRUE;
      for (guint k = 0; on_a && k < assembly->edges->len; k++)
        {
          const SgEdge *other = sg_assembly_edge (assembly, k);

          if ((other->a == b || other->b == b) && sg_point_distance (assembly->at[other->relation], at) < 2)
            return TRUE;
        }
    }
  return FALSE;
}

/* By part: which linkage it belongs to, -1 where its joints close no loop. Linkages are named by one of
 * their parts. */
static int *
find_linkages (const SgAssembly *assembly)
{
  guint n = assembly->parts->len;
  int *linkage = g_new (int, n + 1);
  g_autofree gboolean *closed = g_new0 (gboolean, n + 1);

  for (guint i = 0; i < n; i++)
    linkage[i] = i;
  for (guint i = 0; i < assembly->edges->len; i++)
    {
      const SgEdge *edge = sg_assembly_edge (assembly, i);
      int old = linkage[edge->a];

      if (edge->b < 0)
        continue;
      for (guint k = 0; k < n; k++)
        if (linkage[k] == old)
          linkage[k] = linkage[edge->b];
    }
  for (guint i = 0; i < assembly->edges->len; i++)
    if (!sg_assembly_edge (assembly, i)->in_tree)
      closed[linkage[sg_assembly_edge (assembly, i)->a]] = TRUE;
  for (guint i = 0; i < n; i++)
    linkage[i] = closed[linkage[i]] ? linkage[i] : -1;
  return linkage;
}

static gboolean
slides_on (const SgAssembly *assembly, guint slider, guint rail)
{
  const SgPart *part = sg_assembly_part (assembly, slider), *other = sg_assembly_part (assembly, rail);

  if (!other->fixed || part->edge < 0 || !sg_assembly_edge (assembly, part->edge)->slides)
    return FALSE;
  for (guint m = 0; m < part->shapes->len; m++)
    for (guint n = 0; n < other->shapes->len; n++)
      {
        SgPoint away;

        if (sg_shape_separation (sg_part_shape (part, m), sg_part_shape (other, n), &away) < rail_gap)
          return TRUE;
      }
  return FALSE;
}

/* By part, whether it is fixed and one of linkage `which` is screwed to it or slides on it. */
static void
find_frame (const SgAssembly *assembly, const int *linkage, int which, gboolean *frame)
{
  for (guint k = 0; k < assembly->parts->len; k++)
    {
      frame[k] = FALSE;
      for (guint i = 0; sg_assembly_part (assembly, k)->fixed && i < assembly->parts->len && !frame[k]; i++)
        frame[k] = linkage[i] == which && (share_pin (assembly, i, k) || slides_on (assembly, i, k));
    }
}

/* Marks in `apart` (a row and a column a part) what is not to touch because of one linkage. */
static void
part_linkage (const SgAssembly *assembly, const int *linkage, int which, gboolean *apart)
{
  guint n = assembly->parts->len;
  g_autofree gboolean *frame = g_new (gboolean, n);

  find_frame (assembly, linkage, which, frame);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      if (linkage[i] == which && (linkage[k] == which || frame[k]))
        apart[i * n + k] = apart[k * n + i] = TRUE;
}

/* What still overlaps after settling was drawn through each other: it passes. */
static gboolean
may_not_touch (const SgAssembly *assembly, guint i, guint k)
{
  const SgPart *a = sg_assembly_part (assembly, i), *b = sg_assembly_part (assembly, k);

  return share_pin (assembly, i, k) || share_pin (assembly, k, i) || slides_on (assembly, i, k) ||
         slides_on (assembly, k, i) || parts_overlap (a, b);
}

void
sg_assembly_add_excludes (SgAssembly *assembly)
{
  guint n = assembly->parts->len;
  g_autofree int *linkage = find_linkages (assembly);
  g_autofree gboolean *apart = g_new0 (gboolean, n * n + 1);

  for (guint i = 0; i < n; i++)
    if (linkage[i] == (int)i)
      part_linkage (assembly, linkage, i, apart);
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      {
        const SgPart *a = sg_assembly_part (assembly, i), *b = sg_assembly_part (assembly, k);

        if (!(a->fixed && b->fixed) && (apart[i * n + k] || may_not_touch (assembly, i, k)))
          sg_spec_add_exclude (assembly->spec, a->name, b->name);
      }
}
