/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Editing of what is selected on the paper: duplicated, moved by keys, cut, copied and pasted, also to and
 * from other windows and programs. What goes to the clipboard is made in a worker, from a page of the parts
 * that never changes. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

#include "app/camera-dialog.h"
#include "app/ink-clip.h"
#include "base/limits.h"
#include "sketch/file.h"

#define SHIFT 20.0 /* page units from what was duplicated or copied */
#define NUDGE 1.0  /* pixels that an arrow key moves; with Shift, NUDGE_FAR */
#define NUDGE_FAR 10.0
#define MAX_PASTED 200 /* characters of a line of text, and how many lines */
#define MAX_PASTED_LINES 20

static gboolean
has_stroke_at (SgPage *page, SgRect bounds)
{
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      SgRect other = sg_stroke_get_bounds (sg_page_get_stroke (page, i));

      if (fabs (other.x - bounds.x) + fabs (other.y - bounds.y) + fabs (other.width - bounds.width) < 0.1)
        return TRUE;
    }
  return FALSE;
}

/* Onto the middle of what is seen, where the parts' own place is not; beside what is there already. */
static SgPoint
find_place (SgDesk *self, const SgPage *parts)
{
  SgPage *page = sg_document_get_page (self->document);
  SgRect seen = sg_viewport_get_visible (sg_canvas_get_viewport (self->canvas));
  SgRect bounds = sg_page_get_bounds (parts);
  SgPoint by = SG_POINT (0, 0);

  if (!sg_rect_overlaps (seen, sg_rect_grow (bounds, 1)))
    by = sg_point_sub (sg_rect_center (seen), sg_rect_center (bounds));
  if (sg_page_get_n_strokes (parts) == 0)
    return sg_point_add (by, SG_POINT (SHIFT, SHIFT));
  for (guint i = 0; i < 100; i++)
    {
      SgRect first = sg_stroke_get_bounds (sg_page_get_stroke (parts, 0));

      first.x += by.x;
      first.y += by.y;
      if (!has_stroke_at (page, first))
        break;
      by = sg_point_add (by, SG_POINT (SHIFT, SHIFT));
    }
  return by;
}

static void
put_parts (SgDesk *self, const SgPage *parts)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "tool",
                                      g_variant_new_string ("select"));
  sg_canvas_add_page (self->canvas, parts, find_place (self, parts));
}

static void
duplicate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  g_autoptr (SgPage) parts = sg_canvas_dup_selected (self->canvas);

  put_parts (self, parts);
}

static void
make_clip (GTask *task, gpointer source, gpointer parts, GCancellable *cancellable)
{
  g_task_return_pointer (task, sg_ink_clip_new (parts), (GDestroyNotify)sg_ink_clip_free);
}

static void
clip_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgInkClip) clip = g_task_propagate_pointer (G_TASK (result), NULL);
  GdkContentProvider *forms[3];
  guint n = 0;

  forms[n++] = gdk_content_provider_new_for_bytes (SG_INK_CLIP_TYPE, clip->ink);
  if (clip->svg != NULL)
    forms[n++] = gdk_content_provider_new_for_bytes ("image/svg+xml", clip->svg);
  if (clip->png != NULL)
    forms[n++] = gdk_content_provider_new_for_bytes ("image/png", clip->png);
  g_autoptr (GdkContentProvider) all = gdk_content_provider_new_union (forms, n);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (source)), all);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  g_autoptr (GTask) task = g_task_new (self, NULL, clip_made_cb, NULL);

  g_task_set_task_data (task, sg_canvas_dup_selected (self->canvas), (GDestroyNotify)sg_page_unref);
  g_task_run_in_thread (task, make_clip);
}

static void
cut_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_cb (action, parameter, data);
  sg_canvas_delete_selection (SG_DESK (data)->canvas);
}

static void
parse_clip (GTask *task, gpointer source, gpointer bytes, GCancellable *cancellable)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  GError *error = NULL;
  SgPage *page = sg_sketch_file_parse (_ ("the clipboard"), text, size, &error);

  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify)sg_page_unref);
  else
    g_task_return_error (task, error);
}

static void
clip_parsed_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) parts = g_task_propagate_pointer (G_TASK (result), &error);

  if (parts == NULL)
    sg_desk_tell_error (SG_DESK (source), error);
  else if (!sg_page_is_empty (parts))
    put_parts (SG_DESK (source), parts);
}

static void
clip_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autoptr (GError) error = NULL;
  GOutputStream *memory = G_OUTPUT_STREAM (source);

  if (g_output_stream_splice_finish (memory, result, &error) < 0)
    {
      sg_desk_tell_error (self, error);
      return;
    }
  g_autoptr (GTask) task = g_task_new (self, NULL, clip_parsed_cb, NULL);
  g_task_set_task_data (task, g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory)),
                        (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, parse_clip);
}

