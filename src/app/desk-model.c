/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Models on the desk: opened, loaded again when they change, exported, and pictures of what is simulated.
 *
 *   open -> opening -- loaded --> shown -- file changes --> shown (failed: the one before goes on)
 *              |                    |
 *              +-- failed: told     +-- another sketch: closed
 *
 * While one is shown the document is an empty sketch, which nothing is kept of. */
#include "config.h"

#include "app/desk-private.h"

#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/model-editor.h"
#include "app/picture.h"
#include "app/tab-window.h"
#include "app/toast.h"
#include "physics/spec-json.h"
#include "pipeline/save-mjcf.h"
#include "pipeline/error-name.h"

#define MAX_RECENT 10
#define NOTICE_MARGIN 12
#define SAY_OPENING 400 /* ms: what is opened sooner needs no word */

/* -- Opening -- */

static gboolean
is_shown (SgDesk *self)
{
  return self->model != NULL;
}

const char *
sg_desk_get_model_name (SgDesk *self)
{
  return is_shown (self) ? self->model_name : NULL;
}

void
sg_desk_show_foot (SgDesk *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->foot), self->narrow || !is_shown (self));
}

/* On the simulation and on the page of a model; the paper has its own way, as pictures land where they
 * fall. */
static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, SgDesk *self)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  sg_tab_window_open_file (SG_TAB_WINDOW (sg_desk_get_window (self)), files->data);
  return TRUE;
}

static void
take_drops (SgDesk *self, GtkWidget *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

static void
make_page (SgDesk *self)
{
  self->model_page = g_object_new (SG_TYPE_MODEL_PAGE, NULL);
  take_drops (self, GTK_WIDGET (self->model_page));
  adw_bin_set_child (self->model_place, GTK_WIDGET (self->model_page));
}

static void
show_page (SgDesk *self)
{
  gboolean shown = is_shown (self);

  if (shown && self->model_page == NULL)
    make_page (self);
  gtk_widget_set_visible (GTK_WIDGET (self->model_place), shown);
  gtk_widget_set_sensitive (GTK_WIDGET (self->canvas), !shown); /* below the page, which takes its size */
  gtk_widget_set_visible (GTK_WIDGET (self->tools), !shown);
  gtk_widget_set_visible (self->zoom_bar, !shown);
  gtk_widget_set_margin_bottom (self->drawing_foot, shown ? NOTICE_MARGIN : 0); /* the tools have their own */
  gtk_widget_set_visible (GTK_WIDGET (self->words), !shown);
  sg_desk_show_foot (self);
  gtk_widget_set_can_target (GTK_WIDGET (self->title_button), !shown); /* a file is not renamed here */
  gtk_widget_set_can_focus (GTK_WIDGET (self->title_button), !shown);
  sg_desk_update_actions (self);
}

gboolean
sg_desk_look_at_model (SgDesk *self, SgCameraMode mode)
{
  if (is_shown (self))
    sg_view_show_model (self->view, sg_model_get (sg_model_file_get_scene (self->model)->model), mode);
  return is_shown (self);
}

/* (nullable): where the person's folder cannot be made; GTK would complain of that, and of one that cannot be
 * written. */
static GtkRecentManager *
get_recent (void)
{
  return g_mkdir_with_parents (g_get_user_data_dir (), 0755) == 0 ? gtk_recent_manager_get_default () : NULL;
}

void
sg_desk_add_recent (SgDesk *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentManager *recent = get_recent ();

  if (recent != NULL && g_access (g_get_user_data_dir (), W_OK) == 0)
    gtk_recent_manager_add_item (recent, uri);
}

/* -- While it is opened -- */

static void
end_opening (SgDesk *self)
{
  g_clear_handle_id (&self->opening_timer, g_source_remove);
  if (self->opening_toast != NULL)
    sg_toast_dismiss (self->opening_toast);
  g_clear_object (&self->opening_toast);
}

static gboolean
say_opening_cb (gpointer data)
{
  SgDesk *self = data;
  g_autofree char *name = g_file_get_basename (sg_model_file_get_file (self->opening));
  g_autofree char *text = g_strdup_printf (_ ("Opening %s…"), name);

  self->opening_timer = 0;
  self->opening_toast = sg_toast_new (text);
  adw_toast_set_timeout (self->opening_toast, 0);
  adw_toast_set_priority (self->opening_toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (self->opening_toast, _ ("_Stop"));
  adw_toast_set_action_name (self->opening_toast, "win.stop-opening");
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->opening_toast));
  return G_SOURCE_REMOVE;
}

