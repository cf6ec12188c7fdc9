/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The loop of the simulation's thread.
 *
 *            play              steps are due            published
 *   asleep --------> playing ----------------> stepping ---------> playing: sleeps until the next is due
 *     ^                 |                          |
 *     +--- pause, step -+------- diverged ---------+
 *
 * Both sleeps end at once for a command. Asleep means no timeout: a paused simulation costs no CPU. Locks are
 * those of pthread rather than GLib's, whose futexes the thread sanitizer does not see. */
#include "sim/thread.h"

#include <pthread.h>
#include <time.h>

#include "physics/fatal.h"
#include "sim/carry.h"
#include "sim/error.h"
#include "sim/guard.h"
#include "sim/pace.h"
#include "sim/summary.h"
#include "sim/watch.h"

/* Snapshots are published, and commands looked for, at least this often while it plays. */
#define TICK 8000 /* us */

/* A batch of steps between two looks at the clock takes about this long. */
#define BATCH_TIME 1000 /* us */

struct _SgSimThread
{
  GThread *thread;
  SgWatch *watch;
  SgSnapshotBuffer *buffer;
  void (*changed) (gpointer user_data);
  gpointer user_data;

  /* shared, under `lock` */
  pthread_mutex_t lock;
  pthread_cond_t wake;     /* a command came */
  pthread_cond_t idle;     /* commands were carried out */
  GArray *queue;           /* SgSimCommand */
  guint64 n_sent, n_done;  /* commands */
  SgSimulationStats stats; /* as last published */
  GError *error;           /* (nullable): not yet taken */
  gboolean abandoned;      /* it ends by itself and frees itself */

  /* the thread's own */
  SgModel *model; /* (nullable) */
  mjData *data;   /* (nullable) with the model */
  SgGuard *guard; /* (nullable) with the model */
  SgPace pace;
  gboolean playing;
  gboolean quit;
  guint64 steps;  /* since the start */
  guint n_bodies; /* that move */
  guint batch;    /* steps in BATCH_TIME, as measured */
  SgSimSummary summary;
};

/* -- Figures and snapshots -- */

static guint
count_moving_bodies (const mjModel *model)
{
  guint n = 0;

  for (int body = 1; body < model->nbody; body++)
    n += model->body_weldid[body] == body;
  return n;
}

static void
measure (SgSimThread *self, SgSimulationStats *stats)
{
  gint64 now = g_get_monotonic_time ();

  *stats = (SgSimulationStats){ .speed = self->pace.speed, .playing = self->playing };
  if (!self->model)
    return;
  stats->time = self->data->time;
  stats->energy[0] = self->data->energy[0];
  stats->energy[1] = self->data->energy[1];
  stats->steps = self->steps;
  stats->n_bodies = self->n_bodies;
  stats->n_contacts = self->data->ncon;
  if (!self->playing)
    return;
  stats->drift = sg_pace_get_drift (&self->pace, now, self->data->time);
  sg_pace_get_rates (&self->pace, now, self->data->time, self->steps, &stats->real_time_factor,
                     &stats->steps_per_second);
}

/* Tells the other side of a new state and new figures. */
static void
publish (SgSimThread *self)
{
  SgSimulationStats stats;

  if (self->model)
    {
      sg_snapshot_capture (sg_snapshot_buffer_begin (self->buffer, self->model), self->data);
      sg_snapshot_buffer_publish (self->buffer);
    }
  measure (self, &stats);
  pthread_mutex_lock (&self->lock);
  self->stats = stats;
  pthread_mutex_unlock (&self->lock);
  self->changed (self->user_data);
}

/* Pauses for an error, which it takes over. */
static void
stop (SgSimThread *self, GError *error)
{
  self->playing = FALSE;
  pthread_mutex_lock (&self->lock);
  g_clear_error (&self->error);
  self->error = error;
  pthread_mutex_unlock (&self->lock);
}

/* -- The model -- */

