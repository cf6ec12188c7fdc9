/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every mark as many hands draw it: turned, small and large, its strokes in any order and direction. */
#include "vision/marks.h"

#define HANDS 4
#define MOST_POINTS 9
#define MOST_STROKES 4
#define MOST_INK 256

/* A stroke through corners, or round: a middle, two radii, where it begins and how far it goes. */
typedef struct
{
  guint n;
  SgPoint corners[MOST_POINTS];
  gboolean round;
  double rx, ry, start, sweep;
} Stroke;

typedef struct
{
  const char *name;
  SgKind kind;
  guint n_strokes;
  Stroke strokes[MOST_STROKES];
} Mark;

#define PATH(...)                                                                              \
  {                                                                                            \
    sizeof ((SgPoint[]){ __VA_ARGS__ }) / sizeof (SgPoint), { __VA_ARGS__ }, FALSE, 0, 0, 0, 0 \
  }
#define ROUND(rx, ry, start, sweep)             \
  {                                             \
    1, { { 0, 0 } }, TRUE, rx, ry, start, sweep \
  }

static const Mark marks[] = {
  { "line", SG_KIND_LINE, 1, { PATH ({ -50, 0 }, { 50, 0 }) } },
  { "circle", SG_KIND_CIRCLE, 1, { ROUND (50, 48, 1, 6.4) } },
  { "circle/halves", SG_KIND_CIRCLE, 2, { ROUND (50, 50, 0, 3.2), ROUND (50, 50, 3.2, 3.1) } },
  { "circle/traced-over", SG_KIND_CIRCLE, 1, { ROUND (50, 50, 0, 9.5) } },
  { "ellipse", SG_KIND_ELLIPSE, 1, { ROUND (60, 30, 1, 6.3) } },
  { "arc", SG_KIND_ARC, 1, { ROUND (50, 50, 0, 2.6) } },
  { "box",
    SG_KIND_RECTANGLE,
    1,
    { PATH ({ -50, -30 }, { 50, -30 }, { 50, 30 }, { -50, 30 }, { -50, -28 }) } },
  { "box/sides",
    SG_KIND_RECTANGLE,
    4,
    { PATH ({ -50, -30 }, { 52, -30 }), PATH ({ 50, -31 }, { 50, 30 }), PATH ({ 51, 30 }, { -50, 30 }),
      PATH ({ -50, 32 }, { -50, -29 }) } },
  { "box/halves",
    SG_KIND_RECTANGLE,
    2,
    { PATH ({ -50, -30 }, { 50, -30 }, { 50, 30 }), PATH ({ -50, -28 }, { -50, 30 }, { 49, 30 }) } },
  { "triangle", SG_KIND_TRIANGLE, 1, { PATH ({ 0, -50 }, { 50, 40 }, { -50, 40 }, { 1, -52 }) } },
  { "triangle/sides",
    SG_KIND_TRIANGLE,
    3,
    { PATH ({ 0, -50 }, { 50, 40 }), PATH ({ 51, 41 }, { -50, 40 }), PATH ({ -49, 41 }, { 1, -49 }) } },
  { "hexagon",
    SG_KIND_POLYGON,
    1,
    { PATH ({ 50, 0 }, { 25, 43 }, { -25, 43 }, { -50, 0 }, { -25, -43 }, { 25, -43 }, { 49, -2 }) } },
  { "corner", SG_KIND_POLYLINE, 1, { PATH ({ -50, 40 }, { 0, -40 }, { 50, 40 }) } },
  { "steps",
    SG_KIND_POLYLINE,
    1,
    { PATH ({ -50, 30 }, { -20, 30 }, { -20, 0 }, { 15, 0 }, { 15, -30 }, { 50, -30 }) } },
  { "cross", SG_KIND_CROSS, 2, { PATH ({ -40, -40 }, { 40, 40 }), PATH ({ 40, -40 }, { -40, 40 }) } },
  { "cross/hooked",
    SG_KIND_CROSS,
    2,
    { PATH ({ -40, -40 }, { 40, 40 }), PATH ({ 30, -48 }, { 42, -40 }, { -40, 40 }) } },
  { "cross/unlifted", SG_KIND_CROSS, 1, { PATH ({ -40, -40 }, { 40, 40 }, { 40, -40 }, { -40, 40 }) } },
  { "arrow",
    SG_KIND_ARROW,
    2,
    { PATH ({ -60, 0 }, { 40, 0 }), PATH ({ 18, -15 }, { 41, 0 }, { 18, 15 }) } },
  { "arrow/barbs",
    SG_KIND_ARROW,
    3,
    { PATH ({ -60, 0 }, { 40, 0 }), PATH ({ 40, 0 }, { 18, 15 }), PATH ({ 18, -15 }, { 41, 0 }) } },
  { "arrow/unlifted",
    SG_KIND_ARROW,
    1,
    { PATH ({ -60, 0 }, { 40, 0 }, { 18, -15 }, { 40, 0 }, { 18, 15 }) } },
  { "spring",
    SG_KIND_SPRING,
    1,
    { PATH ({ -50, 0 },
            { -40, 14 },
            { -25, -14 },
            { -10, 14 },
            { 5, -14 },
            { 20, 14 },
            { 35, -14 },
            { 50, 0 }) } },
};

