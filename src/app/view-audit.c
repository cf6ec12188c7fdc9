/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walks widgets as they are laid out now. */
#include "config.h"

#include "app/view-audit.h"

#include <adwaita.h>

#define SLACK 1 /* px that rounding may take */

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return gtk_widget_get_tooltip_text (widget) != NULL ? gtk_widget_get_tooltip_text (widget) : "";
}

/* Its own, or that of the row or button that it stands in. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_ROOT (widget); widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_has_tooltip (widget))
      return TRUE;
  return FALSE;
}

static gboolean
is_cut (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width;

  if (pango_layout_is_ellipsized (layout))
    return TRUE;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return gtk_widget_get_width (GTK_WIDGET (label)) + SLACK < width;
}

/* What can be scrolled to is within reach. */
static gboolean
is_scrolled (GtkWidget *widget)
{
  GtkPolicyType policy;

  while ((widget = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW)) != NULL)
    {
      gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
      if (policy != GTK_POLICY_NEVER)
        return TRUE;
      widget = gtk_widget_get_parent (widget);
    }
  return FALSE;
}

static gboolean
is_outside (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, window, &bounds) &&
         (bounds.origin.x < -SLACK ||
          bounds.origin.x + bounds.size.width > (float)(gtk_widget_get_width (window) + SLACK)) &&
         !is_scrolled (widget);
}

/* A toast lies over what there is, and goes by itself. */
static gboolean
is_in_toast (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (g_str_equal (gtk_widget_get_css_name (widget), "toast"))
      return TRUE;
  return FALSE;
}

static gboolean
can_target (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (!gtk_widget_get_can_target (widget))
      return FALSE;
  return TRUE;
}

/* What is picked at its middle is neither it nor in it. */
static gboolean
is_covered (GtkWidget *widget, GtkWidget *window)
{
  graphene_point_t middle = GRAPHENE_POINT_INIT ((float)gtk_widget_get_width (widget) / 2,
                                                 (float)gtk_widget_get_height (widget) / 2);
  GtkWidget *picked;

  if (gtk_widget_get_width (widget) == 0 || !can_target (widget) || is_in_toast (widget) ||
      gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW) != NULL ||
      !gtk_widget_compute_point (widget, window, &middle, &middle))
    return FALSE;
  picked = gtk_widget_pick (window, middle.x, middle.y, GTK_PICK_INSENSITIVE);
  return picked != NULL && picked != widget && !gtk_widget_is_ancestor (picked, widget) &&
         !is_in_toast (picked);
}

static gboolean
is_sideways (GtkWidget *widget)
{
  GtkAdjustment *adjustment;
  GtkPolicyType policy;

  if (!GTK_IS_SCROLLED_WINDOW (widget) || gtk_widget_get_ancestor (widget, ADW_TYPE_TAB_BAR) != NULL)
    return FALSE; /* of many tabs some have no place */
  adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));
  gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
  return policy != GTK_POLICY_NEVER && gtk_adjustment_get_upper (adjustment) >
                                         gtk_adjustment_get_page_size (adjustment) + SLACK;
}

static gboolean
is_moving (GtkWidget *widget)
{
  if (GTK_IS_REVEALER (widget))
    return gtk_revealer_get_reveal_child (GTK_REVEALER (widget)) !=
           gtk_revealer_get_child_revealed (GTK_REVEALER (widget));
  if (ADW_IS_LEAFLET (widget))
    return adw_leaflet_get_child_transition_running (ADW_LEAFLET (widget));
  return GTK_IS_STACK (widget) && gtk_stack_get_transition_running (GTK_STACK (widget));
}

G_GNUC_PRINTF (2, 3)
static void
add_line (GVariantBuilder *lines, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_variant_builder_add_value (lines, g_variant_new_take_string (g_strdup_vprintf (format, arguments)));
  va_end (arguments);
}

static void
audit_widget (GtkWidget *widget, GtkWidget *window, GVariantBuilder *lines)
{
  gboolean is_label = GTK_IS_LABEL (widget);

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (GTK_IS_POPOVER (widget))
    {
      window = widget; /* it may reach over the window's edge */
      add_line (lines, "popover\t%s", G_OBJECT_TYPE_NAME (widget));
    }
  if (is_label && is_cut (GTK_LABEL (widget)) && !has_tooltip (widget))
    add_line (lines, "cut\t%s", get_text (widget));
  if ((is_label || GTK_IS_BUTTON (widget) || GTK_IS_TEXT (widget)) && is_outside (widget, window))
    add_line (lines, "outside\t%s\t%s", G_OBJECT_TYPE_NAME (widget), get_text (widget));
  if (GTK_IS_BUTTON (widget) && is_covered (widget, window))
    add_line (lines, "covered\t%s\t%s", G_OBJECT_TYPE_NAME (widget), get_text (widget));
  if (is_sideways (widget))
    add_line (lines, "sideways\t%s",
              G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  if (is_moving (widget))
    add_line (lines, "moving\t%s", G_OBJECT_TYPE_NAME (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    audit_widget (child, window, lines);
}

GVariant *
sg_view_audit (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GVariantBuilder lines;

  g_variant_builder_init (&lines, G_VARIANT_TYPE_STRING_ARRAY);
  for (GList *link = windows; link != NULL; link = link->next)
    {
      GtkWidget *window = link->data;
      const char *title = gtk_window_get_title (GTK_WINDOW (window));
      int least;

      if (!gtk_widget_get_mapped (window))
        continue;
      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      add_line (&lines, "window\t%s\t%d\t%d", title != NULL ? title : "", least,
                gtk_widget_get_width (window));
      audit_widget (window, window, &lines);
    }
  return g_variant_builder_end (&lines);
}
