/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawing out of the desk: exported, and printed. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

#include "app/drawing-dialog.h"
#include "app/file-names.h"
#include "app/print.h"

/* -- Exporting -- */

static void
exported_cb (SgDesk *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  sg_desk_tell (self, text);
}

static void
export_drawing_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  g_autoptr (SgPage) selected =
    sg_canvas_has_selection (self->canvas) ? sg_canvas_dup_selected (self->canvas) : NULL;
  SgDrawingDialog *dialog =
    sg_drawing_dialog_new (sg_desk_get_window (self), sg_document_get_page (self->document), selected,
                           sg_canvas_get_paper (self->canvas), sg_document_get_title (self->document),
                           sg_application_get_cache (self->application));

  g_signal_connect_object (dialog, "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* -- Printing -- */

static void
printed_cb (gboolean printed, const GError *error, gpointer data)
{
  g_autoptr (SgDesk) self = data;

  if (error == NULL)
    return;
  g_autofree char *reason = sg_file_names_in_message (error);
  g_autofree char *text = g_strdup_printf (_ ("Not printed: %s"), reason);
  sg_desk_tell (self, text);
}

static void
print (SgDesk *self, const char *path)
{
  sg_print (sg_desk_get_window (self),
            &(SgPrint){ .page = sg_document_get_page (self->document),
                        .reading = sg_canvas_get_reading (self->canvas),
                        .paper = sg_canvas_get_paper (self->canvas),
                        .title = sg_document_get_title (self->document),
                        .settings = sg_application_get_settings (self->application),
                        .path = path },
            printed_cb, g_object_ref (self));
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  print (data, NULL);
}

/* For tests: as the dialog would, into a PDF. */
static void
print_to_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  print (data, g_variant_get_string (parameter, NULL));
}

/* -- Both -- */

static const GActionEntry entries[] = {
  { .name = "export-drawing", .activate = export_drawing_cb },
  { .name = "print", .activate = print_cb },
  { .name = "print-to", .parameter_type = "s", .activate = print_to_cb },
};

void
sg_desk_update_paper_actions (SgDesk *self)
{
  gboolean any = !sg_page_is_empty (sg_document_get_page (self->document)) && self->model == NULL &&
                 sg_desk_get_history_page (self) == NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), entries[i].name)), any);
}

void
sg_desk_init_paper (SgDesk *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}
