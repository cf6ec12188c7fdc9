/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Skeleton pixels with two neighbours lie along a branch; all others belong to nodes, neighbouring junction
 * pixels to the same one. Branches are only ever taken out or joined end to end, never cut.
 */
#include "vision/skeleton.h"

#define N_NEIGHBOURS 8

/* A hair shorter than this beyond the ink's edge, in stroke radii, is none of the drawing. */
#define HAIR_LENGTH 1.6

/* Ink whose mean strength is below this share of the other's is of another kind, if hardly any is between. */
#define FAINT_SHARE 0.72
#define VALLEY_SHARE 0.08
/* Ruled paper spreads over this share of the picture's sides at least. */
#define RULED_SHARE 0.6

/* Half widths are counted in these fractions of a pixel, up to so many of them. */
#define RADIUS_STEPS 4
#define MOST_RADIUS 1024
/* The usual width is that of this rank: below the median, for shadows and spots are always thicker. */
#define USUAL_RANK 0.4
/* Lines shorter, all together, than so many of their half widths are a spot's. */
#define SPOT_LENGTH 4

/* Along which length the direction of a line is taken: in stroke radii, and pixels at least. */
#define DIRECTION_RADII 5.0
#define DIRECTION_PIXELS 9.0
/* More than this from one third of that length to the next is a corner. */
#define LARGEST_BEND (45 * G_PI / 180)

/* A bridge longer than this, in stroke radii, is a line of its own. */
#define LONGEST_BRIDGE 8.0
/* Cosines of the largest turns of a line over such a bridge: in all, and away from the bridge. */
#define BRIDGE_TURN cos (35 * G_PI / 180)
#define BRIDGE_SLANT cos (75 * G_PI / 180)

/* A stem longer than this, in stroke radii, is no corner however sharp. */
#define LONGEST_STEM 16.0
/* Where the ink is this much thicker than that of the lines, two of them lie in it. */
#define THICK_STEM 1.1
/* Up to this far from the stem, in stroke radii, the ink of one leg bends the other. */
#define LEG_REACH 6.0
/* Cosine of the largest angle between a stem and the lines whose corner it is. */
#define STEM_SLANT cos (60 * G_PI / 180)

/* State of reading the graph out of the pixels. */
typedef struct
{
  SgSkeleton *graph;
  const guint8 *thin;
  const float *distance;
  int width;
  int offset[N_NEIGHBOURS];
  guint32 *node_of; /* a pixel: its node + 1, or 0 */
  guint8 *walked;   /* a pixel: it is part of a branch already */
} Reader;

static SgPoint
pixel_point (const Reader *self, guint at)
{
  return SG_POINT (at % self->width, at / self->width);
}

static guint
count_neighbours (const Reader *self, guint at)
{
  guint n = 0;
  for (guint k = 0; k < N_NEIGHBOURS; k++)
    n += self->thin[at + self->offset[k]] != 0;
  return n;
}

static guint
add_node (Reader *self, SgPoint at, double radius)
{
  SgSkeletonNode node = { .at = at, .radius = radius };
  g_array_append_val (self->graph->nodes, node);
  return self->graph->nodes->len - 1;
}

/* Makes one node of the junction pixels that hang together with `start`. */
static void
add_junction (Reader *self, guint start, GArray *stack)
{
  guint32 mark = self->graph->nodes->len + 1;
  SgPoint sum = { 0, 0 };
  double radius = 0;
  guint n = 0;
  g_array_set_size (stack, 0);
  g_array_append_val (stack, start);
  self->node_of[start] = mark;
  while (stack->len > 0)
    {
      guint at = g_array_index (stack, guint, stack->len - 1);
      g_array_set_size (stack, stack->len - 1);
      sum = sg_point_add (sum, pixel_point (self, at));
      radius = MAX (radius, self->distance[at]);
      n++;
      for (guint k = 0; k < N_NEIGHBOURS; k++)
        {
          guint next = at + self->offset[k];
          if (!self->thin[next] || self->node_of[next] || count_neighbours (self, next) < 3)
            continue;
          self->node_of[next] = mark;
          g_array_append_val (stack, next);
        }
    }
  add_node (self, sg_point_scale (sum, 1.0 / n), radius);
}

