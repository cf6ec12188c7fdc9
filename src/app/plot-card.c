/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plot and the channels it shows. The channels are its own as long as it lives. */
#include "config.h"

#include "app/plot-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/quantity-chooser.h"

#define TRACE_POINTS 2000
#define MOST_POINTS 1200
#define LEAST_POINTS 100

typedef struct
{
  SgQuantity *quantity;
  char *name;
  int channel;
  gboolean gone; /* its thing is in the model no more */
} Curve;

struct _SgPlotCard
{
  GtkWidget parent_instance;
  GtkWidget *overlay;
  SgPlot *plot;
  GtkMenuButton *add_button, *against_button;
  SgQuantityChooser *add_chooser, *against_chooser;
  SgSimulation *simulation;
  SgThingNames *names; /* (nullable) */
  Curve curves[SG_PLOT_MAX_LINES];
  guint n_curves;
  Curve against; /* its quantity (nullable): time */
  char *unit;    /* of the curves */
};

enum
{
  CLOSED,
  FULL,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgPlotCard, sg_plot_card, GTK_TYPE_WIDGET)

static const mjModel *
get_model (SgPlotCard *self)
{
  SgModel *model = sg_simulation_get_model (self->simulation);

  return model != NULL ? sg_model_get (model) : NULL;
}

static const char *
unit_of (SgPlotCard *self, SgQuantity *quantity)
{
  const mjModel *model = get_model (self);

  if (model != NULL)
    sg_quantity_resolve (quantity, model);
  return sg_quantity_get_unit (quantity, model);
}

static gboolean
curve_init (SgPlotCard *self, Curve *curve, const SgQuantity *quantity)
{
  int channel = sg_probe_add (sg_simulation_get_probe (self->simulation), quantity);

  if (channel < 0)
    {
      g_signal_emit (self, signals[FULL], 0);
      return FALSE;
    }
  *curve =
    (Curve){ sg_quantity_copy (quantity), sg_thing_names_say_quantity (self->names, quantity), channel };
  return TRUE;
}

static void
curve_clear (SgPlotCard *self, Curve *curve)
{
  if (curve->quantity == NULL)
    return;
  sg_probe_remove (sg_simulation_get_probe (self->simulation), curve->channel);
  g_clear_pointer (&curve->quantity, sg_quantity_free);
  g_clear_pointer (&curve->name, g_free);
  curve->gone = FALSE;
}

/* Those that are drawn, up to SG_PLOT_MAX_LINES; returns how many. */
static guint
list_shown (SgPlotCard *self, Curve **shown)
{
  guint n = 0;

  for (guint i = 0; i < self->n_curves; i++)
    if (!self->curves[i].gone)
      shown[n++] = &self->curves[i];
  return n;
}

gboolean
sg_plot_card_has_curves (SgPlotCard *self)
{
  Curve *shown[SG_PLOT_MAX_LINES];

  return list_shown (self, shown) > 0 && !self->against.gone;
}

static void
show_words (SgPlotCard *self)
{
  Curve *shown[SG_PLOT_MAX_LINES];
  guint n = list_shown (self, shown);
  const char *title = n == 1  ? shown[0]->name
                      : n > 1 ? sg_quantity_describe (shown[0]->quantity)
                              : "";

  if (self->against.quantity != NULL)
    {
      /* Translators: two quantities of a plot, the one drawn over the other */
      g_autofree char *both = g_strdup_printf (_ ("%s over %s"), title, self->against.name);

      sg_plot_set_words (self->plot, both, self->unit, self->against.name,
                         unit_of (self, self->against.quantity));
    }
  else
    sg_plot_set_words (self->plot, title, self->unit, _ ("Time"), "s");
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), self->n_curves < SG_PLOT_MAX_LINES);
}

gboolean
sg_plot_card_add (SgPlotCard *self, const SgQuantity *quantity)
{
  Curve *curve = &self->curves[self->n_curves];

  if (self->n_curves == SG_PLOT_MAX_LINES || !curve_init (self, curve, quantity))
    return FALSE;
  if (self->n_curves++ == 0)
    {
      g_free (self->unit);
      self->unit = g_strdup (unit_of (self, curve->quantity));
    }
  show_words (self);
  return TRUE;
}

