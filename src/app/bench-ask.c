/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/bench-ask.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/desk-private.h"
#include "app/proposal-panel.h"
#include "app/times.h"
#include "app/tab-window.h"

#define EXAMPLE "Pendulum"
#define ROUNDS 10
#define TICK 20   /* ms */
#define REST 1000 /* ms after each thing that is done, in which what it sets off happens */
#define SETTLE 4000
#define PATIENCE 20000

typedef enum
{
  STEP_SETTLE,
  STEP_IDLE,
  STEP_SAY,
  STEP_ASK,
  STEP_ACCEPT,
  STEP_UNDO,
  N_STEPS
} Step;

typedef struct
{
  GSource source; /* of the first priority: its check begins a turn, and its prepare ends one */
  int schedstat;  /* file of the thread */
  gint64 begun_us, frame_us, frames_us;
  double longest_ms;        /* since it was last taken */
  gboolean layout;          /* GTK measures the window in this turn: under X11 that is outside of the frame */
  double longest_layout_ms; /* of such turns */
} Turns;

typedef struct
{
  SgTabWindow *window;
  SgDesk *desk;
  Turns *turns;
  Step step;
  gint64 since_us; /* when the step began */
  guint round;
  guint n_lost;           /* proposals that did not come */
  GArray *worst[N_STEPS]; /* double: the longest turn of each round */
} Bench;

/* -- Turns of the main loop -- */

/* us: a clock that stands still while the thread waits for a processor that others have (the second number
 * of /proc/PID/schedstat, Documentation/scheduler/sched-stats.rst): that is not the main loop's doing. */
static gint64
read_clock (const Turns *turns)
{
  char text[96] = "";
  const char *delay;

  if (pread (turns->schedstat, text, sizeof text - 1, 0) <= 0 || (delay = strchr (text, ' ')) == NULL)
    return g_get_monotonic_time ();
  return g_get_monotonic_time () - g_ascii_strtoll (delay, NULL, 10) / 1000;
}

static gboolean
prepare (GSource *source, int *timeout)
{
  Turns *turns = (Turns *)source;
  double ms = (double)(read_clock (turns) - turns->begun_us - turns->frames_us) / 1e3;

  if (turns->begun_us > 0 && turns->layout)
    turns->longest_layout_ms = MAX (turns->longest_layout_ms, ms);
  else if (turns->begun_us > 0)
    turns->longest_ms = MAX (turns->longest_ms, ms);
  turns->begun_us = 0;
  return FALSE;
}

static gboolean
check (GSource *source)
{
  Turns *turns = (Turns *)source;

  turns->begun_us = read_clock (turns);
  turns->frames_us = 0;
  turns->layout = FALSE;
  return FALSE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs turn_functions = { .prepare = prepare, .check = check, .dispatch = dispatch };

static void
begin_frame_cb (GdkFrameClock *clock, Turns *turns)
{
  turns->frame_us = read_clock (turns);
}

static void
end_frame_cb (GdkFrameClock *clock, Turns *turns)
{
  turns->frames_us += read_clock (turns) - turns->frame_us;
}

static void
layout_cb (GdkToplevel *toplevel, gpointer size, Turns *turns)
{
  turns->layout = TRUE;
}

static double
take_longest (Turns *turns)
{
  double longest = turns->longest_ms;

  turns->longest_ms = 0;
  return longest;
}

/* -- What is done -- */

static void
say (Bench *bench)
{
  g_autofree char *words = g_strdup_printf ("the ball is %u kg, moon gravity", 2 + bench->round);

  sg_words_bar_set_words (bench->desk->words, words);
  g_signal_emit_by_name (bench->desk->words, "applied", words);
}

static SgProposalPanel *
find_panel (Bench *bench)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (bench->desk->foot));

  while (child != NULL && !SG_IS_PROPOSAL_PANEL (child))
    child = gtk_widget_get_next_sibling (child);
  return SG_PROPOSAL_PANEL (child);
}

