/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The views that the person kept, on the desk: those of a drawing are with the drawing, in its file and
 * in the history; those of a model are in the settings, as its file is another program's. */
#include "config.h"

#include "app/desk-private.h"

#include "app/kept-views.h"

#define MOST_MODELS 50

static GSettings *
get_settings (SgDesk *self)
{
  return sg_application_get_settings (self->application);
}

/* (nullable): the views in an entry of the settings where it is the model's. (transfer full) */
static json_t *
read_entry (const char *text, const char *uri)
{
  g_autoptr (json_t) entry = json_loads (text, 0, NULL);

  if (g_strcmp0 (json_string_value (json_object_get (entry, "model")), uri) != 0)
    return NULL;
  return json_incref (json_object_get (entry, "views"));
}

static json_t *
read_model_views (SgDesk *self, const char *uri)
{
  GSettings *settings = get_settings (self);
  g_auto (GStrv) entries = settings != NULL ? g_settings_get_strv (settings, "model-views") : NULL;
  json_t *views = NULL;

  for (guint i = 0; entries != NULL && entries[i] != NULL && views == NULL; i++)
    views = read_entry (entries[i], uri);
  return views;
}

/* The newest comes first; those of models that were not looked at for long go. */
static void
write_model_views (SgDesk *self, const char *uri, const GArray *kept)
{
  GSettings *settings = get_settings (self);
  g_auto (GStrv) entries = settings != NULL ? g_settings_get_strv (settings, "model-views") : NULL;
  g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (free);

  if (settings == NULL)
    return;
  if (kept->len > 0)
    {
      g_autoptr (json_t) entry = json_pack ("{s:s, s:o}", "model", uri, "views", sg_kept_views_write (kept));

      g_ptr_array_add (next, json_dumps (entry, JSON_COMPACT | JSON_SORT_KEYS));
    }
  for (guint i = 0; entries[i] != NULL && next->len < MOST_MODELS; i++)
    {
      g_autoptr (json_t) mine = read_entry (entries[i], uri);

      if (mine == NULL)
        g_ptr_array_add (next, strdup (entries[i]));
    }
  g_ptr_array_add (next, NULL);
  g_settings_set_strv (settings, "model-views", (const char *const *)next->pdata);
}

static void
kept_cb (SgDesk *self)
{
  const GArray *kept = sg_view_get_kept (self->view);

  if (self->model == NULL)
    {
      sg_document_take_views (self->document, sg_kept_views_write (kept));
      return;
    }
  g_autofree char *uri = g_file_get_uri (sg_model_file_get_file (self->model));
  write_model_views (self, uri, kept);
}

void
sg_desk_show_views (SgDesk *self)
{
  g_autoptr (json_t) of_model = NULL;
  g_autofree char *uri = self->model != NULL ? g_file_get_uri (sg_model_file_get_file (self->model)) : NULL;

  if (uri != NULL)
    of_model = read_model_views (self, uri);
  g_autoptr (GArray) views =
    sg_kept_views_read (uri != NULL ? of_model : sg_document_get_views (self->document));
  if (!sg_kept_views_equal (views, sg_view_get_kept (self->view)))
    sg_view_set_kept (self->view, views);
}

static void
keep_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_view_keep_camera (SG_DESK (data)->view);
}

void
sg_desk_init_views (SgDesk *self)
{
  static const GActionEntry entries[] = { { .name = "keep-view", .activate = keep_view_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->view, "kept-changed", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "changed", G_CALLBACK (sg_desk_show_views), self,
                           G_CONNECT_SWAPPED);
  sg_desk_show_views (self);
}
