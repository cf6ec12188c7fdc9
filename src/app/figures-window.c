/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are made once, one for each figure of the tables below; those of which nothing is known are hidden.
 * While the window shows, figures since the start are read once a second, kept ones every half minute, as
 * they are written no more often. */
#include "config.h"

#include "app/figures-window.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "app/figure-bar.h"
#include "app/text-scale.h"
#include "base/units.h"

#define LIVE_SECONDS 1
#define KEPT_SECONDS 30

typedef enum
{
  DURATION, /* SgOperation */
  HIT_RATE, /* SgCounter of hits; that of misses comes next */
  COUNT,    /* SgCounter */
  BYTES     /* SgGauge */
} Sort;

typedef struct
{
  Sort sort;
  guint figure;
  const char *name;
} Item;

static const Item reading[] = {
  { DURATION, SG_OPERATION_ANALYSIS, N_ ("Reading a drawing") },
  { DURATION, SG_OPERATION_ANALYSIS_DECODE, N_ ("Opening a picture") },
  { DURATION, SG_OPERATION_ANALYSIS_TRACE, N_ ("Finding the lines of a picture") },
  { DURATION, SG_OPERATION_ANALYSIS_MARKS, N_ ("Recognising marks") },
  { DURATION, SG_OPERATION_ANALYSIS_RELATIONS, N_ ("Finding what holds on to what") },
};
static const Item running[] = {
  { DURATION, SG_OPERATION_ASSEMBLE, N_ ("Making bodies and joints") },
  { DURATION, SG_OPERATION_COMPILE, N_ ("Preparing a run") },
  { DURATION, SG_OPERATION_SIMULATE_BATCH, N_ ("Computing motion") },
  { DURATION, SG_OPERATION_RENDER, N_ ("Drawing the scene") },
  { DURATION, SG_OPERATION_FRAME, N_ ("From one frame to the next") },
  { COUNT, SG_COUNTER_FRAMES, N_ ("Frames") },
  { COUNT, SG_COUNTER_FRAMES_LATE, N_ ("Late frames") },
  { COUNT, SG_COUNTER_STEPS, N_ ("Steps of motion") },
};
static const Item keeping[] = {
  { DURATION, SG_OPERATION_HISTORY_SAVE, N_ ("Keeping a sketch or a run") },
  { DURATION, SG_OPERATION_HISTORY_LIST, N_ ("Listing or searching") },
  { DURATION, SG_OPERATION_HISTORY_LOAD, N_ ("Opening a kept sketch") },
  { DURATION, SG_OPERATION_DATABASE_OPEN, N_ ("Opening the history") },
  { DURATION, SG_OPERATION_DATABASE_QUERY, N_ ("Asking the database") },
  { DURATION, SG_OPERATION_DATABASE_COMMIT, N_ ("Writing to disk") },
  { COUNT, SG_COUNTER_DATABASE_ERRORS, N_ ("Failures of the database") },
};
static const Item known[] = {
  { HIT_RATE, SG_COUNTER_CACHE_MEMORY_HITS, N_ ("Known in memory") },
  { HIT_RATE, SG_COUNTER_CACHE_REDIS_HITS, N_ ("Known to the shared Redis") },
  { HIT_RATE, SG_COUNTER_CACHE_DATABASE_HITS, N_ ("Known on disk") },
  { DURATION, SG_OPERATION_CACHE_MEMORY, N_ ("Looking in memory") },
  { DURATION, SG_OPERATION_CACHE_REDIS, N_ ("Asking Redis") },
  { DURATION, SG_OPERATION_CACHE_DATABASE, N_ ("Looking on disk") },
};
static const Item remote[] = {
  { DURATION, SG_OPERATION_ASSIST_REQUEST, N_ ("Asking a language model") },
  { DURATION, SG_OPERATION_STREAM_ENCODE, N_ ("Packing a frame") },
  { DURATION, SG_OPERATION_STREAM_DECODE, N_ ("Unpacking a frame") },
  { COUNT, SG_COUNTER_RATE_LIMIT_VIOLATIONS, N_ ("Requests refused as too many") },
};
static const Item room[] = {
  { BYTES, SG_GAUGE_MEMORY_RSS, N_ ("Memory in use") },
  { BYTES, SG_GAUGE_CACHE_MEMORY_BYTES, N_ ("Known answers in memory") },
  { BYTES, SG_GAUGE_DATABASE_BYTES, N_ ("The history on disk") },
};

