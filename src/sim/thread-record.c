/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread's way about the record: seeking, replaying, loops, branches and marks. */
#include "sim/thread-private.h"

/* Does what goes somewhere on the record. */
static void
went (SgSimThread *self, GError *error)
{
  if (error)
    sg_sim_thread_stop (self, error);
  sg_sim_thread_model_changed (self);
}

static void
seek_time (SgSimThread *self, double time)
{
  GError *error = NULL;

  sg_time_machine_seek_time (self->machine, time, &error);
  went (self, error);
}

static void
seek_step (SgSimThread *self, guint64 to)
{
  GError *error = NULL;

  sg_time_machine_seek (self->machine, to, &error);
  went (self, error);
}

void
sg_sim_thread_step_along (SgSimThread *self)
{
  self->mode = REST;
  if (sg_time_machine_is_at_end (self->machine))
    sg_sim_thread_step (self, 1);
  else
    seek_step (self, sg_time_machine_get_step (self->machine) + 1);
}

static void
step_back (SgSimThread *self)
{
  guint64 at = sg_time_machine_get_step (self->machine);

  self->mode = REST;
  if (at > 0)
    seek_step (self, at - 1);
}

/* What is replayed follows the clock from where it is now. */
void
sg_sim_thread_start_replay (SgSimThread *self, int direction)
{
  if (!sg_time_machine_get_model (self->machine))
    return;
  self->mode = REPLAYING;
  self->direction = direction;
  sg_pace_start (&self->pace, g_get_monotonic_time (), sg_sim_thread_get_time (self), 0);
}

static void
start_loop (SgSimThread *self, double from, double to)
{
  if (!sg_time_machine_get_model (self->machine) || !(from < to))
    return;
  self->loop_from = from;
  self->loop_to = to;
  seek_time (self, from);
  sg_sim_thread_start_replay (self, 1);
}

static void
end_replay (SgSimThread *self)
{
  self->mode = REST;
  pthread_mutex_lock (&self->lock);
  self->ended = self->play;
  pthread_mutex_unlock (&self->lock);
}

/* Whether the replay is where it goes no further. */
static gboolean
is_over (SgSimThread *self)
{
  SgTimeline *timeline = sg_time_machine_get_timeline (self->machine);
  guint64 at = sg_time_machine_get_step (self->machine);

  return self->direction > 0 ? at >= sg_timeline_get_last (timeline) : at <= sg_timeline_get_first (timeline);
}

void
sg_sim_thread_replay (SgSimThread *self)
{
  gint64 now = g_get_monotonic_time ();
  double time =
    self->pace.anchor.time + self->direction * self->pace.speed * (now - self->pace.anchor.wall_us) * 1e-6;
  gboolean loops = self->loop_from < self->loop_to;

  seek_time (self, time);
  if (self->mode != REPLAYING)
    return;
  sg_pace_sample (&self->pace, now, sg_sim_thread_get_time (self), 0);
  if (loops && (time >= self->loop_to || is_over (self)))
    {
      seek_time (self, self->loop_from);
      sg_sim_thread_start_replay (self, 1);
    }
  else if (!loops && is_over (self))
    end_replay (self);
  sg_sim_thread_publish (self);
}

static void
go_to_branch (SgSimThread *self, guint branch)
{
  GError *error = NULL;

  self->mode = REST;
  if (sg_time_machine_choose (self->machine, branch, &error))
    self->loop_from = self->loop_to = 0;
  went (self, error);
}

static void
go_to_mark (SgSimThread *self, guint mark)
{
  GError *error = NULL;

  self->mode = REST;
  sg_time_machine_go_to_mark (self->machine, mark, &error);
  went (self, error);
}

/* Those that change what marks and branches there are; TRUE where it was one. */
gboolean
sg_sim_thread_name (SgSimThread *self, const SgSimCommand *command)
{
  SgTimeline *timeline = sg_time_machine_get_timeline (self->machine);

  switch ((guint)command->kind)
    {
    case SG_SIM_MARK:
      sg_time_machine_mark (self->machine, command->text);
      return TRUE;
    case SG_SIM_NAME_MARK:
      sg_timeline_name_mark (timeline, command->index, command->text);
      return TRUE;
    case SG_SIM_DELETE_MARK:
      sg_timeline_delete_mark (timeline, command->index);
      return TRUE;
    case SG_SIM_NAME_BRANCH:
      sg_timeline_name_branch (timeline, command->index, command->text);
      return TRUE;
    case SG_SIM_DELETE_BRANCH:
      sg_timeline_delete_branch (timeline, command->index);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Those that go somewhere on the record; TRUE where it was one. */
gboolean
sg_sim_thread_travel (SgSimThread *self, const SgSimCommand *command)
{
  switch ((guint)command->kind)
    {
    case SG_SIM_SEEK:
      self->mode = REST;
      seek_time (self, command->number);
      return TRUE;
    case SG_SIM_STEP_BACK:
      step_back (self);
      return TRUE;
    case SG_SIM_GO_TO_END:
      self->mode = REST;
      seek_step (self, command->index < 0 ? 0 : G_MAXUINT64);
      return TRUE;
    case SG_SIM_REPLAY:
      self->loop_from = self->loop_to = 0;
      sg_sim_thread_start_replay (self, command->index < 0 ? -1 : 1);
      self->play = command->play;
      return TRUE;
    case SG_SIM_LOOP:
      start_loop (self, command->number, command->until);
      self->play = command->play;
      return TRUE;
    case SG_SIM_GO_TO_MARK:
      go_to_mark (self, command->index);
      return TRUE;
    case SG_SIM_GO_TO_BRANCH:
      go_to_branch (self, command->index);
      return TRUE;
    default:
      return FALSE;
    }
}
