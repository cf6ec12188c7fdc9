/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First the recogniser is asked about the strokes alone; where it knows the told kind, its fit is the best.
 * Else the strokes are joined to one path, and what the evidence does not propose is fitted by rule. */
#include "vision/told.h"

#include <string.h>

#include "vision/evidence.h"
#include "vision/fit.h"
#include "vision/marks.h"

/* Beyond it the strokes are joined as they were drawn: the search for neighbours is quadratic. */
#define MAX_CHAINED 200

/* -- Joining -- */

static void
append_ink (GArray *points, const SgInk *ink, gboolean reversed)
{
  for (guint i = 0; i < ink->n; i++)
    g_array_append_val (points, ink->points[reversed ? ink->n - 1 - i : i]);
}

/* The next ink to go on with from `tail`, and whether backwards: the one with the nearest end. */
static guint
nearest_ink (const SgInk *inks, guint n, const gboolean *used, SgPoint tail, gboolean *reversed)
{
  double nearest = G_MAXDOUBLE;
  guint best = n;

  for (guint i = 0; i < n; i++)
    for (guint end = 0; end < 2 && !used[i]; end++)
      {
        double d = sg_point_distance (tail, inks[i].points[end ? inks[i].n - 1 : 0]);

        if (d < nearest)
          {
            nearest = d;
            best = i;
            *reversed = end;
          }
      }
  return best;
}

/* The ink whose first end is furthest from all other ends: where the chain begins. */
static guint
loneliest_end (const SgInk *inks, guint n, gboolean *reversed)
{
  double furthest = -1;
  guint best = 0;

  for (guint i = 0; i < n; i++)
    for (guint end = 0; end < 2; end++)
      {
        SgPoint p = inks[i].points[end ? inks[i].n - 1 : 0];
        double alone = G_MAXDOUBLE;

        for (guint k = 0; k < n; k++)
          if (k != i)
            alone = MIN (alone, MIN (sg_point_distance (p, inks[k].points[0]),
                                     sg_point_distance (p, inks[k].points[inks[k].n - 1])));
        if (alone > furthest)
          {
            furthest = alone;
            best = i;
            *reversed = end;
          }
      }
  return best;
}

static void
join (const SgInk *inks, guint n, SgPath *path)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  g_autofree gboolean *used = g_new0 (gboolean, n);
  gboolean reversed = FALSE, chained = n > 1 && n <= MAX_CHAINED;
  guint at = chained ? loneliest_end (inks, n, &reversed) : 0;
  double width = 0;

  for (guint i = 0; i < n; i++)
    {
      append_ink (points, &inks[at], reversed);
      used[at] = TRUE;
      width = MAX (width, inks[i].width);
      at = chained ? nearest_ink (inks, n, used, g_array_index (points, SgPoint, points->len - 1), &reversed)
                   : i + 1;
    }
  sg_path_init (path, (const SgPoint *)points->data, NULL, points->len, width);
}

static const SgInk *
longest_ink (const SgInk *inks, guint n)
{
  const SgInk *best = inks;

  for (guint i = 1; i < n; i++)
    if (inks[i].length > best->length)
      best = &inks[i];
  return best;
}

/* -- Fits by rule -- */

/* Ends of the ink along its main direction, in the order it was drawn. */
static void
fit_axis (const SgPoint *points, guint n, SgGeometry *g)
{
  SgLineFit line;
  double least = G_MAXDOUBLE, most = -G_MAXDOUBLE, along;

  sg_fit_line (points, n, &line);
  for (guint i = 0; i < n; i++)
    {
      along = sg_point_dot (sg_point_sub (points[i], line.center), line.direction);
      least = MIN (least, along);
      most = MAX (most, along);
    }
  along = sg_point_dot (sg_point_sub (points[n - 1], points[0]), line.direction);
  g->from = sg_point_add (line.center, sg_point_scale (line.direction, along < 0 ? most : least));
  g->to = sg_point_add (line.center, sg_point_scale (line.direction, along < 0 ? least : most));
}

