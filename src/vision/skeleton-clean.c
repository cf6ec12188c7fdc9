/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What thinning put into a skeleton and the pen did not: hairs, stems in sharp corners, bridges at
 * crossings. */
#include "vision/skeleton.h"

/* A hair shorter than this beyond the ink's edge, in stroke radii, is none of the drawing. */
#define HAIR_LENGTH 1.6

/* A bridge longer than this, in stroke radii, is a line of its own. */
#define LONGEST_BRIDGE 8.0
/* Ink that is this much thicker than the lines around it is where they meet; the middles of its ends may then
 * lie farther apart, of their radii together. */
#define SPOT_BREADTH 1.3
#define SPOT_REACH 1.2
/* Cosines of the largest turns of a line over such a bridge: in all, and away from the bridge. */
#define BRIDGE_TURN cos (35 * G_PI / 180)
#define BRIDGE_SLANT cos (75 * G_PI / 180)

/* A stem longer than this, in stroke radii, is no corner however sharp. */
#define LONGEST_STEM 16.0
/* Where the ink is this much thicker than that of the lines, two of them lie in it. */
#define THICK_STEM 1.1
/* Where it is this much thicker than the lines and than what is usual, the pen went out along it and back,
 * at times far beyond what lines share. A blunt corner is more often the start of another line: there it
 * has to be thicker. */
#define RETRACED_STEM 1.15
#define RETRACED_BLUNTLY 1.3
#define BLUNT_CORNER (60 * G_PI / 180)
#define LONGEST_RETRACED 45.0
/* Lines thinner than this, of the usual ink, are the two edges of one that the pen left white inside. */
#define THINNEST_LEG 0.75
/* Up to this far from the stem, in stroke radii, the ink of one leg bends the other. */
#define LEG_REACH 6.0
/* Cosine of the largest angle between a stem and the lines whose corner it is. */
#define STEM_SLANT cos (60 * G_PI / 180)

/* Whether the branch ends freely and hardly stands out of the ink where it begins. */
static gboolean
is_hair (const SgSkeleton *self, const SgSkeletonBranch *branch)
{
  const SgSkeletonNode *a = sg_skeleton_node (self, branch->node[0]);
  const SgSkeletonNode *b = sg_skeleton_node (self, branch->node[1]);
  const SgSkeletonNode *root = a->degree == 1 ? b : a;
  if (branch->gone || MIN (a->degree, b->degree) != 1 || root->degree < 3)
    return FALSE;
  return branch->length < root->radius + HAIR_LENGTH * self->stroke_radius;
}

static int
compare_lengths (gconstpointer a, gconstpointer b, gpointer data)
{
  SgSkeleton *self = data;
  double x = sg_skeleton_branch (self, *(const guint *)a)->length;
  double y = sg_skeleton_branch (self, *(const guint *)b)->length;
  return (x > y) - (x < y);
}

/* Shortest first: where two hairs fork at a line's end, the longer one is the line. */
static gboolean
remove_hairs (SgSkeleton *self)
{
  g_autoptr (GArray) hairs = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->branches->len; i++)
    if (is_hair (self, sg_skeleton_branch (self, i)))
      g_array_append_val (hairs, i);
  g_array_sort_with_data (hairs, compare_lengths, self);
  for (guint i = 0; i < hairs->len; i++)
    {
      SgSkeletonBranch *hair = sg_skeleton_branch (self, g_array_index (hairs, guint, i));
      if (is_hair (self, hair))
        sg_skeleton_remove (self, hair);
    }
  return hairs->len > 0;
}

/* Appends the path of `branch` to the points, backwards where asked, without its first point. */
static void
append_path (SgSkeleton *self, const SgSkeletonBranch *branch, gboolean backwards)
{
  for (guint i = 1; i < branch->n_points; i++)
    {
      guint k = backwards ? branch->n_points - 1 - i : i;
      SgPoint p = g_array_index (self->points, SgPoint, branch->first + k);
      g_array_append_val (self->points, p);
    }
}

