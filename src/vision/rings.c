/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A branch of the skeleton that is an arc tells where the rest of its ring would be. Rays from there find
 * where ink ends along each; where most of them agree about the distance there is a ring. */
#include "vision/rings.h"

#include "vision/fit.h"
#include "vision/path.h"

#define ARC_ERROR 0.7 /* stroke radii: an arc of a ring is off its circle */
#define LEAST_ARC 1.0 /* rad */
#define N_RAYS 40
#define RAY_STEP 0.5
#define MOST_STEPS 128     /* of a ray */
#define SMALLEST_RADII 3.0 /* outer radius, in stroke radii: less is a corner where lines cross */
#define LARGEST_RADII 9.0  /* more is no pin */
#define CENTRING 5         /* passes */
#define ROUND_ERROR 0.1    /* of the radius: so far the rays of a ring differ */
#define FARTHEST_EDGE 3.0  /* of that: what else ends near the ring does not draw its middle aside */
/* Shares of all rays. */
#define ROUND_RAYS 0.5    /* ink ends at the ring: lines leave along the others */
#define GUESS_SHARE 0.4   /* there is ink where the ring would be by a guess */
#define COVERED_SHARE 0.8 /* the same for a ring, which the hand may leave open */
#define HOLLOW_SHARE 0.25 /* there is paper within */
#define ROUND_SHARE 0.75  /* of the rays that no line leaves along: ink ends at the ring */
/* Of the radius. */
#define CORE 0.5  /* a line that comes so near to the middle ends there */
#define SPOKE 2.0 /* a line that comes from so far is none of the ring */

typedef struct
{
  guint8 *mask;
  int width, height;
  double pen, limit; /* stroke radius; largest outer radius */
  SgPoint way[N_RAYS];
} Page;

typedef struct
{
  SgPoint at;
  double radius; /* outer */
} Ring;

static gboolean
is_ink (const Page *page, const Ring *ring, guint ray, double distance)
{
  SgPoint p = sg_point_add (ring->at, sg_point_scale (page->way[ray], distance));
  int x = (int)(p.x + 0.5), y = (int)(p.y + 0.5);
  return x >= 0 && y >= 0 && x < page->width && y < page->height &&
         page->mask[(gsize)y * page->width + x] != 0;
}

/* What a hand's circle strays from its radius, in pixels. */
static double
round_error (double radius)
{
  return MAX (1, ROUND_ERROR * radius);
}

/* Where ink ends along the ray, nearest to the ring's edge but not farther off than `within`; -1 where it
 * does not end there. */
static double
find_edge (const Page *page, const Ring *ring, guint ray, double within)
{
  double edge = -1, from = MAX (0, ring->radius - within);
  gboolean ink = is_ink (page, ring, ray, from);
  for (double r = from + RAY_STEP; r <= ring->radius + within; r += RAY_STEP)
    {
      gboolean next = is_ink (page, ring, ray, r);
      if (ink && !next && (edge < 0 || fabs (r - ring->radius) < fabs (edge - ring->radius)))
        edge = r;
      ink = next;
    }
  return edge;
}

/* The distance about which ink ends along the most rays. */
static double
find_radius (const Page *page, const Ring *ring)
{
  guint count[MOST_STEPS + 1] = { 0 }, n = (guint)(page->limit / RAY_STEP), best = 0, most = 0;
  for (guint ray = 0; ray < N_RAYS; ray++)
    {
      gboolean ink = is_ink (page, ring, ray, 0);
      for (guint k = 1; k <= n; k++)
        {
          gboolean next = is_ink (page, ring, ray, k * RAY_STEP);
          count[k] += ink && !next;
          ink = next;
        }
    }
  for (guint k = (guint)(SMALLEST_RADII * page->pen / RAY_STEP); k <= n; k++)
    {
      guint reach = (guint)(round_error (k * RAY_STEP) / RAY_STEP), sum = 0;
      for (guint i = k - MIN (reach, k); i <= MIN (k + reach, n); i++)
        sum += count[i];
      if (sum <= most)
        continue;
      most = sum;
      best = k;
    }
  return best * RAY_STEP;
}

/* Moves the ring to where its edge is equally far along all rays. */
static void
centre (const Page *page, Ring *ring)
{
  for (guint pass = 0; pass < CENTRING; pass++)
    {
      SgPoint shift = { 0, 0 };
      guint n = 0;
      ring->radius = find_radius (page, ring);
      for (guint ray = 0; ray < N_RAYS; ray++)
        {
          double edge = find_edge (page, ring, ray, FARTHEST_EDGE * round_error (ring->radius));
          if (edge < 0)
            continue;
          shift = sg_point_add (shift, sg_point_scale (page->way[ray], edge - ring->radius));
          n++;
        }
      if (n == 0)
        return;
      ring->at = sg_point_add (ring->at, sg_point_scale (shift, 2.0 / n));
    }
  ring->radius = find_radius (page, ring);
}