static void
find_nodes (Reader *self, gsize n_pixels)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint at = 0; at < n_pixels; at++)
    {
      if (!self->thin[at] || self->node_of[at])
        continue;
      guint n = count_neighbours (self, at);
      if (n >= 3)
        add_junction (self, at, stack);
      else if (n < 2)
        self->node_of[at] = add_node (self, pixel_point (self, at), self->distance[at]) + 1;
    }
}

static void
end_branch (Reader *self, guint from, guint to, guint first)
{
  GArray *points = self->graph->points;
  SgSkeletonBranch branch = { .node = { from, to }, .first = first, .n_points = points->len - first };
  branch.length = sg_path_length (&g_array_index (points, SgPoint, first), branch.n_points);
  sg_skeleton_node (self->graph, from)->degree++;
  sg_skeleton_node (self->graph, to)->degree++;
  g_array_append_val (self->graph->branches, branch);
}

/* Follows the pixels from `at`, which neighbours pixel `before` of node `from`, to the next node. */
static void
walk_branch (Reader *self, guint from, guint before, guint at)
{
  GArray *points = self->graph->points;
  guint first = points->len;
  g_array_append_val (points, sg_skeleton_node (self->graph, from)->at);
  while (self->node_of[at] == 0)
    {
      SgPoint p = pixel_point (self, at);
      g_array_append_val (points, p);
      self->walked[at] = 1;
      guint next = before;
      for (guint k = 0; k < N_NEIGHBOURS && next == before; k++)
        if (self->thin[at + self->offset[k]])
          next = at + self->offset[k];
      before = at;
      at = next;
    }
  guint to = self->node_of[at] - 1;
  g_array_append_val (points, sg_skeleton_node (self->graph, to)->at);
  end_branch (self, from, to, first);
}

static void
find_branches (Reader *self, gsize n_pixels)
{
  for (guint at = 0; at < n_pixels; at++)
    for (guint k = 0; self->node_of[at] && k < N_NEIGHBOURS; k++)
      {
        guint next = at + self->offset[k];
        if (!self->thin[next] || self->walked[next] || self->node_of[next] == self->node_of[at])
          continue;
        /* two nodes side by side have no pixel between them: only the first makes the branch */
        if (self->node_of[next] == 0 || self->node_of[next] > self->node_of[at])
          walk_branch (self, self->node_of[at] - 1, at, next);
      }
}

/* What is left has two neighbours everywhere: rings. Each gets a node on it. */
static void
find_rings (Reader *self, gsize n_pixels)
{
  for (guint at = 0; at < n_pixels; at++)
    {
      if (!self->thin[at] || self->walked[at] || self->node_of[at])
        continue;
      guint node = add_node (self, pixel_point (self, at), self->distance[at]);
      self->node_of[at] = node + 1;
      for (guint k = 0; k < N_NEIGHBOURS; k++)
        if (self->thin[at + self->offset[k]])
          {
            walk_branch (self, node, at, at + self->offset[k]);
            break;
          }
    }
}

SgSkeleton *
sg_skeleton_new (const guint8 *thin, const float *distance, int width, int height)
{
  gsize n = (gsize)width * height;
  SgSkeleton *graph = g_new0 (SgSkeleton, 1);
  graph->nodes = g_array_new (FALSE, FALSE, sizeof (SgSkeletonNode));
  graph->branches = g_array_new (FALSE, FALSE, sizeof (SgSkeletonBranch));
  graph->stroke_radius = 1;
  graph->points = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  Reader reader = {
    .graph = graph,
    .thin = thin,
    .distance = distance,
    .width = width,
    .offset = { -width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1 },
    .node_of = g_new0 (guint32, n),
    .walked = g_new0 (guint8, n),
  };
  find_nodes (&reader, n);
  find_branches (&reader, n);
  find_rings (&reader, n);
  g_free (reader.node_of);
  g_free (reader.walked);
  return graph;
}

