/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bookmark. One write is under way at a time; what is set meanwhile is written after it. It is a help,
 * not a promise: a write that fails is let go, for the history says by itself why nothing can be kept. */
#include "app/bookmark.h"

#include "base/file.h"
#include "base/limits.h"

#define DELAY 500 /* ms; the first change starts it, later ones do not put it off */
#define GROUP "bookmark"
#define MAX_BYTES (SG_BOOKMARK_MAX_PLACES * 8 * SG_LIMIT_WORDS)

typedef struct
{
  gconstpointer tab;
  SgPlace place;
} Tab;

struct _SgBookmark
{
  GObject parent_instance;
  char *path;
  GPtrArray *tabs; /* Tab, in the order in which they are shown */
  gboolean used;   /* a place that says something was set */
  guint timer;     /* 0: nothing to write */
  gboolean writing;
  gboolean changed; /* while it is written */
};

G_DEFINE_FINAL_TYPE (SgBookmark, sg_bookmark, G_TYPE_OBJECT)

void
sg_place_free (SgPlace *place)
{
  g_free (place->file);
  g_free (place->draft);
  g_free (place);
}

static void
tab_free (gpointer data)
{
  Tab *tab = data;

  g_free (tab->place.file);
  g_free (tab->place.draft);
  g_free (tab);
}

static gboolean
says_something (const SgPlace *place)
{
  return place->sketch_id != 0 || place->file != NULL || place->draft != NULL;
}

static char *
dump (SgBookmark *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  for (guint i = 0, n = 0; i < self->tabs->len && n < SG_BOOKMARK_MAX_PLACES; i++)
    {
      const SgPlace *place = &((Tab *)self->tabs->pdata[i])->place;
      g_autofree char *group = n == 0 ? g_strdup (GROUP) : g_strdup_printf (GROUP " %u", n + 1);

      if (!says_something (place))
        continue;
      n++;
      g_key_file_set_int64 (file, group, "sketch", place->sketch_id);
      if (place->file != NULL)
        g_key_file_set_string (file, group, "file", place->file);
      if (place->draft != NULL)
        g_key_file_set_string (file, group, "words", place->draft);
      g_key_file_set_integer (file, group, "window", (int)place->window);
      if (place->selected)
        g_key_file_set_boolean (file, group, "selected", TRUE);
    }
  return g_key_file_to_data (file, NULL, NULL);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SgBookmark *self = source;
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_mkdir_with_parents (folder, 0700);
  g_task_return_boolean (task, sg_file_write (self->path, data, strlen (data), NULL));
}

static void start (SgBookmark *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SgBookmark *self = SG_BOOKMARK (source);

  self->writing = FALSE;
  if (self->changed)
    start (self);
}

static void
start (SgBookmark *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);

  self->writing = TRUE;
  self->changed = FALSE;
  g_task_set_task_data (task, dump (self), g_free);
  g_task_run_in_thread (task, write_in_thread);
}

static gboolean
timer_cb (gpointer data)
{
  SgBookmark *self = data;

  self->timer = 0;
  if (self->writing)
    self->changed = TRUE;
  else
    start (self);
  return G_SOURCE_REMOVE;
}

static void
write_soon (SgBookmark *self)
{
  if (self->used && self->timer == 0)
    self->timer = g_timeout_add (DELAY, timer_cb, self);
}

static guint
find (SgBookmark *self, gconstpointer tab)
{
  guint i = 0;

  while (i < self->tabs->len && ((Tab *)self->tabs->pdata[i])->tab != tab)
    i++;
  return i;
}

void
sg_bookmark_set (SgBookmark *self, gconstpointer tab, const SgPlace *place)
{
  guint i = find (self, tab);
  const char *draft = place->draft != NULL && *place->draft != '\0' ? place->draft : NULL;
  Tab *found;

  if (i == self->tabs->len)
    g_ptr_array_add (self->tabs, g_new0 (Tab, 1));
  found = self->tabs->pdata[i];
  if (found->tab == tab && found->place.sketch_id == place->sketch_id &&
      g_strcmp0 (found->place.file, place->file) == 0 && g_strcmp0 (found->place.draft, draft) == 0)
    return;
  found->tab = tab;
  found->place.sketch_id = place->sketch_id;
  g_free (found->place.file);
  g_free (found->place.draft);
  found->place.file = g_strdup (place->file);
  found->place.draft = g_strdup (draft);
  self->used |= says_something (&found->place);
  write_soon (self);
}

