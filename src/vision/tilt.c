/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A drawing's tilt from its lines. People draw most lines level or upright; all of them leaning alike is the
 * camera's doing or the scanner's. A lone line that leans is a ramp. */
#include "vision/upright.h"

#include "vision/ink.h"

/* Smaller than the first is a hand's; larger than the second is meant. */
#define SMALLEST_TILT (1.5 * G_PI / 180)
#define LARGEST_TILT (8.5 * G_PI / 180)
/* Long lines: so much of the drawing's diagonal, and so many widths of the pen. */
#define LONG_SHARE 0.06
#define LONG_WIDTHS 12
/* Lines that tell the tilt differ by this much among themselves, in the mean. */
#define LARGEST_SPREAD (1.8 * G_PI / 180)
/* Lines that lean this little at most count as level or upright ones. */
#define LARGEST_LEAN (12 * G_PI / 180)
#define FEWEST_LINES 4

typedef struct
{
  double lean;   /* from level or upright; rad, counter-clockwise as seen */
  double length; /* page units */
  gboolean upright;
} LongLine;

/* Appends the straight stretches of the stroke that are longer than `shortest`. */
static void
find_long_lines (const SgInk *ink, double shortest, GArray *lines)
{
  g_autofree guint *keep = g_new (guint, ink->n);
  guint n = sg_path_simplify (ink->points, ink->n, MAX (1.2 * ink->width, 0.02 * shortest), keep);
  for (guint i = 0; i + 1 < n; i++)
    {
      SgPoint a = ink->points[keep[i]], b = ink->points[keep[i + 1]];
      double angle = sg_point_angle (a, b), lean = remainder (angle, G_PI / 2);
      LongLine line = { lean, sg_point_distance (a, b), fabs (sin (angle)) > 0.7 };
      if (line.length > MAX (shortest, LONG_WIDTHS * ink->width) && fabs (lean) < LARGEST_LEAN)
        g_array_append_val (lines, line);
    }
}

static SgRect
bounds_of (const GArray *ink)
{
  SgRect bounds = g_array_index (ink, SgInk, 0).bounds;
  for (guint i = 1; i < ink->len; i++)
    bounds = sg_rect_union (bounds, g_array_index (ink, SgInk, i).bounds);
  return bounds;
}

SgPoint
sg_upright_middle (const GArray *ink)
{
  return ink->len > 0 ? sg_rect_center (bounds_of (ink)) : SG_POINT (0, 0);
}

double
sg_upright_find_tilt (const GArray *ink)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (LongLine));
  double length = 0, sum = 0, squares = 0;
  guint upright = 0;
  if (ink->len == 0)
    return 0;
  double shortest = LONG_SHARE * sg_rect_diagonal (bounds_of (ink));
  for (guint i = 0; i < ink->len; i++)
    find_long_lines (&g_array_index (ink, SgInk, i), shortest, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const LongLine *line = &g_array_index (lines, LongLine, i);
      length += line->length;
      sum += line->length * line->lean;
      squares += line->length * line->lean * line->lean;
      upright += line->upright;
    }
  if (lines->len < FEWEST_LINES || upright == 0 || upright == lines->len)
    return 0;
  double tilt = sum / length, spread = sqrt (MAX (0, squares / length - tilt * tilt));
  return fabs (tilt) > SMALLEST_TILT && fabs (tilt) < LARGEST_TILT && spread < LARGEST_SPREAD ? tilt : 0;
}