void
sg_skeleton_free (SgSkeleton *self)
{
  g_array_unref (self->nodes);
  g_array_unref (self->branches);
  g_array_unref (self->points);
  g_free (self);
}

SgPoint
sg_skeleton_point (const SgSkeleton *self, guint end, guint i)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  return g_array_index (self->points, SgPoint, branch->first + (end % 2 ? branch->n_points - 1 - i : i));
}

/* Sums of the points along thirds of the stretch that a direction is taken from. */
typedef struct
{
  SgPoint sum[3];
  guint n[3];
} Thirds;

static Thirds
gather_thirds (const SgSkeleton *self, guint end, double start, double stop)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  Thirds thirds = { 0 };
  SgPoint before = sg_skeleton_point (self, end, 0);
  double length = 0;
  for (guint i = 1; i < branch->n_points && length < stop; i++)
    {
      SgPoint p = sg_skeleton_point (self, end, i);
      length += sg_point_distance (before, p);
      before = p;
      int k = (int)floor (3 * (length - start) / (stop - start));
      if (length < start)
        continue;
      thirds.sum[MIN (k, 2)] = sg_point_add (thirds.sum[MIN (k, 2)], p);
      thirds.n[MIN (k, 2)]++;
    }
  return thirds;
}

/* The stretch of the branch, in lengths along it, that its direction at an end is taken from: beyond the
 * ink of the node. */
static void
choose_stretch (const SgSkeleton *self, guint end, double *start, double *stop)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  const SgSkeletonNode *node = sg_skeleton_node (self, branch->node[end % 2]);
  *start = MIN (node->radius, branch->length / 3);
  *stop = MIN (*start + MAX (DIRECTION_PIXELS, DIRECTION_RADII * self->stroke_radius), branch->length);
}

SgPoint
sg_skeleton_direction (const SgSkeleton *self, guint end)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  double start, stop, length = 0;
  choose_stretch (self, end, &start, &stop);
  SgPoint before = sg_skeleton_point (self, end, 0), from = before, to = before;
  for (guint i = 1; i < branch->n_points && length < stop; i++)
    {
      to = sg_skeleton_point (self, end, i);
      length += sg_point_distance (before, to);
      if (length <= start)
        from = to;
      before = to;
    }
  double norm = sg_point_distance (from, to);
  return norm > 0 ? sg_point_scale (sg_point_sub (to, from), 1 / norm) : SG_POINT (0, 0);
}

SgPoint
sg_skeleton_tangent (const SgSkeleton *self, guint end)
{
  double start, stop;
  choose_stretch (self, end, &start, &stop);
  Thirds thirds = gather_thirds (self, end, start, stop);
  if (thirds.n[0] == 0 || thirds.n[1] == 0 || thirds.n[2] == 0)
    return sg_skeleton_direction (self, end);
  SgPoint mean[3];
  for (guint k = 0; k < 3; k++)
    mean[k] = sg_point_scale (thirds.sum[k], 1.0 / thirds.n[k]);
  double angle = sg_point_angle (mean[0], mean[1]);
  double bend = sg_angle_wrap (sg_point_angle (mean[1], mean[2]) - angle);
  angle -= CLAMP (bend, -LARGEST_BEND, LARGEST_BEND);
  return SG_POINT (cos (angle), -sin (angle));
}

static void
remove_branch (SgSkeleton *self, SgSkeletonBranch *branch)
{
  branch->gone = TRUE;
  sg_skeleton_node (self, branch->node[0])->degree--;
  sg_skeleton_node (self, branch->node[1])->degree--;
}

/* The pixel on which point number `i` lies. */
static gsize
pixel_below (const SgSkeleton *self, guint i, int width)
{
  SgPoint p = g_array_index (self->points, SgPoint, i);
  return (gsize)(p.y + 0.5) * width + (gsize)(p.x + 0.5);
}

