/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ticks of hatching: free ends that stand in a row, alike, most of them on a line that runs on. Ticks are
 * linked with those that may be next to them; linked ones form a row. */
#include "vision/near.h"
#include "vision/skeleton.h"
#include "vision/walk.h"

#define LEAST_TICKS 4      /* in a row; one fewer where all stand on a line, as others may miss it a little */
#define LEAST_STANDING 0.6 /* share of a row that must stand on a line, and on nothing else */
#define LEAST_LENGTH 3.0   /* stroke radii that it stands out of the ink at its root */
#define LEAST_STRAIGHT 0.85
#define ALIKE_LENGTH 2.0 /* ratio */
#define ALIKE_ANGLE (28 * G_PI / 180)
#define MOST_SPACING 6.0            /* of the ticks' length */
#define LEAST_SPACING 0.3           /* the same, across the ticks */
#define MOST_OFF 1.5                /* the same, of one's root off the line under the other */
#define LINE_TURN (40 * G_PI / 180) /* a line under a tick turns less */

typedef struct
{
  guint end;         /* at the root */
  SgPoint root, way; /* way: from the root to the tip */
  double length;
  gboolean standing; /* on a line that runs on, and on nothing else */
  SgPoint line;      /* where that leads, unit vector; 0 where not standing */
} Tick;

typedef struct
{
  GArray *ticks; /* Tick */
  guint *parent; /* by tick: disjoint sets */
} Rows;

/* Whether the branch along `other` is the tick's own ink on the far side of its line, which it was drawn
 * across. */
static gboolean
is_tail (const SgSkeleton *self, guint end, guint other)
{
  const SgSkeletonBranch *tail = sg_skeleton_branch (self, other / 2);

  return sg_skeleton_node (self, tail->node[1 - other % 2])->degree == 1 &&
         tail->length < sg_skeleton_branch (self, end / 2)->length;
}

/* Whether the other two ends at the junction of `end` are a line that runs on; where it leads in `line`. */
static gboolean
stands_on_line (const SgSkeleton *self, guint end, const SgSkeletonMeeting *junction, SgPoint *line)
{
  SgPoint way[2];
  guint n = 0;

  for (guint k = 0; k < junction->n; k++)
    if (junction->end[k] != end && n < 2 &&
        !(junction->n == 4 && is_tail (self, end, junction->end[k])))
      way[n++] = sg_skeleton_direction (self, junction->end[k]);
  if (n < 2 || sg_walk_turn (way[0], way[1]) >= LINE_TURN)
    return FALSE;
  *line = sg_point_scale (sg_point_sub (way[0], way[1]), 1 / sg_point_distance (way[0], way[1]));
  return TRUE;
}

/* Whether the line along `end` goes on beyond its junction to another free end: an arm of an X. */
static gboolean
is_arm (const SgSkeleton *self, guint end, const SgSkeletonMeeting *junction)
{
  SgPoint way = sg_skeleton_direction (self, end);
  double length = sg_skeleton_branch (self, end / 2)->length;

  for (guint k = 0; k < junction->n && junction->n == 4; k++)
    {
      guint other = junction->end[k];
      const SgSkeletonBranch *arm = sg_skeleton_branch (self, other / 2);

      if (other != end && sg_skeleton_node (self, arm->node[1 - other % 2])->degree == 1 &&
          MAX (arm->length, length) < ALIKE_LENGTH * MIN (arm->length, length) &&
          sg_walk_turn (way, sg_skeleton_direction (self, other)) < LINE_TURN)
        return TRUE;
    }
  return FALSE;
}

