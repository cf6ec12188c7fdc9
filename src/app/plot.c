/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plot, laid out anew each time it is drawn:
 *
 *   title                       (row of text)
 *   legend, or values at the mark
 *   labels | area               labels of y beside their grid lines
 *          | labels of x
 */
#include "config.h"

#include "app/plot.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app/plot-scale.h"

#define MIN_WIDTH 200
#define WIDTH 320
#define HEIGHT 220
#define MIN_HEIGHT 120
#define GAP 6.0        /* px between words and what they are about */
#define LABEL_GAP 26.0 /* px between labels of an axis */
#define SWATCH 22.0    /* px of a line in the legend */
#define LINE_WIDTH 1.75
#define BLANK_WORDS N_ ("Press Play to measure")
#define FROM_THE_LEFT "\342\200\216" /* U+200E: in every language a minus stands before its number */
#define KEY_STEPS 50                 /* presses from one end to the other */

typedef struct
{
  char *name;
  double *x, *y, *high; /* n; the latter (nullable) */
  guint n;
} Line;

struct _SgPlot
{
  GtkWidget parent_instance;
  char *title, *unit, *x_title, *x_unit;
  Line lines[SG_PLOT_MAX_LINES];
  guint n_lines;
  double low[2], high[2]; /* of all lines' x, y */
  double mark;            /* x that is read; NAN: none */
  guint mark_point;       /* in a trace: of its first line */
  double pointer[2];      /* px; NAN: not over it, or the keyboard marks */
  double now;             /* NAN: none */
  double span[2];         /* of x; NAN: by the lines */
  gboolean trace;
  SgUnitSystem units;
  double factors[2];    /* of the units that are shown, how many one SI unit is; x, y */
  graphene_rect_t area; /* of the last drawing */
};

G_DEFINE_FINAL_TYPE (SgPlot, sg_plot, GTK_TYPE_WIDGET)

/* -- Colours -- */

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

GdkRGBA
sg_plot_get_color (guint i)
{
  /* apart to colour-blind eyes, too, by lightness (after Okabe and Ito) */
  static const char *const light[SG_PLOT_MAX_LINES] = { "#1a5fb4", "#c64600", "#007a5a",
                                                        "#a3478a", "#8a6d00", "#5e5c64" };
  static const char *const dark[SG_PLOT_MAX_LINES] = { "#78aeed", "#ffa348", "#57d3a8",
                                                       "#e39ccb", "#f0d24a", "#c0bfbc" };
  GdkRGBA color;

  gdk_rgba_parse (&color, (is_dark () ? dark : light)[i % SG_PLOT_MAX_LINES]);
  return color;
}

static GdkRGBA
fade (GdkRGBA color, float alpha)
{
  color.alpha *= alpha;
  return color;
}

/* -- What is drawn -- */

static void
line_clear (Line *line)
{
  g_clear_pointer (&line->name, g_free);
  g_clear_pointer (&line->x, g_free);
  g_clear_pointer (&line->y, g_free);
  g_clear_pointer (&line->high, g_free);
  line->n = 0;
}

static void
extend (double *low, double *high, double value)
{
  if (!isfinite (value))
    return;
  *low = MIN (*low, value);
  *high = MAX (*high, value);
}

static void
measure_lines (SgPlot *self)
{
  for (guint k = 0; k < 2; k++)
    {
      self->low[k] = INFINITY;
      self->high[k] = -INFINITY;
    }
  for (guint i = 0; i < self->n_lines; i++)
    for (guint j = 0; j < self->lines[i].n; j++)
      {
        extend (&self->low[0], &self->high[0], self->lines[i].x[j]);
        extend (&self->low[1], &self->high[1], self->lines[i].y[j]);
        if (self->lines[i].high != NULL)
          extend (&self->low[1], &self->high[1], self->lines[i].high[j]);
      }
  if (isfinite (self->span[0]) && isfinite (self->span[1]))
    {
      self->low[0] = self->span[0];
      self->high[0] = self->span[1];
    }
}

/* Ticks of an axis, 0: x. */
static SgPlotTicks
fit_prefix (SgPlot *self, guint k, SgPlotTicks ticks)
{
  if (!sg_units_take_prefix (k == 0 ? self->x_unit : self->unit))
    sg_plot_ticks_drop_prefix (&ticks);
  return ticks;
}

