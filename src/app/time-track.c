/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line. While it is dragged its head is under the pointer, wherever the simulation is by then. */
#include "config.h"

#include "app/time-track.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/units.h"

#define MARGIN 9  /* px left and right: the head's radius and some */
#define HEAD 7    /* px, radius */
#define GROOVE 4  /* px, height */
#define MARK 12   /* px, height */
#define FORK 3    /* px, radius */
#define REACH 5   /* px within which a mark is meant */
#define HEIGHT 24 /* px */

struct _SgTimeTrack
{
  GtkWidget parent_instance;
  SgSimulationStats stats;
  SgTimelineOverview *overview; /* (nullable) */
  gboolean dragging, spanning;
  double at;        /* s: the head, while it is dragged */
  double span_from; /* s: where the pointer went down with Shift */
};

enum
{
  SOUGHT,
  SPANNED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgTimeTrack, sg_time_track, GTK_TYPE_WIDGET)

/* -- Places -- */

static double
to_x (SgTimeTrack *self, double time)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN;
  double range = self->stats.last_time - self->stats.first_time;
  double share = range > 0 ? (time - self->stats.first_time) / range : 0;

  return MARGIN + CLAMP (share, 0, 1) * width;
}

/* A mark that the pointer is at is what is meant. */
static double
to_time (SgTimeTrack *self, double x)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN, 1);
  double range = self->stats.last_time - self->stats.first_time;

  for (guint i = 0; self->overview != NULL && i < self->overview->n_marks; i++)
    if (fabs (to_x (self, self->overview->marks[i].time) - x) <= REACH)
      return self->overview->marks[i].time;
  return self->stats.first_time + CLAMP ((x - MARGIN) / width, 0, 1) * range;
}

static const SgTimelineBranch *
find_branch (SgTimeTrack *self, guint id)
{
  for (guint i = 0; self->overview != NULL && i < self->overview->n_branches; i++)
    if (self->overview->branches[i].id == id)
      return &self->overview->branches[i];
  return NULL;
}

/* Whether the line shows that time of that branch: it is the current one's, or of its past. */
static gboolean
is_shown (SgTimeTrack *self, guint id, double time)
{
  const SgTimelineBranch *branch = find_branch (self, self->stats.branch);

  while (branch != NULL && branch->id != id && time <= branch->first_time)
    branch = find_branch (self, branch->parent);
  return branch != NULL && branch->id == id;
}

/* -- Drawing -- */