static guint
count_crossings (const SgPath *path, const SgGeometry *axis)
{
  SgPoint way = sg_point_sub (axis->to, axis->from);
  guint crossings = 0;
  double before = 0;

  for (guint i = 0; i < path->n; i++)
    {
      double side = sg_point_cross (way, sg_point_sub (path->points[i], axis->from));

      crossings += side * before < 0;
      before = side != 0 ? side : before;
    }
  return crossings;
}

/* The head is where the strokes beside the shaft are; a bare line points to where it was drawn. */
static void
fit_arrow (const SgInk *inks, guint n, SgGeometry *g)
{
  const SgInk *shaft = longest_ink (inks, n);
  SgPoint sum = { 0, 0 };

  fit_axis (shaft->points, shaft->n, g);
  for (guint i = 0; i < n; i++)
    if (&inks[i] != shaft)
      sum = sg_point_add (sum, sg_rect_center (inks[i].bounds));
  if (n < 2)
    return;
  SgPoint heads = sg_point_scale (sum, 1.0 / (n - 1)), tail = g->from;
  if (sg_point_distance (heads, g->from) < sg_point_distance (heads, g->to))
    {
      g->from = g->to;
      g->to = tail;
    }
}

static void
fit_round (const SgPoint *points, guint n, SgGeometry *g)
{
  SgRect bounds = sg_points_bounds (points, n);
  SgCircleFit fit;
  double size = sg_rect_diagonal (bounds);

  g->center = sg_rect_center (bounds);
  g->radius = MAX (1, (bounds.width + bounds.height) / 4);
  if (isfinite (sg_fit_circle (points, n, &fit)) && fit.radius < size && fit.radius > size / 5)
    {
      g->center = fit.center;
      g->radius = fit.radius;
    }
}

/* Of an arc: the circle, and how far around the pen went. */
static void
fit_sweep (const SgInk *ink, SgGeometry *g)
{
  fit_round (ink->points, ink->n, g);
  g->start = sg_point_angle (g->center, ink->points[0]);
  for (guint i = 1; i < ink->n; i++)
    g->sweep += sg_angle_wrap (sg_point_angle (g->center, ink->points[i]) -
                               sg_point_angle (g->center, ink->points[i - 1]));
  if (fabs (g->sweep) < 0.1)
    g->sweep = 0.1;
}

static void
fit_ellipse (const SgPath *path, SgGeometry *g)
{
  SgEllipseFit fit;

  if (!isfinite (sg_fit_ellipse (path->points, path->n, &fit)) || !(fit.minor > 0))
    fit = (SgEllipseFit){ sg_rect_center (path->bounds), MAX (path->bounds.width, path->bounds.height) / 2,
                          MAX (1, MIN (path->bounds.width, path->bounds.height) / 2),
                          path->bounds.width < path->bounds.height ? G_PI / 2 : 0 };
  g->center = fit.center;
  g->radius = MAX (fit.major, 1);
  g->radius_minor = fit.minor;
  g->angle = fit.angle;
}

static void
fit_rectangle (const SgPath *path, SgGeometry *g)
{
  SgPoint hull[SG_PATH_MAX + 1];
  guint k = sg_convex_hull (path->points, path->n, hull);
  SgRectangleFit fit;

  if (!isfinite (sg_fit_rectangle (path->points, path->n, hull, k, &fit)) ||
      !(fit.width > 1 && fit.height > 1))
    fit = (SgRectangleFit){ sg_rect_center (path->bounds), MAX (path->bounds.width, path->width),
                            MAX (path->bounds.height, path->width), 0 };
  g->center = fit.center;
  g->width = fit.width;
  g->height = fit.height;
  g->angle = fit.angle;
}

static void
set_points (SgGeometry *g, const SgPoint *points, guint n)
{
  g->points = g_memdup2 (points, n * sizeof *points);
  g->n_points = n;
}