static void
make_data_cb (gpointer user_data)
{
  SgSimThread *self = user_data;

  self->data = mj_makeData (sg_model_get (self->model));
  if (self->data)
    sg_model_reset_data (self->model, self->data);
}

static void
drop_model (SgSimThread *self)
{
  g_clear_pointer (&self->guard, sg_guard_free);
  g_clear_pointer (&self->data, mj_deleteData);
  g_clear_pointer (&self->model, sg_model_unref);
}

static void
set_model (SgSimThread *self, SgModel *model)
{
  g_autofree char *fatal = NULL;

  drop_model (self);
  self->playing = FALSE;
  self->steps = 0;
  self->batch = 1;
  pthread_mutex_lock (&self->lock);
  g_clear_error (&self->error); /* it was of the model before */
  pthread_mutex_unlock (&self->lock);
  if (!model)
    return;
  self->model = sg_model_ref (model);
  if (!sg_fatal_catch (make_data_cb, self, &fatal) || !self->data)
    {
      stop (self, g_error_new (SG_SIM_ERROR, SG_SIM_ERROR_MEMORY, "no memory for the simulation's state%s%s",
                               fatal ? ": " : "", fatal ? fatal : ""));
      drop_model (self);
      return;
    }
  self->guard = sg_guard_new (model);
  sg_guard_set_watch (self->guard, self->watch);
  self->n_bodies = count_moving_bodies (sg_model_get (model));
}

static void
play (SgSimThread *self)
{
  if (!self->model || self->playing)
    return;
  self->playing = TRUE;
  sg_sim_summary_begin (&self->summary, g_get_monotonic_time (), self->steps, self->data->time);
  sg_pace_start (&self->pace, g_get_monotonic_time (), self->data->time, self->steps);
}

/* The state that a swap goes on from. */
typedef struct
{
  SgSimThread *self;
  SgModel *model;
  mjData *data;
} Past;

static void
carry_over_cb (gpointer user_data)
{
  Past *past = user_data;
  const mjModel *model = sg_model_get (past->self->model);

  sg_carry_over (sg_model_get (past->model), past->data, model, past->self->data);
  mj_forward (model, past->self->data);
}

/* Another model amid a run. A start that the past does not fit stays the start. */
static void
swap_model (SgSimThread *self, SgModel *model)
{
  Past past = { self, g_steal_pointer (&self->model), g_steal_pointer (&self->data) };
  gboolean goes_on = self->playing && past.data != NULL && model != NULL;
  guint64 steps = self->steps;
  g_autofree char *fatal = NULL;

  set_model (self, model);
  if (goes_on && self->data != NULL)
    {
      if (sg_fatal_catch (carry_over_cb, &past, &fatal))
        self->steps = steps;
      else
        sg_model_reset_data (self->model, self->data);
      play (self);
    }
  g_clear_pointer (&past.data, mj_deleteData);
  g_clear_pointer (&past.model, sg_model_unref);
}

static void
reset (SgSimThread *self)
{
  if (!self->model)
    return;
  sg_model_reset_data (self->model, self->data);
  self->steps = 0;
  sg_pace_start (&self->pace, g_get_monotonic_time (), self->data->time, 0);
}

/* -- Stepping -- */

/* FALSE where it had to stop. */
static gboolean
step (SgSimThread *self, guint n)
{
  GError *error = NULL;

  self->steps += sg_guard_step (self->guard, self->data, n, &error);
  if (error)
    stop (self, error);
  return error == NULL;
}

/* A batch that is too long delays commands; one that is too short spends its time on the clock. */
static void
adapt_batch (SgSimThread *self, gint64 took_us)
{
  if (took_us < BATCH_TIME / 2)
    self->batch = MIN (self->batch * 2, 1u << 16);
  else if (took_us > BATCH_TIME * 2)
    self->batch = MAX (self->batch / 2, 1);
}

