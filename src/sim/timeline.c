/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Recording and finding. Invariants: a branch has at least one keyframe; the current branch's end is where
 * recording goes on; the inputs of a branch are in the order of their steps, and a keyframe's `first_input`
 * counts those of its branch before it. */
#include "sim/timeline-private.h"

#include <math.h>

#define KEY(branch, i) (&g_array_index ((branch)->keys, SgKeyframe, i))

/* -- Memory -- */

static gsize
bytes_of_key (const SgBranch *branch, guint i)
{
  const SgKeyframe *key = KEY (branch, i);
  gboolean brings_model = i == 0 || KEY (branch, i - 1)->model != key->model;

  return sg_keyframe_get_bytes (key) + (brings_model ? sg_model_get_bytes (key->model) : 0);
}

void
sg_timeline_append_key (SgTimeline *self, SgBranch *branch, SgKeyframe keyframe)
{
  keyframe.serial = ++self->n_kept;
  keyframe.first_input = branch->inputs_gone + branch->inputs->len;
  g_array_append_val (branch->keys, keyframe);
  self->bytes += bytes_of_key (branch, branch->keys->len - 1);
}

/* Those of one model amid others of it, or from the front. */
void
sg_timeline_remove_keys (SgTimeline *self, SgBranch *branch, guint first, guint n)
{
  gsize before = 0, after = 0;

  for (guint i = first; i < MIN (first + n + 1, branch->keys->len); i++)
    before += bytes_of_key (branch, i);
  g_array_remove_range (branch->keys, first, n);
  if (first < branch->keys->len)
    after = bytes_of_key (branch, first);
  self->bytes = self->bytes + after - before;
}

/* Gives up the keyframes without which no gap is longer than the longest. */
static gboolean
thin (SgTimeline *self, SgBranch *branch)
{
  guint n_before = branch->keys->len;

  /* every other one at most, so that all of it thins alike */
  for (guint i = 1; i + 1 < branch->keys->len; i++)
    if (!KEY (branch, i)->starts && KEY (branch, i + 1)->step - KEY (branch, i - 1)->step <= self->longest)
      sg_timeline_remove_keys (self, branch, i, 1);
  return branch->keys->len < n_before;
}

/* The branch with the oldest keyframe that can be spared. */
static SgBranch *
find_oldest (SgTimeline *self)
{
  SgBranch *oldest = NULL;

  for (guint i = 0; i < self->branches->len; i++)
    {
      SgBranch *branch = self->branches->pdata[i];

      if (branch == self->current && branch->keys->len == 1)
        continue;
      if (!oldest || KEY (branch, 0)->serial < KEY (oldest, 0)->serial)
        oldest = branch;
    }
  return oldest;
}

static gboolean
give_up_oldest (SgTimeline *self)
{
  SgBranch *branch = find_oldest (self);

  if (!branch)
    return FALSE;
  if (branch->keys->len == 1)
    {
      sg_timeline_remove_branch (self, branch);
      return TRUE;
    }
  sg_timeline_remove_keys (self, branch, 0, 1);
  guint64 gone = KEY (branch, 0)->first_input - branch->inputs_gone;
  g_array_remove_range (branch->inputs, 0, gone);
  branch->inputs_gone += gone;
  self->bytes -= gone * sizeof (SgTimelineInput);
  return TRUE;
}

/* The model that runs is there in any case. */
gsize
sg_timeline_get_bytes (const SgTimeline *self)
{
  const SgBranch *branch = self->current;

  if (!branch)
    return self->bytes;
  return self->bytes - sg_model_get_bytes (KEY (branch, branch->keys->len - 1)->model);
}

void
sg_timeline_shrink (SgTimeline *self)
{
  while (sg_timeline_get_bytes (self) > self->limit)
    {
      gboolean thinner = FALSE;

      for (guint i = 0; i < self->branches->len; i++)
        thinner |= thin (self, self->branches->pdata[i]);
      if (!thinner && !give_up_oldest (self))
        break;
    }
}

