/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measuring the program from inside. Time counts from the start of the process as the kernel noted it, so
 * that loading the libraries is in it. */
#include "config.h"

#include "app/bench.h"

#include <adwaita.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "app/bench-ink.h"
#include "app/times.h"
#include "app/tab-window.h"

#define PLAY_SECONDS 4
#define PAUSE_SECONDS 3
#define SETTLE_SECONDS 3 /* what is loaded and laid out at first, and the frame rate */
#define FRAMES_SECONDS 8
#define EXAMPLE "Pendulum"
#define MANY_BODIES "Pendulum wave"

typedef struct
{
  SgBenchKind kind;
  GtkWindow *window;
  SgDesk *desk; /* (nullable): it is an empty window's */
  double first_frame_ms;
  guint n_widgets;      /* that were made by then */
  GArray *gaps, *works; /* double, ms: from frame to frame, and in each, while it played */
  gint64 begun_us;      /* the frame that is made, or the newest; 0: none yet */
  double fps;
  guint64 n_dropped;
  double cpu_s; /* when it was paused */
} Bench;

static void
free_bench (gpointer data)
{
  Bench *bench = data;

  g_array_unref (bench->gaps);
  g_array_unref (bench->works);
  g_free (bench);
}

/* ms since this process began. */
static double
process_age_ms (void)
{
  g_autofree char *stat = NULL;
  struct timespec now;
  unsigned long long ticks = 0;
  const char *fields;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL) || (fields = strrchr (stat, ')')) == NULL)
    return 0;
  for (int i = 0; i < 20 && fields != NULL; i++) /* the 22nd field of proc(5), the second was the name */
    fields = strchr (fields + 1, ' ');
  if (fields != NULL)
    ticks = g_ascii_strtoull (fields, NULL, 10);
  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6 - ticks * 1e3 / sysconf (_SC_CLK_TCK);
}

static double
resident_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) ||
      (line = strstr (status, "VmRSS:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

static guint
count_widgets (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);
  return n;
}

/* Of all windows, also of those that are not shown. */
static guint
count_all_widgets (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += count_widgets (window);
    }
  return n;
}

static gboolean
report_cb (gpointer data)
{
  Bench *bench = data;
  double fps = bench->kind == SG_BENCH_PLAYING ? sg_desk_get_fps (bench->desk) : 0;

  printf ("{\"first_frame_ms\": %.1f, \"widgets\": %u, \"rss_mb\": %.1f, \"fps\": %.1f}\n",
          bench->first_frame_ms, bench->n_widgets, resident_mb (), fps);
  fflush (stdout);
  gtk_window_destroy (bench->window);
  return G_SOURCE_REMOVE;
}

/* CPU time of this process, all threads. */
static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static gboolean
report_frames_cb (gpointer data)
{
  Bench *bench = data;

  printf ("{\"gap_50_ms\": %.2f, \"gap_95_ms\": %.2f, \"work_50_ms\": %.2f, \"work_95_ms\": %.2f, "
          "\"fps\": %.1f, \"dropped\": %" G_GUINT64_FORMAT ", \"paused_cpu_percent\": %.2f}\n",
          sg_times_find_share (bench->gaps, 0.5), sg_times_find_share (bench->gaps, 0.95),
          sg_times_find_share (bench->works, 0.5), sg_times_find_share (bench->works, 0.95), bench->fps,
          bench->n_dropped, 100 * (cpu_seconds () - bench->cpu_s) / PAUSE_SECONDS);
  fflush (stdout);
  gtk_window_destroy (bench->window);
  return G_SOURCE_REMOVE;
}

/* The settled picture is drawn in the meantime. */
static gboolean
paused_cb (gpointer data)
{
  Bench *bench = data;

  bench->cpu_s = cpu_seconds ();
  g_timeout_add_seconds (PAUSE_SECONDS, report_frames_cb, bench);
  return G_SOURCE_REMOVE;
}

static gboolean
played_cb (gpointer data)
{
  Bench *bench = data;

  bench->begun_us = -1;
  if (bench->kind == SG_BENCH_REDRAWN)
    {
      report_frames_cb (bench);
      return G_SOURCE_REMOVE;
    }
  bench->fps = sg_desk_get_fps (bench->desk);
  bench->n_dropped = sg_desk_get_n_dropped (bench->desk);
  sg_desk_pause (bench->desk);
  g_timeout_add_seconds (1, paused_cb, bench);
  return G_SOURCE_REMOVE;
}

