/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawn in the theme's colours; says nothing to assistive technology, for the figures stand beside it. */
#include "app/figure-bar.h"

#include <math.h>

#define HEIGHT 6.0f
#define LEAST_WIDTH 24 /* where a window is narrow the words need the room */
#define USUAL_WIDTH 120
#define TICK 2.0f
#define DECADES 7.0 /* 1 µs to 10 s */
#define SHORTEST 1e-6

struct _SgFigureBar
{
  GtkWidget parent_instance;
  double from, to, tick; /* 0..1 of the width; tick < 0: none */
};

G_DEFINE_FINAL_TYPE (SgFigureBar, sg_figure_bar, GTK_TYPE_WIDGET)

static double
place_of (double duration)
{
  return CLAMP (log10 (MAX (duration, SHORTEST) / SHORTEST) / DECADES, 0, 1);
}

static void
set_places (SgFigureBar *self, double from, double to, double tick)
{
  if (self->from == from && self->to == to && self->tick == tick)
    return;
  self->from = from;
  self->to = to;
  self->tick = tick;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sg_figure_bar_set_durations (SgFigureBar *self, double usual, double slow, double slowest)
{
  set_places (self, place_of (usual), place_of (slow), place_of (slowest));
}

void
sg_figure_bar_set_share (SgFigureBar *self, double share)
{
  set_places (self, 0, CLAMP (share, 0, 1), -1);
}

static void
append_piece (GtkSnapshot *snapshot, const GdkRGBA *color, float alpha, float x, float y, float width)
{
  GskRoundedRect piece;
  GdkRGBA paint = { color->red, color->green, color->blue, color->alpha * alpha };

  gsk_rounded_rect_init_from_rect (&piece, &GRAPHENE_RECT_INIT (x, y, width, HEIGHT), HEIGHT / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &piece);
  gtk_snapshot_append_color (snapshot, &paint, &piece.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
sg_figure_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SgFigureBar *self = SG_FIGURE_BAR (widget);
  float width = gtk_widget_get_width (widget), y = (gtk_widget_get_height (widget) - HEIGHT) / 2;
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA ink, accent;

  gtk_style_context_get_color (context, &ink);
  if (!gtk_style_context_lookup_color (context, "accent_color", &accent))
    accent = ink;
  append_piece (snapshot, &ink, 0.1f, 0, y, width);
  append_piece (snapshot, &accent, 1, width * self->from, y,
                MAX (HEIGHT, width * (float)(self->to - self->from)));
  if (self->tick >= 0)
    gtk_snapshot_append_color (snapshot, &ink,
                               &GRAPHENE_RECT_INIT (MIN (width * (float)self->tick, width - TICK), y - 2,
                                                    TICK, HEIGHT + 4));
}

static void
sg_figure_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? LEAST_WIDTH : (int)HEIGHT + 4;
  *natural = across ? USUAL_WIDTH : (int)HEIGHT + 4;
}

static void
sg_figure_bar_class_init (SgFigureBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = sg_figure_bar_snapshot;
  widget_class->measure = sg_figure_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sg_figure_bar_init (SgFigureBar *self)
{
  self->tick = -1;
}

GtkWidget *
sg_figure_bar_new (void)
{
  return g_object_new (SG_TYPE_FIGURE_BAR, NULL);
}
