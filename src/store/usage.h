/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What language models cost, by month, provider and model: the table assist_usage. */
#pragma once

#include "store/history.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 n_requests;
  guint64 tokens_in, tokens_out;
  double cost; /* in the money of the prices that were set */
} SgUsage;

/* Adds to this month's; does not wait. What cannot be written is lost, and the person is told of the
 * history's trouble by the next sketch that is kept. */
void
sg_history_add_usage (SgHistory *self, const char *provider, const char *model, const SgUsage *usage);

/* This month's sum. Blocking; any thread but the main one. Errors: store.sql and the like. */
gboolean sg_history_get_usage (SgHistory *self, SgUsage *usage, GError **error);
void sg_history_get_usage_async (
  SgHistory *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean
sg_history_get_usage_finish (SgHistory *self, GAsyncResult *result, SgUsage *usage, GError **error);

G_END_DECLS
