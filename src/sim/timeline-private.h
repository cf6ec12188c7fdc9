/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the timeline's files share: timeline.c records and finds, timeline-branches.c has branches and
 * marks. */
#pragma once

#include "sim/timeline.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 step; /* it was done at */
  SgInput input;
} SgTimelineInput;

typedef struct
{
  guint id;
  guint parent; /* 0: none */
  char *name;   /* (nullable) */
  guint64 first, last;
  double first_time, last_time;
  GArray *keys;        /* SgKeyframe, by step; the first is at `first` until it is given up; never empty */
  GArray *inputs;      /* SgTimelineInput, by step */
  guint64 inputs_gone; /* given up before the first of them: numbers go on */
} SgBranch;

typedef struct
{
  guint id, branch;
  char *name; /* (nullable) */
  SgKeyframe key;
} SgMark;

struct _SgTimeline
{
  GPtrArray *branches; /* SgBranch, as they were made */
  GArray *marks;       /* SgMark, as they were made */
  SgBranch *current;   /* (nullable): empty */
  guint last_id;       /* of a branch */
  guint last_mark_id;
  guint64 n_kept; /* keyframes so far */
  guint64 serial;
  gsize bytes, limit;
  gsize mark_bytes; /* of `bytes` */
  guint interval, longest;
};

SgBranch *sg_timeline_get_branch (const SgTimeline *timeline, guint id); /* (nullable) */
/* The branch of the current one's past that has `step`: itself, a parent, a parent's. */
SgBranch *sg_timeline_get_owner (const SgTimeline *timeline, guint64 step);
SgBranch *sg_timeline_add_branch (SgTimeline *timeline, guint parent, SgKeyframe keyframe);
void sg_timeline_remove_branch (SgTimeline *timeline, SgBranch *branch);
void sg_timeline_leave (SgTimeline *timeline); /* gives the current branch up where nothing happened on it */
void sg_timeline_shrink (SgTimeline *timeline);
void sg_timeline_append_key (SgTimeline *timeline, SgBranch *branch, SgKeyframe keyframe);
void sg_timeline_remove_keys (SgTimeline *timeline, SgBranch *branch, guint first, guint n);

G_END_DECLS
