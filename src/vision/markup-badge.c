/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Badges: a small pill a mark with the icon of its role, a question mark where the recogniser is not sure,
 * and a sign where an issue is about it. Each finds the place beside its outline that covers least: a
 * coarse map counts what lies in each cell (ink, outlines, signs of relations, badges placed before). */
#include "vision/markup-private.h"

#include <string.h>

#define CELL 14.0    /* pixels, of a pill for one icon more */
#define HEIGHT 18.0  /* pixels, of a pill */
#define NEAR_GAP 5.0 /* pixels between outline and pill */
#define FAR_GAP 16.0
#define ICON_SCALE 0.85
#define N_PLACES 12
#define TINY 15.0 /* pixels: a smaller mark that is understood needs no badge */
#define MAP_CELL 6.0
#define MAP_SIDE 700 /* cells, at most */
#define MAX_OUTLINE 128
#define BADGE_COST 60 /* a covered badge is far worse than covered ink */
#define QUESTION "M-2.6 -2.4C-2.6 -6 2.6 -6 2.6 -2.6C2.6 -.4 0 -.6 0 1.6M0 4.4L0 4.5"
#define WARNING "M0 -5.2L5.4 4.4L-5.4 4.4ZM0 -1.6L0 1.2M0 2.7L0 2.8"
#define TICK "M-4 .5L-1.2 3.5L4 -3.5"
#define NOTE "M0 -.8L0 4M0 -3.8L0 -3.7"

/* How crowded the paper is. */
typedef struct
{
  guint8 *count;
  guint columns, rows;
  SgRect bounds;
  double cell; /* pixels */
} Map;

static void
map_init (Map *map, SgRect bounds)
{
  map->bounds = sg_rect_grow (bounds, 4 * HEIGHT);
  map->cell = MAX (MAP_CELL, MAX (map->bounds.width, map->bounds.height) / MAP_SIDE);
  map->columns = (guint)(map->bounds.width / map->cell) + 1;
  map->rows = (guint)(map->bounds.height / map->cell) + 1;
  map->count = g_malloc0 ((gsize)map->columns * map->rows);
}

static guint
map_column (const Map *map, double x)
{
  return (guint)CLAMP ((x - map->bounds.x) / map->cell, 0, map->columns - 1);
}

static guint
map_row (const Map *map, double y)
{
  return (guint)CLAMP ((y - map->bounds.y) / map->cell, 0, map->rows - 1);
}

static void
map_add (Map *map, SgRect rect, guint weight)
{
  for (guint row = map_row (map, rect.y); row <= map_row (map, rect.y + rect.height); row++)
    for (guint column = map_column (map, rect.x); column <= map_column (map, rect.x + rect.width); column++)
      {
        guint8 *count = &map->count[row * map->columns + column];

        *count = MIN (*count + weight, G_MAXUINT8);
      }
}

static void
map_add_path (Map *map, const SgPoint *points, guint n, gboolean closed)
{
  for (guint i = 0; i + (closed ? 0 : 1) < n; i++)
    {
      SgPoint a = points[i], b = points[(i + 1) % n];
      guint n_steps = 1 + (guint)MIN (sg_point_distance (a, b) / map->cell, 10000);

      for (guint k = 0; k < n_steps; k++)
        {
          SgPoint at = sg_point_lerp (a, b, (double)k / n_steps);

          map_add (map, (SgRect){ at.x, at.y, 0, 0 }, 1);
        }
    }
}

static guint
map_cost (const Map *map, SgRect rect)
{
  guint cost = 0;

  for (guint row = map_row (map, rect.y); row <= map_row (map, rect.y + rect.height); row++)
    for (guint column = map_column (map, rect.x); column <= map_column (map, rect.x + rect.width); column++)
      cost += map->count[row * map->columns + column];
  return cost;
}

