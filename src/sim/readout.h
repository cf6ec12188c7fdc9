/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the instruments show at one moment: contacts, motors, sensors, ties, the ledger, where the time goes
 * and what MuJoCo warned of. Filled by the simulation's thread, at most ten times a second, where somebody
 * looks.
 */
#pragma once

#include "sim/inputs.h"
#include "sim/ledger.h"
#include "sim/profile.h"

G_BEGIN_DECLS

#define SG_READOUT_MAX_TOUCHES 64

/* What two bodies do to each other where they touch. */
typedef struct
{
  int bodies[2];   /* of the model, the lower first; what is welded together is one; 0: what stands still */
  guint n_points;  /* at which they touch */
  double at[3];    /* m in the world: their middle, by force */
  double normal;   /* N: pressed together, summed over the points */
  double friction; /* N: along the surface, alike */
} SgTouch;

typedef struct
{
  SgModel *model; /* (owned) (nullable): of which it all is */
  double time;    /* simulated s */
  guint n_contacts;
  guint n_touches; /* the first pairs, in order of their bodies */
  SgTouch touches[SG_READOUT_MAX_TOUCHES];
  double *controls;     /* nu of the model: what the motors are told now, */
  double *settings;     /* nu: and what was set by hand */
  SgWave *waves;        /* nu: the courses that they follow */
  double *forces;       /* nout */
  double *sensors;      /* nsensordata */
  gboolean *equalities; /* neq: on */
  double *positions;    /* njnt: of hinges and slides, rad or m; 0 of the others */
  SgLedger ledger;
  SgProfile profile;
  int warnings[mjNWARNING]; /* how often, since the start */
} SgReadout;

/* Fills it from `data` of `model` and from `inputs` (nullable: none); `ledger` and `profile` are for the
 * caller to set. Allocates only where the model is another than last time. */
void sg_readout_capture (SgReadout *readout, SgModel *model, const mjData *data, const SgInputs *inputs);
void sg_readout_clear (SgReadout *readout);

/* What a warning means to a person; static. */
const char *sg_readout_describe_warning (guint warning);

G_END_DECLS