static char *
with_unit (const char *number, const char *prefix, const char *unit)
{
  return g_strdup_printf ("%s %s%s", number, prefix, unit);
}

/* "2.41 J"; as many digits as the axis has and one more. */
static char *
say_value (SgPlot *self, guint k, double value)
{
  SgPlotTicks ticks = fit_prefix (self, k,
                                  k == 0 ? sg_plot_ticks_within (self->low[0], self->high[0], 6)
                                         : sg_plot_ticks_around (self->low[1], self->high[1], 6));
  g_autofree char *number = sg_plot_ticks_readout (&ticks, value);

  return with_unit (number, ticks.prefix, k == 0 ? self->x_unit : self->unit);
}

static double
value_at_mark (SgPlot *self, guint i)
{
  if (self->trace)
    return i == 0 && self->mark_point < self->lines[0].n ? self->lines[0].y[self->mark_point] : NAN;
  return sg_plot_interpolate (self->lines[i].x, self->lines[i].y, self->lines[i].n, self->mark);
}

/* For who does not see it: the curves' first and last values, or those at the mark. */
static gboolean
is_blank (SgPlot *self)
{
  for (guint i = 0; i < self->n_lines; i++)
    if (self->lines[i].n > 0)
      return FALSE;
  return TRUE;
}

