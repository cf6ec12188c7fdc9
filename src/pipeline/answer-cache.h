/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers of language models in the cache, as SgAssist wants it: a question that was asked before costs
 * nothing. */
#pragma once

#include "assist/assist.h"
#include "store/cache.h"

G_BEGIN_DECLS

/* Keeps answers in `cache` (nullable: nowhere), of which it holds a reference, as far as `reach`:
 * SG_CACHE_OWN where they are to stay with this person, SG_CACHE_FAR where a class shares them. Any thread;
 * what it returns is for SgAssistOptions, and blocks, as SgAssist knows. */
SgAssistCache sg_answer_cache_new (SgCache *cache, SgCacheReach reach);

G_END_DECLS
