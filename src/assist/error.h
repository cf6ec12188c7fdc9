/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can go wrong between SimGen and a language model. Cancelling is G_IO_ERROR_CANCELLED; a refusal of our
 * own for asking too often is one of base/rate-limit.h. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_ASSIST_ERROR (sg_assist_error_quark ())

#define SG_DETAIL_PROVIDER "provider" /* name of the provider that an error is of */

/* Errors of a provider have the detail provider, and where it said when to come back retry_after_s. No
 * message holds a key, or anything that was asked. */
typedef enum
{
  SG_ASSIST_ERROR_NO_NETWORK,  /* assist.no-network: the switch forbids all of it; nothing was sent */
  SG_ASSIST_ERROR_NO_PROVIDER, /* assist.no-provider: none is set up and enabled */
  SG_ASSIST_ERROR_ADDRESS,     /* assist.address: none of http(s), or in the clear to elsewhere than here */
  SG_ASSIST_ERROR_DNS,         /* assist.dns: the host's name is not known */
  SG_ASSIST_ERROR_CONNECTION,  /* assist.connection: refused, unreachable or broken off before an answer */
  SG_ASSIST_ERROR_TLS,         /* assist.tls: the host cannot prove who it is, or speaks no TLS */
  SG_ASSIST_ERROR_KEY,         /* assist.key: 401, no such key */
  SG_ASSIST_ERROR_FORBIDDEN,   /* assist.forbidden: 403, this key may not */
  SG_ASSIST_ERROR_MODEL,       /* assist.model: 404, no such model (or no such service at that address) */
  SG_ASSIST_ERROR_BUSY,        /* assist.busy: 429, too many requests for now */
  SG_ASSIST_ERROR_QUOTA,       /* assist.quota: 402 or 429, what was paid for is used up */
  SG_ASSIST_ERROR_REQUEST,     /* assist.request: 400 and the like, the provider does not take the request */
  SG_ASSIST_ERROR_SERVER,      /* assist.server: 5xx */
  SG_ASSIST_ERROR_REDIRECT,    /* assist.redirect: sent on to another host, which was not asked */
  SG_ASSIST_ERROR_TIMEOUT,     /* assist.timeout: detail operation: connect, first-token, stall or whole */
  SG_ASSIST_ERROR_DAMAGED,     /* assist.damaged: the answer is not in the provider's format */
  SG_ASSIST_ERROR_TOO_LARGE,   /* assist.too-large: the answer is over a limit */
  SG_ASSIST_ERROR_CUT_OFF,     /* assist.cut-off: the answer ended amid itself */
  SG_ASSIST_ERROR_DECLINED,    /* assist.declined: the model, or its filter, does not answer this */
  SG_ASSIST_ERROR_UNSUITABLE,  /* assist.unsuitable: the answer fails its check, after a repair too */
  SG_ASSIST_ERROR_RESTING,     /* assist.resting: it failed several times and is not asked for a while */
  SG_ASSIST_ERROR_QUEUE_FULL,  /* assist.queue-full: too many questions wait */
} SgAssistError;

GQuark sg_assist_error_quark (void);
extern const SgErrorDomain sg_assist_error_domain;

G_END_DECLS