#define GROUP(title, items)            \
  {                                    \
    title, items, G_N_ELEMENTS (items) \
  }
static const struct
{
  const char *title;
  const Item *items;
  guint n;
} groups[] = {
  GROUP (N_ ("Understanding"), reading),
  GROUP (N_ ("Running"), running),
  GROUP (N_ ("History"), keeping),
  GROUP (N_ ("Already Known"), known),
  GROUP (N_ ("Others"), remote),
  GROUP (N_ ("Room"), room),
};

typedef struct
{
  const Item *item;
  GtkWidget *row, *bar;
  GtkLabel *usual, *slow;
  AdwPreferencesGroup *group;
} Row;

struct _SgFiguresWindow
{
  AdwWindow parent_instance;
  GtkStack *stack;
  AdwPreferencesPage *page;
  GtkDropDown *span;
  GArray *rows; /* of Row */
  SgHistory *history;
  GCancellable *cancellable; /* (nullable): of the reading under way */
  guint timer;
};

G_DEFINE_FINAL_TYPE (SgFiguresWindow, sg_figures_window, ADW_TYPE_WINDOW)

/* Of the choices in the template, in seconds; 0: since the start. */
static const gint64 spans[] = { 0, 3600, 24 * 3600, 30 * 24 * 3600 };

/* -- Rows -- */

/* Returns whether there is something to tell. */
static gboolean
show_duration (Row *row, const SgHistogram *times)
{
  double usual = sg_histogram_get_quantile (times, 0.5) * 1e-9;
  double slow = sg_histogram_get_quantile (times, 0.95) * 1e-9;
  g_autofree char *first = sg_units_format (usual, "s"), *second = sg_units_format (slow, "s");
  g_autofree char *count = g_strdup_printf (
    ngettext ("%" PRIu64 " time", "%" PRIu64 " times", MIN (times->count, G_MAXULONG)),
    times->count);

  if (times->count == 0)
    return FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), count);
  gtk_label_set_label (row->usual, first);
  gtk_label_set_label (row->slow, second);
  sg_figure_bar_set_durations (SG_FIGURE_BAR (row->bar), usual, slow, times->max * 1e-9);
  return TRUE;
}

static gboolean
show_hit_rate (Row *row, guint64 hits, guint64 misses)
{
  guint64 asked = hits + misses;
  g_autofree char *share = g_strdup_printf (_ ("%.0f %%"), asked > 0 ? 100.0 * hits / asked : 0);
  g_autofree char *detail =
    g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64 " asked for"), hits, asked);

  if (asked == 0)
    return FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), detail);
  gtk_label_set_label (row->usual, share);
  sg_figure_bar_set_share (SG_FIGURE_BAR (row->bar), (double)hits / asked);
  return TRUE;
}

static gboolean
show_count (Row *row, guint64 count)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GUINT64_FORMAT, count);

  gtk_label_set_label (row->usual, text);
  return count > 0;
}

static gboolean
show_bytes (Row *row, guint64 bytes, guint64 most)
{
  g_autofree char *text = g_format_size (bytes), *peak = g_format_size (most);
  g_autofree char *detail = g_strdup_printf (_ ("at most %s"), peak);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), detail);
  gtk_label_set_label (row->usual, text);
  return bytes > 0;
}

static gboolean
show_row (Row *row, const SgFigures *figures)
{
  guint i = row->item->figure;

  switch (row->item->sort)
    {
    case DURATION:
      return show_duration (row, &figures->operations[i]);
    case HIT_RATE:
      return show_hit_rate (row, figures->counters[i], figures->counters[i + 1]);
    case COUNT:
      return show_count (row, figures->counters[i]);
    case BYTES:
      return show_bytes (row, figures->gauges[i], figures->gauge_max[i]);
    default:
      return FALSE;
    }
}

static void
show_figures (SgFiguresWindow *self, const SgFigures *figures)
{
  gboolean any = FALSE, any_of_group = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);
      gboolean is_known = show_row (row, figures);
      gboolean is_last = i + 1 == self->rows->len || row[1].group != row->group;

      gtk_widget_set_visible (row->row, is_known);
      any_of_group |= is_known;
      if (!is_last)
        continue;
      gtk_widget_set_visible (GTK_WIDGET (row->group), any_of_group);
      any |= any_of_group;
      any_of_group = FALSE;
    }
  gtk_stack_set_visible_child_name (self->stack, any ? "figures" : "empty");
}

static GtkLabel *
add_label (AdwActionRow *row, int width, const char *tooltip)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_width_chars (GTK_LABEL (label), width);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_tooltip_text (label, tooltip);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (row, label);
  return GTK_LABEL (label);
}

