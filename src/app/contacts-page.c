/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are made as they are needed and kept; a row's labels change only where their text does. */
#include "config.h"

#include "app/contacts-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/units.h"

#define SPACING 24 /* px, between columns */
#define NARROW_SPACING 6

enum
{
  BODIES,
  NORMAL,
  FRICTION,
  POINTS,
  PLACE,
  N_COLUMNS
};

struct _SgContactsPage
{
  GtkBox parent_instance;
  GtkGrid *grid;
  GtkLabel *none, *note;
  GtkLabel *cells[1 + SG_READOUT_MAX_TOUCHES][N_COLUMNS]; /* the first are the headings */
  guint n_made, n_shown;                                  /* rows, without the headings */
  gboolean narrow;
  SgThingNames *names; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SgContactsPage, sg_contacts_page, GTK_TYPE_BOX)

/* Narrow, who touches stands over the figures. */
static void
place (SgContactsPage *self, int column, int row)
{
  static const int width_chars[2][N_COLUMNS] = { { -1, 8, 8, 8, 16 }, { -1, 6, 6, 5, 12 } };
  GtkWidget *cell = GTK_WIDGET (self->cells[row][column]);

  gtk_label_set_width_chars (GTK_LABEL (cell), width_chars[self->narrow][column]);
  if (!self->narrow)
    gtk_grid_attach (self->grid, cell, column, row, 1, 1);
  else if (column == BODIES)
    gtk_grid_attach (self->grid, cell, 0, 2 * row, N_COLUMNS - 1, 1);
  else
    gtk_grid_attach (self->grid, cell, column - 1, 2 * row + 1, 1, 1);
}

static void
add_label (SgContactsPage *self, const char *text, int column, int row)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, column == BODIES ? 0 : 1);
  self->cells[row][column] = label;
  place (self, column, row);
}

static void
make_row (SgContactsPage *self)
{
  for (int column = 0; column < N_COLUMNS; column++)
    add_label (self, "", column, self->n_made + 1);
  self->n_made++;
}

static void
take_text (GtkLabel *label, char *text)
{
  if (!g_str_equal (gtk_label_get_label (label), text))
    gtk_label_set_label (label, text);
  g_free (text);
}

/* What stands still is the ground to a physics class. */
static char *
name_body (SgContactsPage *self, const mjModel *model, int body)
{
  const char *name = mj_id2name (model, mjOBJ_BODY, body);
  const char *words = sg_thing_names_find (self->names, mjOBJ_BODY, name);

  if (body == 0 || model->body_weldid[body] == 0)
    return g_strdup (_ ("ground"));
  if (words != NULL)
    return g_strdup (words);
  return name != NULL ? g_strdup (name) : g_strdup_printf (_ ("body %d"), body);
}

/* Rounded so that there is no -0.00. */
static double
to_cm (double x)
{
  return round (x * 100) / 100 + 0.0;
}

static void
show_row (SgContactsPage *self, guint row, const mjModel *model, const SgTouch *touch)
{
  g_autofree char *first = name_body (self, model, touch->bodies[0]);
  g_autofree char *second = name_body (self, model, touch->bodies[1]);
  gboolean ground = touch->bodies[0] == 0;
  GtkLabel **cells = self->cells[row + 1];

  /* Translators: two bodies that touch */
  take_text (cells[BODIES],
             g_strdup_printf (_ ("%s on %s"), ground ? second : first, ground ? first : second));
  take_text (cells[NORMAL], sg_units_format (touch->normal, "N"));
  take_text (cells[FRICTION], sg_units_format (touch->friction, "N"));
  take_text (cells[POINTS], g_strdup_printf ("%u", touch->n_points));
  take_text (cells[PLACE], g_strdup_printf ("%.2f, %.2f m", to_cm (touch->at[0]), to_cm (touch->at[2])));
}

void
sg_contacts_page_set_names (SgContactsPage *self, SgThingNames *names)
{
  g_clear_pointer (&self->names, sg_thing_names_unref);
  self->names = names != NULL ? sg_thing_names_ref (names) : NULL;
}

void
sg_contacts_page_set_narrow (SgContactsPage *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_grid_set_column_spacing (self->grid, narrow ? NARROW_SPACING : SPACING);
  for (guint row = 0; row <= self->n_made; row++)
    for (int column = 0; column < N_COLUMNS; column++)
      {
        g_autoptr (GtkWidget) cell = g_object_ref (GTK_WIDGET (self->cells[row][column]));

        gtk_grid_remove (self->grid, cell);
        place (self, column, row);
      }
}

void
sg_contacts_page_refresh (SgContactsPage *self, const SgReadout *readout)
{
  guint n = readout->model != NULL ? readout->n_touches : 0;

  while (self->n_made < n)
    make_row (self);
  for (guint i = 0; i < n; i++)
    show_row (self, i, sg_model_get (readout->model), &readout->touches[i]);
  for (guint i = MIN (n, self->n_shown); i < MAX (n, self->n_shown); i++)
    for (int column = 0; column < N_COLUMNS; column++)
      gtk_widget_set_visible (GTK_WIDGET (self->cells[i + 1][column]), i < n);
  self->n_shown = n;
  gtk_widget_set_visible (GTK_WIDGET (self->none), n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->grid), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->note), n == SG_READOUT_MAX_TOUCHES);
  if (n == SG_READOUT_MAX_TOUCHES)
    take_text (self->note, g_strdup_printf (_ ("The first %d pairs are shown."), SG_READOUT_MAX_TOUCHES));
}

static void
sg_contacts_page_finalize (GObject *object)
{
  g_clear_pointer (&SG_CONTACTS_PAGE (object)->names, sg_thing_names_unref);
  G_OBJECT_CLASS (sg_contacts_page_parent_class)->finalize (object);
}

static void
sg_contacts_page_class_init (SgContactsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_contacts_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/contacts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SgContactsPage, grid);
  gtk_widget_class_bind_template_child (widget_class, SgContactsPage, none);
  gtk_widget_class_bind_template_child (widget_class, SgContactsPage, note);
}

static void
sg_contacts_page_init (SgContactsPage *self)
{
  static const char *const heads[N_COLUMNS] = { N_ ("What touches"), N_ ("Pressing"), N_ ("Friction"),
                                                N_ ("Points"), N_ ("Across, height") };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int column = 0; column < N_COLUMNS; column++)
    {
      add_label (self, _ (heads[column]), column, 0);
      gtk_label_set_ellipsize (self->cells[0][column], PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->cells[0][column]), _ (heads[column]));
      gtk_widget_add_css_class (GTK_WIDGET (self->cells[0][column]), "heading");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->grid), FALSE);
}