static gboolean
take_seat (SgBookmark *self, const SgSeat *seat, guint at)
{
  guint i = find (self, seat->tab);
  Tab *tab;

  if (i == self->tabs->len) /* nothing is in it yet */
    {
      tab = g_new0 (Tab, 1);
      tab->tab = seat->tab;
      g_ptr_array_add (self->tabs, tab);
    }
  tab = self->tabs->pdata[i];
  if (i == at && tab->place.window == seat->window && tab->place.selected == seat->selected)
    return FALSE;
  tab->place.window = seat->window;
  tab->place.selected = seat->selected;
  g_ptr_array_insert (self->tabs, (int)at, g_ptr_array_steal_index (self->tabs, i));
  return TRUE;
}

void
sg_bookmark_arrange (SgBookmark *self, const SgSeat *seats, guint n)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < n; i++)
    changed |= take_seat (self, &seats[i], i);
  if (changed)
    write_soon (self);
}

void
sg_bookmark_remove (SgBookmark *self, gconstpointer tab)
{
  guint i = find (self, tab);

  if (i == self->tabs->len)
    return;
  g_ptr_array_remove_index (self->tabs, i);
  write_soon (self);
}

void
sg_bookmark_flush (SgBookmark *self)
{
  while (self->writing)
    g_main_context_iteration (NULL, TRUE);
  if (self->timer == 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  start (self);
  while (self->writing)
    g_main_context_iteration (NULL, TRUE);
}

/* (transfer full) (nullable) */
static SgPlace *
read_place (GKeyFile *file, const char *group)
{
  g_autoptr (SgPlace) place = g_new0 (SgPlace, 1);
  g_autoptr (GError) error = NULL;

  place->sketch_id = g_key_file_get_int64 (file, group, "sketch", &error);
  if (error != NULL || place->sketch_id < 0)
    return NULL;
  place->file = g_key_file_get_string (file, group, "file", NULL);
  place->draft = g_key_file_get_string (file, group, "words", NULL);
  if (place->draft != NULL && g_utf8_strlen (place->draft, -1) > SG_LIMIT_WORDS)
    g_clear_pointer (&place->draft, g_free);
  place->window = (guint)g_key_file_get_integer (file, group, "window", NULL);
  place->selected = g_key_file_get_boolean (file, group, "selected", NULL);
  return says_something (place) ? g_steal_pointer (&place) : NULL;
}

GPtrArray *
sg_bookmark_read (SgBookmark *self)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_place_free);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes = sg_file_read (self->path, MAX_BYTES, NULL);

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return places;
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL && places->len < SG_BOOKMARK_MAX_PLACES; i++)
    {
      SgPlace *place = g_str_has_prefix (groups[i], GROUP) ? read_place (file, groups[i]) : NULL;

      if (place == NULL)
        continue;
      if (!g_key_file_has_key (file, groups[i], "window", NULL))
        place->window = G_MAXUINT - places->len; /* one of its own: there were no tabs once */
      g_ptr_array_add (places, place);
    }
  return places;
}

static void
sg_bookmark_finalize (GObject *object)
{
  SgBookmark *self = SG_BOOKMARK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self->path);
  g_ptr_array_unref (self->tabs);
  G_OBJECT_CLASS (sg_bookmark_parent_class)->finalize (object);
}

static void
sg_bookmark_class_init (SgBookmarkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_bookmark_finalize;
}

static void
sg_bookmark_init (SgBookmark *self)
{
  self->tabs = g_ptr_array_new_with_free_func (tab_free);
}

SgBookmark *
sg_bookmark_new (const char *path)
{
  SgBookmark *self = g_object_new (SG_TYPE_BOOKMARK, NULL);

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_data_dir (), "simgen", "bookmark.ini", NULL);
  return self;
}
