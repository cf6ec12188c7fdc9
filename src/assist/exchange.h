/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request over HTTP and what comes of it: sent, waited for with three timeouts and read as it comes,
 * within limits. Nothing is asked again here, no redirect to another host followed, no body of an error
 * believed. In the main context of the thread that starts it; the owner must keep it until it is done, or
 * cancel it.
 *
 *   connecting -> waiting for the head -> [another address of the same host] -> reading -> done
 */
#pragma once

#include <libsoup/soup.h>

#include "assist/alarms.h"
#include "assist/assist.h"
#include "assist/format.h"

G_BEGIN_DECLS

typedef struct _SgExchange SgExchange;

typedef enum
{
  SG_EXCHANGE_CONNECTED, /* the request is being sent */
  SG_EXCHANGE_GREW,      /* there is more of the reply */
} SgExchangeNews;

typedef struct
{
  void (*news) (SgExchange *exchange, SgExchangeNews news, gpointer user_data);

  /* It is over, and is freed when this returns: with an error of the assist domain (borrowed), or a whole
   * reply. */
  void (*done) (SgExchange *exchange, const GError *error, gpointer user_data);
  gpointer user_data;
} SgExchangeOwner;

/* A session for one exchange at a time: no cookies, no passwords, no proxy before this machine.
 * Returns: (transfer full). */
SoupSession *sg_exchange_new_session (const SgAssistProvider *provider, GTlsDatabase *tls_database);

/* Asks: `body` as JSON, or NULL: gets the list of models. The provider is copied. Never calls the owner
 * before it returns. */
SgExchange *sg_exchange_start (SoupSession *session,
                               SgAlarms *alarms,
                               const SgAssistTimeouts *timeouts,
                               const SgAssistProvider *provider,
                               GBytes *body,
                               const SgExchangeOwner *owner);

/* Closes the socket now; the owner is not called any more, and must not use it again. */
void sg_exchange_cancel (SgExchange *self);

SgReply *sg_exchange_get_reply (SgExchange *self);        /* (transfer none) */
GBytes *sg_exchange_dup_body (SgExchange *self);          /* of a list of models, or of an error */
gint64 sg_exchange_get_first_token_us (SgExchange *self); /* from sending to the first text; -1 */

G_END_DECLS