static void
describe (SgPlot *self)
{
  GString *text = g_string_new (NULL);

  if (!isnan (self->mark))
    {
      g_autofree char *at = say_value (self, 0, self->mark);

      g_string_append_printf (text, "%s %s. ", self->x_title, at);
    }
  if (is_blank (self))
    g_string_append (text, _ (BLANK_WORDS));
  for (guint i = 0; i < self->n_lines; i++)
    {
      const Line *line = &self->lines[i];
      g_autofree char *first = line->n > 0 ? say_value (self, 1, line->y[0]) : NULL;
      g_autofree char *last = line->n > 0 ? say_value (self, 1, line->y[line->n - 1]) : NULL;
      g_autofree char *there = say_value (self, 1, value_at_mark (self, i));

      if (line->n == 0)
        continue;
      if (!isnan (self->mark))
        g_string_append_printf (text, "%s: %s. ", line->name, there);
      else
        /* Translators: a run's name, and its curve's first and last value */
        g_string_append_printf (text, _ ("%s: from %s to %s. "), line->name, first, last);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  g_string_free (text, TRUE);
}

void
sg_plot_set_words (SgPlot *self, const char *title, const char *unit, const char *x_title, const char *x_unit)
{
  g_free (self->title);
  g_free (self->unit);
  g_free (self->x_title);
  g_free (self->x_unit);
  self->title = g_strdup (title);
  self->unit = g_strdup (sg_unit_system_show (self->units, unit, &self->factors[1]));
  self->x_title = g_strdup (x_title);
  self->x_unit = g_strdup (sg_unit_system_show (self->units, x_unit, &self->factors[0]));
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sg_plot_set_trace (SgPlot *self, gboolean trace)
{
  self->trace = trace;
  self->mark = NAN;
}

void
sg_plot_set_span (SgPlot *self, double from, double to)
{
  self->span[0] = from;
  self->span[1] = to;
}

void
sg_plot_set_now (SgPlot *self, double now)
{
  self->now = now;
}

static double to_x (SgPlot *self, double value);
static double to_y_within (SgPlot *self, double first, double last, double value);

/* In a trace the nearest point of its line, else the place along the axis. */
static void
mark_at (SgPlot *self, double x, double y)
{
  double along = (x - self->area.origin.x) / self->area.size.width, nearest = INFINITY;
  const Line *line = &self->lines[0];
  SgPlotTicks ticks = sg_plot_ticks_around (self->low[1], self->high[1], 6);

  self->mark = NAN;
  if (self->n_lines == 0 || !isfinite (self->low[0]))
    return;
  if (!self->trace)
    self->mark = self->low[0] + CLAMP (along, 0, 1) * (self->high[0] - self->low[0]);
  for (guint j = 0; self->trace && j < line->n; j++)
    {
      double far = hypot (to_x (self, line->x[j]) - x,
                          to_y_within (self, ticks.first, sg_plot_ticks_last (&ticks), line->y[j]) - y);

      if (!(far < nearest))
        continue;
      nearest = far;
      self->mark_point = j;
      self->mark = line->x[j];
    }
}

void
sg_plot_set_units (SgPlot *self, SgUnitSystem units)
{
  self->units = units;
}

/* (nullable) */
static double *
copy_values (const double *values, guint n, double factor)
{
  double *copy = g_memdup2 (values, n * sizeof (double));

  for (guint i = 0; copy != NULL && factor != 1 && i < n; i++)
    copy[i] *= factor;
  return copy;
}

void
sg_plot_set_lines (SgPlot *self, const SgPlotLine *lines, guint n_lines)
{
  for (guint i = 0; i < SG_PLOT_MAX_LINES; i++)
    line_clear (&self->lines[i]);
  self->n_lines = MIN (n_lines, SG_PLOT_MAX_LINES);
  for (guint i = 0; i < self->n_lines; i++)
    {
      self->lines[i].name = g_strdup (lines[i].name);
      self->lines[i].x = copy_values (lines[i].x, lines[i].n, self->factors[0]);
      self->lines[i].y = copy_values (lines[i].y, lines[i].n, self->factors[1]);
      self->lines[i].high = copy_values (lines[i].high, lines[i].n, self->factors[1]);
      self->lines[i].n = lines[i].n;
    }
  measure_lines (self);
  if (!isnan (self->pointer[0]))
    mark_at (self, self->pointer[0], self->pointer[1]);
  else if (!isnan (self->mark))
    self->mark = CLAMP (self->mark, self->low[0], self->high[0]);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* -- Drawing -- */

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA ink;
  SgPlotTicks x, y;
  double line_height;
} Drawing;

static PangoLayout *
make_layout (SgPlot *self, const char *text, gboolean bold, double scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

/* At (x, y), of which `align_x` and `align_y` of the text's size lie before. Returns its width. */
static double
draw_text (SgPlot *self,
           Drawing *drawing,
           const char *text,
           double x,
           double y,
           double align_x,
           double align_y,
           double alpha)
{
  g_autofree char *line = g_strconcat (FROM_THE_LEFT, text, NULL);
  g_autoptr (PangoLayout) layout = make_layout (self, line, FALSE, 0.85);
  GdkRGBA color = fade (drawing->ink, alpha);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot,
                          &GRAPHENE_POINT_INIT (round (x - align_x * width), round (y - align_y * height)));
  gtk_snapshot_append_layout (drawing->snapshot, layout, &color);
  gtk_snapshot_restore (drawing->snapshot);
  return width;
}

static double
text_width (SgPlot *self, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, FALSE, 0.85);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static double
widest_label (SgPlot *self, const SgPlotTicks *ticks)
{
  double widest = 0;

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = sg_plot_ticks_label (ticks, i);

      widest = MAX (widest, text_width (self, label));
    }
  return widest;
}

/* Where the next entry of the legend goes, of that width: `x` is where the last one ended, `row` its row. */
static void
place_entry (SgPlot *self, double width, double *x, guint *row)
{
  if (*x > 0 && *x + SWATCH + GAP + width > gtk_widget_get_width (GTK_WIDGET (self)))
    {
      *x = 0;
      (*row)++;
    }
}

/* By what the lines are called: what they are at the mark takes no more room, and the curves stay where they
 * are. */
static guint
count_legend_rows (SgPlot *self)
{
  double x = 0;
  guint row = 0;

  for (guint i = 0; i < self->n_lines; i++)
    {
      double width = text_width (self, self->lines[i].name);

      place_entry (self, width, &x, &row);
      x += SWATCH + GAP + width + 3 * GAP;
    }
  return row + 1;
}

/* Where the curves go, and ticks that fit there. */
static void
lay_out (SgPlot *self, Drawing *drawing)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  double line = drawing->line_height, foot = line + GAP;
  double top = (1 + count_legend_rows (self)) * (line + GAP) + line / 2;

  drawing->y = fit_prefix (self, 1,
                           sg_plot_ticks_around (self->low[1], self->high[1],
                                                 sg_plot_ticks_fit (height - top - foot, line, LABEL_GAP)));
  double left = widest_label (self, &drawing->y) + GAP;
  drawing->x = fit_prefix (self, 0, sg_plot_ticks_within (self->low[0], self->high[0], 6));
  double label = widest_label (self, &drawing->x);
  g_autofree char *unit = g_strdup_printf ("%s%s", drawing->x.prefix, self->x_unit);
  double right = text_width (self, unit) + GAP + label / 2;

  drawing->x = fit_prefix (self, 0,
                           sg_plot_ticks_within (self->low[0], self->high[0],
                                                 sg_plot_ticks_fit (width - left - right, label, LABEL_GAP)));
  self->area = GRAPHENE_RECT_INIT (left, top, MAX (width - left - right, 1), MAX (height - top - foot, 1));
}

