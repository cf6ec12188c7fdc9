/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step's parts as bars of the whole, and figures beside them. How long drawing takes is what the process
 * measures since the last look. */
#include "config.h"

#include "app/performance-page.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stddef.h>

#include "base/metrics.h"
#include "base/units.h"

#define LEAST_BAR 40 /* px */

static const struct
{
  const char *words;
  gsize offset; /* of a double in SgProfile; us */
} parts[] = {
  { N_ ("Whole step"), offsetof (SgProfile, step) },
  { N_ ("Where things are"), offsetof (SgProfile, kinematics) },
  { N_ ("What touches"), offsetof (SgProfile, collision) },
  { N_ ("Contacts and ties"), offsetof (SgProfile, constraint) },
  { N_ ("Moving on"), offsetof (SgProfile, advance) },
  { N_ ("The rest"), offsetof (SgProfile, rest) },
};

typedef enum
{
  RATE,
  FACTOR,
  DRIFT,
  FRAMES,
  RENDER,
  IDLE,
  N_FIGURES
} Figure;

static const char *const figures[N_FIGURES] = {
  [RATE] = N_ ("Steps a second"),
  [FACTOR] = N_ ("Of real time"),
  [DRIFT] = N_ ("Behind real time"),
  [FRAMES] = N_ ("Frames a second"),
  [RENDER] = N_ ("Drawing a frame"),
  [IDLE] = N_ ("Simulation at rest"),
};

struct _SgPerformancePage
{
  GtkBox parent_instance;
  GtkGrid *step_grid, *pace_grid;
  GtkLabel *warnings;
  GtkLabel *part_values[G_N_ELEMENTS (parts)];
  GtkLevelBar *part_bars[G_N_ELEMENTS (parts)];
  GtkLabel *values[N_FIGURES];
  SgHistogram rendered; /* at the last look */
};

G_DEFINE_FINAL_TYPE (SgPerformancePage, sg_performance_page, GTK_TYPE_BOX)

static void
take_text (GtkLabel *label, char *text)
{
  if (!g_str_equal (gtk_label_get_label (label), text))
    gtk_label_set_label (label, text);
  g_free (text);
}

static void
show_profile (SgPerformancePage *self, const SgProfile *profile)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      double part = G_STRUCT_MEMBER (double, profile, parts[i].offset);

      if (profile->n_steps == 0)
        take_text (self->part_values[i], g_strdup ("—"));
      else
        take_text (self->part_values[i], sg_units_format (part * 1e-6, "s"));
      gtk_level_bar_set_value (self->part_bars[i],
                               profile->step > 0 ? CLAMP (part / profile->step, 0, 1) : 0);
    }
}

/* Seconds a frame since the last look; NAN where none was drawn. */
static double
measure_rendering (SgPerformancePage *self)
{
  SgHistogram now, since;

  sg_metrics_read_operation (sg_metrics_process (), SG_OPERATION_RENDER, &now);
  since = now;
  sg_histogram_subtract (&since, &self->rendered);
  self->rendered = now;
  return since.count > 0 ? sg_histogram_get_mean (&since) * 1e-9 : NAN;
}

static void
show_pace (SgPerformancePage *self, const SgReadout *readout, const SgSimulationStats *stats, double fps)
{
  double render = measure_rendering (self);
  double busy = stats->steps_per_second * readout->profile.step * 1e-6;

  if (!stats->playing)
    {
      for (guint i = 0; i < N_FIGURES; i++)
        take_text (self->values[i], g_strdup ("—"));
      return;
    }
  take_text (self->values[RATE], g_strdup_printf ("%.0f", stats->steps_per_second));
  take_text (self->values[FACTOR], g_strdup_printf ("%.2f×", stats->real_time_factor));
  take_text (self->values[DRIFT], sg_units_format (fabs (stats->drift) < 5e-4 ? 0 : stats->drift, "s"));
  take_text (self->values[FRAMES], g_strdup_printf ("%.0f", fps));
  if (!isnan (render))
    take_text (self->values[RENDER], sg_units_format (render, "s"));
  if (readout->profile.n_steps > 0)
    take_text (self->values[IDLE], g_strdup_printf ("%.0f %%", 100 * CLAMP (1 - busy, 0, 1)));
}

static void
show_warnings (SgPerformancePage *self, const SgReadout *readout)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < mjNWARNING; i++)
    if (readout->warnings[i] > 0)
      g_string_append_printf (text, "%s%s (%d×)", text->len > 0 ? "\n" : "", sg_readout_describe_warning (i),
                              readout->warnings[i]);
  take_text (self->warnings, g_strdup (text->len > 0 ? text->str : _ ("None")));
}

void
sg_performance_page_refresh (SgPerformancePage *self,
                             const SgReadout *readout,
                             const SgSimulationStats *stats,
                             double frames_per_second)
{
  show_profile (self, &readout->profile);
  show_pace (self, readout, stats, frames_per_second);
  show_warnings (self, readout);
}

static GtkLabel *
add_label (GtkGrid *grid, const char *text, int column, int row, float align)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, align);
  gtk_grid_attach (grid, GTK_WIDGET (label), column, row, 1, 1);
  return label;
}

static void
add_part (SgPerformancePage *self, guint i)
{
  GtkLabel *words = add_label (self->step_grid, _ (parts[i].words), 0, i + 1, 0);

  self->part_bars[i] = GTK_LEVEL_BAR (gtk_level_bar_new ());
  gtk_level_bar_remove_offset_value (self->part_bars[i], GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->part_bars[i], GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->part_bars[i], GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->part_bars[i]), LEAST_BAR, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->part_bars[i]), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->part_bars[i]), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->part_bars[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (words), -1);
  gtk_grid_attach (self->step_grid, GTK_WIDGET (self->part_bars[i]), 1, i + 1, 1, 1);
  self->part_values[i] = add_label (self->step_grid, "—", 2, i + 1, 1);
  gtk_label_set_width_chars (self->part_values[i], 8);
}

static void
sg_performance_page_class_init (SgPerformancePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/performance-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SgPerformancePage, step_grid);
  gtk_widget_class_bind_template_child (widget_class, SgPerformancePage, pace_grid);
  gtk_widget_class_bind_template_child (widget_class, SgPerformancePage, warnings);
}

static void
sg_performance_page_init (SgPerformancePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (add_label (self->step_grid, _ ("A step"), 0, 0, 0)), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (add_label (self->pace_grid, _ ("Pace"), 0, 0, 0)), "heading");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add_part (self, i);
  for (guint i = 0; i < N_FIGURES; i++)
    {
      add_label (self->pace_grid, _ (figures[i]), 0, i + 1, 0);
      self->values[i] = add_label (self->pace_grid, "—", 1, i + 1, 1);
      gtk_label_set_width_chars (self->values[i], 8);
    }
  sg_metrics_read_operation (sg_metrics_process (), SG_OPERATION_RENDER, &self->rendered);
}
