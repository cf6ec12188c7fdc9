/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a kind of provider is written to and read from: one table of functions a kind, each in a file of its
 * own (format-openai.c and so on). Pure; any thread.
 */
#pragma once

#include <jansson.h>

#include "assist/events.h"
#include "assist/provider.h"
#include "assist/question.h"
#include "assist/reply.h"

G_BEGIN_DECLS

/* A request: the question, and in the repair turn what was answered and what is wrong with it. */
typedef struct
{
  const SgAssistProvider *provider;
  const SgQuestion *question;
  const char *picture; /* (nullable): in base64 */
  json_t *schema;      /* (nullable): to which the provider is to keep its model */
  const char *system;  /* (nullable): the question's, with the schema that the provider cannot keep to */
  const char *earlier; /* (nullable): the first answer */
  const char *problem; /* (nullable): what is said to it */
} SgRequest;

typedef struct
{
  SgFraming framing;
  const char *key_header, *key_prefix; /* "Authorization", "Bearer " */
  const char *header, *header_value;   /* (nullable): one more */
  const char *ask_path, *models_path;  /* behind the base URL; "%s" in the former is the model */

  /* The body of a request, and its members. Returns: (transfer full). */
  json_t *(*write) (const SgRequest *request);

  /* An event of the answer, or the whole answer where it does not come in events; `name` (nullable). What it
   * does not know it passes over. Errors: the assist domain's. */
  gboolean (*read) (SgReply *reply, const char *name, const json_t *event, GError **error);

  /* The names in the list of models: the array, and the member that holds one. */
  const char *models_member, *model_member;
} SgFormat;

extern const SgFormat sg_format_openai;
extern const SgFormat sg_format_anthropic;
extern const SgFormat sg_format_gemini;
extern const SgFormat sg_format_ollama;

const SgFormat *sg_format_get (SgProviderKind kind);

/* Where to ask, and where the list of models is. No key is ever in it. Returns: (transfer full) (nullable):
 * NULL where the base URL is none. */
GUri *sg_format_dup_uri (const SgAssistProvider *provider, gboolean models);

/* The request's body as it is sent; `with_schema` FALSE: the schema is told in words. Encodes the picture, so
 * it is for workers. Returns: (transfer full). */
GBytes *sg_format_write (const SgAssistProvider *provider,
                         const SgQuestion *question,
                         gboolean with_schema,
                         const char *earlier,
                         const char *problem);

/* Reads one event's text, which may be JSON or, of OpenAI's, "[DONE]". Errors: assist.damaged, those of
 * SgFormat.read. */
gboolean sg_format_read (
  const SgFormat *self, SgReply *reply, const char *name, const char *data, gsize size, GError **error);

/* The names in a list of models, sorted. Errors: assist.damaged. Returns: (transfer full). */
char **sg_format_read_models (const SgFormat *self, GBytes *body, GError **error);

G_END_DECLS
