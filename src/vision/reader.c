/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A memo behind a lock. */
#include "vision/reader.h"

struct _SgReader
{
  gatomicrefcount ref_count;
  GMutex lock; /* of the memo */
  SgMemo *memo;
};

SgReader *
sg_reader_new (void)
{
  SgReader *reader = g_new0 (SgReader, 1);

  g_atomic_ref_count_init (&reader->ref_count);
  g_mutex_init (&reader->lock);
  reader->memo = sg_memo_new ();
  return reader;
}

SgReader *
sg_reader_ref (SgReader *reader)
{
  g_atomic_ref_count_inc (&reader->ref_count);
  return reader;
}

void
sg_reader_unref (SgReader *reader)
{
  if (!g_atomic_ref_count_dec (&reader->ref_count))
    return;
  g_mutex_clear (&reader->lock);
  sg_memo_free (reader->memo);
  g_free (reader);
}

SgReading *
sg_reader_read (SgReader *reader,
                SgPage *page,
                const SgAnalyzeOptions *options,
                GCancellable *cancellable,
                GError **error)
{
  g_return_val_if_fail (reader != NULL, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&reader->lock);

  return sg_analyze_with (page, reader->memo, options, cancellable, error);
}

gboolean
sg_reader_knows (SgReader *reader, const SgPage *page)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&reader->lock);

  return sg_memo_knows (reader->memo, page);
}

typedef struct
{
  SgReader *reader;
  SgPage *page;
  SgAnalyzeOptions options;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  sg_reader_unref (request->reader);
  sg_page_unref (request->page);
  g_free (request);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  SgReading *reading =
    sg_reader_read (request->reader, request->page, &request->options, cancellable, &error);

  if (reading)
    g_task_return_pointer (task, reading, (GDestroyNotify)sg_reading_unref);
  else
    g_task_return_error (task, error);
}

void
sg_reader_read_async (SgReader *reader,
                      SgPage *page,
                      const SgAnalyzeOptions *options,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (reader != NULL && page != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new (Request, 1);

  *request = (Request){ sg_reader_ref (reader), sg_page_ref (page),
                        options ? *options : sg_analyze_options_default () };
  g_task_set_source_tag (task, sg_reader_read_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, read_in_thread);
}

SgReading *
sg_reader_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_reader_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
