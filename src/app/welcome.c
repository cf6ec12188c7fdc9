/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The welcome. */
#include "config.h"

#include "app/welcome.h"

#include "app/example-card.h"

#define SPACING 12     /* px, over the button and the cards */
#define CARDS 5        /* of a row */
#define NARROW_CARDS 3 /* and that is all of them */
#define FOOT 124       /* pixels: the tools lie over the paper, and a notice over them */
#define NARROW_FOOT 72 /* they have a place of their own */

struct _SgWelcome
{
  GtkWidget parent_instance;
  GtkWidget *words, *tour_button;
  GtkFlowBox *cards;
  GPtrArray *examples; /* (nullable): those that get a card yet */
  guint n_cards;
  guint filling; /* source; 0: all have one, or none is read */
  gboolean narrow;
  gboolean asked; /* for the examples */
  GCancellable *cancellable;
};

enum
{
  CHOSEN,
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgWelcome, sg_welcome, GTK_TYPE_WIDGET)

static void
card_clicked_cb (SgExampleCard *card, SgWelcome *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, sg_example_card_get_page (card));
}

static void
add_card (SgWelcome *self, SgExample *example)
{
  GtkWidget *card = sg_example_card_new (example);

  g_signal_connect_object (card, "clicked", G_CALLBACK (card_clicked_cb), self, 0);
  gtk_flow_box_append (self->cards, card);
  gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
}

/* One a turn: all at once would hold up the first stroke. */
static gboolean
add_card_cb (gpointer data)
{
  SgWelcome *self = data;

  if (self->n_cards < self->examples->len)
    {
      add_card (self, self->examples->pdata[self->n_cards++]);
      return G_SOURCE_CONTINUE;
    }
  self->filling = 0;
  g_clear_pointer (&self->examples, g_ptr_array_unref);
  g_signal_emit (self, signals[LOADED], 0);
  return G_SOURCE_REMOVE;
}

static void
examples_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *examples = sg_examples_load_finish (result, &error);
  SgWelcome *self = data;

  if (examples == NULL)
    return; /* cancelled: the widget is gone */
  self->examples = examples;
  self->filling = g_idle_add (add_card_cb, self);
}

static SgPage *
page_of_card (SgWelcome *self, int index)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->cards, index);

  return child != NULL ? sg_example_card_get_page (SG_EXAMPLE_CARD (gtk_flow_box_child_get_child (child)))
                       : NULL;
}

SgPage *
sg_welcome_find_example (SgWelcome *self, const char *title)
{
  SgPage *page;

  for (int i = 0; (page = page_of_card (self, i)) != NULL; i++)
    if (g_str_has_prefix (sg_page_get_title (page), title))
      return page;
  return page_of_card (self, 0);
}

static gboolean
is_shown (GtkFlowBoxChild *child, gpointer data)
{
  return !SG_WELCOME (data)->narrow || gtk_flow_box_child_get_index (child) < NARROW_CARDS;
}

void
sg_welcome_set_narrow (SgWelcome *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), narrow ? NARROW_FOOT : FOOT);
  gtk_flow_box_set_max_children_per_line (self->cards, narrow ? NARROW_CARDS : CARDS);
  gtk_flow_box_invalidate_filter (self->cards);
}

guint
sg_welcome_get_n_examples (SgWelcome *self)
{
  guint n = 0;

  while (gtk_flow_box_get_child_at_index (self->cards, n) != NULL)
    n++;
  return n;
}

GtkWidget *
sg_welcome_get_tour_button (SgWelcome *self)
{
  return self->tour_button;
}

/* Only the cards and the button catch the pointer: the first stroke may begin anywhere else. */
static gboolean
sg_welcome_contains (GtkWidget *widget, double x, double y)
{
  return FALSE;
}

