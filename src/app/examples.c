/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the bundled sketches, in a worker. */
#include "config.h"

#include "app/examples.h"

#include <glib/gi18n.h>

#include "base/place.h"
#include "render/ink-paint.h"
#include "sketch/file.h"

#define THUMBNAIL_WIDTH 264
#define THUMBNAIL_HEIGHT 168

/* As in the files: a person reads them in their own language. */
static const char *const titles[] = {
  N_ ("Ball on a ramp"),
  N_ ("Stack of boxes"),
  N_ ("Car"),
  N_ ("Double pendulum"),
  N_ ("Newton's cradle"),
  N_ ("Pendulum wave"),
  N_ ("Pendulum"),
  N_ ("Pulley"),
  N_ ("Robot arm"),
  N_ ("See-saw"),
  N_ ("Mass on a spring"),
  NULL,
};

void
sg_example_free (SgExample *example)
{
  g_free (example->name);
  sg_page_unref (example->page);
  g_clear_object (&example->thumbnail);
  g_free (example);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const SgExample *const *one = a, *const *other = b;

  return strcmp ((*one)->name, (*other)->name);
}

/* Consumes `page`. */
static SgPage *
translate_title (SgPage *page)
{
  const char *title = sg_page_get_title (page);

  if (!g_strv_contains (titles, title) || g_str_equal (_ (title), title))
    return page;
  SgPageBuilder *builder = sg_page_builder_new (page);
  sg_page_builder_set_title (builder, _ (title));
  sg_page_unref (page);
  return sg_page_builder_end (builder);
}

/* The pixels themselves: to make a PNG of them, which is to be read again, takes as long as all the rest. */
static GdkTexture *
paint (const SgPage *page)
{
  cairo_surface_t *small = sg_ink_paint_small (page, THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT);
  int stride = cairo_image_surface_get_stride (small);
  guchar *pixels = cairo_image_surface_get_data (small);

  if (pixels == NULL)
    {
      cairo_surface_destroy (small);
      return NULL;
    }
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (pixels, (gsize)stride * THUMBNAIL_HEIGHT,
                                                         (GDestroyNotify)cairo_surface_destroy, small);
  return gdk_memory_texture_new (THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = sg_place_find (SG_PLACE_EXAMPLES);
  GPtrArray *examples = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_example_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL && !g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      SgPage *page = g_str_has_suffix (file, ".simgen") ? sg_sketch_file_load (path, NULL) : NULL;

      if (page == NULL)
        continue;
      SgExample *example = g_new0 (SgExample, 1);
      example->name = g_strndup (file, strlen (file) - strlen (".simgen"));
      example->page = translate_title (page);
      example->thumbnail = paint (example->page);
      g_ptr_array_add (examples, example);
    }
  g_ptr_array_sort (examples, compare_names);
  g_task_return_pointer (task, examples, (GDestroyNotify)g_ptr_array_unref);
}

void
sg_examples_load_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, load_thread);
}

GPtrArray *
sg_examples_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
