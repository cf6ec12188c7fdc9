/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The editor. With GtkSourceView it has colours, line numbers and a mark at the line that is wrong;
 * without, it is a plain text view that goes to that line. */
#include "config.h"

#include "app/file-names.h"
#include "app/text-scale.h"
#include "app/model-editor.h"

#include <glib/gi18n.h>

#ifdef HAVE_SOURCEVIEW
#include <gtksourceview/gtksource.h>
#endif

#include "base/limits.h"
#include "pipeline/error-name.h"

struct _SgModelEditor
{
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  GtkWidget *problem;
  GtkLabel *problem_text;
  GtkScrolledWindow *scrolled;

  GtkTextView *view;
  GtkTextBuffer *buffer; /* of the view */
  GtkTextTag *wrong;     /* the line that is */
  SgModelFile *model;
  GCancellable *reading; /* (nullable): what comes of it is shown unless the person types before */
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (SgModelEditor, sg_model_editor, ADW_TYPE_WINDOW)

static void
tell (SgModelEditor *self, const GError *error)
{
  g_autofree char *text = error != NULL ? sg_file_names_in_message (error) : g_strdup ("");

  gtk_widget_set_visible (self->problem, error != NULL);
  gtk_label_set_label (self->problem_text, text);
}

static void
show_modified (SgModelEditor *self)
{
  gboolean modified = gtk_text_buffer_get_modified (self->buffer);
  GAction *save = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "save");

  adw_window_title_set_subtitle (self->title, modified ? _ ("Not saved yet") : "");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (save), modified);
}

/* -- The line that is wrong -- */

static void
clear_mark (SgModelEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->wrong, &start, &end);
#ifdef HAVE_SOURCEVIEW
  gtk_source_buffer_remove_source_marks (GTK_SOURCE_BUFFER (self->buffer), &start, &end, "wrong");
#endif
}

static void
mark_line (SgModelEditor *self, int line)
{
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_iter_at_line (self->buffer, &start, line))
    return;
  end = start;
  gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (self->buffer, self->wrong, &start, &end);
#ifdef HAVE_SOURCEVIEW
  gtk_source_buffer_create_source_mark (GTK_SOURCE_BUFFER (self->buffer), NULL, "wrong", &start);
#endif
  if (gtk_text_buffer_get_modified (self->buffer)) /* somebody writes there */
    return;
  gtk_text_buffer_place_cursor (self->buffer, &start);
  gtk_text_view_scroll_to_mark (self->view, gtk_text_buffer_get_insert (self->buffer), 0.1, FALSE, 0, 0);
}

/* What is wrong with the model, at its line where that is of this file and not of one that it includes. */
static void
show_state (SgModelEditor *self)
{
  const GError *error = sg_model_file_get_error (self->model);
  const char *file = error != NULL ? sg_error_get_text (error, SG_DETAIL_FILE) : NULL;
  double line = error != NULL ? sg_error_get_number (error, SG_DETAIL_LINE) : 0;
  g_autofree char *own = g_file_get_basename (sg_model_file_get_file (self->model));

  clear_mark (self);
  tell (self, error);
  if (g_strcmp0 (file, own) == 0 && line >= 1)
    mark_line (self, (int)line - 1);
}

/* -- Reading and writing -- */

static gboolean
has_text (SgModelEditor *self, const char *text)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  g_autofree char *own = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  return g_str_equal (own, text);
}

/* The cursor stays in its line. What is read after it was saved changes nothing: it can still be undone. */
static void
set_text (SgModelEditor *self, const char *text, gsize size)
{
  g_autofree char *valid = g_utf8_make_valid (text, size);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  int line = gtk_text_iter_get_line (&cursor);
  if (!has_text (self, valid))
    {
#ifdef HAVE_SOURCEVIEW
      gtk_text_buffer_begin_irreversible_action (self->buffer);
#endif
      gtk_text_buffer_set_text (self->buffer, valid, -1);
#ifdef HAVE_SOURCEVIEW
      gtk_text_buffer_end_irreversible_action (self->buffer);
#endif
      gtk_text_buffer_get_iter_at_line (self->buffer, &cursor, line);
      gtk_text_buffer_place_cursor (self->buffer, &cursor);
    }
  gtk_text_buffer_set_modified (self->buffer, FALSE);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgModelEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;

  gboolean ok = g_file_load_contents_finish (G_FILE (source), result, &text, &size, NULL, &error);
  if (self->model == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* closed or typed into meanwhile, or read anew */
  g_clear_object (&self->reading);
  if (!ok)
    {
      tell (self, error);
      return;
    }
  set_text (self, text, size);
  show_state (self);
}

static void
stop_reading (SgModelEditor *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

/* Another program changed the file: its text is shown, unless there is one here that is not saved. */
static void
read_text (SgModelEditor *self)
{
  if (gtk_text_buffer_get_modified (self->buffer))
    return;
  stop_reading (self);
  self->reading = g_cancellable_new ();
  g_file_load_contents_async (sg_model_file_get_file (self->model), self->reading, text_read_cb,
                              g_object_ref (self));
}

static void
state_changed_cb (SgModelEditor *self)
{
  show_state (self);
  read_text (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgModelEditor) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error) || self->model == NULL)
    return; /* the model's file sees that it changed */
  gtk_text_buffer_set_modified (self->buffer, TRUE);
  tell (self, error);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgModelEditor *self = data;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  char *text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  gtk_text_buffer_set_modified (self->buffer, FALSE);
  g_file_replace_contents_bytes_async (sg_model_file_get_file (self->model), bytes, NULL, FALSE,
                                       G_FILE_CREATE_NONE, NULL, saved_cb, g_object_ref (self));
}