static guint
mean_contrast (const SgSkeleton *self, const SgSkeletonBranch *branch, const guint8 *contrast, int width)
{
  guint sum = 0;
  for (guint i = 0; i < branch->n_points; i++)
    {
      SgPoint p = g_array_index (self->points, SgPoint, branch->first + i);
      sum += contrast[(gsize)(p.y + 0.5) * width + (gsize)(p.x + 0.5)];
    }
  return sum / branch->n_points;
}

/* The strength that parts two clearly different kinds of ink, `length` being that of the branches by
 * strength; 0 where there is one kind only. Otsu's criterion finds the place, an empty valley there
 * confirms it. */
static guint
find_valley (const double *length)
{
  double total = 0, sum = 0, below = 0, sum_below = 0, best = -1, faint = 0, strong = 0;
  guint place = 0;
  for (guint i = 0; i < 256; i++)
    {
      total += length[i];
      sum += i * length[i];
    }
  for (guint i = 0; i < 256; i++)
    {
      below += length[i];
      sum_below += i * length[i];
      if (below <= 0 || total - below <= 0)
        continue;
      double low = sum_below / below, high = (sum - sum_below) / (total - below);
      double spread = below * (total - below) * (high - low) * (high - low);
      if (spread > best)
        {
          best = spread;
          faint = low;
          strong = high;
          place = i;
        }
    }
  if (best < 0 || faint > FAINT_SHARE * strong)
    return 0;
  double middle = sqrt (faint * strong), between = 0;
  for (guint i = middle * 0.93; i < middle * 1.07; i++)
    between += length[i];
  return between < VALLEY_SHARE * total ? MAX (place, (guint)middle) : 0;
}

/* The share of the picture's sides, the smaller one of both, over which branches of at most `limit` spread.
 */
static double
spread_of_faint (const SgSkeleton *self, const guint8 *strength, guint limit, int width, int height)
{
  double left = width, right = 0, top = height, bottom = 0;
  for (guint i = 0; i < self->branches->len; i++)
    for (guint side = 0; strength[i] <= limit && side < 2; side++)
      {
        SgPoint at = sg_skeleton_node (self, sg_skeleton_branch (self, i)->node[side])->at;
        left = MIN (left, at.x);
        right = MAX (right, at.x);
        top = MIN (top, at.y);
        bottom = MAX (bottom, at.y);
      }
  return MIN ((right - left) / width, (bottom - top) / height);
}

void
sg_skeleton_mark_faint (SgSkeleton *self, const guint8 *contrast, int width, int height)
{
  double length[256] = { 0 };
  g_autofree guint8 *strength = g_new (guint8, self->branches->len);
  for (guint i = 0; i < self->branches->len; i++)
    {
      strength[i] = mean_contrast (self, sg_skeleton_branch (self, i), contrast, width);
      length[strength[i]] += sg_skeleton_branch (self, i)->length;
    }
  guint limit = find_valley (length);
  if (limit == 0 || spread_of_faint (self, strength, limit, width, height) < RULED_SHARE)
    return;
  for (guint i = 0; i < self->branches->len; i++)
    sg_skeleton_branch (self, i)->faint = strength[i] <= limit;
}

void
sg_skeleton_measure (SgSkeleton *self, const float *distance, int width)
{
  guint count[MOST_RADIUS] = { 0 }, n = 0, below = 0;
  for (guint i = 0; i < self->branches->len; i++)
    {
      SgSkeletonBranch *branch = sg_skeleton_branch (self, i);
      for (guint k = 0; k < branch->n_points && !branch->faint; k++, n++)
        {
          float radius = distance[pixel_below (self, branch->first + k, width)];
          count[MIN ((int)(radius * RADIUS_STEPS), MOST_RADIUS - 1)]++;
          branch->radius += radius / branch->n_points;
        }
    }
  guint step = 0;
  while (step < MOST_RADIUS - 1 && below + count[step] <= n * USUAL_RANK)
    below += count[step++];
  double radius = (step + 0.5) / RADIUS_STEPS;
  self->stroke_radius = n < SPOT_LENGTH * radius ? MAX (1, radius / SPOT_LENGTH) : MAX (1, radius);
}

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

