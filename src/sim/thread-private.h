/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the simulation's thread share: thread.c has the loop, the steps and the other threads'
 * side, thread-record.c goes about the record. But for what is under the lock all of it is the thread's
 * own. */
#pragma once

#include <pthread.h>

#include "sim/pace.h"
#include "sim/summary.h"
#include "sim/thread.h"
#include "sim/time-machine.h"
#include "sim/watch.h"

G_BEGIN_DECLS

/* Snapshots are published, and commands looked for, at least this often while it plays. */
#define TICK 8000 /* us */

typedef enum
{
  REST,
  LIVE,     /* steps and records */
  REPLAYING /* moves along the record */
} Mode;

struct _SgSimThread
{
  GThread *thread;
  SgWatch *watch;
  SgSnapshotBuffer *buffer;
  SgProbe *probe;
  void (*changed) (gpointer user_data);
  gpointer user_data;

  /* shared, under `lock` */
  pthread_mutex_t lock;
  pthread_cond_t wake;          /* a command came */
  pthread_cond_t idle;          /* commands were carried out */
  GArray *queue;                /* SgSimCommand */
  guint64 n_sent, n_done;       /* commands */
  SgSimulationStats stats;      /* as last published */
  SgTimelineOverview *overview; /* as last published */
  GError *error;                /* (nullable): not yet taken */
  SgTap *tap;                   /* (nullable): one more reader */
  gboolean abandoned;           /* it ends by itself and frees itself */
  guint ended;                  /* play that came to its end; 0: none, or taken */

  /* the thread's own */
  SgTimeMachine *machine;
  SgPace pace;
  Mode mode;
  int direction; /* of a replay: 1, -1 */
  double loop_from, loop_to;
  guint play;       /* of the command that it plays by */
  guint generation; /* of the model */
  gboolean quit;
  guint n_bodies;          /* that move */
  guint batch;             /* steps in BATCH_TIME, as measured */
  double step_cost;        /* us, as measured; 0: not yet */
  SgReel *reel;            /* (nullable): what is played goes there */
  guint64 overview_serial; /* of the timeline, when the overview was made */
  SgSimSummary summary;
};

/* thread.c */
void sg_sim_thread_publish (SgSimThread *self);
void sg_sim_thread_stop (SgSimThread *self, GError *error); /* pauses for an error, which it takes over */
void sg_sim_thread_play (SgSimThread *self);                /* steps and records from here on */
void sg_sim_thread_model_changed (SgSimThread *self);       /* after what may have brought another model */
double sg_sim_thread_get_time (SgSimThread *self);          /* simulated s; there must be a model */
gboolean sg_sim_thread_step (SgSimThread *self, guint n);   /* FALSE where it had to stop */

/* thread-record.c */
void sg_sim_thread_replay (SgSimThread *self); /* a tick of it */
void sg_sim_thread_start_replay (SgSimThread *self, int direction);
void sg_sim_thread_step_along (SgSimThread *self);
gboolean sg_sim_thread_travel (SgSimThread *self, const SgSimCommand *command); /* TRUE: it was of these */
gboolean sg_sim_thread_name (SgSimThread *self, const SgSimCommand *command);

G_END_DECLS
