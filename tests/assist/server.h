/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server on loopback, in the test's own main context, that answers each request with the next of the
 * answers it was given, byte for byte, and writes down what it was sent. It is made of sockets, so that it
 * can do what no proper server does: stall, break off, talk nonsense. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What follows an answer. */
typedef enum
{
  SERVER_KEEPS,  /* the connection, for the next request */
  SERVER_CLOSES, /* as many answers end */
  SERVER_STALLS, /* nothing more comes, and the connection stays */
} ServerEnd;

typedef struct
{
  char *head; /* request line and headers */
  char *body;
} ServerRequest;

typedef struct
{
  GSocketService *service;
  GTlsCertificate *certificate; /* (nullable) */
  guint16 port;
  GQueue answers;      /* those to come */
  GPtrArray *requests; /* ServerRequest */
  GPtrArray *connections;
  guint n_connections, n_closed; /* by the other side */
  gint64 answered_us, closed_us; /* when the last of these happened */
  gsize piece;                   /* bytes written at once; 0: all */
} Server;

Server *server_new (GTlsCertificate *certificate);
void server_free (Server *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_free)

char *server_dup_url (Server *server, const char *path);
void server_answer_bytes (Server *server, const void *bytes, gsize size, ServerEnd end);

/* A status with a body and (nullable) more header lines, each with its line end. */
void server_answer (Server *server, const char *status, const char *headers, const char *body);

/* 200 with a stream of events, that ends as it says. */
void server_stream (Server *server, const char *type, const char *events, ServerEnd end);

const ServerRequest *server_get_request (Server *server, guint i);
char *server_dup_header (const ServerRequest *request, const char *name); /* (nullable) */

/* A port at which nobody listens. */
guint16 server_find_closed_port (void);

G_END_DECLS
