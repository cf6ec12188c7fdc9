/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loops over all pixels, and the pieces that pixels make. */
#include <glib.h>
#include <string.h>

#include "vision/pieces.h"
#include "vision/pixels.h"

#define WIDTH 37
#define HEIGHT 23

static void
test_shrink_keeps_the_mean (void)
{
  guint8 from[WIDTH * HEIGHT], to[5 * 3];
  double sum = 0, sum_to = 0;

  for (guint i = 0; i < sizeof from; i++)
    sum += from[i] = (i * 7919) % 256;
  sg_pixels_shrink (from, WIDTH, HEIGHT, to, 5, 3);
  for (guint i = 0; i < sizeof to; i++)
    sum_to += to[i];
  g_assert_cmpfloat_with_epsilon (sum / sizeof from, sum_to / sizeof to, 1);
}

static void
test_shrink_to_the_same_size_copies (void)
{
  guint8 from[WIDTH * HEIGHT], to[WIDTH * HEIGHT];

  for (guint i = 0; i < sizeof from; i++)
    from[i] = (i * 31) % 256;
  sg_pixels_shrink (from, WIDTH, HEIGHT, to, WIDTH, HEIGHT);
  g_assert_cmpmem (from, sizeof from, to, sizeof to);
}

/* Light that falls off from left to right: ink of half the paper's light is as strong everywhere. */
static void
test_contrast_is_a_share_of_the_light (void)
{
  const guint8 paper[2] = { 240, 80 };
  guint8 grey[WIDTH * HEIGHT], contrast[WIDTH * HEIGHT];

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    {
      double share = CLAMP ((i % WIDTH + 0.5) * 2 / WIDTH - 0.5, 0, 1);
      grey[i] = (240 - 160 * share) * (i / WIDTH == 5 ? 0.5 : 1) + 0.5;
    }
  sg_pixels_contrast (grey, WIDTH, HEIGHT, FALSE, paper, 2, 1, 64, contrast);
  for (int x = 0; x < WIDTH; x++)
    {
      g_assert_cmpint (contrast[x], <=, 4);
      g_assert_cmpint (ABS (contrast[5 * WIDTH + x] - 128), <=, 4);
    }
}

static void
test_chalk_is_ink_on_a_board (void)
{
  const guint8 paper = 225; /* of the negative */
  guint8 grey[WIDTH * HEIGHT], contrast[WIDTH * HEIGHT];

  memset (grey, 30, sizeof grey);
  grey[100] = 250;
  sg_pixels_contrast (grey, WIDTH, HEIGHT, TRUE, &paper, 1, 1, 64, contrast);
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    g_assert_cmpint (contrast[i] > 200, ==, i == 100);
}

static void
test_frame_is_never_marked (void)
{
  const guint8 threshold = 9;
  guint8 picture[WIDTH * HEIGHT], mask[WIDTH * HEIGHT];
  guint n_ink, n_inside;

  memset (picture, 10, sizeof picture);
  sg_pixels_mark_above (picture, WIDTH, HEIGHT, &threshold, 1, 1, mask);
  sg_pixels_count_ink (mask, WIDTH, HEIGHT, &n_ink, &n_inside);
  g_assert_cmpuint (n_ink, ==, (WIDTH - 2) * (HEIGHT - 2));
  g_assert_cmpuint (n_inside, ==, (WIDTH - 4) * (HEIGHT - 4));
}

static void
draw (guint8 *mask, const char *const *rows)
{
  memset (mask, 0, WIDTH * HEIGHT);
  for (int y = 0; rows[y] != NULL; y++)
    for (int x = 0; rows[y][x] != '\0'; x++)
      mask[(y + 1) * WIDTH + x + 1] = rows[y][x] == '#' ? 255 : 0;
}