static gboolean
settled_cb (gpointer data)
{
  Bench *bench = data;

  g_array_set_size (bench->gaps, 0);
  g_array_set_size (bench->works, 0);
  g_timeout_add_seconds (FRAMES_SECONDS, played_cb, bench);
  return G_SOURCE_REMOVE;
}

static void
begin_frame_cb (GdkFrameClock *clock, Bench *bench)
{
  gint64 now = g_get_monotonic_time ();
  double gap = (double)(now - bench->begun_us) / 1e3;

  if (bench->begun_us > 0)
    g_array_append_val (bench->gaps, gap);
  if (bench->begun_us >= 0)
    bench->begun_us = now;
}

static gboolean
is_of_frames (const Bench *bench)
{
  return bench->kind == SG_BENCH_FRAMES || bench->kind == SG_BENCH_SHARED;
}

static void
print_link (Bench *bench)
{
  const char *link = sg_desk_share (bench->desk);

  printf ("{\"url\": \"%s\"}\n", link ? link : "");
  fflush (stdout);
}

static void
painted_cb (GdkFrameClock *clock, Bench *bench)
{
  double work = (double)(g_get_monotonic_time () - bench->begun_us) / 1e3;

  if (bench->begun_us > 0)
    g_array_append_val (bench->works, work);
  if (bench->first_frame_ms > 0)
    return;
  bench->first_frame_ms = process_age_ms ();
  bench->n_widgets = count_all_widgets ();
  if (bench->kind == SG_BENCH_SHARED)
    print_link (bench);
  if (bench->kind == SG_BENCH_INK)
    {
      sg_bench_ink_run (bench->window, SG_CANVAS (adw_application_window_get_content (
                                         ADW_APPLICATION_WINDOW (bench->window))));
      return;
    }
  if (is_of_frames (bench) || bench->kind == SG_BENCH_REDRAWN)
    g_timeout_add_seconds (SETTLE_SECONDS, settled_cb, bench);
  else
    g_timeout_add_seconds (PLAY_SECONDS, report_cb, bench);
}

static void
mapped_cb (GtkWidget *window, Bench *bench)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "before-paint", G_CALLBACK (begin_frame_cb), bench);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), bench);
}

static gboolean
redraw_cb (GtkWidget *area, GdkFrameClock *clock, gpointer unused)
{
  gtk_widget_queue_draw (area);
  return G_SOURCE_CONTINUE;
}

/* Nothing to draw, at every frame. */
static GtkWidget *
make_redrawn (void)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_widget_add_tick_callback (area, redraw_cb, NULL, NULL);
  return area;
}

static void
activate_cb (GtkApplication *application, Bench *bench)
{
  g_signal_stop_emission_by_name (application, "activate");
  if (bench->kind == SG_BENCH_EMPTY || bench->kind == SG_BENCH_GL || bench->kind == SG_BENCH_REDRAWN ||
      bench->kind == SG_BENCH_INK)
    bench->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "application", application, "default-width",
                                  900, "default-height", 600, NULL);
  else
    {
      bench->window = GTK_WINDOW (sg_tab_window_new (SG_APPLICATION (application)));
      bench->desk = sg_tab_window_take_untouched (SG_TAB_WINDOW (bench->window));
      if (is_of_frames (bench))
        gtk_window_set_default_size (bench->window, 900, 600);
      sg_desk_play_example (bench->desk,
                            is_of_frames (bench) ? MANY_BODIES : EXAMPLE);
    }
  if (bench->kind == SG_BENCH_GL)
    adw_application_window_set_content (ADW_APPLICATION_WINDOW (bench->window), gtk_gl_area_new ());
  if (bench->kind == SG_BENCH_INK)
    adw_application_window_set_content (ADW_APPLICATION_WINDOW (bench->window),
                                        g_object_new (SG_TYPE_CANVAS, NULL));
  if (bench->kind == SG_BENCH_REDRAWN)
    adw_application_window_set_content (ADW_APPLICATION_WINDOW (bench->window), make_redrawn ());
  g_signal_connect (bench->window, "map", G_CALLBACK (mapped_cb), bench);
  gtk_window_present (bench->window);
}

void
sg_bench_start (GtkApplication *application, SgBenchKind kind)
{
  Bench *bench = g_new0 (Bench, 1);

  bench->kind = kind;
  bench->gaps = g_array_new (FALSE, FALSE, sizeof (double));
  bench->works = g_array_new (FALSE, FALSE, sizeof (double));
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_object_set_data_full (G_OBJECT (application), "bench", bench, free_bench);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), bench);
}
