/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Skeleton pixels with two neighbours lie along a branch; all others belong to nodes, neighbouring junction
 * pixels to the same one. Branches that are taken out stay in the array, so that their numbers hold. */
#include "vision/skeleton.h"

#include "vision/scan.h"

#define N_NEIGHBOURS 8

/* Along which length the direction of a line is taken: in stroke radii, and pixels at least. */
#define DIRECTION_RADII 5.0
#define DIRECTION_PIXELS 9.0
/* As many times as far the line is followed to see how it bends. */
#define BEND_STRETCHES 3.0
/* More than this from one third of that length to the next is a corner. */
#define LARGEST_BEND (45 * G_PI / 180)
/* Stroke radii beyond a dot's: so far out the end of the pen's way around it lies. */
#define RIM_RADII 2.0

typedef enum
{
  UNSEEN = 1, /* as thinning leaves them */
  IN_NODE,
  IN_BRANCH
} PixelState;

/* State of reading the graph out of the pixels. */
typedef struct
{
  SgSkeleton *graph;
  guint8 *thin; /* a pixel: 0, or a PixelState */
  const SgDepth *depth;
  int width;
  int offset[N_NEIGHBOURS];
  GArray *pixels;       /* guint: where the skeleton is, row by row */
  GHashTable *nodes_at; /* of the pixels that are IN_NODE: pixel -> node */
} Reader;

static SgPoint
pixel_point (const Reader *self, guint at)
{
  return SG_POINT (at % self->width, at / self->width);
}

static float
depth_at (const Reader *self, guint at)
{
  return sg_depth_at (self->depth, at % self->width, at / self->width);
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
node_at (const Reader *self, guint at)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->nodes_at, GUINT_TO_POINTER (at)));
}

static void
put_in_node (Reader *self, guint at, guint node)
{
  self->thin[at] = IN_NODE;
  g_hash_table_insert (self->nodes_at, GUINT_TO_POINTER (at), GUINT_TO_POINTER (node));
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
  guint node = self->graph->nodes->len;
  SgPoint sum = { 0, 0 };
  double radius = 0;
  guint n = 0;
  g_array_set_size (stack, 0);
  g_array_append_val (stack, start);
  put_in_node (self, start, node);
  while (stack->len > 0)
    {
      guint at = g_array_index (stack, guint, stack->len - 1);
      g_array_set_size (stack, stack->len - 1);
      float depth = depth_at (self, at);
      sum = sg_point_add (sum, pixel_point (self, at));
      radius = MAX (radius, depth);
      n++;
      for (guint k = 0; k < N_NEIGHBOURS; k++)
        {
          guint next = at + self->offset[k];
          if (self->thin[next] != UNSEEN || count_neighbours (self, next) < 3)
            continue;
          put_in_node (self, next, node);
          g_array_append_val (stack, next);
        }
    }
  add_node (self, sg_point_scale (sum, 1.0 / n), radius);
}

static void
find_pixels (Reader *self, gsize n_pixels)
{
  for (guint at = sg_scan_next (self->thin, 0, n_pixels); at < n_pixels;
       at = sg_scan_next (self->thin, at + 1, n_pixels))
    g_array_append_val (self->pixels, at);
}

static void
find_nodes (Reader *self)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->pixels->len; i++)
    {
      guint at = g_array_index (self->pixels, guint, i);
      if (self->thin[at] != UNSEEN)
        continue;
      guint n = count_neighbours (self, at);
      if (n >= 3)
        add_junction (self, at, stack);
      else if (n < 2)
        put_in_node (self, at, add_node (self, pixel_point (self, at), depth_at (self, at)));
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
  while (self->thin[at] != IN_NODE)
    {
      SgPoint p = pixel_point (self, at);
      g_array_append_val (points, p);
      self->thin[at] = IN_BRANCH;
      guint next = before;
      for (guint k = 0; k < N_NEIGHBOURS && next == before; k++)
        if (self->thin[at + self->offset[k]])
          next = at + self->offset[k];
      before = at;
      at = next;
    }
  guint to = node_at (self, at);
  g_array_append_val (points, sg_skeleton_node (self->graph, to)->at);
  end_branch (self, from, to, first);
}