/* As low as may be: what has no place is not shown, instead of under the tools. */
static void
sg_welcome_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  SgWelcome *self = SG_WELCOME (widget);
  gboolean is_height = orientation == GTK_ORIENTATION_VERTICAL;
  int words, cards, least_words, least_cards;

  gtk_widget_measure (self->words, orientation, for_size, &least_words, &words, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->cards), orientation, for_size, &least_cards, &cards, NULL, NULL);
  *minimum = is_height ? 0 : MAX (least_words, least_cards);
  *natural = is_height ? words + SPACING + cards : MAX (words, cards);
  *minimum_baseline = *natural_baseline = -1;
}

static int
measure_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

/* The words and the button, as much of them as fits, in the middle of `height`. */
static void
allocate_head (SgWelcome *self, int width, int height)
{
  int words = measure_height (self->words, width), button = 0, button_width = 0;

  if (gtk_widget_get_visible (self->tour_button))
    {
      gtk_widget_measure (self->tour_button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &button_width, NULL, NULL);
      button = SPACING + measure_height (self->tour_button, button_width);
    }
  gtk_widget_set_child_visible (self->words, words <= height);
  gtk_widget_set_child_visible (self->tour_button, words + button <= height && button_width <= width);
  int top = (height - words - (gtk_widget_get_child_visible (self->tour_button) ? button : 0)) / 2;
  if (gtk_widget_get_child_visible (self->words))
    gtk_widget_size_allocate (self->words, &(GtkAllocation){ 0, top, width, words }, -1);
  if (button > 0 && gtk_widget_get_child_visible (self->tour_button))
    gtk_widget_size_allocate (
      self->tour_button,
      &(GtkAllocation){ (width - button_width) / 2, top + words + SPACING, button_width, button - SPACING },
      -1);
}

static void
sg_welcome_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SgWelcome *self = SG_WELCOME (widget);
  GtkWidget *cards = GTK_WIDGET (self->cards);
  int cards_height = measure_height (cards, width);

  gtk_widget_set_child_visible (cards,
                                measure_height (self->words, width) + SPACING + cards_height <= height);
  if (gtk_widget_get_child_visible (cards))
    {
      height -= cards_height;
      gtk_widget_size_allocate (cards, &(GtkAllocation){ 0, height, width, cards_height }, -1);
      height -= SPACING;
    }
  allocate_head (self, width, height);
}

static void
painted_cb (GdkFrameClock *clock, SgWelcome *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  if (!self->asked)
    sg_examples_load_async (self->cancellable, examples_loaded_cb, self);
  self->asked = TRUE;
}

/* Their cards come after the first frame in any case. To read them before it would keep a processor from the
 * X server and from what else the window waits for; where a sketch is opened at once nobody sees them. */
static void
sg_welcome_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sg_welcome_parent_class)->map (widget);
  if (!SG_WELCOME (widget)->asked)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted_cb),
                             widget, 0);
}

static void
sg_welcome_dispose (GObject *object)
{
  SgWelcome *self = SG_WELCOME (object);
  GtkWidget *child;

  g_clear_handle_id (&self->filling, g_source_remove);
  g_clear_pointer (&self->examples, g_ptr_array_unref);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sg_welcome_parent_class)->dispose (object);
}

static void
sg_welcome_class_init (SgWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_welcome_dispose;
  widget_class->contains = sg_welcome_contains;
  widget_class->map = sg_welcome_map;
  widget_class->measure = sg_welcome_measure;
  widget_class->size_allocate = sg_welcome_size_allocate;
  signals[CHOSEN] = g_signal_new ("chosen", SG_TYPE_WELCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[LOADED] =
    g_signal_new ("loaded", SG_TYPE_WELCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, SgWelcome, words);
  gtk_widget_class_bind_template_child (widget_class, SgWelcome, cards);
  gtk_widget_class_bind_template_child (widget_class, SgWelcome, tour_button);
}

static void
sg_welcome_init (SgWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_flow_box_set_filter_func (self->cards, is_shown, self, NULL);
  self->cancellable = g_cancellable_new ();
}