typedef struct
{
  GRand *rand;
  SgPageBuilder *builder;
  double angle, scale;
} Hand;

static guint
trace (const Stroke *stroke, SgPoint *points)
{
  guint n = 0;

  if (stroke->round)
    for (; n <= 80; n++)
      {
        double a = stroke->start + stroke->sweep * n / 80;
        points[n] = SG_POINT (stroke->rx * cos (a), stroke->ry * sin (a));
      }
  else
    {
      points[n++] = stroke->corners[0];
      for (guint i = 1; i < stroke->n; i++)
        for (guint k = 1; k <= 14; k++)
          points[n++] = sg_point_lerp (stroke->corners[i - 1], stroke->corners[i], k / 14.0);
    }
  return n;
}

/* A slow wobble and a little tremor; backwards as often as not. */
static void
draw (Hand *hand, const Stroke *stroke)
{
  SgPoint points[MOST_INK];
  SgInkPoint ink[MOST_INK];
  guint n = trace (stroke, points);
  double c = cos (hand->angle) * hand->scale, s = sin (hand->angle) * hand->scale;
  double phase = g_rand_double_range (hand->rand, 0, 6), size = g_rand_double_range (hand->rand, 0.3, 1.2);
  gboolean backwards = g_rand_boolean (hand->rand);

  for (guint i = 0; i < n; i++)
    {
      SgPoint p = points[backwards ? n - 1 - i : i];

      p.x += size * sin (phase + 5.0 * i / n) + g_rand_double_range (hand->rand, -0.2, 0.2);
      p.y += size * cos (2 * phase + 6.0 * i / n) + g_rand_double_range (hand->rand, -0.2, 0.2);
      ink[i] = (SgInkPoint){ 500 + c * p.x - s * p.y, 400 + s * p.x + c * p.y, NAN, NAN };
    }
  sg_page_builder_take_stroke (hand->builder, sg_stroke_new (3, NULL, ink, n, NULL));
}

static SgReading *
read_page (SgPageBuilder *builder)
{
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  g_autoptr (GArray) ink = sg_ink_from_page (page);
  g_autoptr (SgMemo) memo = sg_memo_new ();
  SgReading *reading = sg_reading_new ();
  SgBudget budget;

  sg_budget_init (&budget, NULL, -1, 0);
  sg_marks_find (ink, memo, &budget, reading);
  return reading;
}

static gboolean
is_read (Hand *hand, const Mark *mark)
{
  guint first = g_rand_int_range (hand->rand, 0, mark->n_strokes);

  hand->builder = sg_page_builder_new (NULL);
  for (guint i = 0; i < mark->n_strokes; i++)
    draw (hand, &mark->strokes[(first + i) % mark->n_strokes]);
  g_autoptr (SgReading) reading = read_page (hand->builder);

  if (sg_reading_n_elements (reading) == 1 && sg_reading_element (reading, 0)->kind == mark->kind)
    return TRUE;
  g_test_message ("%s at %.1f rad, scale %.1f: %u elements, the first a %s", mark->name, hand->angle,
                  hand->scale, sg_reading_n_elements (reading),
                  sg_kind_name (sg_reading_element (reading, 0)->kind));
  return FALSE;
}

/* One drawing in twenty may be read otherwise: these hands are as careless as people's. */
static void
test_mark (gconstpointer data)
{
  static const double angles[] = { 0, 0.4, 1.3, 2.5, 4.0 }, scales[] = { 0.3, 1, 4 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  const Mark *mark = data;
  guint right = 0, all = 0;

  for (guint i = 0; i < G_N_ELEMENTS (angles); i++)
    for (guint j = 0; j < G_N_ELEMENTS (scales); j++)
      for (guint k = 0; k < HANDS; k++, all++)
        {
          Hand hand = { rand, NULL, angles[i], scales[j] };
          right += is_read (&hand, mark);
        }
  if (20 * right < 19 * all)
    g_test_fail_printf ("%u of %u are read right", right, all);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/vision/hands/%s", marks[i].name);

      g_test_add_data_func (path, &marks[i], test_mark);
    }
  return g_test_run ();
}
