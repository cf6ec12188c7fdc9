/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two columns of figures that have one sum, and beside them the curves. */
#include "config.h"

#include "app/energy-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/plot.h"
#include "base/units.h"

#define SPAN 30.0 /* s of the curves */
#define POINTS 400
#define N_BLANKS 3

typedef enum
{
  KINETIC,
  GRAVITY,
  SPRINGS,
  NOW,
  START,
  MOTORS,
  PULLS,
  FRICTION,
  IMPACTS,
  DAMPING,
  SUM,
  DIFFERENCE,
  N_FIGURES
} Figure;

static const struct
{
  const char *words;
  int column, row;
} figures[N_FIGURES] = {
  [KINETIC] = { N_ ("Motion"), 0, 1 },
  [GRAVITY] = { N_ ("Height"), 0, 2 },
  [SPRINGS] = { N_ ("Springs"), 0, 3 },
  [NOW] = { N_ ("There now"), 0, 7 },
  [START] = { N_ ("At the start"), 2, 1 },
  [MOTORS] = { N_ ("+ by motors"), 2, 2 },
  [PULLS] = { N_ ("+ by pulling"), 2, 3 },
  [FRICTION] = { N_ ("− friction"), 2, 4 },
  [IMPACTS] = { N_ ("− impacts"), 2, 5 },
  [DAMPING] = { N_ ("− damping"), 2, 6 },
  [SUM] = { N_ ("Expected now"), 2, 7 },
  [DIFFERENCE] = { N_ ("Left by finite steps"), 2, 8 },
};

static const struct
{
  SgQuantityKind kind;
  const char *words;
} curves[] = {
  { SG_QUANTITY_ENERGY, N_ ("Total") },
  { SG_QUANTITY_KINETIC, N_ ("Motion") },
  { SG_QUANTITY_POTENTIAL, N_ ("Height and springs") },
  { SG_QUANTITY_LOST, N_ ("Lost") },
  { SG_QUANTITY_PUT_IN, N_ ("Put in") },
};

struct _SgEnergyPage
{
  GtkBox parent_instance;
  GtkFlowBox *parts;
  GtkGrid *grids[2]; /* what there is; where it came from and went */
  SgPlot *plot;
  GtkLabel *values[N_FIGURES];
  GtkLabel *blanks[N_BLANKS]; /* side by side, the sums are in one row */
  SgSimulation *simulation;
  gboolean looking;
  int channels[G_N_ELEMENTS (curves)]; /* -1: none */
};

G_DEFINE_FINAL_TYPE (SgEnergyPage, sg_energy_page, GTK_TYPE_BOX)

void
sg_energy_page_set_looking (SgEnergyPage *self, gboolean looking)
{
  if (self->simulation == NULL || self->looking == looking)
    return;
  SgProbe *probe = sg_simulation_get_probe (self->simulation);

  self->looking = looking;
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      const SgQuantity quantity = { curves[i].kind, NULL, -1, 0 };

      if (looking)
        self->channels[i] = sg_probe_add (probe, &quantity);
      else if (self->channels[i] >= 0)
        sg_probe_remove (probe, self->channels[i]);
      if (!looking)
        self->channels[i] = -1;
    }
}

static void
say (SgEnergyPage *self, Figure figure, double value)
{
  g_autofree char *text = sg_units_format (value, "J");

  if (!g_str_equal (gtk_label_get_label (self->values[figure]), text))
    gtk_label_set_label (self->values[figure], text);
}

/* Nothing was simulated since somebody looks. */
static gboolean
is_blank (const SgLedger *ledger)
{
  return ledger->start == 0 && ledger->kinetic == 0 && ledger->gravity == 0 && ledger->springs == 0 &&
         ledger->exchanged == 0;
}

static void
show_ledger (SgEnergyPage *self, const SgLedger *ledger)
{
  double now = ledger->kinetic + ledger->gravity + ledger->springs;

  for (guint i = 0; i < N_FIGURES && is_blank (ledger); i++)
    gtk_label_set_label (self->values[i], "—");
  if (is_blank (ledger))
    return;
  say (self, KINETIC, ledger->kinetic);
  say (self, GRAVITY, ledger->gravity);
  say (self, SPRINGS, ledger->springs);
  say (self, NOW, now);
  say (self, START, ledger->start);
  say (self, MOTORS, ledger->motors);
  say (self, PULLS, ledger->pulls);
  say (self, FRICTION, ledger->friction);
  say (self, IMPACTS, ledger->impacts);
  say (self, DAMPING, ledger->damping);
  say (self, SUM, now + ledger->error);
  say (self, DIFFERENCE, ledger->error);
}