static void
stop_opening_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  end_opening (self);
  if (self->opening != NULL)
    g_object_run_dispose (G_OBJECT (self->opening)); /* cancels, and ends the helper */
  g_clear_object (&self->opening);
}

/* The desk's first sight of a model. */
static void
begin_showing (SgDesk *self)
{
  g_autoptr (SgPage) page = sg_page_new ();
  SgModelFile *model = g_steal_pointer (&self->opening);
  SgScene *scene = sg_model_file_get_scene (model);

  sg_desk_show_history (self, FALSE);
  sg_document_replace (self->document, page, 0, NULL); /* closes the one before */
  self->model = model;
  self->model_name = g_file_get_basename (sg_model_file_get_file (model));
  sg_mechanism_show_model (self->mechanism, scene);
  sg_desk_look_at_model (self, scene->motion != NULL ? SG_CAMERA_FRONT : SG_CAMERA_PERSPECTIVE);
  sg_desk_show_views (self);
  sg_desk_show_title (self);
  show_page (self);
  sg_desk_show_welcome (self);
  sg_model_page_show (self->model_page, self->model_name, scene);
  sg_desk_add_recent (self, sg_model_file_get_file (model));
  sg_desk_set_bookmark (self);
}

static void
model_loaded_cb (SgDesk *self, SgModelFile *model)
{
  SgScene *scene = sg_model_file_get_scene (model);

  if (model == self->opening)
    end_opening (self);
  if (model == self->opening && scene->page != NULL) /* a sketch, named like a model */
    {
      g_autoptr (SgModelFile) closed = g_steal_pointer (&self->opening);

      sg_desk_open_sketch (self, sg_model_file_get_file (closed));
    }
  else if (model == self->opening)
    begin_showing (self);
  else if (model == self->model)
    {
      sg_mechanism_show_model (self->mechanism, scene);
      sg_model_page_show (self->model_page, self->model_name, scene);
    }
}

static void
model_failed_cb (SgDesk *self, GError *error, SgModelFile *model)
{
  if (model == self->opening)
    {
      g_autoptr (SgModelFile) failed = g_steal_pointer (&self->opening);

      end_opening (self);
      sg_tab_window_tell_unopened (self, error);
    }
  else if (model == self->model)
    {
      sg_error_log ("simgen-app", error);
      sg_model_page_set_error (self->model_page, error);
    }
}

void
sg_desk_open_model (SgDesk *self, GFile *file)
{

  stop_opening_cb (NULL, NULL, self);
  self->opening_timer = g_timeout_add (SAY_OPENING, say_opening_cb, self);
  self->opening = sg_model_file_new (file, sg_application_get_cache (self->application));
  g_signal_connect_object (self->opening, "loaded", G_CALLBACK (model_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->opening, "failed", G_CALLBACK (model_failed_cb), self, G_CONNECT_SWAPPED);
  sg_model_file_load (self->opening);
}

gboolean
sg_desk_is_model_file (GFile *file)
{
  static const char *const endings[] = { ".xml", ".urdf", ".mjcf", ".mjb", ".json", ".simrec" };
  g_autofree char *name = g_file_get_basename (file), *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static void
close_model (SgDesk *self)
{
  if (!is_shown (self))
    return;
  g_clear_weak_pointer (&self->editor); /* goes on with its text; another model has another */
  g_clear_object (&self->model);
  g_clear_pointer (&self->model_name, g_free);
  sg_desk_show_views (self);
  sg_view_show_front (self->view);
  show_page (self);
  sg_desk_show_welcome (self);
  sg_desk_show_title (self);
}

static void
reload_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  if (is_shown (self))
    sg_model_file_load (self->model);
}

/* One editor a model: it is shown again. */
static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  if (!is_shown (self))
    return;
  if (self->editor == NULL)
    {
      self->editor = sg_model_editor_new (sg_desk_get_window (self), self->model);
      g_object_add_weak_pointer (G_OBJECT (self->editor), (gpointer *)&self->editor);
    }
  gtk_window_present (self->editor);
}

