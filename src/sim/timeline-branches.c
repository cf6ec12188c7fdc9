/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Branches and marks, and what a window shows of them. */
#include "sim/timeline-private.h"

/* -- Branches -- */

static void
branch_free (gpointer data)
{
  SgBranch *branch = data;

  g_array_unref (branch->keys);
  g_array_unref (branch->inputs);
  g_free (branch->name);
  g_free (branch);
}

static void
clear_key (gpointer data)
{
  sg_keyframe_clear (data);
}

static void
clear_mark (gpointer data)
{
  SgMark *mark = data;

  sg_keyframe_clear (&mark->key);
  g_clear_pointer (&mark->name, g_free);
}

SgTimeline *
sg_timeline_new (void)
{
  SgTimeline *self = g_new0 (SgTimeline, 1);

  self->branches = g_ptr_array_new_with_free_func (branch_free);
  self->marks = g_array_new (FALSE, FALSE, sizeof (SgMark));
  g_array_set_clear_func (self->marks, clear_mark);
  self->limit = SG_TIMELINE_MIN_BYTES;
  sg_timeline_set_interval (self, 128, 256);
  return self;
}

void
sg_timeline_free (SgTimeline *self)
{
  g_ptr_array_unref (self->branches);
  g_array_unref (self->marks);
  g_free (self);
}

void
sg_timeline_clear (SgTimeline *self)
{
  self->current = NULL;
  g_ptr_array_set_size (self->branches, 0);
  g_array_set_size (self->marks, 0);
  self->bytes = self->mark_bytes = 0;
  self->serial++;
}

SgBranch *
sg_timeline_get_branch (const SgTimeline *self, guint id)
{
  for (guint i = 0; i < self->branches->len; i++)
    if (((SgBranch *)self->branches->pdata[i])->id == id)
      return self->branches->pdata[i];
  return NULL;
}

static gboolean
is_past_of (const SgTimeline *self, const SgBranch *branch, const SgBranch *later)
{
  for (; later; later = sg_timeline_get_branch (self, later->parent))
    if (later == branch)
      return TRUE;
  return FALSE;
}

static gboolean
has_marks (const SgTimeline *self, const SgBranch *branch)
{
  for (guint i = 0; i < self->marks->len; i++)
    if (g_array_index (self->marks, SgMark, i).branch == branch->id)
      return TRUE;
  return FALSE;
}

static gboolean
has_children (const SgTimeline *self, const SgBranch *branch)
{
  for (guint i = 0; i < self->branches->len; i++)
    if (((SgBranch *)self->branches->pdata[i])->parent == branch->id)
      return TRUE;
  return FALSE;
}

/* Nothing is lost but what a person could do again by looking away. */
static void
give_up_branch (SgTimeline *self)
{
  SgBranch *oldest = NULL;

  for (guint i = 0; i < self->branches->len; i++)
    {
      SgBranch *branch = self->branches->pdata[i];
      gboolean dear = branch->name != NULL || has_marks (self, branch);
      gboolean oldest_dear = oldest && (oldest->name != NULL || has_marks (self, oldest));

      if (!is_past_of (self, branch, self->current) && (!oldest || (oldest_dear && !dear)))
        oldest = branch;
    }
  /* where all are its past, that reaches less far back */
  sg_timeline_remove_branch (self, oldest ? oldest : self->branches->pdata[0]);
}

SgBranch *
sg_timeline_add_branch (SgTimeline *self, guint parent, SgKeyframe keyframe)
{
  SgBranch *branch = g_new0 (SgBranch, 1);

  if (self->branches->len >= SG_TIMELINE_MAX_BRANCHES)
    give_up_branch (self);
  branch->id = ++self->last_id;
  branch->parent = parent;
  branch->first = branch->last = keyframe.step;
  branch->first_time = branch->last_time = keyframe.time;
  branch->keys = g_array_new (FALSE, FALSE, sizeof (SgKeyframe));
  g_array_set_clear_func (branch->keys, clear_key);
  branch->inputs = g_array_new (FALSE, FALSE, sizeof (SgTimelineInput));
  g_ptr_array_add (self->branches, branch);
  self->bytes += sizeof *branch;
  sg_timeline_append_key (self, branch, keyframe);
  self->serial++;
  return branch;
}

void
sg_timeline_remove_branch (SgTimeline *self, SgBranch *branch)
{
  for (guint i = 0; i < self->branches->len; i++)
    {
      SgBranch *other = self->branches->pdata[i];

      if (other->parent == branch->id)
        other->parent = 0;
    }
  sg_timeline_remove_keys (self, branch, 0, branch->keys->len);
  self->bytes -= sizeof *branch + branch->inputs->len * sizeof (SgTimelineInput);
  if (self->current == branch)
    self->current = NULL;
  g_ptr_array_remove (self->branches, branch);
  self->serial++;
}

void
sg_timeline_leave (SgTimeline *self)
{
  SgBranch *branch = self->current;

  if (branch && branch->first == branch->last && !branch->name && !has_marks (self, branch) &&
      !has_children (self, branch))
    sg_timeline_remove_branch (self, branch);
}

guint
sg_timeline_get_current (const SgTimeline *self)
{
  return self->current ? self->current->id : 0;
}

gboolean
sg_timeline_choose (SgTimeline *self, guint id)
{
  SgBranch *branch = sg_timeline_get_branch (self, id);

  if (!branch || branch == self->current)
    return branch != NULL;
  if (!is_past_of (self, self->current, branch))
    sg_timeline_leave (self);
  self->current = branch;
  self->serial++;
  return TRUE;
}

