/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an answer consists of so far, gathered from the events of any provider's format. Hostile until the
 * check of the question has passed it. */
#pragma once

#include <jansson.h>

#include "assist/error.h"

G_BEGIN_DECLS

typedef struct
{
  GString *text;    /* UTF-8, whole characters, within SG_LIMIT_ANSWER_BYTES */
  char *model;      /* (nullable): as the provider calls it */
  gint64 tokens_in; /* -1: not told */
  gint64 tokens_out;
  gboolean thinks;      /* something came that is not text yet: thoughts */
  gboolean finished;    /* the provider said that this is all */
  gboolean out_of_room; /* it ended because no more was allowed */
} SgReply;

void sg_reply_init (SgReply *self);
void sg_reply_clear (SgReply *self);

/* Adds a piece of text; `piece` that is no JSON string adds nothing. Errors: assist.too-large. */
gboolean sg_reply_add (SgReply *self, const json_t *piece, GError **error);

/* Takes a number of tokens, or a name, where the value is one. */
void sg_reply_take_tokens (gint64 *tokens, const json_t *value);
void sg_reply_take_model (SgReply *self, const json_t *value);

/* The text without what models put around JSON when nothing keeps them from it: thoughts before it, and a
 * fence of Markdown. Returns: (transfer full). */
char *sg_reply_dup_json_text (const char *text);

G_END_DECLS
