/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it takes to understand a sentence and apply it, to a mechanism that is there and to none. */
#include "cli/bench.h"

#include "physics/words.h"

static const char *const sentences[] = {
  "A double pendulum with the first link constrained to 45 degrees max angle",
  "three rubber balls falling on the moon",
  "a car at 2 m/s",
  "12 dominoes",
  "the box3 is 2 kg and the box4 is twice as heavy",
  "moon gravity, no friction, and everything is bouncy",
  "start the highest box at 2 m/s to the right",
  "a humanoid walking",
};

typedef struct
{
  SgSpec *spec; /* as large as a full page's */
  guint next;
} Words;

static gboolean
set_up (gpointer *state, GError **error)
{
  Words *words = g_new0 (Words, 1);

  words->spec = sg_spec_new ();
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("box%u", i + 1);
      SgBody *body = sg_spec_add_body (words->spec, name, NULL, (const double[]){ i, 0, 1 + i });
      SgGeom geom = sg_geom_default (SG_GEOM_BOX);

      geom.size[0] = geom.size[1] = geom.size[2] = 0.1;
      sg_spec_add_geom (words->spec, body, geom);
      sg_spec_add_planar_joints (words->spec, body);
    }
  *state = words;
  return TRUE;
}

static void
tear_down (gpointer data)
{
  Words *words = data;

  sg_spec_free (words->spec);
  g_free (words);
}

typedef struct
{
  const char *words;
  SgSpec *spec;
} Sample;

static void
apply_cb (gpointer data)
{
  Sample *sample = data;

  g_array_unref (sg_words_apply (sample->words, sample->spec, NULL));
}

/* The first four make a mechanism, the others change one. */
static double
measure (gpointer state, GError **error)
{
  Words *words = state;
  guint i = words->next++ % G_N_ELEMENTS (sentences);
  Sample sample = { sentences[i], i < 4 ? sg_spec_new () : sg_spec_copy (words->spec) };
  double ms = sg_bench_time (apply_cb, &sample);

  sg_spec_free (sample.spec);
  return ms;
}

const SgBenchmark sg_bench_words[] = {
  { "words", "ms", NULL, 800, set_up, measure, NULL, tear_down },
  { NULL },
};
