/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outlines of elements, and finding what is under the pointer. A body is a tinted area, what is fixed is
 * hatched, a pin has a dot; every other role has its own dashes. A soft band lies under each line, so that it
 * shows beside the ink that it follows; a doubtful mark's is wide and dashed as its line is, for gaps between
 * thin dashes do not show on ink that fills them. */
#include "vision/markup-private.h"

#include <string.h>

#define MAX_OUTLINE 512
#define BAND 6.5        /* pixels */
#define BAND_ALPHA 0.24 /* of the soft band */
#define AREA_ALPHA 0.1
#define TICK_STEP 11.0   /* pixels between two ticks of what is fixed */
#define TICK_LENGTH 7.0  /* pixels */
#define HATCH_REACH 30.0 /* pixels from a line within which drawn hatching is its own */

#define DOUBT_BAND 10.0 /* pixels: well wider than a pen */
#define DOUBT_ALPHA 0.55

static const double DOUBT[] = { 4, 15 }; /* gaps that the band's round caps leave open */

gboolean
sg_markup_is_doubtful (const SgElement *element)
{
  return element->confidence < SG_MARKUP_DOUBTFUL && element->role != SG_ROLE_DECORATION;
}

guint
sg_markup_outline (const SgMarkup *self, const SgElement *element, SgPoint *points, guint room)
{
  guint n = sg_geometry_outline (element->kind, &element->geometry, points, room);

  for (guint i = 0; i < n; i++)
    points[i] = sg_point_scale (points[i], self->zoom);
  return n;
}

/* Whether the person put a part of it elsewhere than the ink is. */
static gboolean
was_moved (const SgElement *element)
{
  SgPoint at;

  for (guint handle = 0; element->correction != NULL && handle < SG_N_HANDLES; handle++)
    if (sg_correction_get_handle (element->correction, handle, &at))
      return TRUE;
  return FALSE;
}

/* Whether the ink tells more than the geometry: teeth of a spring, ticks of hatching. */
static gboolean
follows_ink (const SgElement *element)
{
  switch (element->kind)
    {
    case SG_KIND_SPRING:
    case SG_KIND_DAMPER:
    case SG_KIND_ARROW:
    case SG_KIND_TURN_ARROW:
    case SG_KIND_HATCHING:
    case SG_KIND_CROSS:
    case SG_KIND_UNKNOWN:
      return TRUE;
    default:
      return element->role == SG_ROLE_LABEL;
    }
}

static void
add_stroke_path (SgMarkup *self, const SgStroke *stroke)
{
  guint n = 0;
  const SgInkPoint *ink = sg_stroke_get_points (stroke, &n);
  g_autofree SgPoint *points = g_new (SgPoint, n);
  g_autofree guint *keep = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    points[i] = sg_point_scale (SG_POINT (ink[i].x, ink[i].y), self->zoom);
  n = sg_path_simplify (points, n, 0.4, keep);
  for (guint i = 0; i < n; i++)
    points[i] = points[keep[i]];
  sg_markup_add_path (self, points, n, FALSE);
}

/* The path that the mark is recognised by: its ink where that is known and says more. FALSE: no ink. */
static gboolean
add_ink (SgMarkup *self, const SgElement *element, const SgPage *page)
{
  guint n_strokes = page != NULL ? sg_page_get_n_strokes (page) : 0;

  if (!follows_ink (element) || element->n_strokes == 0)
    return FALSE;
  for (guint i = 0; i < element->n_strokes; i++)
    if (element->strokes[i] >= n_strokes)
      return FALSE;
  for (guint i = 0; i < element->n_strokes; i++)
    add_stroke_path (self, sg_page_get_stroke (page, element->strokes[i]));
  return TRUE;
}

/* The ink, or the geometry where that says as much or the ink is not known. */
static void
add_line (SgMarkup *self, const SgElement *element, const SgPage *page, const SgPoint *points, guint n)
{
  if (!add_ink (self, element, page))
    sg_markup_add_path (self, points, n, sg_kind_is_closed (element->kind));
}

