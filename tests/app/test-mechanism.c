/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a drawing to runs in the history, with all that is known of them. */
#include "app/mechanism.h"

#include <string.h>

#include "app/run-figures.h"
#include "open-document.h"
#include "sketch/file.h"

static SgPage *
load_example (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", name, NULL);
  SgPage *page = sg_sketch_file_load (path, &error);

  g_assert_no_error (error);
  return page;
}

/* Until that simulated time; each frame is drawn, as a window does. */
static void
play_on (SgMechanism *mechanism, double until)
{
  SgSimulation *simulation = sg_mechanism_get_simulation (mechanism);
  SgSimulationStats stats = { 0 };

  while (stats.time < until)
    {
      g_main_context_iteration (NULL, TRUE);
      sg_simulation_read_snapshot (simulation, NULL);
      sg_simulation_get_stats (simulation, &stats);
    }
}

/* Plays for so many simulated seconds. */
static void
play (SgMechanism *mechanism, double seconds)
{
  SgSimulationStats stats = { 0 };

  sg_simulation_get_stats (sg_mechanism_get_simulation (mechanism), &stats);
  g_assert_true (sg_mechanism_play (mechanism));
  play_on (mechanism, stats.time + seconds);
}

static void
wait_for_scene (SgMechanism *mechanism)
{
  while (sg_mechanism_get_scene (mechanism) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Newest first. */
static GPtrArray *
find_runs (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  const SgRunQuery query = { .limit = 10 };
  GPtrArray *runs = sg_history_find_runs (f->history, &query, &error);

  g_assert_no_error (error);
  return runs;
}

static void
test_run_is_told_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgMechanism) mechanism = sg_mechanism_new (f->document, f->keeper, NULL);
  g_autoptr (SgPage) page = load_example ("double-pendulum.simgen");

  sg_document_replace (f->document, page, 0, NULL);
  wait_for_scene (mechanism);
  play (mechanism, 0.3);
  sg_mechanism_pause (mechanism);
  settle (f);
  sg_history_flush (f->history);
  g_autoptr (GPtrArray) runs = find_runs (f);
  g_assert_cmpuint (runs->len, ==, 1);
  g_autoptr (SgRunEntry) run =
    sg_history_get_run (f->history, ((SgRunEntry *)runs->pdata[0])->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (run->status, ==, "stopped");
  g_assert_cmpint (run->sketch_id, ==, sg_document_get_sketch_id (f->document));
  g_assert_cmpfloat (run->simulated, >=, 0.3);
  g_assert_cmpuint (run->frames, >, 3);
  g_assert_cmpuint (run->frames, <=, run->steps);
  g_assert_nonnull (strstr (run->mjcf, "<mujoco"));
  g_assert_nonnull (strstr (run->spec, "simgen-spec"));
  g_assert_cmpstr (run->model_version, !=, NULL);
  g_assert_cmpstr (run->library_version, ==, mj_versionString ());
  SgRunFigures figures = sg_run_figures_parse (run->result);
  g_assert_cmpuint (figures.n_bodies, ==, 2);
  g_assert_false (figures.carried);

  /* its picture is of what ran, whatever is drawn then */
  draw_line (f, 300);
  settle (f);
  g_autoptr (GPtrArray) later = find_runs (f);
  g_autoptr (SgHistoryEntry) sketch = sg_history_get_entry (f->history, run->sketch_id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (((SgRunEntry *)later->pdata[0])->thumbnail, run->thumbnail));
  g_assert_false (g_bytes_equal (sketch->thumbnail, run->thumbnail));
}

/* It ended before its sketch was in the history for the first time. */
static void
test_short_run (Fixture *f, gconstpointer data)
{
  g_autoptr (SgMechanism) mechanism = sg_mechanism_new (f->document, f->keeper, NULL);
  g_autoptr (SgPage) page = load_example ("pendulum.simgen");

  sg_document_replace (f->document, page, 0, NULL);
  wait_for_scene (mechanism);
  for (int i = 0; i < 2; i++)
    {
      play (mechanism, 0.02);
      sg_mechanism_pause (mechanism);
    }
  g_assert_cmpint (sg_document_get_sketch_id (f->document), ==, 0);
  settle (f);
  sg_history_flush (f->history);
  g_autoptr (GPtrArray) runs = find_runs (f);
  g_assert_cmpuint (runs->len, ==, 2);
}

/* Another sketch takes its place while it runs: the run is the first one's. */
static void
test_replaced_amid_a_run (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgMechanism) mechanism = sg_mechanism_new (f->document, f->keeper, NULL);
  g_autoptr (SgPage) page = load_example ("pendulum.simgen"), other = load_example ("car.simgen");
  gint64 other_id = sg_history_save_sketch (f->history, 0, other, NULL, &error);

  g_assert_no_error (error);
  sg_document_replace (f->document, page, 0, NULL);
  wait_for_scene (mechanism);
  play (mechanism, 0.02);
  sg_document_replace (f->document, other, other_id, NULL);
  g_assert_false (sg_mechanism_get_playing (mechanism));
  settle (f);
  sg_history_flush (f->history);
  g_autoptr (GPtrArray) runs = find_runs (f);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_cmpint (((SgRunEntry *)runs->pdata[0])->sketch_id, !=, other_id);
}

