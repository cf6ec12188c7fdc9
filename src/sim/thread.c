/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The loop of the simulation's thread.
 *
 *            play              steps are due            published
 *   asleep --------> playing ----------------> stepping ---------> playing: sleeps until the next is due
 *     ^ ^               |  ^                       |
 *     | +- pause, step -+--|------- diverged ------+
 *     |                    | input, another model
 *     +-- end, pause -- replaying: seeks to where the clock is, every tick
 *
 * Both sleeps end at once for a command. Asleep means no timeout: a paused simulation costs no CPU. Locks are
 * those of pthread rather than GLib's, whose futexes the thread sanitizer does not see.
 */
#include "sim/thread-private.h"

#include <time.h>

/* A batch of steps between two looks at the clock takes about this long. */
#define BATCH_TIME 1000 /* us */

/* To go to a step of the past takes the steps from the keyframe before it: between keyframes they take about
 * half of this, and after thinning no more than it. Half of what a person may notice, as a loaded machine is
 * slower when they are done again. */
#define SEEK_TIME 25000       /* us */
#define MAX_KEYFRAME_GAP 2048 /* steps, however little they cost */

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
measure_record (SgSimThread *self, SgSimulationStats *stats)
{
  SgTimeline *timeline = sg_time_machine_get_timeline (self->machine);

  stats->first_time = sg_timeline_get_time (timeline, sg_timeline_get_first (timeline));
  stats->last_time = sg_timeline_get_time (timeline, sg_timeline_get_last (timeline));
  stats->loop_from = self->loop_from;
  stats->loop_to = self->loop_to;
  stats->replaying = self->mode == REPLAYING ? self->direction : 0;
  stats->branch = sg_timeline_get_current (timeline);
  stats->overview = self->overview_serial;
  stats->record_bytes = sg_timeline_get_bytes (timeline);
  sg_time_machine_get_pull (self->machine, stats->pull_force, stats->pull_at, &stats->pull);
}

static void
measure (SgSimThread *self, SgSimulationStats *stats)
{
  gint64 now = g_get_monotonic_time ();
  const mjData *data = sg_time_machine_get_data (self->machine);

  *stats = (SgSimulationStats){ .speed = self->pace.speed, .playing = self->mode != REST };
  if (!data)
    return;
  stats->time = data->time;
  stats->energy[0] = data->energy[0];
  stats->energy[1] = data->energy[1];
  stats->steps = sg_time_machine_get_step (self->machine);
  stats->n_bodies = self->n_bodies;
  stats->n_contacts = data->ncon;
  measure_record (self, stats);
  if (self->mode == REST)
    return;
  stats->drift = self->mode == LIVE ? sg_pace_get_drift (&self->pace, now, data->time) : 0;
  sg_pace_get_rates (&self->pace, now, data->time, self->mode == LIVE ? stats->steps : 0,
                     &stats->real_time_factor, &stats->steps_per_second);
}

/* (nullable): it is as it was. */
static SgTimelineOverview *
make_overview (SgSimThread *self)
{
  SgTimeline *timeline = sg_time_machine_get_timeline (self->machine);

  if (self->overview_serial == sg_timeline_get_serial (timeline))
    return NULL;
  self->overview_serial = sg_timeline_get_serial (timeline);
  return sg_timeline_make_overview (timeline);
}

static void
fill_slot (SgSnapshot *slot, gpointer data)
{
  SgSimThread *self = data;

  sg_snapshot_capture (slot, sg_time_machine_get_data (self->machine),
                       sg_time_machine_is_past (self->machine));
  slot->generation = self->generation;
  slot->steps = sg_time_machine_get_step (self->machine);
  slot->speed = self->pace.speed;
  slot->playing = self->mode != REST;
}

static void
publish_state (SgSimThread *self)
{
  SgModel *model = sg_time_machine_get_model (self->machine);

  if (!model)
    return;
  fill_slot (sg_snapshot_buffer_begin (self->buffer, model), self);
  sg_snapshot_buffer_publish (self->buffer);
}

/* (nullable) (transfer full): a thread that was given up has none. */
static SgTap *
hold_tap (SgSimThread *self)
{
  SgTap *tap;

  pthread_mutex_lock (&self->lock);
  tap = self->tap && !self->abandoned ? sg_tap_ref (self->tap) : NULL;
  pthread_mutex_unlock (&self->lock);
  return tap;
}

static void
publish_to_tap (SgSimThread *self)
{
  g_autoptr (SgTap) tap = hold_tap (self);

  if (tap)
    sg_tap_publish (tap, sg_time_machine_get_model (self->machine), fill_slot, self);
}