/* -- Recent files -- */

static void
open_recent_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  sg_tab_window_open_file (SG_TAB_WINDOW (sg_desk_get_window (data)), file);
}

static int
compare_recent (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((gpointer)b),
                              gtk_recent_info_get_modified ((gpointer)a));
}

static void
list_recent (SgDesk *self)
{
  GtkRecentManager *recent = get_recent ();
  GList *items = recent != NULL ? g_list_sort (gtk_recent_manager_get_items (recent), compare_recent) : NULL;
  guint n = 0;

  g_menu_remove_all (self->recent_menu);
  for (GList *link = items; link != NULL && n < MAX_RECENT; link = link->next)
    {
      const char *uri = gtk_recent_info_get_uri (link->data);
      g_autoptr (GMenuItem) item = NULL;

      if (!gtk_recent_info_has_application (link->data, g_get_application_name ()) ||
          !gtk_recent_info_is_local (link->data) || !gtk_recent_info_exists (link->data))
        continue;
      g_auto (GStrv) parts = g_strsplit (gtk_recent_info_get_display_name (link->data), "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts); /* no mnemonic */
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.open-recent", "s", uri);
      g_menu_append_item (self->recent_menu, item);
      n++;
    }
  g_list_free_full (items, (GDestroyNotify)gtk_recent_info_unref);
}

/* -- Writing -- */

/* What is written: bytes, or a scene as MJCF with its files. */
typedef struct
{
  SgDesk *desk;
  GBytes *bytes;  /* (nullable) */
  SgScene *scene; /* (nullable) */
  char *source;   /* (nullable): its file, where it is a model's */
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->desk);
  g_clear_pointer (&writing->bytes, g_bytes_unref);
  g_clear_pointer (&writing->scene, sg_scene_unref);
  g_free (writing->source);
  g_free (writing);
}

typedef struct
{
  SgDesk *desk;
  char *name;
} Exporting;

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Exporting *exporting = data;
  g_autoptr (SgDesk) self = exporting->desk;
  g_autofree char *name = exporting->name, *text = g_strdup_printf (_ ("Saved as %s"), name);
  g_autoptr (GError) error = NULL;

  g_free (exporting);
  if (sg_save_mjcf_finish (result, &error))
    sg_desk_tell (self, text);
  else
    sg_desk_tell_error (self, error);
}

static void
export_scene (const Writing *writing, GFile *file)
{
  const char *path = g_file_peek_path (file);
  Exporting *exporting;

  if (path == NULL)
    {
      sg_desk_tell (writing->desk, _ ("Choose a folder on this computer"));
      return;
    }
  exporting = g_new (Exporting, 1);
  *exporting = (Exporting){ g_object_ref (writing->desk), g_file_get_basename (file) };
  sg_save_mjcf_async (writing->scene, writing->source, path, exported_cb, exporting);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    sg_desk_tell (self, text);
  else
    sg_desk_tell_error (self, error);
}

static void
target_chosen_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Writing *writing = data;
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL && writing->scene != NULL)
    export_scene (writing, file);
  else if (file != NULL)
    g_file_replace_contents_bytes_async (file, writing->bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         written_cb, g_object_ref (writing->desk));
  writing_free (writing);
  g_object_unref (dialog);
}

