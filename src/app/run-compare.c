/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The comparison. Each side reads its run, then has its curves computed by a worker, which a newer comparison
 * or leaving the page cancels:
 *
 *   show -> sg_history_get_run_async -> table -> compute (GTask) -> plots
 *
 * A worker tells how far it is through an atomic number that a timer reads. */
#include "config.h"

#include "app/run-compare.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/plot.h"
#include "app/run-figures.h"
#include "app/thing-names.h"
#include "app/when.h"
#include "base/limits.h"
#include "base/units.h"
#include "physics/spec-json.h"
#include "pipeline/analysis.h"
#include "sim/curves.h"

#define N_SAMPLES 512
#define PROGRESS_INTERVAL 100 /* ms */
#define PROGRESS_STEPS 1000
#define MAX_SECONDS 600.0 /* of a run that are computed */

typedef struct
{
  SgRunEntry *run;     /* (nullable): with its model, once it is read */
  SgRunFigures told;   /* with the run */
  SgCurves *curves;    /* (nullable) */
  SgThingNames *names; /* (nullable) with the curves */
  char *title;         /* its sketch's */
  char *name;          /* in legends */
  char *error;         /* (nullable): why there are no curves */
  int *progress;       /* (nullable) atomic, shared with the worker (g_atomic_rc_box); of PROGRESS_STEPS */
} Side;

struct _SgRunCompare
{
  AdwBin parent_instance;
  AdwHeaderBar *header;
  GtkGrid *table;
  GtkLabel *note;
  GtkProgressBar *progress;
  GtkFlowBox *plots, *body_plots;
  GtkDropDown *body;
  GtkWidget *body_row;
  GPtrArray *plot_widgets; /* SgPlot: the energies, then the body's */
  GPtrArray *bodies;       /* char *: what the drop-down has */
  SgCache *cache;          /* (nullable) */
  Side sides[2];
  GCancellable *cancellable; /* (nullable): of what is under way */
  guint timer, n_under_way;
};

static guint closed_signal;

G_DEFINE_FINAL_TYPE (SgRunCompare, sg_run_compare, ADW_TYPE_BIN)

typedef struct
{
  SgCurveKind kind;
  const char *title, *unit;
} Figure;

static const Figure figures[] = {
  { SG_CURVE_TOTAL, N_ ("Total energy"), "J" },
  { SG_CURVE_KINETIC, N_ ("Kinetic energy"), "J" },
  { SG_CURVE_POTENTIAL, N_ ("Potential energy"), "J" },
  { SG_CURVE_X, N_ ("Position across"), "m" },
  { SG_CURVE_Z, N_ ("Height"), "m" },
  { SG_CURVE_SPEED, N_ ("Speed"), "m/s" },
};

#define N_ENERGIES 3

static void
side_clear (Side *side)
{
  g_clear_pointer (&side->run, sg_run_entry_unref);
  g_clear_pointer (&side->curves, sg_curves_free);
  g_clear_pointer (&side->names, sg_thing_names_unref);
  g_clear_pointer (&side->title, g_free);
  g_clear_pointer (&side->name, g_free);
  g_clear_pointer (&side->error, g_free);
  g_clear_pointer (&side->progress, g_atomic_rc_box_release);
}

/* -- The table -- */

static char *
say_count (guint64 n)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, n);
}

static char *
say_change (const Side *side)
{
  return sg_units_format (side->run->energy_last - side->run->energy_first, "J");
}

static void
add_cell (SgRunCompare *self, int column, int row, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->table, label, column, row, 1, 1);
}

/* As the line in the plots. */
static void
add_swatch (SgRunCompare *self, guint i, const char *text)
{
  GtkWidget *label = gtk_label_new (NULL);
  GdkRGBA color = sg_plot_get_color (i);
  g_autofree char *markup =
    g_strdup_printf ("<span foreground='#%02x%02x%02x'>%s</span>", (int)(color.red * 255),
                     (int)(color.green * 255), (int)(color.blue * 255), text);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_grid_attach (self->table, label, (int)i + 1, 0, 1, 1);
}

static void
add_row (SgRunCompare *self, int row, const char *title, char *(*say) (const Side *side))
{
  add_cell (self, 0, row, title, "dim-label");
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *text = self->sides[i].run != NULL ? say (&self->sides[i]) : g_strdup ("…");

      add_cell (self, i + 1, row, text, NULL);
    }
}

static char *
say_when (const Side *side)
{
  return sg_when_describe_run (side->run->created_us);
}

static char *
say_length (const Side *side)
{
  return sg_units_format (side->run->simulated, "s");
}

static char *
say_start (const Side *side)
{
  return sg_units_format (side->told.start, "s");
}

static char *
say_wall (const Side *side)
{
  return sg_units_format (side->run->wall, "s");
}