static void
map_add_element (Map *map, const SgMarkup *markup, const SgElement *element)
{
  SgPoint points[MAX_OUTLINE];
  guint n = sg_markup_outline (markup, element, points, MAX_OUTLINE);

  if (element->kind == SG_KIND_TEXT)
    map_add (map, sg_points_bounds (points, n), 3);
  else
    map_add_path (map, points, n, sg_kind_is_closed (element->kind));
}

static void
map_add_ink (Map *map, const SgPage *page, double zoom)
{
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      guint n = 0;
      const SgInkPoint *ink = sg_stroke_get_points (sg_page_get_stroke (page, i), &n);

      for (guint k = 0; k < n; k++)
        map_add (map, (SgRect){ ink[k].x * zoom, ink[k].y * zoom, 0, 0 }, 1);
    }
}

static void
map_everything (Map *map, const SgMarkup *markup, const SgReading *reading, const SgPage *page)
{
  SgRect bounds = sg_markup_mark (markup, 0)->bounds;

  for (guint i = 1; i < markup->marks->len; i++)
    bounds = sg_rect_union (bounds, sg_markup_mark (markup, i)->bounds);
  map_init (map, bounds);
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    map_add_element (map, markup, sg_reading_element (reading, i));
  for (guint i = 0; i < markup->marks->len; i++)
    if (sg_markup_mark (markup, i)->kind == SG_MARKUP_RELATION)
      map_add (map, sg_markup_mark (markup, i)->bounds, 1);
  if (page != NULL)
    map_add_ink (map, page, markup->zoom);
}

/* The point at the fraction `t` of the path's length, and the path's direction there. */
static SgPoint
point_along (const SgPoint *points, guint n, gboolean closed, double length, double t, SgPoint *direction)
{
  double rest = t * length;

  *direction = SG_POINT (1, 0);
  for (guint i = 0; i + (closed ? 0 : 1) < n; i++)
    {
      SgPoint a = points[i], b = points[(i + 1) % n];
      double step = sg_point_distance (a, b);

      if (step > 0)
        *direction = sg_point_scale (sg_point_sub (b, a), 1 / step);
      if (step > 0 && rest <= step)
        return sg_point_lerp (a, b, rest / step);
      rest -= step;
    }
  return points[closed ? 0 : n - 1];
}

/* The pill beside `at`, to the side `normal`, so that its nearest edge is `gap` away. */
static SgRect
pill_beside (SgPoint at, SgPoint normal, double width, double gap)
{
  double away = gap + fabs (normal.x) * width / 2 + fabs (normal.y) * HEIGHT / 2;
  SgPoint middle = sg_point_add (at, sg_point_scale (normal, away));

  /* whole pixels keep the icon's lines sharp */
  return (SgRect){ round (middle.x - width / 2), round (middle.y - HEIGHT / 2), width, HEIGHT };
}

/* Preference among free places, below the cost of one covered cell: what is closed has its badge at the upper
 * right, a line at its middle. */
static double
place_cost (SgRect pill, SgRect bounds, gboolean closed)
{
  SgPoint wanted =
    closed ? SG_POINT (bounds.x + bounds.width, bounds.y) : sg_rect_center (bounds);

  return sg_point_distance (sg_rect_center (pill), wanted) / (sg_rect_diagonal (bounds) + 4 * HEIGHT);
}

static SgRect
find_place (const Map *map, const SgMarkup *markup, const SgElement *element, double width)
{
  SgPoint points[MAX_OUTLINE];
  guint n = sg_markup_outline (markup, element, points, MAX_OUTLINE);
  SgRect bounds = sg_points_bounds (points, n), best = { 0 };
  gboolean closed = sg_kind_is_closed (element->kind) || element->kind == SG_KIND_TEXT;
  double length = sg_path_length (points, n) + (closed ? sg_point_distance (points[n - 1], points[0]) : 0);
  double least = INFINITY;

  for (guint i = 0; i < N_PLACES * 4; i++)
    {
      SgPoint direction;
      SgPoint at = point_along (points, n, closed, length, (i / 4 + 0.5) / N_PLACES, &direction);
      double side = i % 2 == 0 ? 1 : -1;
      SgPoint normal = SG_POINT (side * direction.y, -side * direction.x);
      double gap = i % 4 < 2 ? NEAR_GAP : FAR_GAP;
      SgRect pill = pill_beside (at, normal, width, gap);
      double cost = map_cost (map, sg_rect_grow (pill, 1)) + (gap > NEAR_GAP ? 0.5 : 0) +
                    place_cost (pill, bounds, closed);

      if (cost < least)
        {
          least = cost;
          best = pill;
        }
    }
  return best;
}

