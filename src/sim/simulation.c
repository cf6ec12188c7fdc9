/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The GObject face. The simulation's thread posts one source into the main context when something changed;
 * until that source ran, further changes post nothing. What the source finds is told by signals: a fresh
 * snapshot, unless the last one told of has not been read yet; an error; and the figures, which wait for the
 * rest of their tenth of a second where one was told of less than that ago. */
#include "config.h"

#include "sim/simulation.h"

#include <stdatomic.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "sim/error.h"
#include "sim/thread.h"

#define STATS_INTERVAL 100 /* ms */

/* What the posted source holds. It outlives the simulation, whose pointer only the main context's thread
 * touches. */
typedef struct
{
  gatomicrefcount ref_count;
  atomic_bool posted;
  GMainContext *context;
  SgSimulation *simulation; /* (nullable): NULL once it is disposed of */
} Link;

struct _SgSimulation
{
  GObject parent_instance;

  Link *link;
  SgSnapshotBuffer *buffer;
  SgSimThread *thread;
  SgProbe *probe;
  SgTap *tap;     /* (nullable) */
  SgModel *model; /* (nullable): the one last set */
  gboolean playing;
  guint generation;     /* of the model: counts those that were set */
  guint play;           /* counts what plays the record */
  gboolean frame_told;  /* "frame-ready" was emitted and the snapshot not read yet */
  gint64 stats_told;    /* when "stats-changed" was emitted last */
  GSource *stats_later; /* (nullable): the trailing one */
  double patience;      /* s that a step may take */
  GSource *watching;    /* (nullable): looks whether the thread is stuck */
  double watched;       /* s that it has looked since the last command */
  gboolean given_up;    /* the model was, once */
};

enum
{
  STATS_CHANGED,
  FRAME_READY,
  STOPPED,
  ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgSimulation, sg_simulation, G_TYPE_OBJECT)

/* -- From the thread to the main context -- */

static Link *
link_ref (Link *link)
{
  g_atomic_ref_count_inc (&link->ref_count);
  return link;
}

static void
link_unref (gpointer data)
{
  Link *link = data;

  if (!g_atomic_ref_count_dec (&link->ref_count))
    return;
  g_main_context_unref (link->context);
  g_free (link);
}

