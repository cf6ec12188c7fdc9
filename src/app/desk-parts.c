/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts on the desk: canvas and side panel show one selection, a click on a mark asks what it is there, and
 * the panel tells all of it. The popover lives until something else happens: a stroke, another place on the
 * paper, another page. */
#include "config.h"

#include "app/desk-private.h"

#include "app/part-model.h"
#include "base/units.h"

#define MARK_MARGIN 8 /* pixels about a mark that its popover leaves free */

/* -- The side panel -- */

static void
parts_closed_cb (SgDesk *self)
{
  sg_desk_show_parts (self, FALSE);
}

void
sg_desk_take_inspector_units (SgDesk *self)
{
  GSettings *settings = sg_application_get_settings (self->application);

  if (self->inspector == NULL || settings == NULL)
    return;
  g_autofree char *name = g_settings_get_string (settings, "units");
  sg_inspector_set_units (self->inspector, sg_unit_system_from_name (name));
}

/* It is there by the time that it has something to list, so that it need not be filled when it is opened. */
SgInspector *
sg_desk_take_inspector (SgDesk *self)
{
  if (self->inspector != NULL)
    return self->inspector;
  self->inspector = g_object_new (SG_TYPE_INSPECTOR, NULL);
  sg_inspector_set_narrow (self->inspector, self->narrow);
  sg_inspector_connect (self->inspector, self->document, self->selection);
  sg_desk_take_inspector_units (self);
  g_signal_connect_object (self->inspector, "closed", G_CALLBACK (parts_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_revealer_set_child (self->side, GTK_WIDGET (self->inspector));
  return self->inspector;
}

static void
reveal_side (SgDesk *self, gboolean show)
{
  if (show)
    sg_desk_take_inspector (self);
  gtk_revealer_set_reveal_child (self->side, show);
  gtk_widget_set_can_target (GTK_WIDGET (self->side), show);
  sg_desk_show_side (self);
}

void
sg_desk_show_parts (SgDesk *self, gboolean show)
{
  reveal_side (self, show);
  if (!show)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static gboolean
is_in_side (SgDesk *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self->side)) != NULL;
}

void
sg_desk_toggle_parts (SgDesk *self)
{
  gboolean show = !is_in_side (self);

  sg_desk_show_parts (self, show);
  if (show)
    sg_inspector_focus_list (self->inspector);
}

/* -- One selection -- */

/* Whether the selection speaks of the page as it is. */
static gboolean
is_current (SgDesk *self)
{
  return sg_part_selection_get_reading (self->selection) != NULL &&
         sg_part_selection_get_page (self->selection) == sg_document_get_page (self->document);
}

/* The one element that is selected, -1 where that is not so. */
static int
selected_element (SgDesk *self)
{
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);

  return n == 1 && is_current (self) ? (int)elements[0] : -1;
}

/* What is selected on the canvas is selected in the panel; one mark shows all about it where the panel is
 * open. */
static void
canvas_selected_cb (SgDesk *self)
{
  if (is_current (self))
    {
      g_autoptr (GArray) marks =
        sg_canvas_get_selected_marks (self->canvas, sg_part_selection_get_reading (self->selection));

      sg_part_selection_set (self->selection, (const guint *)marks->data, marks->len);
    }
  sg_desk_update_actions (self);
}

/* What is selected stands out in the simulation too, as soon as that shows the same reading. */
void
sg_desk_light_parts (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  gboolean same = scene != NULL && scene->reading == sg_part_selection_get_reading (self->selection);
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);

  sg_view_set_lit (self->view, same ? scene : NULL, elements, n);
}

static void
view_picked_cb (SgDesk *self, const char *geom)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  int element = scene != NULL && geom != NULL ? sg_part_of_geom (scene, geom) : -1;
  guint index = MAX (element, 0);

  if (scene != NULL && scene->reading == sg_part_selection_get_reading (self->selection))
    sg_part_selection_set (self->selection, &index, element >= 0 ? 1 : 0);
}

static void
parts_selected_cb (SgDesk *self)
{
  SgReading *reading = sg_part_selection_get_reading (self->selection);
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);

  sg_desk_light_parts (self);

  if (selected_element (self) < 0)
    gtk_popover_popdown (GTK_POPOVER (self->mark_popover));
  if (!is_current (self))
    return;
  g_autoptr (GArray) marks = sg_canvas_get_selected_marks (self->canvas, reading);
  if (self->rereading && n == 0 && marks->len > 0)
    { /* its ink was moved: other strokes, selected all the same */
      sg_part_selection_set (self->selection, (const guint *)marks->data, marks->len);
      return;
    }
  gboolean same = marks->len == n;
  for (guint i = 0; i < n && same; i++)
    same = g_array_index (marks, guint, i) == elements[i];
  if (!same)
    sg_canvas_select_marks (self->canvas, reading, elements, n);
}

