/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Going back is: restore the keyframe before the step, do the inputs of the record at their steps, step. What
 * a step leaves beside the state (contacts, energy, sensors) is that of the state before it, so that the step
 * before the wanted one is always stepped again and all of it is as it was, too.
 *
 * Whoever plays backwards asks for one step after another of the same stretch between two keyframes. So the
 * states that are passed on the way are kept for the next time, some dozens of them, until another stretch
 * is asked for or something is recorded. */
#include "sim/time-machine.h"

#include "physics/fatal.h"
#include "sim/carry.h"
#include "sim/error.h"
#include "sim/guard.h"
#include "sim/reach.h"

#include <string.h>

#define PASSED 32u       /* states kept of a stretch */
#define PASSED_GAP 4u    /* steps between them at least */
#define PASSED_SHARE 16u /* all of them take at most this part of the record's bound */

struct _SgTimeMachine
{
  SgTimeline *timeline;
  SgModel *model; /* (nullable); the rest belongs to it */
  mjData *data;
  SgGuard *guard;
  SgGuardWatch watch;
  SgWatch *beats; /* (nullable) */
  SgInputs inputs;
  SgPull pull;      /* asked for: what `inputs` will have at the next step */
  gboolean in_hand; /* and by who plays now, not by who played what is gone to */
  guint64 step;
  gsize limit;  /* of the record */
  SgPast *past; /* (nullable): what is gone along, in place of the record */

  GArray *passed;        /* SgKeyframe, by step */
  guint64 passed_serial; /* of the keyframe that they come from */
};

/* -- The model -- */

static void
clear_key (gpointer data)
{
  sg_keyframe_clear (data);
}

SgTimeMachine *
sg_time_machine_new (void)
{
  SgTimeMachine *self = g_new0 (SgTimeMachine, 1);

  self->timeline = sg_timeline_new ();
  self->passed = g_array_new (FALSE, FALSE, sizeof (SgKeyframe));
  g_array_set_clear_func (self->passed, clear_key);
  return self;
}

static void
drop_model (SgTimeMachine *self)
{
  g_clear_pointer (&self->guard, sg_guard_free);
  sg_inputs_clear (&self->inputs);
  g_clear_pointer (&self->data, mj_deleteData);
  g_clear_pointer (&self->model, sg_model_unref);
  self->pull = (SgPull){ 0 };
}

void
sg_time_machine_free (SgTimeMachine *self)
{
  drop_model (self);
  g_clear_pointer (&self->past, sg_past_unref);
  g_array_unref (self->passed);
  sg_timeline_free (self->timeline);
  g_free (self);
}

static void
prepare_cb (mjData *data, guint done, gpointer user_data)
{
  SgTimeMachine *self = user_data;

  sg_inputs_prepare (&self->inputs, sg_model_get (self->model), data, self->step + done);
}

static void
make_data_cb (gpointer user_data)
{
  SgTimeMachine *self = user_data;

  self->data = mj_makeData (sg_model_get (self->model));
  if (self->data)
    sg_model_reset_data (self->model, self->data);
}

/* At its start, and not on the record yet. */
static gboolean
load_model (SgTimeMachine *self, SgModel *model, GError **error)
{
  g_autoptr (SgModel) kept = sg_model_ref (model); /* it may be the one that is dropped */
  g_autofree char *fatal = NULL;

  drop_model (self);
  self->model = sg_model_ref (kept);
  if (!sg_fatal_catch (make_data_cb, self, &fatal) || !self->data)
    {
      g_set_error (error, SG_SIM_ERROR, SG_SIM_ERROR_MEMORY, "no memory for the simulation's state%s%s",
                   fatal ? ": " : "", fatal ? fatal : "");
      drop_model (self);
      return FALSE;
    }
  self->guard = sg_guard_new (self->model);
  sg_guard_set_beats (self->guard, self->beats);
  sg_inputs_init (&self->inputs, sg_model_get (self->model), self->data);
  return TRUE;
}

static SgKeyframe
take_key (SgTimeMachine *self)
{
  SgKeyframe key = sg_keyframe_take (self->model, self->data, &self->inputs);

  key.step = self->step;
  return key;
}

static void
forget_passed (SgTimeMachine *self)
{
  g_array_set_size (self->passed, 0);
  self->passed_serial = 0;
}