/* -- Closing -- */

static void
close_answered_cb (AdwMessageDialog *dialog, const char *response, SgModelEditor *self)
{
  if (g_str_equal (response, "discard"))
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
sg_model_editor_close_request (GtkWindow *window)
{
  SgModelEditor *self = SG_MODEL_EDITOR (window);

  if (!gtk_text_buffer_get_modified (self->buffer))
    return GDK_EVENT_PROPAGATE;
  GtkWidget *dialog = adw_message_dialog_new (window, _ ("Close without saving?"),
                                              _ ("What you changed in the text would be lost."));
  AdwMessageDialog *question = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (question, "cancel", _ ("_Cancel"), "discard", _ ("_Close"), NULL);
  adw_message_dialog_set_response_appearance (question, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (question, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return GDK_EVENT_STOP;
}

/* -- The class -- */

#ifdef HAVE_SOURCEVIEW
static void
set_scheme (SgModelEditor *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (
    GTK_SOURCE_BUFFER (self->buffer),
    gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

/* MJCF and URDF are XML, whatever the file is called. */
static void
set_language (SgModelEditor *self, const char *name)
{
  const char *id = g_str_has_suffix (name, ".json") ? "json" : "xml";
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();

  gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (self->buffer),
                                  gtk_source_language_manager_get_language (languages, id));
}

static GtkWidget *
make_view (SgModelEditor *self)
{
  g_autoptr (GtkSourceBuffer) buffer = gtk_source_buffer_new (NULL);
  GtkWidget *view = gtk_source_view_new_with_buffer (buffer);
  g_autoptr (GtkSourceMarkAttributes) mark = gtk_source_mark_attributes_new ();

  gtk_source_mark_attributes_set_icon_name (mark, "dialog-warning-symbolic");
  gtk_source_view_set_mark_attributes (GTK_SOURCE_VIEW (view), "wrong", mark, 0);
  gtk_source_view_set_show_line_marks (GTK_SOURCE_VIEW (view), TRUE);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (view), TRUE);
  gtk_source_view_set_highlight_current_line (GTK_SOURCE_VIEW (view), TRUE);
  gtk_source_view_set_auto_indent (GTK_SOURCE_VIEW (view), TRUE);
  gtk_source_view_set_insert_spaces_instead_of_tabs (GTK_SOURCE_VIEW (view), TRUE);
  gtk_source_view_set_indent_width (GTK_SOURCE_VIEW (view), 2);
  return view;
}
#else
static void
set_language (SgModelEditor *self, const char *name)
{
}

static GtkWidget *
make_view (SgModelEditor *self)
{
  return gtk_text_view_new ();
}
#endif

static void
sg_model_editor_dispose (GObject *object)
{
  SgModelEditor *self = SG_MODEL_EDITOR (object);

  stop_reading (self);
  g_clear_object (&self->model);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (sg_model_editor_parent_class)->dispose (object);
}

static void
sg_model_editor_class_init (SgModelEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_model_editor_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = sg_model_editor_close_request;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/model-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, SgModelEditor, title);
  gtk_widget_class_bind_template_child (widget_class, SgModelEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, SgModelEditor, problem_text);
  gtk_widget_class_bind_template_child (widget_class, SgModelEditor, scrolled);
}

static void
sg_model_editor_init (SgModelEditor *self)
{
  static const GActionEntry entries[] = { { .name = "save", .activate = save_cb } };

  gtk_widget_init_template (GTK_WIDGET (self));
  sg_text_scale_fit (GTK_WINDOW (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "editor", G_ACTION_GROUP (self->actions));
  self->view = GTK_TEXT_VIEW (make_view (self));
  self->buffer = gtk_text_view_get_buffer (self->view);
  self->wrong = gtk_text_buffer_create_tag (self->buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  gtk_text_view_set_monospace (self->view, TRUE);
  gtk_text_view_set_left_margin (self->view, 8);
  gtk_text_view_set_top_margin (self->view, 8);
  gtk_text_view_set_bottom_margin (self->view, 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text of the model"), -1);
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (self->view));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->view));
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (stop_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "modified-changed", G_CALLBACK (show_modified), self,
                           G_CONNECT_SWAPPED);
#ifdef HAVE_SOURCEVIEW
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (set_scheme), self,
                           G_CONNECT_SWAPPED);
  set_scheme (self);
#endif
  show_modified (self);
}

GtkWindow *
sg_model_editor_new (GtkWindow *parent, SgModelFile *model)
{
  SgModelEditor *self = g_object_new (SG_TYPE_MODEL_EDITOR, "transient-for", parent, "destroy-with-parent",
                                      TRUE, "application", gtk_window_get_application (parent), NULL);
  g_autofree char *name = g_file_get_basename (sg_model_file_get_file (model));

  self->model = g_object_ref (model);
  adw_window_title_set_title (self->title, name);
  gtk_window_set_title (GTK_WINDOW (self), name);
  set_language (self, name);
  g_signal_connect_object (model, "loaded", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "failed", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  read_text (self);
  return GTK_WINDOW (self);
}
