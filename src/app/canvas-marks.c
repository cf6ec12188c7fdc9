/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the canvas says of marks: which one is under the pointer, what an issue is about, and what was deleted
 * by a gesture. */
#include "config.h"

#include <glib/gi18n.h>

#include "app/canvas-private.h"
#include "app/part-names.h"

#define REACH 8.0         /* pixels from an outline within which it is meant */
#define HINT_GAP 14.0     /* pixels from what happened to the hint */
#define HINT_MARGIN 8     /* pixels to the canvas' edge */
#define MOST_DESCRIBED 40 /* parts */

void
sg_canvas_allocate_hint (SgCanvas *self)
{
  GtkWidget *hint = GTK_WIDGET (self->undo_hint);
  SgPoint at = sg_viewport_to_widget (&self->viewport, self->undo_hint_at);
  int width = 0, height = 0;

  if (!gtk_widget_get_visible (hint))
    return;
  gtk_widget_measure (hint, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (hint, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  double x =
    CLAMP (at.x - width / 2.0, HINT_MARGIN, MAX (HINT_MARGIN, self->viewport.width - width - HINT_MARGIN));
  double y = CLAMP (at.y - height - HINT_GAP, HINT_MARGIN,
                    MAX (HINT_MARGIN, self->viewport.height - height - HINT_MARGIN));
  gtk_widget_allocate (hint, width, height, -1, gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

void
sg_canvas_tell_deleted (SgCanvas *self, SgPoint at)
{
  self->undo_hint_at = at;
  sg_undo_hint_show (self->undo_hint, _ ("Deleted"));
}

/* The element under the pointer, -1 where none. */
static int
element_at (SgCanvas *self, double x, double y)
{
  if (!self->show_reading)
    return -1;
  return sg_overlay_find (self->overlay, &self->viewport, SG_POINT (x, y), REACH);
}

SgReading *
sg_canvas_get_reading (SgCanvas *self)
{
  gboolean fresh = sg_overlay_shows (self->overlay, sg_document_get_page (self->document));

  return fresh ? sg_overlay_get_reading (self->overlay) : NULL;
}

SgRect
sg_canvas_get_mark_bounds (SgCanvas *self, guint element)
{
  return sg_overlay_get_bounds (self->overlay, &self->viewport, element);
}

/* Selects one element of the reading, -1 for none, and says so; the tool stays, so that the next stroke is
 * drawn. */
static gboolean
pick (SgCanvas *self, int element, SgPoint at)
{
  SgReading *reading = sg_overlay_get_reading (self->overlay);
  guint index = MAX (element, 0);

  if (element < 0 || !sg_overlay_shows (self->overlay, sg_document_get_page (self->document)))
    return FALSE;
  sg_canvas_select_marks (self, reading, &index, 1);
  sg_canvas_emit_mark_picked (self, index, at);
  return TRUE;
}

gboolean
sg_canvas_pick_badge (SgCanvas *self, SgPoint at)
{
  return self->show_reading && pick (self, sg_overlay_find_badge (self->overlay, &self->viewport, at), at);
}

void
sg_canvas_pick_mark (SgCanvas *self, SgPoint at)
{
  pick (self, element_at (self, at.x, at.y), at);
}

/* As the list of parts has them. */
static void
describe_parts (const SgReading *reading, const GPtrArray *names, GString *text)
{
  guint n = sg_reading_n_elements (reading);

  for (guint i = 0; i < MIN (n, MOST_DESCRIBED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *)names->pdata[i]);
  if (n > MOST_DESCRIBED)
    g_string_append (text, ", …");
}

void
sg_canvas_describe (SgCanvas *self)
{
  SgReading *reading = sg_overlay_get_reading (self->overlay);
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) names = reading != NULL ? sg_part_full_names (reading) : NULL;

  if (reading != NULL)
    describe_parts (reading, names, text);
  for (guint i = 0; reading != NULL && i < reading->issues->len; i++)
    {
      const SgIssue *issue = &g_array_index (reading->issues, SgIssue, i);
      const char *name = issue->element >= 0 ? names->pdata[issue->element] : NULL;

      g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "\n" : "", name != NULL ? name : "",
                              name != NULL ? ": " : "", issue->message);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  g_string_free (text, TRUE);
}

/* What stands out: the mark under the pointer; amid a drag only what a handle would hold on to. */
static void
pointer_moved_cb (GtkEventControllerMotion *motion, double x, double y, SgCanvas *self)
{
  SgHandleDrag drag;
  int element = -1;

  if (!sg_canvas_input_is_active (self->input))
    element = element_at (self, x, y);
  else if (sg_canvas_input_get_handle_drag (self->input, &drag))
    element = drag.snap.element;
  if (sg_overlay_set_hovered (self->overlay, element))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pointer_left_cb (SgCanvas *self)
{
  if (sg_overlay_set_hovered (self->overlay, -1))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* On a badge that warns, what it warns of; else what the mark was taken for. */
static gboolean
query_tooltip_cb (SgCanvas *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  SgReading *reading = sg_overlay_get_reading (self->overlay);
  int issue = sg_overlay_find_issue (self->overlay, &self->viewport, SG_POINT (x, y));
  int element = element_at (self, x, y);
  g_autofree char *text = NULL;

  if (keyboard || reading == NULL || element < 0 || sg_canvas_input_is_active (self->input))
    return FALSE;
  const SgElement *shown = sg_reading_element (reading, element);
  if (issue >= 0)
    gtk_tooltip_set_text (tooltip, g_array_index (reading->issues, SgIssue, issue).message);
  else
    {
      g_autofree char *confidence = sg_part_confidence (shown);

      text = g_strdup_printf ("%s, %s", sg_part_name (shown), confidence);
      gtk_tooltip_set_text (tooltip, text);
    }
  return TRUE;
}

void
sg_canvas_init_marks (SgCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->undo_hint = g_object_new (SG_TYPE_UNDO_HINT, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->undo_hint), GTK_WIDGET (self));
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
