/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In place of the Redis tier where SimGen was built without hiredis. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "store/cache-tier.h"

SgCacheTier *
sg_cache_redis_new (const SgCacheOptions *options, char **notice)
{
  *notice = g_strdup (_ ("This SimGen was built without Redis; the shared cache is not used."));
  return NULL;
}