static double
to_x (SgPlot *self, double value)
{
  double range = self->high[0] - self->low[0];

  return self->area.origin.x + (range > 0 ? (value - self->low[0]) / range : 0.5) * self->area.size.width;
}

static double
to_y (SgPlot *self, const Drawing *drawing, double value)
{
  return to_y_within (self, drawing->y.first, sg_plot_ticks_last (&drawing->y), value);
}

static double
to_y_within (SgPlot *self, double first, double last, double value)
{
  return self->area.origin.y + (last - value) / (last - first) * self->area.size.height;
}

static void
draw_axes (SgPlot *self, Drawing *drawing)
{
  double left = self->area.origin.x, bottom = self->area.origin.y + self->area.size.height;
  GdkRGBA grid = fade (drawing->ink, 0.12);
  g_autofree char *unit = g_strdup_printf ("%s%s", drawing->x.prefix, self->x_unit);

  for (guint i = 0; i < drawing->y.n; i++)
    {
      double y = round (to_y (self, drawing, sg_plot_ticks_at (&drawing->y, i)));
      g_autofree char *label = sg_plot_ticks_label (&drawing->y, i);

      gtk_snapshot_append_color (drawing->snapshot, &grid,
                                 &GRAPHENE_RECT_INIT (left, y, self->area.size.width, 1));
      draw_text (self, drawing, label, left - GAP, y, 1, 0.5, 0.7);
    }
  for (guint i = 0; i < drawing->x.n; i++)
    {
      double x = round (to_x (self, sg_plot_ticks_at (&drawing->x, i)));
      g_autofree char *label = sg_plot_ticks_label (&drawing->x, i);

      gtk_snapshot_append_color (drawing->snapshot, &grid, &GRAPHENE_RECT_INIT (x, bottom, 1, 4));
      draw_text (self, drawing, label, x, bottom + GAP, 0.5, 0, 0.7);
    }
  draw_text (self, drawing, unit, gtk_widget_get_width (GTK_WIDGET (self)), bottom + GAP, 1, 0, 0.7);
}

static void
set_pen (cairo_t *cr, guint i)
{
  static const struct
  {
    int n;
    double dashes[4];
  } pens[SG_PLOT_MAX_LINES] = {
    { 0 }, { 2, { 6, 3 } }, { 2, { 2, 2.5 } }, { 4, { 8, 3, 2, 3 } }, { 2, { 12, 4 } }, { 2, { 1, 4 } }
  };
  GdkRGBA color = sg_plot_get_color (i);

  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, pens[i].dashes, pens[i].n, 0);
}

/* Each stretch is drawn from the end that is nearer to the last one's, so that a slope stays one line. */
static void
draw_line (SgPlot *self, Drawing *drawing, cairo_t *cr, guint i)
{
  const Line *line = &self->lines[i];
  gboolean pen_down = FALSE;
  double last = NAN;

  for (guint j = 0; j < line->n; j++)
    {
      double x = to_x (self, line->x[j]), from = line->y[j], to = line->high != NULL ? line->high[j] : from;

      if (isfinite (from) && isfinite (to) && fabs (to - last) < fabs (from - last))
        {
          from = line->high[j];
          to = line->y[j];
        }
      if (isfinite (from) && pen_down)
        cairo_line_to (cr, x, to_y (self, drawing, from));
      else if (isfinite (from))
        cairo_move_to (cr, x, to_y (self, drawing, from));
      if (isfinite (from) && to != from)
        cairo_line_to (cr, x, to_y (self, drawing, to));
      pen_down = isfinite (from);
      last = to;
    }
  set_pen (cr, i);
  cairo_stroke (cr);
}

