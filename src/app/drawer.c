/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages and the height they have. It asks for its height but can be made smaller, so that a low window
 * keeps all its parts. */
#include "config.h"

#include "app/drawer.h"

#include "app/contacts-page.h"
#include "app/energy-page.h"
#include "app/motors-page.h"
#include "app/performance-page.h"
#include "app/plots-page.h"

#define KEY_STEP 24        /* px */
#define MOST_HEIGHT 2000   /* px */
#define DEFAULT_HEIGHT 300 /* px */

struct _SgDrawer
{
  GtkWidget parent_instance;
  GtkWidget *box, *edge, *switcher;
  GtkDropDown *chooser; /* in a narrow window */
  GtkStack *stack;
  SgPlotsPage *plots;
  SgEnergyPage *energy;
  SgContactsPage *contacts;
  SgMotorsPage *motors;
  SgPerformancePage *performance;
  SgSimulation *simulation;
  SgSimulationStats stats; /* of the last refresh */
  double frames_per_second;
  int height;
  gboolean open, narrow;
  guint n_updates;
};

enum
{
  PROP_HEIGHT = 1,
  PROP_PAGE,
  N_PROPS
};

enum
{
  CLOSED,
  TOLD,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgDrawer, sg_drawer, GTK_TYPE_WIDGET)

/* -- What is shown -- */

static gboolean
is_shown (SgDrawer *self, gpointer page)
{
  return self->open && gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (page);
}

static void
show_page (SgDrawer *self)
{
  const SgReadout *readout;

  if (self->simulation == NULL)
    return;
  readout = sg_probe_get_readout (sg_simulation_get_probe (self->simulation));
  if (is_shown (self, self->plots))
    {
      sg_plots_page_set_time (self->plots, self->stats.time);
      sg_plots_page_refresh (self->plots);
    }
  else if (is_shown (self, self->energy))
    sg_energy_page_refresh (self->energy, readout);
  else if (is_shown (self, self->contacts))
    sg_contacts_page_refresh (self->contacts, readout);
  else if (is_shown (self, self->motors))
    sg_motors_page_refresh (self->motors, readout);
  else if (is_shown (self, self->performance))
    sg_performance_page_refresh (self->performance, readout, &self->stats, self->frames_per_second);
}

/* Only what is looked at is measured. The simulation answers with its next figures. */
static void
look (SgDrawer *self)
{
  SgProbeLooking looking = 0;

  if (self->simulation == NULL)
    return;
  if (is_shown (self, self->energy))
    looking = SG_PROBE_LEDGER;
  else if (is_shown (self, self->performance))
    looking = SG_PROBE_PROFILE;
  else if (is_shown (self, self->contacts) || is_shown (self, self->motors))
    looking = SG_PROBE_READOUT;
  sg_energy_page_set_looking (self->energy, is_shown (self, self->energy));
  sg_simulation_set_looking (self->simulation, looking);
  show_page (self);
}

void
sg_drawer_set_units (SgDrawer *self, SgUnitSystem units)
{
  sg_plots_page_set_units (self->plots, units);
}

void
sg_drawer_set_names (SgDrawer *self, SgThingNames *names)
{
  sg_plots_page_set_names (self->plots, names);
  sg_contacts_page_set_names (self->contacts, names);
  sg_motors_page_set_names (self->motors, names);
}

void
sg_drawer_refresh (SgDrawer *self, const SgSimulationStats *stats, double frames_per_second)
{
  self->stats = *stats;
  self->frames_per_second = frames_per_second;
  if (!self->open || self->simulation == NULL)
    return;
  self->n_updates++;
  show_page (self);
}

guint
sg_drawer_get_n_updates (SgDrawer *self)
{
  return self->n_updates;
}

void
sg_drawer_set_open (SgDrawer *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  look (self);
  if (!open)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_child_focus (self->narrow ? GTK_WIDGET (self->chooser) : self->switcher, GTK_DIR_TAB_FORWARD);
}

void
sg_drawer_set_narrow (SgDrawer *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_widget_set_visible (self->switcher, !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), narrow);
  sg_energy_page_set_narrow (self->energy, narrow);
  sg_contacts_page_set_narrow (self->contacts, narrow);
  sg_motors_page_set_narrow (self->motors, narrow);
  show_page (self);
}

void
sg_drawer_set_simulation (SgDrawer *self, SgSimulation *simulation)
{
  g_set_object (&self->simulation, simulation);
  sg_plots_page_set_simulation (self->plots, simulation);
  sg_energy_page_set_simulation (self->energy, simulation);
  sg_motors_page_set_simulation (self->motors, simulation);
}

