/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MJCF in the cache. */
#include "pipeline/compiled.h"

#include <string.h>

#include "physics/spec-json.h"
#include "pipeline/algorithm-version.h"

static void
key_of_spec (const SgSpec *spec, SgCacheKey *key)
{
  g_autofree char *text = sg_spec_dump (spec);

  sg_cache_key_init (key, SG_CACHE_MJCF, SG_VERSION_OF_MJCF, mj_versionString (), text, strlen (text));
}

/* NULL where it is not there, or is no model (which is nobody's to know: it is made anew). */
static SgModel *
find_model (SgCache *cache, const SgCacheKey *key, char **mjcf)
{
  g_autoptr (GBytes) known = sg_cache_get (cache, &sg_cache_bytes, key, SG_CACHE_OWN, NULL, NULL);

  if (!known)
    return NULL;
  g_autofree char *text = g_strndup (g_bytes_get_data (known, NULL), g_bytes_get_size (known));
  SgModel *model = sg_model_compile (text, NULL);
  if (model && mjcf)
    *mjcf = g_steal_pointer (&text);
  return model;
}

SgModel *
sg_cached_model_from_spec (SgCache *cache, const SgSpec *spec, char **mjcf, GError **error)
{
  g_autofree char *text = NULL;
  SgCacheKey key;

  if (!cache)
    return sg_model_from_spec (spec, mjcf, error);
  key_of_spec (spec, &key);
  SgModel *model = find_model (cache, &key, mjcf);
  if (model)
    return model;
  model = sg_model_from_spec (spec, &text, error);
  if (!model)
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  sg_cache_put (cache, &sg_cache_bytes, &key, SG_CACHE_OWN, NULL, bytes);
  if (mjcf)
    *mjcf = g_steal_pointer (&text);
  return model;
}
