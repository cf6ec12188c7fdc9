/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Language models as this person set them up: providers and limits from the settings, keys, consent, what was
 * spent. One of it a program; all windows ask by it. Nothing is sent while the network is not allowed, to a
 * host that was not agreed to, or over the month's limit. Main thread.
 */
#pragma once

#include "assist/assist.h"
#include "assist/keys.h"
#include "store/cache.h"
#include "store/usage.h"

G_BEGIN_DECLS

#define SG_TYPE_ASSISTANT (sg_assistant_get_type ())
G_DECLARE_FINAL_TYPE (SgAssistant, sg_assistant, SG, ASSISTANT, GObject)

/* A provider as it is set up. */
typedef struct
{
  char *name, *kind, *url, *model;
  double price_in, price_out; /* of a million tokens; 0: free, or not told */
} SgProviderSetting;

void sg_provider_setting_free (SgProviderSetting *setting);

/* Signal: "changed"  settings, keys, consent, what was spent, or the state of a provider.
 * All three (nullable): nothing is kept. */
SgAssistant *sg_assistant_new (GSettings *settings, SgCache *cache, SgHistory *history);

SgAssist *sg_assistant_get_assist (SgAssistant *self); /* (transfer none) */

gboolean sg_assistant_get_network (SgAssistant *self);
void sg_assistant_set_network (SgAssistant *self, gboolean allowed);

/* (transfer none) (element-type SgProviderSetting), in the order in which they are asked. */
GPtrArray *sg_assistant_get_providers (SgAssistant *self);
/* `providers` as above, copied. */
void sg_assistant_set_providers (SgAssistant *self, GPtrArray *providers);
/* With its key, for a test of it. (transfer full) */
SgAssistProvider *sg_assistant_make_provider (SgAssistant *self, const SgProviderSetting *setting);

/* The host of a provider's address; NULL where that is none. (transfer full) */
char *sg_provider_setting_dup_host (const SgProviderSetting *setting);

/* Keeps a key of a host; "" forgets it. */
void sg_assistant_set_key (SgAssistant *self, const char *host, const char *key);
gboolean sg_assistant_has_key (SgAssistant *self, const char *host);
gboolean sg_assistant_key_is_of_session (SgAssistant *self, const char *host);

/* The first host that would be asked and was not agreed to; NULL: none. (transfer full) (nullable) */
char *sg_assistant_dup_unagreed_host (SgAssistant *self);
/* Whether one of the providers of that host is asked by http:// over the network. */
gboolean sg_assistant_is_in_the_clear (SgAssistant *self, const char *host);
void sg_assistant_set_consent (SgAssistant *self, const char *host, gboolean agreed);
char **sg_assistant_dup_consents (SgAssistant *self);

/* Whether it can be asked as it is set up, consent aside. Errors: assist.no-network, assist.no-provider,
 * assist.quota over the month's limit. */
gboolean sg_assistant_can_ask (SgAssistant *self, GError **error);

/* What was spent this month; `cost` in the prices' money, NAN where no price is told. */
void sg_assistant_get_spent (SgAssistant *self, guint64 *tokens_in, guint64 *tokens_out, double *cost);

/* (nullable) */
GSettings *sg_assistant_get_settings (SgAssistant *self);

G_END_DECLS