/* No more than a sketch may have: another program could send without end. The stream then has no room. */
static gpointer
realloc_within (gpointer data, gsize size)
{
  return size <= SG_LIMIT_SKETCH_BYTES ? g_realloc (data, size) : NULL;
}

static void
clip_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
    gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new (NULL, 0, realloc_within, g_free);

  if (stream == NULL)
    sg_desk_tell_error (self, error);
  else
    g_output_stream_splice_async (memory, stream,
                                  G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                  G_PRIORITY_DEFAULT, NULL, clip_read_cb, g_object_ref (self));
}

static SgPoint
middle_of_paper (SgDesk *self)
{
  return sg_canvas_get_viewport (self->canvas)->center;
}

static void
text_pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  SgPoint at = middle_of_paper (self);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? g_strstrip (text) : "", "\n", MAX_PASTED_LINES + 1);

  for (guint i = 0; lines[i] != NULL && i < MAX_PASTED_LINES; i++)
    if (*g_strstrip (lines[i]) != '\0')
      {
        g_autofree char *line =
          g_utf8_substring (lines[i], 0, MIN (g_utf8_strlen (lines[i], -1), MAX_PASTED));

        sg_page_builder_take_label (builder, sg_label_new (at, line, NULL));
        at.y += 1.4 * SG_LABEL_HEIGHT;
      }
  g_autoptr (SgPage) parts = sg_page_builder_end (builder);
  if (sg_page_is_empty (parts))
    sg_desk_tell (self, _ ("There is nothing in the clipboard that can go onto the paper"));
  else
    put_parts (self, parts);
}

static void
texture_pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);

  if (texture == NULL)
    sg_desk_tell (self, _ ("There is no picture in the clipboard"));
  else
    sg_desk_add_picture_texture (self, texture, middle_of_paper (self));
}

/* Files that were copied in the file manager, of which the first counts, as when they are dropped. A link to
 * elsewhere is text. */
static void
files_pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  GdkClipboard *clipboard = GDK_CLIPBOARD (source);
  const GValue *value = gdk_clipboard_read_value_finish (clipboard, result, NULL);
  GSList *files = value != NULL ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;

  if (self->document != NULL && files != NULL && g_file_peek_path (files->data) != NULL)
    sg_desk_take_file (self, files->data, middle_of_paper (self));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, text_pasted_cb, g_object_ref (self));
  g_slist_free (files);
}

static void
paste_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *ink[] = { SG_INK_CLIP_TYPE, NULL };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (data);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_mime_type (formats, SG_INK_CLIP_TYPE))
    gdk_clipboard_read_async (clipboard, ink, G_PRIORITY_DEFAULT, NULL, clip_opened_cb, g_object_ref (data));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
           gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, files_pasted_cb,
                                    g_object_ref (data));
  else if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) ||
           gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") ||
           gdk_content_formats_contain_mime_type (formats, "text/plain"))
    gdk_clipboard_read_text_async (clipboard, NULL, text_pasted_cb, g_object_ref (data));
  else
    gdk_clipboard_read_texture_async (clipboard, NULL, texture_pasted_cb, g_object_ref (data));
}

static void
picture_taken_cb (SgDesk *self, GdkTexture *picture)
{
  sg_desk_add_picture_texture (self, picture, middle_of_paper (self));
}

static void
take_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgCameraDialog *dialog = sg_camera_dialog_new (sg_desk_get_window (data));

  g_signal_connect_object (dialog, "taken", G_CALLBACK (picture_taken_cb), data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The arrow keys move what is selected; where nothing is, they are the simulation's. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, SgDesk *self)
{
  static const guint arrows[] = { GDK_KEY_Left, GDK_KEY_Right, GDK_KEY_Up, GDK_KEY_Down };
  static const SgPoint ways[] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
  double step = (state & GDK_SHIFT_MASK ? NUDGE_FAR : NUDGE) / sg_canvas_get_viewport (self->canvas)->zoom;

  if (!sg_canvas_has_selection (self->canvas) || sg_canvas_get_tool (self->canvas) != SG_TOOL_SELECT ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (keyval == arrows[i])
      {
        sg_canvas_nudge (self->canvas, sg_point_scale (ways[i], step));
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static const GActionEntry entries[] = {
  { .name = "duplicate", .activate = duplicate_cb },
  { .name = "cut", .activate = cut_cb },
  { .name = "copy", .activate = copy_cb },
  { .name = "paste", .activate = paste_cb },
  { .name = "take-picture", .activate = take_picture_cb },
};

void
sg_desk_update_edit_actions (SgDesk *self)
{
  static const char *const names[] = { "delete", "duplicate", "cut", "copy" };
  gboolean any = sg_canvas_has_selection (self->canvas);
  GAction *camera = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "take-picture");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (camera),
                               self->model == NULL && sg_desk_get_history_page (self) == NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i])), any);
}

void
sg_desk_init_edit (SgDesk *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), keys);
}