/* Branches that could be ticks. */
static GArray *
find_candidates (const SgSkeleton *self)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (Tick));
  g_autofree SgSkeletonMeeting *meetings = sg_skeleton_find_meetings (self);

  for (guint end = 0; end < 2 * self->branches->len; end++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self, end / 2);
      const SgSkeletonNode *root = sg_skeleton_node (self, branch->node[end % 2]);
      const SgSkeletonNode *tip = sg_skeleton_node (self, branch->node[1 - end % 2]);
      Tick tick = { end, root->at, sg_point_sub (tip->at, root->at) };

      tick.length = sg_point_norm (tick.way);
      if (branch->gone || branch->faint || tip->degree != 1 || root->degree < 3 || root->dot ||
          tick.length < root->radius + LEAST_LENGTH * self->stroke_radius ||
          tick.length < LEAST_STRAIGHT * branch->length)
        continue;
      const SgSkeletonMeeting *junction = &meetings[branch->node[end % 2]];
      if (root->degree <= G_N_ELEMENTS (junction->end) && is_arm (self, end, junction))
        continue;
      tick.standing =
        root->degree <= G_N_ELEMENTS (junction->end) && stands_on_line (self, end, junction, &tick.line);
      g_array_append_val (ticks, tick);
    }
  return ticks;
}

static guint
root_of (Rows *rows, guint i)
{
  while (rows->parent[i] != i)
    i = rows->parent[i] = rows->parent[rows->parent[i]];
  return i;
}

/* Whether the two could be neighbours in a row. */
static gboolean
are_neighbours (const Tick *a, const Tick *b)
{
  SgPoint apart = sg_point_sub (b->root, a->root);
  double length = (a->length + b->length) / 2;
  double across = fabs (sg_point_cross (apart, a->way)) / a->length;
  double off = MAX (fabs (sg_point_cross (apart, a->line)), fabs (sg_point_cross (apart, b->line)));

  return MAX (a->length, b->length) < ALIKE_LENGTH * MIN (a->length, b->length) &&
         sg_point_dot (a->way, b->way) > cos (ALIKE_ANGLE) * a->length * b->length &&
         sg_point_norm (apart) < MOST_SPACING * length && across > LEAST_SPACING * length &&
         off < MOST_OFF * length;
}

static void
link_neighbours (Rows *rows)
{
  guint n = rows->ticks->len, count;
  g_autofree SgRect *boxes = g_new (SgRect, n);

  for (guint i = 0; i < n; i++)
    {
      const Tick *tick = &g_array_index (rows->ticks, Tick, i);

      rows->parent[i] = i;
      boxes[i] = sg_rect_grow ((SgRect){ tick->root.x, tick->root.y, 0, 0 }, MOST_SPACING * tick->length / 2);
    }
  g_autoptr (SgNear) near = sg_near_new (boxes, n);
  for (guint i = 0; i < n; i++)
    {
      const guint *others = sg_near_of (near, i, &count);

      for (guint k = 0; k < count; k++)
        if (are_neighbours (&g_array_index (rows->ticks, Tick, i),
                            &g_array_index (rows->ticks, Tick, others[k])))
          rows->parent[root_of (rows, i)] = root_of (rows, others[k]);
    }
}

void
sg_skeleton_mark_ticks (SgSkeleton *self)
{
  g_autoptr (GArray) ticks = find_candidates (self);
  g_autofree guint *parent = g_new (guint, ticks->len + 1);
  g_autofree guint *size = g_new0 (guint, ticks->len + 1);
  g_autofree guint *standing = g_new0 (guint, ticks->len + 1);
  Rows rows = { ticks, parent };

  link_neighbours (&rows);
  for (guint i = 0; i < ticks->len; i++)
    {
      size[root_of (&rows, i)]++;
      standing[root_of (&rows, i)] += g_array_index (ticks, Tick, i).standing;
    }
  for (guint i = 0; i < ticks->len; i++)
    {
      guint row = root_of (&rows, i), end = g_array_index (ticks, Tick, i).end;

      if (size[row] >= LEAST_TICKS - (standing[row] == size[row]) &&
          standing[row] >= LEAST_STANDING * size[row])
        sg_skeleton_branch (self, end / 2)->tick[end % 2] = TRUE;
    }
}