static char *
say_steps (const Side *side)
{
  return say_count (side->run->steps);
}

static char *
say_bodies (const Side *side)
{
  return say_count (side->told.n_bodies);
}

static char *
say_first (const Side *side)
{
  return sg_units_format (side->run->energy_first, "J");
}

static char *
say_last (const Side *side)
{
  return sg_units_format (side->run->energy_last, "J");
}

static char *
say_title (const Side *side)
{
  return g_strdup (side->title);
}

static char *
say_words (const Side *side)
{
  return g_strdup (side->run->words != NULL && *side->run->words != '\0' ? side->run->words : "—");
}

static void
show_table (SgRunCompare *self)
{
  GtkWidget *child;
  int row = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
  add_swatch (self, 0, "━━━━");
  add_swatch (self, 1, "━ ━ ━");
  row++;
  add_row (self, row++, _ ("Sketch"), say_title);
  add_row (self, row++, _ ("Run"), say_when);
  add_row (self, row++, _ ("Words"), say_words);
  add_row (self, row++, _ ("Began at"), say_start);
  add_row (self, row++, _ ("Simulated"), say_length);
  add_row (self, row++, _ ("It took"), say_wall);
  add_row (self, row++, _ ("Steps"), say_steps);
  add_row (self, row++, _ ("Moving bodies"), say_bodies);
  add_row (self, row++, _ ("Energy at first"), say_first);
  add_row (self, row++, _ ("Energy at last"), say_last);
  add_row (self, row, _ ("Change"), say_change);
}

/* -- The plots -- */

static void
show_plot (SgRunCompare *self, guint i, const char *body)
{
  SgPlot *plot = self->plot_widgets->pdata[i];
  SgPlotLine lines[2];
  const SgCurve *curve;

  for (guint k = 0; k < 2; k++)
    {
      const SgCurves *curves = self->sides[k].curves;

      lines[k] = (SgPlotLine){ self->sides[k].name };
      curve = curves != NULL ? sg_curves_find (curves, figures[i].kind, body) : NULL;
      if (curve != NULL)
        lines[k] = (SgPlotLine){ self->sides[k].name, curves->time, curve->values, curves->n_samples };
    }
  sg_plot_set_words (plot, _ (figures[i].title), figures[i].unit, _ ("Time"), "s");
  sg_plot_set_lines (plot, lines, 2);
}

static void
show_body (SgRunCompare *self)
{
  guint selected = gtk_drop_down_get_selected (self->body);
  const char *body = selected < self->bodies->len ? self->bodies->pdata[selected] : NULL;

  for (guint i = N_ENERGIES; i < G_N_ELEMENTS (figures); i++)
    {
      gtk_widget_set_visible (gtk_widget_get_parent (self->plot_widgets->pdata[i]), body != NULL);
      if (body != NULL)
        show_plot (self, i, body);
    }
}

/* As the list of parts has it; where the two runs' drawings differ in that, by both. */
static char *
say_body (SgRunCompare *self, const char *body)
{
  const char *said[2];

  for (guint k = 0; k < 2; k++)
    said[k] = sg_thing_names_find (self->sides[k].names, mjOBJ_BODY, body);
  if (said[0] != NULL && said[1] != NULL && !g_str_equal (said[0], said[1]))
    return g_strdup_printf ("%s / %s", said[0], said[1]);
  return g_strdup (said[0] != NULL ? said[0] : said[1] != NULL ? said[1]
                                                               : body);
}

static void
list_bodies (SgRunCompare *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->bodies, 0);
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; self->sides[k].curves != NULL && i < self->sides[k].curves->curves->len; i++)
      {
        const SgCurve *curve = self->sides[k].curves->curves->pdata[i];

        if (curve->kind != SG_CURVE_X ||
            g_ptr_array_find_with_equal_func (self->bodies, curve->body, g_str_equal, NULL))
          continue;
        g_ptr_array_add (self->bodies, g_strdup (curve->body));
        gtk_string_list_take (names, say_body (self, curve->body));
      }
  gtk_drop_down_set_model (self->body, G_LIST_MODEL (names));
  gtk_widget_set_visible (self->body_row, self->bodies->len > 0);
}

/* What the curves do not say by themselves. */
static void
show_note (SgRunCompare *self)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < 2; k++)
    {
      const Side *side = &self->sides[k];

      if (side->error != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", side->name, side->error);
      else if (side->run != NULL && side->told.carried)
        g_string_append_printf (
          text, _ ("%s%s: the drawing was changed amid it; its curves are of a run from the start."),
          text->len > 0 ? "\n" : "", side->name);
      else if (side->run != NULL && side->run->simulated > MAX_SECONDS)
        g_string_append_printf (text, _ ("%s%s: its first %g s are shown."), text->len > 0 ? "\n" : "",
                                side->name, MAX_SECONDS);
    }
  gtk_label_set_label (self->note, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->note), text->len > 0);
  g_string_free (text, TRUE);
}

