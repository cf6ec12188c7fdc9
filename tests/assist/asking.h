/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions that tests ask of scripted servers, by a clock that stands still until a test moves it. The key
 * is a canary: at the end of each test it must be found nowhere but in the header that it belongs into. */
#pragma once

#include "assist/assist.h"
#include "server.h"

G_BEGIN_DECLS

#define CANARY "sk-canary-4711-0815-nowhere"

/* A question that was asked, and what came of it. */
typedef struct
{
  gboolean done;
  gint64 done_us; /* real time */
  SgAssistAnswer *answer;
  GError *error;
  GCancellable *cancellable;
  GArray *phases; /* SgAssistPhase: each that was told and is not the one before */
  guint n_told;   /* calls of the progress function */
  char *text;     /* the last that was told */
  guint *order;   /* (nullable): counts those that are done */
  guint place;    /* its place among them */
} Asked;

typedef struct
{
  gint64 now_us;
  SgAssistOptions options;
  SgAssist *assist; /* made by the first call that needs it */
  GPtrArray *servers;
  GPtrArray *providers; /* SgAssistProvider */
  GPtrArray *asked;
  GHashTable *kept; /* name -> GBytes: the cache; used from workers */
  GMutex lock;
  GPtrArray *logged; /* texts */
  guint n_checks;
  const char *wanted; /* (nullable): what the check wants the text to be */
  gint64 longest_ns;  /* that the main loop was busy at a time */
} Place;

void place_set_up (Place *self, gconstpointer data);
void place_tear_down (Place *self, gconstpointer data);

/* A server, and a provider at it, of less preference than those before. */
Server *place_add_server (Place *self, SgProviderKind kind);
Server *place_add_tls_server (Place *self, GTlsCertificate *certificate);
void place_add_url (Place *self, SgProviderKind kind, const char *url);
SgAssist *place_get_assist (Place *self);

/* Asks, with the text as what is asked; answers come in the order of asking. */
Asked *place_ask (Place *self, const char *text);
Asked *place_ask_whole (Place *self, const SgAssistQuestion *question, SgAssistPriority priority);

/* Runs the main loop until it is done, or (until) the counter is as high. */
void place_wait (Place *self, Asked *asked);
void place_wait_for (Place *self, const guint *counter, guint value);

/* As long as anything goes on. */
void place_settle (Place *self);

/* Moves the clock. */
void place_pass (Place *self, double seconds);

/* The stream of a whole answer, as OpenAI's would come. Returns: (transfer full). */
char *openai_stream (const char *text);

/* Tells, of a failure, when it was known and when it was told. */
void place_tell_time (Asked *asked, gint64 known_us, const char *what);

#define place_test(path, func) g_test_add (path, Place, NULL, place_set_up, func, place_tear_down)

G_END_DECLS
