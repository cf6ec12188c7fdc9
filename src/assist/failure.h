/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What went wrong, out of what a server, a library or a stream says of it, as errors of the assist domain.
 * Of a server's own words a short line is told, and none that holds a piece of the key. Pure; any thread.
 */
#pragma once

#include <jansson.h>

#include "assist/provider.h"

G_BEGIN_DECLS

/* Of an HTTP status that is no success; `body` (nullable) as far as it was read; `retry_after` in s, NAN: not
 * told. Returns: (transfer full). */
GError *sg_failure_of_status (
  const SgAssistProvider *provider, guint status, double retry_after, GBytes *body);

/* Of an error of GIO or libsoup; `answering`: part of the answer had come. Returns: (transfer full). */
GError *sg_failure_of_library (const GError *error, gboolean answering);

/* For the formats: FALSE with the error that an event tells of (an object, or text). */
gboolean sg_failure_set_of_event (GError **error, const json_t *event);

/* FALSE with assist.declined; `words` (nullable), the model's. */
gboolean sg_failure_set_declined (GError **error, const char *words);

/* Says whose error it is: in front of the message, and as a detail. */
void sg_failure_add_provider (GError *error, const SgAssistProvider *provider);

/* The seconds of a Retry-After header, in either of its forms (RFC 9110, 10.2.3), 0 to an hour; `date`
 * (nullable), the server's own Date, is what a time is counted from, for the clocks may differ. NAN: it says
 * nothing. */
double sg_failure_read_retry_after (const char *retry_after, const char *date);

/* Whether it is a provider's trouble, for which asking again later may help. */
gboolean sg_failure_is_passing (const GError *error);

/* Whether it tells that the provider, not the question, has something the matter. */
gboolean sg_failure_is_of_provider (const GError *error);

G_END_DECLS
