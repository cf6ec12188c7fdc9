/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions to language models. A question waits in the queue of the first provider that can be asked; one
 * that fails there goes to the next, and where none is left it ends with one error, within a second after
 * the last failure is known: what a caller does then is done without a model. Nothing is asked twice for
 * one answer: equal questions that wait or are under way share it, and what was answered before comes from
 * the cache.
 *
 * All calls belong to the thread, and the main context, that made the object; none blocks: HTTP has a
 * thread of its own, and what takes long (pictures to text, digests, the cache, the check) is done by
 * workers. Nothing that is asked, answered or secret is ever logged.
 *
 *   asked -> prepared -> [cache] -> queued -> connecting -> waiting -> answering -> checked -> done
 *                                     ^                                               |
 *                                     +-- again (429, 5xx), repair, next provider ----+
 */
#pragma once

#include <gio/gio.h>

#include "assist/provider.h"
#include "base/rate-limit.h"

G_BEGIN_DECLS

/* -- What is asked -- */

/* Looks whether an answer is what was asked for. Runs in a worker, so `data` must not change meanwhile. FALSE
 * with an error, whose message is told to the model, in so many words, for the repair turn. */
typedef gboolean (*SgAssistCheck) (const char *text, gpointer data, GError **error);

typedef struct
{
  const char *system;         /* (nullable) who the model is to be */
  const char *user;           /* what is asked */
  GBytes *picture;            /* (nullable) PNG, no larger than sg_assist_get_picture_side () */
  const char *schema;         /* (nullable) JSON Schema of the answer, an object's; NULL: free text */
  const char *schema_name;    /* with a schema: [a-zA-Z0-9_-]{1,64} */
  const char *prompt_version; /* of the prompts and the schema; part of what the answer is kept by */
  const char *repair;         /* (nullable) said before what the check found wrong; NULL: words of our own */
  SgAssistCheck check;        /* (nullable): any answer will do */
  gpointer check_data;
  GDestroyNotify free_check_data; /* (nullable): called once, in any thread, when the question is over */
} SgAssistQuestion;

typedef enum
{
  SG_ASSIST_INTERACTIVE, /* a person waits for it */
  SG_ASSIST_BACKGROUND,  /* nobody does */
  SG_N_ASSIST_PRIORITIES
} SgAssistPriority;

/* -- What is answered -- */

typedef struct
{
  char *text;            /* UTF-8; passed the check */
  char *provider;        /* its name */
  char *model;           /* as the provider called it in its answer, else as it was asked for */
  gint64 elapsed_us;     /* from asking to the end */
  gint64 first_token_us; /* from sending to the first piece of text; -1: from the cache */
  gint64 tokens_in;      /* that were spent for it, repair included; -1: not told; from the cache 0 */
  gint64 tokens_out;
  gboolean from_cache;
  gboolean repaired; /* the first answer was not suitable */
} SgAssistAnswer;

void sg_assist_answer_free (SgAssistAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgAssistAnswer, sg_assist_answer_free)

/* -- How far it is -- */

typedef enum
{
  SG_ASSIST_QUEUED,  /* another question is under way */
  SG_ASSIST_PAUSING, /* until the provider may be asked again */
  SG_ASSIST_CONNECTING,
  SG_ASSIST_WAITING,   /* sent; no text yet */
  SG_ASSIST_ANSWERING, /* text comes */
  SG_ASSIST_REPAIRING, /* asked again with what was wrong */
} SgAssistPhase;

typedef struct
{
  SgAssistPhase phase;
  const char *provider;  /* its name */
  const char *text;      /* so far, whole characters; for as long as the call takes */
  gsize bytes;           /* of it */
  gint64 elapsed_us;     /* since it was asked */
  gint64 first_token_us; /* from sending to the first piece of text; -1: none yet */
  gint64 tokens_out;     /* so far; -1: not told yet */
  double pause;          /* s that it still pauses */
} SgAssistProgress;

/* At most 10 times a second a question, with a trailing call, so that the last is never lost; none after the
 * question ended. */
typedef void (*SgAssistProgressFunc) (const SgAssistProgress *progress, gpointer data);

/* -- What it is made from -- */

/* Where answers are kept. Called in workers, and may block. `name` is 64 hexadecimal digits. */
typedef struct
{
  GBytes *(*get) (gpointer data, const char *name); /* (transfer full) (nullable) */
  void (*put) (gpointer data, const char *name, GBytes *answer);
  gpointer data;
  GDestroyNotify free_data; /* (nullable) */
} SgAssistCache;

typedef struct
{
  gint64 connect_us;     /* until the host is connected to, TLS included */
  gint64 first_token_us; /* from sending to the first piece of text */
  gint64 stall_us;       /* between two pieces */
  gint64 whole_us;       /* a request, from connecting to its end */
} SgAssistTimeouts;

