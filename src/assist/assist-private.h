/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts that SgAssist is made of, for its own files: peers (providers with their queue, breaker and
 * session) and flights (questions on their way). All of it in the object's main context. Nothing here calls
 * out from within itself: what callers are told, and the next look at the queues, wait for an idle moment,
 * so that a caller may do anything, and no list changes under whoever walks it.
 */
#pragma once

#include "assist/assist.h"
#include "assist/breaker.h"
#include "assist/exchange.h"

G_BEGIN_DECLS

typedef struct _SgPeer SgPeer;
typedef struct _SgFlight SgFlight;
typedef struct _SgProbe SgProbe;

struct _SgAssist
{
  GObject parent_instance;

  SgAssistOptions options;
  SgAlarms *alarms;
  GMainContext *context;
  GRand *chance;
  SgRateLimit *rate_limit; /* the options', or its own */
  SgRateLimit *own_rate_limit;
  GPtrArray *peers;   /* SgPeer; the preferred first */
  GPtrArray *flights; /* SgFlight, referenced: all that are not over */
  GPtrArray *probes;  /* SgProbe: not owned */
  guint64 n_asked;
  gboolean network_allowed;
  gboolean looks_soon; /* at the queues */
  gboolean tells_soon; /* "state-changed" */
};

/* -- The object, for its parts -- */

/* Calls `func` with `data` when the main loop is idle of this; the object lives until then. */
void sg_assist_soon (SgAssist *self, GSourceFunc func, gpointer data, GDestroyNotify free_data);
void sg_assist_look_soon (SgAssist *self);
void sg_assist_tell_state (SgAssist *self);
void sg_assist_tell_spent (SgAssist *self, const SgAssistProvider *provider, const SgReply *reply);
SgPeer *sg_assist_find_peer (SgAssist *self, const char *provider); /* (nullable) */
GError *sg_assist_new_no_network (void);

/* -- Peers -- */

struct _SgPeer
{
  SgAssist *assist;
  SgAssistProvider *provider;
  char *host; /* what its requests are counted by */
  SoupSession *session;
  SgBreaker breaker;
  GError *error;        /* (nullable): the last failure */
  gint64 not_before;    /* us: it said, or we decided, to come back then */
  GQueue waiting;       /* SgFlight: the more urgent first, then the earlier */
  SgFlight *current;    /* (nullable) */
  guint wake;           /* alarm: when it may be asked */
  gboolean plain_words; /* it does not know of schemas */
};

SgPeer *sg_peer_new (SgAssist *assist, const SgAssistProvider *provider);
void sg_peer_free (SgPeer *self); /* nobody waits there any more */

void sg_peer_join (SgPeer *self, SgFlight *flight);  /* at its place in the queue */
void sg_peer_again (SgPeer *self, SgFlight *flight); /* the current one, before all others */
void sg_peer_leave (SgPeer *self, SgFlight *flight);

/* Starts what may be started; sends away what cannot wait for this peer. */
void sg_peer_look (SgPeer *self);

/* What an attempt came to. */
void sg_peer_succeed (SgPeer *self);
void sg_peer_fail (SgPeer *self, const GError *error);

/* -- Flights -- */

/* What somebody is told who asked. */
typedef struct
{
  SgFlight *flight;
  GTask *task;
  SgAssistPriority priority;
  gint64 asked_us;
  SgAssistProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  GSource *cancelling; /* (nullable) */
} SgWaiter;

struct _SgFlight
{
  guint ref_count;
  SgAssist *assist; /* referenced */
  SgQuestion *question;
  char *name;         /* (nullable): not prepared yet */
  GPtrArray *waiters; /* SgWaiter */
  SgAssistPriority priority;
  gint64 begun_us;
  guint64 number; /* counts those that were asked */
  gboolean over;

  GPtrArray *failed; /* names of the providers that failed */
  GPtrArray *errors; /* GError, of each of those */
  SgPeer *peer;      /* (nullable): where it waits or is under way */
  guint n_attempts;  /* there */
  guint job;         /* number of the worker's job that is waited for; another one's result is of no use */
  SgExchange *exchange;

  char *earlier, *problem; /* (nullable): in the repair turn */
  gint64 tokens_in, tokens_out;
  gint64 first_token_us;
  char *model; /* (nullable) */

  SgAssistPhase phase;
  gboolean tells; /* a call of the progress functions is due */
  gint64 told_us;
  guint later; /* alarm */
};

SgFlight *sg_flight_ref (SgFlight *self);
void sg_flight_unref (SgFlight *self);

/* Begins; the task is taken over. */
void sg_flight_begin (SgAssist *assist,
                      const SgAssistQuestion *question,
                      SgAssistPriority priority,
                      GTask *task,
                      SgAssistProgressFunc progress,
                      gpointer progress_data);

/* To the next provider that has not failed it, or to its end. */
void sg_flight_go_on (SgFlight *self);

/* The provider where it is cannot answer it; the error is taken over. */
void sg_flight_fail_here (SgFlight *self, GError *error);

/* Forgets who failed, for providers have changed, and begins with the first. */
void sg_flight_start_anew (SgFlight *self);

/* Ends with an error, which is taken over. */
void sg_flight_fail (SgFlight *self, GError *error);

void sg_flight_send (SgFlight *self); /* its peer is free for it */
void sg_flight_set_phase (SgFlight *self, SgAssistPhase phase);

/* Whether another provider may be asked when this one is not waited for. */
gboolean sg_flight_has_other (SgFlight *self);

/* -- Probes -- */

void sg_probe_begin (SgAssist *assist, const SgAssistProvider *provider, gboolean models, GTask *task);
void sg_probe_fail (SgProbe *self, GError *error);

G_END_DECLS
