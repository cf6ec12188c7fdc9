/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thumbnails in the cache, named by the page, the size, and what paints. */
#include "app/cached-thumbnail.h"

#include "render/ink-paint.h"
#include "pipeline/algorithm-version.h"

typedef struct
{
  const SgPage *page;
  int width, height;
} Work;

static gpointer
paint (gpointer data, gboolean *keep, GCancellable *cancellable, GError **error)
{
  const Work *work = data;

  return sg_ink_paint_thumbnail (work->page, work->width, work->height);
}

GBytes *
sg_cached_thumbnail (SgCache *cache, SgCacheReach reach, const SgPage *page, int width, int height)
{
  Work work = { page, width, height };
  SgCacheKey key;
  char size[32];

  g_return_val_if_fail (reach != SG_CACHE_FAR, NULL);
  if (!cache)
    return sg_ink_paint_thumbnail (page, width, height);
  g_snprintf (size, sizeof size, "%dx%d", width, height);
  sg_cache_key_init (&key, SG_CACHE_THUMBNAIL, SG_VERSION_OF_THUMBNAIL, size, sg_page_get_digest (page),
                     SG_PAGE_DIGEST_BYTES);
  return sg_cache_compute (cache, &sg_cache_bytes, &key, reach, NULL, paint, &work, NULL, NULL, NULL);
}