/* Whether a line comes along the ray from beyond the ring to near its middle. */
static gboolean
is_spoke (const Page *page, const Ring *ring, guint ray)
{
  double r = CORE * ring->radius;
  while (r < SPOKE * ring->radius && is_ink (page, ring, ray, r))
    r += RAY_STEP;
  return r >= SPOKE * ring->radius;
}

static gboolean
is_hollow (const Page *page, const Ring *ring, guint ray)
{
  for (double r = 0; r < ring->radius - 2 * page->pen; r += RAY_STEP)
    if (!is_ink (page, ring, ray, r))
      return TRUE;
  return FALSE;
}

/* Number of rays that cross ink where the pen went round. */
static guint
count_covered (const Page *page, const Ring *ring)
{
  guint n = 0;
  for (guint ray = 0; ray < N_RAYS; ray++)
    n += is_ink (page, ring, ray, ring->radius - page->pen);
  return n;
}

static gboolean
is_ring (const Page *page, const Ring *ring)
{
  double error = round_error (ring->radius);
  guint round = 0, leaving = 0, hollow = 0, spokes = 0;
  for (guint ray = 0; ray < N_RAYS; ray++)
    {
      gboolean edge = find_edge (page, ring, ray, error) >= 0;
      round += edge;
      leaving += !edge && is_ink (page, ring, ray, ring->radius + error + 1);
      hollow += is_hollow (page, ring, ray);
      spokes += is_spoke (page, ring, ray);
    }
  return spokes > 0 && round >= ROUND_RAYS * N_RAYS && round >= ROUND_SHARE * (N_RAYS - leaving) &&
         hollow >= HOLLOW_SHARE * N_RAYS && count_covered (page, ring) >= COVERED_SHARE * N_RAYS;
}

/* The ring that branch number `index` would be an arc of. FALSE where it is none, or hardly any other ink is
 * there. */
static gboolean
guess_ring (const Page *page, const SgSkeleton *graph, guint index, Ring *ring)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (graph, index);
  if (branch->length < SMALLEST_RADII * page->pen || branch->length > 2 * G_PI * page->limit)
    return FALSE;
  guint skipped[2]; /* where the ink of its nodes bends it, if it is longer than that */
  for (guint side = 0; side < 2; side++)
    skipped[side] = MIN ((guint)sg_skeleton_node (graph, branch->node[side])->radius, branch->n_points / 4);
  const SgPoint *points = &g_array_index (graph->points, SgPoint, branch->first + skipped[0]);
  guint n = branch->n_points - skipped[0] - skipped[1];
  SgCircleFit arc;
  double off = sg_fit_circle (points, n, &arc);
  if (!(off < ARC_ERROR * page->pen) || arc.radius + page->pen > page->limit ||
      fabs (sg_points_sweep (points, n, arc.center)) < LEAST_ARC)
    return FALSE;
  *ring = (Ring){ arc.center, arc.radius + page->pen };
  return count_covered (page, ring) >= GUESS_SHARE * N_RAYS;
}

static void
fill (const Page *page, const Ring *ring)
{
  int reach = (int)ring->radius + 1, x0 = (int)ring->at.x, y0 = (int)ring->at.y;
  for (int y = MAX (1, y0 - reach); y <= MIN (page->height - 2, y0 + reach); y++)
    for (int x = MAX (1, x0 - reach); x <= MIN (page->width - 2, x0 + reach); x++)
      if (sg_point_distance (SG_POINT (x, y), ring->at) < ring->radius - 0.5)
        page->mask[(gsize)y * page->width + x] = 255;
}

void
sg_rings_find (GArray *dots, guint8 *mask, int width, int height, const SgSkeleton *graph)
{
  Page page = { mask, width, height, graph->stroke_radius };
  Ring ring;
  page.limit = MIN (LARGEST_RADII * page.pen, MOST_STEPS * RAY_STEP);
  for (guint i = 0; i < N_RAYS; i++)
    page.way[i] = SG_POINT (cos (2 * G_PI * i / N_RAYS), sin (2 * G_PI * i / N_RAYS));
  for (guint i = 0; i < graph->branches->len; i++)
    {
      if (!guess_ring (&page, graph, i, &ring) || sg_dots_contain (dots, ring.at))
        continue;
      centre (&page, &ring);
      if (sg_dots_contain (dots, ring.at) || !is_ring (&page, &ring))
        continue;
      SgDot dot = { ring.at, MAX (1, ring.radius - page.pen) };
      fill (&page, &ring);
      g_array_append_val (dots, dot);
    }
}
