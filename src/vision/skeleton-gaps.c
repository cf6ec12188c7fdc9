/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gaps that a hand left: from a free end to the nearest ink of each branch around it, and farther to another
 * free end that faces it. */
#include "vision/near.h"
#include "vision/skeleton.h"

/* Ink this near to a node, in stroke radii, is taken for the node. */
#define NODE_RADII 2.0

/* Of the length of two lines whose free ends face each other: the paper between them. */
#define FACING_SHARE 0.3
/* Cosine of the largest angle between where a line leads and where the other begins: at a corner one side may
 * be drawn past the other. */
#define FACING cos (110 * G_PI / 180)
/* Cosine of the largest turn from one line into the other: two rails side by side are no box. */
#define FACING_TURN cos (125 * G_PI / 180)

/* Where a branch comes near a free end. */
typedef struct
{
  guint tip;        /* node of the free end */
  guint branch, at; /* point number of the branch */
  double distance;
} Landing;

/* Distance along the branch from its end number `side` to point number `at`. */
static double
way_to (const SgSkeleton *self, guint index, guint side, guint at)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, index);
  const SgPoint *points = &g_array_index (self->points, SgPoint, branch->first);
  return side == 0 ? sg_path_length (points, at + 1) : sg_path_length (points + at, branch->n_points - at);
}

static guint
branch_tip (const SgSkeleton *self, guint end)
{
  return sg_skeleton_branch (self, end / 2)->node[end % 2];
}

/* The point of branch `index` nearest to the free end `end`; of the end's own branch only what is farther
 * along than twice `reach`. */
static Landing
find_landing (const SgSkeleton *self, guint end, guint index, double reach)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, index);
  SgPoint tip = sg_skeleton_point (self, end, 0);
  Landing landing = { branch_tip (self, end), index, 0, INFINITY };
  for (guint i = 0; i < branch->n_points; i++)
    {
      double d = sg_point_distance (g_array_index (self->points, SgPoint, branch->first + i), tip);
      if (d >= landing.distance || d > reach ||
          (index == end / 2 && way_to (self, index, end % 2, i) < 3 * reach))
        continue;
      landing.at = i;
      landing.distance = d;
    }
  return landing;
}

/* The node where the landing is: one of the branch's own, or a new one that splits it. */
static guint
land (SgSkeleton *self, const Landing *landing)
{
  SgSkeletonBranch *branch = sg_skeleton_branch (self, landing->branch);
  SgPoint at = g_array_index (self->points, SgPoint, branch->first + landing->at);
  for (guint side = 0; side < 2; side++)
    if (sg_point_distance (sg_skeleton_node (self, branch->node[side])->at, at) <
        NODE_RADII * self->stroke_radius)
      return branch->node[side];
  SgSkeletonNode node = { .at = at, .radius = branch->radius };
  g_array_append_val (self->nodes, node);
  sg_skeleton_split (self, landing->branch, landing->at, self->nodes->len - 1);
  return self->nodes->len - 1;
}

static void
add_gap (SgSkeleton *self, guint from, guint to)
{
  SgPoint a = sg_skeleton_node (self, from)->at, b = sg_skeleton_node (self, to)->at;
  SgSkeletonBranch gap = { .node = { from, to },
                           .first = self->points->len,
                           .n_points = 2,
                           .length = sg_point_distance (a, b),
                           .radius = self->stroke_radius,
                           .gap = TRUE };
  g_array_append_val (self->points, a);
  g_array_append_val (self->points, b);
  if (from != to)
    g_array_append_val (self->branches, gap);
}

static SgNear *
find_neighbours (const SgSkeleton *self, double reach)
{
  g_autofree SgRect *boxes = g_new (SgRect, self->branches->len);
  for (guint i = 0; i < self->branches->len; i++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self, i);
      SgRect bounds =
        sg_points_bounds (&g_array_index (self->points, SgPoint, branch->first), branch->n_points);
      boxes[i] = sg_rect_grow (bounds, reach / 2);
    }
  return sg_near_new (boxes, self->branches->len);
}

/* The nearest ink to a free end. */
static Landing
find_nearest (const SgSkeleton *self, guint end, const SgNear *near, double reach)
{
  guint n, tip = branch_tip (self, end);
  const guint *others = sg_near_of (near, end / 2, &n);
  Landing best = find_landing (self, end, end / 2, reach);
  for (guint i = 0; i < n; i++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self, others[i]);
      if (branch->gone || branch->faint || branch->node[0] == tip || branch->node[1] == tip)
        continue;
      Landing landing = find_landing (self, end, others[i], reach);
      if (landing.distance < best.distance)
        best = landing;
    }
  return best;
}

/* From a branch's last point to its first: what is split off lies behind what is split next. */
static int
compare_landings (gconstpointer a, gconstpointer b)
{
  const Landing *p = a, *q = b;
  if (p->branch != q->branch)
    return p->branch < q->branch ? -1 : 1;
  return p->at > q->at ? -1 : p->at < q->at;
}

