/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink that two lines share where they cross at a small angle or touch: thinning makes a branch of it, a
 * bridge between two forks. A crossing becomes one node; what touches is parted. */
#include "vision/skeleton.h"

/* A bridge longer than this, in stroke radii, is a line of its own. */
#define LONGEST_BRIDGE 8.0
/* Ink that is this much thicker than the lines around it is where they meet; the middles of its ends may then
 * lie farther apart, of their radii together. */
#define SPOT_BREADTH 1.3
#define SPOT_REACH 1.2
/* Where the ink is this much thicker than that of the lines, two of them lie in it. */
#define THICK_BRIDGE 1.1
/* Pixels: of thinner lines a tenth of the half width is not known. */
#define LEAST_KNOWN_RADIUS 2.0
/* Largest turns of a line over such a bridge: in all, and away from the bridge. */
#define BRIDGE_TURN (35 * G_PI / 180)
#define BRIDGE_SLANT (75 * G_PI / 180)
/* Where lines touch the bridge may be longer, for all four ends of theirs bend away from it; where they
 * cross, three of them do not turn by so much together. */
#define LONGEST_TOUCH 16.0
#define LEAST_PARTING (30 * G_PI / 180)

typedef enum
{
  OWN_LINE,
  CROSSING,
  TOUCH
} Sharing;

/* The two ends beside the bridge at one of its nodes, the right one first, as seen along the bridge out
 * through that node. A line that crosses there has the same place in both forks. */
typedef struct
{
  guint end[2];
  double slant[2]; /* rad: how far the end turns to its side */
} Fork;

/* The fork at `node`, through which the bridge leads on along `outward`. Returns whether it is one. */
static gboolean
find_fork (const SgSkeleton *self,
           guint node,
           const SgSkeletonMeeting *meetings,
           guint bridge,
           SgPoint outward,
           Fork *fork)
{
  double turn[2];
  guint n = 0;
  if (sg_skeleton_node (self, node)->degree != 3)
    return FALSE;
  for (guint k = 0; k < meetings[node].n && n < 2; k++)
    {
      guint end = meetings[node].end[k];
      SgPoint way = sg_skeleton_direction (self, end);
      if (end / 2 == bridge)
        continue;
      fork->end[n] = end;
      turn[n++] = atan2 (sg_point_cross (outward, way), sg_point_dot (outward, way));
    }
  if (n != 2)
    return FALSE;
  guint right = turn[0] > turn[1] ? 0 : 1;
  *fork = (Fork){ { fork->end[right], fork->end[1 - right] }, { turn[right], -turn[1 - right] } };
  return TRUE;
}

/* A stretch of one line, between where another meets it from the one side and a third from the other, is as
 * thick as that line. */
static gboolean
is_thick (const SgSkeleton *self, const SgSkeletonBranch *bridge, const Fork forks[2])
{
  double radius = 0;
  for (guint k = 0; k < 4; k++)
    radius += sg_skeleton_branch (self, forks[k / 2].end[k % 2] / 2)->radius / 4;
  return radius < LEAST_KNOWN_RADIUS || bridge->radius > THICK_BRIDGE * radius;
}

/* Whether one line leads on along the bridge from each end of a fork to that of the other on the other
 * side. */
static gboolean
runs_over_bridge (const Fork forks[2])
{
  for (guint k = 0; k < 2; k++)
    if (fabs (forks[0].slant[k] - forks[1].slant[k]) > BRIDGE_TURN ||
        MAX (forks[0].slant[k], forks[1].slant[k]) > BRIDGE_SLANT)
      return FALSE;
  return TRUE;
}

/* Whether the ends bend away from the bridge on and on, as two balls do from where they touch. */
static gboolean
bends_away (const SgSkeleton *self, const Fork forks[2])
{
  double sum = 0, largest = 0;
  for (guint k = 0; k < 4; k++)
    {
      double bend = sg_skeleton_bend (self, forks[k / 2].end[k % 2]) * (k % 2 ? -1 : 1);
      sum += bend;
      largest = MAX (largest, bend);
    }
  return sum - largest > LEAST_PARTING; /* one alone may turn for a reason of its own */
}

/* Whose ink the branch is; the forks at its two nodes, unless it is a line of its own. */
static Sharing
sharing_of (const SgSkeleton *self, guint index, const SgSkeletonMeeting *meetings, Fork forks[2])
{
  const SgSkeletonBranch *bridge = sg_skeleton_branch (self, index);
  guint a = bridge->node[0], b = bridge->node[1];
  if (bridge->gone || a == b || bridge->length > LONGEST_TOUCH * self->stroke_radius)
    return OWN_LINE;
  SgPoint along = sg_point_sub (sg_skeleton_node (self, b)->at, sg_skeleton_node (self, a)->at);
  if (!find_fork (self, a, meetings, index, sg_point_scale (along, -1), &forks[0]) ||
      !find_fork (self, b, meetings, index, along, &forks[1]) || !is_thick (self, bridge, forks) ||
      !runs_over_bridge (forks))
    return OWN_LINE;
  if (bends_away (self, forks))
    return TOUCH;
  return bridge->length > LONGEST_BRIDGE * self->stroke_radius ? OWN_LINE : CROSSING;
}

/* Gives each of the two lines the bridge to itself. What is on one side of it is right as seen out through
 * one fork and left as seen out through the other. */
static void
part_lines (SgSkeleton *self, guint index, const Fork forks[2])
{
  SgSkeletonBranch other = *sg_skeleton_branch (self, index);
  for (guint side = 0; side < 2; side++)
    {
      guint end = forks[side].end[side];
      SgSkeletonNode node = *sg_skeleton_node (self, other.node[side]);
      node.degree = 2;
      *sg_skeleton_node (self, other.node[side]) = node;
      other.node[side] = sg_skeleton_branch (self, end / 2)->node[end % 2] = self->nodes->len;
      g_array_append_val (self->nodes, node);
    }
  g_array_append_val (self->branches, other);
}

void
sg_skeleton_part_touches (SgSkeleton *self, SgBudget *budget)
{
  g_autofree SgSkeletonMeeting *meetings = sg_skeleton_find_meetings (self);
  guint n = self->branches->len;
  for (guint i = 0; i < n; i++)
    {
      Fork forks[2];
      if (sharing_of (self, i, meetings, forks) == TOUCH && sg_budget_spend (budget))
        part_lines (self, i, forks);
    }
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
      Fork forks[2];
      SgSkeletonBranch *branch = sg_skeleton_branch (self, i);
      gboolean untouched = merged_into[branch->node[0]] == branch->node[0] &&
                           merged_into[branch->node[1]] == branch->node[1];
      gboolean shared = untouched && sharing_of (self, i, meetings, forks) == CROSSING;
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
