/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink is drawn at its place in the picture, point by point through the camera, so that no picture is ever
 * resampled: a float of coverage a pixel, then light, lens and sensor on rows of RGB. */
#include "cli/photograph.h"

#define N_COLUMNS 6
#define N_ROWS 4
#define DARK_TABLE 52
/* Over the sheet, in its units: the sheet just fills the picture of a telephone. */
#define CAMERA_HEIGHT 1000.0

/* -- the sheet -- */

typedef struct
{
  SgSheet *sheet;
  GRand *rand;
  SgPoint center; /* of the mark that is being drawn */
} Hand;

/* Appends a stroke through `n` points, given from the mark's middle, with a hand's slow wobble. */
static void
draw_path (Hand *hand, const SgPoint *path, guint n)
{
  GArray *stroke = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  double phase_x = g_rand_double_range (hand->rand, 0, 6.28),
         phase_y = g_rand_double_range (hand->rand, 0, 6.28);
  double sway = g_rand_double_range (hand->rand, 0.3, 1.1), along = 0;

  for (guint i = 0; i + 1 < n; i++)
    {
      double length = sg_point_distance (path[i], path[i + 1]);
      guint steps = MAX (1, (guint)(length / 3));

      for (guint k = 0; k < steps + (i + 2 == n); k++)
        {
          SgPoint p = sg_point_add (hand->center, sg_point_lerp (path[i], path[i + 1], (double)k / steps));
          double s = along + length * k / steps;

          p.x += sway * sin (0.05 * s + phase_x);
          p.y += sway * sin (0.06 * s + phase_y);
          g_array_append_val (stroke, p);
        }
      along += length;
    }
  g_array_append_val (hand->sheet->strokes, stroke);
}

static void
draw_line (Hand *hand, double x0, double y0, double x1, double y1)
{
  draw_path (hand, (SgPoint[]){ { x0, y0 }, { x1, y1 } }, 2);
}

static void
draw_circle (Hand *hand, double radius)
{
  SgPoint path[41];
  double start = g_rand_double_range (hand->rand, 0, 6.28);

  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    path[i] = SG_POINT (radius * cos (start + i * 2 * G_PI / 40), radius * sin (start + i * 2 * G_PI / 40));
  draw_path (hand, path, G_N_ELEMENTS (path));
}

/* A box of half sides `a`, `b`, turned by `degrees`. */
static void
draw_box (Hand *hand, double a, double b, double degrees)
{
  static const double x[] = { -1, 1, 1, -1, -1 }, y[] = { -1, -1, 1, 1, -1 };
  double c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180);
  SgPoint path[5];

  for (guint i = 0; i < 5; i++)
    path[i] = SG_POINT (a * x[i] * c + b * y[i] * s, b * y[i] * c - a * x[i] * s);
  draw_path (hand, path, 5);
}

static void
draw_zigzag (Hand *hand)
{
  SgPoint path[14];
  guint n = 0;

  path[n++] = SG_POINT (-60, 0);
  for (guint i = 0; i < 12; i++)
    path[n++] = SG_POINT (-48 + 96 * (i + 0.5) / 12, i % 2 ? 14 : -14);
  path[n++] = SG_POINT (60, 0);
  draw_path (hand, path, n);
}

static void
draw_arrow (Hand *hand)
{
  draw_line (hand, -55, 20, 55, -20);
  draw_path (hand, (SgPoint[]){ { 31, -24 }, { 55, -20 }, { 38, -3 } }, 3);
}

static void
draw_ground (Hand *hand)
{
  draw_line (hand, -66, 0, 66, 0);
  for (int i = 0; i < 7; i++)
    draw_line (hand, -57 + 19 * i, 1, -67 + 19 * i, 16);
}

/* Draws the mark of one cell and returns what it is. */
static SgSheetMark
draw_mark (Hand *hand, guint which)
{
  SgPoint at = hand->center;

  switch (which % 9)
    {
    case 0:
      draw_circle (hand, 45);
      return (SgSheetMark){ SG_KIND_CIRCLE, at, 90 };
    case 1:
      draw_box (hand, 55, 35, 0);
      return (SgSheetMark){ SG_KIND_RECTANGLE, at, 110 };
    case 2:
      draw_line (hand, -50, 30, 50, -25);
      return (SgSheetMark){ SG_KIND_LINE, at, 100 };
    case 3:
      draw_path (hand, (SgPoint[]){ { 0, -45 }, { 50, 35 }, { -50, 35 }, { 0, -45 } }, 4);
      return (SgSheetMark){ SG_KIND_TRIANGLE, at, 100 };
    case 4:
      draw_zigzag (hand);
      return (SgSheetMark){ SG_KIND_SPRING, at, 120 };
    case 5:
      draw_line (hand, -22, -22, 22, 22);
      draw_line (hand, 22, -22, -22, 22);
      return (SgSheetMark){ SG_KIND_CROSS, at, 44 };
    case 6:
      draw_arrow (hand);
      return (SgSheetMark){ SG_KIND_ARROW, at, 110 };
    case 7:
      draw_ground (hand);
      return (SgSheetMark){ SG_KIND_LINE, at, 132 };
    default:
      draw_box (hand, 40, 40, 28);
      return (SgSheetMark){ SG_KIND_RECTANGLE, at, 104 };
    }
}

