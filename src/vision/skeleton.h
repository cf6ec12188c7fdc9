/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The graph of a skeleton: nodes where lines end or meet, branches between them. Lengths in pixels. Any
 * thread. Internal to vision.
 */
#pragma once

#include "base/geometry.h"
#include "vision/budget.h"
#include "vision/depth.h"

G_BEGIN_DECLS

typedef struct
{
  SgPoint at;
  double radius; /* half the ink's width here */
  guint degree;  /* branch ends that are here; 1: a line ends, 0: a dot */
  gboolean dot;  /* a pin: lines end here or run straight on */
} SgSkeletonNode;

typedef struct
{
  guint node[2];         /* where its path begins and ends; the same one twice for a loop */
  guint first, n_points; /* its path in `points`, nodes included; n_points >= 2 */
  double length;
  double radius;    /* mean half width of its ink */
  gboolean faint;   /* ruled paper: no part of the drawing */
  gboolean gap;     /* paper between a free end and the ink it was meant to touch; counts for no degree */
  gboolean tick[2]; /* by side: it is hatching and stands here on its line, so that it goes no further */
  gboolean gone;    /* taken out: ignore it */
} SgSkeletonBranch;

typedef struct
{
  GArray *nodes;        /* SgSkeletonNode */
  GArray *branches;     /* SgSkeletonBranch */
  GArray *points;       /* SgPoint */
  double stroke_radius; /* half the usual width of the ink */
} SgSkeleton;

#define sg_skeleton_node(self, i) (&g_array_index ((self)->nodes, SgSkeletonNode, (i)))
#define sg_skeleton_branch(self, i) (&g_array_index ((self)->branches, SgSkeletonBranch, (i)))

/* Reads the graph of `thin` (as sg_thin leaves it; it is used up), with the ink's half widths in `depth`. */
SgSkeleton *sg_skeleton_new (guint8 *thin, const SgDepth *depth, int width, int height);
void sg_skeleton_free (SgSkeleton *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgSkeleton, sg_skeleton_free)

/* Ends of branches are numbered 2 * branch + side. Point number `i` of the branch as seen from an end. */
SgPoint sg_skeleton_point (const SgSkeleton *self, guint end, guint i);

/* Where the branch leads as seen from an end (unit vector), measured beyond the ink of its node, where
 * crossing lines bend each other. */
SgPoint sg_skeleton_direction (const SgSkeleton *self, guint end);

/* The same at the node itself, by how the branch bends: better for curves, worse for what is short or has
 * corners. */
SgPoint sg_skeleton_tangent (const SgSkeleton *self, guint end);

/* Marks ruled paper: where the branches are plainly of two strengths, the fainter ones if they spread over
 * the picture. They stay in the graph, for lines of the drawing are bent where they cross them. `contrast`:
 * the strength of each pixel. */
void sg_skeleton_mark_faint (SgSkeleton *self, const guint8 *contrast, int width, int height);

/* Sets the branches' radius, and `stroke_radius`, which is 1 at first, to what is usual among those that are
 * not faint. */
void sg_skeleton_measure (SgSkeleton *self, const SgDepth *depth);

/* How much the branch turns on its first way from an end, beyond the ink of its node: rad, positive clockwise
 * as seen. */
double sg_skeleton_bend (const SgSkeleton *self, guint end);

/* The ends that are at a node, as many as there is room for. */
typedef struct
{
  guint end[4];
  guint n;
} SgSkeletonMeeting;

/* Those at each node. Returns: (transfer full), by node; free with g_free. */
SgSkeletonMeeting *sg_skeleton_find_meetings (const SgSkeleton *self);

/* Takes out what thinning put in: hairs that do not stand out of the ink they grow from, the stems that
 * it grows where two lines meet in a sharp corner, and the bridges that it makes of ink that two lines
 * share: the two nodes of a crossing become one, and lines that touch get a branch each. Afterwards no node
 * has degree 2 but those of closed loops. Ends with `budget` (nullable), which leaves in what was not come
 * to. */
void sg_skeleton_clean (SgSkeleton *self, SgBudget *budget);

/* Parts of the above: for lines that touch, and for those that cross. */
void sg_skeleton_part_touches (SgSkeleton *self, SgBudget *budget);
void sg_skeleton_contract_bridges (SgSkeleton *self, SgBudget *budget);

/* Makes one node at `center` of all nodes within `radius` and has the branches that pass through end there:
 * lines that lead into a dot meet in its middle.
 * Those that only touch its rim end there. */
void sg_skeleton_gather (SgSkeleton *self, SgPoint center, double radius);

/* Adds branches of paper from each free end to what ink lies within `reach` of it, and to a free end farther
 * away in which its line could go on: how an outline closes that the hand left a little open. Ends with
 * `budget` (nullable); other ends stay free then. */
void sg_skeleton_bridge_gaps (SgSkeleton *self, double reach, SgBudget *budget);

/* Finds the ticks of hatching among the branches. */
void sg_skeleton_mark_ticks (SgSkeleton *self);

/* Takes the branch out; it stays in `branches`, marked as gone. */
void sg_skeleton_remove (SgSkeleton *self, SgSkeletonBranch *branch);

/* Moves node `into` between the two and counts the branches of `from` to it; the caller has them end there.
 */
void sg_skeleton_merge_nodes (SgSkeleton *self, guint into, guint from);

/* Ends the branch at its point number `at`, which becomes `node`, and begins another one there. */
void sg_skeleton_split (SgSkeleton *self, guint branch, guint at, guint node);

G_END_DECLS