static void
add_outline (SgMarkup *self, const SgElement *element, const SgPage *page, const SgPoint *points, guint n)
{
  const SgRoleLook *look = sg_role_look (element->role);
  gboolean doubtful = sg_markup_is_doubtful (element);
  SgMarkupShape *shape;

  if (sg_kind_is_closed (element->kind) && element->role == SG_ROLE_BODY)
    {
      sg_markup_begin_fill (self, look->hue, AREA_ALPHA);
      sg_markup_add_path (self, points, n, TRUE);
    }
  if (element->role != SG_ROLE_DECORATION)
    {
      shape = sg_markup_begin_stroke (self, look->hue, doubtful ? DOUBT_ALPHA : BAND_ALPHA,
                                      doubtful ? DOUBT_BAND : BAND);
      if (doubtful)
        sg_markup_set_dashes (shape, DOUBT, G_N_ELEMENTS (DOUBT));
      add_line (self, element, page, points, n);
    }
  shape = sg_markup_begin_stroke (self, look->hue, 1, SG_MARKUP_LINE);
  if (doubtful)
    sg_markup_set_dashes (shape, DOUBT, G_N_ELEMENTS (DOUBT));
  else
    sg_markup_set_dashes (shape, look->dashes, look->n_dashes);
  add_line (self, element, page, points, n);
  if (was_moved (element) && follows_ink (element))
    sg_markup_add_path (self, points, n, FALSE);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Where the diagonal x + y = c crosses the closed outline, as the x of each crossing; returns how many. */
static guint
cross_diagonal (const SgPoint *points, guint n, double c, double *at)
{
  guint n_crossings = 0;

  for (guint i = 0; i < n; i++)
    {
      SgPoint a = points[i], b = points[(i + 1) % n];
      double da = a.x + a.y - c, db = b.x + b.y - c;

      if ((da < 0) != (db < 0))
        at[n_crossings++] = a.x + (b.x - a.x) * da / (da - db);
    }
  qsort (at, n_crossings, sizeof *at, compare_doubles);
  return n_crossings;
}

/* Diagonal hatching of an area. */
static void
hatch_area (SgMarkup *self, const SgPoint *points, guint n)
{
  SgRect bounds = sg_points_bounds (points, n);
  double first = bounds.x + bounds.y, last = first + bounds.width + bounds.height;
  double at[MAX_OUTLINE];

  for (double c = first + TICK_STEP; c < last; c += TICK_STEP * G_SQRT2)
    {
      guint n_crossings = cross_diagonal (points, n, c, at);

      for (guint i = 0; i + 1 < n_crossings; i += 2)
        sg_markup_add_segment (self, SG_POINT (at[i], c - at[i]), SG_POINT (at[i + 1], c - at[i + 1]));
    }
}

/* Short slanted ticks along a path, on its lower side. */
static void
hatch_line (SgMarkup *self, const SgPoint *points, guint n)
{
  double rest = TICK_STEP / 2;

  for (guint i = 0; i + 1 < n; i++)
    {
      double length = sg_point_distance (points[i], points[i + 1]);
      SgPoint along = sg_point_scale (sg_point_sub (points[i + 1], points[i]), 1 / MAX (length, 1e-9));
      SgPoint across = along.x >= 0 ? SG_POINT (-along.y, along.x) : SG_POINT (along.y, -along.x);
      SgPoint tick = sg_point_scale (sg_point_add (across, sg_point_scale (along, -0.6)), TICK_LENGTH);

      for (; rest < length; rest += TICK_STEP)
        {
          SgPoint foot = sg_point_add (points[i], sg_point_scale (along, rest));

          sg_markup_add_segment (self, foot, sg_point_add (foot, tick));
        }
      rest -= length;
    }
}

/* Ground that was drawn with hatching needs no second one. */
static gboolean
has_drawn_hatching (const SgMarkup *self, const SgReading *reading, const SgPoint *points, guint n)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);

      if (element->kind != SG_KIND_HATCHING)
        continue;
      SgPoint middle = sg_point_scale (
        sg_point_lerp (element->geometry.from, element->geometry.to, 0.5), self->zoom);
      for (guint k = 0; k + 1 < n; k++)
        if (sg_segment_distance (points[k], points[k + 1], middle, NULL) < HATCH_REACH * MAX (self->zoom, 1))
          return TRUE;
    }
  return FALSE;
}

static void
add_hatching (
  SgMarkup *self, const SgReading *reading, const SgElement *element, const SgPoint *points, guint n)
{
  if (element->kind == SG_KIND_HATCHING || element->kind == SG_KIND_CROSS ||
      element->kind == SG_KIND_UNKNOWN)
    return;
  if (!sg_kind_is_closed (element->kind) && has_drawn_hatching (self, reading, points, n))
    return;
  sg_markup_begin_stroke (self, SG_HUE_GREY, 0.8, 1);
  if (sg_kind_is_closed (element->kind))
    hatch_area (self, points, n);
  else
    hatch_line (self, points, n);
}