static void
show_curves (SgRunCompare *self)
{
  for (guint i = 0; i < N_ENERGIES; i++)
    show_plot (self, i, NULL);
  list_bodies (self);
  show_body (self);
  show_note (self);
}

/* -- Computing -- */

typedef struct
{
  int *progress;
  SgRunEntry *run;
  SgHistory *history;
  SgCache *cache; /* (nullable) */
  SgCurvesOptions options;
} Work;

typedef struct
{
  SgCurves *curves;
  SgThingNames *names;
} Computed;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_atomic_rc_box_release (work->progress);
  sg_run_entry_unref (work->run);
  g_object_unref (work->history);
  g_clear_pointer (&work->cache, sg_cache_unref);
  g_free (work);
}

static void
computed_free (gpointer data)
{
  Computed *computed = data;

  g_clear_pointer (&computed->curves, sg_curves_free);
  g_clear_pointer (&computed->names, sg_thing_names_unref);
  g_free (computed);
}

static void
progress_cb (double done, gpointer data)
{
  Work *work = data;

  g_atomic_int_set (work->progress, (int)(done * PROGRESS_STEPS));
}

/* What the bodies were drawn as, of the drawing as it was; without that they have the model's names. */
static SgThingNames *
read_names (const Work *work, GCancellable *cancellable)
{
  const SgRunEntry *run = work->run;
  g_autoptr (SgPage) page =
    run->version_id != 0 ? sg_history_load_version (work->history, run->version_id, NULL) : NULL;
  g_autoptr (SgReading) reading =
    page != NULL ? sg_cached_analyze (work->cache, SG_CACHE_FAR, NULL, page, NULL, cancellable, NULL, NULL)
                 : NULL;
  g_autoptr (SgSpec) spec =
    run->spec != NULL ? sg_spec_parse ("", run->spec, strlen (run->spec), NULL) : NULL;
  const SgScene scene = { .reading = reading, .spec = spec };

  return sg_thing_names_new (&scene);
}

static void
compute (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (work->run->mjcf, &error);
  Computed *computed;

  SgCurves *curves = model != NULL ? sg_curves_run (model, &work->options, cancellable, &error) : NULL;
  if (curves == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  computed = g_new (Computed, 1);
  *computed = (Computed){ curves, read_names (work, cancellable) };
  g_task_return_pointer (task, computed, computed_free);
}

static void
one_done (SgRunCompare *self)
{
  if (--self->n_under_way > 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  show_curves (self);
}

/* The page and one of its sides, for what was begun of it. */
typedef struct
{
  SgRunCompare *page;
  guint side;
  GCancellable *cancellable;
} Reading;

static Reading *
reading_new (SgRunCompare *self, guint k)
{
  Reading *reading = g_new0 (Reading, 1);

  *reading = (Reading){ g_object_ref (self), k, g_object_ref (self->cancellable) };
  return reading;
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (SgRunCompare) self = reading->page;
  g_autoptr (GCancellable) cancellable = reading->cancellable;
  Side *side = &self->sides[reading->side];
  g_autoptr (GError) error = NULL;
  Computed *computed = g_task_propagate_pointer (G_TASK (result), &error);

  g_free (reading);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (computed != NULL)
    {
      side->curves = g_steal_pointer (&computed->curves);
      side->names = g_steal_pointer (&computed->names);
      computed_free (computed);
    }
  side->error = g_strdup (error != NULL ? error->message : side->curves->stopped);
  one_done (self);
}

static void
start_computing (SgRunCompare *self, SgHistory *history, guint k)
{
  Side *side = &self->sides[k];
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, computed_cb, reading_new (self, k));
  Work *work = g_new0 (Work, 1);

  if (side->told.carried)
    side->told.start = 0;
  side->progress = g_atomic_rc_box_new0 (int);
  *work = (Work){ g_atomic_rc_box_acquire (side->progress), sg_run_entry_ref (side->run),
                  g_object_ref (history), self->cache != NULL ? sg_cache_ref (self->cache) : NULL };
  work->options = (SgCurvesOptions){ side->told.start, MIN (side->run->simulated, MAX_SECONDS), N_SAMPLES,
                                     progress_cb, work };
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, compute);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (SgRunCompare) self = reading->page;
  g_autoptr (GCancellable) cancellable = reading->cancellable;
  Side *side = &self->sides[reading->side];
  g_autoptr (GError) error = NULL;
  SgRunEntry *run = sg_history_get_run_finish (SG_HISTORY (source), result, &error);
  guint k = reading->side;

  g_free (reading);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_clear_pointer (&run, sg_run_entry_unref);
      return;
    }
  if (run != NULL)
    {
      g_clear_pointer (&side->run, sg_run_entry_unref);
      side->run = run;
      side->told = sg_run_figures_parse (run->result);
      show_table (self);
    }
  if (run != NULL && run->mjcf != NULL && strlen (run->mjcf) <= SG_LIMIT_MJCF_BYTES)
    {
      start_computing (self, SG_HISTORY (source), k);
      return;
    }
  side->error = g_strdup (error != NULL ? error->message : _ ("its model is no longer there"));
  one_done (self);
}