/* -- The popover at a mark -- */

/* Points from `at`, on the mark, past its outline, so that neither it nor its handles are covered: below what
 * is wide, beside what is tall. */
static void
show_popover (SgDesk *self, guint element, SgPoint at, gboolean keyboard)
{
  GtkWidget *canvas = GTK_WIDGET (self->canvas);
  SgRect mark = sg_rect_grow (sg_canvas_get_mark_bounds (self->canvas, element), MARK_MARGIN);
  gboolean wide = mark.width > mark.height;
  GdkRectangle box = wide ? (GdkRectangle){ (int)at.x, (int)mark.y, 1, (int)mark.height }
                          : (GdkRectangle){ (int)mark.x, (int)at.y, (int)mark.width, 1 };
  GdkRectangle seen = { 0, 0, gtk_widget_get_width (canvas), gtk_widget_get_height (canvas) };

  if (!gtk_widget_get_mapped (canvas))
    return;
  gtk_popover_set_position (GTK_POPOVER (self->mark_popover), wide ? GTK_POS_BOTTOM : GTK_POS_RIGHT);
  if (!gdk_rectangle_intersect (&box, &seen, &box))
    box = (GdkRectangle){ CLAMP (box.x, 0, seen.width - 1), CLAMP (box.y, 0, seen.height - 1), 1, 1 };
  sg_mark_popover_show (self->mark_popover, sg_part_selection_get_page (self->selection),
                        sg_part_selection_get_reading (self->selection), element, &box, keyboard);
}

/* What the choices say needs no tooltip beside them. */
static void
popover_shown_cb (SgDesk *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->canvas),
                              !gtk_widget_get_visible (GTK_WIDGET (self->mark_popover)));
}

static void
mark_picked_cb (SgDesk *self, guint element, double x, double y)
{
  if (selected_element (self) != (int)element)
    return;
  if (gtk_revealer_get_reveal_child (self->side))
    sg_inspector_show_part (self->inspector);
  show_popover (self, element, SG_POINT (x, y), FALSE);
}

void
sg_desk_show_alternatives (SgDesk *self)
{
  int element = selected_element (self);

  if (element >= 0)
    show_popover (self, element, sg_rect_center (sg_canvas_get_mark_bounds (self->canvas, element)), TRUE);
}

static void
more_cb (SgDesk *self)
{
  reveal_side (self, TRUE);
  sg_inspector_show_part (self->inspector);
  sg_inspector_focus_part (self->inspector);
}

static void
corrected_cb (SgDesk *self, SgCorrection *correction)
{
  sg_document_correct (self->document, correction);
}

static void
drawing_cb (SgDesk *self, gboolean drawing)
{
  if (drawing)
    gtk_popover_popdown (GTK_POPOVER (self->mark_popover));
}

/* Escape anywhere on the paper: the popover goes, then the selection. */
static gboolean
key_cb (SgDesk *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (gtk_widget_get_visible (GTK_WIDGET (self->mark_popover)))
    gtk_popover_popdown (GTK_POPOVER (self->mark_popover));
  else if (sg_canvas_has_selection (self->canvas))
    sg_canvas_clear_selection (self->canvas);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
connect_popover (SgDesk *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->mark_popover = SG_MARK_POPOVER (sg_mark_popover_new (GTK_WIDGET (self->canvas)));
  g_signal_connect_swapped (self->mark_popover, "corrected", G_CALLBACK (corrected_cb), self);
  g_signal_connect_swapped (self->mark_popover, "notify::visible", G_CALLBACK (popover_shown_cb), self);
  g_signal_connect_swapped (self->mark_popover, "more", G_CALLBACK (more_cb), self);
  g_signal_connect_object (self->document, "changed", G_CALLBACK (gtk_popover_popdown), self->mark_popover,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "viewport-changed", G_CALLBACK (gtk_popover_popdown),
                           self->mark_popover, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "mark-picked", G_CALLBACK (mark_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "drawing", G_CALLBACK (drawing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), keys);
}

void
sg_desk_init_parts (SgDesk *self)
{
  connect_popover (self);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (parts_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "selection-changed", G_CALLBACK (canvas_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "picked", G_CALLBACK (view_picked_cb), self, G_CONNECT_SWAPPED);
}