static void
free_stroke (gpointer stroke)
{
  g_array_unref (*(GArray **)stroke);
}

SgSheet *
sg_sheet_new (guint seed)
{
  SgSheet *sheet = g_new (SgSheet, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Hand hand = { .sheet = sheet, .rand = rand };

  sheet->strokes = g_array_new (FALSE, FALSE, sizeof (GArray *));
  g_array_set_clear_func (sheet->strokes, free_stroke);
  sheet->marks = g_array_new (FALSE, FALSE, sizeof (SgSheetMark));
  for (guint row = 0; row < N_ROWS; row++)
    for (guint column = 0; column < N_COLUMNS; column++)
      {
        hand.center = SG_POINT ((column + 0.5) * SG_SHEET_WIDTH / N_COLUMNS,
                                (row + 0.5) * SG_SHEET_HEIGHT / N_ROWS);
        SgSheetMark mark = draw_mark (&hand, row * N_COLUMNS + column + seed);
        g_array_append_val (sheet->marks, mark);
      }
  return sheet;
}

void
sg_sheet_free (SgSheet *sheet)
{
  g_array_unref (sheet->strokes);
  g_array_unref (sheet->marks);
  g_free (sheet);
}

/* -- the camera -- */

static double
pixels_per_unit (int width, int height)
{
  return MIN ((double)width / SG_SHEET_WIDTH, (double)height / SG_SHEET_HEIGHT);
}

/* A turn about the middle, then a camera that leans towards the lower edge. */
SgPoint
sg_photograph_place (const SgPhotograph *self, int width, int height, SgPoint on_sheet)
{
  double k = pixels_per_unit (width, height) * (1 - 2 * self->margin), a = self->tilt * G_PI / 180;
  double x = on_sheet.x - SG_SHEET_WIDTH / 2.0, y = on_sheet.y - SG_SHEET_HEIGHT / 2.0;
  double turned_x = x * cos (a) + y * sin (a), turned_y = y * cos (a) - x * sin (a);
  double lean = self->lean * G_PI / 180, depth = 1 - sin (lean) * turned_y / CAMERA_HEIGHT;

  return SG_POINT (width / 2.0 + k * turned_x / depth, height / 2.0 + k * cos (lean) * turned_y / depth);
}

typedef struct
{
  const SgPhotograph *how;
  int width, height;
  float *plane; /* coverage of ink, then of ruling, a pixel */
} Film;

/* Raises the coverage of the pixels within `radius` of the segment to at most `most`. */
static void
expose_segment (Film *film, SgPoint a, SgPoint b, double radius, double most)
{
  int left = MAX (0, floor (MIN (a.x, b.x) - radius - 1)), top = MAX (0, floor (MIN (a.y, b.y) - radius - 1));
  int right = MIN (film->width - 1, ceil (MAX (a.x, b.x) + radius + 1));
  int bottom = MIN (film->height - 1, ceil (MAX (a.y, b.y) + radius + 1));

  for (int y = top; y <= bottom; y++)
    for (int x = left; x <= right; x++)
      {
        float *at = &film->plane[(gsize)y * film->width + x];
        double off = sg_segment_distance (a, b, SG_POINT (x + 0.5, y + 0.5), NULL);

        *at = MAX (*at, most * CLAMP (radius + 0.5 - off, 0, 1));
      }
}

static SgPoint
place (const Film *film, double x, double y)
{
  return sg_photograph_place (film->how, film->width, film->height, SG_POINT (x, y));
}

static void
expose_ink (Film *film, const SgSheet *sheet)
{
  double radius = film->how->pen / 2 * pixels_per_unit (film->width, film->height);

  for (guint i = 0; i < sheet->strokes->len; i++)
    {
      const GArray *stroke = g_array_index (sheet->strokes, GArray *, i);
      const SgPoint *p = (const SgPoint *)stroke->data;

      for (guint k = 0; k + 1 < stroke->len; k++)
        expose_segment (film, place (film, p[k].x, p[k].y), place (film, p[k + 1].x, p[k + 1].y), radius,
                        film->how->strength);
    }
}

/* Straight lines stay straight through the camera, but a box around a long slanting one is nearly the whole
 * picture: hence in pieces. */
static void
expose_rule (Film *film, double x0, double y0, double x1, double y1)
{
  double radius = 0.6 * pixels_per_unit (film->width, film->height);

  for (guint i = 0; i < 25; i++)
    expose_segment (film, place (film, x0 + (x1 - x0) * i / 25, y0 + (y1 - y0) * i / 25),
                    place (film, x0 + (x1 - x0) * (i + 1) / 25, y0 + (y1 - y0) * (i + 1) / 25), radius,
                    film->how->ruling);
}

static void
expose_ruling (Film *film)
{
  double pitch = film->how->pitch;

  for (double y = pitch / 2; pitch > 0 && y < SG_SHEET_HEIGHT; y += pitch)
    expose_rule (film, 0, y, SG_SHEET_WIDTH, y);
  for (double x = pitch / 2; pitch > 0 && film->how->grid && x < SG_SHEET_WIDTH; x += pitch)
    expose_rule (film, x, 0, x, SG_SHEET_HEIGHT);
}

/* Share of the full light at a place of the picture, both coordinates 0..1. */
static double
light_at (const SgPhotograph *how, double x, double y)
{
  double beyond = (0.8 * x + 0.6 * y - 0.75) / MAX (how->softness, 1) * SG_SHEET_WIDTH;

  return (1 - how->falloff * (x + y) / 2) * (1 - how->shadow * CLAMP (0.5 + beyond, 0, 1));
}

/* One box filter along a row or column, `step` from pixel to pixel; three are near enough to a Gaussian. */
static void
blur_line (float *line, int n, int step, int radius, float *sums)
{
  for (int i = 0; i <= n + 2 * radius; i++)
    sums[i] = i ? sums[i - 1] + line[CLAMP (i - 1 - radius, 0, n - 1) * step] : 0;
  for (int i = 0; i < n; i++)
    line[i * step] = (sums[i + 2 * radius + 1] - sums[i]) / (2 * radius + 1);
}

static void
blur_plane (Film *film, float *plane)
{
  int radius = film->how->blur * pixels_per_unit (film->width, film->height) + 0.5;
  g_autofree float *sums = g_new (float, MAX (film->width, film->height) + 2 * radius + 2);

  for (guint pass = 0; radius > 0 && pass < 3; pass++)
    {
      for (int y = 0; y < film->height; y++)
        blur_line (plane + (gsize)y * film->width, film->width, 1, radius, sums);
      for (int x = 0; x < film->width; x++)
        blur_line (plane + x, film->height, film->width, radius, sums);
    }
}

/* The quadrilateral of the sheet in the picture. */
static gboolean
is_on_sheet (const SgPoint *corners, int x, int y)
{
  return sg_polygon_contains (corners, 4, SG_POINT (x + 0.5, y + 0.5));
}

/* Sum of four: near enough to a Gaussian. */
static double
grain (GRand *rand, double deviation)
{
  guint32 bits = g_rand_int (rand);
  int sum = (bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24) - 510;

  return deviation * sum / 147.8;
}

static void
develop (const Film *film, const float *ink, const float *ruling, GdkPixbuf *pixbuf)
{
  const SgPhotograph *how = film->how;
  const SgPoint corners[] = { place (film, 0, 0), place (film, SG_SHEET_WIDTH, 0),
                              place (film, SG_SHEET_WIDTH, SG_SHEET_HEIGHT),
                              place (film, 0, SG_SHEET_HEIGHT) };
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf), channels = gdk_pixbuf_get_n_channels (pixbuf);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int y = 0; y < film->height; y++)
    for (int x = 0; x < film->width; x++)
      {
        gsize at = (gsize)y * film->width + x;
        guint8 *to = pixels + (gsize)y * stride + channels * x;
        double light = light_at (how, (double)x / film->width, (double)y / film->height) * (1 - ruling[at]);
        gboolean table = how->margin > 0 && !is_on_sheet (corners, x, y);
        double dust = how->noise > 0 ? grain (rand, how->noise) : 0;

        for (guint c = 0; c < 3; c++)
          {
            double colour =
              table ? DARK_TABLE + 10 * c : how->paper[c] + (how->ink[c] - how->paper[c]) * ink[at];

            to[c] = CLAMP (light * colour + dust + 0.5, 0, 255);
            if (how->transparent)
              to[c] = how->ink[c];
          }
        if (how->transparent)
          to[3] = 255 * ink[at] + 0.5;
      }
}

GdkPixbuf *
sg_photograph_take (const SgPhotograph *self, const SgSheet *sheet, int width, int height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, self->transparent, 8, width, height);
  g_autofree float *ink = g_new0 (float, (gsize)width *height);
  g_autofree float *ruling = g_new0 (float, (gsize)width *height);
  Film film = { self, width, height, ink };

  expose_ink (&film, sheet);
  blur_plane (&film, ink);
  film.plane = ruling;
  expose_ruling (&film);
  blur_plane (&film, ruling);
  develop (&film, ink, ruling, pixbuf);
  return pixbuf;
}
