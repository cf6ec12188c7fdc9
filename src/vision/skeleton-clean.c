/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What thinning put into a skeleton and the pen did not: hairs, stems in sharp corners. */
#include "vision/skeleton.h"

/* A hair shorter than this beyond the ink's edge, in stroke radii, is none of the drawing. */
#define HAIR_LENGTH 1.6

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

/* Lines go on through nodes that have lost their other branches. */
static void
join_through_nodes (SgSkeleton *self, SgBudget *budget)
{
  g_autofree SgSkeletonMeeting *meetings = sg_skeleton_find_meetings (self);
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
          SgSkeletonMeeting *meeting = &meetings[sg_skeleton_branch (self, a)->node[side]];
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
is_corner_stem (const SgSkeleton *self, guint end, const SgSkeletonMeeting *meeting)
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
  g_autofree SgSkeletonMeeting *meetings = sg_skeleton_find_meetings (self);
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
  sg_skeleton_part_touches (self, budget);
  sg_skeleton_contract_bridges (self, budget);
  remove_hairs (self);
  join_through_nodes (self, budget);
}
