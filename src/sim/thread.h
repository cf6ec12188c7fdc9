/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulation's thread: owns mjData, takes commands by a queue, publishes snapshots through a buffer, and
 * says that something changed through one callback. Internal to sim; the rest of the program uses
 * sim/simulation.h.
 */
#pragma once

#include "sim/simulation.h"

G_BEGIN_DECLS

typedef enum
{
  SG_SIM_SET_MODEL,     /* `model`; pauses at its start; where there is a `past`, that of it */
  SG_SIM_RECORD,        /* `reel`, from here to the first command that is no input, or an end */
  SG_SIM_SWAP_MODEL,    /* `model`; playing, it goes on from where it is (sim/carry.h) */
  SG_SIM_PLAY,          /* */
  SG_SIM_PAUSE,         /* */
  SG_SIM_STEP,          /* pauses, then one step */
  SG_SIM_RESET,         /* to the start, or to keyframe `index`; plays on if it was */
  SG_SIM_SPEED,         /* `number` */
  SG_SIM_UNTHROTTLED,   /* `index` */
  SG_SIM_INPUT,         /* `input`; nothing where the model has not what it is about */
  SG_SIM_PUT,           /* `input` a pull: its body goes there at once; nothing while it plays */
  SG_SIM_SEEK,          /* pauses; to time `number` */
  SG_SIM_STEP_BACK,     /* pauses */
  SG_SIM_GO_TO_END,     /* pauses; of the record: `index` below 0 its start, else its end */
  SG_SIM_REPLAY,        /* `index` 1 or -1 */
  SG_SIM_LOOP,          /* from `number` to `until` */
  SG_SIM_MARK,          /* `text` */
  SG_SIM_GO_TO_MARK,    /* pauses; `index` */
  SG_SIM_NAME_MARK,     /* `index`, `text` */
  SG_SIM_DELETE_MARK,   /* `index` */
  SG_SIM_GO_TO_BRANCH,  /* pauses; `index` */
  SG_SIM_NAME_BRANCH,   /* `index`, `text` */
  SG_SIM_DELETE_BRANCH, /* `index` */
  SG_SIM_LOOK,          /* publishes once more, for who begins to look */
  SG_SIM_QUIT,          /* by sg_sim_thread_free only */
} SgSimCommandKind;

typedef struct
{
  SgSimCommandKind kind;
  SgModel *model; /* (owned) (nullable) */
  char *text;     /* (owned) (nullable) */
  SgPast *past;   /* (owned) (nullable) */
  SgReel *reel;   /* (owned) (nullable) */
  int index;
  double number, until;
  double moved[3];  /* m: by how much another model's world is, from the one before */
  guint generation; /* of a model that is set: snapshots carry it */
  guint play;       /* of what plays: tells which play has ended */
  SgInput input;
} SgSimCommand;

typedef struct _SgSimThread SgSimThread;

/* Starts the thread, paused and with no model. It publishes into `buffer`, which must outlive it as must
 * `probe`, which measures it. `changed`
 * is called on the thread after every publication and every change of the figures; it must not block. */
SgSimThread *sg_sim_thread_new (SgSnapshotBuffer *buffer,
                                SgProbe *probe,
                                void (*changed) (gpointer user_data),
                                gpointer user_data);

/* Ends the thread, at the latest after the batch of steps it is in. */
void sg_sim_thread_free (SgSimThread *thread);

/* Queues a command, taking over what it owns; any thread. */
void sg_sim_thread_send (SgSimThread *thread, SgSimCommand command);

/* What publishes go to beside the buffer from the next one on; (nullable): nowhere. Any thread. */
void sg_sim_thread_set_tap (SgSimThread *thread, SgTap *tap);

/* Waits until all commands sent so far are carried out. */
void sg_sim_thread_sync (SgSimThread *thread);

/* The figures of the last change; any thread. */
void sg_sim_thread_get_stats (SgSimThread *thread, SgSimulationStats *stats);

/* (nullable) (transfer full): what stopped the model last set, once. Any thread. */
GError *sg_sim_thread_take_error (SgSimThread *thread);

/* The `play` of the replay that came to its end, once; 0: none did. Any thread. */
guint sg_sim_thread_take_ended (SgSimThread *thread);

/* Branches and marks as last published; (transfer full). Any thread. */
SgTimelineOverview *sg_sim_thread_dup_overview (SgSimThread *thread);

/* For how many seconds the thread has been in one and the same step or command; to be asked every second. */
double sg_sim_thread_get_stuck (SgSimThread *self);

/* Gives up a thread that is stuck: nobody waits for it. Should it ever come back, it ends and takes itself
 * and the buffer along, which nobody else may use any more. What it told of changes by must stay for good. */
void sg_sim_thread_abandon (SgSimThread *self);

G_END_DECLS
