/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stream of bytes cut into events: server-sent events (WHATWG, HTML, "Server-sent events", 9.2.6) or a
 * JSON text a line. Bytes come in pieces cut anywhere, amid a character too. What is buffered is bounded,
 * as is the whole. One thread at a time.
 */
#pragma once

#include "assist/error.h"

G_BEGIN_DECLS

typedef enum
{
  SG_FRAMING_SSE,
  SG_FRAMING_LINES,
} SgFraming;

/* An event: its name (nullable; of SSE), and its data, valid UTF-8 and ended by a NUL that does not count.
 * FALSE with an error ends the reading. */
typedef gboolean (*SgEventFunc) (
  const char *name, const char *data, gsize size, gpointer user_data, GError **error);

typedef struct _SgEvents SgEvents;

SgEvents *sg_events_new (SgFraming framing, SgEventFunc func, gpointer user_data);
void sg_events_free (SgEvents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgEvents, sg_events_free)

/* Calls the function for each event that is whole by now. Errors: its own; assist.too-large over
 * SG_LIMIT_ANSWER_BYTES for an event or SG_LIMIT_ANSWER_STREAM_BYTES for all; assist.damaged where it is not
 * UTF-8. After an error nothing more may be read. */
gboolean sg_events_read (SgEvents *self, const void *bytes, gsize size, GError **error);

/* The stream has ended: a last line counts though nothing ends it. */
gboolean sg_events_end (SgEvents *self, GError **error);

G_END_DECLS
