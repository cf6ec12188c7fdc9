/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of a model a picture shows: marks on it (contacts, joints, centres of mass), groups, names, frames,
 * and effects of drawing. A plain value, and its form as text for settings: the names of what differs from
 * the default, one an item. Pure functions, any thread.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

typedef struct
{
  mjvOption option;            /* MuJoCo's own: flags, groups, labels, frames */
  mjtByte effects[mjNRNDFLAG]; /* mjtRndFlag, as mjvScene has them */
  gboolean own_look;           /* the model's lights, materials and sky instead of our paper and studio */
  gboolean ink;                /* the strokes that bodies were drawn with, on the bodies */
  gboolean traces;             /* where the centre of mass of each moving body has been */
} SgShown;

/* A mechanism, without the model's marks and frames. */
SgShown sg_shown_default (void);

/* Every switch by a name that stays: MuJoCo's flags and effects, "own-look", "ink", "traces", and the groups
 * "geom-group-0" to "skin-group-5". */
guint sg_shown_n_switches (void);
/* (transfer none) */
const char *sg_shown_switch_name (guint index);
/* The switch of that name in `shown`; -1 for an unknown one. */
int sg_shown_get (const SgShown *shown, const char *name);
/* FALSE for an unknown name. */
gboolean sg_shown_set (SgShown *shown, const char *name, gboolean on);

/* What is named on the picture (mjtLabel) and where axes are drawn (mjtFrame), by names that stay; "none"
 * first. NULL beyond the last. (transfer none) */
const char *sg_shown_label_name (guint label);
const char *sg_shown_frame_name (guint frame);
/* FALSE for an unknown name. */
gboolean sg_shown_set_label (SgShown *shown, const char *name);
gboolean sg_shown_set_frame (SgShown *shown, const char *name);

/* What differs from the default, and back; what `items` (nullable) has of unknown names is left out. Returns:
 * (transfer full). */
char **sg_shown_to_strv (const SgShown *shown);
SgShown sg_shown_from_strv (const char *const *items);

/* Whether it takes more than the model's poses: contacts and their forces, which cost what a step does. */
gboolean sg_shown_needs_forces (const SgShown *shown, const mjModel *model);

G_END_DECLS
