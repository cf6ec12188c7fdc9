/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All plots show the same stretch of time. Held, they show the one of when they were held; what is measured
 * meanwhile is not lost. */
#include "config.h"

#include "app/plots-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app/file-names.h"
#include "app/plot-card.h"
#include "app/quantity-chooser.h"

#define MOST_IN_A_ROW 4
#define PICTURE_SCALE 2
#define LIVE 0.05      /* s: what is as near to the newest sample is at it */
#define PICTURE_GAP 16 /* px between plots of a picture */

struct _SgPlotsPage
{
  GtkBox parent_instance;
  GtkMenuButton *add_button;
  GtkDropDown *span;
  GtkToggleButton *hold;
  GtkWidget *table_button, *picture_button;
  GtkFlowBox *cards;
  SgQuantityChooser *chooser;
  SgSimulation *simulation;
  GPtrArray *plots;   /* SgPlotCard, in order */
  double from, to;    /* s: what is shown */
  double time;        /* s: of the simulation */
  gboolean suggested; /* the first plot was made */
  SgUnitSystem units;
  SgThingNames *names; /* (nullable) */
};

static guint told_signal;

G_DEFINE_FINAL_TYPE (SgPlotsPage, sg_plots_page, GTK_TYPE_BOX)

static void
tell (SgPlotsPage *self, const char *message)
{
  g_signal_emit (self, told_signal, 0, message);
}

static void
full_cb (SgPlotsPage *self)
{
  tell (self, _ ("As much as can be measured at a time is measured already. Close a plot first."));
}

/* Plots of what was deleted are hidden: they come back with it, as by Undo. */
static gboolean
is_shown (SgPlotsPage *self, guint i)
{
  return sg_plot_card_has_curves (self->plots->pdata[i]);
}

static guint
count_shown (SgPlotsPage *self)
{
  guint n = 0;

  for (guint i = 0; i < self->plots->len; i++)
    n += is_shown (self, i);
  return n;
}

static void
update_for_cards (SgPlotsPage *self)
{
  guint n = count_shown (self);

  for (guint i = 0; i < self->plots->len; i++)
    gtk_widget_set_visible (gtk_widget_get_parent (self->plots->pdata[i]), is_shown (self, i));
  gtk_flow_box_set_max_children_per_line (self->cards, CLAMP (n, 1, MOST_IN_A_ROW));
  gtk_widget_set_sensitive (self->table_button, n > 0);
  gtk_widget_set_sensitive (self->picture_button, n > 0);
}

static void
remove_card (SgPlotsPage *self, SgPlotCard *card)
{
  GtkWidget *child = gtk_widget_get_parent (GTK_WIDGET (card));

  g_ptr_array_remove (self->plots, card);
  gtk_flow_box_remove (self->cards, child);
  update_for_cards (self);
}

static void
card_closed_cb (SgPlotsPage *self, SgPlotCard *card)
{
  remove_card (self, card);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
}

/* For room. */
static gboolean
forget_hidden (SgPlotsPage *self)
{
  guint before = self->plots->len;

  for (guint i = before; i > 0; i--)
    if (!is_shown (self, i - 1))
      remove_card (self, self->plots->pdata[i - 1]);
  return self->plots->len < before;
}

static void
add_card (SgPlotsPage *self, const SgQuantity *quantity)
{
  GtkWidget *card = g_object_ref_sink (sg_plot_card_new (self->simulation));

  sg_plot_card_set_units (SG_PLOT_CARD (card), self->units);
  sg_plot_card_set_names (SG_PLOT_CARD (card), self->names);
  if (sg_plot_card_add (SG_PLOT_CARD (card), quantity) ||
      (forget_hidden (self) && sg_plot_card_add (SG_PLOT_CARD (card), quantity)))
    {
      g_signal_connect_object (card, "full", G_CALLBACK (full_cb), self, G_CONNECT_SWAPPED);
      gtk_flow_box_append (self->cards, card);
      gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
      g_ptr_array_add (self->plots, card);
      g_signal_connect_object (card, "closed", G_CALLBACK (card_closed_cb), self, G_CONNECT_SWAPPED);
      update_for_cards (self);
    }
  else
    full_cb (self);
  g_object_unref (card);
}

