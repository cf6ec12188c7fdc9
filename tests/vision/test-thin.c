/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What thinning and the depth of ink promise, on shapes that lie across the words and rows they work in. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "vision/depth.h"
#include "vision/thin.h"

#define WIDTH 150
#define HEIGHT 90

static void
fill (guint8 *mask, int left, int top, int width, int height, guint8 value)
{
  for (int y = top; y < top + height; y++)
    memset (mask + y * WIDTH + left, value, width);
}

static guint
count_ink (const guint8 *mask)
{
  guint n = 0;
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    n += mask[i] != 0;
  return n;
}

static void
test_bar_becomes_line (void)
{
  guint8 mask[WIDTH * HEIGHT] = { 0 };

  fill (mask, 10, 40, 130, 7, 255);
  g_assert_true (sg_thin (mask, WIDTH, HEIGHT, NULL));
  for (int x = 20; x < 130; x++)
    {
      guint n = 0;
      for (int y = 0; y < HEIGHT; y++)
        n += mask[y * WIDTH + x] != 0;
      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpuint (mask[43 * WIDTH + x], ==, 1);
    }
}

static void
test_ring_stays_closed (void)
{
  guint8 mask[WIDTH * HEIGHT] = { 0 };

  fill (mask, 30, 20, 80, 50, 1);
  fill (mask, 38, 28, 64, 34, 0);
  g_assert_true (sg_thin (mask, WIDTH, HEIGHT, NULL));
  for (int y = 1; y < HEIGHT - 1; y++)
    for (int x = 1; x < WIDTH - 1; x++)
      {
        const guint8 *p = mask + y * WIDTH + x;
        guint n = p[-1] + p[1];
        for (int k = -1; k <= 1; k++)
          n += p[k - WIDTH] + p[k + WIDTH];
        if (*p != 0)
          g_assert_cmpuint (n, ==, 2);
      }
  g_assert_cmpuint (count_ink (mask), >, 200);
}

static void
test_pieces_and_lines_stay (void)
{
  guint8 mask[WIDTH * HEIGHT] = { 0 }, again[WIDTH * HEIGHT];

  mask[5 * WIDTH + 63] = 255; /* a lone pixel is a dot */
  for (int i = 0; i < 60; i++)
    mask[(20 + i) * WIDTH + 40 + i] = 255; /* a slanted line has nothing to spare */
  g_assert_true (sg_thin (mask, WIDTH, HEIGHT, NULL));
  g_assert_cmpuint (count_ink (mask), ==, 61);
  memcpy (again, mask, sizeof again);
  g_assert_true (sg_thin (again, WIDTH, HEIGHT, NULL));
  g_assert_cmpmem (again, sizeof again, mask, sizeof mask);
}

static double
nearest_paper (const guint8 *mask, int x, int y)
{
  double least = INFINITY;

  for (int j = 0; j < HEIGHT; j++)
    for (int i = 0; i < WIDTH; i++)
      if (mask[j * WIDTH + i] == 0)
        least = MIN (least, hypot (i - x, j - y));
  return least;
}

static void
test_depth_is_distance (void)
{
  guint8 mask[WIDTH * HEIGHT] = { 0 };

  fill (mask, 1, 1, 60, 30, 255); /* up to the frame */
  fill (mask, 20, 25, 100, 50, 255);
  fill (mask, 70, 40, 3, 3, 0);
  g_autoptr (SgDepth) depth = sg_depth_new (mask, WIDTH, HEIGHT);
  for (int y = 0; y < HEIGHT; y += 3)
    for (int x = 0; x < WIDTH; x += 3)
      if (mask[y * WIDTH + x] == 0)
        g_assert_cmpfloat (sg_depth_at (depth, x, y), ==, 0);
      else
        g_assert_cmpfloat_with_epsilon (sg_depth_at (depth, x, y) / nearest_paper (mask, x, y), 1, 0.03);
}

/* A block of 41 x 21 is 11 deep in its middle. */
static void
test_deep_ink_is_found_and_flattened (void)
{
  guint8 mask[WIDTH * HEIGHT] = { 0 }, marks[WIDTH * HEIGHT] = { 0 };

  fill (mask, 10, 10, 41, 21, 255);
  fill (mask, 80, 40, 41, 21, 255);
  g_autoptr (SgDepth) depth = sg_depth_new (mask, WIDTH, HEIGHT);
  g_assert_cmpfloat (sg_depth_at (depth, 30, 20), ==, 11);
  sg_depth_flatten (depth, -5, -5, 60, 35, 2);
  g_assert_cmpfloat (sg_depth_at (depth, 30, 20), ==, 2);
  g_assert_cmpfloat (sg_depth_at (depth, 10, 20), ==, 1);
  g_assert_true (sg_depth_exceeds (depth, 10));
  g_assert_false (sg_depth_exceeds (depth, 11));
  sg_depth_mark_above (depth, 10, marks);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      g_assert_cmpuint (marks[y * WIDTH + x], ==, y == 50 && x >= 90 && x <= 110 ? 255 : 0);
}

static void
test_tiny_pictures (void)
{
  static const int SIZES[][2] = { { 1, 1 }, { 2, 2 }, { 3, 1 }, { 1, 200 }, { 64, 3 }, { 65, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      int width = SIZES[i][0], height = SIZES[i][1];
      guint8 mask[WIDTH * HEIGHT] = { 0 };

      if (width > 2 && height > 2)
        memset (mask + width + 1, 255, width - 2);
      g_autoptr (SgDepth) depth = sg_depth_new (mask, width, height);
      g_assert_true (sg_thin (mask, width, height, NULL));
      g_assert_cmpuint (count_ink (mask) > 0, ==, width > 2 && height > 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/thin/bar-becomes-line", test_bar_becomes_line);
  g_test_add_func ("/vision/thin/ring-stays-closed", test_ring_stays_closed);
  g_test_add_func ("/vision/thin/pieces-and-lines-stay", test_pieces_and_lines_stay);
  g_test_add_func ("/vision/thin/depth-is-distance", test_depth_is_distance);
  g_test_add_func ("/vision/thin/deep-ink-is-found-and-flattened", test_deep_ink_is_found_and_flattened);
  g_test_add_func ("/vision/thin/tiny-pictures", test_tiny_pictures);
  return g_test_run ();
}