/* A change that cannot be compiled: the old mechanism runs on, and it is said why; until one can be. */
static void
test_failed_edit (Fixture *f, gconstpointer data)
{
  g_autoptr (SgMechanism) mechanism = sg_mechanism_new (f->document, f->keeper, NULL);
  g_autoptr (SgPage) page = load_example ("pendulum.simgen");
  SgSimulation *simulation = sg_mechanism_get_simulation (mechanism);
  SgSimulationStats before, after;
  SgScene *scene;

  sg_document_replace (f->document, page, 0, NULL);
  wait_for_scene (mechanism);
  play (mechanism, 0.1);
  scene = sg_mechanism_get_scene (mechanism);
  sg_document_set_words (f->document, "\xff"); /* no text */
  while (sg_mechanism_get_error (mechanism) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sg_mechanism_get_scene (mechanism) == scene);
  g_assert_true (sg_mechanism_get_playing (mechanism));
  sg_simulation_get_stats (simulation, &before);
  play_on (mechanism, before.time + 0.1);
  sg_simulation_get_stats (simulation, &after);
  g_assert_true (after.playing);

  sg_document_set_words (f->document, "moon gravity");
  while (sg_mechanism_get_scene (mechanism) == scene)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (sg_mechanism_get_error (mechanism));
  g_assert_true (sg_mechanism_get_playing (mechanism));
  sg_simulation_get_stats (simulation, &before);
  g_assert_cmpfloat (before.time, >=, after.time);
  sg_mechanism_pause (mechanism);
}

/* Changed while it is paused amid a run it stays there; another sketch begins at its start. */
static void
test_edit_paused (Fixture *f, gconstpointer data)
{
  g_autoptr (SgMechanism) mechanism = sg_mechanism_new (f->document, f->keeper, NULL);
  g_autoptr (SgPage) page = load_example ("pendulum.simgen"), other = load_example ("car.simgen");
  SgSimulation *simulation = sg_mechanism_get_simulation (mechanism);
  SgSimulationStats before, after;
  SgScene *scene;

  sg_document_replace (f->document, page, 0, NULL);
  wait_for_scene (mechanism);
  play (mechanism, 0.2);
  sg_mechanism_pause (mechanism);
  sg_simulation_sync (simulation);
  sg_simulation_get_stats (simulation, &before);
  scene = sg_mechanism_get_scene (mechanism);
  sg_document_set_words (f->document, "moon gravity");
  while (sg_mechanism_get_scene (mechanism) == scene)
    g_main_context_iteration (NULL, TRUE);
  sg_simulation_sync (simulation);
  sg_simulation_get_stats (simulation, &after);
  g_assert_cmpfloat (after.time, ==, before.time);
  g_assert_cmpfloat (after.energy[1], >, 0.9 * before.energy[1]); /* as fast, a step on */
  g_assert_false (after.playing);

  scene = sg_mechanism_get_scene (mechanism);
  sg_document_set_words (f->document, "\xff"); /* no text */
  while (sg_mechanism_get_error (mechanism) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sg_mechanism_get_scene (mechanism) == scene);

  sg_document_replace (f->document, other, 0, NULL);
  while (sg_mechanism_get_scene (mechanism) == scene)
    g_main_context_iteration (NULL, TRUE);
  sg_simulation_sync (simulation);
  sg_simulation_get_stats (simulation, &after);
  g_assert_cmpfloat (after.time, ==, 0);
}

/* A ball that is not quite round is read as one at the pen's lifting, and played: the page has the very
 * strokes that were drawn, and no step to undo but the drawing. */
static void
test_reading_leaves_the_ink (Fixture *f, gconstpointer data)
{
  g_autoptr (SgMechanism) mechanism = sg_mechanism_new (f->document, f->keeper, NULL);
  g_autoptr (SgPage) empty = sg_page_ref (sg_document_get_page (f->document));
  SgInkPoint points[49];
  SgEdit *edit = sg_edit_new ();

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (SgInkPoint){ 200 + 40 * cos (i / 7.6) + i % 3, 200 + 38 * sin (i / 7.6), NAN, NAN };
  g_autoptr (SgStroke) stroke = sg_stroke_new (3, NULL, points, G_N_ELEMENTS (points), NULL);
  sg_edit_add_stroke (edit, stroke);
  sg_document_apply (f->document, edit);
  wait_for_scene (mechanism);
  play (mechanism, 0.1);
  sg_mechanism_pause (mechanism);
  g_assert_cmpuint (sg_page_get_n_strokes (sg_document_get_page (f->document)), ==, 1);
  g_assert_true (sg_page_get_stroke (sg_document_get_page (f->document), 0) == stroke);
  sg_document_undo (f->document);
  g_assert_cmpuint (sg_page_get_n_strokes (sg_document_get_page (f->document)), ==,
                    sg_page_get_n_strokes (empty));
}

#define ADD(path, func) g_test_add ("/app/mechanism/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reading-leaves-the-ink", test_reading_leaves_the_ink);
  ADD ("run-is-told-whole", test_run_is_told_whole);
  ADD ("short-run", test_short_run);
  ADD ("failed-edit", test_failed_edit);
  ADD ("edit-paused", test_edit_paused);
  ADD ("replaced-amid-a-run", test_replaced_amid_a_run);
  return g_test_run ();
}