void
sg_plot_card_set_against (SgPlotCard *self, const SgQuantity *quantity)
{
  curve_clear (self, &self->against);
  if (quantity != NULL && quantity->kind != SG_QUANTITY_TIME)
    curve_init (self, &self->against, quantity);
  sg_plot_set_trace (self->plot, self->against.quantity != NULL);
  show_words (self);
}

static void
refresh_trace (SgPlotCard *self, double from, double to)
{
  SgProbe *probe = sg_simulation_get_probe (self->simulation);
  g_autofree double *values = g_new (double, 2 * SG_PLOT_MAX_LINES * TRACE_POINTS);
  SgPlotLine lines[SG_PLOT_MAX_LINES];
  Curve *shown[SG_PLOT_MAX_LINES];
  guint n_shown = list_shown (self, shown);

  for (guint i = 0; i < n_shown; i++)
    {
      double *x = values + 2 * i * TRACE_POINTS, *y = x + TRACE_POINTS;
      guint n =
        sg_probe_read_pair (probe, self->against.channel, shown[i]->channel, from, to, x, y, TRACE_POINTS);

      lines[i] = (SgPlotLine){ shown[i]->name, x, y, n };
    }
  sg_plot_set_span (self->plot, NAN, NAN);
  sg_plot_set_lines (self->plot, lines, n_shown);
}

void
sg_plot_card_refresh (SgPlotCard *self, double from, double to, double end, double now)
{
  SgProbe *probe = sg_simulation_get_probe (self->simulation);
  int width = gtk_widget_get_width (GTK_WIDGET (self->plot));
  guint room = CLAMP (width, LEAST_POINTS, MOST_POINTS);
  SgPlotLine lines[SG_PLOT_MAX_LINES];
  Curve *shown[SG_PLOT_MAX_LINES];
  guint n_shown = list_shown (self, shown);

  if (self->against.quantity != NULL)
    {
      refresh_trace (self, from, to);
      return;
    }
  g_autofree SgProbePoint *points = g_new (SgProbePoint, room);
  g_autofree double *values = g_new (double, 3 * SG_PLOT_MAX_LINES * room);
  for (guint i = 0; i < n_shown; i++)
    {
      double *x = values + 3 * i * room, *low = x + room, *high = low + room;
      guint n = sg_probe_read (probe, shown[i]->channel, from, to, points, room);

      for (guint k = 0; k < n; k++)
        {
          x[k] = points[k].time;
          low[k] = points[k].low;
          high[k] = points[k].high;
        }
      lines[i] = (SgPlotLine){ shown[i]->name, x, low, n, high };
    }
  sg_plot_set_span (self->plot, from, end);
  sg_plot_set_now (self->plot, now);
  sg_plot_set_lines (self->plot, lines, n_shown);
}

void
sg_plot_card_set_units (SgPlotCard *self, SgUnitSystem units)
{
  sg_plot_set_units (self->plot, units);
  show_words (self);
}

/* One that is gone keeps its name, which nobody reads. */
static void
name_curve (SgPlotCard *self, Curve *curve)
{
  const mjModel *model = get_model (self);

  if (curve->quantity == NULL)
    return;
  curve->gone = sg_quantity_get_object_kind (curve->quantity->kind) != mjOBJ_UNKNOWN &&
                (model == NULL || !sg_quantity_resolve (curve->quantity, model));
  if (curve->gone)
    return;
  g_free (curve->name);
  curve->name = sg_thing_names_say_quantity (self->names, curve->quantity);
}

void
sg_plot_card_set_names (SgPlotCard *self, SgThingNames *names)
{
  g_clear_pointer (&self->names, sg_thing_names_unref);
  self->names = names != NULL ? sg_thing_names_ref (names) : NULL;
  for (guint i = 0; i < self->n_curves; i++)
    name_curve (self, &self->curves[i]);
  name_curve (self, &self->against);
  show_words (self);
}

