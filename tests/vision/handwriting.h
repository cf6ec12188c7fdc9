/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes by hand, for tests: the skeletons of build-aux/glyphs.txt with a style of slant, stretch, spacing
 * and wobble that its number decides. */
#pragma once

#include <string.h>

#include "sketch/page.h"

typedef struct
{
  SgPageBuilder *page;
  char **skeletons; /* lines of the file */
  guint style;
} Hand;

static inline Hand
hand_new (SgPageBuilder *page, guint style)
{
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "build-aux", "glyphs.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return (Hand){ page, g_strsplit (text, "\n", -1), style };
}

static inline void
hand_clear (Hand *hand)
{
  g_strfreev (hand->skeletons);
}

/* The strokes of one way of writing `c`: of all there are, the one that the style prefers. */
static inline const char *
hand_skeleton (const Hand *hand, gunichar c)
{
  const char *ways[32];
  guint n = 0;

  for (guint i = 0; hand->skeletons[i] && n < G_N_ELEMENTS (ways); i++)
    {
      const char *line = hand->skeletons[i], *blank = strchr (line, ' ');

      if (blank && line[0] != '#' && g_utf8_get_char (line) == c)
        ways[n++] = blank + 1;
    }
  g_assert_cmpuint (n, >, 0);
  return ways[hand->style % MIN (n, 3)];
}

/* A point of a skeleton on the page, as this hand draws it. */
static inline SgPoint
hand_place (const Hand *hand, double x, double y, SgPoint at, double size)
{
  double slant = 0.1 * sin (hand->style * 1.7), stretch = 1 + 0.15 * cos (hand->style * 2.3);
  double wobble = 1.5 * sin (hand->style + 0.07 * x + 0.11 * y);

  x = stretch * x + slant * y + wobble;
  return SG_POINT (at.x + size / 100 * x, at.y - size / 100 * (y + wobble));
}

static inline void
hand_stroke (const Hand *hand, const char *text, SgPoint at, double size, double *right)
{
  g_auto (GStrv) pairs = g_strsplit (text, " ", -1);
  g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (SgInkPoint));
  SgPoint before = { 0 };

  for (guint i = 0; pairs[i]; i++)
    {
      char *comma;
      double x = g_ascii_strtod (pairs[i], &comma), y = g_ascii_strtod (comma + 1, NULL);

      for (int k = i > 0 ? 1 : 4; k <= 4; k++)
        {
          SgPoint p = sg_point_lerp (before, SG_POINT (x, y), k / 4.0);
          SgPoint q = hand_place (hand, p.x, p.y, at, size);

          g_array_append_val (ink, ((SgInkPoint){ q.x, q.y, NAN, NAN }));
          *right = MAX (*right, q.x);
        }
      before = SG_POINT (x, y);
    }
  sg_page_builder_take_stroke (hand->page,
                               sg_stroke_new (size / 12, NULL, (SgInkPoint *)ink->data, ink->len, NULL));
}

/* Signs that are a ring like "0", but smaller. */
static inline gunichar
hand_ring (gunichar c, SgPoint *at, double *size)
{
  if (c != 'o' && c != 0xb0)
    return c;
  if (c == 0xb0)
    at->y -= 0.68 * *size;
  *size *= c == 'o' ? 0.6 : 0.33;
  return '0';
}

/* Writes `text` with capitals `size` tall; `at` is where its line of writing begins. Returns the width. */
static inline double
hand_write (const Hand *hand, const char *text, SgPoint at, double size)
{
  double left = at.x;

  for (; *text; text = g_utf8_next_char (text))
    {
      double right = at.x, tall = size;
      SgPoint from = at;
      gunichar c = hand_ring (g_utf8_get_char (text), &from, &tall);

      if (*text == ' ')
        {
          at.x += 0.3 * size;
          continue;
        }
      g_auto (GStrv) strokes = g_strsplit (hand_skeleton (hand, c), " ; ", -1);
      for (guint i = 0; strokes[i]; i++)
        hand_stroke (hand, strokes[i], from, tall, &right);
      at.x = right + size * (0.2 + 0.04 * (hand->style % 3));
    }
  return at.x - left;
}
