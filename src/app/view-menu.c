/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One switch a row, by the names that render/shown.h has for them. The view has the state; what is seen
 * here is brought up to date when it says that this changed, and while that happens the switches say
 * nothing back. */
#include "config.h"

#include "app/view-menu.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name; /* of the switch; NULL: a heading */
  const char *label;
} Row;

static const Row marks[] = {
  { NULL, N_ ("Contacts") },
  { "contact-point", N_ ("Where bodies touch") },
  { "contact-force", N_ ("Forces of contact") },
  { "contact-split", N_ ("Forces along and across") },
  { "island", N_ ("Bodies that push each other") },
  { NULL, N_ ("Bodies") },
  { "ink", N_ ("The drawing's ink on them") },
  { "traces", N_ ("Traces of where they were") },
  { "centre-of-mass", N_ ("Centre of mass") },
  { "inertia", N_ ("Inertia, as a box") },
  { "scaled-inertia", N_ ("Larger box for more mass") },
  { "transparent", N_ ("Transparent") },
  { "static", N_ ("What is fixed") },
  { "pull-force", N_ ("Force of the pull") },
  { "pull-object", N_ ("Body that is pulled") },
  { "selection-point", N_ ("Point that was selected") },
  { NULL, N_ ("Joints and drives") },
  { "joint", N_ ("Axes of joints") },
  { "tendon", N_ ("Ropes and springs") },
  { "actuator", N_ ("Motors") },
  { "activation", N_ ("How hard motors work") },
  { "constraint", N_ ("Closed loops") },
  { "auto-connect", N_ ("Skeleton") },
  { "rangefinder", N_ ("Distance sensors") },
  { NULL, N_ ("Scene") },
  { "camera", N_ ("Cameras") },
  { "light", N_ ("Lights") },
  { NULL, N_ ("Meshes and soft bodies") },
  { "texture", N_ ("Textures") },
  { "convex-hull", N_ ("Convex hulls") },
  { "skin", N_ ("Skins") },
  { "flex-vertex", N_ ("Soft bodies: points") },
  { "flex-edge", N_ ("Soft bodies: edges") },
  { "flex-face", N_ ("Soft bodies: faces") },
  { "flex-skin", N_ ("Soft bodies: smooth") },
  { "body-bvh", N_ ("Bounding boxes of bodies") },
  { "mesh-bvh", N_ ("Bounding boxes in meshes") },
  { "sdf-iteration", N_ ("Search of distance fields") },
};

static const Row effects[] = {
  { NULL, N_ ("Light") },
  { "own-look", N_ ("The model's own lights and sky") },
  { "shadow", N_ ("Shadows") },
  { "reflection", N_ ("Reflections") },
  { "skybox", N_ ("Sky") },
  { "fog", N_ ("Fog") },
  { "haze", N_ ("Haze at the horizon") },
  { NULL, N_ ("Drawing") },
  { "wireframe", N_ ("Edges only") },
  { "additive", N_ ("Transparent things add up") },
  { "cull-face", N_ ("Leave out what faces away") },
  { "segment", N_ ("Each part in a colour of its own") },
  { "id-color", N_ ("… that is its number") },
  { "depth", N_ ("Distance as brightness") },
};

static const Row groups[] = {
  { "geom", N_ ("Shapes") },
  { "site", N_ ("Points") },
  { "joint", N_ ("Joints") },
  { "tendon", N_ ("Ropes") },
  { "actuator", N_ ("Motors") },
  { "flex", N_ ("Soft bodies") },
  { "skin", N_ ("Skins") },
};

/* In the order of mjtLabel and mjtFrame. */
static const char *const label_texts[] = {
  N_ ("Nothing"),
  N_ ("Bodies"),
  N_ ("Joints"),
  N_ ("Shapes"),
  N_ ("Points"),
  N_ ("Cameras"),
  N_ ("Lights"),
  N_ ("Ropes"),
  N_ ("Motors"),
  N_ ("Constraints"),
  N_ ("Soft bodies"),
  N_ ("Skins"),
  N_ ("What is selected"),
  N_ ("Place selected"),
  N_ ("Contacts"),
  N_ ("Forces of contact, in newtons"),
  N_ ("Groups that push"),
  NULL,
};

static const char *const frame_texts[] = {
  N_ ("Nothing"),
  N_ ("Bodies"),
  N_ ("Shapes"),
  N_ ("Points"),
  N_ ("Cameras"),
  N_ ("Lights"),
  N_ ("Contacts"),
  N_ ("The world"),
  NULL,
};

struct _SgViewMenu
{
  GtkPopover parent_instance;
  GtkBox *marks_box, *effects_box;
  GtkGrid *groups_grid;
  GtkDropDown *camera_choice, *body_choice, *label_choice, *frame_choice;
  GtkWidget *forget;