void
sg_timeline_set_limit (SgTimeline *self, gsize bytes)
{
  self->limit = bytes;
  sg_timeline_shrink (self);
}

void
sg_timeline_set_interval (SgTimeline *self, guint steps, guint longest)
{
  self->interval = MAX (steps, 1);
  self->longest = MAX (longest, self->interval);
}

/* -- Recording -- */

void
sg_timeline_begin (SgTimeline *self, SgKeyframe keyframe)
{
  keyframe.starts = TRUE;
  sg_timeline_leave (self);
  self->current = sg_timeline_add_branch (self, 0, keyframe);
  sg_timeline_shrink (self);
}

void
sg_timeline_fork (SgTimeline *self, SgKeyframe keyframe)
{
  SgBranch *owner = sg_timeline_get_owner (self, keyframe.step);

  g_return_if_fail (owner != NULL);
  keyframe.starts = TRUE;
  if (owner != self->current)
    sg_timeline_leave (self);
  /* off its very start none of its steps are the past: the two are siblings */
  self->current =
    sg_timeline_add_branch (self, keyframe.step == owner->first ? owner->parent : owner->id, keyframe);
  sg_timeline_shrink (self);
}

void
sg_timeline_swap (SgTimeline *self, SgKeyframe keyframe)
{
  SgBranch *branch = self->current;

  g_return_if_fail (branch != NULL && keyframe.step == branch->last);
  keyframe.starts = TRUE;
  sg_timeline_append_key (self, branch, keyframe);
  sg_timeline_shrink (self);
}

/* Whether doing `b` right after `a`, with no step between, leaves nothing of `a`. */
static gboolean
replaces (const SgInput *a, const SgInput *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == SG_INPUT_PULL) /* another body's pull also takes the force off the one before */
    return a->pull.body == b->pull.body;
  return a->kind != SG_INPUT_NOISE && a->index == b->index;
}

/* The input at the end that `added` takes the place of, (nullable). Joints that are put somewhere together
 * come one after the other, again and again as the hand moves. */
static SgTimelineInput *
find_replaced (SgBranch *branch, const SgTimelineInput *added)
{
  guint in_keys = (guint)(KEY (branch, branch->keys->len - 1)->first_input - branch->inputs_gone);

  for (guint i = branch->inputs->len; i-- > in_keys;)
    {
      SgTimelineInput *before = &g_array_index (branch->inputs, SgTimelineInput, i);

      if (before->step != added->step)
        break;
      if (replaces (&before->input, &added->input))
        return before;
      if (before->input.kind != SG_INPUT_JOINT || added->input.kind != SG_INPUT_JOINT)
        break;
    }
  return NULL;
}

void
sg_timeline_add_input (SgTimeline *self, const SgInput *input)
{
  SgBranch *branch = self->current;
  SgTimelineInput added = { branch->last, *input };
  SgTimelineInput *before = find_replaced (branch, &added);

  if (before)
    {
      if (input->kind == SG_INPUT_JOINT) /* what came to rest before stays at rest */
        added.input.put.rests |= before->input.put.rests;
      before->input = added.input;
      return;
    }
  g_array_append_val (branch->inputs, added);
  self->bytes += sizeof added;
  sg_timeline_shrink (self);
}

guint
sg_timeline_get_room (SgTimeline *self)
{
  const SgBranch *branch = self->current;
  guint64 due = KEY (branch, branch->keys->len - 1)->step + self->interval;

  return due > branch->last ? (guint)MIN (due - branch->last, G_MAXUINT) : 0;
}

void
sg_timeline_advance (SgTimeline *self, guint steps, double time)
{
  self->current->last += steps;
  self->current->last_time = time;
}

void
sg_timeline_keep (SgTimeline *self, SgKeyframe keyframe)
{
  keyframe.starts = FALSE;
  sg_timeline_append_key (self, self->current, keyframe);
  sg_timeline_shrink (self);
}

