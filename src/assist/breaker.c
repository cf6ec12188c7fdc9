/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The circuit breaker's three states, in two numbers. */
#include "assist/breaker.h"

gint64
sg_breaker_get_rest (const SgBreaker *self, gint64 now_us)
{
  return self->rest_us > 0 ? MAX (0, self->rest_until - now_us) : 0;
}

gboolean
sg_breaker_may_ask (const SgBreaker *self, gint64 now_us)
{
  return sg_breaker_get_rest (self, now_us) == 0;
}

gboolean
sg_breaker_is_trying (const SgBreaker *self, gint64 now_us)
{
  return self->rest_us > 0 && sg_breaker_may_ask (self, now_us);
}

void
sg_breaker_succeed (SgBreaker *self)
{
  self->n_failures = 0;
  self->rest_us = 0;
}

void
sg_breaker_fail (SgBreaker *self, gint64 now_us)
{
  self->n_failures++;
  if (self->n_failures < self->failures_to_rest && self->rest_us == 0)
    return;
  self->rest_us = self->rest_us == 0 ? self->first_rest_us : MIN (2 * self->rest_us, self->most_rest_us);
  self->rest_until = now_us + self->rest_us;
}
