/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Outlines are sampled once; every question first asks the bounds, so that a page of hundreds of marks
 * costs hundreds of rectangle tests a question and few distances. */
#include "vision/layout.h"

#include "base/parallel.h"

enum
{
  OUTLINE_ROOM = 48,    /* points for curved kinds; paths bring their own count */
  MARKS_A_PART = 128,   /* whose outlines one core takes: some 20 us */
  MOST_PAIRS = 1 << 18, /* of marks near each other */
};

struct _SgLayout
{
  SgMark *marks; /* n */
  guint n;
  SgRect bounds;
  guint *near;       /* the marks near mark 0, ascending, then those near mark 1, ... */
  guint *near_first; /* n + 1; where those of a mark begin in `near`; NULL until they are found */
};

static void
measure (SgMark *mark, const SgElement *element)
{
  guint room = MAX (OUTLINE_ROOM, element->geometry.n_points);

  mark->outline = g_new0 (SgPoint, room);
  mark->n = sg_geometry_outline (element->kind, &element->geometry, mark->outline, room);
  mark->closed = sg_kind_is_closed (element->kind) || element->kind == SG_KIND_TEXT;
  if (mark->n == 0)
    mark->n = 1; /* an empty mark lies at the page's corner rather than nowhere */
  mark->bounds = sg_points_bounds (mark->outline, mark->n);
  mark->center =
    mark->closed ? sg_polygon_centroid (mark->outline, mark->n) : sg_rect_center (mark->bounds);
  mark->length = sg_path_length (mark->outline, mark->n);
  mark->area = mark->closed ? fabs (sg_polygon_area (mark->outline, mark->n)) : 0;
  if (mark->closed)
    mark->length += sg_point_distance (mark->outline[mark->n - 1], mark->outline[0]);
}

typedef struct
{
  SgLayout *layout;
  const SgReading *reading;
} Measuring;

static void
measure_some (guint part, gpointer data)
{
  const Measuring *all = data;
  guint end = MIN ((part + 1) * MARKS_A_PART, all->layout->n);

  for (guint i = part * MARKS_A_PART; i < end; i++)
    measure (&all->layout->marks[i], sg_reading_element (all->reading, i));
}

SgLayout *
sg_layout_new (const SgReading *reading)
{
  SgLayout *layout = g_new0 (SgLayout, 1);
  Measuring all = { layout, reading };
  gboolean any = FALSE;

  layout->n = sg_reading_n_elements (reading);
  layout->marks = g_new0 (SgMark, MAX (layout->n, 1));
  sg_parallel_for ((layout->n + MARKS_A_PART - 1) / MARKS_A_PART, measure_some, &all);
  for (guint i = 0; i < layout->n; i++)
    {
      const SgElement *element = sg_reading_element (reading, i);

      if (element->kind == SG_KIND_TEXT)
        continue;
      layout->bounds =
        any ? sg_rect_union (layout->bounds, layout->marks[i].bounds) : layout->marks[i].bounds;
      any = TRUE;
    }
  return layout;
}

void
sg_layout_free (SgLayout *layout)
{
  for (guint i = 0; i < layout->n; i++)
    g_free (layout->marks[i].outline);
  g_free (layout->marks);
  g_free (layout->near);
  g_free (layout->near_first);
  g_free (layout);
}

void
sg_layout_update (SgLayout *layout, guint i, const SgElement *element)
{
  g_return_if_fail (i < layout->n);
  g_free (layout->marks[i].outline);
  measure (&layout->marks[i], element);
}

const SgMark *
sg_layout_mark (const SgLayout *layout, guint i)
{
  g_return_val_if_fail (i < layout->n, NULL);
  return &layout->marks[i];
}

SgRect
sg_layout_bounds (const SgLayout *layout)
{
  return layout->bounds;
}

double
sg_layout_distance (const SgLayout *layout, guint i, SgPoint p, double within, SgPoint *foot)
{
  const SgMark *mark = sg_layout_mark (layout, i);
  guint n_segments = mark->closed ? mark->n : mark->n - 1;

  if (!sg_rect_contains (sg_rect_grow (mark->bounds, within), p))
    return G_MAXDOUBLE;
  double best = sg_point_distance (mark->outline[0], p);
  if (foot)
    *foot = mark->outline[0];
  for (guint k = 0; k < n_segments; k++)
    {
      SgPoint a = mark->outline[k], b = mark->outline[(k + 1) % mark->n];
      double t, d = sg_segment_distance (a, b, p, &t);

      if (d >= best)
        continue;
      best = d;
      if (foot)
        *foot = sg_point_lerp (a, b, t);
    }
  return best;
}

double
sg_layout_reach (const SgLayout *layout, guint i, SgPoint p, double within)
{
  return sg_layout_contains (layout, i, p) ? 0 : sg_layout_distance (layout, i, p, within, NULL);
}

gboolean
sg_layout_contains (const SgLayout *layout, guint i, SgPoint p)
{
  const SgMark *mark = sg_layout_mark (layout, i);

  return mark->closed && sg_rect_contains (mark->bounds, p) &&
         sg_polygon_contains (mark->outline, mark->n, p);
}

gboolean
sg_layout_encloses (const SgLayout *layout, guint outer, guint inner)
{
  const SgMark *mark = sg_layout_mark (layout, inner);

  for (guint k = 0; k < mark->n; k++)
    if (!sg_layout_contains (layout, outer, mark->outline[k]))
      return FALSE;
  return TRUE;
}