/* The larger a scene is, the more its past may take, or it would be over in an instant. */
static void
bound_record (SgTimeMachine *self)
{
  gsize state = mj_stateSize (sg_model_get (self->model), mjSTATE_INTEGRATION) * sizeof (double);

  gsize past = MAX (state * SG_TIMELINE_BOUND_STATES,
                    SG_TIMELINE_BOUND_MODELS * sg_model_get_bytes (self->model));

  self->limit = CLAMP (past, SG_TIMELINE_MIN_BYTES, SG_TIMELINE_MAX_BYTES);
  sg_timeline_set_limit (self->timeline, self->limit);
}

gboolean
sg_time_machine_set_model (SgTimeMachine *self, SgModel *model, GError **error)
{
  forget_passed (self);
  g_clear_pointer (&self->past, sg_past_unref);
  sg_timeline_clear (self->timeline);
  self->step = 0;
  if (!model)
    drop_model (self);
  else if (!load_model (self, model, error))
    return FALSE;
  else
    {
      bound_record (self);
      sg_timeline_begin (self->timeline, take_key (self));
    }
  return TRUE;
}

/* -- A past -- */

static gboolean
show_past (SgTimeMachine *self, guint64 step, GError **error)
{
  step = CLAMP (step, self->past->first, self->past->last);
  if (!self->past->show (step, self->data, self->past->user_data, error))
    return FALSE;
  self->step = step;
  return TRUE;
}

/* Its marks, and where it is then: at its start. */
static gboolean
mark_past (SgTimeMachine *self, GError **error)
{
  for (guint i = 0; i < self->past->marks->len; i++)
    {
      const SgPastMark *mark = &g_array_index (self->past->marks, SgPastMark, i);

      if (!show_past (self, mark->step, error))
        return FALSE;
      sg_timeline_add_mark (self->timeline, take_key (self), mark->name);
    }
  return show_past (self, 0, error);
}

gboolean
sg_time_machine_set_past (SgTimeMachine *self, SgPast *past, GError **error)
{
  SgPast *kept = g_atomic_rc_box_acquire (past);
  guint64 n = past->last - past->first;

  sg_time_machine_set_model (self, NULL, NULL);
  self->past = kept;
  if (!load_model (self, past->model, error))
    return FALSE;
  bound_record (self);
  if (show_past (self, 0, error))
    {
      sg_timeline_begin (self->timeline, take_key (self));
      for (guint64 left = n; left > 0; left -= MIN (left, G_MAXINT))
        sg_timeline_advance (self->timeline, (guint)MIN (left, G_MAXINT),
                             (double)past->last * sg_model_get (past->model)->opt.timestep);
      if (mark_past (self, error))
        return TRUE;
    }
  return sg_time_machine_set_model (self, NULL, NULL), FALSE;
}

gboolean
sg_time_machine_is_past (SgTimeMachine *self)
{
  return self->past != NULL;
}

void
sg_time_machine_reset (SgTimeMachine *self, int key)
{
  SgNoise noise = self->inputs.noise;
  const mjModel *model = self->model ? sg_model_get (self->model) : NULL;

  if (!model)
    return;
  if (self->past)
    {
      show_past (self, 0, NULL);
      return;
    }
  forget_passed (self);
  sg_model_reset_data (self->model, self->data);
  if (key >= 0 && key < model->nkey)
    mj_resetDataKeyframe (model, self->data, key);
  sg_inputs_clear (&self->inputs);
  sg_inputs_init (&self->inputs, model, self->data);
  self->inputs.noise = noise;
  self->pull = (SgPull){ 0 };
  self->step = 0;
  sg_timeline_begin (self->timeline, take_key (self));
}

/* -- Swapping models -- */

/* The state that a swap goes on from. */
typedef struct
{
  SgTimeMachine *self;
  SgModel *model;
  mjData *data;
  SgInputs inputs;
  const double *moved; /* 3 */
} Past;

static void
carry_over_cb (gpointer user_data)
{
  Past *past = user_data;
  SgTimeMachine *self = past->self;
  const mjModel *model = sg_model_get (self->model);

  sg_carry_over (sg_model_get (past->model), past->data, model, self->data, past->moved);
  sg_inputs_carry (&past->inputs, sg_model_get (past->model), past->data, &self->inputs, model, self->data,
                   past->moved);
  mj_forward (model, self->data);
}

static void
past_clear (Past *past)
{
  sg_inputs_clear (&past->inputs);
  g_clear_pointer (&past->data, mj_deleteData);
  g_clear_pointer (&past->model, sg_model_unref);
}