/* Makes one branch of the two that meet at `node`: `a` up to it and then `b`. */
static void
join_branches (SgSkeleton *self, guint node, guint a, guint b)
{
  SgSkeletonBranch x = *sg_skeleton_branch (self, a), y = *sg_skeleton_branch (self, b);
  gboolean x_back = x.node[1] != node, y_back = y.node[0] != node;
  SgSkeletonBranch joined = { .node = { x.node[x_back ? 1 : 0], y.node[y_back ? 0 : 1] },
                              .first = self->points->len,
                              .length = x.length + y.length,
                              .faint = x.length > y.length ? x.faint : y.faint,
                              .radius = (x.radius * x.n_points + y.radius * y.n_points) /
                                        (x.n_points + y.n_points) };
  SgPoint start = g_array_index (self->points, SgPoint, x_back ? x.first + x.n_points - 1 : x.first);
  g_array_append_val (self->points, start);
  append_path (self, &x, x_back);
  append_path (self, &y, y_back);
  joined.n_points = self->points->len - joined.first;
  *sg_skeleton_branch (self, a) = joined;
  sg_skeleton_branch (self, b)->gone = TRUE;
  sg_skeleton_node (self, node)->degree = 0;
}

/* The ends that meet at a node, as many as there is room for. */
typedef struct
{
  guint end[4];
  guint n;
} Meeting;

static Meeting *
find_meetings (const SgSkeleton *self)
{
  Meeting *meetings = g_new0 (Meeting, self->nodes->len);
  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
      Meeting *meeting = &meetings[branch->node[end % 2]];
      if (!branch->gone && meeting->n < G_N_ELEMENTS (meeting->end))
        meeting->end[meeting->n++] = end;
    }
  return meetings;
}

/* Lines go on through nodes that have lost their other branches. */
static void
join_through_nodes (SgSkeleton *self, SgBudget *budget)
{
  g_autofree Meeting *meetings = find_meetings (self);
  for (guint node = 0; node < self->nodes->len; node++)
    {
      guint a = meetings[node].end[0] / 2, b = meetings[node].end[1] / 2;
      if (meetings[node].n != 2 || a == b)
        continue;
      if (!sg_budget_spend (budget))
        return;
      join_branches (self, node, a, b);
      for (guint side = 0; side < 2; side++) /* the joined branch is `a`, with new ends */
        {
          Meeting *meeting = &meetings[sg_skeleton_branch (self, a)->node[side]];
          for (guint k = 0; k < meeting->n; k++)
            if (meeting->end[k] / 2 == a || meeting->end[k] / 2 == b)
              meeting->end[k] = 2 * a + side;
        }
    }
}

/* Whether the pen drew the stem out and back, from one of the lines, which are so far `apart`, to the
 * other. */
static gboolean
is_retraced (const SgSkeleton *self, const SgSkeletonBranch *stem, const double leg_radius[2], double apart)
{
  double usual = MAX (self->stroke_radius, (leg_radius[0] + leg_radius[1]) / 2);
  return stem->radius > (apart < BLUNT_CORNER ? RETRACED_STEM : RETRACED_BLUNTLY) * usual &&
         MIN (leg_radius[0], leg_radius[1]) > THINNEST_LEG * self->stroke_radius;
}

/* Two lines that meet in a sharp corner share ink, of which thinning makes a stem that ends in the corner.
 * Whether the stem `end`, seen from its root, is that: how long it may be follows from the angle, but for
 * what was drawn twice. */