static void
add_row (SgFiguresWindow *self, AdwPreferencesGroup *group, const Item *item)
{
  Row row = { item, adw_action_row_new (), NULL, NULL, NULL, group };
  AdwActionRow *action_row = ADW_ACTION_ROW (row.row);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row.row), _ (item->name));
  if (item->sort == DURATION || item->sort == HIT_RATE)
    {
      row.bar = sg_figure_bar_new ();
      gtk_widget_set_valign (row.bar, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (action_row, row.bar);
    }
  row.usual = add_label (action_row, 8, item->sort == DURATION ? _ ("Half of the times are shorter") : NULL);
  if (item->sort == DURATION)
    {
      row.slow = add_label (action_row, 8, _ ("19 of 20 times are shorter"));
      gtk_widget_add_css_class (GTK_WIDGET (row.slow), "dim-label");
    }
  adw_preferences_group_add (group, row.row);
  g_array_append_val (self->rows, row);
}

static void
add_groups (SgFiguresWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

      adw_preferences_group_set_title (group, _ (groups[i].title));
      if (i == 0)
        adw_preferences_group_set_description (
          group, _ ("Half of the times are below the first figure, 19 of 20 below the second."));
      for (guint k = 0; k < groups[i].n; k++)
        add_row (self, group, &groups[i].items[k]);
      adw_preferences_page_add (self->page, group);
    }
}

/* -- Reading -- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgFiguresWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgFigures) figures = sg_history_load_metrics_finish (SG_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (figures != NULL)
    show_figures (self, figures);
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
}

static gint64
chosen_span (SgFiguresWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->span);

  return chosen < G_N_ELEMENTS (spans) ? spans[chosen] : 0;
}

static void
read_figures (SgFiguresWindow *self)
{
  gint64 span = chosen_span (self), now = g_get_real_time ();

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (span == 0 || self->history == NULL)
    {
      sg_metrics_sample_memory (sg_metrics_process ());
      g_autoptr (SgFigures) figures = sg_metrics_read (sg_metrics_process ());
      show_figures (self, figures);
      return;
    }
  self->cancellable = g_cancellable_new ();
  sg_history_load_metrics_async (self->history, now - span * G_USEC_PER_SEC, now, self->cancellable,
                                 loaded_cb, g_object_ref (self));
}

static gboolean
timer_cb (gpointer data)
{
  read_figures (data);
  return G_SOURCE_CONTINUE;
}

static void
begin_reading (SgFiguresWindow *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  read_figures (self);
  self->timer = g_timeout_add_seconds (chosen_span (self) == 0 ? LIVE_SECONDS : KEPT_SECONDS, timer_cb, self);
}

static void
span_changed_cb (GtkDropDown *span, GParamSpec *pspec, SgFiguresWindow *self)
{
  begin_reading (self);
}

static void
sg_figures_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sg_figures_window_parent_class)->map (widget);
  begin_reading (SG_FIGURES_WINDOW (widget));
}

static void
sg_figures_window_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&SG_FIGURES_WINDOW (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (sg_figures_window_parent_class)->unmap (widget);
}

static void
sg_figures_window_dispose (GObject *object)
{
  SgFiguresWindow *self = SG_FIGURES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (sg_figures_window_parent_class)->dispose (object);
}

static void
sg_figures_window_finalize (GObject *object)
{
  g_array_unref (SG_FIGURES_WINDOW (object)->rows);
  G_OBJECT_CLASS (sg_figures_window_parent_class)->finalize (object);
}

static void
sg_figures_window_class_init (SgFiguresWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_figures_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sg_figures_window_finalize;
  widget_class->map = sg_figures_window_map;
  widget_class->unmap = sg_figures_window_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/figures-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SgFiguresWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SgFiguresWindow, page);
  gtk_widget_class_bind_template_child (widget_class, SgFiguresWindow, span);
  gtk_widget_class_bind_template_callback (widget_class, span_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
sg_figures_window_init (SgFiguresWindow *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_text_scale_fit (GTK_WINDOW (self));
  add_groups (self);
}

SgFiguresWindow *
sg_figures_window_new (GtkWindow *parent, SgHistory *history)
{
  SgFiguresWindow *self = g_object_new (SG_TYPE_FIGURES_WINDOW, "transient-for", parent, NULL);

  self->history = history != NULL ? g_object_ref (history) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->span), history != NULL);
  return self;
}