/* The branch for what is done here, where the record has more than here. */
static void
fork_if_before_end (SgTimeMachine *self)
{
  if (self->step < sg_timeline_get_last (self->timeline))
    sg_timeline_fork (self->timeline, take_key (self));
  forget_passed (self);
}

gboolean
sg_time_machine_swap_model (
  SgTimeMachine *self, SgModel *model, const double moved[3], GError **error)
{
  static const double nowhere[3];
  g_autofree char *fatal = NULL;

  if (!self->model || !model || self->past)
    return sg_time_machine_set_model (self, model, error);
  fork_if_before_end (self);

  Past past = { self, g_steal_pointer (&self->model), g_steal_pointer (&self->data), self->inputs,
                moved ? moved : nowhere };
  gboolean fits = FALSE;

  self->inputs = (SgInputs){ 0 };
  if (load_model (self, model, error))
    {
      fits = sg_fatal_catch (carry_over_cb, &past, &fatal);
      self->pull = self->inputs.pull;
    }
  past_clear (&past);
  if (!self->model)
    return sg_time_machine_set_model (self, NULL, NULL), FALSE;
  if (!fits)
    return sg_time_machine_set_model (self, model, error);
  bound_record (self);
  sg_timeline_swap (self->timeline, take_key (self));
  return TRUE;
}

/* -- Stepping -- */

static gboolean
is_same_pull (const SgPull *a, const SgPull *b)
{
  if (a->body != b->body)
    return FALSE;
  for (int i = 0; i < 3; i++)
    if (a->point[i] != b->point[i] || a->target[i] != b->target[i])
      return FALSE;
  return TRUE;
}

/* All that follows from a state that nothing was stepped to: contacts, energy, sensors. */
static void
find_out_cb (gpointer user_data)
{
  SgTimeMachine *self = user_data;

  mj_forward (sg_model_get (self->model), self->data);
}

static void
find_out (SgTimeMachine *self)
{
  SgKeyframe key = take_key (self);
  g_autofree char *fatal = NULL;

  if (!sg_fatal_catch (find_out_cb, self, &fatal)) /* a step would fail alike, and say so */
    mj_resetData (sg_model_get (self->model), self->data);
  sg_keyframe_restore (&key, self->data, &self->inputs);
  sg_keyframe_clear (&key);
}

static void
do_input (SgTimeMachine *self, const SgInput *input)
{
  fork_if_before_end (self);
  sg_inputs_apply (&self->inputs, input, sg_model_get (self->model), self->data);
  sg_timeline_add_input (self->timeline, input);
}

gboolean
sg_time_machine_input (SgTimeMachine *self, const SgInput *input)
{
  if (!self->model || self->past || !sg_input_is_valid (input, sg_model_get (self->model)))
    return FALSE;
  if (input->kind == SG_INPUT_PULL)
    {
      self->pull = input->pull;
      self->in_hand = TRUE;
    }
  else
    do_input (self, input);
  if (input->kind == SG_INPUT_JOINT)
    find_out (self);
  return TRUE;
}

gboolean
sg_time_machine_put (SgTimeMachine *self, const SgPull *grip)
{
  const SgInput pull = { SG_INPUT_PULL, .pull = *grip };
  g_autoptr (GArray) puts = NULL;

  if (!self->model || grip->body == 0 || !sg_input_is_valid (&pull, sg_model_get (self->model)))
    return FALSE;
  puts = sg_reach (self->model, self->data, grip);
  for (guint i = 0; i < puts->len; i++)
    do_input (self, &g_array_index (puts, SgInput, i));
  find_out (self);
  return puts->len > 0;
}

static guint
step_guarded (SgTimeMachine *self, guint n, GError **error)
{
  sg_guard_set_prepare (self->guard, sg_inputs_act (&self->inputs) ? prepare_cb : NULL, self);
  guint done = sg_guard_step (self->guard, self->data, n, error);
  self->step += done;
  return done;
}

guint
sg_time_machine_step (SgTimeMachine *self, guint n, GError **error)
{
  guint done = 0;

  if (!self->model || self->past)
    return 0;
  if (!sg_time_machine_is_at_end (self) && !self->in_hand)
    self->pull = (SgPull){ 0 }; /* whoever goes on from the past has no hand in it yet */
  fork_if_before_end (self);
  if (!is_same_pull (&self->pull, &self->inputs.pull))
    do_input (self, &(SgInput){ SG_INPUT_PULL, .pull = self->pull });
  sg_guard_set_watch (self->guard, &self->watch);
  while (done < n)
    {
      guint wanted = MIN (n - done, sg_timeline_get_room (self->timeline));
      guint came = step_guarded (self, wanted, error);

      done += came;
      sg_timeline_advance (self->timeline, came, self->data->time);
      if (came < wanted)
        break;
      if (sg_timeline_get_room (self->timeline) == 0)
        sg_timeline_keep (self->timeline, take_key (self));
    }
  sg_guard_set_watch (self->guard, NULL);
  return done;
}