  SgView *view;         /* (nullable): before it is set, after it is gone */
  GHashTable *switches; /* const char * -> GtkCheckButton, by name */
  GtkStringList *bodies;
  char **body_names; /* (nullable): in the model, of `bodies` from its second row on */
  gboolean showing;  /* what the view has is being shown: not a person's doing */
};

G_DEFINE_FINAL_TYPE (SgViewMenu, sg_view_menu, GTK_TYPE_POPOVER)

static void
switched_cb (SgViewMenu *self, GtkCheckButton *button)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (button));
  SgShown shown;

  if (self->showing || self->view == NULL)
    return;
  sg_view_get_shown (self->view, &shown);
  sg_shown_set (&shown, name, gtk_check_button_get_active (button));
  sg_view_set_shown (self->view, &shown);
}

static GtkWidget *
add_switch (SgViewMenu *self, const char *name, const char *label)
{
  GtkWidget *button = label != NULL ? gtk_check_button_new_with_label (label) : gtk_check_button_new ();

  gtk_widget_set_name (button, name);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (switched_cb), self);
  g_hash_table_insert (self->switches, (gpointer)gtk_widget_get_name (button), button);
  return button;
}

static void
add_rows (SgViewMenu *self, GtkBox *box, const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (rows[i].name != NULL)
      gtk_box_append (box, add_switch (self, rows[i].name, _ (rows[i].label)));
    else
      {
        GtkWidget *heading = gtk_label_new (_ (rows[i].label));

        gtk_label_set_xalign (GTK_LABEL (heading), 0);
        gtk_widget_add_css_class (heading, "heading");
        gtk_box_append (box, heading);
      }
}

/* A row a kind, a column a group. */
static void
add_groups (SgViewMenu *self)
{
  for (int column = 0; column < 6; column++)
    {
      g_autofree char *number = g_strdup_printf ("%d", column);

      gtk_grid_attach (self->groups_grid, gtk_label_new (number), column + 1, 0, 1, 1);
    }
  for (int row = 0; row < (int)G_N_ELEMENTS (groups); row++)
    {
      GtkWidget *kind = gtk_label_new (_ (groups[row].label));

      gtk_label_set_xalign (GTK_LABEL (kind), 0);
      gtk_widget_set_hexpand (kind, TRUE);
      gtk_grid_attach (self->groups_grid, kind, 0, row + 1, 1, 1);
      for (int column = 0; column < 6; column++)
        {
          g_autofree char *name = g_strdup_printf ("%s-group-%d", groups[row].name, column);
          /* Translators: a kind of thing and the number of its group: "Shapes, group 2" */
          g_autofree char *said = g_strdup_printf (_ ("%s, group %d"), _ (groups[row].label), column);
          GtkWidget *button = add_switch (self, name, NULL);

          gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
          gtk_widget_set_tooltip_text (button, said);
          gtk_grid_attach (self->groups_grid, button, column + 1, row + 1, 1, 1);
        }
    }
}

static void
show_shown (SgViewMenu *self)
{
  GHashTableIter iter;
  gpointer name, button;
  SgShown shown;

  sg_view_get_shown (self->view, &shown);
  self->showing = TRUE;
  g_hash_table_iter_init (&iter, self->switches);
  while (g_hash_table_iter_next (&iter, &name, &button))
    gtk_check_button_set_active (button, sg_shown_get (&shown, name) > 0);
  gtk_drop_down_set_selected (self->label_choice, (guint)shown.option.label);
  gtk_drop_down_set_selected (self->frame_choice, (guint)shown.option.frame);
  self->showing = FALSE;
}

static void
named_cb (SgViewMenu *self)
{
  SgShown shown;

  if (self->showing || self->view == NULL)
    return;
  sg_view_get_shown (self->view, &shown);
  sg_shown_set_label (&shown, sg_shown_label_name (gtk_drop_down_get_selected (self->label_choice)));
  sg_shown_set_frame (&shown, sg_shown_frame_name (gtk_drop_down_get_selected (self->frame_choice)));
  sg_view_set_shown (self->view, &shown);
}

static void
show_cameras (SgViewMenu *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *followed = sg_view_get_followed_body (self->view);
  guint row = 0;

  for (guint i = 0; i < sg_view_n_cameras (self->view); i++)
    gtk_string_list_take (names, sg_view_dup_camera_name (self->view, i));
  for (guint i = 0; followed != NULL && self->body_names != NULL && self->body_names[i] != NULL; i++)
    if (g_str_equal (self->body_names[i], followed))
      row = i + 1;
  self->showing = TRUE;
  gtk_drop_down_set_model (self->camera_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->camera_choice, sg_view_get_camera (self->view));
  gtk_drop_down_set_selected (self->body_choice, row);
  gtk_widget_set_visible (self->forget, sg_view_is_kept_camera (self->view));
  self->showing = FALSE;
}