static void
show_curves (SgEnergyPage *self)
{
  SgProbe *probe = sg_simulation_get_probe (self->simulation);
  g_autofree SgProbePoint *points = g_new (SgProbePoint, POINTS);
  g_autofree double *values = g_new (double, 3 * POINTS * G_N_ELEMENTS (curves));
  SgPlotLine lines[G_N_ELEMENTS (curves)];
  double first = 0, to = 0;

  sg_probe_get_span (probe, &first, &to);
  double from = MAX (first, to - SPAN);
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      double *x = values + 3 * POINTS * i, *low = x + POINTS, *high = low + POINTS;
      guint n =
        self->channels[i] >= 0 ? sg_probe_read (probe, self->channels[i], from, to, points, POINTS) : 0;

      for (guint k = 0; k < n; k++)
        {
          x[k] = points[k].time;
          low[k] = points[k].low;
          high[k] = points[k].high;
        }
      lines[i] = (SgPlotLine){ _ (curves[i].words), x, low, n, high };
    }
  sg_plot_set_span (self->plot, from, from + SPAN);
  sg_plot_set_lines (self->plot, lines, G_N_ELEMENTS (curves));
}

void
sg_energy_page_refresh (SgEnergyPage *self, const SgReadout *readout)
{
  if (self->simulation == NULL || !self->looking)
    return;
  show_ledger (self, &readout->ledger);
  show_curves (self);
}

void
sg_energy_page_set_narrow (SgEnergyPage *self, gboolean narrow)
{
  for (guint i = 0; i < N_BLANKS; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->blanks[i]), !narrow);
}

void
sg_energy_page_set_simulation (SgEnergyPage *self, SgSimulation *simulation)
{
  g_set_object (&self->simulation, simulation);
}

static GtkLabel *
add_label (SgEnergyPage *self, const char *text, int column, int row, float align)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, align);
  gtk_grid_attach (self->grids[column / 2], GTK_WIDGET (label), column % 2, row, 1, 1);
  return label;
}

static void
add_heading (SgEnergyPage *self, const char *text, int grid)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_grid_attach (self->grids[grid], label, 0, 0, 2, 1);
}

static void
fill_grids (SgEnergyPage *self)
{
  for (int i = 0; i < N_BLANKS; i++)
    self->blanks[i] = add_label (self, "", 0, figures[SPRINGS].row + 1 + i, 0);
  add_heading (self, _ ("What there is"), 0);
  add_heading (self, _ ("Where it came from and went"), 1);
  for (guint i = 0; i < N_FIGURES; i++)
    {
      GtkLabel *words = add_label (self, _ (figures[i].words), figures[i].column, figures[i].row, 0);

      self->values[i] = add_label (self, "—", figures[i].column + 1, figures[i].row, 1);
      gtk_label_set_width_chars (self->values[i], 8);
      gtk_widget_add_css_class (GTK_WIDGET (words), i == DIFFERENCE ? "dim-label" : "figure");
      if (i == NOW || i == SUM)
        {
          gtk_widget_add_css_class (GTK_WIDGET (words), "sum");
          gtk_widget_add_css_class (GTK_WIDGET (self->values[i]), "sum");
        }
    }
}

static void
sg_energy_page_dispose (GObject *object)
{
  SgEnergyPage *self = SG_ENERGY_PAGE (object);

  sg_energy_page_set_looking (self, FALSE);
  g_clear_object (&self->simulation);
  G_OBJECT_CLASS (sg_energy_page_parent_class)->dispose (object);
}

static void
sg_energy_page_class_init (SgEnergyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_energy_page_dispose;
  g_type_ensure (SG_TYPE_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/energy-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SgEnergyPage, parts);
  gtk_widget_class_bind_template_child_full (widget_class, "there", FALSE,
                                             G_STRUCT_OFFSET (SgEnergyPage, grids[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "ledger", FALSE,
                                             G_STRUCT_OFFSET (SgEnergyPage, grids[1]));
  gtk_widget_class_bind_template_child (widget_class, SgEnergyPage, plot);
}

static void
sg_energy_page_init (SgEnergyPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    self->channels[i] = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_grids (self);
  sg_plot_set_words (self->plot, _ ("Energy"), "J", _ ("Time"), "s");
}
