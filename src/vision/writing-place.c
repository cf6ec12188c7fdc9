/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The row is a line and a height, found by least squares over the glyphs' tops and bottoms; any thread. */
#include "vision/writing-place.h"

#include <string.h>

#define X_HEIGHT 0.62
#define DESCENT -0.36
#define MOST_SLOPE 0.36 /* of a row of writing */
#define LEVEL_WEIGHT 0.3
#define LEAST_HEIGHT 4.0 /* page units, of a capital */

/* Above the line of writing, in capital heights. */
typedef struct
{
  double top, bottom;
} Extent;

static const struct
{
  const char *signs;
  Extent extent;
} lower_case[] = {
  { "acemnorsuvwxzω", { X_HEIGHT, 0 } },
  { "gpqyμ", { X_HEIGHT, DESCENT } },
  { "t", { 0.9, 0 } },
  { "i", { 0.84, 0 } },
  { "j", { 0.84, DESCENT } },
  { "°", { 1.05, 0.6 } },
  { "²", { 1.1, 0.55 } },
  { ".", { 0.06, 0 } },
  { ",", { 0.06, -0.15 } },
  { "-", { 0.5, 0.48 } },
  { "=", { 0.62, 0.38 } },
  { "+", { 0.78, 0.2 } },
  { "/", { 1.05, -0.08 } },
};

/* Shapes that a few straight strokes or a loop drawn as marks may have, and what they are worth. */
static const struct
{
  const char *shapes;
  double evidence;
} plain[] = {
  { "10-.,+/", 0.3 },
  { "cvxulitLT=", 0.4 },
  { "7sVNMmnwzZrIjHEF", 0.7 },
};

static gboolean
holds (const char *characters, gunichar sign)
{
  return g_utf8_strchr (characters, -1, sign) != NULL;
}

/* `capitals`: letters that look the same are meant large. */
static Extent
extent_of (const SgPlacedGlyph *glyph, gboolean capitals)
{
  gunichar named = g_utf8_get_char (glyph->shape), upper = g_unichar_toupper (glyph->sign);
  gboolean large = g_unichar_isupper (named) ||
                   (capitals && upper != glyph->sign && holds (glyph->shape, upper));

  for (guint i = 0; !large && i < G_N_ELEMENTS (lower_case); i++)
    if (holds (lower_case[i].signs, glyph->sign))
      return lower_case[i].extent;
  return (Extent){ 1, 0 };
}

/* Solves the symmetric system `m` x = `v` of three unknowns by elimination; the system is positive
 * definite. */
static void
solve (double m[3][3], double v[3])
{
  for (guint k = 0; k < 3; k++)
    for (guint i = 0; i < 3; i++)
      {
        double f = i == k ? 0 : m[i][k] / m[k][k];

        for (guint j = k; j < 3; j++)
          m[i][j] -= f * m[k][j];
        v[i] -= f * v[k];
      }
  for (guint k = 0; k < 3; k++)
    v[k] /= m[k][k];
}

/* One top or bottom: its place on the page, and what multiplies the row's base, slope and height there. */
typedef struct
{
  double y, factor[3];
} Edge;

static Edge
edge_of (const SgPlacedGlyph *glyph, gboolean bottom, double middle, gboolean capitals)
{
  Extent extent = extent_of (glyph, capitals);
  SgRect box = glyph->box;

  return (Edge){ bottom ? box.y + box.height : box.y,
                 { 1, sg_rect_center (box).x - middle, bottom ? -extent.bottom : -extent.top } };
}

static double
misfit_as (const SgPlacedGlyph *glyphs, guint n, gboolean capitals)
{
  double m[3][3] = { 0 }, row[3] = { 0 }, sum = 0;
  double first = sg_rect_center (glyphs[0].box).x, last = sg_rect_center (glyphs[n - 1].box).x;
  double middle = (first + last) / 2;

  /* A prior: most rows run level. */
  m[1][1] = n * pow (MAX (fabs (last - first), 1) * LEVEL_WEIGHT, 2);
  m[0][0] = m[2][2] = 1e-6;
  for (guint i = 0; i < 2 * n; i++)
    {
      Edge edge = edge_of (&glyphs[i / 2], i % 2, middle, capitals);

      for (guint j = 0; j < 3; j++)
        {
          for (guint k = 0; k < 3; k++)
            m[j][k] += edge.factor[j] * edge.factor[k];
          row[j] += edge.factor[j] * edge.y;
        }
    }
  solve (m, row);
  for (guint i = 0; i < 2 * n; i++)
    {
      Edge edge = edge_of (&glyphs[i / 2], i % 2, middle, capitals);

      sum += pow (edge.y - row[0] - row[1] * edge.factor[1] - row[2] * edge.factor[2], 2);
    }
  if (row[2] < LEAST_HEIGHT || fabs (row[1]) > MOST_SLOPE)
    return INFINITY;
  return sqrt (sum / (2 * n)) / row[2];
}

double
sg_placed_glyphs_misfit (const SgPlacedGlyph *glyphs, guint n)
{
  return MIN (misfit_as (glyphs, n, FALSE), misfit_as (glyphs, n, TRUE));
}

double
sg_placed_glyph_evidence (const SgPlacedGlyph *glyph)
{
  gunichar named = g_utf8_get_char (glyph->shape);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (holds (plain[i].shapes, named))
      return plain[i].evidence;
  return 1;
}
