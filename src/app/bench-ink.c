/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First nothing is drawn, for comparison. Then a few strokes are drawn on pages of 100, 2,000 and 5,000,
 * some samples at every frame; what was drawn at 2,000 is undone and done again. Times are of the main
 * thread: from an event to where the canvas has painted what came of it, without the composing of the
 * window, which is the toolkit's. */
#include "config.h"

#include "app/bench-ink.h"

#include <adwaita.h>
#include <stdio.h>

#include "app/canvas-private.h"
#include "app/times.h"

#define N_STROKES 24 /* drawn on each page */
#define FRAMES_A_STROKE 12
#define SAMPLES_A_FRAME 3 /* a pen of 180 Hz */
#define SETTLE_FRAMES 30
#define N_UNDONE 20
#define N_PHASES 3
#define EMPTY_FRAMES 150 /* of an empty area, before */

static const guint pages[N_PHASES] = { 100, 2000, 5000 };

typedef struct
{
  GtkWindow *window;
  SgCanvas *canvas;
  SgDocument *document;
  GtkWidget *empty;   /* (nullable): shown in the canvas' place at first */
  guint phase, frame; /* of the phase */
  gint64 asked_us;    /* what the frame under way answers; 0: nothing */
  gint64 handled_us;  /* in handling events, since made */
  gint64 stroke_us;   /* in events and painting of the canvas, at the stroke's begin */
  gint64 frame_us;    /* the same at the frame's */
  gint64 begun_us;    /* the frame, before its first phase */
  gint64 last_frame_us;
  GArray *events, *frames, *owns, *intervals, *empties, *undos; /* double, ms */
  GArray *strokes[N_PHASES];
} Ink;

static SgPage *
make_page (guint n)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (n);

  for (guint i = 0; i < n; i++)
    {
      SgInkPoint points[40];
      double x = g_rand_double_range (random, 0, 1000), y = g_rand_double_range (random, 0, 700);
      double turn = g_rand_double_range (random, -0.2, 0.2), angle = g_rand_double_range (random, 0, 6);

      for (guint k = 0; k < G_N_ELEMENTS (points); k++, angle += turn)
        {
          points[k] = (SgInkPoint){ round (x * 100) / 100, round (y * 100) / 100, 0.7, 8 * k };
          x += 1.5 * cos (angle);
          y += 1.5 * sin (angle);
        }
      sg_page_builder_take_stroke (builder,
                                   sg_stroke_new (SG_PEN_WIDTH, NULL, points, G_N_ELEMENTS (points), NULL));
    }
  return sg_page_builder_end (builder);
}

static void
add_ms (GArray *times, gint64 us)
{
  double ms = us / 1e3;

  g_array_append_val (times, ms);
}

static void
play (Ink *ink, SgPointerKind kind, guint frame, guint sample)
{
  guint stroke = frame / FRAMES_A_STROKE;
  double along = frame % FRAMES_A_STROKE + sample / (double)SAMPLES_A_FRAME;
  SgPointerEvent event = { .kind = kind, .device = SG_DEVICE_PEN, .button = SG_BUTTON_MAIN, .held = TRUE };
  gint64 before = g_get_monotonic_time ();

  event.at = SG_POINT (60 + 37 * (stroke % 9) + 6 * along, 140 + 53 * (stroke % 7) + 14 * sin (along));
  event.pressure = 0.3 + 0.04 * along;
  event.time = before / 1000.0;
  sg_canvas_take_event (ink->canvas, &event);
  ink->handled_us += g_get_monotonic_time () - before;
}

/* In events and painting so far. */
static gint64
own_us (Ink *ink)
{
  return ink->handled_us + sg_canvas_get_figures (ink->canvas).painting_us;
}

/* The samples that a pen sends between two frames. */
static void
draw (Ink *ink, guint frame)
{
  guint at = frame % FRAMES_A_STROKE;

  if (at == 0)
    {
      ink->stroke_us = own_us (ink);
      play (ink, SG_POINTER_DOWN, frame, 0);
    }
  else if (at < FRAMES_A_STROKE - 2)
    for (guint i = 0; i < SAMPLES_A_FRAME; i++)
      play (ink, SG_POINTER_MOVE, frame, i);
  else if (at == FRAMES_A_STROKE - 2)
    play (ink, SG_POINTER_UP, frame, 0);
}

static void
report (Ink *ink)
{
  double few = sg_times_find_share (ink->strokes[0], 0.5),
         many = sg_times_find_share (ink->strokes[N_PHASES - 1], 0.5);

  double interval = sg_times_find_share (ink->intervals, 0.95),
         empty = sg_times_find_share (ink->empties, 0.95);

  printf ("{\"event_95_ms\": %.2f, \"frame_95_ms\": %.2f, \"own_95_ms\": %.2f, \"interval_95_ms\": %.2f, "
          "\"empty_interval_95_ms\": %.2f, \"interval_ratio\": %.3f, \"undo_95_ms\": %.2f, "
          "\"stroke_100_ms\": %.2f, \"stroke_5000_ms\": %.2f, \"stroke_ratio\": %.3f}\n",
          sg_times_find_share (ink->events, 0.95), sg_times_find_share (ink->frames, 0.95),
          sg_times_find_share (ink->owns, 0.95), interval, empty, interval / MAX (empty, 1e-3),
          sg_times_find_share (ink->undos, 0.95), few, many, many / MAX (few, 1e-3));
  fflush (stdout);
  gtk_window_destroy (ink->window);
}