static gboolean
timer_cb (gpointer data)
{
  SgRunCompare *self = data;
  int done = 0;

  for (guint k = 0; k < 2; k++)
    done += self->sides[k].progress != NULL ? g_atomic_int_get (self->sides[k].progress) : 0;
  gtk_progress_bar_set_fraction (self->progress, done / (2.0 * PROGRESS_STEPS));
  return G_SOURCE_CONTINUE;
}

void
sg_run_compare_clear (SgRunCompare *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint k = 0; k < 2; k++)
    side_clear (&self->sides[k]);
}

/* By what tells them apart: the sketches' names, or the runs' times. */
static char *
name_side (const SgRunEntry *run, const char *title, const char *other_title)
{
  return g_str_equal (title, other_title) ? sg_when_describe_run (run->created_us) : g_strdup (title);
}

void
sg_run_compare_show (SgRunCompare *self,
                     SgHistory *history,
                     SgRunEntry *const runs[2],
                     const char *const titles[2])
{
  sg_run_compare_clear (self);
  self->cancellable = g_cancellable_new ();
  self->n_under_way = 2;
  for (guint k = 0; k < 2; k++)
    {
      self->sides[k].run = sg_run_entry_ref (runs[k]);
      self->sides[k].title = g_strdup (titles[k]);
      self->sides[k].name = name_side (runs[k], titles[k], titles[1 - k]);
      sg_history_get_run_async (history, runs[k]->id, self->cancellable, read_cb, reading_new (self, k));
    }
  if (g_str_equal (self->sides[0].name, self->sides[1].name))
    for (guint k = 0; k < 2; k++)
      {
        g_autofree char *name = g_steal_pointer (&self->sides[k].name);

        self->sides[k].name = g_strdup_printf ("%s (%u)", name, k + 1);
      }
  show_table (self);
  show_curves (self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  self->timer = g_timeout_add (PROGRESS_INTERVAL, timer_cb, self);
}

void
sg_run_compare_set_cache (SgRunCompare *self, SgCache *cache)
{
  g_clear_pointer (&self->cache, sg_cache_unref);
  self->cache = cache != NULL ? sg_cache_ref (cache) : NULL;
}

void
sg_run_compare_set_decoration (SgRunCompare *self, const char *layout)
{
  adw_header_bar_set_decoration_layout (self->header, layout);
}

static void
close_cb (SgRunCompare *self)
{
  g_signal_emit (self, closed_signal, 0);
}

static void
sg_run_compare_dispose (GObject *object)
{
  SgRunCompare *self = SG_RUN_COMPARE (object);

  sg_run_compare_clear (self);
  sg_run_compare_set_cache (self, NULL);
  g_clear_pointer (&self->plot_widgets, g_ptr_array_unref);
  g_clear_pointer (&self->bodies, g_ptr_array_unref);
  G_OBJECT_CLASS (sg_run_compare_parent_class)->dispose (object);
}

static void
sg_run_compare_class_init (SgRunCompareClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_run_compare_dispose;
  closed_signal = g_signal_new ("closed", SG_TYPE_RUN_COMPARE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/run-compare.ui");
  gtk_widget_class_bind_template_child (widget_class, SgRunCompare, header);
  gtk_widget_class_bind_template_child (widget_class, SgRunCompare, table);
  gtk_widget_class_bind_template_child (widget_class, SgRunCompare, note);
  gtk_widget_class_bind_template_child (widget_class, SgRunCompare, progress);
  gtk_widget_class_bind_template_child (widget_class, SgRunCompare, plots);
  gtk_widget_class_bind_template_child (widget_class, SgRunCompare, body_plots);
  gtk_widget_class_bind_template_child (widget_class, SgRunCompare, body);
  gtk_widget_class_bind_template_child (widget_class, SgRunCompare, body_row);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_body);
}

static void
sg_run_compare_init (SgRunCompare *self)
{
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  self->plot_widgets = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      GtkWidget *plot = sg_plot_new ();

      gtk_flow_box_append (i < N_ENERGIES ? self->plots : self->body_plots, plot);
      gtk_widget_set_focusable (gtk_widget_get_parent (plot), FALSE);
      g_ptr_array_add (self->plot_widgets, plot);
    }
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (show_table), self,
                           G_CONNECT_SWAPPED);
}