/* The path's corners; at least `least` of them, or those of its bounds. */
static void
fit_corners (const SgPath *path, guint least, SgGeometry *g)
{
  guint keep[SG_PATH_MAX], n = sg_path_simplify (path->points, path->n, 0.02 * path->size, keep);
  SgPoint corners[SG_PATH_MAX];
  SgRect b = sg_rect_grow (path->bounds, path->width / 2);
  const SgPoint box[4] = { { b.x, b.y },
                           { b.x + b.width, b.y },
                           { b.x + b.width, b.y + b.height },
                           { b.x, b.y + b.height } };

  for (guint i = 0; i < n; i++)
    corners[i] = path->points[keep[i]];
  if (least > 2 && n > least && sg_point_distance (corners[0], corners[n - 1]) < 0.1 * path->size)
    n--;
  if (n < least || (least > 2 && fabs (sg_polygon_area (corners, n)) < 1))
    set_points (g, box, least == 3 ? 4 : least);
  else
    set_points (g, corners, n);
}

static void
fit_triangle (const SgPath *path, SgGeometry *g)
{
  SgPoint hull[SG_PATH_MAX + 1], corners[3];
  guint k = sg_convex_hull (path->points, path->n, hull);

  if (isfinite (sg_fit_triangle (path->points, path->n, hull, k, corners)) &&
      fabs (sg_polygon_area (corners, 3)) > 1)
    set_points (g, corners, 3);
  else
    {
      SgRect b = sg_rect_grow (path->bounds, path->width / 2);

      corners[0] = SG_POINT (b.x, b.y + b.height);
      corners[1] = SG_POINT (b.x + b.width, b.y + b.height);
      corners[2] = SG_POINT (b.x + b.width / 2, b.y);
      set_points (g, corners, 3);
    }
}

static void
fit_box (SgRect bounds, SgGeometry *g)
{
  g->from = SG_POINT (bounds.x, bounds.y);
  g->width = bounds.width;
  g->height = bounds.height;
}

static SgGeometry
fit_kind (SgKind kind, const SgInk *inks, guint n, const SgPath *path)
{
  SgGeometry g = { 0 };

  switch (kind)
    {
    case SG_KIND_LINE:
    case SG_KIND_DAMPER:
    case SG_KIND_HATCHING:
    case SG_KIND_SPRING:
      fit_axis (path->points, path->n, &g);
      g.center = kind == SG_KIND_HATCHING ? sg_rect_center (path->bounds) : g.center;
      g.turns = kind == SG_KIND_SPRING ? MAX (1, count_crossings (path, &g) / 2) : 0;
      break;
    case SG_KIND_ARROW:
      fit_arrow (inks, n, &g);
      break;
    case SG_KIND_ARC:
    case SG_KIND_TURN_ARROW:
      fit_sweep (longest_ink (inks, n), &g);
      break;
    case SG_KIND_CIRCLE:
      fit_round (path->points, path->n, &g);
      break;
    case SG_KIND_ELLIPSE:
      fit_ellipse (path, &g);
      break;
    case SG_KIND_RECTANGLE:
      fit_rectangle (path, &g);
      break;
    case SG_KIND_TRIANGLE:
      fit_triangle (path, &g);
      break;
    case SG_KIND_CROSS:
      g.center = sg_rect_center (path->bounds);
      g.width = MAX (path->width, (path->bounds.width + path->bounds.height) / 2);
      break;
    case SG_KIND_TEXT:
      fit_box (path->bounds, &g);
      break;
    case SG_KIND_POLYGON:
    case SG_KIND_BLOB:
      fit_corners (path, 3, &g);
      break;
    default:
      fit_corners (path, 2, &g);
      break;
    }
  return g;
}

/* -- The mark -- */

/* The element becomes of kind `kind`; what it was becomes its first alternative. Takes `geometry`. */
static void
turn_into (SgElement *element, SgKind kind, SgGeometry geometry)
{
  guint n = element->n_alternatives + 1;
  SgAlternative *others = g_new0 (SgAlternative, n);

  others[0] = (SgAlternative){ element->kind, element->confidence, element->geometry };
  if (element->n_alternatives > 0)
    memcpy (others + 1, element->alternatives, element->n_alternatives * sizeof *others);
  g_free (element->alternatives);
  element->alternatives = others;
  element->n_alternatives = n;
  element->kind = kind;
  element->geometry = geometry;
}

