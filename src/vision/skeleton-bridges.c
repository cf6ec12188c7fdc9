/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink that two lines share where they cross at a small angle or touch: thinning makes a branch of it, a
 * bridge between two forks. */
#include "vision/skeleton.h"

/* A bridge longer than this, in stroke radii, is a line of its own. */
#define LONGEST_BRIDGE 8.0
/* Ink that is this much thicker than the lines around it is where they meet; the middles of its ends may then
 * lie farther apart, of their radii together. */
#define SPOT_BREADTH 1.3
#define SPOT_REACH 1.2
/* Where the ink is this much thicker than that of the lines, two of them lie in it. */
#define THICK_BRIDGE 1.1
/* Cosines of the largest turns of a line over such a bridge: in all, and away from the bridge. */
#define BRIDGE_TURN cos (35 * G_PI / 180)
#define BRIDGE_SLANT cos (75 * G_PI / 180)

static guint
find_root (guint *merged_into, guint node)
{
  while (merged_into[node] != node)
    {
      merged_into[node] = merged_into[merged_into[node]];
      node = merged_into[node];
    }
  return node;
}

/* Whether a line that comes along end `a` crosses the bridge with direction `along` and leaves along `b`. */
static gboolean
runs_over_bridge (const SgSkeleton *self, guint a, guint b, SgPoint along)
{
  SgPoint from = sg_skeleton_direction (self, a), to = sg_skeleton_direction (self, b);
  return -sg_point_dot (from, to) > BRIDGE_TURN && -sg_point_dot (from, along) > BRIDGE_SLANT &&
         sg_point_dot (to, along) > BRIDGE_SLANT;
}

/* A stretch of one line, between where another meets it from the one side and a third from the other, is as
 * thick as that line. */
static gboolean
is_thick (const SgSkeleton *self,
          const SgSkeletonBranch *bridge,
          const guint ends_a[2],
          const guint ends_b[2])
{
  double radius = 0;
  for (guint k = 0; k < 2; k++)
    radius +=
      sg_skeleton_branch (self, ends_a[k] / 2)->radius + sg_skeleton_branch (self, ends_b[k] / 2)->radius;
  return bridge->radius > THICK_BRIDGE * radius / 4;
}

/* Whether the branch is ink that two lines share where they cross at a small angle or touch. */
static gboolean
is_shared (const SgSkeleton *self, guint index, const SgSkeletonMeeting *meetings)
{
  const SgSkeletonBranch *bridge = sg_skeleton_branch (self, index);
  guint side_a = bridge->node[0], side_b = bridge->node[1];
  const SgSkeletonNode *a = sg_skeleton_node (self, side_a), *b = sg_skeleton_node (self, side_b);
  if (bridge->gone || side_a == side_b || a->degree != 3 || b->degree != 3 ||
      bridge->length > LONGEST_BRIDGE * self->stroke_radius)
    return FALSE;
  guint ends_a[2], ends_b[2], n_a = 0, n_b = 0;
  for (guint k = 0; k < 3; k++)
    {
      if (meetings[side_a].end[k] / 2 != index && n_a < 2)
        ends_a[n_a++] = meetings[side_a].end[k];
      if (meetings[side_b].end[k] / 2 != index && n_b < 2)
        ends_b[n_b++] = meetings[side_b].end[k];
    }
  if (!is_thick (self, bridge, ends_a, ends_b))
    return FALSE;
  SgPoint along =
    sg_point_scale (sg_point_sub (b->at, a->at), 1 / MAX (sg_point_distance (a->at, b->at), 1e-9));
  for (guint swap = 0; swap < 2; swap++)
    if (runs_over_bridge (self, ends_a[0], ends_b[swap], along) &&
        runs_over_bridge (self, ends_a[1], ends_b[1 - swap], along))
      return TRUE;
  return FALSE;
}

/* Whether the branch lies in the spot that several lines make of where they meet, rarely all in one point: it
 * is thicker than they are. */
static gboolean
is_in_spot (const SgSkeleton *self, guint index, const SgSkeletonMeeting *meetings)
{
  const SgSkeletonBranch *bridge = sg_skeleton_branch (self, index);
  double length = 0, area = 0;
  for (guint side = 0; side < 2; side++)
    for (guint k = 0; k < meetings[bridge->node[side]].n; k++)
      {
        const SgSkeletonBranch *leg = sg_skeleton_branch (self, meetings[bridge->node[side]].end[k] / 2);
        if (leg == bridge)
          continue;
        length += leg->length;
        area += leg->length * leg->radius;
      }
  return bridge->radius * length > SPOT_BREADTH * area;
}

/* A loop or a bridge that is inside the ink of its nodes, `reach` of their radii. */
static gboolean
is_inside_nodes (const SgSkeleton *self, const SgSkeletonBranch *branch, double reach)
{
  const SgSkeletonNode *a = sg_skeleton_node (self, branch->node[0]);
  const SgSkeletonNode *b = sg_skeleton_node (self, branch->node[1]);
  return !branch->gone && a->degree >= 3 && b->degree >= 3 &&
         branch->length < reach * (a->radius + b->radius);
}

/* Thinning makes two junctions with a bridge of an X: puts them together again. */
void
sg_skeleton_contract_bridges (SgSkeleton *self, SgBudget *budget)
{
  g_autofree guint *merged_into = g_new (guint, self->nodes->len);
  g_autofree SgSkeletonMeeting *meetings = sg_skeleton_find_meetings (self);
  for (guint i = 0; i < self->nodes->len; i++)
    merged_into[i] = i;
  for (guint i = 0; i < self->branches->len; i++)
    {
      SgSkeletonBranch *branch = sg_skeleton_branch (self, i);
      gboolean untouched = merged_into[branch->node[0]] == branch->node[0] &&
                           merged_into[branch->node[1]] == branch->node[1];
      gboolean shared = untouched && is_shared (self, i, meetings);
      double reach = is_in_spot (self, i, meetings) ? SPOT_REACH : 1;
      for (guint side = 0; side < 2; side++)
        branch->node[side] = find_root (merged_into, branch->node[side]);
      if ((!shared && !is_inside_nodes (self, branch, reach)) || !sg_budget_spend (budget))
        continue;
      sg_skeleton_remove (self, branch);
      if (branch->node[0] == branch->node[1])
        continue;
      sg_skeleton_merge_nodes (self, branch->node[0], branch->node[1]);
      merged_into[branch->node[1]] = branch->node[0];
      SgSkeletonNode *node = sg_skeleton_node (self, branch->node[0]);
      node->radius = MAX (node->radius, branch->length / 2);
    }
  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
      branch->node[end % 2] = find_root (merged_into, branch->node[end % 2]);
    }
}