static void
chosen_cb (SgPlotsPage *self, const SgQuantity *quantity)
{
  add_card (self, quantity);
  sg_plots_page_refresh (self);
}

static void
offer_cb (GtkMenuButton *button, gpointer data)
{
  SgPlotsPage *self = data;

  sg_quantity_chooser_offer (self->chooser, sg_simulation_get_model (self->simulation), self->names,
                             NULL, FALSE);
}

/* What a drawing is about, mostly: how the first thing that moves does so. */
static void
suggest (SgPlotsPage *self)
{
  SgModel *model = sg_simulation_get_model (self->simulation);
  g_autoptr (SgQuantity) quantity =
    model != NULL ? sg_quantity_suggest (sg_model_get (model)) : NULL;

  if (self->suggested || quantity == NULL)
    return;
  self->suggested = TRUE;
  if (count_shown (self) == 0)
    add_card (self, quantity);
}

void
sg_plots_page_set_units (SgPlotsPage *self, SgUnitSystem units)
{
  self->units = units;
  for (guint i = 0; i < self->plots->len; i++)
    sg_plot_card_set_units (self->plots->pdata[i], units);
  sg_plots_page_refresh (self);
}

void
sg_plots_page_set_names (SgPlotsPage *self, SgThingNames *names)
{
  g_clear_pointer (&self->names, sg_thing_names_unref);
  self->names = names != NULL ? sg_thing_names_ref (names) : NULL;
  guint before = count_shown (self);
  for (guint i = 0; i < self->plots->len; i++)
    sg_plot_card_set_names (self->plots->pdata[i], names);
  if (before > 0 && count_shown (self) == 0) /* what is drawn next is another thing */
    self->suggested = FALSE;
  update_for_cards (self);
}

void
sg_plots_page_set_time (SgPlotsPage *self, double time)
{
  self->time = time;
}

void
sg_plots_page_refresh (SgPlotsPage *self)
{
  static const double spans[] = { 5, 10, 30, 60, 600, INFINITY };
  double span = spans[MIN (gtk_drop_down_get_selected (self->span), G_N_ELEMENTS (spans) - 1)];
  double first = 0, last = 0;

  if (self->simulation == NULL)
    return;
  suggest (self);
  if (!gtk_toggle_button_get_active (self->hold) || isnan (self->to))
    {
      if (!sg_probe_get_span (sg_simulation_get_probe (self->simulation), &first, &last))
        first = last = 0;
      self->to = self->time < last - span ? MIN (last, self->time + span / 2) : last;
    }
  else
    sg_probe_get_span (sg_simulation_get_probe (self->simulation), &first, &last);
  double now = self->time < last - LIVE ? self->time : NAN;
  self->from = isfinite (span) ? MAX (first, self->to - span) : first;
  for (guint i = 0; i < self->plots->len; i++)
    sg_plot_card_refresh (self->plots->pdata[i], self->from, self->to,
                          isfinite (span) ? self->from + span : self->to, now);
}

/* -- Taking out -- */

static GdkTexture *
take_picture (SgPlotsPage *self)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  float width = 0, height = 0;

  for (guint i = 0; i < self->plots->len; i++)
    {
      SgPlot *plot = sg_plot_card_get_plot (self->plots->pdata[i]);

      if (!is_shown (self, i))
        continue;
      g_autoptr (GdkTexture) picture = sg_plot_take_picture (plot, PICTURE_SCALE);

      if (picture == NULL)
        return NULL;
      height += height > 0 ? PICTURE_GAP : 0;
      gtk_snapshot_append_texture (snapshot, picture,
                                   &GRAPHENE_RECT_INIT (0, height, gdk_texture_get_width (picture),
                                                        gdk_texture_get_height (picture)));
      width = MAX (width, gdk_texture_get_width (picture));
      height += gdk_texture_get_height (picture);
    }
  g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);
  return node != NULL ? gsk_renderer_render_texture (gtk_native_get_renderer (native), node,
                                                     &GRAPHENE_RECT_INIT (0, 0, width, height))
                      : NULL;
}

