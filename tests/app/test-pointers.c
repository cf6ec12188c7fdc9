/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traces of mice, pens, fingers and palms (fixtures/traces) replayed through what decides over them and on
 * the canvas' seam: no stroke that was meant is lost, none that was not is there. */
#include "app/pointers.h"
#include "app/viewport.h"

#include <stdlib.h>

typedef struct
{
  SgPointers pointers;
  SgCanvasInput *input;
  SgJournal *journal;
  SgViewport viewport;
  SgPoint panned; /* by all but pinches, widget */
  guint n_asked;
  GHashTable *expected; /* char * to char * */
} Replay;

static const char *const devices[SG_N_DEVICES] = { "mouse", "pen", "eraser", "touch" };
static const char *const kinds[SG_N_POINTER_KINDS] = { "near", "away", "down", "move", "up", "lost", "gone" };
static const char *const buttons[] = { "", "main", "first", "second", "middle", "menu" };
static const char *const tools[SG_N_TOOLS] = { "pen", "eraser", "select", "text", "pan" };

static guint
find_name (const char *const *names, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (names[i], name))
      return i;
  g_error ("%s is in no trace", name);
}

static void
end_drag (Replay *replay)
{
  SgCanvasInputResult result = sg_canvas_input_end (replay->input);

  if (result.edit != NULL)
    sg_journal_apply (replay->journal, result.edit);
  sg_canvas_input_set_page (replay->input, sg_journal_get_page (replay->journal));
}

/* What the canvas does. */
static void
do_act (Replay *replay, const SgAct *act)
{
  SgPointerSample sample = { sg_viewport_to_page (&replay->viewport, act->at), act->pressure, act->time };

  if (act->kind == SG_ACT_BEGIN && act->tool <= SG_TOOL_SELECT)
    sg_canvas_input_begin (replay->input, act->tool, &sample, replay->viewport.zoom, act->extend);
  else if (act->kind == SG_ACT_MOVE)
    sg_canvas_input_move (replay->input, &sample);
  else if (act->kind == SG_ACT_END && act->tool <= SG_TOOL_SELECT)
    end_drag (replay);
  else if (act->kind == SG_ACT_CANCEL)
    sg_canvas_input_cancel (replay->input);
  else if (act->kind == SG_ACT_PAN)
    {
      sg_viewport_pan (&replay->viewport, act->by.x, act->by.y);
      replay->panned = sg_point_add (replay->panned, act->by);
    }
  else if (act->kind == SG_ACT_PINCH)
    {
      sg_viewport_pan (&replay->viewport, act->by.x, act->by.y);
      sg_viewport_zoom_at (&replay->viewport, act->factor, act->at);
    }
  else if (act->kind == SG_ACT_ASK)
    replay->n_asked++;
}

static void
set_member (SgPointerEvent *event, const char *name, const char *value)
{
  if (g_str_equal (name, "x"))
    event->at.x = g_ascii_strtod (value, NULL);
  else if (g_str_equal (name, "y"))
    event->at.y = g_ascii_strtod (value, NULL);
  else if (g_str_equal (name, "p"))
    event->pressure = g_ascii_strtod (value, NULL);
  else if (g_str_equal (name, "id"))
    event->id = g_ascii_strtoull (value, NULL, 10);
  else if (g_str_equal (name, "held"))
    event->held = TRUE;
  else
    event->button = find_name (buttons, G_N_ELEMENTS (buttons), value);
}

static void
replay_line (Replay *replay, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gboolean expects = g_str_equal (words[0], "expect");
  SgAct acts[SG_POINTERS_MAX_ACTS];

  if (g_str_equal (words[0], "tool"))
    {
      replay->pointers.tool = find_name (tools, SG_N_TOOLS, words[1]);
      return;
    }
  SgPointerEvent event = { .pressure = NAN, .time = g_ascii_strtod (words[0], NULL) };
  for (guint i = expects ? 1 : 3; words[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);

      if (expects)
        g_hash_table_insert (replay->expected, g_strdup (pair[0]), g_strdup (pair[1]));
      else
        set_member (&event, pair[0], pair[1]);
    }
  if (expects)
    return;
  event.device = find_name (devices, SG_N_DEVICES, words[1]);
  event.kind = find_name (kinds, SG_N_POINTER_KINDS, words[2]);
  guint n = sg_pointers_take (&replay->pointers, &event, acts);
  for (guint i = 0; i < n; i++)
    do_act (replay, &acts[i]);
}

static const char *
expected (Replay *replay, const char *name)
{
  return g_hash_table_lookup (replay->expected, name);
}

