/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The energy ledger: where the energy of a run comes from and goes to. What is there at any time equals
 * what was there when it began, and what motors and pulls put in, less what friction, impacts and damping
 * took; `error` is what is missing from that sum, the mark that finite steps leave.
 *
 * The integrators move with the velocity at a step's end, so that a velocity is that of half a step before:
 * the energy of place is the mean of two steps, half a step before, too (as in the leapfrog method; Hairer,
 * Lubich, Wanner: Geometric Numerical Integration, 2003). A free fall then sums exactly.
 *
 * Work is added up step by step. Of a force f over a step of h from velocity v0 to v1 it is h f (v0 + v1) /
 * 2, which for the forces of MuJoCo's Euler and implicit integrators gives the change of kinetic energy
 * exactly where inertia is constant (v1 - v0 = h M^-1 f). The part of damping and of motors' speed feedback
 * that the implicit integrators take at v1 is found as M (v1 - v0) / h less the forces. With Runge-Kutta,
 * whose forces are those of its last stage, `error` is larger.
 *
 * At 2 ms `error` stays within SG_LEDGER_TOLERANCE of the energy that was exchanged where inertia changes
 * slowly; in a double pendulum that folds, MuJoCo's own energy wanders by some percent, which is what
 * `error` then tells. Costs about as much as a step of a small model; nothing where nobody looks. Pure, but
 * for what it allocates at the model's start; the thread that owns the data.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

#define SG_LEDGER_TOLERANCE 0.005

typedef struct
{
  double began;                     /* s: simulated time of its beginning */
  double start;                     /* J: kinetic and potential then; so are the next */
  double kinetic, gravity, springs; /* what is there now */
  double friction;                  /* taken so far: by sliding and by rubbing joints, */
  double impacts;                   /* by contacts and stops that yield, pins included */
  double damping;                   /* by dampers and by the air */
  double motors, pulls;             /* put in so far, by motors and by forces from outside */
  double error;                     /* start + put in - taken - what is there */
  double exchanged;                 /* what changed hands at most: the measure of the error */
} SgLedger;

/* What a ledger needs room for: a model's sizes. */
typedef struct _SgLedgerKeeper SgLedgerKeeper;

SgLedgerKeeper *sg_ledger_keeper_new (SgModel *model);
void sg_ledger_keeper_free (SgLedgerKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgLedgerKeeper, sg_ledger_keeper_free)

/* Begins again at the next step: after a reset, or when somebody begins to look. */
void sg_ledger_keeper_restart (SgLedgerKeeper *keeper);

/* Potential and kinetic energy, J, of `qpos` and `qvel`, of which `data` has all that MuJoCo computes of
 * them: its own figures where the model asks for them, else those that it is asked for. Puts back what it
 * changes. */
void sg_energy_measure (
  const mjModel *model, mjData *data, const double *qpos, const double *qvel, double energy[2]);

/* After each mj_step: `qpos`, `qvel`, `energy` and `time` are those before it, of which `data` has the
 * forces. A state that is not the one the last step left, as after a drag while it was paused, begins a new
 * ledger. */
void sg_ledger_keeper_stepped (SgLedgerKeeper *keeper,
                               mjData *data,
                               const double *qpos,
                               const double *qvel,
                               const double energy[2],
                               double time);

/* As of the state before the last step: the newest whose energy is known. */
const SgLedger *sg_ledger_keeper_get (const SgLedgerKeeper *keeper);

G_END_DECLS