static void
draw_lines (SgPlot *self, Drawing *drawing)
{
  graphene_rect_t around;

  graphene_rect_inset_r (&self->area, -2, -2, &around);
  cairo_t *cr = gtk_snapshot_append_cairo (drawing->snapshot, &around);
  cairo_rectangle (cr, around.origin.x, around.origin.y, around.size.width, around.size.height);
  cairo_clip (cr);
  for (guint i = 0; i < self->n_lines; i++)
    draw_line (self, drawing, cr, i);
  cairo_destroy (cr);
}

static void
draw_swatch (Drawing *drawing, guint i, double x, double y)
{
  cairo_t *cr = gtk_snapshot_append_cairo (drawing->snapshot, &GRAPHENE_RECT_INIT (x, y - 2, SWATCH, 4));

  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + SWATCH, y);
  set_pen (cr, i);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_head (SgPlot *self, Drawing *drawing)
{
  g_autofree char *unit = g_strdup_printf ("%s%s", drawing->y.prefix, self->unit);
  g_autofree char *text = g_strdup_printf ("%s (%s)", self->title, unit);
  g_autoptr (PangoLayout) title = make_layout (self, text, TRUE, 1);
  double width = gtk_widget_get_width (GTK_WIDGET (self)), x = 0;
  double y = drawing->line_height * 1.5 + GAP;
  guint row = 0, last_row = 0;

  pango_layout_set_width (title, (int)(width * PANGO_SCALE));
  pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
  gtk_snapshot_append_layout (drawing->snapshot, title, &drawing->ink);
  for (guint i = 0; i < self->n_lines; i++)
    {
      g_autofree char *value = say_value (self, 1, value_at_mark (self, i));
      const char *shown = isnan (self->mark) ? self->lines[i].name : value;

      place_entry (self, text_width (self, shown), &x, &row);
      y += (row - last_row) * (drawing->line_height + GAP);
      last_row = row;
      draw_swatch (drawing, i, x, round (y) + 0.5);
      x += SWATCH + GAP;
      x += draw_text (self, drawing, shown, x, y, 0, 0.5, 0.85) + 3 * GAP;
    }
  if (!isnan (self->mark))
    {
      g_autofree char *at = say_value (self, 0, self->mark);

      draw_text (self, drawing, at, width, y, 1, 0.5, 0.7);
    }
}

static void
draw_mark (SgPlot *self, Drawing *drawing)
{
  double x = round (to_x (self, self->mark));
  GdkRGBA color = fade (drawing->ink, 0.4);

  if (isnan (self->mark))
    return;
  gtk_snapshot_append_color (drawing->snapshot, &color,
                             &GRAPHENE_RECT_INIT (x, self->area.origin.y, 1, self->area.size.height));
  for (guint i = 0; i < self->n_lines; i++)
    {
      double y = to_y (self, drawing, value_at_mark (self, i));
      GskRoundedRect dot;
      GdkRGBA fill = sg_plot_get_color (i);

      if (isnan (y))
        continue;
      gsk_rounded_rect_init_from_rect (&dot, &GRAPHENE_RECT_INIT (x - 3.5, y - 4, 8, 8), 4);
      gtk_snapshot_push_rounded_clip (drawing->snapshot, &dot);
      gtk_snapshot_append_color (drawing->snapshot, &fill, &dot.bounds);
      gtk_snapshot_pop (drawing->snapshot);
    }
}

static void
draw_now (SgPlot *self, Drawing *drawing)
{
  GdkRGBA color = sg_plot_get_color (1);

  if (isnan (self->now) || self->trace || !(self->now >= self->low[0] && self->now <= self->high[0]))
    return;
  gtk_snapshot_append_color (drawing->snapshot, &color,
                             &GRAPHENE_RECT_INIT (round (to_x (self, self->now)), self->area.origin.y, 2,
                                                  self->area.size.height));
}

/* Instead of axes that measure nothing. */
static void
draw_blank (SgPlot *self, Drawing *drawing)
{
  float middle = self->area.origin.y + self->area.size.height / 2;
  GdkRGBA line = fade (drawing->ink, 0.12);

  gtk_snapshot_append_color (drawing->snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, self->area.origin.y + self->area.size.height,
                                                  (float)gtk_widget_get_width (GTK_WIDGET (self)), 1));
  draw_text (self, drawing, _ (BLANK_WORDS), gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, middle, 0.5,
             0.5, 0.75);
}