static void
draw_dot (GtkSnapshot *snapshot, double x, double y, double radius, const GdkRGBA *color)
{
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (
    &circle, &GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, color, &circle.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_groove (GtkSnapshot *snapshot, double from, double to, double y, double height, const GdkRGBA *color)
{
  GskRoundedRect bar;

  gsk_rounded_rect_init_from_rect (
    &bar, &GRAPHENE_RECT_INIT (from, y - height / 2, MAX (to - from, height), height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, color, &bar.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_marks_and_forks (SgTimeTrack *self, GtkSnapshot *snapshot, double middle, GdkRGBA ink)
{
  GdkRGBA orange;

  gdk_rgba_parse (&orange, "#e66100");
  for (guint i = 0; i < self->overview->n_branches; i++)
    {
      const SgTimelineBranch *branch = &self->overview->branches[i];

      if (branch->parent != 0 && !is_shown (self, branch->id, branch->last_time) &&
          is_shown (self, branch->parent, branch->first_time))
        draw_dot (snapshot, to_x (self, branch->first_time), middle - 8, FORK, &ink);
    }
  for (guint i = 0; i < self->overview->n_marks; i++)
    {
      const SgTimelineMark *mark = &self->overview->marks[i];
      double x = round (to_x (self, mark->time));

      if (is_shown (self, mark->branch, mark->time))
        gtk_snapshot_append_color (snapshot, &orange,
                                   &GRAPHENE_RECT_INIT (x - 1.5f, middle - MARK / 2.0f, 3, MARK));
    }
}

static void
sg_time_track_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SgTimeTrack *self = SG_TIME_TRACK (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  double middle = gtk_widget_get_height (widget) / 2.0, width = gtk_widget_get_width (widget);
  double from = self->stats.loop_from, to = self->stats.loop_to;
  GdkRGBA ink, accent, faint, band;

  gtk_style_context_get_color (style, &ink);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = ink;
  faint = band = ink;
  faint.alpha *= 0.18f;
  band = accent;
  band.alpha *= 0.3f;
  if (self->spanning)
    {
      from = MIN (self->span_from, self->at);
      to = MAX (self->span_from, self->at);
    }
  double head = to_x (self, self->dragging ? self->at : self->stats.time);
  if (from < to)
    draw_groove (snapshot, to_x (self, from), to_x (self, to), middle, MARK, &band);
  draw_groove (snapshot, MARGIN, width - MARGIN, middle, GROOVE, &faint);
  draw_groove (snapshot, MARGIN, head, middle, GROOVE, &accent);
  ink.alpha *= 0.7f;
  if (self->overview != NULL)
    draw_marks_and_forks (self, snapshot, middle, ink);
  draw_dot (snapshot, head, middle, HEAD, &accent);
}

static void
sg_time_track_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : HEIGHT;
}

/* -- The pointer -- */

static void
go (SgTimeTrack *self, double x)
{
  self->at = to_time (self, x);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!self->spanning)
    g_signal_emit (self, signals[SOUGHT], 0, self->at);
}

static void
drag_begin_cb (SgTimeTrack *self, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (!(self->stats.first_time < self->stats.last_time))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->dragging = TRUE;
  self->spanning = (state & GDK_SHIFT_MASK) != 0;
  self->span_from = to_time (self, x);
  go (self, x);
}

static void
drag_update_cb (SgTimeTrack *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x, y;

  if (self->dragging && gtk_gesture_drag_get_start_point (gesture, &x, &y))
    go (self, x + dx);
}

static void
drag_end_cb (SgTimeTrack *self)
{
  if (self->spanning && self->at != self->span_from)
    g_signal_emit (self, signals[SPANNED], 0, MIN (self->span_from, self->at),
                   MAX (self->span_from, self->at));
  self->stats.time = self->at;
  self->dragging = self->spanning = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
sg_time_track_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  SgTimeTrack *self = SG_TIME_TRACK (widget);
  double time = keyboard ? self->stats.time : to_time (self, x);
  g_autofree char *when = sg_units_format_time (time);
  const char *name = NULL;

  for (guint i = 0; self->overview != NULL && i < self->overview->n_marks; i++)
    if (self->overview->marks[i].time == time && self->overview->marks[i].name != NULL)
      name = self->overview->marks[i].name;
  /* Translators: a time, and what to do there; the second one with a mark's name before */
  g_autofree char *text = name == NULL
                            ? g_strdup_printf (_ ("%s – drag to go there, with Shift to loop"), when)
                            : g_strdup_printf ("%s – %s", name, when);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* -- What is shown -- */

static void
describe (SgTimeTrack *self)
{
  g_autofree char *now = sg_units_format_time (self->stats.time);
  g_autofree char *end = sg_units_format_time (self->stats.last_time);
  /* Translators: simulated times, as in "0:04.52 of 1:10.00" */
  g_autofree char *text = g_strdup_printf (_ ("%s of %s"), now, end);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  self->stats.first_time, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  self->stats.last_time, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->stats.time,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

void
sg_time_track_show (SgTimeTrack *self, const SgSimulationStats *stats, SgTimelineOverview *overview)
{
  g_clear_pointer (&self->overview, sg_timeline_overview_unref);
  self->overview = overview != NULL ? g_atomic_rc_box_acquire (overview) : NULL;
  self->stats = *stats;
  gtk_widget_set_sensitive (GTK_WIDGET (self), stats->first_time < stats->last_time);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
sg_time_track_dispose (GObject *object)
{
  SgTimeTrack *self = SG_TIME_TRACK (object);

  g_clear_pointer (&self->overview, sg_timeline_overview_unref);
  G_OBJECT_CLASS (sg_time_track_parent_class)->dispose (object);
}

static void
sg_time_track_class_init (SgTimeTrackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_time_track_dispose;
  widget_class->snapshot = sg_time_track_snapshot;
  widget_class->measure = sg_time_track_measure;
  widget_class->query_tooltip = sg_time_track_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "timetrack");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  signals[SOUGHT] =
    g_signal_new ("sought", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SPANNED] = g_signal_new ("spanned", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
sg_time_track_init (SgTimeTrack *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Timeline"), -1);
}