static GBytes *
write_table (SgPlotsPage *self)
{
  g_autoptr (GArray) channels = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->plots->len; i++)
    if (is_shown (self, i))
      sg_plot_card_list (self->plots->pdata[i], channels, names);
  char *text =
    sg_probe_write_csv (sg_simulation_get_probe (self->simulation), (const int *)channels->data,
                        (const char *const *)names->pdata, channels->len, self->from, self->to);
  return g_bytes_new_take (text, strlen (text));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgPlotsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    text = g_strdup_printf (_ ("Saved as %s"), name);
  else
    {
      g_autofree char *reason = sg_file_names_in_message (error);

      text = g_strdup_printf (_ ("%s could not be saved: %s"), name, reason);
    }
  tell (self, text);
}

void
sg_plots_page_export (SgPlotsPage *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GdkTexture) picture = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (g_str_has_suffix (name, ".png"))
    {
      picture = take_picture (self);
      bytes = picture != NULL ? gdk_texture_save_to_png_bytes (picture) : NULL;
    }
  else
    bytes = write_table (self);
  if (bytes != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, saved_cb,
                                         g_object_ref (self));
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, SgPlotsPage *self)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL)
    sg_plots_page_export (self, file);
  g_object_unref (dialog);
}

static void
choose_file (SgPlotsPage *self, const char *title, const char *name)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_table_cb (SgPlotsPage *self)
{
  choose_file (self, _ ("Save the Numbers"), _ ("measured.csv"));
}

static void
save_picture_cb (SgPlotsPage *self)
{
  choose_file (self, _ ("Save the Plots"), _ ("measured.png"));
}

/* -- The class -- */

void
sg_plots_page_set_simulation (SgPlotsPage *self, SgSimulation *simulation)
{
  g_set_object (&self->simulation, simulation);
}

static void
sg_plots_page_dispose (GObject *object)
{
  SgPlotsPage *self = SG_PLOTS_PAGE (object);

  g_clear_pointer (&self->plots, g_ptr_array_unref);
  g_clear_object (&self->simulation);
  g_clear_pointer (&self->names, sg_thing_names_unref);
  G_OBJECT_CLASS (sg_plots_page_parent_class)->dispose (object);
}

static void
sg_plots_page_class_init (SgPlotsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_plots_page_dispose;
  told_signal = g_signal_new ("told", SG_TYPE_PLOTS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                              1, G_TYPE_STRING);
  g_type_ensure (ADW_TYPE_BUTTON_CONTENT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/plots-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SgPlotsPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, SgPlotsPage, span);
  gtk_widget_class_bind_template_child (widget_class, SgPlotsPage, hold);
  gtk_widget_class_bind_template_child (widget_class, SgPlotsPage, table_button);
  gtk_widget_class_bind_template_child (widget_class, SgPlotsPage, picture_button);
  gtk_widget_class_bind_template_child (widget_class, SgPlotsPage, cards);
  gtk_widget_class_bind_template_callback (widget_class, save_table_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_picture_cb);
  gtk_widget_class_bind_template_callback (widget_class, sg_plots_page_refresh);
}

static void
sg_plots_page_init (SgPlotsPage *self)
{
  self->plots = g_ptr_array_new ();
  self->to = NAN;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chooser = SG_QUANTITY_CHOOSER (sg_quantity_chooser_new ());
  gtk_menu_button_set_popover (self->add_button, GTK_WIDGET (self->chooser));
  gtk_menu_button_set_create_popup_func (self->add_button, offer_cb, self, NULL);
  g_signal_connect_swapped (self->chooser, "chosen", G_CALLBACK (chosen_cb), self);
  update_for_cards (self);
}
