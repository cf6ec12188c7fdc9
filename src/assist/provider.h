/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A provider of a language model, as a person set it up: where it is and how it is talked to. Plain values;
 * any thread. The key is held in memory that is wiped before it is freed; nothing here writes it anywhere.
 */
#pragma once

#include <glib.h>

#include "assist/error.h"

G_BEGIN_DECLS

/* What a provider speaks. */
typedef enum
{
  SG_PROVIDER_OPENAI,    /* chat completions: OpenAI, and whoever speaks alike: llama.cpp, vLLM, LM Studio,
                            OpenRouter */
  SG_PROVIDER_ANTHROPIC, /* messages */
  SG_PROVIDER_GEMINI,    /* generateContent */
  SG_PROVIDER_OLLAMA,    /* /api/chat */
  SG_N_PROVIDER_KINDS
} SgProviderKind;

const char *sg_provider_kind_name (SgProviderKind kind); /* "openai"; stable, for settings */
int sg_provider_kind_from_name (const char *name);       /* -1: none of that name */

/* Where the provider itself is, and whether it wants a key there. */
const char *sg_provider_kind_base_url (SgProviderKind kind);
gboolean sg_provider_kind_needs_key (SgProviderKind kind);

/* Pixels: of a picture with a longer side its models see no more. */
guint sg_provider_kind_picture_side (SgProviderKind kind);

typedef struct
{
  char *name; /* what a person calls it; no two of a list alike, for it is known by it */
  SgProviderKind kind;
  char *base_url; /* "https://api.openai.com/v1", a trailing "/" or none */
  char *model;    /* as the provider calls it */
  char *key;      /* (nullable): it takes none */
  gboolean enabled;
} SgAssistProvider;

/* `key` (nullable). Enabled. Returns: (transfer full). */
SgAssistProvider *sg_assist_provider_new (
  const char *name, SgProviderKind kind, const char *base_url, const char *model, const char *key);
SgAssistProvider *sg_assist_provider_copy (const SgAssistProvider *self);
void sg_assist_provider_free (SgAssistProvider *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgAssistProvider, sg_assist_provider_free)

/* Whether what a request depends on is equal: kind, address, model, key. */
gboolean sg_assist_provider_equal (const SgAssistProvider *a, const SgAssistProvider *b);

/* Whether its address may be asked at all: https, or http to this machine (localhost, 127.0.0.0/8, ::1), no
 * user, query or fragment in it. Errors: assist.address. */
gboolean sg_assist_provider_check (const SgAssistProvider *self, GError **error);

/* The host that is talked to, with its port where that is not the scheme's own: what consent is given to.
 * NULL where the address is none. Returns: (transfer full) (nullable). */
char *sg_assist_provider_dup_host (const SgAssistProvider *self);

/* Whether it is this machine, so that nothing leaves it. */
gboolean sg_assist_provider_is_local (const SgAssistProvider *self);
/* Whether what is sent can be read on the way: by http:// to another machine. */
gboolean sg_assist_provider_is_in_the_clear (const SgAssistProvider *self);

G_END_DECLS