static void
sg_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SgPlot *self = SG_PLOT (widget);
  g_autoptr (PangoLayout) layout = make_layout (self, "0", FALSE, 0.85);
  Drawing drawing = { snapshot };
  int height;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &drawing.ink);
  pango_layout_get_pixel_size (layout, NULL, &height);
  drawing.line_height = height;
  lay_out (self, &drawing);
  draw_head (self, &drawing);
  if (is_blank (self))
    {
      draw_blank (self, &drawing);
      return;
    }
  draw_axes (self, &drawing);
  draw_lines (self, &drawing);
  draw_now (self, &drawing);
  draw_mark (self, &drawing);
}

/* -- The mark -- */

static void
set_mark (SgPlot *self, double x)
{
  self->mark = x;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, SgPlot *self)
{
  self->pointer[0] = x;
  self->pointer[1] = y;
  mark_at (self, x, y);
  set_mark (self, self->mark);
}

static void
leave_cb (GtkEventControllerMotion *motion, SgPlot *self)
{
  self->pointer[0] = NAN;
  set_mark (self, NAN);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, SgPlot *self)
{
  double step = (self->high[0] - self->low[0]) / KEY_STEPS, to;

  if (self->n_lines == 0 || !isfinite (step) || self->trace)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      to = isnan (self->mark) ? self->high[0] : self->mark - step;
      break;
    case GDK_KEY_Right:
      to = isnan (self->mark) ? self->low[0] : self->mark + step;
      break;
    case GDK_KEY_Home:
      to = self->low[0];
      break;
    case GDK_KEY_End:
      to = self->high[0];
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  set_mark (self, CLAMP (to, self->low[0], self->high[0]));
  return GDK_EVENT_STOP;
}

static void
focus_left_cb (GtkEventControllerFocus *focus, SgPlot *self)
{
  set_mark (self, NAN);
}

static void
sg_plot_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
sg_plot_finalize (GObject *object)
{
  SgPlot *self = SG_PLOT (object);

  for (guint i = 0; i < SG_PLOT_MAX_LINES; i++)
    line_clear (&self->lines[i]);
  g_free (self->title);
  g_free (self->unit);
  g_free (self->x_title);
  g_free (self->x_unit);
  G_OBJECT_CLASS (sg_plot_parent_class)->finalize (object);
}

static void
sg_plot_class_init (SgPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_plot_finalize;
  widget_class->snapshot = sg_plot_snapshot;
  widget_class->measure = sg_plot_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "plot");
}

static void
sg_plot_init (SgPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->title = g_strdup ("");
  self->unit = g_strdup ("");
  self->x_title = g_strdup ("");
  self->x_unit = g_strdup ("");
  self->factors[0] = self->factors[1] = 1;
  self->mark = NAN;
  self->pointer[0] = self->pointer[1] = NAN;
  self->now = self->span[0] = self->span[1] = NAN;
  measure_lines (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sg_plot_new (void)
{
  return g_object_new (SG_TYPE_PLOT, NULL);
}

GdkTexture *
sg_plot_take_picture (SgPlot *self, double scale)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkNative *native = gtk_widget_get_native (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  graphene_rect_t paper =
    GRAPHENE_RECT_INIT (-12, -12, gtk_widget_get_width (widget) + 24, gtk_widget_get_height (widget) + 24);
  GdkRGBA color = is_dark () ? (GdkRGBA){ 0.14, 0.14, 0.14, 1 } : (GdkRGBA){ 1, 1, 1, 1 };

  if (native == NULL || gtk_native_get_renderer (native) == NULL)
    return NULL;
  gtk_snapshot_scale (snapshot, (float)scale, (float)scale);
  gtk_snapshot_append_color (snapshot, &color, &paper);
  sg_plot_snapshot (widget, snapshot);
  g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);
  graphene_rect_scale (&paper, (float)scale, (float)scale, &paper);
  return node != NULL ? gsk_renderer_render_texture (gtk_native_get_renderer (native), node, &paper) : NULL;
}
