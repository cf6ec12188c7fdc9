/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readings in the cache. */
#include "pipeline/analysis.h"

#include "pipeline/algorithm-version.h"
#include "vision/analyze.h"
#include "vision/opencv.h"
#include "vision/reading-bytes.h"
#include "vision/tesseract.h"

/* -- How readings are kept; the context is their page -- */

static GBytes *
encode (gpointer object, gpointer context)
{
  return sg_reading_to_bytes (object, context);
}

static gpointer
decode (GBytes *bytes, gpointer context)
{
  return sg_reading_from_bytes (bytes, context);
}

static gsize
weigh (gpointer object)
{
  return sg_reading_is_corrected (object) ? 0 : sg_reading_weigh (object);
}

static const SgCacheType reading_type = { encode, decode, (gpointer (*) (gpointer))sg_reading_ref,
                                          (void (*) (gpointer))sg_reading_unref, weigh };

/* Issues are in the person's language; pictures are decoded, and their print is read, by what is
 * installed. */
void
sg_cached_analysis_key (const SgPage *page, SgCacheKey *key)
{
  gboolean has_picture = sg_page_get_n_images (page) > 0;
  char parameters[128];

  g_snprintf (parameters, sizeof parameters, "%s %s%s", g_get_language_names ()[0],
              has_picture ? sg_opencv_version () : "",
              has_picture && sg_tesseract_is_installed () ? " print" : "");
  sg_cache_key_init (key, SG_CACHE_ANALYSIS, SG_VERSION_OF_READING, parameters, sg_page_get_digest (page),
                     SG_PAGE_DIGEST_BYTES);
}

/* -- Reading -- */

typedef struct
{
  SgReader *reader; /* (nullable) */
  SgPage *page;
  const SgAnalyzeOptions *options;
} Work;

static SgReading *
read_anew (const Work *work, GCancellable *cancellable, GError **error)
{
  if (work->reader)
    return sg_reader_read (work->reader, work->page, work->options, cancellable, error);

  g_autoptr (SgMemo) memo = sg_memo_new ();
  return sg_analyze_with (work->page, memo, work->options, cancellable, error);
}

static gboolean
is_whole (const SgReading *reading)
{
  return !reading->partial && !reading->print_left;
}

static gpointer
compute (gpointer data, gboolean *keep, GCancellable *cancellable, GError **error)
{
  SgReading *reading = read_anew (data, cancellable, error);

  *keep = reading && is_whole (reading);
  return reading;
}

/* A whole reading serves who would leave print for later, but not the other way round: so this one is
 * computed apart, for who asks only. */
static SgReading *
get_or_read_without_print (SgCache *cache,
                           SgCacheReach reach,
                           const Work *work,
                           GCancellable *cancellable,
                           SgCacheLevel *level,
                           GError **error)
{
  SgCacheKey key;

  sg_cached_analysis_key (work->page, &key);
  SgReading *reading = sg_cache_get (cache, &reading_type, &key, reach, work->page, level);
  if (reading)
    return reading;
  reading = read_anew (work, cancellable, error);
  if (reading && is_whole (reading))
    sg_cache_put (cache, &reading_type, &key, reach, work->page, reading);
  return reading;
}

SgReading *
sg_cached_analyze (SgCache *cache,
                   SgCacheReach reach,
                   SgReader *reader,
                   SgPage *page,
                   const SgAnalyzeOptions *options,
                   GCancellable *cancellable,
                   SgCacheLevel *level,
                   GError **error)
{
  Work work = { reader, page, options };
  SgCacheKey key;

  if (level)
    *level = SG_CACHE_NONE;
  if (!cache)
    return read_anew (&work, cancellable, error);
  if (options && options->leave_print)
    return get_or_read_without_print (cache, reach, &work, cancellable, level, error);
  sg_cached_analysis_key (page, &key);
  return sg_cache_compute (cache, &reading_type, &key, reach, page, compute, &work, cancellable, level,
                           error);
}

void
sg_cached_analysis_keep (SgCache *cache, SgCacheReach reach, SgPage *page, SgReading *reading)
{
  SgCacheKey key;

  if (!cache || !is_whole (reading))
    return;
  sg_cached_analysis_key (page, &key);
  sg_cache_put (cache, &reading_type, &key, reach, page, reading);
}

/* -- In a worker -- */

typedef struct
{
  SgCache *cache;     /* (nullable) */
  SgReader *reader;   /* of a page to be read, or NULL with: */
  SgReading *reading; /* to be kept */
  SgPage *page;
  SgAnalyzeOptions options;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->cache, sg_cache_unref);
  g_clear_pointer (&request->reader, sg_reader_unref);
  g_clear_pointer (&request->reading, sg_reading_unref);
  sg_page_unref (request->page);
  g_free (request);
}

/* The answer goes out first. */
static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  gboolean is_known = sg_reader_knows (request->reader, request->page);
  SgCacheLevel level;
  GError *error = NULL;
  SgReading *reading =
    sg_cached_analyze (request->cache, is_known ? SG_CACHE_NEAR : SG_CACHE_FAR, request->reader,
                       request->page, &request->options, cancellable, &level, &error);

  if (!reading)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, reading, (GDestroyNotify)sg_reading_unref);
  if (level == SG_CACHE_NONE || is_known)
    return;
  SgReading *again = sg_reader_read (request->reader, request->page, &request->options, cancellable, NULL);
  g_clear_pointer (&again, sg_reading_unref);
}

static void
run (GTask *task, Request with, gpointer tag, GTaskThreadFunc func)
{
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_memdup2 (&with, sizeof with), request_free);
  g_task_run_in_thread (task, func);
}

void
sg_cached_analyze_async (SgCache *cache,
                         SgReader *reader,
                         SgPage *page,
                         const SgAnalyzeOptions *options,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  run (task,
       (Request){ cache ? sg_cache_ref (cache) : NULL, sg_reader_ref (reader), NULL, sg_page_ref (page),
                  options ? *options : sg_analyze_options_default () },
       sg_cached_analyze_async, read_in_thread);
}

SgReading *
sg_cached_analyze_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_cached_analyze_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;

  sg_cached_analysis_keep (request->cache, SG_CACHE_FAR, request->page, request->reading);
  g_task_return_boolean (task, TRUE);
}

void
sg_cached_analysis_keep_async (SgCache *cache, SgPage *page, SgReading *reading)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  run (task, (Request){ sg_cache_ref (cache), NULL, sg_reading_ref (reading), sg_page_ref (page), { 0 } },
       sg_cached_analysis_keep_async, keep_in_thread);
}
