/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The record of a run and of all that branched off it: a keyframe every so many steps and every input at its
 * step, from which any step is reached by stepping on from the keyframe before. Holds no mjData and steps
 * nothing: sim/time-machine.h does. One thread. Internal to sim.
 *
 * A branch has steps from where it forked off its parent (or began) to its end, and its past is its
 * parent's. Recording happens at the end of the current branch only. A model that is swapped in amid a
 * run starts a new stretch of the branch, and the record keeps the model that was there before.
 *
 * Memory is bounded. Over the bound keyframes are thinned as far as the longest gap allows, then the oldest
 * of all are given up, and with its last keyframe a branch.
 */
#pragma once

#include "sim/keyframe.h"

G_BEGIN_DECLS

#define SG_TIMELINE_MIN_BYTES (8 << 20)  /* the bound, for scenes of some tens of bodies */
#define SG_TIMELINE_MAX_BYTES (96 << 20) /* and for the largest */
#define SG_TIMELINE_BOUND_STATES 1500    /* between them: as many states of the scene, uncompressed */
#define SG_TIMELINE_BOUND_MODELS 16      /* or as many models that were swapped */
#define SG_TIMELINE_MAX_BRANCHES 64      /* the oldest that nobody named is given up for one more */
#define SG_TIMELINE_MAX_MARKS 256
#define SG_TIMELINE_MAX_NAME 80 /* characters of a branch's or a mark's name; the rest is cut */

typedef struct
{
  guint id;          /* 1 and up, never used again */
  guint parent;      /* 0: none, or none any more */
  char *name;        /* (owned) (nullable): nobody named it */
  double first_time; /* s: where it forked off, or began */
  double last_time;  /* s: its end */
} SgTimelineBranch;

typedef struct
{
  guint id;     /* 1 and up, never used again */
  guint branch; /* whose it is */
  char *name;   /* (owned) (nullable) */
  double time;  /* s */
} SgTimelineMark;

/* What a window shows of it. Immutable; a GRcBox. */
typedef struct
{
  guint current; /* branch */
  guint n_branches;
  SgTimelineBranch *branches; /* (owned) n_branches, as they were made */
  guint n_marks;
  SgTimelineMark *marks; /* (owned) n_marks, as they were made */
} SgTimelineOverview;

typedef struct _SgTimeline SgTimeline;

SgTimeline *sg_timeline_new (void);
void sg_timeline_free (SgTimeline *timeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgTimeline, sg_timeline_free)

void sg_timeline_clear (SgTimeline *timeline); /* as new, but for the identities */
void sg_timeline_set_limit (SgTimeline *timeline, gsize bytes);
/* A keyframe every `steps` from now on, and never more than `longest` apart after thinning. */
void sg_timeline_set_interval (SgTimeline *timeline, guint steps, guint longest);

/* -- Recording, at the end of the current branch -- */

/* A run from the start of a model, or from a state that is on no branch: a branch with no past, which is the
 * current one from now on. The keyframe's step and time are its start; it is taken over. */
void sg_timeline_begin (SgTimeline *timeline, SgKeyframe keyframe);
/* The same off the current branch, at the keyframe's step; what lies behind it stays on the old branch. */
void sg_timeline_fork (SgTimeline *timeline, SgKeyframe keyframe);
/* Another model, at the end. */
void sg_timeline_swap (SgTimeline *timeline, SgKeyframe keyframe);
/* An input that was done at the end. */
void sg_timeline_add_input (SgTimeline *timeline, const SgInput *input);
/* Steps that were done, no more than sg_timeline_get_room, to simulated `time`. */
void sg_timeline_advance (SgTimeline *timeline, guint steps, double time);
guint sg_timeline_get_room (SgTimeline *timeline);                 /* steps until a keyframe is due; 0: now */
void sg_timeline_keep (SgTimeline *timeline, SgKeyframe keyframe); /* the one that is due */

/* -- Places: a step on the current branch, or of its past -- */

gboolean sg_timeline_is_empty (const SgTimeline *timeline);
guint64 sg_timeline_get_first (const SgTimeline *timeline); /* how far back it reaches without a gap */
guint64 sg_timeline_get_last (const SgTimeline *timeline);
double sg_timeline_get_time (const SgTimeline *timeline, guint64 step);  /* s */
guint64 sg_timeline_find_step (const SgTimeline *timeline, double time); /* the nearest that is kept */

/* The last keyframe before `step`, or at it where that is a start; NULL where it reaches not so far back.
 * Valid until something is recorded. */
const SgKeyframe *sg_timeline_find (const SgTimeline *timeline, guint64 step);
/* The first input at `step` or later, number `from` or later, of the branch that has `step`; NULL: none.
 * `at` is set to its step and `from` to the number behind it. */
const SgInput *
sg_timeline_next_input (const SgTimeline *timeline, guint64 step, guint64 *from, guint64 *at);

/* -- Branches and marks -- */

guint sg_timeline_get_current (const SgTimeline *timeline); /* 0: empty */
gboolean sg_timeline_choose (SgTimeline *timeline, guint branch);
void sg_timeline_name_branch (SgTimeline *timeline, guint branch, const char *name); /* (nullable) */
/* Not the current one, nor one that its past needs: FALSE. */
gboolean sg_timeline_delete_branch (SgTimeline *timeline, guint branch);

/* A mark keeps its state, whatever is given up of the record. Returns its identity; 0: there are too many, or
 * they take half of the bound. */
guint sg_timeline_add_mark (SgTimeline *timeline, SgKeyframe keyframe, const char *name);
void sg_timeline_name_mark (SgTimeline *timeline, guint mark, const char *name);
void sg_timeline_delete_mark (SgTimeline *timeline, guint mark);
/* The mark's state, NULL where there is none. Makes its branch the current one where that still has its step;
 * `kept` says whether. */
const SgKeyframe *sg_timeline_find_mark (SgTimeline *timeline, guint mark, gboolean *kept);

/* -- Figures -- */

gsize sg_timeline_get_bytes (const SgTimeline *timeline);   /* without the model that is there at the end */
guint sg_timeline_get_longest (const SgTimeline *timeline); /* gap between keyframes */
guint sg_timeline_get_n_keyframes (const SgTimeline *timeline);
guint64 sg_timeline_get_serial (const SgTimeline *timeline); /* rises when the overview is another */

SgTimelineOverview *sg_timeline_make_overview (const SgTimeline *timeline);
void sg_timeline_overview_unref (SgTimelineOverview *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgTimelineOverview, sg_timeline_overview_unref)

G_END_DECLS
