/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HTTP in a thread of its own: to load the certificates of the system and to begin a connection with TLS
 * takes tens of milliseconds in which a window could not draw. The carrier is the thread, a line the
 * connections to one provider, a call one request. All functions belong to the thread that made the
 * carrier, and return at once; what happens is told there, from its main loop.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SgCarrier SgCarrier;
typedef struct _SgLine SgLine;
typedef struct _SgCall SgCall;

/* In the thread's default main context. `tls_database` (nullable): the system's. The thread begins with the
 * first call. */
SgCarrier *sg_carrier_new (GTlsDatabase *tls_database);
void sg_carrier_free (SgCarrier *self); /* all lines are freed; waits for the thread */

/* One connection at a time, kept for a while after use; no cookies, no passwords. `direct`: by no proxy. */
SgLine *sg_line_new (SgCarrier *carrier, gboolean direct);
void sg_line_close (SgLine *self); /* connections that nobody uses, too */
void sg_line_free (SgLine *self);  /* closes; no call is left */

typedef enum
{
  SG_CALL_CONNECTED, /* the request is being sent */
  SG_CALL_HEAD,      /* status and headers are there; the body is read when sg_call_read () asks for it */
  SG_CALL_PIECE,     /* of the body */
  SG_CALL_END,       /* of the body */
  SG_CALL_FAILED,    /* an error of GIO's or libsoup's */
} SgCallNews;

/* What a call is told by; fields that a kind of news does not have are 0. */
typedef struct
{
  guint status;
  char *type, *retry_after, *date, *location; /* (nullable): headers */
  GBytes *bytes;
  GError *error;
} SgCallDetails;

typedef void (*SgCallFunc) (SgCall *call, SgCallNews news, const SgCallDetails *details, gpointer user_data);

/* Sends: `body` as JSON by POST, or NULL: GET. `headers`: names and values in turn, taken over, and wiped
 * after use. Redirects are not followed. */
SgCall *sg_call_new (
  SgLine *line, GUri *uri, char **headers, GBytes *body, SgCallFunc func, gpointer user_data);
void sg_call_read (SgCall *self); /* the next piece */

/* No more is told. Where it is not at its end its socket is closed. */
void sg_call_free (SgCall *self);

G_END_DECLS
