/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers in the cache. */
#include "pipeline/answer-cache.h"

#include <string.h>

/* Of the form in which SgAssist keeps an answer. */
#define VERSION "answer-1"

typedef struct
{
  SgCache *cache;
  SgCacheReach reach;
} AnswerCache;

static GBytes *
get (gpointer data, const char *name)
{
  const AnswerCache *self = data;
  SgCacheKey key;

  sg_cache_key_init (&key, SG_CACHE_ANSWER, VERSION, NULL, name, strlen (name));
  return sg_cache_get (self->cache, &sg_cache_bytes, &key, self->reach, NULL, NULL);
}

static void
put (gpointer data, const char *name, GBytes *answer)
{
  const AnswerCache *self = data;
  SgCacheKey key;

  sg_cache_key_init (&key, SG_CACHE_ANSWER, VERSION, NULL, name, strlen (name));
  sg_cache_put (self->cache, &sg_cache_bytes, &key, self->reach, NULL, answer);
}

static void
answer_cache_free (gpointer data)
{
  AnswerCache *self = data;

  sg_cache_unref (self->cache);
  g_free (self);
}

SgAssistCache
sg_answer_cache_new (SgCache *cache, SgCacheReach reach)
{
  AnswerCache *self;

  if (!cache)
    return (SgAssistCache){ 0 };
  self = g_new (AnswerCache, 1);
  *self = (AnswerCache){ sg_cache_ref (cache), reach };
  return (SgAssistCache){ get, put, self, answer_cache_free };
}
