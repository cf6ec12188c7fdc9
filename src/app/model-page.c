/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page about a model. The list of bodies is a list view, as there may be thousands. */
#include "config.h"

#include "app/model-page.h"

#include <glib/gi18n.h>

#include "app/file-names.h"
#include "base/units.h"

struct _SgModelPage
{
  AdwBin parent_instance;
  GtkLabel *name;
  GtkLabel *kind;
  GtkWidget *problem, *buttons;
  GtkLabel *problem_text;
  GtkLabel *heading;
  GtkStringList *bodies; /* "name\nwhat it is" */
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (SgModelPage, sg_model_page, ADW_TYPE_BIN)

/* -- What is said -- */

static const char *
describe_joint (const mjModel *model, int body)
{
  if (model->body_mocapid[body] >= 0)
    return _ ("moved by hand");
  if (model->body_jntnum[body] == 0)
    return _ ("fixed to its parent");
  if (model->body_jntnum[body] > 1)
    return _ ("several joints");
  switch (model->jnt_type[model->body_jntadr[body]])
    {
    case mjJNT_FREE:
      return _ ("free");
    case mjJNT_BALL:
      return _ ("on a ball joint");
    case mjJNT_SLIDE:
      return _ ("slides");
    default:
      return _ ("on a pin");
    }
}

/* "arm" and "1.2 kg, on a pin". */
static char *
describe_body (const mjModel *model, int body)
{
  const char *name = mj_id2name (model, mjOBJ_BODY, body);
  /* the unit with a prefix of its own is the kilogram */
  g_autofree char *mass = sg_units_format (model->body_mass[body] * 1000, "g");
  g_autofree char *unnamed = name == NULL ? g_strdup_printf (_ ("body %d"), body) : NULL;
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : unnamed, -1);

  g_strdelimit (valid, "\n", ' ');
  return g_strdup_printf ("%s\n%s, %s", valid, mass, describe_joint (model, body));
}

static void
list_bodies (SgModelPage *self, const mjModel *model)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->bodies));

  for (int body = 1; body < model->nbody; body++)
    g_ptr_array_add (lines, describe_body (model, body));
  g_ptr_array_add (lines, NULL);
  gtk_string_list_splice (self->bodies, 0, n, (const char *const *)lines->pdata);
}

static char *
count_parts (const mjModel *model)
{
  int bodies = model->nbody - 1, joints = (int)model->njnt, motors = (int)model->nu;
  g_autofree char *a = g_strdup_printf (ngettext ("%d body", "%d bodies", bodies), bodies);
  g_autofree char *b = g_strdup_printf (ngettext ("%d joint", "%d joints", joints), joints);
  g_autofree char *c = g_strdup_printf (ngettext ("%d motor", "%d motors", motors), motors);

  return g_strjoin (" · ", a, b, motors > 0 ? c : NULL, NULL);
}

void
sg_model_page_show (SgModelPage *self, const char *name, SgScene *scene)
{
  const mjModel *model = sg_model_get (scene->model);
  g_autofree char *counts = count_parts (model);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (
    self->kind,
    scene->motion != NULL  ? _ ("This is a recording. Play it forwards (Space) or backwards (B), at any "
                                 "speed, or drag along its timeline.")
    : scene->files != NULL ? _ ("This is a model, not a drawing. It is loaded again when its file "
                                "changes.")
                           : _ ("This is a mechanism in numbers, not a drawing. It is loaded again "
                                "when its file changes."));
  gtk_label_set_label (self->heading, counts);
  list_bodies (self, model);
  gtk_widget_set_visible (self->buttons, scene->motion == NULL);
  sg_model_page_set_error (self, NULL);
}

void
sg_model_page_set_error (SgModelPage *self, const GError *error)
{
  gtk_widget_set_visible (self->problem, error != NULL);
  if (error == NULL)
    return;
  g_autofree char *text = sg_file_names_in_advice (error);
  gtk_label_set_label (self->problem_text, text);
}

/* -- Rows -- */

static void
setup_row_cb (SgModelPage *self, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (NULL), *about = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (about, "dim-label");
  gtk_widget_add_css_class (about, "numeric");
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), about);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_row_cb (SgModelPage *self, GtkListItem *item)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  g_auto (GStrv) parts = g_strsplit (text, "\n", 2);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_label (GTK_LABEL (name), parts[0]);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), parts[1] != NULL ? parts[1] : "");
}

/* -- The class -- */

static void
sg_model_page_class_init (SgModelPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/model-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SgModelPage, name);
  gtk_widget_class_bind_template_child (widget_class, SgModelPage, kind);
  gtk_widget_class_bind_template_child (widget_class, SgModelPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SgModelPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, SgModelPage, problem_text);
  gtk_widget_class_bind_template_child (widget_class, SgModelPage, heading);
  gtk_widget_class_bind_template_child (widget_class, SgModelPage, bodies);
  gtk_widget_class_bind_template_child (widget_class, SgModelPage, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
}

static void
sg_model_page_init (SgModelPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