/* A free end, and the one that it faces. */
typedef struct
{
  guint end, node;
  SgPoint way;  /* where its line leads, out of the ink */
  guint facing; /* number of the other, or its own: none */
  double distance;
} Tip;

static GArray *
find_tips (const SgSkeleton *self)
{
  GArray *tips = g_array_new (FALSE, FALSE, sizeof (Tip));
  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
      Tip tip = { end, branch_tip (self, end), .facing = tips->len, .distance = INFINITY };
      if (branch->gone || branch->faint || branch->gap || sg_skeleton_node (self, tip.node)->degree != 1)
        continue;
      tip.way = sg_point_scale (sg_skeleton_direction (self, end), -1);
      g_array_append_val (tips, tip);
    }
  return tips;
}

/* How far it is from one tip to the other, much more where the line has to turn, for what lies straight
 * ahead is what it goes on in; infinite where they do not face each other. */
static double
facing_distance (const SgSkeleton *self, const Tip *a, const Tip *b)
{
  SgPoint apart = sg_point_sub (sg_skeleton_node (self, b->node)->at, sg_skeleton_node (self, a->node)->at);
  double length =
    sg_skeleton_branch (self, a->end / 2)->length + sg_skeleton_branch (self, b->end / 2)->length;
  double d = sg_point_norm (apart), ahead = sg_point_dot (a->way, apart),
         back = -sg_point_dot (b->way, apart);

  if (a->end / 2 == b->end / 2 || d > FACING_SHARE * length || MIN (ahead, back) < FACING * d ||
      -sg_point_dot (a->way, b->way) < FACING_TURN)
    return INFINITY;
  return 5 * d - 2 * (ahead + back);
}

/* Whether the branches from `first` on bridge the gap between the nodes. */
static gboolean
is_bridged (const SgSkeleton *self, guint first, guint a, guint b)
{
  for (guint i = first; i < self->branches->len; i++)
    {
      const guint *node = sg_skeleton_branch (self, i)->node;

      if ((node[0] == a && node[1] == b) || (node[0] == b && node[1] == a))
        return TRUE;
    }
  return FALSE;
}

/* Finds for each tip the nearest that it faces and that no branch from `first_gap` on leads to already. */
static void
face_tips (const SgSkeleton *self, GArray *tips, guint first_gap)
{
  g_autofree SgRect *boxes = g_new (SgRect, tips->len);

  for (guint i = 0; i < tips->len; i++)
    {
      const Tip *tip = &g_array_index (tips, Tip, i);
      SgPoint at = sg_skeleton_node (self, tip->node)->at;

      boxes[i] = sg_rect_grow ((SgRect){ at.x, at.y, 0, 0 },
                               FACING_SHARE * sg_skeleton_branch (self, tip->end / 2)->length);
    }
  g_autoptr (SgNear) near = sg_near_new (boxes, tips->len);
  for (guint i = 0; i < tips->len; i++)
    {
      guint n;
      const guint *others = sg_near_of (near, i, &n);
      Tip *tip = &g_array_index (tips, Tip, i);

      for (guint k = 0; k < n; k++)
        {
          const Tip *other = &g_array_index (tips, Tip, others[k]);
          double d = facing_distance (self, tip, other);
          if (d < tip->distance && !is_bridged (self, first_gap, tip->node, other->node))
            tip->distance = d, tip->facing = others[k];
        }
    }
}

/* Bridges from one free end to another where each is the nearest that the other faces. */
static void
bridge_facing (SgSkeleton *self, guint first_gap)
{
  g_autoptr (GArray) tips = find_tips (self);

  face_tips (self, tips, first_gap);
  for (guint i = 0; i < tips->len; i++)
    {
      const Tip *a = &g_array_index (tips, Tip, i), *b = &g_array_index (tips, Tip, a->facing);

      if (a->facing > i && b->facing == i)
        add_gap (self, a->node, b->node);
    }
}

void
sg_skeleton_bridge_gaps (SgSkeleton *self, double reach, SgBudget *budget)
{
  g_autoptr (SgNear) near = find_neighbours (self, reach);
  g_autoptr (GArray) landings = g_array_new (FALSE, FALSE, sizeof (Landing));
  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
      if (branch->gone || branch->faint || sg_skeleton_node (self, branch_tip (self, end))->degree != 1)
        continue;
      if (!sg_budget_spend (budget))
        break;
      Landing landing = find_nearest (self, end, near, reach);
      if (isfinite (landing.distance))
        g_array_append_val (landings, landing);
    }
  guint first_gap = self->branches->len;
  g_array_sort (landings, compare_landings);
  for (guint i = 0; i < landings->len; i++)
    {
      const Landing *landing = &g_array_index (landings, Landing, i);
      add_gap (self, landing->tip, land (self, landing));
    }
  if (sg_budget_spend (budget))
    bridge_facing (self, first_gap);
}
