/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a line ends in a hook, the hook is taken for one barb. If there is a second one in the ink of the
 * shaft, that ink is broader than a pen behind the tip, and narrow again where the head ends: the shaft lies
 * along its edge on the hook's side, the barb along the other. */
#include "vision/barbs.h"

#include "vision/fit.h"
#include "vision/path.h"

/* Of the hook, in stroke radii. */
#define SHORTEST_BARB 3.0
#define LONGEST_BARB 16.0
#define LEAST_CHORD 0.85                 /* of the way along a shaft's beginning: how straight it is */
#define SHAFT_ERROR 0.04                 /* of its length, off a line or an arc */
#define SHARPEST_HOOK (20 * G_PI / 180)  /* between hook and line: less is a line drawn to and fro */
#define BLUNTEST_HOOK (80 * G_PI / 180)  /* more is a corner */
#define CORNER_REACH 6                   /* points to either side over which a corner is seen */
#define ROUNDED_CORNER (95 * G_PI / 180) /* thinning rounds corners: what a hook looks like at most */
#define FARTHEST_TIP 4.0                 /* stroke radii: of the tip from the skeleton's corner */
#define HEAD_START 0.45                  /* of the hook's length: so far it makes the ink broad itself */
#define HEAD_END 1.5                     /* of the hook's length: farther no barb reaches */
#define LEAST_BREADTH 0.6                /* stroke radii beyond the pen's width: what a hidden barb adds */
#define FINEST_PEN 2.0                   /* pixels of radius: finer ink is too rough to be measured */
#define MOST_BREADTH 3.5                 /* stroke radii from the skeleton: more is a line that crosses */
#define LEAST_POINTS 3                   /* of the shaft at which its ink is that broad */
#define OWN_INK 2.2                      /* stroke radii */
#define MOST_POINTS 48                   /* HEAD_END of the longest barb, and more */
#define LONGEST_RATIO 1.3                /* of the barb to the hook */
/* Of a curved arrow's shaft, and of its radius. */
#define LEAST_SWEEP (150 * G_PI / 180)
#define ROUND_ERROR 0.06
#define LARGEST_HEAD 0.6

typedef struct
{
  GArray *traces;
  const guint8 *ink;
  int width, height;
  double radius; /* of the stroke */
} Page;

/* A line seen from its hooked end. */
typedef struct
{
  const SgPixelStroke *stroke;
  gboolean reversed;
  guint corner;   /* point at which the hook ends and the shaft begins */
  guint leaves;   /* point at which the shaft leaves the head */
  SgPoint tip;    /* where the pen turned; beyond the corner, which thinning cut */
  double length;  /* of the hook */
  double angle;   /* between hook and shaft */
  SgPoint back;   /* unit, from the tip to where the shaft leaves the head */
  SgPoint across; /* unit, square to it, away from the hook */
} Hook;

static SgPoint
point_at (const Hook *hook, guint i)
{
  return hook->stroke->points[hook->reversed ? hook->stroke->n - 1 - i : i];
}

static gboolean
is_ink (const Page *page, SgPoint p)
{
  int x = (int)(p.x + 0.5), y = (int)(p.y + 0.5);
  return x >= 0 && y >= 0 && x < page->width && y < page->height &&
         page->ink[(gsize)y * page->width + x] != 0;
}

/* How far there is ink from `p` along `way`, at most `limit`. */
static double
ink_ahead (const Page *page, SgPoint p, SgPoint way, double limit)
{
  double distance = 0;
  while (distance < limit && is_ink (page, sg_point_add (p, sg_point_scale (way, distance))))
    distance += 0.5;
  return distance;
}

static SgPoint
unit_to (SgPoint from, SgPoint to)
{
  SgPoint way = sg_point_sub (to, from);
  return sg_point_scale (way, 1 / MAX (sg_point_norm (way), 1e-9));
}

static double
angle_between (SgPoint a, SgPoint b)
{
  return fabs (atan2 (sg_point_cross (a, b), sg_point_dot (a, b)));
}

/* As far out of the corner as the ink has room for a pen. */
static SgPoint
find_tip (const Page *page, const Hook *hook)
{
  SgPoint corner = point_at (hook, hook->corner);
  SgPoint inside = sg_point_lerp (point_at (hook, hook->corner - CORNER_REACH),
                                  point_at (hook, hook->corner + CORNER_REACH), 0.5);
  SgPoint out = unit_to (inside, corner);
  double room = ink_ahead (page, corner, out, (FARTHEST_TIP + 1) * page->radius);
  return sg_point_add (corner, sg_point_scale (out, MAX (0, room - page->radius)));
}

