/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words that nobody would write: random bytes, and random rows of words that are known. Whatever comes, the
 * spec keeps the rules, statements lie in order inside the words, and there are not too many of them. */
#include <string.h>

#include <gio/gio.h>

#include "physics/rules.h"
#include "physics/words-vocabulary.h"
#include "physics/words.h"

#define N 10000

static SgSpec *
make_scene (gboolean empty)
{
  SgSpec *spec = sg_spec_new ();

  for (guint i = 0; !empty && i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf (i < 2 ? "ball%u" : "box%u", i < 2 ? i + 1 : 1);
      SgBody *body = sg_spec_add_body (spec, name, NULL, (const double[]){ i, 0, 1 });
      SgGeom geom = sg_geom_default (i < 2 ? SG_GEOM_SPHERE : SG_GEOM_BOX);
      SgJoint joint = sg_joint_default (SG_JOINT_HINGE);

      geom.size[0] = geom.size[1] = geom.size[2] = 0.1;
      sg_spec_add_geom (spec, body, geom);
      if (i == 1)
        sg_spec_add_joint (spec, body, joint);
      else
        sg_spec_add_planar_joints (spec, body);
      g_free (sg_spec_add_site (spec, body, "s", NULL)->name);
      g_array_index (body->sites, SgSite, 0).name = g_strdup_printf ("s%u", i);
    }
  if (!empty)
    {
      SgTendon spring = sg_tendon_default (SG_TENDON_SPRING);

      sg_tendon_add_site (&spring, "s0");
      sg_tendon_add_site (&spring, "s1");
      sg_spec_add_tendon (spec, spring);
    }
  return spec;
}

static void
check (const char *words, gboolean empty)
{
  g_autoptr (SgSpec) spec = make_scene (empty);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) statements = sg_words_apply (words, spec, &error);
  guint end = 0;

  if (!statements)
    return;
  g_assert_cmpuint (statements->len, <=, 650);
  for (guint i = 0; i < statements->len; i++)
    {
      const SgStatement *statement = &g_array_index (statements, SgStatement, i);

      g_assert_cmpuint (statement->begin, >=, end);
      g_assert_cmpuint (statement->end, >, statement->begin);
      g_assert_nonnull (statement->text);
      end = statement->end;
    }
  g_assert_cmpuint (end, <=, strlen (words));
  if (!sg_rules_hold (spec, &error))
    g_error ("\"%s\": %s", words, error->message);
}

static void
test_bytes (void)
{
  for (guint i = 0; i < N; i++)
    {
      char bytes[64];
      guint n = g_test_rand_int_range (0, sizeof bytes);

      for (guint k = 0; k < n; k++)
        bytes[k] = i % 2 ? g_test_rand_int_range (1, 256) : g_test_rand_int_range (32, 127);
      bytes[n] = '\0';
      check (bytes, i % 3 == 0);
    }
}

static GPtrArray *
known_words (void)
{
  g_autoptr (GBytes) bytes =
    g_resources_lookup_data ("/org/simgen/SimGen/words/en.txt", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i]; i++)
    {
      const char *colon = strstr (lines[i], " : ");
      g_auto (GStrv) forms = g_strsplit_set (colon && *lines[i] != '#' ? colon + 3 : "", ",|", -1);

      for (guint k = 0; forms[k]; k++)
        g_ptr_array_add (words, g_strdup (g_strstrip (forms[k])));
    }
  return words;
}

static void
test_words (void)
{
  g_autoptr (GPtrArray) words = known_words ();
  static const char *const between[] = { " ", " ", " ", " 2 ", ", ",
                                         " and ", " 3.5 ", ". ", " ball1 ", " -1 " };

  g_assert_cmpuint (words->len, >, 500);
  g_assert_cmpuint (sg_vocabulary_size (), >, 500);
  for (guint i = 0; i < N; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = g_test_rand_int_range (1, 12);

      for (guint k = 0; k < n; k++)
        g_string_append_printf (text, "%s%s",
                                (char *)words->pdata[g_test_rand_int_range (0, words->len)],
                                between[g_test_rand_int_range (0, G_N_ELEMENTS (between))]);
      check (text->str, i % 3 == 0);
    }
}

/* As long as words may be, of all sorts: the limits on clauses bound the work. */
static void
test_long (void)
{
  static const char *const said[] = { "ball ", "the ball and ", "2 kg, ", "spring between ", "twice ",
                                      "a 2 kg ball and ", "double pendulum with ", "left and ", "1 ", "no " };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len + strlen (said[i]) < 10000)
        g_string_append (text, said[i]);
      check (text->str, TRUE);
      check (text->str, FALSE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/words/random/bytes", test_bytes);
  g_test_add_func ("/physics/words/random/words", test_words);
  g_test_add_func ("/physics/words/random/long", test_long);
  return g_test_run ();
}