static void
test_ink_hangs_together_by_corners (void)
{
  static const char *const rows[] = { "#.#..##", ".#...##", "#......", NULL };
  guint8 mask[WIDTH * HEIGHT], strength[WIDTH * HEIGHT];

  draw (mask, rows);
  memset (strength, 100, sizeof strength);
  sg_pieces_keep_ink (mask, WIDTH, HEIGHT, strength, 50, 3);
  g_assert_cmpuint (mask[1 * WIDTH + 1], ==, 255);
  g_assert_cmpuint (mask[1 * WIDTH + 6], ==, 255);
  sg_pieces_keep_ink (mask, WIDTH, HEIGHT, strength, 50, 4);
  g_assert_cmpuint (mask[1 * WIDTH + 1], ==, 0);
  g_assert_cmpuint (mask[1 * WIDTH + 6], ==, 0);
}

static void
test_faint_pieces_go_whole (void)
{
  static const char *const rows[] = { "#####..", ".......", "#####..", NULL };
  guint8 mask[WIDTH * HEIGHT], strength[WIDTH * HEIGHT] = { 0 };

  draw (mask, rows);
  strength[WIDTH + 3] = 200; /* one strong pixel is enough for all its piece */
  sg_pieces_keep_ink (mask, WIDTH, HEIGHT, strength, 150, 2);
  g_assert_cmpuint (mask[1 * WIDTH + 1], ==, 255);
  g_assert_cmpuint (mask[1 * WIDTH + 5], ==, 255);
  g_assert_cmpuint (mask[3 * WIDTH + 1], ==, 0);
}

static void
test_small_holes_are_filled (void)
{
  static const char *const rows[] = { "######..####", "#.##.#..#..#", "######..#..#", "........####", NULL };
  guint8 mask[WIDTH * HEIGHT];

  draw (mask, rows);
  sg_pieces_fill_holes (mask, WIDTH, HEIGHT, 3);
  g_assert_cmpuint (mask[2 * WIDTH + 2], ==, 255);
  g_assert_cmpuint (mask[2 * WIDTH + 5], ==, 255);
  g_assert_cmpuint (mask[2 * WIDTH + 10], ==, 0);
  g_assert_cmpuint (mask[0], ==, 0);
  sg_pieces_fill_holes (mask, WIDTH, HEIGHT, WIDTH * HEIGHT); /* what lies around all ink is no hole */
  g_assert_cmpuint (mask[2 * WIDTH + 10], ==, 255);
  g_assert_cmpuint (mask[0], ==, 0);
}

static void
test_holes_are_measured (void)
{
  static const char *const rows[] = { "#####.", "#.#.#.", "##..#.", "#####.", NULL };
  guint8 mask[WIDTH * HEIGHT];

  draw (mask, rows);
  g_autoptr (GArray) holes = sg_pieces_find_holes (mask, WIDTH, HEIGHT, 5);
  g_assert_cmpuint (holes->len, ==, 2);
  const SgHole *hole = &g_array_index (holes, SgHole, 1);
  g_assert_cmpuint (hole->n, ==, 3);
  g_assert_cmpint (hole->left, ==, 3);
  g_assert_cmpint (hole->right, ==, 4);
  g_assert_cmpint (hole->top, ==, 2);
  g_assert_cmpint (hole->bottom, ==, 3);
  g_assert_cmpfloat (hole->sum.x, ==, 4 + 3 + 4);
  g_assert_cmpfloat (hole->sum.y, ==, 2 + 3 + 3);
  g_assert_cmpuint (hole->runs->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/pixels/shrink-keeps-the-mean", test_shrink_keeps_the_mean);
  g_test_add_func ("/vision/pixels/shrink-to-the-same-size-copies", test_shrink_to_the_same_size_copies);
  g_test_add_func ("/vision/pixels/contrast-is-a-share-of-the-light", test_contrast_is_a_share_of_the_light);
  g_test_add_func ("/vision/pixels/chalk-is-ink-on-a-board", test_chalk_is_ink_on_a_board);
  g_test_add_func ("/vision/pixels/frame-is-never-marked", test_frame_is_never_marked);
  g_test_add_func ("/vision/pieces/ink-hangs-together-by-corners", test_ink_hangs_together_by_corners);
  g_test_add_func ("/vision/pieces/faint-pieces-go-whole", test_faint_pieces_go_whole);
  g_test_add_func ("/vision/pieces/small-holes-are-filled", test_small_holes_are_filled);
  g_test_add_func ("/vision/pieces/holes-are-measured", test_holes_are_measured);
  return g_test_run ();
}
