/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hand. The spring that is seen is the one that pulls: both its ends and its force are what the
 * simulation says. Its force is told at most ten times a second. */
#include "config.h"

#include "app/view-touch.h"

#include <math.h>

#include <glib/gi18n.h>

#include "base/units.h"

#define SLIP 4.0      /* pixels that are no drag */
#define REACH 8.0     /* pixels from a thin thing within which it is meant */
#define COILS 9       /* of the spring */
#define COIL_WIDTH 6  /* pixels to either side */
#define TELL_MS 100   /* between two changes of the force's words */
#define WORDS_AWAY 16 /* pixels from the pointer */

struct _SgViewTouch
{
  GtkWidget parent_instance;
  SgSimulation *simulation;
  SgRenderer *renderer; /* (nullable) */
  GtkLabel *words;
  GtkWidget *area; /* (unowned) (nullable) */

  SgGrip grip;
  gboolean gripped; /* the pointer went down on a body */
  gboolean slid;    /* and moved */
  gboolean springs; /* begun with Shift: by a spring though nothing runs */
  gboolean pulling; /* by a spring */
  gboolean ended;   /* by Escape, whatever the pointer still does */
  gboolean holding; /* the spring stays without the pointer */
  gint64 told_us;   /* when the words were changed last */

  SgPoint from, to; /* pixels: the spring's ends, as last seen */
  gboolean seen;
};

G_DEFINE_FINAL_TYPE (SgViewTouch, sg_view_touch, GTK_TYPE_WIDGET)

/* -- The spring -- */

static void
tell_force (SgViewTouch *self, const SgSimulationStats *stats)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->told_us < TELL_MS * 1000)
    return;
  self->told_us = now;
  g_autofree char *text = sg_units_format (mju_norm3 (stats->pull_force), "N");
  gtk_label_set_label (self->words, text);
}

static gboolean
project (SgViewTouch *self, const double place[3], SgPoint *point)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  double x, y;

  if (self->renderer == NULL || !sg_renderer_project (self->renderer, place, width / height, &x, &y))
    return FALSE;
  *point = SG_POINT (x * width, y * height);
  return TRUE;
}

/* After a new state: where the spring is, and how strong. */
static void
look (SgViewTouch *self)
{
  SgSimulationStats stats;
  gboolean was_seen = self->seen;

  sg_simulation_get_stats (self->simulation, &stats);
  self->seen = stats.pull.body > 0 && project (self, stats.pull_at, &self->from) &&
               project (self, stats.pull.target, &self->to);
  if (stats.pull.body == 0)
    self->holding = FALSE;
  if (self->seen)
    tell_force (self, &stats);
  gtk_widget_set_visible (GTK_WIDGET (self->words), self->seen);
  if (self->seen || was_seen)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
draw_spring (cairo_t *cr, SgPoint from, SgPoint to)
{
  SgPoint way = sg_point_sub (to, from);
  double length = sg_point_norm (way);
  double along_x = length > 0 ? way.x / length : 1, along_y = length > 0 ? way.y / length : 0;
  double width = MIN (COIL_WIDTH, length / 4);

  cairo_move_to (cr, from.x, from.y);
  for (int i = 0; i < 2 * COILS; i++)
    {
      double share = 0.1 + 0.8 * (i + 0.5) / (2 * COILS), side = i % 2 == 0 ? width : -width;

      cairo_line_to (cr, from.x + share * way.x - side * along_y, from.y + share * way.y + side * along_x);
    }
  cairo_line_to (cr, to.x, to.y);
}

static void
sg_view_touch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SgViewTouch *self = SG_VIEW_TOUCH (widget);

  if (!self->seen)
    return;
  double x = MIN (self->from.x, self->to.x) - 20, y = MIN (self->from.y, self->to.y) - 20;
  double width = fabs (self->from.x - self->to.x) + 40, height = fabs (self->from.y - self->to.y) + 40;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, width, height));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_spring (cr, self->from, self->to);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.8); /* on whatever is behind it */
  cairo_set_line_width (cr, 4.5);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 0.75, 0.11, 0.16); /* forces are red */
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_arc (cr, self->from.x, self->from.y, 3.5, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_arc (cr, self->to.x, self->to.y, self->holding ? 6 : 3.5, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->words), snapshot);
}