/* Tells the other side of a new state and new figures. */
void
sg_sim_thread_publish (SgSimThread *self)
{
  SgTimelineOverview *overview = make_overview (self), *before = NULL;
  SgSimulationStats stats;

  publish_state (self);
  publish_to_tap (self);
  sg_probe_set_model (self->probe, sg_time_machine_get_model (self->machine));
  sg_probe_publish (self->probe, sg_time_machine_get_data (self->machine),
                    sg_time_machine_get_inputs (self->machine), self->mode == REST);
  measure (self, &stats);
  pthread_mutex_lock (&self->lock);
  self->stats = stats;
  if (overview)
    {
      before = self->overview;
      self->overview = overview;
    }
  pthread_mutex_unlock (&self->lock);
  g_clear_pointer (&before, sg_timeline_overview_unref);
  self->changed (self->user_data);
}

static void end_reel (SgSimThread *self);

/* Pauses for an error, which it takes over. */
void
sg_sim_thread_stop (SgSimThread *self, GError *error)
{
  end_reel (self);
  self->mode = REST;
  pthread_mutex_lock (&self->lock);
  g_clear_error (&self->error);
  self->error = error;
  pthread_mutex_unlock (&self->lock);
}

/* -- The model -- */

/* Whatever is there now is another model, or the same in another place. */
void
sg_sim_thread_model_changed (SgSimThread *self)
{
  SgModel *model = sg_time_machine_get_model (self->machine);

  sg_probe_set_model (self->probe, model);
  self->n_bodies = model ? count_moving_bodies (sg_model_get (model)) : 0;
}

/* -- Recording -- */

static void
end_reel (SgSimThread *self)
{
  if (self->reel)
    sg_reel_finish (self->reel, sg_time_machine_get_data (self->machine));
  g_clear_pointer (&self->reel, sg_reel_unref);
}

static void
begin_reel (SgSimThread *self, SgReel *reel)
{
  SgModel *model = sg_time_machine_get_model (self->machine);

  end_reel (self);
  if (!model || sg_time_machine_is_past (self->machine))
    {
      sg_reel_end (reel);
      return;
    }
  self->reel = sg_reel_ref (reel);
  sg_reel_begin (reel, model, sg_time_machine_get_data (self->machine));
}

/* Whether a run goes on over a command as one. */
static gboolean
goes_on (SgSimCommandKind kind)
{
  static const SgSimCommandKind kinds[] = { SG_SIM_RECORD, SG_SIM_PLAY, SG_SIM_SPEED,
                                            SG_SIM_UNTHROTTLED, SG_SIM_INPUT, SG_SIM_LOOK,
                                            SG_SIM_MARK, SG_SIM_NAME_MARK, SG_SIM_DELETE_MARK,
                                            SG_SIM_NAME_BRANCH, SG_SIM_DELETE_BRANCH };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == kind)
      return TRUE;
  return FALSE;
}

static void
set_model (SgSimThread *self, SgModel *model, SgPast *past)
{
  GError *error = NULL;

  self->mode = REST;
  self->batch = 1;
  self->step_cost = 0;
  self->loop_from = self->loop_to = 0;
  pthread_mutex_lock (&self->lock);
  g_clear_error (&self->error); /* it was of the model before */
  pthread_mutex_unlock (&self->lock);
  if (past ? !sg_time_machine_set_past (self->machine, past, &error)
           : !sg_time_machine_set_model (self->machine, model, &error))
    sg_sim_thread_stop (self, error);
  sg_sim_thread_model_changed (self);
}

double
sg_sim_thread_get_time (SgSimThread *self)
{
  return sg_time_machine_get_data (self->machine)->time;
}

void
sg_sim_thread_play (SgSimThread *self)
{
  guint64 steps = sg_time_machine_get_step (self->machine);

  if (!sg_time_machine_get_model (self->machine) || self->mode == LIVE ||
      sg_time_machine_is_past (self->machine))
    return;
  self->mode = LIVE;
  self->loop_from = self->loop_to = 0;
  sg_sim_summary_begin (&self->summary, g_get_monotonic_time (), steps, sg_sim_thread_get_time (self));
  sg_pace_start (&self->pace, g_get_monotonic_time (), sg_sim_thread_get_time (self), steps);
}

/* Another model amid a run, or where one was paused. */
static void
swap_model (SgSimThread *self, SgModel *model, const double moved[3])
{
  GError *error = NULL;
  gboolean rests = self->mode == REST;

  if (!model || (rests && sg_time_machine_is_at_start (self->machine)) ||
      !sg_time_machine_get_model (self->machine))
    {
      set_model (self, model, NULL);
      return;
    }
  self->batch = 1;
  if (!sg_time_machine_swap_model (self->machine, model, moved, &error))
    sg_sim_thread_stop (self, error);
  else if (!rests)
    {
      self->mode = REST; /* a clock of its own, as steps may be others */
      sg_sim_thread_play (self);
    }
  sg_sim_thread_model_changed (self);
}