/* (nullable): nothing but white space is no name */
static char *
clean_name (const char *name)
{
  g_autofree char *valid = name ? g_utf8_make_valid (name, -1) : NULL;
  g_autofree char *cut =
    valid ? g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), SG_TIMELINE_MAX_NAME)) : NULL;

  if (!cut || *g_strstrip (cut) == '\0')
    return NULL;
  return g_steal_pointer (&cut);
}

void
sg_timeline_name_branch (SgTimeline *self, guint id, const char *name)
{
  SgBranch *branch = sg_timeline_get_branch (self, id);

  if (!branch)
    return;
  g_free (branch->name);
  branch->name = clean_name (name);
  self->serial++;
}

/* -- Marks -- */

static gsize
mark_bytes (const SgMark *mark)
{
  return sizeof *mark + sg_keyframe_get_bytes (&mark->key) + sg_model_get_bytes (mark->key.model);
}

static void
remove_mark (SgTimeline *self, guint index)
{
  gsize bytes = mark_bytes (&g_array_index (self->marks, SgMark, index));

  self->bytes -= bytes;
  self->mark_bytes -= bytes;
  g_array_remove_index (self->marks, index);
  self->serial++;
}

gboolean
sg_timeline_delete_branch (SgTimeline *self, guint id)
{
  SgBranch *branch = sg_timeline_get_branch (self, id);

  if (!branch || is_past_of (self, branch, self->current))
    return FALSE;
  for (guint i = self->marks->len; i-- > 0;)
    if (g_array_index (self->marks, SgMark, i).branch == id)
      remove_mark (self, i);
  sg_timeline_remove_branch (self, branch);
  return TRUE;
}

static SgMark *
find_mark (SgTimeline *self, guint id, guint *index)
{
  for (guint i = 0; i < self->marks->len; i++)
    if (g_array_index (self->marks, SgMark, i).id == id)
      {
        *index = i;
        return &g_array_index (self->marks, SgMark, i);
      }
  return NULL;
}

guint
sg_timeline_add_mark (SgTimeline *self, SgKeyframe keyframe, const char *name)
{
  SgMark mark = { .key = keyframe, .name = clean_name (name) };

  if (self->marks->len >= SG_TIMELINE_MAX_MARKS || self->mark_bytes + mark_bytes (&mark) > self->limit / 2)
    {
      clear_mark (&mark);
      return 0;
    }
  mark.id = ++self->last_mark_id;
  mark.branch = sg_timeline_get_owner (self, keyframe.step)->id;
  g_array_append_val (self->marks, mark);
  self->bytes += mark_bytes (&mark);
  self->mark_bytes += mark_bytes (&mark);
  self->serial++;
  sg_timeline_shrink (self);
  return mark.id;
}

void
sg_timeline_name_mark (SgTimeline *self, guint id, const char *name)
{
  guint index;
  SgMark *mark = find_mark (self, id, &index);

  if (!mark)
    return;
  g_free (mark->name);
  mark->name = clean_name (name);
  self->serial++;
}

void
sg_timeline_delete_mark (SgTimeline *self, guint id)
{
  guint index;

  if (find_mark (self, id, &index))
    remove_mark (self, index);
}

const SgKeyframe *
sg_timeline_find_mark (SgTimeline *self, guint id, gboolean *kept)
{
  guint index;
  const SgMark *mark = find_mark (self, id, &index);
  SgBranch *branch = mark ? sg_timeline_get_branch (self, mark->branch) : NULL;

  *kept = FALSE;
  if (!mark)
    return NULL;
  if (branch && g_array_index (branch->keys, SgKeyframe, 0).step <= mark->key.step)
    {
      /* on the branch that is shown where that has it in its past */
      if (sg_timeline_get_owner (self, mark->key.step) != branch)
        sg_timeline_choose (self, branch->id);
      *kept = TRUE;
    }
  return &mark->key;
}

/* -- The overview -- */

static void
overview_clear (gpointer data)
{
  SgTimelineOverview *overview = data;

  for (guint i = 0; i < overview->n_branches; i++)
    g_free (overview->branches[i].name);
  for (guint i = 0; i < overview->n_marks; i++)
    g_free (overview->marks[i].name);
  g_free (overview->branches);
  g_free (overview->marks);
}

void
sg_timeline_overview_unref (SgTimelineOverview *overview)
{
  g_atomic_rc_box_release_full (overview, overview_clear);
}

SgTimelineOverview *
sg_timeline_make_overview (const SgTimeline *self)
{
  SgTimelineOverview *overview = g_atomic_rc_box_new0 (SgTimelineOverview);

  overview->current = sg_timeline_get_current (self);
  overview->n_branches = self->branches->len;
  overview->branches = g_new0 (SgTimelineBranch, self->branches->len);
  for (guint i = 0; i < self->branches->len; i++)
    {
      const SgBranch *branch = self->branches->pdata[i];

      overview->branches[i] = (SgTimelineBranch){ branch->id, branch->parent, g_strdup (branch->name),
                                                  branch->first_time, branch->last_time };
    }
  overview->n_marks = self->marks->len;
  overview->marks = g_new0 (SgTimelineMark, self->marks->len);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const SgMark *mark = &g_array_index (self->marks, SgMark, i);

      overview->marks[i] = (SgTimelineMark){ mark->id, mark->branch, g_strdup (mark->name), mark->key.time };
    }
  return overview;
}
