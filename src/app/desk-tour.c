/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tour on a desk: its sketch on an empty page, and above it the strip that looks on. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

#include "app/tab-window.h"
#include "sketch/file.h"

#define SKETCH "/org/simgen/SimGen/tour.simgen"

/* It is small, and in memory. Returns (transfer full). */
static SgPage *
load_sketch (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (SKETCH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (SgPage) page = sg_sketch_file_parse (SKETCH, text, size, NULL);
  SgPageBuilder *builder = sg_page_builder_new (page);

  sg_page_builder_set_title (builder, _ ("Tour"));
  return sg_page_builder_end (builder);
}

static void
end (SgDesk *self)
{
  if (self->tour == NULL)
    return;
  gtk_box_remove (self->desk, GTK_WIDGET (self->tour));
  self->tour = NULL;
}

static void
closed_cb (SgDesk *self)
{
  GSettings *settings = sg_application_get_settings (self->application);

  end (self);
  if (settings != NULL)
    g_settings_set_boolean (settings, "offer-tour", FALSE);
}

void
sg_desk_update_tour (SgDesk *self)
{
  SgSimulationStats stats;
  SgTourSight sight = { 0 };

  if (self->tour == NULL)
    return;
  SgReading *reading = sg_mechanism_get_reading (self->mechanism);
  sg_simulation_get_stats (sg_mechanism_get_simulation (self->mechanism), &stats);
  sight.n_hinges = reading != NULL ? sg_reading_count_relations (reading, SG_RELATION_HINGE) : 0;
  sight.playing = sg_mechanism_get_playing (self->mechanism);
  sight.pulling = stats.pull.body != 0;
  sight.said = *sg_page_get_words (sg_document_get_page (self->document)) != '\0';
  g_object_get (self->document, "can-redo", &sight.can_redo, NULL);
  sg_tour_card_look (self->tour, &sight);
}

/* Another sketch is there: the tour was of the one before. */
void
sg_desk_leave_tour (SgDesk *self)
{
  if (self->tour != NULL && sg_page_is_empty (sg_document_get_page (self->document)))
    end (self);
}

static void
begin (SgDesk *self)
{
  g_autoptr (SgPage) page = load_sketch ();

  sg_document_replace (self->document, page, 0, NULL);
  self->tour = sg_tour_card_new ();
  g_signal_connect_object (self->tour, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_prepend (self->desk, GTK_WIDGET (self->tour));
}

/* On a page of its own: what was drawn stays where it is. */
static void
tour_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = sg_desk_get_window (data);

  if (window == NULL)
    return;
  sg_tab_window_show_history (SG_TAB_WINDOW (window), FALSE);
  SgDesk *desk = sg_tab_window_take_untouched (SG_TAB_WINDOW (window));
  end (desk);
  begin (desk);
}

void
sg_desk_init_tour (SgDesk *self)
{
  static const GActionEntry entries[] = { { .name = "tour", .activate = tour_cb } };
  GSettings *settings = sg_application_get_settings (self->application);

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  if (settings != NULL)
    g_settings_bind (settings, "offer-tour", sg_welcome_get_tour_button (self->welcome), "visible",
                     G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->document, "notify::can-redo", G_CALLBACK (sg_desk_update_tour), self,
                           G_CONNECT_SWAPPED);
}