/* Asks where it goes; `writing` (transfer full) is of the heap. */
static void
ask_where (SgDesk *self, const char *title, Writing *writing, const char *ending)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, sg_desk_get_window (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  const char *name = is_shown (self) ? self->model_name : sg_document_get_title (self->document);
  const char *dot = is_shown (self) ? strrchr (name, '.') : NULL;
  g_autofree char *base = dot != NULL ? g_strndup (name, dot - name) : g_strdup (name);
  g_autofree char *suggested = g_strconcat (base, ending, NULL);

  g_strdelimit (suggested, "/", '-');
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), suggested);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (target_chosen_cb), writing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* `bytes` (transfer full) */
static void
write_somewhere (SgDesk *self, const char *title, GBytes *bytes, const char *ending)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->desk = g_object_ref (self);
  writing->bytes = bytes;
  ask_where (self, title, writing, ending);
}

static void
export_mjcf_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  Writing *writing;

  if (scene == NULL)
    return;
  writing = g_new0 (Writing, 1);
  writing->desk = g_object_ref (self);
  writing->scene = sg_scene_ref (scene);
  writing->source = is_shown (self) ? g_file_get_path (sg_model_file_get_file (self->model)) : NULL;
  ask_where (self, _ ("Export as MJCF"), writing, "-mjcf.xml");
}

static void
export_spec_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  if (scene == NULL)
    return;
  g_autofree char *text = sg_spec_dump (scene->spec);
  write_somewhere (self, _ ("Export the Mechanism in Numbers"), g_bytes_new (text, strlen (text)), ".json");
}

static void
save_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  g_autoptr (GdkTexture) picture = sg_picture_of_widget (GTK_WIDGET (self->view));

  if (picture != NULL)
    write_somewhere (self, _ ("Save a Picture"), gdk_texture_save_to_png_bytes (picture), ".png");
}

static void
copy_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  g_autoptr (GdkTexture) picture = sg_picture_of_widget (GTK_WIDGET (self->view));

  if (picture == NULL)
    return;
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), picture);
  sg_desk_tell (self, _ ("The picture is copied"));
}

/* -- Dropping -- */

/* -- The desk's side -- */

static const GActionEntry entries[] = {
  { .name = "stop-opening", .activate = stop_opening_cb },
  { .name = "edit-model", .activate = edit_cb },
  { .name = "reload-model", .activate = reload_cb },
  { .name = "open-recent", .parameter_type = "s", .activate = open_recent_cb },
  { .name = "export-mjcf", .activate = export_mjcf_cb },
  { .name = "export-spec", .activate = export_spec_cb },
  { .name = "save-picture", .activate = save_picture_cb },
  { .name = "copy-picture", .activate = copy_picture_cb },
};

static void
enable (SgDesk *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

void
sg_desk_update_model_actions (SgDesk *self)
{
  static const char *const of_sketches[] = { "save", "save-as", "paste", "select-all" };
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  for (guint i = 0; i < G_N_ELEMENTS (of_sketches); i++)
    enable (self, of_sketches[i], !is_shown (self));
  enable (self, "edit-model", is_shown (self) && scene != NULL && scene->motion == NULL);
  enable (self, "reload-model", is_shown (self));
  enable (self, "export-mjcf", scene != NULL);
  enable (self, "export-spec", scene != NULL && scene->files == NULL);
}

void
sg_desk_init_model (SgDesk *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->document, "replaced", G_CALLBACK (close_model), self, G_CONNECT_SWAPPED);
  if (get_recent () != NULL)
    g_signal_connect_object (get_recent (), "changed", G_CALLBACK (list_recent), self, G_CONNECT_SWAPPED);
  list_recent (self);
  take_drops (self, self->simulation_side);
}

void
sg_desk_dispose_model (SgDesk *self)
{
  g_clear_handle_id (&self->opening_timer, g_source_remove);
  g_clear_object (&self->opening_toast);
  g_clear_weak_pointer (&self->editor);
  g_clear_object (&self->opening);
  g_clear_object (&self->model);
  g_clear_pointer (&self->model_name, g_free);
}
