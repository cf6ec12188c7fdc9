/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Recognition by way of the cache: what a page was read as is known by the page, the recogniser's version
 * and all else that a reading depends on. What a deadline cut short, and what leaves print for later, is
 * not kept. Blocking; any thread but the main one, which has the _async form.
 */
#pragma once

#include <gio/gio.h>

#include "store/cache.h"
#include "vision/reader.h"

G_BEGIN_DECLS

/* As sg_analyze_with (), or sg_reader_read () with a `reader` (nullable). `cache` (nullable): all is
 * computed. `level` (out, nullable): where it was found. Returns: (transfer full). */
SgReading *sg_cached_analyze (SgCache *cache,
                              SgCacheReach reach,
                              SgReader *reader,
                              SgPage *page,
                              const SgAnalyzeOptions *options,
                              GCancellable *cancellable,
                              SgCacheLevel *level,
                              GError **error);

/* The same in a worker. A page that was found and that the reader does not know is read by it afterwards, for
 * its memory: the next stroke on it then costs what a stroke does. */
void sg_cached_analyze_async (SgCache *cache,
                              SgCacheReach reach,
                              SgReader *reader,
                              SgPage *page,
                              const SgAnalyzeOptions *options,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
SgReading *sg_cached_analyze_finish (GAsyncResult *result, GError **error);

/* Puts a reading that was found out some other way, or was kept near only, as far as `reach`. */
void sg_cached_analysis_keep (SgCache *cache, SgCacheReach reach, SgPage *page, SgReading *reading);

/* The name of the page's reading; for benchmarks and tests. */
void sg_cached_analysis_key (const SgPage *page, SgCacheKey *key);

G_END_DECLS