static gboolean
is_corner_stem (const SgSkeleton *self, guint end, const Meeting *meeting)
{
  SgPoint stem = sg_skeleton_direction (self, end), leg[2];
  double leg_radius[2] = { 0 };
  guint n = 0;
  for (guint k = 0; k < meeting->n; k++)
    if (meeting->end[k] != end && n < 2)
      {
        leg_radius[n] = sg_skeleton_branch (self, meeting->end[k] / 2)->radius;
        leg[n++] = sg_skeleton_direction (self, meeting->end[k]);
      }
  if (-sg_point_dot (stem, leg[0]) < STEM_SLANT || -sg_point_dot (stem, leg[1]) < STEM_SLANT)
    return FALSE;
  double half = acos (CLAMP (sg_point_dot (leg[0], leg[1]), -1, 1)) / 2, s = MAX (sin (half), 0.02);
  double overlap = self->stroke_radius * (1 - s) / (s * (1 + s));
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  /* two lines' ink is thicker than one's */
  double share = branch->radius > THICK_STEM * MIN (leg_radius[0], leg_radius[1]) ? 4 : 2;
  double limit = MIN (share * overlap + 2.5 * self->stroke_radius, LONGEST_STEM * self->stroke_radius);
  if (is_retraced (self, branch, leg_radius, 2 * half))
    limit = LONGEST_RETRACED * self->stroke_radius;
  return branch->length < limit;
}

/* Lets the branch begin in `tip` at its end `leg` and run straight from there to where the other leg's ink no
 * longer draws it aside. */
static void
lead_to_tip (SgSkeleton *self, guint leg, SgPoint tip)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, leg / 2);
  double reach = MIN (LEG_REACH * self->stroke_radius, branch->length / 4), length = 0;
  guint n = 0;
  while (n + 1 < branch->n_points && length < reach)
    {
      length += sg_point_distance (sg_skeleton_point (self, leg, n), sg_skeleton_point (self, leg, n + 1));
      n++;
    }
  SgPoint apart = sg_skeleton_point (self, leg, n);
  for (guint i = 0; i < n; i++)
    {
      guint place = branch->first + (leg % 2 ? branch->n_points - 1 - i : i);
      g_array_index (self->points, SgPoint, place) = sg_point_lerp (tip, apart, (double)i / n);
    }
}

/* Takes corner stems out and moves their root to where the corner is. */
static void
fold_stems (SgSkeleton *self, SgBudget *budget)
{
  g_autofree Meeting *meetings = find_meetings (self);
  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      SgSkeletonBranch *stem = sg_skeleton_branch (self, end / 2);
      guint root = stem->node[end % 2], tip = stem->node[1 - end % 2];
      if (stem->gone || sg_skeleton_node (self, tip)->degree != 1 ||
          sg_skeleton_node (self, root)->degree != 3 || !is_corner_stem (self, end, &meetings[root]))
        continue;
      if (!sg_budget_spend (budget))
        return;
      sg_skeleton_remove (self, stem);
      sg_skeleton_node (self, root)->at = sg_skeleton_node (self, tip)->at;
      for (guint k = 0; k < meetings[root].n; k++)
        if (meetings[root].end[k] != end)
          lead_to_tip (self, meetings[root].end[k], sg_skeleton_node (self, tip)->at);
    }
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

/* Whether a line that comes along end `a` crosses the bridge with direction `along` and leaves along `b`. */
static gboolean
runs_over_bridge (const SgSkeleton *self, guint a, guint b, SgPoint along)
{
  SgPoint from = sg_skeleton_direction (self, a), to = sg_skeleton_direction (self, b);
  return -sg_point_dot (from, to) > BRIDGE_TURN && -sg_point_dot (from, along) > BRIDGE_SLANT &&
         sg_point_dot (to, along) > BRIDGE_SLANT;
}

/* Whether the branch is ink that two lines share where they cross at a small angle or touch. */
static gboolean
is_shared (const SgSkeleton *self, guint index, const Meeting *meetings)
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
is_in_spot (const SgSkeleton *self, guint index, const Meeting *meetings)
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
static void
contract_bridges (SgSkeleton *self, SgBudget *budget)
{
  g_autofree guint *merged_into = g_new (guint, self->nodes->len);
  g_autofree Meeting *meetings = find_meetings (self);
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

void
sg_skeleton_clean (SgSkeleton *self, SgBudget *budget)
{
  gboolean again = TRUE;
  for (guint pass = 0; again && pass < 4 && sg_budget_spend (budget); pass++)
    {
      again = remove_hairs (self);
      join_through_nodes (self, budget);
    }
  fold_stems (self, budget);
  join_through_nodes (self, budget);
  contract_bridges (self, budget);
  remove_hairs (self);
  join_through_nodes (self, budget);
}