static void
begin_step (Bench *bench)
{
  bench->since_us = g_get_monotonic_time ();
  switch (bench->step)
    {
    case STEP_SAY:
      say (bench);
      break;
    case STEP_ASK:
      g_action_group_activate_action (sg_desk_get_actions (bench->desk), "ask", NULL);
      break;
    case STEP_ACCEPT:
      g_signal_emit_by_name (find_panel (bench), "accepted");
      break;
    case STEP_UNDO:
      g_action_group_activate_action (sg_desk_get_actions (bench->desk), "undo", NULL);
      break;
    default:
      break;
    }
}

static gboolean
is_step_over (Bench *bench)
{
  gint64 ms = (g_get_monotonic_time () - bench->since_us) / 1000;

  if (bench->step == STEP_ASK && sg_proposal_panel_get_proposal (find_panel (bench)) == NULL)
    return ms > PATIENCE;
  return ms > (bench->step == STEP_SETTLE ? SETTLE : REST);
}

static void
report (Bench *bench)
{
  static const char *const names[N_STEPS] = { NULL, "idle", "say", "ask", "accept", "undo" };

  printf ("{");
  for (Step i = STEP_IDLE; i < N_STEPS; i++)
    printf ("\"%s_ms\": %.2f, \"%s_median_ms\": %.2f, ", names[i], sg_times_find_share (bench->worst[i], 1),
            names[i], sg_times_find_share (bench->worst[i], 0.5));
  printf ("\"layout_ms\": %.2f, \"rounds\": %u, \"lost\": %u}\n", bench->turns->longest_layout_ms,
          bench->round, bench->n_lost);
  fflush (stdout);
}

static void
free_bench (Bench *bench)
{
  for (Step i = 0; i < N_STEPS; i++)
    g_array_unref (bench->worst[i]);
  g_source_destroy (&bench->turns->source);
  if (bench->turns->schedstat >= 0)
    close (bench->turns->schedstat);
  g_source_unref (&bench->turns->source);
  g_free (bench);
}

static gboolean
tick_cb (gpointer data)
{
  Bench *bench = data;
  double longest;

  if (!is_step_over (bench))
    return G_SOURCE_CONTINUE;
  longest = take_longest (bench->turns);
  g_array_append_val (bench->worst[bench->step], longest);
  if (bench->step == STEP_ASK)
    bench->n_lost += sg_proposal_panel_get_proposal (find_panel (bench)) == NULL;
  bench->step++;
  if (bench->step == N_STEPS)
    {
      bench->step = STEP_IDLE;
      bench->round++;
    }
  if (bench->round == ROUNDS)
    {
      report (bench);
      gtk_window_destroy (GTK_WINDOW (bench->window));
      free_bench (bench);
      return G_SOURCE_REMOVE;
    }
  begin_step (bench);
  return G_SOURCE_CONTINUE;
}

static void
mapped_cb (GtkWidget *window, Bench *bench)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (begin_frame_cb), bench->turns);
  g_signal_connect (clock, "after-paint", G_CALLBACK (end_frame_cb), bench->turns);
  g_signal_connect (gtk_native_get_surface (GTK_NATIVE (window)), "compute-size", G_CALLBACK (layout_cb),
                    bench->turns);
  g_source_attach (&bench->turns->source, NULL);
  bench->since_us = g_get_monotonic_time ();
  g_timeout_add (TICK, tick_cb, bench);
}

static void
activate_cb (GtkApplication *application, gpointer unused)
{
  Bench *bench = g_new0 (Bench, 1);

  g_signal_stop_emission_by_name (application, "activate");
  for (Step i = 0; i < N_STEPS; i++)
    bench->worst[i] = g_array_new (FALSE, FALSE, sizeof (double));
  bench->turns = (Turns *)g_source_new (&turn_functions, sizeof (Turns));
  bench->turns->schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  g_source_set_priority (&bench->turns->source, G_MININT);
  bench->window = sg_tab_window_new (SG_APPLICATION (application));
  bench->desk = sg_tab_window_take_untouched (bench->window);
  sg_desk_play_example (bench->desk, EXAMPLE);
  g_signal_connect (bench->window, "map", G_CALLBACK (mapped_cb), bench);
  gtk_window_present (GTK_WINDOW (bench->window));
}

void
sg_bench_ask_start (GtkApplication *application)
{
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
}
