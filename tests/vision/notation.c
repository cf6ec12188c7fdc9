/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Goes through all rows, in all holds. */
#include "tests/vision/notation.h"

/* Whether it means the same when drawn so. */
static gboolean
holds (const NotationRow *row, const PencilHold *hold)
{
  return !(row->upright && hold->angle != 0) && !(row->unlifting && hold->lifting);
}

gboolean
notation_fits (const char *expected, const char *list)
{
  return g_str_has_prefix (expected, "no ") ? !strstr (list, expected + 3) : g_str_equal (expected, list);
}

void
notation_count (GString *list, guint n, const char *name)
{
  if (n > 0)
    g_string_append_printf (list, "%s%u %s", list->len > 0 ? ", " : "", n, name);
}

typedef struct
{
  const NotationRow *row;
  NotationJudge judge;
} NotationTest;

static void
test_row (gconstpointer data)
{
  const NotationTest *test = data;
  Pencil pencil;

  pencil_init (&pencil);
  test->row->draw (&pencil);
  for (guint i = 0; i < G_N_ELEMENTS (pencil_holds); i++)
    {
      if (!holds (test->row, &pencil_holds[i]))
        continue;
      g_autoptr (SgReading) reading = pencil_read (&pencil, &pencil_holds[i]);

      if (test->judge (test->row, reading))
        continue;
      g_test_message ("so it was in hold %u", i);
      g_test_fail ();
    }
  pencil_clear (&pencil);
}

void
notation_add_tests (const char *folder, NotationJudge judge)
{
  const NotationRow *const parts[] = { notation_things, notation_ties, notation_drives };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (const NotationRow *row = parts[i]; row->name; row++)
      {
        g_autofree char *path = g_strdup_printf ("%s/%s", folder, row->name);
        NotationTest *test = g_new (NotationTest, 1);

        *test = (NotationTest){ row, judge };
        g_test_add_data_func_full (path, test, test_row, g_free);
      }
}