/* Begins the branches that leave pixel `at` of a node. */
static void
leave_node (Reader *self, guint at)
{
  guint node = node_at (self, at);
  for (guint k = 0; k < N_NEIGHBOURS; k++)
    {
      guint next = at + self->offset[k];
      if (!self->thin[next] || self->thin[next] == IN_BRANCH)
        continue;
      /* two nodes side by side have no pixel between them: only the first makes the branch */
      if (self->thin[next] == UNSEEN || node_at (self, next) > node)
        walk_branch (self, node, at, next);
    }
}

static void
find_branches (Reader *self)
{
  for (guint i = 0; i < self->pixels->len; i++)
    {
      guint at = g_array_index (self->pixels, guint, i);
      if (self->thin[at] == IN_NODE)
        leave_node (self, at);
    }
}

/* What is left has two neighbours everywhere: rings. Each gets a node on it. */
static void
find_rings (Reader *self)
{
  for (guint i = 0; i < self->pixels->len; i++)
    {
      guint at = g_array_index (self->pixels, guint, i);
      if (self->thin[at] != UNSEEN)
        continue;
      guint node = add_node (self, pixel_point (self, at), depth_at (self, at));
      put_in_node (self, at, node);
      for (guint k = 0; k < N_NEIGHBOURS; k++)
        if (self->thin[at + self->offset[k]])
          {
            walk_branch (self, node, at, at + self->offset[k]);
            break;
          }
    }
}

SgSkeleton *
sg_skeleton_new (guint8 *thin, const SgDepth *depth, int width, int height)
{
  SgSkeleton *graph = g_new0 (SgSkeleton, 1);
  graph->nodes = g_array_new (FALSE, FALSE, sizeof (SgSkeletonNode));
  graph->branches = g_array_new (FALSE, FALSE, sizeof (SgSkeletonBranch));
  graph->stroke_radius = 1;
  graph->points = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  Reader reader = {
    .graph = graph,
    .thin = thin,
    .depth = depth,
    .width = width,
    .offset = { -width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1 },
    .pixels = g_array_new (FALSE, FALSE, sizeof (guint)),
    .nodes_at = g_hash_table_new (NULL, NULL),
  };
  find_pixels (&reader, (gsize)width * height);
  find_nodes (&reader);
  find_branches (&reader);
  find_rings (&reader);
  g_array_unref (reader.pixels);
  g_hash_table_unref (reader.nodes_at);
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

double
sg_skeleton_bend (const SgSkeleton *self, guint end)
{
  double start, stop, length = 0;
  choose_stretch (self, end, &start, &stop);
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  double half = MIN (BEND_STRETCHES * (stop - start), branch->length - start) / 2;
  SgPoint before = sg_skeleton_point (self, end, 0), from = before, middle = before;
  for (guint i = 1; i < branch->n_points && length < start + 2 * half; i++)
    {
      SgPoint p = sg_skeleton_point (self, end, i);
      length += sg_point_distance (before, p);
      before = p;
      if (length <= start)
        from = p;
      if (length <= start + half)
        middle = p;
    }
  SgPoint first = sg_point_sub (middle, from), second = sg_point_sub (before, middle);
  return atan2 (sg_point_cross (first, second), sg_point_dot (first, second));
}

SgSkeletonMeeting *
sg_skeleton_find_meetings (const SgSkeleton *self)
{
  SgSkeletonMeeting *meetings = g_new0 (SgSkeletonMeeting, self->nodes->len);
  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
      SgSkeletonMeeting *meeting = &meetings[branch->node[end % 2]];
      if (!branch->gone && meeting->n < G_N_ELEMENTS (meeting->end))
        meeting->end[meeting->n++] = end;
    }
  return meetings;
}