static gboolean
stats_later_cb (gpointer data)
{
  SgSimulation *self = data;

  g_clear_pointer (&self->stats_later, g_source_unref);
  self->stats_told = g_get_monotonic_time ();
  g_signal_emit (self, signals[STATS_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tell_stats (SgSimulation *self)
{
  gint64 elapsed = (g_get_monotonic_time () - self->stats_told) / 1000;

  if (self->stats_later)
    return;
  self->stats_later = g_timeout_source_new (elapsed < STATS_INTERVAL ? STATS_INTERVAL - elapsed : 0);
  g_source_set_callback (self->stats_later, stats_later_cb, self, NULL);
  g_source_attach (self->stats_later, self->link->context);
}

static void
tell_frame (SgSimulation *self)
{
  if (self->frame_told || !sg_snapshot_buffer_has_fresh (self->buffer))
    return;
  self->frame_told = TRUE;
  g_signal_emit (self, signals[FRAME_READY], 0);
}

static void
tell_stop (SgSimulation *self)
{
  g_autoptr (GError) error = sg_sim_thread_take_error (self->thread);

  if (!error)
    return;
  self->playing = FALSE;
  g_signal_emit (self, signals[STOPPED], 0, error);
}

/* What ended may have been followed by another play since. */
static void
tell_end (SgSimulation *self)
{
  guint ended = sg_sim_thread_take_ended (self->thread);

  if (ended == 0 || ended != self->play)
    return;
  self->playing = FALSE;
  g_signal_emit (self, signals[ENDED], 0);
}

/* -- A thread that is stuck -- */

static void changed_cb (gpointer data);

/* The thread goes on alone, with its buffer and a link that is never freed; another begins at the start. */
static void
give_up (SgSimulation *self)
{
  GError *error = NULL;
  SgSimulationStats stats;

  sg_sim_thread_get_stats (self->thread, &stats);
  g_set_error (&error, SG_SIM_ERROR, SG_SIM_ERROR_STUCK,
               _ ("the run was given up at %.3f s: one step took longer than %g seconds"), stats.time,
               self->patience);
  sg_error_add_number (&error, SG_DETAIL_TIME, stats.time);
  link_ref (self->link);
  sg_sim_thread_abandon (self->thread);
  SgProbe *probe = sg_probe_new_like (self->probe);
  sg_probe_unref (self->probe);
  self->probe = probe;
  self->buffer = sg_snapshot_buffer_new ();
  self->thread = sg_sim_thread_new (self->buffer, self->probe, changed_cb, self->link);
  sg_sim_thread_set_tap (self->thread, self->tap);
  self->playing = self->frame_told = FALSE;
  if (self->given_up)
    g_clear_pointer (&self->model, sg_model_unref);
  self->given_up = TRUE;
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_SPEED, .number = stats.speed });
  sg_sim_thread_send (
    self->thread,
    (SgSimCommand){ SG_SIM_SET_MODEL, .model = self->model ? sg_model_ref (self->model) : NULL,
                    .generation = ++self->generation });
  g_signal_emit (self, signals[STOPPED], 0, error);
  g_error_free (error);
}

/* A thread at rest for longer than it may take for a step needs no watching. */
static gboolean
watch_cb (gpointer data)
{
  g_autoptr (SgSimulation) self = g_object_ref (data);

  self->watched = self->playing ? 0 : self->watched + self->patience / 4;
  if (sg_sim_thread_get_stuck (self->thread) >= self->patience)
    give_up (self);
  else if (self->watched > 2 * self->patience)
    g_clear_pointer (&self->watching, g_source_unref);
  return self->watching ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
watch (SgSimulation *self)
{
  self->watched = 0;
  if (self->watching)
    return;
  self->watching = g_timeout_source_new (MAX (1, (guint)(self->patience * 250)));
  g_source_set_callback (self->watching, watch_cb, self, NULL);
  g_source_attach (self->watching, self->link->context);
}

static gboolean
tell_cb (gpointer data)
{
  Link *link = data;

  /* before looking: what changes from now on posts again */
  atomic_store (&link->posted, FALSE);
  if (!link->simulation)
    return G_SOURCE_REMOVE;

  g_autoptr (SgSimulation) self = g_object_ref (link->simulation);

  tell_frame (self);
  tell_stats (self);
  tell_stop (self);
  tell_end (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (gpointer data)
{
  Link *link = data;

  if (atomic_exchange (&link->posted, TRUE))
    return;

  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, link_ref (link), link_unref);
  g_source_attach (source, link->context);
}

/* -- The class -- */

static void
sg_simulation_dispose (GObject *object)
{
  SgSimulation *self = SG_SIMULATION (object);

  self->link->simulation = NULL;
  if (self->stats_later)
    g_source_destroy (self->stats_later);
  g_clear_pointer (&self->stats_later, g_source_unref);
  if (self->watching)
    g_source_destroy (self->watching);
  g_clear_pointer (&self->watching, g_source_unref);
  if (self->thread && sg_sim_thread_get_stuck (self->thread) > self->patience / 8)
    {
      link_ref (self->link);
      sg_sim_thread_abandon (g_steal_pointer (&self->thread));
      self->buffer = NULL;
    }
  g_clear_pointer (&self->thread, sg_sim_thread_free);
  g_clear_pointer (&self->model, sg_model_unref);
  G_OBJECT_CLASS (sg_simulation_parent_class)->dispose (object);
}

static void
sg_simulation_finalize (GObject *object)
{
  SgSimulation *self = SG_SIMULATION (object);

  sg_probe_unref (self->probe);
  g_clear_pointer (&self->tap, sg_tap_unref);
  g_clear_pointer (&self->buffer, sg_snapshot_buffer_free);
  link_unref (self->link);
  G_OBJECT_CLASS (sg_simulation_parent_class)->finalize (object);
}

static void
sg_simulation_class_init (SgSimulationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = sg_simulation_dispose;
  object_class->finalize = sg_simulation_finalize;

  signals[STATS_CHANGED] =
    g_signal_new ("stats-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FRAME_READY] =
    g_signal_new ("frame-ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOPPED] = g_signal_new ("stopped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_ERROR);
}

static void
sg_simulation_init (SgSimulation *self)
{
  self->link = g_new0 (Link, 1);
  g_atomic_ref_count_init (&self->link->ref_count);
  self->link->context = g_main_context_ref_thread_default ();
  self->link->simulation = self;
  self->buffer = sg_snapshot_buffer_new ();
  self->probe = sg_probe_new ();
  self->thread = sg_sim_thread_new (self->buffer, self->probe, changed_cb, self->link);
  self->patience = SG_SIMULATION_PATIENCE;
}

SgSimulation *
sg_simulation_new (void)
{
  return g_object_new (SG_TYPE_SIMULATION, NULL);
}

static void
send_model (
  SgSimulation *self, SgSimCommandKind kind, SgModel *model, const double moved[3], SgPast *past)
{
  SgSimCommand command = { kind, .model = model ? sg_model_ref (model) : NULL };

  if (moved)
    memcpy (command.moved, moved, sizeof command.moved);
  g_clear_pointer (&self->model, sg_model_unref);
  self->model = model ? sg_model_ref (model) : NULL;
  self->given_up = FALSE;
  watch (self);
  command.past = past ? g_atomic_rc_box_acquire (past) : NULL;
  command.generation = ++self->generation;
  sg_sim_thread_send (self->thread, command);
}

void
sg_simulation_set_model (SgSimulation *self, SgModel *model)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  self->playing = FALSE;
  send_model (self, SG_SIM_SET_MODEL, model, NULL, NULL);
}

void
sg_simulation_set_past (SgSimulation *self, SgPast *past)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  self->playing = FALSE;
  send_model (self, SG_SIM_SET_MODEL, past->model, NULL, past);
}

void
sg_simulation_record (SgSimulation *self, SgReel *reel)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_RECORD, .reel = sg_reel_ref (reel) });
}