/* Finds the sharpest corner as near to the end as a barb may be long. */
static gboolean
find_corner (const Page *page, Hook *hook)
{
  double along = 0, sharpest = ROUNDED_CORNER;
  for (guint i = 1; i + CORNER_REACH < hook->stroke->n && along < LONGEST_BARB * page->radius; i++)
    {
      SgPoint at = point_at (hook, i);
      along += sg_point_distance (point_at (hook, i - 1), at);
      if (i < CORNER_REACH)
        continue;
      double angle = angle_between (sg_point_sub (point_at (hook, i - CORNER_REACH), at),
                                    sg_point_sub (point_at (hook, i + CORNER_REACH), at));
      if (angle > sharpest)
        continue;
      sharpest = angle;
      hook->corner = i;
    }
  return hook->corner > 0;
}

/* Whether points first..last of the line are straight or an arc. */
static gboolean
is_smooth (const Hook *hook, guint first, guint last)
{
  guint n = last - first + 1;
  const SgPoint *points = hook->stroke->points + (hook->reversed ? hook->stroke->n - 1 - last : first);
  SgLineFit line;
  SgCircleFit arc;
  double off = MIN (sg_fit_line (points, n, &line), sg_fit_circle (points, n, &arc));
  return off < SHAFT_ERROR * n * SG_PIXEL_STROKE_SPACING;
}

/* Whether the line has no sharp corner between the points. */
static gboolean
runs_on (const Hook *hook, guint first, guint last)
{
  return sg_point_distance (point_at (hook, first), point_at (hook, last)) >
         LEAST_CHORD * (last - first) * SG_PIXEL_STROKE_SPACING;
}

/* Whether the line behind the head is a shaft: long enough, running on there, and smooth in all. */
static gboolean
has_shaft (const Hook *hook)
{
  guint last = hook->stroke->n - 1, head = (guint)(HEAD_END * hook->length / SG_PIXEL_STROKE_SPACING);
  guint first = hook->corner + head, near = first + head;
  return near <= last && runs_on (hook, hook->corner, near) && is_smooth (hook, first, last);
}

/* Measures the hook and finds where the shaft leaves the head. */
static gboolean
find_head (const Page *page, Hook *hook)
{
  hook->tip = find_tip (page, hook);
  hook->length = sg_point_distance (hook->tip, point_at (hook, 0));
  if (hook->length < SHORTEST_BARB * page->radius || !has_shaft (hook))
    return FALSE;
  hook->leaves = hook->corner + 1;
  while (hook->leaves + 1 < hook->stroke->n &&
         sg_point_distance (point_at (hook, hook->leaves), hook->tip) < HEAD_END * hook->length)
    hook->leaves++;
  SgPoint barb = unit_to (hook->tip, point_at (hook, 0));
  hook->back = unit_to (hook->tip, point_at (hook, hook->leaves));
  hook->across = SG_POINT (-hook->back.y, hook->back.x);
  if (sg_point_dot (hook->across, barb) > 0)
    hook->across = sg_point_scale (hook->across, -1);
  hook->angle = angle_between (hook->back, barb);
  return hook->angle > SHARPEST_HOOK && hook->angle < BLUNTEST_HOOK;
}

/* The shaft's ink behind the tip, to where another line crosses it. */
typedef struct
{
  double out[MOST_POINTS]; /* n; from the shaft's points to the edge away from the hook */
  double breadth[MOST_POINTS];
  guint first, n;
} Band;

static void
measure_band (const Page *page, const Hook *hook, Band *band)
{
  /* so far the hook's own ink touches the shaft's */
  double start = MAX (HEAD_START * hook->length, OWN_INK * page->radius / sin (hook->angle));
  double limit = MOST_BREADTH * page->radius;
  band->n = 0;
  band->first = hook->corner + 1;
  while (band->first < hook->leaves && sg_point_distance (point_at (hook, band->first), hook->tip) < start)
    band->first++;
  for (guint i = band->first; i < hook->leaves && band->n < MOST_POINTS; i++, band->n++)
    {
      double out = ink_ahead (page, point_at (hook, i), hook->across, limit);
      double in = ink_ahead (page, point_at (hook, i), sg_point_scale (hook->across, -1), limit);
      if (out >= limit)
        break;
      band->out[band->n] = out;
      band->breadth[band->n] = in < limit ? out + in : 0;
    }
}

/* Finds the farthest point behind the tip at which the shaft's ink is broad, and the middle of the barb
 * there. */