static void
reset (SgSimThread *self, int key)
{
  if (!sg_time_machine_get_model (self->machine))
    return;
  sg_time_machine_reset (self->machine, key);
  self->loop_from = self->loop_to = 0;
  if (self->mode == REPLAYING)
    self->mode = REST;
  else
    sg_pace_start (&self->pace, g_get_monotonic_time (), sg_sim_thread_get_time (self), 0);
}

/* -- Stepping -- */

/* FALSE where it had to stop. */
gboolean
sg_sim_thread_step (SgSimThread *self, guint n)
{
  GError *error = NULL;

  sg_time_machine_step (self->machine, n, &error);
  if (error)
    sg_sim_thread_stop (self, error);
  return error == NULL;
}

/* Keyframes as far apart as the steps between them are soon done again. */
static void
adapt_record (SgSimThread *self, guint steps, gint64 took_us)
{
  double cost = MAX ((double)took_us / steps, 0.1);
  guint longest;

  self->step_cost = self->step_cost > 0 ? 0.95 * self->step_cost + 0.05 * cost : cost;
  longest = (guint)CLAMP (SEEK_TIME / self->step_cost, 1, MAX_KEYFRAME_GAP);
  sg_timeline_set_interval (sg_time_machine_get_timeline (self->machine), longest / 2, longest);
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
  double timestep = sg_model_get (sg_time_machine_get_model (self->machine))->opt.timestep;
  gint64 start = g_get_monotonic_time (), now = start;
  guint due = sg_pace_due (&self->pace, now, sg_sim_thread_get_time (self), timestep);

  if (due == 0)
    return;
  while (due > 0 && now - start < TICK && !has_commands (self))
    {
      guint n = MIN (due, self->batch);
      gint64 before = now;

      if (!sg_sim_thread_step (self, n))
        break;
      due -= n;
      now = g_get_monotonic_time ();
      adapt_record (self, n, now - before);
      if (n == self->batch)
        adapt_batch (self, now - before);
    }
  guint64 steps = sg_time_machine_get_step (self->machine);
  sg_pace_sample (&self->pace, now, sg_sim_thread_get_time (self), steps);
  sg_sim_summary_look (&self->summary, now, steps, sg_sim_thread_get_time (self));
  sg_sim_thread_publish (self);
}

/* -- Commands -- */

/* To do something to what is replayed is to play on from there. */
static void
do_input (SgSimThread *self, const SgInput *input)
{
  gboolean lets_go = input->kind == SG_INPUT_PULL && input->pull.body == 0;

  if (sg_time_machine_input (self->machine, input) && self->mode == REPLAYING && !lets_go)
    sg_sim_thread_play (self);
}

/* A hand that holds a joint amid a run stops it; at rest it only moves it. */
static void
put_joint (SgSimThread *self, SgInput input)
{
  input.put.rests = self->mode != REST;
  do_input (self, &input);
}

static void
set_speed (SgSimThread *self, double speed)
{
  sg_pace_set_speed (&self->pace, speed, g_get_monotonic_time ());
  if (self->mode == REPLAYING)
    sg_sim_thread_start_replay (self, self->direction);
}

static void
set_unthrottled (SgSimThread *self, gboolean unthrottled)
{
  self->pace.unthrottled = unthrottled;
  if (sg_time_machine_get_model (self->machine))
    sg_pace_start (&self->pace, g_get_monotonic_time (), sg_sim_thread_get_time (self),
                   self->mode == REPLAYING ? 0 : sg_time_machine_get_step (self->machine));
}

static void
carry_out (SgSimThread *self, const SgSimCommand *command)
{
  if (!goes_on (command->kind))
    end_reel (self);
  switch ((guint)command->kind)
    {
    case SG_SIM_SET_MODEL:
      self->generation = command->generation;
      set_model (self, command->model, command->past);
      break;
    case SG_SIM_SWAP_MODEL:
      self->generation = command->generation;
      swap_model (self, command->model, command->moved);
      break;
    case SG_SIM_RECORD:
      begin_reel (self, command->reel);
      break;
    case SG_SIM_PLAY:
      sg_sim_thread_play (self);
      break;
    case SG_SIM_PAUSE:
      self->mode = REST;
      break;
    case SG_SIM_STEP:
      sg_sim_thread_step_along (self);
      break;
    case SG_SIM_RESET:
      reset (self, command->index);
      break;
    case SG_SIM_SPEED:
      set_speed (self, command->number);
      break;
    case SG_SIM_UNTHROTTLED:
      set_unthrottled (self, command->index);
      break;
    case SG_SIM_INPUT:
      if (command->input.kind == SG_INPUT_JOINT)
        put_joint (self, command->input);
      else
        do_input (self, &command->input);
      break;
    case SG_SIM_PUT:
      if (self->mode == REST)
        sg_time_machine_put (self->machine, &command->input.pull);
      break;
    case SG_SIM_LOOK: /* carry_out_all publishes */
      break;
    case SG_SIM_QUIT:
      self->quit = TRUE;
      break;
    default:
      if (!sg_sim_thread_travel (self, command))
        sg_sim_thread_name (self, command);
    }
}