/* Moves the geometry of the alternative of kind `kind` out; FALSE where there is none. */
static gboolean
take_alternative (SgElement *element, SgKind kind, SgGeometry *geometry)
{
  for (guint i = 0; i < element->n_alternatives; i++)
    if (element->alternatives[i].kind == kind)
      {
        *geometry = element->alternatives[i].geometry;
        element->n_alternatives--;
        memmove (element->alternatives + i, element->alternatives + i + 1,
                 (element->n_alternatives - i) * sizeof *element->alternatives);
        return TRUE;
      }
  return FALSE;
}

/* The recogniser's own reading of the strokes moved into `reading`, where it takes them for one mark. */
static SgElement *
take_recognised (SgReading *reading, const SgInk *inks, guint n, SgBudget *budget)
{
  g_autoptr (SgReading) alone = sg_reading_new ();
  g_autoptr (SgMemo) memo = sg_memo_new ();
  g_autoptr (GArray) copy = g_array_new (FALSE, FALSE, sizeof (SgInk));

  g_array_append_vals (copy, inks, n);
  sg_marks_find (copy, memo, budget, alone);
  if (sg_reading_n_elements (alone) != 1)
    return NULL;
  SgElement *from = sg_reading_element (alone, 0);
  SgElement *to = sg_reading_add_element (reading, from->kind, from->role, from->confidence);
  *to = *from;
  g_array_set_clear_func (alone->elements, NULL);
  return to;
}

/* The likeliest mark of the strokes joined end to end. */
static SgElement *
read_joined (SgReading *reading, const SgPath *path)
{
  SgRun run;
  SgEvidence evidence;

  sg_run_init (&run, path);
  sg_evidence_init (&evidence);
  sg_evidence_of_run (&run, &evidence);
  SgVerdict *verdict = sg_verdict_new (&evidence);
  SgElement *element = sg_reading_add_alternatives (reading, verdict->kinds, verdict->n);
  sg_verdict_unref (verdict);
  return element;
}

static int
compare_strokes (const void *a, const void *b)
{
  guint i = *(const guint *)a, k = *(const guint *)b;

  return i < k ? -1 : i > k;
}

static void
name_ink (SgElement *element, const SgInk *inks, guint n)
{
  double length = 0, area = 0;

  g_free (element->strokes);
  element->strokes = g_new (guint, n);
  element->n_strokes = 0;
  for (guint i = 0; i < n; i++)
    {
      length += inks[i].length + inks[i].width;
      area += (inks[i].length + inks[i].width) * inks[i].width;
      element->strokes[i] = inks[i].stroke;
    }
  qsort (element->strokes, n, sizeof *element->strokes, compare_strokes);
  for (guint i = 0; i < n; i++)
    if (i == 0 || element->strokes[i] != element->strokes[i - 1])
      element->strokes[element->n_strokes++] = element->strokes[i];
  element->image = inks[0].image;
  element->line_width = area / length;
}

SgElement *
sg_told_add_mark (SgReading *reading, const SgInk *inks, guint n, SgKind kind, SgBudget *budget)
{
  SgElement *element = take_recognised (reading, inks, n, budget);
  SgGeometry geometry = { 0 };
  SgPath path;

  if (!element || (kind < SG_N_KINDS && element->kind != kind))
    join (inks, n, &path);
  if (!element)
    element = read_joined (reading, &path);
  if (kind < SG_N_KINDS && element->kind != kind)
    {
      if (!take_alternative (element, kind, &geometry))
        geometry = fit_kind (kind, inks, n, &path);
      turn_into (element, kind, geometry);
    }
  name_ink (element, inks, n);
  element->confidence = 1;
  return element;
}