static void
check_bounds (SgRect ink, const char *bounds)
{
  g_auto (GStrv) sides = g_strsplit (bounds, ",", 4);

  g_assert_cmpfloat_with_epsilon (ink.x, g_ascii_strtod (sides[0], NULL), 0.6);
  g_assert_cmpfloat_with_epsilon (ink.y, g_ascii_strtod (sides[1], NULL), 0.6);
  g_assert_cmpfloat_with_epsilon (ink.x + ink.width, g_ascii_strtod (sides[2], NULL), 0.6);
  g_assert_cmpfloat_with_epsilon (ink.y + ink.height, g_ascii_strtod (sides[3], NULL), 0.6);
}

static void
check_pressure (SgPage *page)
{
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      guint n = 0;
      const SgInkPoint *points = sg_stroke_get_points (sg_page_get_stroke (page, i), &n);

      g_assert_cmpuint (n, >, 20);
      g_assert_cmpfloat (points[0].pressure, <, 0.1);
      g_assert_cmpfloat (points[n / 2].pressure, >, 0.7);
    }
}

static void
check (Replay *replay)
{
  SgPage *page = sg_journal_get_page (replay->journal);
  guint n_steps = 0;

  g_assert_false (replay->pointers.dragging);
  g_assert_cmpuint (replay->pointers.n_fingers, ==, 0);
  g_assert_false (sg_canvas_input_is_active (replay->input));
  g_assert_cmpint (sg_page_get_n_strokes (page), ==, atoi (expected (replay, "strokes")));
  g_assert_cmpfloat_with_epsilon (replay->viewport.zoom,
                                  g_ascii_strtod (expected (replay, "zoom") ?: "1", NULL), 0.01);
  g_assert_cmpint (replay->n_asked, ==, atoi (expected (replay, "asked") ?: "0"));
  if (expected (replay, "ink") != NULL)
    check_bounds (sg_page_get_bounds (page), expected (replay, "ink"));
  if (expected (replay, "pressed") != NULL)
    check_pressure (page);
  if (expected (replay, "pan") != NULL)
    {
      g_auto (GStrv) by = g_strsplit (expected (replay, "pan"), ",", 2);

      g_assert_cmpfloat_with_epsilon (replay->panned.x, g_ascii_strtod (by[0], NULL), 0.1);
      g_assert_cmpfloat_with_epsilon (replay->panned.y, g_ascii_strtod (by[1], NULL), 0.1);
    }
  while (sg_journal_undo (replay->journal))
    n_steps++;
  g_assert_cmpint (n_steps, ==, atoi (expected (replay, "steps")));
}

static void
test_trace (gconstpointer path)
{
  g_autoptr (SgPage) page = sg_page_new ();
  Replay replay = { .input = sg_canvas_input_new (), .journal = sg_journal_new (page) };
  g_autofree char *text = NULL;

  replay.viewport = (SgViewport){ .center = SG_POINT (400, 300), .zoom = 1, .width = 800, .height = 600 };
  replay.expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      replay_line (&replay, lines[i]);
  check (&replay);
  sg_canvas_input_free (replay.input);
  sg_journal_free (replay.journal);
  g_hash_table_unref (replay.expected);
}

/* A pen that said it came near and was then carried off must not leave the fingers dead for good. */
static void
test_silent_pen (void)
{
  SgPointers pointers = { 0 };
  SgPointerEvent near = { .kind = SG_POINTER_NEAR, .device = SG_DEVICE_PEN, .pressure = NAN, .time = 0 };
  SgPointerEvent touch = { .kind = SG_POINTER_DOWN, .device = SG_DEVICE_TOUCH, .id = 1, .pressure = NAN };
  SgAct acts[SG_POINTERS_MAX_ACTS];

  sg_pointers_take (&pointers, &near, acts);
  touch.time = 5000; /* it hovers without a tremble */
  g_assert_cmpuint (sg_pointers_take (&pointers, &touch, acts), ==, 0);
  touch.time = 60000;
  g_assert_cmpuint (sg_pointers_take (&pointers, &touch, acts), ==, 1);
  g_assert_cmpint (acts[0].tool, ==, SG_TOOL_PAN);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder =
    g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "tests", "fixtures", "traces", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".trace"))
      {
        g_autofree char *test = g_strdup_printf ("/app/pointers/%.*s", (int)strlen (name) - 6, name);

        g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_trace, g_free);
        n++;
      }
  g_assert_cmpuint (n, >=, 18);
  g_test_add_func ("/app/pointers/silent-pen", test_silent_pen);
  return g_test_run ();
}