static gboolean
has_commands (SgSimThread *self)
{
  pthread_mutex_lock (&self->lock);
  gboolean result = self->queue->len > 0;
  pthread_mutex_unlock (&self->lock);
  return result;
}

/* Steps until none is due, a tick is over, or a command waits. */
static void
advance (SgSimThread *self)
{
  double timestep = sg_model_get (self->model)->opt.timestep;
  gint64 start = g_get_monotonic_time (), now = start;
  guint due = sg_pace_due (&self->pace, now, self->data->time, timestep);

  if (due == 0)
    return;
  while (due > 0 && now - start < TICK && !has_commands (self))
    {
      guint n = MIN (due, self->batch);
      gint64 before = now;

      if (!step (self, n))
        break;
      due -= n;
      now = g_get_monotonic_time ();
      if (n == self->batch)
        adapt_batch (self, now - before);
    }
  sg_pace_sample (&self->pace, now, self->data->time, self->steps);
  sg_sim_summary_look (&self->summary, now, self->steps, self->data->time);
  publish (self);
}

/* -- Commands -- */

static void
carry_out (SgSimThread *self, const SgSimCommand *command)
{
  switch (command->kind)
    {
    case SG_SIM_SET_MODEL:
      set_model (self, command->model);
      break;
    case SG_SIM_SWAP_MODEL:
      swap_model (self, command->model);
      break;
    case SG_SIM_PLAY:
      play (self);
      break;
    case SG_SIM_PAUSE:
      self->playing = FALSE;
      break;
    case SG_SIM_STEP:
      self->playing = FALSE;
      if (self->model)
        step (self, 1);
      break;
    case SG_SIM_RESET:
      reset (self);
      break;
    case SG_SIM_SPEED:
      sg_pace_set_speed (&self->pace, command->speed, g_get_monotonic_time ());
      break;
    case SG_SIM_UNTHROTTLED:
      self->pace.unthrottled = command->unthrottled;
      if (self->model)
        sg_pace_start (&self->pace, g_get_monotonic_time (), self->data->time, self->steps);
      break;
    case SG_SIM_QUIT:
      self->quit = TRUE;
      break;
    }
}

static void
command_clear (gpointer data)
{
  SgSimCommand *command = data;

  g_clear_pointer (&command->model, sg_model_unref);
}

static GArray *
command_queue_new (void)
{
  GArray *queue = g_array_new (FALSE, FALSE, sizeof (SgSimCommand));

  g_array_set_clear_func (queue, command_clear);
  return queue;
}

static void
carry_out_all (SgSimThread *self, GArray *commands)
{
  for (guint i = 0; i < commands->len; i++)
    carry_out (self, &g_array_index (commands, SgSimCommand, i));
  publish (self);
  pthread_mutex_lock (&self->lock);
  self->n_done += commands->len;
  pthread_cond_broadcast (&self->idle);
  pthread_mutex_unlock (&self->lock);
}

/* -- The loop -- */

/* Sleeps until `until_us` (-1: for ever) or the first command; returns the commands that came. */
static GArray *
wait_for_commands (SgSimThread *self, gint64 until_us)
{
  const struct timespec until = { until_us / 1000000, until_us % 1000000 * 1000 };
  GArray *commands;
  int result = 0;

  pthread_mutex_lock (&self->lock);
  while (self->queue->len == 0 && result == 0)
    result = until_us < 0 ? pthread_cond_wait (&self->wake, &self->lock)
                          : pthread_cond_timedwait (&self->wake, &self->lock, &until);
  commands = self->queue;
  self->queue = command_queue_new ();
  pthread_mutex_unlock (&self->lock);
  return commands;
}

/* No sooner than a tick from `now`, so that fast small steps are done some at a time. */
static gint64
next_wake (SgSimThread *self, gint64 now)
{
  if (self->pace.unthrottled)
    return now;
  return MAX (now + TICK,
              sg_pace_next (&self->pace, self->data->time, sg_model_get (self->model)->opt.timestep));
}

