/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Takes the hand's noise out of contacts: what was drawn a little into, or a little above, what it rests on
 * is moved to touch it, so that nothing bursts apart or drops at the start. Mechanisms that hang on the
 * world stay where their pins are. */
#include "physics/assemble-private.h"

/* Page units. */
static const double closes_gap = 9;     /* what floats no higher than this was meant to rest */
static const double parts_overlap = 16; /* a deeper overlap was meant, unless it is into something fixed */

static gboolean
moves_alone (const SgAssembly *assembly, int part)
{
  const SgPart *p = sg_assembly_part (assembly, part);

  return !p->fixed && !p->held;
}

static int
unit_of (const SgAssembly *assembly, guint part)
{
  return sg_assembly_part (assembly, part)->fixed ? -1 : sg_assembly_part (assembly, part)->root;
}

static gboolean
relation_moves_with (const SgAssembly *assembly, const SgRelation *r, int unit)
{
  int element = r->kind == SG_RELATION_ATTACHED ? r->b : r->a;
  int part;

  if (r->kind != SG_RELATION_ATTACHED && r->kind != SG_RELATION_HINGE && r->kind != SG_RELATION_SLIDE)
    return FALSE;
  part = sg_assembly_mover (assembly, element);
  if (part < 0 && r->kind == SG_RELATION_HINGE)
    part = sg_assembly_mover (assembly, r->b);
  return part >= 0 && unit_of (assembly, part) == unit;
}

static void
move_unit (SgAssembly *assembly, int unit, SgPoint by)
{
  for (guint i = 0; i < assembly->parts->len; i++)
    {
      SgPart *part = sg_assembly_part (assembly, i);

      if (unit_of (assembly, i) == unit)
        for (guint k = 0; k < part->shapes->len; k++)
          sg_shape_move (sg_part_shape (part, k), by);
    }
  for (guint i = 0; i < sg_reading_n_relations (assembly->reading); i++)
    if (relation_moves_with (assembly, sg_reading_relation (assembly->reading, i), unit))
      assembly->at[i] = sg_point_add (assembly->at[i], by);
}

static double
part_size (const SgPart *part)
{
  return sqrt (part->area);
}

/* The deepest overlap that part `i` is to be moved out of, 0 where none. */
static double
worst_overlap (const SgAssembly *assembly, guint i, SgPoint *away)
{
  const SgPart *part = sg_assembly_part (assembly, i);
  double worst = -0.05;

  for (guint k = 0; k < assembly->parts->len; k++)
    {
      const SgPart *other = sg_assembly_part (assembly, k);
      double limit = other->fixed ? MAX (parts_overlap, 0.4 * part_size (part)) : parts_overlap;

      if (unit_of (assembly, k) == unit_of (assembly, i))
        continue;
      for (guint m = 0; m < part->shapes->len; m++)
        for (guint n = 0; n < other->shapes->len; n++)
          {
            SgPoint way;

            if (!sg_shape_is_near (sg_part_shape (part, m), sg_part_shape (other, n), 0))
              continue;
            double s = sg_shape_separation (sg_part_shape (part, m), sg_part_shape (other, n), &way);

            /* Of two that can both move the upper one gives way. */
            if (s < worst && s > -limit && !(moves_alone (assembly, k) && way.y > 0.3))
              {
                worst = s;
                *away = way;
              }
          }
    }
  return worst < -0.05 ? -worst : 0;
}

static void
separate (SgAssembly *assembly)
{
  gboolean moved = TRUE;

  for (guint round = 0; round < 40 && moved; round++)
    {
      moved = FALSE;
      for (guint i = 0; i < assembly->parts->len; i++)
        {
          SgPoint away = { 0, 0 };
          double depth = moves_alone (assembly, i) ? worst_overlap (assembly, i, &away) : 0;

          if (depth == 0)
            continue;
          move_unit (assembly, unit_of (assembly, i), sg_point_scale (away, depth));
          moved = TRUE;
        }
    }
}

/* The smallest gap between a unit and something below it, and the way up from there. */
static double
gap_below (const SgAssembly *assembly, int unit, SgPoint *up)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < assembly->parts->len; i++)
    for (guint k = 0; unit_of (assembly, i) == unit && k < assembly->parts->len; k++)
      {
        const SgPart *part = sg_assembly_part (assembly, i), *other = sg_assembly_part (assembly, k);

        if (unit_of (assembly, k) == unit)
          continue;
        for (guint m = 0; m < part->shapes->len; m++)
          for (guint n = 0; n < other->shapes->len; n++)
            {
              SgPoint way;

              if (!sg_shape_is_near (sg_part_shape (part, m), sg_part_shape (other, n), closes_gap))
                continue;
              double s = sg_shape_separation (sg_part_shape (part, m), sg_part_shape (other, n), &way);

              if (s < least && way.y < -0.3)
                {
                  least = s;
                  *up = way;
                }
            }
      }
  return least;
}