/* Unit direction in which the path leaves at its point `at`, looking back over a few page units so that a
 * hook of the pen does not decide. */
static SgPoint
direction_at (const SgMark *mark, guint at, int step)
{
  SgPoint end = mark->outline[at], from = end;

  for (int k = (int)at + step; k >= 0 && k < (int)mark->n; k += step)
    {
      from = mark->outline[k];
      if (sg_point_distance (from, end) > 12)
        break;
    }
  double length = sg_point_distance (from, end);
  return length > 0 ? sg_point_scale (sg_point_sub (end, from), 1 / length) : SG_POINT (0, 0);
}

gboolean
sg_layout_ends (const SgLayout *layout, guint i, SgPoint ends[2], SgPoint outward[2])
{
  const SgMark *mark = sg_layout_mark (layout, i);

  if (mark->closed || mark->n < 2)
    return FALSE;
  ends[0] = mark->outline[0];
  ends[1] = mark->outline[mark->n - 1];
  if (outward)
    {
      outward[0] = direction_at (mark, 0, 1);
      outward[1] = direction_at (mark, mark->n - 1, -1);
    }
  return TRUE;
}

double
sg_layout_place (const SgLayout *layout, guint i, SgPoint p)
{
  const SgMark *mark = sg_layout_mark (layout, i);
  double best = G_MAXDOUBLE, place = 0, before = 0;

  for (guint k = 0; k + 1 < mark->n; k++)
    {
      double t, d = sg_segment_distance (mark->outline[k], mark->outline[k + 1], p, &t);
      double step = sg_point_distance (mark->outline[k], mark->outline[k + 1]);

      if (d < best)
        {
          best = d;
          place = before + t * step;
        }
      before += step;
    }
  return before > 0 ? place / before : 0;
}

typedef struct
{
  guint a, b;
} Pair;

typedef struct
{
  SgRect box;
  guint mark;
} Box;

/* The marks' bounds, grown by `by`, from left to right. */
static Box *
sort_boxes (const SgLayout *layout, double by)
{
  g_autofree SgPoint *left = g_new (SgPoint, MAX (layout->n, 1));
  Box *boxes = g_new (Box, MAX (layout->n, 1));

  for (guint i = 0; i < layout->n; i++)
    left[i] = SG_POINT (layout->marks[i].bounds.x, i);
  sg_points_sort (left, layout->n);
  for (guint k = 0; k < layout->n; k++)
    {
      guint i = left[k].y;

      boxes[k] = (Box){ sg_rect_grow (layout->marks[i].bounds, by), i };
    }
  return boxes;
}

/* Every pair once, by one sweep along x; NULL where there are too many. */
static GArray *
find_pairs (const SgLayout *layout, double reach)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autofree Box *boxes = sort_boxes (layout, reach / 2);

  for (guint i = 0; i < layout->n; i++)
    {
      double right = boxes[i].box.x + boxes[i].box.width, top = boxes[i].box.y;
      double bottom = top + boxes[i].box.height;

      for (guint k = i + 1; k < layout->n && boxes[k].box.x <= right; k++)
        if (boxes[k].box.y <= bottom && boxes[k].box.y + boxes[k].box.height >= top)
          {
            Pair pair = { boxes[i].mark, boxes[k].mark };

            g_array_append_val (pairs, pair);
          }
      if (pairs->len > MOST_PAIRS)
        return NULL;
    }
  return g_steal_pointer (&pairs);
}

/* Who lists whom, the other way round: as marks are asked in order, every list of the result is in order. */
static guint *
turn_lists (const guint *lists, const guint *first, guint n)
{
  guint *turned = g_new (guint, MAX (first[n], 1));
  g_autofree guint *end = g_memdup2 (first, (n + 1) * sizeof *first);

  for (guint i = 0; i < n; i++)
    for (guint at = first[i]; at < first[i + 1]; at++)
      turned[end[lists[at]]++] = i;
  return turned;
}

gboolean
sg_layout_find_near (SgLayout *layout, double reach)
{
  g_autoptr (GArray) pairs = find_pairs (layout, reach);
  guint n = layout->n;

  if (!pairs)
    return FALSE;
  guint *first = layout->near_first = g_new0 (guint, n + 1);
  for (guint i = 0; i < pairs->len; i++)
    {
      first[g_array_index (pairs, Pair, i).a + 1]++;
      first[g_array_index (pairs, Pair, i).b + 1]++;
    }
  for (guint i = 0; i < n; i++)
    first[i + 1] += first[i];
  g_autofree guint *lists = g_new (guint, MAX (first[n], 1));
  g_autofree guint *end = g_memdup2 (first, (n + 1) * sizeof *first);
  for (guint i = 0; i < pairs->len; i++)
    {
      Pair pair = g_array_index (pairs, Pair, i);

      lists[end[pair.a]++] = pair.b;
      lists[end[pair.b]++] = pair.a;
    }
  layout->near = turn_lists (lists, first, n);
  return TRUE;
}

gboolean
sg_layout_next_near (const SgLayout *layout, guint i, guint *at, guint *k)
{
  guint next = layout->near_first[i] + (*at)++;

  if (next >= layout->near_first[i + 1])
    return FALSE;
  *k = layout->near[next];
  return TRUE;
}

double
sg_layout_area (const SgLayout *layout, guint i)
{
  return sg_layout_mark (layout, i)->area;
}