void
sg_time_machine_set_watch (SgTimeMachine *self, const SgGuardWatch *watch)
{
  self->watch = watch ? *watch : (SgGuardWatch){ 0 };
}

void
sg_time_machine_set_beats (SgTimeMachine *self, SgWatch *beats)
{
  self->beats = beats;
}

/* -- Going back -- */

typedef struct
{
  SgTimeMachine *self;
  const SgKeyframe *key;
} Restore;

static void
restore_cb (gpointer user_data)
{
  Restore *restore = user_data;
  SgTimeMachine *self = restore->self;
  const mjModel *model = sg_model_get (self->model);

  sg_keyframe_restore (restore->key, self->data, &self->inputs);
  mj_forward (model, self->data);
  sg_keyframe_restore (restore->key, self->data, &self->inputs);
}

/* `stays`: nothing is stepped after it, so that all that follows from the state is to be found. */
static gboolean
restore (SgTimeMachine *self, const SgKeyframe *key, gboolean stays, GError **error)
{
  g_autofree char *fatal = NULL;
  Restore work = { self, key };

  if (key->model != self->model && !load_model (self, key->model, error))
    return FALSE;
  if (stays)
    sg_fatal_catch (restore_cb, &work, &fatal); /* a start: it was there before, and did no harm */
  else
    sg_keyframe_restore (key, self->data, &self->inputs);
  self->step = key->step;
  return TRUE;
}

/* The last of the passed states before `step`, (nullable). */
static const SgKeyframe *
find_passed (SgTimeMachine *self, guint64 step)
{
  for (guint i = self->passed->len; i-- > 0;)
    if (g_array_index (self->passed, SgKeyframe, i).step < step)
      return &g_array_index (self->passed, SgKeyframe, i);
  return NULL;
}

static void
note_passed (SgTimeMachine *self, guint64 first_input)
{
  guint n = self->passed->len;
  SgKeyframe key;

  if (n > 0 && g_array_index (self->passed, SgKeyframe, n - 1).step >= self->step)
    return;
  key = take_key (self);
  key.first_input = first_input;
  g_array_append_val (self->passed, key);
}

/* How many steps apart states are kept on the way through a stretch; 0: none are. */
static guint
choose_gap (SgTimeMachine *self)
{
  gsize state = mj_stateSize (sg_model_get (self->model), mjSTATE_INTEGRATION) * sizeof (double);

  return state * PASSED > self->limit / PASSED_SHARE
           ? 0
           : MAX (PASSED_GAP, sg_timeline_get_longest (self->timeline) / PASSED);
}

/* A pull that the record begins at the step that is gone to has not pulled yet: it is asked for. */
static void
redo_input (SgTimeMachine *self, const SgInput *input, gboolean stays)
{
  if (input->kind == SG_INPUT_PULL)
    self->pull = input->pull;
  if (input->kind != SG_INPUT_PULL || !stays)
    sg_inputs_apply (&self->inputs, input, sg_model_get (self->model), self->data);
}

/* Does what the record did, from the state that is there to `step`. `from` is the number of the first input
 * that the state does not have. */
static gboolean
replay (SgTimeMachine *self, guint64 step, guint64 from, guint gap, GError **error)
{
  guint64 at = G_MAXUINT64, behind = from;
  const SgInput *input = sg_timeline_next_input (self->timeline, self->step, &behind, &at);
  gboolean put = FALSE; /* a joint, where it stays */

  self->pull = self->inputs.pull;
  self->in_hand = FALSE;
  for (;;)
    {
      while (input && at == self->step)
        {
          redo_input (self, input, self->step == step);
          put = self->step == step && (put || input->kind == SG_INPUT_JOINT);
          from = behind;
          input = sg_timeline_next_input (self->timeline, self->step, &behind, &at);
        }
      if (self->step == step)
        {
          if (put)
            find_out (self);
          return TRUE;
        }
      guint64 until = input ? MIN (at, step) : step;
      guint n = (guint)MIN (until - self->step, gap > 0 ? gap - self->step % gap : G_MAXUINT);
      if (step_guarded (self, n, error) < n)
        return FALSE;
      if (gap > 0 && self->step % gap == 0 && self->step < step)
        note_passed (self, from);
    }
}