static void
add_element (SgMarkup *self, const SgReading *reading, guint index, const SgPage *page)
{
  const SgElement *element = sg_reading_element (reading, index);
  SgPoint points[MAX_OUTLINE];
  guint n = sg_markup_outline (self, element, points, MAX_OUTLINE);

  if (n == 0 || element->label >= 0) /* a label that was typed is text on the page already */
    return;
  sg_markup_begin_mark (self, SG_MARKUP_OUTLINE, index);
  add_outline (self, element, page, points, n);
  if (element->role == SG_ROLE_FIXED)
    add_hatching (self, reading, element, points, n);
  if (element->role == SG_ROLE_PIN)
    {
      sg_markup_begin_fill (self, SG_HUE_ORANGE, 1);
      sg_markup_add_circle (self, sg_rect_center (sg_points_bounds (points, n)), 2);
    }
  sg_markup_end_mark (self);
}

static SgMarkup *
markup_new_empty (double zoom)
{
  SgMarkup *self = g_new0 (SgMarkup, 1);

  self->zoom = zoom;
  self->marks = g_array_new (FALSE, FALSE, sizeof (SgMarkupMark));
  self->shapes = g_array_new (FALSE, FALSE, sizeof (SgMarkupShape));
  self->segments = g_array_new (FALSE, FALSE, sizeof (SgMarkupSegment));
  return self;
}

SgMarkup *
sg_markup_new (const SgReading *reading, const SgPage *page, double zoom)
{
  SgMarkup *self = markup_new_empty (zoom);

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    add_element (self, reading, i, page);
  sg_markup_add_relations (self, reading);
  sg_markup_add_badges (self, reading, page);
  return self;
}

SgMarkup *
sg_markup_new_icon (SgRole role)
{
  SgMarkup *self = markup_new_empty (1);
  const SgRoleLook *look = sg_role_look (role);

  sg_markup_begin_mark (self, SG_MARKUP_BADGE, 0);
  sg_markup_begin_stroke (self, look->hue, 1, SG_MARKUP_ICON);
  sg_markup_add_icon (self, look->icon, SG_POINT (0, 0), 1);
  sg_markup_end_mark (self);
  return self;
}

void
sg_markup_free (SgMarkup *self)
{
  g_array_unref (self->marks);
  g_array_unref (self->shapes);
  g_array_unref (self->segments);
  g_free (self);
}

static const SgMarkupMark *
find_badge (const SgMarkup *self, SgPoint at)
{
  for (guint i = self->marks->len; i-- > 0;)
    {
      const SgMarkupMark *mark = sg_markup_mark (self, i);

      if (mark->kind == SG_MARKUP_BADGE && sg_rect_contains (mark->bounds, at))
        return mark;
    }
  return NULL;
}

int
sg_markup_find_badge (const SgMarkup *self, SgPoint at)
{
  const SgMarkupMark *badge = find_badge (self, at);

  return badge != NULL ? (int)badge->index : -1;
}

int
sg_markup_find_issue (const SgMarkup *self, SgPoint at)
{
  const SgMarkupMark *badge = find_badge (self, at);

  return badge != NULL ? badge->issue : -1;
}

gboolean
sg_markup_get_badge (const SgMarkup *self, guint element, SgRect *badge)
{
  for (guint i = self->marks->len; i-- > 0;)
    {
      const SgMarkupMark *mark = sg_markup_mark (self, i);

      if (mark->kind == SG_MARKUP_BADGE && mark->index == element)
        return *badge = mark->bounds, TRUE;
    }
  return FALSE;
}

/* Pixels from `at` to the outline; where that is beyond `reach` and the outline is closed around it, `reach`
 * and a little more by its size, so that the smallest wins. INFINITY: neither. */
static double
pick_distance (const SgMarkup *self, const SgElement *element, SgPoint at, double reach)
{
  SgPoint points[MAX_OUTLINE];
  guint n = sg_markup_outline (self, element, points, MAX_OUTLINE);
  SgRect bounds = sg_points_bounds (points, n);
  gboolean closed = sg_kind_is_closed (element->kind) || element->kind == SG_KIND_TEXT;
  double nearest = INFINITY;

  if (n == 0 || !sg_rect_contains (sg_rect_grow (bounds, reach), at))
    return INFINITY;
  for (guint i = 0; i + 1 < n + (closed ? 1 : 0) || i == 0; i++)
    nearest = MIN (nearest, sg_segment_distance (points[i], points[(i + 1) % n], at, NULL));
  if (nearest <= reach)
    return nearest;
  return closed && sg_polygon_contains (points, n, at) ? reach + sg_rect_diagonal (bounds) : INFINITY;
}

int
sg_markup_find (const SgMarkup *self, const SgReading *reading, SgPoint at, double reach)
{
  const SgMarkupMark *badge = find_badge (self, at);
  double nearest = INFINITY;
  int found = -1;

  if (badge != NULL)
    return badge->index;
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      double distance = pick_distance (self, sg_reading_element (reading, i), at, reach);

      if (distance < nearest)
        {
          nearest = distance;
          found = i;
        }
    }
  return found;
}