static void
camera_chosen_cb (SgViewMenu *self)
{
  if (self->showing || self->view == NULL)
    return;
  sg_view_choose_camera (self->view, gtk_drop_down_get_selected (self->camera_choice));
  gtk_widget_set_visible (self->forget, sg_view_is_kept_camera (self->view));
}

static void
body_chosen_cb (SgViewMenu *self)
{
  guint row = gtk_drop_down_get_selected (self->body_choice);

  if (!self->showing && self->view != NULL)
    sg_view_follow_body (self->view, row > 0 ? self->body_names[row - 1] : NULL);
}

static void
keep_cb (SgViewMenu *self)
{
  sg_view_keep_camera (self->view);
  show_cameras (self);
}

static void
forget_cb (SgViewMenu *self)
{
  sg_view_forget_camera (self->view);
  show_cameras (self);
}

static void
fit_cb (SgViewMenu *self)
{
  sg_view_fit (self->view);
}

static void
reset_cb (SgViewMenu *self)
{
  SgShown shown = sg_shown_default ();

  sg_view_set_shown (self->view, &shown);
}

static GListModel *
make_list (const char *const *texts)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; texts[i] != NULL; i++)
    gtk_string_list_append (list, _ (texts[i]));
  return G_LIST_MODEL (list);
}

/* Its many switches would be a tenth of the program's start; they are made when they are asked for. */
static void
fill (SgViewMenu *self)
{
  g_autoptr (GListModel) labels = make_list (label_texts);
  g_autoptr (GListModel) frames = make_list (frame_texts);

  self->showing = TRUE;
  gtk_drop_down_set_model (self->label_choice, labels);
  gtk_drop_down_set_model (self->frame_choice, frames);
  add_rows (self, self->marks_box, marks, G_N_ELEMENTS (marks));
  add_rows (self, self->effects_box, effects, G_N_ELEMENTS (effects));
  add_groups (self);
  self->showing = FALSE;
}

static void
shown_cb (SgViewMenu *self)
{
  if (g_hash_table_size (self->switches) == 0)
    fill (self);
  show_cameras (self);
  show_shown (self);
}

void
sg_view_menu_set_view (SgViewMenu *self, SgView *view)
{
  self->view = view;
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *)&self->view);
  g_signal_connect_object (view, "shown-changed", G_CALLBACK (show_shown), self, G_CONNECT_SWAPPED);
}

void
sg_view_menu_set_bodies (SgViewMenu *self, const char *const *names, const char *const *words)
{
  gboolean same =
    g_list_model_get_n_items (G_LIST_MODEL (self->bodies)) == 1 + g_strv_length ((char **)words);

  g_strfreev (self->body_names);
  self->body_names = g_strdupv ((char **)names);
  for (guint i = 0; same && words[i] != NULL; i++)
    same = g_str_equal (gtk_string_list_get_string (self->bodies, i + 1), words[i]);
  if (same)
    return;
  self->showing = TRUE;
  gtk_string_list_splice (self->bodies, 1, g_list_model_get_n_items (G_LIST_MODEL (self->bodies)) - 1, words);
  self->showing = FALSE;
}

static void
sg_view_menu_dispose (GObject *object)
{
  SgViewMenu *self = SG_VIEW_MENU (object);

  g_clear_weak_pointer (&self->view);
  g_clear_pointer (&self->switches, g_hash_table_unref);
  g_clear_object (&self->bodies);
  g_clear_pointer (&self->body_names, g_strfreev);
  G_OBJECT_CLASS (sg_view_menu_parent_class)->dispose (object);
}

static void
sg_view_menu_class_init (SgViewMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_view_menu_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/view-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, SgViewMenu, marks_box);
  gtk_widget_class_bind_template_child (widget_class, SgViewMenu, effects_box);
  gtk_widget_class_bind_template_child (widget_class, SgViewMenu, groups_grid);
  gtk_widget_class_bind_template_child (widget_class, SgViewMenu, camera_choice);
  gtk_widget_class_bind_template_child (widget_class, SgViewMenu, body_choice);
  gtk_widget_class_bind_template_child (widget_class, SgViewMenu, label_choice);
  gtk_widget_class_bind_template_child (widget_class, SgViewMenu, frame_choice);
  gtk_widget_class_bind_template_callback (widget_class, body_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, camera_chosen_cb);
  gtk_widget_class_bind_template_child (widget_class, SgViewMenu, forget);
  gtk_widget_class_bind_template_callback (widget_class, fit_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, named_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
sg_view_menu_init (SgViewMenu *self)
{
  self->showing = TRUE;
  self->switches = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bodies = gtk_string_list_new (NULL);
  gtk_string_list_append (self->bodies, _ ("Nothing"));
  gtk_drop_down_set_model (self->body_choice, G_LIST_MODEL (self->bodies));
  self->showing = FALSE;
}