static int
find_issue (const SgReading *reading, guint element)
{
  int worst = -1;

  for (guint i = 0; i < reading->issues->len; i++)
    {
      const SgIssue *issue = &g_array_index (reading->issues, SgIssue, i);

      if (issue->element == (int)element &&
          (worst < 0 || issue->severity > g_array_index (reading->issues, SgIssue, worst).severity))
        worst = i;
    }
  return worst;
}

/* Marks that speak for themselves: a pin is drawn as its icon, hatching and an X show what they do to
 * others. */
static gboolean
needs_icon (const SgElement *element, SgRect outline)
{
  return element->role != SG_ROLE_PIN && element->kind != SG_KIND_HATCHING &&
         element->kind != SG_KIND_CROSS && sg_rect_diagonal (outline) >= TINY;
}

static void
add_cell (SgMarkup *self, SgHue hue, const char *icon, SgPoint *at)
{
  sg_markup_begin_stroke (self, hue, 1, SG_MARKUP_ICON);
  sg_markup_add_icon (self, icon, *at, ICON_SCALE);
  at->x += CELL;
}

static void
add_badge (SgMarkup *self, Map *map, const SgReading *reading, guint index)
{
  const SgElement *element = sg_reading_element (reading, index);
  const SgRoleLook *look = sg_role_look (element->role);
  SgPoint points[MAX_OUTLINE];
  guint n = sg_markup_outline (self, element, points, MAX_OUTLINE);
  gboolean doubtful = sg_markup_is_doubtful (element);
  int issue = find_issue (reading, index);
  gboolean corrected = element->correction != NULL && !sg_correction_is_bare (element->correction);
  guint n_cells = 1 + doubtful + corrected + (issue >= 0);

  if (n == 0 || element->label >= 0 ||
      (n_cells == 1 && !needs_icon (element, sg_points_bounds (points, n))))
    return;

  SgRect pill = find_place (map, self, element, HEIGHT + (n_cells - 1) * CELL);
  SgPoint at = SG_POINT (pill.x + HEIGHT / 2, pill.y + HEIGHT / 2);
  SgMarkupMark *mark = sg_markup_begin_mark (self, SG_MARKUP_BADGE, index);

  map_add (map, pill, BADGE_COST);
  mark->issue = issue;
  sg_markup_begin_fill (self, SG_HUE_PAPER, 0.92);
  sg_markup_add_pill (self, pill);
  sg_markup_begin_stroke (self, look->hue, doubtful ? 0.9 : 0.45, 1);
  sg_markup_add_pill (self, pill);
  add_cell (self, look->hue, look->icon, &at);
  if (doubtful)
    add_cell (self, look->hue, QUESTION, &at);
  if (corrected)
    add_cell (self, SG_HUE_INK, TICK, &at);
  if (issue >= 0 && g_array_index (reading->issues, SgIssue, issue).severity > SG_SEVERITY_INFO)
    add_cell (self, SG_HUE_AMBER, WARNING, &at);
  else if (issue >= 0)
    add_cell (self, SG_HUE_INK, NOTE, &at);
  sg_markup_end_mark (self);
}

void
sg_markup_add_badges (SgMarkup *self, const SgReading *reading, const SgPage *page)
{
  Map map;

  if (self->marks->len == 0)
    return;
  map_everything (&map, self, reading, page);
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    add_badge (self, &map, reading, i);
  g_free (map.count);
}
