/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Page to reading: ink, marks, relations. The synchronous form is the work; the asynchronous one runs it in
 * GTask's pool on the same immutable page. */
#include "config.h"
#include "vision/analyze.h"

#include <glib/gi18n-lib.h>

#include "vision/marks.h"
#include "vision/picture.h"
#include "vision/relations.h"

static guint
next_stroke (const GArray *ink, guint n_strokes)
{
  return ink->len > 0 ? MAX (n_strokes, g_array_index (ink, SgInk, ink->len - 1).stroke + 1) : n_strokes;
}

/* A picture that cannot be read is an issue where there is other ink to go by, else an error. */
static gboolean
trace_pictures (
  const SgPage *page, GArray *ink, SgReading *reading, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    {
      g_autoptr (GError) problem = NULL;

      if (sg_picture_trace (sg_page_get_image (page, i), i, next_stroke (ink, sg_page_get_n_strokes (page)),
                            ink, cancellable, &problem))
        continue;
      if (ink->len == 0 || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      sg_reading_add_issue (reading, SG_SEVERITY_WARNING, -1, "sketch.unread-picture",
                            _ ("A picture could not be read: %s"), problem->message);
    }
  return TRUE;
}

SgReading *
sg_analyze (SgPage *page, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (page != NULL, NULL);

  g_autoptr (SgReading) reading = sg_reading_new ();
  g_autoptr (GArray) ink = sg_ink_from_page (page);

  if (!trace_pictures (page, ink, reading, cancellable, error) ||
      !sg_marks_find (ink, reading, cancellable, error))
    return NULL;
  sg_relations_find (reading, page);
  return g_steal_pointer (&reading);
}

static void
analyze_in_thread (GTask *task, gpointer source, gpointer page, GCancellable *cancellable)
{
  GError *error = NULL;
  SgReading *reading = sg_analyze (page, cancellable, &error);

  if (reading)
    g_task_return_pointer (task, reading, (GDestroyNotify)sg_reading_unref);
  else
    g_task_return_error (task, error);
}

void
sg_analyze_async (SgPage *page,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_return_if_fail (page != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sg_analyze_async);
  g_task_set_task_data (task, sg_page_ref (page), (GDestroyNotify)sg_page_unref);
  g_task_run_in_thread (task, analyze_in_thread);
}

SgReading *
sg_analyze_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