/* TRUE once the phase is over. */
static gboolean
advance (Ink *ink)
{
  guint frame = ink->frame++;

  if (frame == 0)
    {
      g_autoptr (SgPage) page = make_page (pages[ink->phase]);

      sg_document_replace (ink->document, page, 0, NULL);
    }
  if (frame < SETTLE_FRAMES)
    return FALSE;
  frame -= SETTLE_FRAMES;
  ink->asked_us = g_get_monotonic_time ();
  if (frame < N_STROKES * FRAMES_A_STROKE)
    {
      draw (ink, frame);
      return FALSE;
    }
  frame -= N_STROKES * FRAMES_A_STROKE;
  if (pages[ink->phase] != 2000 || frame >= 2 * N_UNDONE)
    return TRUE;
  if (frame % 2 == 0)
    sg_document_undo (ink->document);
  else
    sg_document_redo (ink->document);
  return FALSE;
}

/* FALSE once it has been seen often enough. */
static gboolean
show_empty (Ink *ink)
{
  if (ink->empty == NULL)
    return FALSE;
  gtk_widget_queue_draw (ink->empty);
  if (ink->empties->len < EMPTY_FRAMES)
    return TRUE;
  ink->empty = NULL;
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (ink->window), GTK_WIDGET (ink->canvas));
  return TRUE;
}

static gboolean
tick_cb (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Ink *ink = data;

  ink->asked_us = 0;
  ink->frame_us = own_us (ink);
  if (show_empty (ink))
    return G_SOURCE_CONTINUE;
  if (advance (ink))
    {
      ink->frame = 0;
      if (++ink->phase == N_PHASES)
        {
          report (ink);
          return G_SOURCE_REMOVE;
        }
    }
  gtk_widget_queue_draw (GTK_WIDGET (ink->canvas));
  return G_SOURCE_CONTINUE;
}

static void
begin_frame_cb (GdkFrameClock *clock, Ink *ink)
{
  ink->begun_us = g_get_monotonic_time ();
}

static void
painted_cb (GdkFrameClock *clock, Ink *ink)
{
  SgCanvasFigures figures = sg_canvas_get_figures (ink->canvas);
  gint64 now = g_get_monotonic_time (), gap = now - ink->last_frame_us;
  guint frame = ink->frame - 1 - SETTLE_FRAMES;

  ink->last_frame_us = now;
  if (ink->empty != NULL && now > gap)
    add_ms (ink->empties, gap);
  if (ink->asked_us == 0 || ink->frame <= SETTLE_FRAMES || figures.painted_us < ink->asked_us)
    return;
  if (frame < N_STROKES * FRAMES_A_STROKE && frame % FRAMES_A_STROKE == FRAMES_A_STROKE - 1)
    add_ms (ink->strokes[ink->phase], own_us (ink) - ink->stroke_us);
  if (pages[ink->phase] != 2000)
    return;
  add_ms (frame < N_STROKES * FRAMES_A_STROKE ? ink->events : ink->undos, figures.painted_us - ink->asked_us);
  if (frame >= N_STROKES * FRAMES_A_STROKE)
    return;
  add_ms (ink->intervals, gap);
  add_ms (ink->frames, now - ink->begun_us);
  add_ms (ink->owns, own_us (ink) - ink->frame_us);
}

static void
free_ink (gpointer data)
{
  Ink *ink = data;

  g_object_unref (ink->document);
  g_array_unref (ink->events);
  g_array_unref (ink->frames);
  g_array_unref (ink->owns);
  g_array_unref (ink->intervals);
  g_array_unref (ink->empties);
  g_object_unref (ink->canvas);
  g_array_unref (ink->undos);
  for (guint i = 0; i < N_PHASES; i++)
    g_array_unref (ink->strokes[i]);
  g_free (ink);
}

void
sg_bench_ink_run (GtkWindow *window, SgCanvas *canvas)
{
  Ink *ink = g_new0 (Ink, 1);

  ink->window = window;
  ink->canvas = g_object_ref (canvas);
  ink->document = sg_document_new (NULL);
  sg_canvas_set_document (canvas, ink->document);
  ink->events = g_array_new (FALSE, FALSE, sizeof (double));
  ink->frames = g_array_new (FALSE, FALSE, sizeof (double));
  ink->owns = g_array_new (FALSE, FALSE, sizeof (double));
  ink->intervals = g_array_new (FALSE, FALSE, sizeof (double));
  ink->empties = g_array_new (FALSE, FALSE, sizeof (double));
  ink->undos = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < N_PHASES; i++)
    ink->strokes[i] = g_array_new (FALSE, FALSE, sizeof (double));
  g_object_set_data_full (G_OBJECT (window), "bench-ink", ink, free_ink);
  ink->empty = gtk_drawing_area_new ();
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), ink->empty);
  gtk_widget_add_tick_callback (GTK_WIDGET (window), tick_cb, ink, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "before-paint",
                    G_CALLBACK (begin_frame_cb), ink);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb),
                    ink);
}