/* -- Places -- */

gboolean
sg_timeline_is_empty (const SgTimeline *self)
{
  return self->current == NULL;
}

SgBranch *
sg_timeline_get_owner (const SgTimeline *self, guint64 step)
{
  SgBranch *branch = self->current;

  while (branch && step < branch->first)
    branch = sg_timeline_get_branch (self, branch->parent);
  return branch;
}

guint64
sg_timeline_get_first (const SgTimeline *self)
{
  const SgBranch *branch = self->current;
  guint64 first = KEY (branch, 0)->step;

  while (first == branch->first)
    {
      const SgBranch *parent = sg_timeline_get_branch (self, branch->parent);

      if (!parent || KEY (parent, 0)->step > first)
        break;
      branch = parent;
      first = KEY (branch, 0)->step;
    }
  return first;
}

guint64
sg_timeline_get_last (const SgTimeline *self)
{
  return self->current->last;
}

/* The last keyframe at `step` or before, (nullable). */
static const SgKeyframe *
find_key (const SgBranch *branch, guint64 step)
{
  guint low = 0, high = branch->keys->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (KEY (branch, middle)->step <= step)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? KEY (branch, low - 1) : NULL;
}

double
sg_timeline_get_time (const SgTimeline *self, guint64 step)
{
  const SgBranch *owner = sg_timeline_get_owner (self, step);
  const SgKeyframe *key = owner ? find_key (owner, step) : NULL;

  if (!key)
    return 0;
  return key->time + (step - key->step) * sg_model_get (key->model)->opt.timestep;
}

/* The last keyframe at `time` or before, else the first. */
static const SgKeyframe *
find_key_at_time (const SgBranch *branch, double time)
{
  guint low = 0, high = branch->keys->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (KEY (branch, middle)->time <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return KEY (branch, low > 0 ? low - 1 : 0);
}

guint64
sg_timeline_find_step (const SgTimeline *self, double time)
{
  guint64 first = sg_timeline_get_first (self), last = self->current->last;
  const SgBranch *branch = self->current;

  while (time < branch->first_time && branch->first > first)
    branch = sg_timeline_get_branch (self, branch->parent);
  const SgKeyframe *key = find_key_at_time (branch, time);
  double steps = round ((time - key->time) / sg_model_get (key->model)->opt.timestep);
  /* the negated comparison takes a time that is not a number to the keyframe */
  guint64 step = key->step + (!(steps > 0) ? 0 : (guint64)fmin (steps, 1e15));

  return CLAMP (step, first, last);
}

const SgKeyframe *
sg_timeline_find (const SgTimeline *self, guint64 step)
{
  const SgBranch *owner = sg_timeline_get_owner (self, step);
  const SgKeyframe *key = owner ? find_key (owner, step) : NULL;

  if (key && key->step == step && !key->starts)
    key = key == KEY (owner, 0) ? NULL : key - 1;
  return key && step <= owner->last ? key : NULL;
}

const SgInput *
sg_timeline_next_input (const SgTimeline *self, guint64 step, guint64 *from, guint64 *at)
{
  const SgBranch *owner = sg_timeline_get_owner (self, step);

  while (owner && *from - owner->inputs_gone < owner->inputs->len)
    {
      const SgTimelineInput *found =
        &g_array_index (owner->inputs, SgTimelineInput, *from - owner->inputs_gone);

      (*from)++;
      if (found->step < step)
        continue;
      *at = found->step;
      return &found->input;
    }
  return NULL;
}

/* -- Figures -- */

guint
sg_timeline_get_longest (const SgTimeline *self)
{
  return self->longest;
}

guint
sg_timeline_get_n_keyframes (const SgTimeline *self)
{
  guint n = 0;

  for (guint i = 0; i < self->branches->len; i++)
    n += ((SgBranch *)self->branches->pdata[i])->keys->len;
  return n;
}

guint64
sg_timeline_get_serial (const SgTimeline *self)
{
  return self->serial;
}
