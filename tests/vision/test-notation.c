/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every row of the notation is read the same however the page is held, and what only looks like it is not. */
#include "tests/vision/notation.h"

static char *
list_roles (const SgReading *reading)
{
  GString *list = g_string_new (NULL);
  guint counts[SG_N_ROLES] = { 0 };

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    counts[sg_reading_element (reading, i)->role]++;
  counts[SG_ROLE_LABEL] = 0;
  for (guint i = 0; i < SG_N_ROLES; i++)
    notation_count (list, counts[i], sg_role_name (i));
  return g_string_free (list, FALSE);
}

static char *
list_relations (const SgReading *reading)
{
  GString *list = g_string_new (NULL);
  guint counts[SG_N_RELATIONS] = { 0 };

  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    counts[sg_reading_relation (reading, i)->kind]++;
  counts[SG_RELATION_LABELS] = 0;
  for (guint i = 0; i < SG_N_RELATIONS; i++)
    notation_count (list, counts[i], sg_relation_name (i));
  return g_string_free (list, FALSE);
}

static void
print_reading (const SgReading *reading)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      g_test_message ("  %s is %s", element->id, sg_role_name (element->role));
    }
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *r = sg_reading_relation (reading, i);
      g_test_message ("  %s %d %d via %d", sg_relation_name (r->kind), r->a, r->b, r->via);
    }
}

static gboolean
is_read (const NotationRow *row, const SgReading *reading)
{
  g_autofree char *roles = list_roles (reading), *relations = list_relations (reading);

  if (notation_fits (row->roles, roles) && notation_fits (row->relations, relations))
    return TRUE;
  g_test_message ("read as %s; %s", roles, relations);
  print_reading (reading);
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  notation_add_tests ("/vision/notation", is_read);
  return g_test_run ();
}