SgPlot *
sg_plot_card_get_plot (SgPlotCard *self)
{
  return self->plot;
}

static void
list_curve (SgPlotCard *self, const Curve *curve, GArray *channels, GPtrArray *names)
{
  const char *unit = unit_of (self, curve->quantity);

  for (guint i = 0; i < channels->len; i++)
    if (g_array_index (channels, int, i) == curve->channel)
      return;
  g_array_append_val (channels, curve->channel);
  g_ptr_array_add (names, *unit != '\0' ? g_strdup_printf ("%s (%s)", curve->name, unit)
                                        : g_strdup (curve->name));
}

void
sg_plot_card_list (SgPlotCard *self, GArray *channels, GPtrArray *names)
{
  if (self->against.quantity != NULL)
    list_curve (self, &self->against, channels, names);
  for (guint i = 0; i < self->n_curves; i++)
    if (!self->curves[i].gone)
      list_curve (self, &self->curves[i], channels, names);
}

static void
offer_more_cb (GtkMenuButton *button, gpointer data)
{
  SgPlotCard *self = data;

  sg_quantity_chooser_offer (self->add_chooser, sg_simulation_get_model (self->simulation), self->names,
                             self->unit, FALSE);
}

static void
offer_against_cb (GtkMenuButton *button, gpointer data)
{
  SgPlotCard *self = data;

  sg_quantity_chooser_offer (self->against_chooser, sg_simulation_get_model (self->simulation), self->names,
                             NULL, TRUE);
}

static void
more_chosen_cb (SgPlotCard *self, const SgQuantity *quantity)
{
  sg_plot_card_add (self, quantity);
}

static void
close_cb (SgPlotCard *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
sg_plot_card_dispose (GObject *object)
{
  SgPlotCard *self = SG_PLOT_CARD (object);

  for (guint i = 0; i < self->n_curves; i++)
    curve_clear (self, &self->curves[i]);
  self->n_curves = 0;
  curve_clear (self, &self->against);
  g_clear_object (&self->simulation);
  g_clear_pointer (&self->names, sg_thing_names_unref);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (sg_plot_card_parent_class)->dispose (object);
}

static void
sg_plot_card_class_init (SgPlotCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_plot_card_dispose;
  signals[CLOSED] =
    g_signal_new ("closed", SG_TYPE_PLOT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FULL] =
    g_signal_new ("full", SG_TYPE_PLOT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (SG_TYPE_PLOT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/plot-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SgPlotCard, overlay);
  gtk_widget_class_bind_template_child (widget_class, SgPlotCard, plot);
  gtk_widget_class_bind_template_child (widget_class, SgPlotCard, add_button);
  gtk_widget_class_bind_template_child (widget_class, SgPlotCard, against_button);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
sg_plot_card_init (SgPlotCard *self)
{
  self->unit = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  self->add_chooser = SG_QUANTITY_CHOOSER (sg_quantity_chooser_new ());
  self->against_chooser = SG_QUANTITY_CHOOSER (sg_quantity_chooser_new ());
  gtk_menu_button_set_popover (self->add_button, GTK_WIDGET (self->add_chooser));
  gtk_menu_button_set_popover (self->against_button, GTK_WIDGET (self->against_chooser));
  gtk_menu_button_set_create_popup_func (self->add_button, offer_more_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->against_button, offer_against_cb, self, NULL);
  g_signal_connect_swapped (self->add_chooser, "chosen", G_CALLBACK (more_chosen_cb), self);
  g_signal_connect_swapped (self->against_chooser, "chosen", G_CALLBACK (sg_plot_card_set_against), self);
}

GtkWidget *
sg_plot_card_new (SgSimulation *simulation)
{
  SgPlotCard *self = g_object_new (SG_TYPE_PLOT_CARD, NULL);

  self->simulation = g_object_ref (simulation);
  return GTK_WIDGET (self);
}