void
sg_simulation_swap_model (SgSimulation *self, SgModel *model, const double moved[3])
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  self->playing &= model != NULL;
  send_model (self, SG_SIM_SWAP_MODEL, model, moved, NULL);
}

SgModel *
sg_simulation_get_model (SgSimulation *self)
{
  g_return_val_if_fail (SG_IS_SIMULATION (self), NULL);
  return self->model;
}

void
sg_simulation_play (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  self->playing = self->model != NULL;
  self->play++; /* the end of a replay before it is none of its */
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_PLAY });
  watch (self);
}

void
sg_simulation_pause (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  self->playing = FALSE;
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_PAUSE });
}

void
sg_simulation_step (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  self->playing = FALSE;
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_STEP });
  watch (self);
}

void
sg_simulation_reset (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_RESET, .index = -1 });
  watch (self);
}

void
sg_simulation_reset_to_keyframe (SgSimulation *self, guint key)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_RESET, .index = (int)MIN (key, G_MAXINT) });
  watch (self);
}

void
sg_simulation_set_speed (SgSimulation *self, double speed)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  speed = CLAMP (speed, SG_SIMULATION_MIN_SPEED, SG_SIMULATION_MAX_SPEED);
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_SPEED, .number = speed });
}

gboolean
sg_simulation_get_playing (SgSimulation *self)
{
  g_return_val_if_fail (SG_IS_SIMULATION (self), FALSE);
  return self->playing;
}

void
sg_simulation_set_unthrottled (SgSimulation *self, gboolean unthrottled)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_UNTHROTTLED, .index = unthrottled });
}

static void
send_input (SgSimulation *self, SgInput input)
{
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_INPUT, .input = input });
}

void
sg_simulation_set_control (SgSimulation *self, guint actuator, double value)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  send_input (self, (SgInput){ SG_INPUT_CONTROL, (int)MIN (actuator, G_MAXINT), { .value = value } });
}

void
sg_simulation_set_wave (SgSimulation *self, guint control, const SgWave *wave)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  send_input (self, (SgInput){ SG_INPUT_WAVE, control, .wave = *wave });
}

void
sg_simulation_set_equality (SgSimulation *self, guint equality, gboolean on)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  send_input (self, (SgInput){ SG_INPUT_EQUALITY, (int)MIN (equality, G_MAXINT), { .value = on } });
}

void
sg_simulation_set_joint (SgSimulation *self, guint joint, double position)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  send_input (self, (SgInput){ SG_INPUT_JOINT, (int)MIN (joint, G_MAXINT), .put = { { position } } });
}

void
sg_simulation_set_noise (SgSimulation *self, const SgNoise *noise)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  send_input (self, (SgInput){ SG_INPUT_NOISE, .noise = *noise });
}

void
sg_simulation_pull (SgSimulation *self, const SgPull *pull)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  send_input (self, (SgInput){ SG_INPUT_PULL, .pull = *pull });
}

void
sg_simulation_put (SgSimulation *self, const SgPull *grip)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread,
                      (SgSimCommand){ SG_SIM_PUT, .input = { SG_INPUT_PULL, .pull = *grip } });
}

