/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model's text names its files from the folder of the model. In the copy they are in a folder of their own,
 * which one word in the text says, so that the text is otherwise what it was. The folder is made under a name
 * that nobody knows and gets its own when it is whole. */
#include "config.h"

#include "pipeline/save-mjcf.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "base/file.h"
#include "physics/foreign-folder.h"

#define MOST_FOLDERS 1000

typedef struct
{
  char *name;    /* from the folder */
  GBytes *bytes; /* (nullable): not read yet */
} Asset;

static void
asset_clear (gpointer data)
{
  Asset *asset = data;

  g_free (asset->name);
  g_clear_pointer (&asset->bytes, g_bytes_unref);
}

/* The files that the text names: what was included is in it already. */
static GArray *
list_assets (const SgScene *scene)
{
  GArray *assets = g_array_new (FALSE, FALSE, sizeof (Asset));

  g_array_set_clear_func (assets, asset_clear);
  for (guint i = 1; scene->files != NULL && scene->files[0] != NULL && scene->files[i] != NULL; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (scene->files[i], -1);
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", escaped);
      Asset asset = { g_strdup (scene->files[i]), NULL };

      if (strstr (scene->mjcf, quoted) != NULL)
        g_array_append_val (assets, asset);
      else
        asset_clear (&asset);
    }
  return assets;
}

static gboolean
read_assets (GArray *assets, const char *source, GError **error)
{
  g_autofree char *path = g_path_get_dirname (source);
  g_autoptr (SgForeignFolder) folder = sg_foreign_folder_open (path, error);

  for (guint i = 0; folder != NULL && i < assets->len; i++)
    {
      Asset *asset = &g_array_index (assets, Asset, i);

      asset->bytes = sg_foreign_folder_read (folder, asset->name, error);
      if (asset->bytes == NULL)
        return FALSE;
    }
  return folder != NULL;
}

/* -- The folder -- */

/* Whether a folder has all of them already, as they are. */
static gboolean
has_all (const char *path, const GArray *assets)
{
  g_autoptr (SgForeignFolder) folder = sg_foreign_folder_open (path, NULL);

  for (guint i = 0; folder != NULL && i < assets->len; i++)
    {
      const Asset *asset = &g_array_index (assets, Asset, i);
      g_autoptr (GBytes) bytes = sg_foreign_folder_read (folder, asset->name, NULL);

      if (bytes == NULL || !g_bytes_equal (bytes, asset->bytes))
        return FALSE;
    }
  return folder != NULL;
}

static gboolean
write_assets (const char *folder, const GArray *assets, GError **error)
{
  for (guint i = 0; i < assets->len; i++)
    {
      const Asset *asset = &g_array_index (assets, Asset, i);
      g_autofree char *path = g_build_filename (folder, asset->name, NULL);
      g_autofree char *parent = g_path_get_dirname (path);
      gsize size;
      const void *data = g_bytes_get_data (asset->bytes, &size);

      g_mkdir_with_parents (parent, 0777); /* writing tells what went wrong */
      if (!sg_file_write (path, data, size, error))
        return FALSE;
    }
  return TRUE;
}

/* Of a folder that was made here, with nothing in it that was not. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_SYMLINK) || g_unlink (child) != 0)
        remove_folder (child);
    }
  g_rmdir (path);
}

static gboolean
make_folder (const char *path, const GArray *assets, GError **error)
{
  g_autofree char *draft = g_strconcat (path, ".XXXXXX", NULL);

  if (g_mkdtemp_full (draft, 0777) == NULL)
    {
      int reason = errno;

      g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE, "%s: %s", path, g_strerror (reason));
      return FALSE;
    }
  if (write_assets (draft, assets, error))
    {
      if (g_rename (draft, path) == 0)
        return TRUE;
      g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE, "%s: %s", path, g_strerror (errno));
    }
  remove_folder (draft);
  return FALSE;
}

/* The name of the folder beside `path` that has the assets now; NULL where they cannot be written. `made`:
 * it was not there before. Returns: (transfer full). */
static char *
find_folder (const char *path, const GArray *assets, gboolean *made, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path), *base = g_path_get_basename (path);

  if (g_str_has_suffix (base, ".xml"))
    base[strlen (base) - strlen (".xml")] = '\0';
  *made = FALSE;
  for (guint i = 1; i <= MOST_FOLDERS; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *name = g_strconcat (base, "-files", number, NULL);
      g_autofree char *folder = g_build_filename (parent, name, NULL);
      gboolean is_there =
        g_file_test (folder, G_FILE_TEST_EXISTS) || g_file_test (folder, G_FILE_TEST_IS_SYMLINK);

      if (is_there && !has_all (folder, assets))
        continue;
      *made = !is_there;
      return is_there || make_folder (folder, assets, error) ? g_steal_pointer (&name) : NULL;
    }
  g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE,
               _ ("%s: there are too many folders with files of models"), parent);
  return NULL;
}

/* -- The text -- */

/* The text with the folder of its files said right at its beginning. Returns: (transfer full). */
static char *
name_folder (const char *mjcf, const char *folder)
{
  const char *root = strstr (mjcf, "<mujoco"), *end = root != NULL ? strchr (root, '>') : NULL;
  g_autofree char *escaped = g_markup_escape_text (folder, -1);

  g_return_val_if_fail (end != NULL, g_strdup (mjcf));
  return g_strdup_printf ("%.*s\n  <compiler assetdir=\"%s\"/>%s", (int)(end + 1 - mjcf), mjcf, escaped,
                          end + 1);
}

gboolean
sg_save_mjcf (const SgScene *scene, const char *source, const char *path, GError **error)
{
  g_autoptr (GArray) assets = list_assets (scene);
  g_autofree char *folder = NULL, *text = NULL;
  gboolean made;

  if (assets->len == 0 || source == NULL || g_str_equal (path, "-"))
    return sg_file_write (path, scene->mjcf, strlen (scene->mjcf), error);
  if (!read_assets (assets, source, error))
    return FALSE;
  folder = find_folder (path, assets, &made, error);
  if (folder == NULL)
    return FALSE;
  text = name_folder (scene->mjcf, folder);
  if (sg_file_write (path, text, strlen (text), error))
    return TRUE;
  if (made)
    {
      g_autofree char *parent = g_path_get_dirname (path);
      g_autofree char *whole = g_build_filename (parent, folder, NULL);

      remove_folder (whole);
    }
  return FALSE;
}

/* -- In a worker -- */

typedef struct
{
  SgScene *scene;
  char *source, *path;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  sg_scene_unref (request->scene);
  g_free (request->source);
  g_free (request->path);
  g_free (request);
}

static void export(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  GError *error = NULL;

  if (sg_save_mjcf (request->scene, request->source, request->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sg_save_mjcf_async (
  SgScene *scene, const char *source, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Request *request = g_new (Request, 1);

  *request = (Request){ sg_scene_ref (scene), g_strdup (source), g_strdup (path) };
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, export);
}

gboolean
sg_save_mjcf_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