typedef struct
{
  SgAssistTimeouts timeouts;
  guint most_attempts;     /* of a question at one provider that has troubles or is busy */
  gint64 first_pause_us;   /* before the second; doubled for each more; half of it at random */
  gint64 most_pause_us;    /* a provider that says to come back later than that is not waited for */
  gint64 short_pause_us;   /* the same where another provider can be asked instead */
  guint failures_to_rest;  /* in a row, after which a provider rests */
  gint64 first_rest_us;    /* doubled each time that the trial after it fails */
  gint64 most_rest_us;     /* at most */
  guint most_waiting;      /* questions */
  SgAssistCache cache;     /* .get NULL: none */
  SgRateLimit *rate_limit; /* (nullable): the table's figures; peers are hosts. Outlives it */
  SgMetrics *metrics;      /* (nullable): the process's */
  gint64 (*now_us) (
    gpointer clock); /* (nullable): the monotonic clock; else sg_assist_ring () when it moves */
  gpointer clock;
  GTlsDatabase *tls_database; /* (nullable): the system's */
  guint32 seed;               /* of the jitter; 0: by chance */
} SgAssistOptions;

/* Connect 10 s, first piece 60 s, stall 30 s, whole 180 s; 3 attempts, first pause 0.5 s, longest 20 s and
 * 2 s; 3 failures, 30 s to 10 minutes of rest; 32 questions; no cache. */
SgAssistOptions sg_assist_options_default (void);

/* -- Asking -- */

#define SG_TYPE_ASSIST (sg_assist_get_type ())
G_DECLARE_FINAL_TYPE (SgAssist, sg_assist, SG, ASSIST, GObject)

/* No provider, and the network forbidden. `options` (nullable): the default.
 *
 * Signals: "state-changed"  of a provider, or of the network's switch;
 *          "spent" (const char *provider, const char *model, gint64 tokens_in, gint64 tokens_out)  a
 * request was answered, whether its answer was of use or not; -1: not told. Every request tells so once. */
SgAssist *sg_assist_new (const SgAssistOptions *options);

/* Those that may be asked, the preferred first; disabled ones are known but not asked. Copied. What is
 * under way at one that is gone or has changed starts anew, with the others. What is known of the troubles
 * of one that did not change stays. */
void sg_assist_set_providers (SgAssist *self, const SgAssistProvider *const *providers, guint n);

/* FALSE: nothing is sent, sockets are closed, and all that wait end with assist.no-network. */
void sg_assist_set_network_allowed (SgAssist *self, gboolean allowed);
gboolean sg_assist_get_network_allowed (SgAssist *self);

/* Pixels: what the most modest of the enabled providers' models see of a picture's longer side. */
guint sg_assist_get_picture_side (SgAssist *self);

/* `question` is copied (its check's data is taken over). `progress` (nullable). The callback is called from
 * the main context, never before this returns; cancelling closes the socket, unless somebody else wants the
 * same answer. Errors: those of the assist domain, those of base/rate-limit.h, G_IO_ERROR_CANCELLED. Where
 * several providers failed, the code is that of the preferred one, and the message tells of each. */
void sg_assist_ask_async (SgAssist *self,
                          const SgAssistQuestion *question,
                          SgAssistPriority priority,
                          GCancellable *cancellable,
                          SgAssistProgressFunc progress,
                          gpointer progress_data,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
SgAssistAnswer *sg_assist_ask_finish (SgAssist *self, GAsyncResult *result, GError **error);

/* -- For the settings -- */

/* The names of the models that a provider offers, sorted; it need not be one of those that were set.
 * Returns: (transfer full). Errors: as for a question. */
void sg_assist_list_models_async (SgAssist *self,
                                  const SgAssistProvider *provider,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char **sg_assist_list_models_finish (SgAssist *self, GAsyncResult *result, GError **error);

/* Asks its model for a single word: one request, no attempts more, whether it rests or not; a success ends
 * its rest. The error's code names the failure. Returns: how long it took, us; -1 with an error. */
void sg_assist_test_async (SgAssist *self,
                           const SgAssistProvider *provider,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gint64 sg_assist_test_finish (SgAssist *self, GAsyncResult *result, GError **error);

typedef enum
{
  SG_ASSIST_READY,   /* not asked yet, or it answered */
  SG_ASSIST_FAILING, /* it failed, but is asked still */
  SG_ASSIST_RESTS,   /* it is not asked for a while */
  SG_ASSIST_TRYING,  /* the question that ends the rest, or lengthens it, is next or under way */
} SgAssistCondition;

typedef struct
{
  SgAssistCondition condition;
  gboolean busy;       /* a request is under way */
  guint n_waiting;     /* questions in its queue */
  guint n_failures;    /* in a row */
  double rest;         /* s until it may be asked, 0: now */
  const GError *error; /* (nullable): the last failure, until it answers; until the next call */
} SgAssistState;

/* FALSE where none of that name was set. */
gboolean sg_assist_get_state (SgAssist *self, const char *provider, SgAssistState *state);

/* Does what is due by a clock of the options. */
void sg_assist_ring (SgAssist *self);

G_END_DECLS
