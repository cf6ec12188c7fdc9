/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small pictures of pages by way of the cache. Blocking; for workers.
 */
#pragma once

#include "sketch/page.h"
#include "store/cache.h"

G_BEGIN_DECLS

/* As sg_ink_paint_thumbnail (). Pictures are not taken from others. `cache` (nullable). Returns: (transfer
 * full). */
GBytes *sg_cached_thumbnail (SgCache *cache, SgCacheReach reach, const SgPage *page, int width, int height);

G_END_DECLS
