/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/readback.h"

#include "render/offscreen.h"

/* What is read has the top row first, as words of ARGB, and another size begins anew. */
static void
test_order (void)
{
  static const int sizes[][2] = { { 8, 6 }, { 5, 9 }, { 8, 6 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (SgOffscreen) context = sg_offscreen_new (4, 4, &error);
  SgReadback readback = { 0 };

  if (!context)
    {
      g_test_skip (error->message);
      return;
    }
  g_assert_true (sg_offscreen_make_current (context, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int width = sizes[i][0], height = sizes[i][1];
      g_autoptr (GBytes) pixels = NULL;
      const guint32 *words;

      g_assert_true (sg_readback_begin (&readback, width, height));
      glClearColor (1, 0, 0, 1);
      glClear (GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
      glEnable (GL_SCISSOR_TEST);
      glScissor (0, 0, width, 2); /* GL's lowest rows */
      glClearColor (0, 0, 1, 1);
      glClear (GL_COLOR_BUFFER_BIT);
      glDisable (GL_SCISSOR_TEST);
      pixels = sg_readback_read (&readback);
      g_assert_cmpuint (g_bytes_get_size (pixels), ==, 4 * (gsize)width * (gsize)height);
      words = g_bytes_get_data (pixels, NULL);
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          g_assert_cmphex (words[y * width + x], ==, y < height - 2 ? 0xffff0000 : 0xff0000ff);
      g_assert_cmpint (glGetError (), ==, GL_NO_ERROR);
    }
  g_assert_false (sg_readback_begin (&readback, 0, 10));
  g_assert_false (sg_readback_begin (&readback, 1 << 24, 10));
  g_assert_true (sg_readback_begin (&readback, 3, 3)); /* after a failure too */
  sg_readback_clear (&readback);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/readback/order", test_order);
  return g_test_run ();
}