static void
sg_view_touch_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SgViewTouch *self = SG_VIEW_TOUCH (widget);
  GtkRequisition size;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->words)))
    return;
  gtk_widget_get_preferred_size (GTK_WIDGET (self->words), NULL, &size);
  double x = self->to.x + WORDS_AWAY, y = self->to.y - size.height / 2.0;
  if (x + size.width > width)
    x = self->to.x - WORDS_AWAY - size.width;
  gtk_widget_size_allocate (GTK_WIDGET (self->words),
                            &(GtkAllocation){ (int)CLAMP (x, 0, MAX (width - size.width, 0)),
                                              (int)CLAMP (y, 0, MAX (height - size.height, 0)), size.width,
                                              size.height },
                            -1);
}

/* -- The hand -- */

/* A body under the pointer, or as near to it as a finger is. */
static gboolean
find_grip (SgViewTouch *self, double x, double y)
{
  double width = gtk_widget_get_width (self->area), height = gtk_widget_get_height (self->area);

  for (double reach = 0; reach <= REACH; reach += REACH / 2)
    for (int i = 0; i < (reach > 0 ? 8 : 1); i++)
      if (sg_renderer_grip (self->renderer, (x + reach * cos (i * G_PI_4)) / width,
                            (y + reach * sin (i * G_PI_4)) / height, width / height, &self->grip))
        return TRUE;
  return FALSE;
}

static GdkModifierType
get_modifiers (GtkGesture *gesture)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
}

static void
drag_begin_cb (SgViewTouch *self, double x, double y, GtkGesture *gesture)
{
  self->pulling = self->ended = FALSE;
  self->springs = (get_modifiers (gesture) & GDK_SHIFT_MASK) != 0;
  self->gripped = self->renderer != NULL && find_grip (self, x, y);
}

static void
drag_update_cb (SgViewTouch *self, double dx, double dy)
{
  SgPull pull = { .body = self->grip.body };
  double x = dx / gtk_widget_get_width (self->area), y = dy / gtk_widget_get_height (self->area);

  if (!self->gripped || self->ended || (!self->slid && hypot (dx, dy) <= SLIP))
    return;
  self->slid = TRUE;
  for (int i = 0; i < 3; i++)
    {
      pull.point[i] = self->grip.point[i];
      pull.target[i] = self->grip.at[i] + x * self->grip.right[i] - y * self->grip.up[i];
    }
  if (!self->pulling && !self->springs && !sg_simulation_get_playing (self->simulation))
    {
      sg_simulation_put (self->simulation, &pull);
      return;
    }
  self->pulling = TRUE;
  self->holding = FALSE;
  sg_simulation_pull (self->simulation, &pull);
}

static void
drag_end_cb (SgViewTouch *self, double dx, double dy, GtkGesture *gesture)
{
  self->gripped = self->slid = FALSE;
  if (!self->pulling)
    return;
  self->pulling = FALSE;
  self->holding = (get_modifiers (gesture) & GDK_SHIFT_MASK) != 0;
  if (!self->holding)
    sg_simulation_let_go (self->simulation);
  look (self);
}

static gboolean
key_cb (SgViewTouch *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape || !self->seen)
    return GDK_EVENT_PROPAGATE;
  self->pulling = self->holding = FALSE;
  self->ended = TRUE;
  sg_simulation_let_go (self->simulation);
  return GDK_EVENT_STOP;
}

gboolean
sg_view_touch_has_grip (SgViewTouch *self)
{
  return self->gripped;
}

void
sg_view_touch_attach (SgViewTouch *self, GtkWidget *area)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->area = area;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (drag));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (area, keys);
}

void
sg_view_touch_set_simulation (SgViewTouch *self, SgSimulation *simulation)
{
  g_set_object (&self->simulation, simulation);
  g_signal_connect_object (simulation, "frame-ready", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (simulation, "stats-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
}

void
sg_view_touch_set_renderer (SgViewTouch *self, SgRenderer *renderer)
{
  self->renderer = renderer;
  self->gripped = FALSE;
}

static void
sg_view_touch_dispose (GObject *object)
{
  SgViewTouch *self = SG_VIEW_TOUCH (object);

  if (self->words != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->words));
  self->words = NULL;
  g_clear_object (&self->simulation);
  G_OBJECT_CLASS (sg_view_touch_parent_class)->dispose (object);
}

static void
sg_view_touch_class_init (SgViewTouchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_view_touch_dispose;
  widget_class->snapshot = sg_view_touch_snapshot;
  widget_class->size_allocate = sg_view_touch_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "viewtouch");
}

static void
sg_view_touch_init (SgViewTouch *self)
{
  self->words = GTK_LABEL (gtk_label_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "numeric");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), _ ("The force of your hand"));
  gtk_widget_set_visible (GTK_WIDGET (self->words), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->words), GTK_WIDGET (self));
}
