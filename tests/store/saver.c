/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tests/store/kill.py kills: draws and simulates for ever in the history at argv[1], as fast as it
 * goes, and says on standard output what the history has acknowledged, a line each: S id n    the sketch
 * with this id has n strokes by now R id n    the run with this id is of a sketch with n strokes argv[2] is
 * the number of this start, which titles and sessions begin with. */
#include <string.h>
#include <unistd.h>

#include "place.h"
#include "store/history.h"

#define STROKES_A_SKETCH 25

static SgPage *
begin_page (const char *start, guint number)
{
  g_autofree char *title = g_strdup_printf ("%s-%u", start, number);

  return test_page (title, 0);
}

/* At once: what is only in this process is lost with it. */
static void
acknowledge (char kind, gint64 id, guint n)
{
  g_autofree char *line = g_strdup_printf ("%c %" G_GINT64_FORMAT " %u\n", kind, id, n);

  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    _exit (1);
}

static gboolean
simulate (SgHistory *history, const char *start, gint64 sketch_id, guint n_strokes)
{
  g_autofree char *words = g_strdup_printf ("%s run of %u strokes", start, n_strokes);
  const SgRunRecord run = {
    .sketch_id = sketch_id, .status = "completed", .steps = n_strokes, .words = words
  };
  gint64 id = sg_history_add_run (history, &run, NULL);

  if (id != 0)
    acknowledge ('R', id, n_strokes);
  return id != 0;
}

/* A sketch stroke by stroke, each saved, every third simulated. */
static gboolean
make_sketch (SgHistory *history, const char *start, guint number)
{
  g_autoptr (SgPage) page = begin_page (start, number);
  gint64 id = 0;

  for (guint n = 1; n <= STROKES_A_SKETCH; n++)
    {
      SgPage *grown = test_draw (page, n);

      sg_page_unref (page);
      page = grown;
      id = sg_history_save_sketch (history, id, page, NULL, NULL);
      if (id == 0)
        return FALSE;
      acknowledge ('S', id, n);
      if (n % 3 == 0 && !simulate (history, start, id, n))
        return FALSE;
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgHistory) history = sg_history_new (argv[1], &error);

  if (history == NULL)
    g_printerr ("%s\n", error->message);
  for (guint number = 0; history != NULL && make_sketch (history, argv[2], number); number++)
    ;
  return 1;
}