static void
page_chosen_cb (SgDrawer *self)
{
  GtkStackPage *page = gtk_drop_down_get_selected_item (self->chooser);

  if (page != NULL)
    gtk_stack_set_visible_child (self->stack, gtk_stack_page_get_child (page));
}

static void
page_changed_cb (SgDrawer *self)
{
  GtkSelectionModel *pages = GTK_SELECTION_MODEL (gtk_drop_down_get_model (self->chooser));

  for (guint i = 0; pages != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    if (gtk_selection_model_is_selected (pages, i))
      gtk_drop_down_set_selected (self->chooser, i);
  look (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
}

static void
told_cb (SgDrawer *self, const char *message)
{
  g_signal_emit (self, signals[TOLD], 0, message);
}

static void
close_cb (SgDrawer *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* -- Its height -- */

static void
set_height (SgDrawer *self, int height)
{
  height = CLAMP (height, SG_DRAWER_LEAST_HEIGHT, MOST_HEIGHT);
  if (self->height == height)
    return;
  self->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HEIGHT]);
}

/* The edge moves with the pointer: what it was moved by is in the height already. */
static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, SgDrawer *self)
{
  int now = gtk_widget_get_height (GTK_WIDGET (self));

  set_height (self, now - (int)dy);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, SgDrawer *self)
{
  if (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  set_height (self, self->height + (keyval == GDK_KEY_Up ? KEY_STEP : -KEY_STEP));
  return GDK_EVENT_STOP;
}

static void
sg_drawer_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  SgDrawer *self = SG_DRAWER (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *natural = MAX (*minimum, self->height);
  *minimum_baseline = *natural_baseline = -1;
}

static void
sg_drawer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (SG_DRAWER (widget)->box, width, height, baseline, NULL);
}

/* -- The class -- */

static void
sg_drawer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SgDrawer *self = SG_DRAWER (object);

  if (id == PROP_HEIGHT)
    g_value_set_int (value, self->height);
  else if (id == PROP_PAGE)
    g_value_set_string (value, gtk_stack_get_visible_child_name (self->stack));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sg_drawer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SgDrawer *self = SG_DRAWER (object);

  if (id == PROP_HEIGHT)
    set_height (self, g_value_get_int (value));
  else if (id == PROP_PAGE && gtk_stack_get_child_by_name (self->stack, g_value_get_string (value)) != NULL)
    gtk_stack_set_visible_child_name (self->stack, g_value_get_string (value));
  else if (id != PROP_PAGE)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sg_drawer_dispose (GObject *object)
{
  SgDrawer *self = SG_DRAWER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->simulation);
  G_OBJECT_CLASS (sg_drawer_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/drawer.ui");
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, box);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, edge);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, switcher);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, chooser);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, stack);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, plots);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, energy);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, contacts);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, motors);
  gtk_widget_class_bind_template_child (widget_class, SgDrawer, performance);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
}

static void
sg_drawer_class_init (SgDrawerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sg_drawer_get_property;
  object_class->set_property = sg_drawer_set_property;
  object_class->dispose = sg_drawer_dispose;
  widget_class->measure = sg_drawer_measure;
  widget_class->size_allocate = sg_drawer_size_allocate;
  props[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, SG_DRAWER_LEAST_HEIGHT, MOST_HEIGHT,
                                         DEFAULT_HEIGHT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_PAGE] =
    g_param_spec_string ("page", NULL, NULL, "plots", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CLOSED] =
    g_signal_new ("closed", SG_TYPE_DRAWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOLD] = g_signal_new ("told", SG_TYPE_DRAWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  g_type_ensure (SG_TYPE_CONTACTS_PAGE);
  g_type_ensure (SG_TYPE_ENERGY_PAGE);
  g_type_ensure (SG_TYPE_MOTORS_PAGE);
  g_type_ensure (SG_TYPE_PERFORMANCE_PAGE);
  g_type_ensure (SG_TYPE_PLOTS_PAGE);
  bind_template (widget_class);
}

static void
sg_drawer_init (SgDrawer *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GtkSelectionModel) pages = NULL;

  self->height = DEFAULT_HEIGHT;
  gtk_widget_init_template (GTK_WIDGET (self));
  pages = gtk_stack_get_pages (self->stack);
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (pages));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE); /* until it opens: a start need not lay it out */
  gtk_widget_set_cursor_from_name (self->edge, "ns-resize");
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (self->edge, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->edge, keys);
}
