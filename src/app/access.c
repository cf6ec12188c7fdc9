/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hook looks at each widget as it is shown. What has a name is left alone. */
#include "config.h"

#include "app/access.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MOST_LEVELS 6 /* from a part up to its whole */

/* A button with an icon alone GTK calls as its picture, which has no name. */
static gboolean
is_of_icon (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && GTK_IS_IMAGE (gtk_button_get_child (GTK_BUTTON (widget)));
}

static gboolean
is_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         (gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY) &&
          !is_of_icon (widget));
}

/* The first that says something, or `may_be_empty`, as what is told what to show only later. */
static GtkWidget *
find_label (GtkWidget *widget, gboolean may_be_empty)
{
  GtkWidget *found =
    GTK_IS_LABEL (widget) && (may_be_empty || *gtk_label_get_text (GTK_LABEL (widget)) != '\0') ? widget
                                                                                                : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, may_be_empty);
  return found;
}

/* What is in it has the focus. A group of rows names its list by its title, which may be empty. */
static gboolean
is_mere_frame (GtkWidget *widget)
{
  if (GTK_IS_LIST_BOX (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP) != NULL)
    return TRUE;
  return !is_named (widget) && (GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_LIST_BOX (widget));
}

/* The control that `widget` is a part of: an entry, a button of a menu, a choice. Only a name of its own is
 * read from there, not one by relation. */
static GtkWidget *
find_whole (GtkWidget *widget)
{
  for (guint level = 0; level < MOST_LEVELS && widget != NULL && !GTK_IS_ROOT (widget); level++)
    {
      widget = gtk_widget_get_parent (widget);
      if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
        return widget;
    }
  return NULL;
}

/* The list of a row of choices belongs to the row, which has a title and no name of its own. */
static void
name_list (GtkWidget *list)
{
  GtkWidget *row = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_ROW), *whole = find_whole (list);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  else if (whole != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY, whole, NULL,
                                    -1);
}

/* Of a button that shows an icon alone: what its tooltip says, or what the toolkit's icon stands for. */
static const char *
find_words (GtkWidget *button)
{
  static const struct
  {
    const char *icon, *words;
  } known[] = {
    { "window-close-symbolic", N_ ("Close") },
    { "edit-find-symbolic", N_ ("Search") },
    { "go-previous-symbolic", N_ ("Back") },
  };
  const char *tooltip = gtk_widget_get_tooltip_text (button);
  const char *icon = gtk_image_get_icon_name (GTK_IMAGE (gtk_button_get_child (GTK_BUTTON (button))));

  for (guint i = 0; i < G_N_ELEMENTS (known) && tooltip == NULL; i++)
    if (g_strcmp0 (icon, known[i].icon) == 0)
      return _ (known[i].words);
  return tooltip;
}

static void
name_button (GtkWidget *button)
{
  const char *words = find_words (button);

  if (words == NULL)
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* GTK 4.8 calls a button with a mnemonic "_Save Save": by its text as it is written, and by its label. */
static void
drop_underline (GtkWidget *widget)
{
  GtkButton *button = GTK_IS_BUTTON (widget) ? GTK_BUTTON (widget) : NULL;
  const char *text =
    button != NULL && gtk_button_get_use_underline (button) ? gtk_button_get_label (button) : NULL;

  if (text == NULL ||
      !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return; /* or nobody listens */
  g_autofree char *other =
    gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text);
  if (other == NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static gboolean
shown_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (values), *name = NULL;

  if (!gtk_widget_get_focusable (widget))
    return G_SOURCE_CONTINUE;
  drop_underline (widget);
  if (is_mere_frame (widget) || !gtk_widget_get_can_focus (widget))
    gtk_widget_set_focusable (widget, FALSE);
  else if (is_named (widget))
    return G_SOURCE_CONTINUE;
  else if (GTK_IS_LIST_BASE (widget))
    name_list (widget);
  else if (GTK_IS_TEXT (widget) || GTK_IS_TOGGLE_BUTTON (widget))
    name = find_whole (widget);
  else if ((name = find_label (widget, FALSE)) == NULL)
    name = find_label (widget, TRUE);
  if (name != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name,
                                    NULL, -1);
  else if (is_of_icon (widget) && !is_named (widget))
    name_button (widget);
  return G_SOURCE_CONTINUE;
}

void
sg_access_install (void)
{
  g_autoptr (GTypeClass) widget_class = g_type_class_ref (GTK_TYPE_WIDGET); /* whose signals are there then */

  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, shown_cb, NULL, NULL);
}