/* A loop or a bridge that is inside the ink of its nodes. */
static gboolean
is_inside_nodes (const SgSkeleton *self, const SgSkeletonBranch *branch)
{
  const SgSkeletonNode *a = sg_skeleton_node (self, branch->node[0]);
  const SgSkeletonNode *b = sg_skeleton_node (self, branch->node[1]);
  return !branch->gone && a->degree >= 3 && b->degree >= 3 && branch->length < a->radius + b->radius;
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
        remove_branch (self, hair);
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
join_through_nodes (SgSkeleton *self)
{
  g_autofree Meeting *meetings = find_meetings (self);
  for (guint node = 0; node < self->nodes->len; node++)
    {
      guint a = meetings[node].end[0] / 2, b = meetings[node].end[1] / 2;
      if (meetings[node].n != 2 || a == b)
        continue;
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

/* Two lines that meet in a sharp corner share ink, of which thinning makes a stem that ends in the corner.
 * Whether the stem `end`, seen from its root, is that: how long it may be follows from the angle. */
static gboolean
is_corner_stem (const SgSkeleton *self, guint end, const Meeting *meeting)
{
  SgPoint stem = sg_skeleton_direction (self, end), leg[2];
  double leg_radius = G_MAXDOUBLE;
  guint n = 0;
  for (guint k = 0; k < meeting->n; k++)
    if (meeting->end[k] != end && n < 2)
      {
        leg[n++] = sg_skeleton_direction (self, meeting->end[k]);
        leg_radius = MIN (leg_radius, sg_skeleton_branch (self, meeting->end[k] / 2)->radius);
      }
  if (-sg_point_dot (stem, leg[0]) < STEM_SLANT || -sg_point_dot (stem, leg[1]) < STEM_SLANT)
    return FALSE;
  double half = acos (CLAMP (sg_point_dot (leg[0], leg[1]), -1, 1)) / 2, s = MAX (sin (half), 0.02);
  double overlap = self->stroke_radius * (1 - s) / (s * (1 + s));
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  double share = branch->radius > THICK_STEM * leg_radius ? 4 : 2; /* two lines' ink is thicker than one's */
  double limit = MIN (share * overlap + 2.5 * self->stroke_radius, LONGEST_STEM * self->stroke_radius);
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
fold_stems (SgSkeleton *self)
{
  g_autofree Meeting *meetings = find_meetings (self);
  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      SgSkeletonBranch *stem = sg_skeleton_branch (self, end / 2);
      guint root = stem->node[end % 2], tip = stem->node[1 - end % 2];
      if (stem->gone || sg_skeleton_node (self, tip)->degree != 1 ||
          sg_skeleton_node (self, root)->degree != 3 || !is_corner_stem (self, end, &meetings[root]))
        continue;
      remove_branch (self, stem);
      sg_skeleton_node (self, root)->at = sg_skeleton_node (self, tip)->at;
      for (guint k = 0; k < meetings[root].n; k++)
        if (meetings[root].end[k] != end)
          lead_to_tip (self, meetings[root].end[k], sg_skeleton_node (self, tip)->at);
    }
}

static void
merge_nodes (SgSkeleton *self, guint into, guint from, guint *merged_into)
{
  SgSkeletonNode *a = sg_skeleton_node (self, into), *b = sg_skeleton_node (self, from);
  a->at = sg_point_lerp (a->at, b->at, (double)b->degree / (a->degree + b->degree));
  a->radius = MAX (a->radius, b->radius);
  a->degree += b->degree;
  b->degree = 0;
  merged_into[from] = into;
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

/* Thinning makes two junctions with a bridge of an X: puts them together again. */
static void
contract_bridges (SgSkeleton *self)
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
      for (guint side = 0; side < 2; side++)
        branch->node[side] = find_root (merged_into, branch->node[side]);
      if (!shared && !is_inside_nodes (self, branch))
        continue;
      remove_branch (self, branch);
      if (branch->node[0] == branch->node[1])
        continue;
      merge_nodes (self, branch->node[0], branch->node[1], merged_into);
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
sg_skeleton_clean (SgSkeleton *self)
{
  gboolean again = TRUE;
  for (guint pass = 0; again && pass < 4; pass++)
    {
      again = remove_hairs (self);
      join_through_nodes (self);
    }
  fold_stems (self);
  join_through_nodes (self);
  contract_bridges (self);
  remove_hairs (self);
  join_through_nodes (self);
}

/* The node at `center` that all nodes within `radius` become. */
static guint
gather_nodes (SgSkeleton *self, SgPoint center, double radius)
{
  g_autofree guint *merged_into = g_new (guint, self->nodes->len);
  guint into = G_MAXUINT;
  for (guint i = 0; i < self->nodes->len; i++)
    {
      SgSkeletonNode *node = sg_skeleton_node (self, i);
      merged_into[i] = i;
      if (node->degree == 0 || sg_point_distance (node->at, center) > radius)
        continue;
      if (into == G_MAXUINT)
        into = i;
      else
        merge_nodes (self, into, i, merged_into);
    }
  for (guint i = 0; into != G_MAXUINT && i < self->branches->len; i++)
    for (guint side = 0; side < 2; side++)
      {
        SgSkeletonBranch *branch = sg_skeleton_branch (self, i);
        branch->node[side] = merged_into[branch->node[side]];
      }
  SgSkeletonNode dot = { .at = center, .radius = radius, .dot = TRUE };
  if (into == G_MAXUINT)
    {
      g_array_append_val (self->nodes, dot);
      return self->nodes->len - 1;
    }
  dot.degree = sg_skeleton_node (self, into)->degree;
  *sg_skeleton_node (self, into) = dot;
  return into;
}

void
sg_skeleton_split (SgSkeleton *self, guint index, guint at, guint node)
{
  SgSkeletonBranch *branch = sg_skeleton_branch (self, index), rest = *branch;
  const SgPoint *points = &g_array_index (self->points, SgPoint, branch->first);
  rest.node[0] = branch->node[1] = node;
  rest.first = branch->first + at;
  rest.n_points = branch->n_points - at;
  branch->n_points = at + 1;
  rest.length = sg_path_length (points + at, rest.n_points);
  branch->length = sg_path_length (points, branch->n_points);
  sg_skeleton_node (self, node)->degree += 2;
  g_array_append_val (self->branches, rest);
}

/* Has the branch end at `node` where it passes within `radius` of it. */
static void
end_at_node (SgSkeleton *self, guint index, guint node, double radius)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, index);
  SgPoint center = sg_skeleton_node (self, node)->at;
  const SgPoint *points = &g_array_index (self->points, SgPoint, branch->first);
  guint nearest = 0;
  for (guint i = 1; i < branch->n_points; i++)
    if (sg_point_distance (points[i], center) < sg_point_distance (points[nearest], center))
      nearest = i;
  if (nearest > 0 && nearest < branch->n_points - 1 && sg_point_distance (points[nearest], center) <= radius)
    sg_skeleton_split (self, index, nearest, node);
}

void
sg_skeleton_gather (SgSkeleton *self, SgPoint center, double radius)
{
  guint node = gather_nodes (self, center, radius), n = self->branches->len;
  for (guint i = 0; i < n; i++)
    {
      SgSkeletonBranch *branch = sg_skeleton_branch (self, i);
      gboolean begins = branch->node[0] == node, ends = branch->node[1] == node;
      if (branch->gone || begins != ends)
        continue;
      if (!begins)
        end_at_node (self, i, node, radius);
      else if (branch->length < 2 * radius)
        remove_branch (self, branch);
    }
}