gboolean
sg_time_machine_seek (SgTimeMachine *self, guint64 step, GError **error)
{
  const SgKeyframe *key, *passed;

  if (!self->model)
    return TRUE;
  if (self->past)
    return show_past (self, step, error);
  step = CLAMP (step, sg_timeline_get_first (self->timeline), sg_timeline_get_last (self->timeline));
  key = sg_timeline_find (self->timeline, step);
  if (!key) /* the first that is kept of a branch whose start was given up */
    key = sg_timeline_find (self->timeline, ++step);
  if (!key)
    return TRUE;
  if (key->serial != self->passed_serial)
    {
      forget_passed (self);
      self->passed_serial = key->serial;
    }
  passed = find_passed (self, step);
  if (!restore (self, passed ? passed : key, key->step == step, error))
    return FALSE;
  return replay (self, step, passed ? passed->first_input : key->first_input, choose_gap (self), error);
}

gboolean
sg_time_machine_seek_time (SgTimeMachine *self, double time, GError **error)
{
  return !self->model ||
         sg_time_machine_seek (self, sg_timeline_find_step (self->timeline, time), error);
}

gboolean
sg_time_machine_choose (SgTimeMachine *self, guint branch, GError **error)
{
  if (!self->model || !sg_timeline_choose (self->timeline, branch))
    return FALSE;
  forget_passed (self);
  return sg_time_machine_seek (self, sg_timeline_get_last (self->timeline), error);
}

/* Whether the mark's state is what is there. */
static gboolean
is_at_mark (SgTimeMachine *self, const SgKeyframe *mark)
{
  SgKeyframe key = take_key (self);
  gboolean same = key.model == mark->model && key.n_packed == mark->n_packed &&
                  memcmp (key.packed, mark->packed, key.n_packed) == 0;

  sg_keyframe_clear (&key);
  return same;
}

gboolean
sg_time_machine_go_to_mark (SgTimeMachine *self, guint mark, GError **error)
{
  gboolean kept;
  const SgKeyframe *key = self->model ? sg_timeline_find_mark (self->timeline, mark, &kept) : NULL;

  if (!key)
    return FALSE;
  if (self->past)
    return show_past (self, key->step, error);
  forget_passed (self);
  if (kept && !sg_time_machine_seek (self, key->step, error))
    return FALSE;
  if (kept && is_at_mark (self, key))
    return TRUE;
  if (!restore (self, key, TRUE, error))
    return FALSE;
  self->pull = self->inputs.pull;
  if (kept)
    sg_timeline_fork (self->timeline, take_key (self));
  else
    sg_timeline_begin (self->timeline, take_key (self));
  return TRUE;
}

guint
sg_time_machine_mark (SgTimeMachine *self, const char *name)
{
  return self->model ? sg_timeline_add_mark (self->timeline, take_key (self), name) : 0;
}

/* -- What is there -- */

SgModel *
sg_time_machine_get_model (SgTimeMachine *self)
{
  return self->model;
}

mjData *
sg_time_machine_get_data (SgTimeMachine *self)
{
  return self->data;
}

const SgInputs *
sg_time_machine_get_inputs (SgTimeMachine *self)
{
  return &self->inputs;
}

guint64
sg_time_machine_get_step (SgTimeMachine *self)
{
  return self->step;
}

gboolean
sg_time_machine_get_pull (SgTimeMachine *self, double force[3], double at[3], SgPull *pull)
{
  SgInputs asked = { .pull = self->pull };

  *pull = self->pull;
  return self->model != NULL &&
         sg_inputs_get_pull (&asked, sg_model_get (self->model), self->data, force, at);
}

gboolean
sg_time_machine_is_at_start (SgTimeMachine *self)
{
  guint64 from = 0, at;

  if (!self->model || self->step > 0)
    return !self->model;
  for (;;)
    {
      const SgInput *input = sg_timeline_next_input (self->timeline, 0, &from, &at);

      if (!input || at > 0)
        return TRUE;
      if (input->kind == SG_INPUT_JOINT)
        return FALSE;
    }
}

gboolean
sg_time_machine_is_at_end (SgTimeMachine *self)
{
  return sg_timeline_is_empty (self->timeline) || self->step >= sg_timeline_get_last (self->timeline);
}

SgTimeline *
sg_time_machine_get_timeline (SgTimeMachine *self)
{
  return self->timeline;
}