static double
lowest_point (const SgAssembly *assembly, int unit)
{
  double lowest = -G_MAXDOUBLE;

  for (guint i = 0; i < assembly->parts->len; i++)
    {
      const SgPart *part = sg_assembly_part (assembly, i);

      for (guint k = 0; unit_of (assembly, i) == unit && k < part->shapes->len; k++)
        for (guint l = 0; l < sg_part_shape (part, k)->n; l++)
          lowest = MAX (lowest, sg_part_shape (part, k)->points[l].y + sg_part_shape (part, k)->radius);
    }
  return lowest;
}

typedef struct
{
  int unit;
  double lowest;
} Unit;

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const Unit *x = a, *y = b;

  return x->lowest > y->lowest ? -1 : x->lowest < y->lowest ? 1
                                                            : x->unit - y->unit;
}

/* From the lowest upwards, so that a stack closes from its foot. */
static void
close_gaps (SgAssembly *assembly)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (Unit));

  for (guint i = 0; i < assembly->parts->len; i++)
    if (moves_alone (assembly, i) && unit_of (assembly, i) == (int)i)
      {
        Unit unit = { i, lowest_point (assembly, i) };
        g_array_append_val (units, unit);
      }
  g_array_sort (units, compare_units);
  for (guint i = 0; i < units->len; i++)
    {
      int unit = g_array_index (units, Unit, i).unit;
      SgPoint up = { 0, 0 };
      double gap = gap_below (assembly, unit, &up);

      if (gap > 0 && gap <= closes_gap)
        move_unit (assembly, unit, sg_point_scale (up, -gap));
    }
}

static gboolean
are_joined (const SgAssembly *assembly, int a, int b)
{
  for (guint i = 0; i < assembly->edges->len; i++)
    {
      const SgEdge *edge = sg_assembly_edge (assembly, i);

      if ((edge->a == a && edge->b == b) || (edge->a == b && edge->b == a))
        return TRUE;
    }
  return FALSE;
}

static void
shrink_pair (SgAssembly *assembly, SgPart *a, SgPart *b)
{
  for (guint m = 0; m < a->shapes->len; m++)
    for (guint n = 0; n < b->shapes->len; n++)
      {
        SgShape *x = sg_part_shape (a, m), *y = sg_part_shape (b, n);
        gboolean both = x->type == SG_SHAPE_DISC && y->type == SG_SHAPE_DISC && !b->fixed;
        SgPoint away;

        if (!sg_shape_is_near (x, y, 0))
          continue;
        double depth = -sg_shape_separation (x, y, &away);

        if (depth <= 0 || x->type != SG_SHAPE_DISC || depth > 0.25 * x->radius)
          continue;
        x->radius -= both ? depth / 2 : depth;
        if (both)
          y->radius -= depth / 2;
      }
}

/* Bobs that hang on the world cannot step aside: where two were drawn into each other they become smaller. */
static void
shrink_held (SgAssembly *assembly)
{
  for (guint i = 0; i < assembly->parts->len; i++)
    for (guint k = 0; k < assembly->parts->len; k++)
      {
        SgPart *a = sg_assembly_part (assembly, i), *b = sg_assembly_part (assembly, k);

        if (i != k && !a->fixed && a->held && (b->fixed || b->held) && !are_joined (assembly, i, k) &&
            !(a->root == (int)i && b->fixed && a->edge >= 0 && a->shapes->len == 1))
          shrink_pair (assembly, a, b);
      }
}

static void
find_centers (SgAssembly *assembly)
{
  for (guint i = 0; i < assembly->parts->len; i++)
    {
      SgPart *part = sg_assembly_part (assembly, i);
      SgPoint sum = { 0, 0 };
      double mass = 0;

      for (guint k = 0; k < part->shapes->len; k++)
        {
          const SgShape *shape = sg_part_shape (part, k);
          double m = sg_assembly_shape_mass (assembly, part, shape);

          sum = sg_point_add (sum, sg_point_scale (sg_shape_center (shape), m));
          mass += m;
        }
      part->center = mass > 0 ? sg_point_scale (sum, 1 / mass) : sg_shape_center (sg_part_shape (part, 0));
    }
}

void
sg_assembly_settle (SgAssembly *assembly)
{
  separate (assembly);
  close_gaps (assembly);
  separate (assembly);
  shrink_held (assembly);
  find_centers (assembly);
}