static gboolean
find_broad_ink (const Page *page, const Hook *hook, SgPoint *barb)
{
  Band band;
  double usual = 2 * page->radius;
  guint broad = 0;
  measure_band (page, hook, &band);
  if (band.first + band.n == hook->leaves && band.n > LEAST_POINTS) /* what it is where the head has ended */
    usual = MAX (usual, band.breadth[band.n - 1]);
  for (guint i = 0; i < band.n; i++)
    if (band.breadth[i] > usual + LEAST_BREADTH * page->radius)
      {
        SgPoint p = point_at (hook, band.first + i);
        *barb = sg_point_add (p, sg_point_scale (hook->across, band.out[i] - page->radius));
        broad++;
      }
  return broad >= LEAST_POINTS;
}

/* Finds the end of the barb that the hook lacks. */
static gboolean
find_barb (const Page *page, const Hook *hook, SgPoint *end)
{
  SgPoint middle = hook->tip;
  if (!find_broad_ink (page, hook, &middle))
    return FALSE;
  SgPoint way = unit_to (hook->tip, middle);
  double known = sg_point_distance (hook->tip, middle);
  double more = ink_ahead (page, middle, way, MAX (0, LONGEST_RATIO * hook->length - known) + page->radius);
  *end = sg_point_add (middle, sg_point_scale (way, MAX (0, more - page->radius)));
  return TRUE;
}

/* A hook at the end of an arc is half a head even where the ink beside the shaft shows no other half, as
 * where a rod crosses it: the other barb is where the hook is mirrored in the shaft. */
static gboolean
guess_barb (const Hook *hook, SgPoint *end)
{
  guint n = hook->stroke->n - hook->corner;
  const SgPoint *shaft = hook->stroke->points + (hook->reversed ? 0 : hook->corner);
  SgCircleFit arc;
  SgPoint barb = sg_point_sub (point_at (hook, 0), hook->tip);
  double off = sg_fit_circle (shaft, n, &arc);
  if (!(off < ROUND_ERROR * arc.radius) || hook->length > LARGEST_HEAD * arc.radius ||
      fabs (sg_points_sweep (shaft, n, arc.center)) < LEAST_SWEEP)
    return FALSE;
  SgPoint along = sg_point_scale (hook->back, 2 * sg_point_dot (barb, hook->back));
  *end = sg_point_add (hook->tip, sg_point_sub (along, barb));
  return TRUE;
}

/* The head as one stroke from barb to barb. */
static SgPixelStroke
draw_head (const Hook *hook, SgPoint end)
{
  SgPoint start = point_at (hook, 0);
  guint half = MAX (2, (guint)(hook->length / SG_PIXEL_STROKE_SPACING)), n = 2 * half + 1;
  SgPixelStroke head = { g_new (SgPoint, n), n, hook->stroke->width };
  for (guint i = 0; i < n; i++)
    head.points[i] = i < half ? sg_point_lerp (start, hook->tip, (double)i / half)
                              : sg_point_lerp (hook->tip, end, (double)(i - half) / half);
  return head;
}

/* The stroke without its hook, and straight under the head, where the barb's ink drew it aside. */
static SgPixelStroke
draw_shaft (const Hook *hook)
{
  guint n = hook->stroke->n - hook->corner;
  SgPixelStroke shaft = { g_new (SgPoint, n), n, hook->stroke->width };
  SgPoint leaves = point_at (hook, hook->leaves);
  for (guint i = 0; i < n; i++)
    {
      double part = MIN (1, (double)i / (hook->leaves - hook->corner));
      shaft.points[hook->reversed ? n - 1 - i : i] =
        part < 1 ? sg_point_lerp (hook->tip, leaves, part) : point_at (hook, hook->corner + i);
    }
  return shaft;
}

static void
complete_hook (const Page *page, guint index, gboolean reversed)
{
  SgPixelStroke *stroke = &g_array_index (page->traces, SgPixelStroke, index);
  Hook hook = { .stroke = stroke, .reversed = reversed };
  SgPoint end;
  if (!find_corner (page, &hook) || !find_head (page, &hook) ||
      (!find_barb (page, &hook, &end) && !guess_barb (&hook, &end)))
    return;
  SgPixelStroke head = draw_head (&hook, end), shaft = draw_shaft (&hook);
  sg_pixel_stroke_clear (stroke);
  *stroke = shaft;
  g_array_append_val (page->traces, head);
}

void
sg_barbs_find (GArray *traces, const guint8 *ink, int width, int height, double stroke_radius)
{
  Page page = { traces, ink, width, height, stroke_radius };
  guint n = stroke_radius < FINEST_PEN ? 0 : traces->len;
  for (guint i = 0; i < 2 * n; i++)
    complete_hook (&page, i / 2, i % 2);
}
