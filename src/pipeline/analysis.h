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

/* The same in a worker, for a drawing under way. Where the reader knows most of the page, as at each lift of
 * the pen, only memory is asked and told: it may be an undo. Else the page was opened, and all tiers are; one
 * that was found is read by the reader afterwards all the same, so that the next stroke on it costs what a
 * stroke does. */
void sg_cached_analyze_async (SgCache *cache,
                              SgReader *reader,
                              SgPage *page,
                              const SgAnalyzeOptions *options,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
SgReading *sg_cached_analyze_finish (GAsyncResult *result, GError **error);

/* Puts a reading that was found out some other way, or was kept near only, as far as `reach`. */
void sg_cached_analysis_keep (SgCache *cache, SgCacheReach reach, SgPage *page, SgReading *reading);
void sg_cached_analysis_keep_async (SgCache *cache, SgPage *page, SgReading *reading); /* far, in a worker */

/* The name of the page's reading; for benchmarks and tests. */
void sg_cached_analysis_key (const SgPage *page, SgCacheKey *key);

G_END_DECLS