void
sg_simulation_let_go (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  send_input (self, (SgInput){ SG_INPUT_PULL });
}

/* -- The past -- */

/* What pauses it. */
static void
travel (SgSimulation *self, SgSimCommand command)
{
  self->playing = FALSE;
  sg_sim_thread_send (self->thread, command);
}

void
sg_simulation_seek (SgSimulation *self, double time)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  travel (self, (SgSimCommand){ SG_SIM_SEEK, .number = time });
}

void
sg_simulation_step_back (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  travel (self, (SgSimCommand){ SG_SIM_STEP_BACK });
}

void
sg_simulation_go_to_start (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  travel (self, (SgSimCommand){ SG_SIM_GO_TO_END, .index = -1 });
}

void
sg_simulation_go_to_end (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  travel (self, (SgSimCommand){ SG_SIM_GO_TO_END });
}

void
sg_simulation_replay (SgSimulation *self, int direction)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  self->playing = self->model != NULL;
  sg_sim_thread_send (self->thread,
                      (SgSimCommand){ SG_SIM_REPLAY, .index = direction, .play = ++self->play });
}

void
sg_simulation_loop (SgSimulation *self, double from, double to)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  self->playing = self->model != NULL;
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_LOOP, .number = MIN (from, to),
                                                    .until = MAX (from, to), .play = ++self->play });
}

void
sg_simulation_mark (SgSimulation *self, const char *name)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_MARK, .text = g_strdup (name) });
}

void
sg_simulation_go_to_mark (SgSimulation *self, guint mark)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  travel (self, (SgSimCommand){ SG_SIM_GO_TO_MARK, .index = (int)mark });
}

void
sg_simulation_name_mark (SgSimulation *self, guint mark, const char *name)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread,
                      (SgSimCommand){ SG_SIM_NAME_MARK, .index = (int)mark, .text = g_strdup (name) });
}

void
sg_simulation_delete_mark (SgSimulation *self, guint mark)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_DELETE_MARK, .index = (int)mark });
}

void
sg_simulation_go_to_branch (SgSimulation *self, guint branch)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  travel (self, (SgSimCommand){ SG_SIM_GO_TO_BRANCH, .index = (int)branch });
}

void
sg_simulation_name_branch (SgSimulation *self, guint branch, const char *name)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread,
                      (SgSimCommand){ SG_SIM_NAME_BRANCH, .index = (int)branch, .text = g_strdup (name) });
}

void
sg_simulation_delete_branch (SgSimulation *self, guint branch)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_DELETE_BRANCH, .index = (int)branch });
}

SgTimelineOverview *
sg_simulation_dup_overview (SgSimulation *self)
{
  g_return_val_if_fail (SG_IS_SIMULATION (self), NULL);
  return sg_sim_thread_dup_overview (self->thread);
}

void
sg_simulation_set_patience (SgSimulation *self, double seconds)
{
  g_return_if_fail (SG_IS_SIMULATION (self) && seconds > 0);
  self->patience = seconds;
}

void
sg_simulation_sync (SgSimulation *self)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_sync (self->thread);
}

void
sg_simulation_set_tap (SgSimulation *self, SgTap *tap)
{
  g_return_if_fail (SG_IS_SIMULATION (self));

  if (tap)
    sg_tap_ref (tap);
  g_clear_pointer (&self->tap, sg_tap_unref);
  self->tap = tap;
  sg_sim_thread_set_tap (self->thread, tap);
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_LOOK });
}

SgProbe *
sg_simulation_get_probe (SgSimulation *self)
{
  g_return_val_if_fail (SG_IS_SIMULATION (self), NULL);
  return self->probe;
}

void
sg_simulation_set_looking (SgSimulation *self, SgProbeLooking looking)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_probe_set_looking (self->probe, looking);
  sg_sim_thread_send (self->thread, (SgSimCommand){ SG_SIM_LOOK });
}

const SgSnapshot *
sg_simulation_read_snapshot (SgSimulation *self, gboolean *fresh)
{
  g_return_val_if_fail (SG_IS_SIMULATION (self), NULL);

  const SgSnapshot *snapshot = sg_snapshot_buffer_read (self->buffer, fresh);

  self->frame_told = FALSE;
  return self->model && snapshot && snapshot->generation == self->generation ? snapshot : NULL;
}

void
sg_simulation_get_stats (SgSimulation *self, SgSimulationStats *stats)
{
  g_return_if_fail (SG_IS_SIMULATION (self));
  sg_sim_thread_get_stats (self->thread, stats);
}