static void
thread_clear (SgSimThread *self)
{
  g_array_unref (self->queue);
  g_clear_error (&self->error);
  sg_watch_free (self->watch);
  pthread_cond_destroy (&self->idle);
  pthread_cond_destroy (&self->wake);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

static gboolean
is_abandoned (SgSimThread *self)
{
  pthread_mutex_lock (&self->lock);
  gboolean result = self->abandoned;
  pthread_mutex_unlock (&self->lock);
  return result;
}

static gpointer
run_thread (gpointer data)
{
  SgSimThread *self = data;

  while (!self->quit && !is_abandoned (self))
    {
      gint64 woken = g_get_monotonic_time ();

      sg_watch_set_busy (self->watch, TRUE);
      if (self->playing)
        advance (self);
      sg_watch_set_busy (self->watch, FALSE);

      g_autoptr (GArray) commands = wait_for_commands (self, self->playing ? next_wake (self, woken) : -1);

      sg_watch_set_busy (self->watch, TRUE);
      if (commands->len > 0)
        carry_out_all (self, commands);
      sg_watch_set_busy (self->watch, FALSE);
    }
  drop_model (self);
  if (!is_abandoned (self))
    return NULL;
  sg_snapshot_buffer_free (self->buffer);
  thread_clear (self);
  return NULL;
}

/* -- The other threads' side -- */

static void
init_lock (SgSimThread *self)
{
  pthread_condattr_t monotonic;

  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC); /* that of g_get_monotonic_time */
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->wake, &monotonic);
  pthread_cond_init (&self->idle, NULL);
  pthread_condattr_destroy (&monotonic);
}

SgSimThread *
sg_sim_thread_new (SgSnapshotBuffer *buffer, void (*changed) (gpointer user_data), gpointer user_data)
{
  SgSimThread *self = g_new0 (SgSimThread, 1);

  init_lock (self);
  self->buffer = buffer;
  self->changed = changed;
  self->user_data = user_data;
  self->queue = command_queue_new ();
  self->watch = sg_watch_new ();
  self->pace.speed = self->stats.speed = 1;
  self->thread = g_thread_new ("simulation", run_thread, self);
  return self;
}

void
sg_sim_thread_free (SgSimThread *self)
{
  sg_sim_thread_send (self, (SgSimCommand){ SG_SIM_QUIT });
  g_thread_join (self->thread);
  thread_clear (self);
}

double
sg_sim_thread_get_stuck (SgSimThread *self)
{
  return sg_watch_look (self->watch, g_get_monotonic_time ());
}

void
sg_sim_thread_abandon (SgSimThread *self)
{
  GThread *thread = self->thread;

  pthread_mutex_lock (&self->lock);
  self->abandoned = TRUE; /* from here on it may free itself as soon as the lock is open */
  pthread_cond_signal (&self->wake);
  pthread_mutex_unlock (&self->lock);
  g_thread_unref (thread);
}

void
sg_sim_thread_send (SgSimThread *self, SgSimCommand command)
{
  pthread_mutex_lock (&self->lock);
  g_array_append_val (self->queue, command);
  self->n_sent++;
  pthread_cond_signal (&self->wake);
  pthread_mutex_unlock (&self->lock);
}

void
sg_sim_thread_sync (SgSimThread *self)
{
  pthread_mutex_lock (&self->lock);
  for (guint64 sent = self->n_sent; self->n_done < sent;)
    pthread_cond_wait (&self->idle, &self->lock);
  pthread_mutex_unlock (&self->lock);
}

void
sg_sim_thread_get_stats (SgSimThread *self, SgSimulationStats *stats)
{
  pthread_mutex_lock (&self->lock);
  *stats = self->stats;
  pthread_mutex_unlock (&self->lock);
}

GError *
sg_sim_thread_take_error (SgSimThread *self)
{
  pthread_mutex_lock (&self->lock);
  GError *error = g_steal_pointer (&self->error);
  pthread_mutex_unlock (&self->lock);
  return error;
}
