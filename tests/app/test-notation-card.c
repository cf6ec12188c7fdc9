/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reference card keeps what it promises: each card's ink is read as the card says. */
#include "app/notation-card.h"

#include <string.h>

#include "vision/analyze.h"

static const char *const roles[SG_N_ROLES] = { "body", "fixed", "pin", "weld", "spring", "damper", "rope",
                                               "force", "velocity", "gravity", "motor", "label", "trace",
                                               "decoration" };

static guint
count_role (const SgReading *reading, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    n += g_str_equal (roles[sg_reading_element (reading, i)->role], name);
  return n;
}

static void
test_card (gconstpointer data)
{
  const SgNotationCard *card = data;
  g_autoptr (SgPage) page = sg_notation_card_page (card);
  g_autoptr (GError) error = NULL;
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, &error);
  g_auto (GStrv) wanted = g_strsplit (card->reads, ", ", -1);

  g_assert_no_error (error);
  for (char **item = wanted; *item != NULL; item++)
    {
      const char *name = strchr (*item, ' ') + 1;

      if (count_role (reading, name) < strtoul (*item, NULL, 10))
        g_test_message ("%s: read %u %s", *item, count_role (reading, name), name);
      g_assert_cmpuint (count_role (reading, name), >=, strtoul (*item, NULL, 10));
    }
  g_assert_cmpuint (count_role (reading, "decoration"), ==, 0);
}

/* All there is to say of a card, and ink to show. */
static void
test_whole (void)
{
  guint n = 0;
  const SgNotationCard *cards = sg_notation_cards (&n);

  g_assert_cmpuint (n, >=, 18);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SgPage) page = sg_notation_card_page (&cards[i]);

      g_assert_true (*cards[i].name != '\0' && *cards[i].drawn != '\0' && *cards[i].becomes != '\0');
      g_assert_cmpuint (sg_page_get_n_strokes (page), >, 0);
    }
}

int
main (int argc, char **argv)
{
  guint n = 0;
  const SgNotationCard *cards = sg_notation_cards (&n);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/notation-card/whole", test_whole);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/notation-card/reads/%s", cards[i].name);

      if (cards[i].reads != NULL)
        g_test_add_data_func (path, &cards[i], test_card);
    }
  return g_test_run ();
}