void
sg_skeleton_remove (SgSkeleton *self, SgSkeletonBranch *branch)
{
  branch->gone = TRUE;
  sg_skeleton_node (self, branch->node[0])->degree--;
  sg_skeleton_node (self, branch->node[1])->degree--;
}

void
sg_skeleton_merge_nodes (SgSkeleton *self, guint into, guint from)
{
  SgSkeletonNode *a = sg_skeleton_node (self, into), *b = sg_skeleton_node (self, from);
  a->at = sg_point_lerp (a->at, b->at, (double)b->degree / (a->degree + b->degree));
  a->radius = MAX (a->radius, b->radius);
  a->degree += b->degree;
  b->degree = 0;
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
        {
          sg_skeleton_merge_nodes (self, into, i);
          merged_into[i] = into;
        }
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
  rest.tick[0] = branch->tick[1] = FALSE;
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

/* The first point of a branch, seen from an end and from point `from` on, that is farther than `radius` from
 * `center`; the last where none is. */
static guint
first_beyond (const SgSkeleton *self, guint end, guint from, SgPoint center, double radius)
{
  guint last = sg_skeleton_branch (self, end / 2)->n_points - 1, i = from;
  while (i < last && sg_point_distance (sg_skeleton_point (self, end, i), center) <= radius)
    i++;
  return i;
}

/* Whether a line that ends freely keeps so near to the middle that it is the end of the pen's way around
 * it. */
static gboolean
stays_at_rim (const SgSkeleton *self, guint end, SgPoint center, double radius)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  double reach = radius + RIM_RADII * self->stroke_radius;
  return sg_skeleton_node (self, branch->node[1 - end % 2])->degree == 1 &&
         sg_point_distance (sg_skeleton_point (self, end, first_beyond (self, end, 0, center, reach)),
                            center) <= reach;
}

/* Whether the line leads past the middle, not within the dot's line, as far as can be seen of it beyond what
 * the rim's ink draws aside. */
static gboolean
leads_past (const SgSkeleton *self, guint end, guint rim, SgPoint center, double radius)
{
  guint free = first_beyond (self, end, rim, sg_skeleton_point (self, end, rim), self->stroke_radius);
  SgPoint at = sg_skeleton_point (self, end, free);
  guint far = first_beyond (self, end, free, at, DIRECTION_PIXELS);
  SgPoint way = sg_point_sub (at, sg_skeleton_point (self, end, far));
  double seen = sg_point_norm (way), aside = fabs (sg_point_cross (way, sg_point_sub (center, at)));
  return seen >= DIRECTION_PIXELS / 2 && aside > (radius - self->stroke_radius) * seen;
}

/* A line that only touches the rim, as hatching beside a pin does, ends there. */
static void
end_at_rim (SgSkeleton *self, guint end, SgPoint center, double radius)
{
  SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
  guint rim = first_beyond (self, end, 0, center, radius);
  if (stays_at_rim (self, end, center, radius))
    {
      sg_skeleton_remove (self, branch);
      return;
    }
  if (!leads_past (self, end, rim, center, radius))
    return;
  SgSkeletonNode tip = { .at = sg_skeleton_point (self, end, rim), .radius = branch->radius, .degree = 1 };
  sg_skeleton_node (self, branch->node[end % 2])->degree--;
  branch->node[end % 2] = self->nodes->len;
  branch->first += end % 2 ? 0 : rim;
  branch->n_points -= rim;
  branch->length = sg_path_length (&g_array_index (self->points, SgPoint, branch->first), branch->n_points);
  g_array_append_val (self->nodes, tip);
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
        sg_skeleton_remove (self, branch);
    }
  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
      if (!branch->gone && branch->node[end % 2] == node && branch->node[1 - end % 2] != node)
        end_at_rim (self, end, center, radius);
    }
}
