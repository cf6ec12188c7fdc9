/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At which levels of light a sheet is worth looking for. */
#include <glib.h>
#include <string.h>

#include "vision/sheet-edges.h"

#define WIDTH 320
#define HEIGHT 240
#define AREA (0.2 * WIDTH * HEIGHT)

static void
fill (guint8 *light, int left, int top, int width, int height, guint8 level)
{
  for (int y = top; y < top + height; y++)
    memset (light + y * WIDTH + left, level, width);
}

static guint
count_levels (const guint8 *light, guint from, guint to)
{
  gboolean may_part[256];
  guint n = 0;

  sg_edges_find_levels (light, WIDTH, HEIGHT, AREA, may_part);
  for (guint level = from; level < to; level++)
    n += may_part[level];
  return n;
}

/* A table of 60 under a sheet of 200. */
static void
test_sheet_is_parted_from_the_table (void)
{
  g_autofree guint8 *light = g_malloc (WIDTH * HEIGHT);

  memset (light, 60, WIDTH * HEIGHT);
  fill (light, 60, 40, 180, 150, 200);
  g_assert_cmpuint (count_levels (light, 60, 200), ==, 140);
  g_assert_cmpuint (count_levels (light, 0, 256), ==, 140);
}

static void
test_small_thing_is_no_sheet (void)
{
  g_autofree guint8 *light = g_malloc (WIDTH * HEIGHT);

  memset (light, 60, WIDTH * HEIGHT);
  fill (light, 60, 40, 90, 60, 200);
  g_assert_cmpuint (count_levels (light, 0, 256), ==, 0);
}

/* From one corner to the other: some level has any share of the picture above it, but nothing drops. */
static void
test_light_that_falls_off_is_no_edge (void)
{
  g_autofree guint8 *light = g_malloc (WIDTH * HEIGHT);

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    light[i] = 240 - 120 * (i % WIDTH + i / WIDTH) / (WIDTH + HEIGHT);
  g_assert_cmpuint (count_levels (light, 0, 256), ==, 0);
}

/* Half the picture is light, and drops are everywhere, but none that stays dark behind a light strip that is
 * broad. */
static void
test_lines_are_no_edges (void)
{
  g_autofree guint8 *light = g_malloc (WIDTH * HEIGHT);

  memset (light, 200, WIDTH * HEIGHT);
  for (int x = 0; x < WIDTH - 8; x += 16)
    fill (light, x, 0, 8, HEIGHT, 60);
  g_assert_cmpuint (count_levels (light, 0, 256), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/sheet-edges/sheet-is-parted-from-the-table", test_sheet_is_parted_from_the_table);
  g_test_add_func ("/vision/sheet-edges/small-thing-is-no-sheet", test_small_thing_is_no_sheet);
  g_test_add_func ("/vision/sheet-edges/light-that-falls-off-is-no-edge",
                   test_light_that_falls_off_is_no_edge);
  g_test_add_func ("/vision/sheet-edges/lines-are-no-edges", test_lines_are_no_edges);
  return g_test_run ();
}
