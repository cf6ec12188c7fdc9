/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neighbours that grow with a page are those that a sweep over all of it finds, in its order. */
#include "vision/near-kept.h"

/* Boxes of a page: `how` 0: rows of marks; 1: anywhere; 2: a heap; 3: among long lines; 4: on a grid, many at
 * the same place. */
static SgRect
make_box (GRand *rand, guint how, guint i)
{
  double size = g_rand_double_range (rand, 5, 60);

  switch (how)
    {
    case 0:
      return (SgRect){ 90 * (i % 10) + g_rand_double (rand), 90.0 * (guint)(i / 10), 60, 60 };
    case 1:
      return (SgRect){ g_rand_double_range (rand, 0, 2000), g_rand_double_range (rand, 0, 2000), size, size };
    case 2:
      return (SgRect){ g_rand_double_range (rand, 0, 50), g_rand_double_range (rand, 0, 50), size, size };
    case 3:
      return (SgRect){ g_rand_double_range (rand, 0, 900), g_rand_double_range (rand, 0, 900),
                       i % 7 ? size : 900, i % 5 ? size : 900 };
    default:
      return (SgRect){ 40.0 * g_rand_int_range (rand, 0, 9), 40.0 * g_rand_int_range (rand, 0, 9), 41,
                       i % 2 };
    }
}

static void
assert_is_swept (const SgNear *near, const SgRect *boxes, guint n)
{
  g_autoptr (SgNear) swept = sg_near_new (boxes, n);

  g_assert_cmpuint (near->n_boxes, ==, n);
  for (guint i = 0; i < n; i++)
    {
      guint count, n_swept;
      const guint *items = sg_near_of (near, i, &count), *others = sg_near_of (swept, i, &n_swept);

      g_assert_cmpmem (items, count * sizeof *items, others, n_swept * sizeof *others);
    }
}

/* A few boxes more each time, up to more than a sweep looks at from one. */
static void
test_grows (gconstpointer data)
{
  guint how = GPOINTER_TO_UINT (data), most = 2 * SG_NEAR_SCAN_MAX;
  g_autofree SgRect *boxes = g_new (SgRect, most);
  GRand *rand = g_rand_new_with_seed (how);
  SgKeptNear kept = { 0 };

  for (guint i = 0; i < most; i++)
    boxes[i] = make_box (rand, how, i);
  for (guint n = 0; n < most; n += g_rand_int_range (rand, 0, n < 100 ? 4 : 12))
    assert_is_swept (sg_kept_near_update (&kept, boxes, n), boxes, n);
  sg_kept_near_clear (&kept);
  g_rand_free (rand);
}

/* A stroke is moved or erased, and comes back. */
static void
test_changes (void)
{
  SgRect boxes[60];
  GRand *rand = g_rand_new_with_seed (5);
  SgKeptNear kept = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    boxes[i] = make_box (rand, 1, i);
  for (guint k = 0; k < 200; k++)
    {
      guint n = g_rand_int_range (rand, 0, G_N_ELEMENTS (boxes) + 1);

      boxes[g_rand_int_range (rand, 0, G_N_ELEMENTS (boxes))].x += g_rand_boolean (rand);
      assert_is_swept (sg_kept_near_update (&kept, boxes, n), boxes, n);
    }
  sg_kept_near_clear (&kept);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  static const char *const ways[] = { "rows", "anywhere", "heap", "long-lines", "grid" };

  g_test_init (&argc, &argv, NULL);
  for (guint how = 0; how < G_N_ELEMENTS (ways); how++)
    {
      g_autofree char *path = g_strdup_printf ("/vision/near/grows/%s", ways[how]);

      g_test_add_data_func (path, GUINT_TO_POINTER (how), test_grows);
    }
  g_test_add_func ("/vision/near/changes", test_changes);
  return g_test_run ();
}
