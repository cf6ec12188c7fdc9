/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows and columns of a lattice are gone along, and each drop of light counts for all levels that it crosses:
 * far less work than to follow the outlines of what is above each of them. */
#include "vision/sheet-edges.h"

#include <math.h>

#include "vision/pixels.h"

/* Rows, and columns, from one of the lattice to the next. */
#define LATTICE 8
/* Drops around the squarest figure, by the square root of its area: each of its four sides is crossed at
 * every step of the lattice, and seen from as many places as near pixels lie to either side of it. Slanting
 * sides are crossed more often. */
#define USUAL_DROPS (4.0 * 2 * SG_EDGE_NEAR / LATTICE)
/* So much of that is asked for: the rest may be hidden, blurred or no edge at this level. */
#define LEAST_DROPS 0.25
/* Of a sheet, so much is as light as the sheet: the rest is in shadow or drawn on. */
#define LEAST_LIGHT 0.6

/* A line of pixels, `step` from one to the next. */
typedef struct
{
  const guint8 *first;
  gsize step;
  int n;
} Line;

static inline int
level_at (const Line *line, int i)
{
  return line->first[CLAMP (i, 0, line->n - 1) * line->step];
}

/* Counts the edge at place `i`, if there is one, for all levels from `drops[level]` = 1 to `drops[level]` =
 * -1. It must be light from near to far on one side and dark on the other: between the lines of a drawing
 * it is neither. */
static void
count_edge (const Line *line, int i, int drops[256])
{
  int way = level_at (line, i - SG_EDGE_NEAR) > level_at (line, i + SG_EDGE_NEAR) ? 1 : -1;
  int within = 255, beyond = 0;
  for (int k = SG_EDGE_NEAR; k <= SG_EDGE_FAR; k++)
    {
      within = MIN (within, level_at (line, i - k * way));
      beyond = MAX (beyond, level_at (line, i + k * way));
    }
  if (!sg_edge_is_between (within, within, beyond, beyond))
    return;
  drops[beyond]++;
  drops[within]--;
}

static void
count_along (const Line *line, int drops[256])
{
  for (int i = SG_EDGE_NEAR; i < line->n - SG_EDGE_NEAR; i++)
    {
      int before = line->first[(i - SG_EDGE_NEAR) * line->step];
      int after = line->first[(i + SG_EDGE_NEAR) * line->step];
      if (100 * MIN (before, after) < SG_TABLE_LIGHT * MAX (before, after)) /* nearly nowhere */
        count_edge (line, i, drops);
    }
}

void
sg_edges_find_levels (const guint8 *light, int width, int height, double area, gboolean may_part[256])
{
  int drops[256] = { 0 }, crossing = 0;
  guint count[256], above = width * height;
  for (int y = LATTICE / 2; y < height; y += LATTICE)
    count_along (&(Line){ light + (gsize)y * width, 1, width }, drops);
  for (int x = LATTICE / 2; x < width; x += LATTICE)
    count_along (&(Line){ light + x, width, height }, drops);
  sg_pixels_count_values (light, (gsize)width * height, count);
  for (guint level = 0; level < 256; level++)
    {
      crossing += drops[level];
      above -= count[level];
      may_part[level] = above >= LEAST_LIGHT * area && crossing >= LEAST_DROPS * USUAL_DROPS * sqrt (area);
    }
}