static void
command_clear (gpointer data)
{
  SgSimCommand *command = data;

  g_clear_pointer (&command->model, sg_model_unref);
  g_clear_pointer (&command->text, g_free);
  g_clear_pointer (&command->past, sg_past_unref);
  g_clear_pointer (&command->reel, sg_reel_unref);
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
    {
      const SgSimCommand *command = &g_array_index (commands, SgSimCommand, i);

      /* who drags along the timeline, or a body, is interested in where the pointer is now */
      if (i + 1 < commands->len && command[1].kind == command->kind &&
          (command->kind == SG_SIM_SEEK || command->kind == SG_SIM_PUT))
        continue;
      carry_out (self, command);
    }
  sg_sim_thread_publish (self);
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
  const mjModel *model = sg_model_get (sg_time_machine_get_model (self->machine));

  if (self->mode == REPLAYING)
    return now + TICK;
  if (self->pace.unthrottled)
    return now;
  return MAX (now + TICK, sg_pace_next (&self->pace, sg_sim_thread_get_time (self), model->opt.timestep));
}

static void
thread_clear (SgSimThread *self)
{
  if (self->reel)
    sg_reel_end (self->reel);
  g_clear_pointer (&self->reel, sg_reel_unref);
  sg_time_machine_free (self->machine);
  sg_timeline_overview_unref (self->overview);
  sg_probe_unref (self->probe);
  g_array_unref (self->queue);
  g_clear_pointer (&self->tap, sg_tap_unref);
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
      if (self->mode == LIVE)
        advance (self);
      else if (self->mode == REPLAYING)
        sg_sim_thread_replay (self);
      sg_watch_set_busy (self->watch, FALSE);

      g_autoptr (GArray) commands =
        wait_for_commands (self, self->mode != REST ? next_wake (self, woken) : -1);

      sg_watch_set_busy (self->watch, TRUE);
      if (commands->len > 0)
        carry_out_all (self, commands);
      sg_watch_set_busy (self->watch, FALSE);
    }
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

static void
before_step_cb (mjData *data, gpointer user_data)
{
  SgSimThread *self = user_data;

  sg_probe_before_step (self->probe, data);
}

static void
after_step_cb (mjData *data, gpointer user_data)
{
  SgSimThread *self = user_data;

  sg_probe_after_step (self->probe, data);
  if (self->reel)
    sg_reel_step (self->reel, data);
}

SgSimThread *
sg_sim_thread_new (SgSnapshotBuffer *buffer,
                   SgProbe *probe,
                   void (*changed) (gpointer user_data),
                   gpointer user_data)
{
  SgSimThread *self = g_new0 (SgSimThread, 1);

  init_lock (self);
  self->buffer = buffer;
  self->probe = sg_probe_ref (probe);
  self->changed = changed;
  self->user_data = user_data;
  self->queue = command_queue_new ();
  self->watch = sg_watch_new ();
  self->pace.speed = self->stats.speed = 1;
  const SgGuardWatch watch = { before_step_cb, after_step_cb, self };

  self->machine = sg_time_machine_new ();
  sg_time_machine_set_watch (self->machine, &watch);
  sg_time_machine_set_beats (self->machine, self->watch);
  self->overview = sg_timeline_make_overview (sg_time_machine_get_timeline (self->machine));
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
sg_sim_thread_set_tap (SgSimThread *self, SgTap *tap)
{
  SgTap *before;

  pthread_mutex_lock (&self->lock);
  before = self->tap;
  self->tap = tap ? sg_tap_ref (tap) : NULL;
  pthread_mutex_unlock (&self->lock);
  g_clear_pointer (&before, sg_tap_unref);
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

guint
sg_sim_thread_take_ended (SgSimThread *self)
{
  pthread_mutex_lock (&self->lock);
  guint ended = self->ended;
  self->ended = 0;
  pthread_mutex_unlock (&self->lock);
  return ended;
}

SgTimelineOverview *
sg_sim_thread_dup_overview (SgSimThread *self)
{
  pthread_mutex_lock (&self->lock);
  SgTimelineOverview *overview = g_atomic_rc_box_acquire (self->overview);
  pthread_mutex_unlock (&self->lock);
  return overview;
}
