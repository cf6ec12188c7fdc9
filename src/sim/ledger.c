/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The work of a step is known when it is done, the energy after it one step later: it waits in `pending`. */
#include "sim/ledger.h"

#include <math.h>
#include <string.h>

/* Done on the mechanism in one step, J. */
typedef struct
{
  double friction, impacts, damping, motors, pulls;
} Work;

struct _SgLedgerKeeper
{
  SgModel *model;
  guint n_steps; /* that went on from one another, counted to 3: it begins with the second */
  SgLedger ledger;
  double last[3];             /* J: kinetic, gravity, springs at the last step, */
  double first[3];            /* J: kinetic, gravity, springs when it began */
  Work pending;               /* of the last step */
  double *qpos, *qvel, time;  /* nq, nv: as the last step left them */
  double *mean, *change;      /* nv: of the velocity in a step */
  double *force, *correction; /* nv */
  double *slip;               /* efc_room: velocity along each constraint */
  int efc_room;
};

SgLedgerKeeper *
sg_ledger_keeper_new (SgModel *model)
{
  SgLedgerKeeper *self = g_new0 (SgLedgerKeeper, 1);
  const mjModel *m = sg_model_get (model);

  self->model = sg_model_ref (model);
  self->qpos = g_new0 (double, m->nq + 1);
  self->qvel = g_new0 (double, m->nv + 1);
  self->mean = g_new0 (double, m->nv + 1);
  self->change = g_new0 (double, m->nv + 1);
  self->force = g_new0 (double, m->nv + 1);
  self->correction = g_new0 (double, m->nv + 1);
  return self;
}

void
sg_ledger_keeper_free (SgLedgerKeeper *self)
{
  sg_model_unref (self->model);
  g_free (self->qpos);
  g_free (self->qvel);
  g_free (self->mean);
  g_free (self->change);
  g_free (self->force);
  g_free (self->correction);
  g_free (self->slip);
  g_free (self);
}

void
sg_ledger_keeper_restart (SgLedgerKeeper *self)
{
  self->n_steps = 0;
}

const SgLedger *
sg_ledger_keeper_get (const SgLedgerKeeper *self)
{
  return &self->ledger;
}

/* -- Energy -- */

static void
swap (double *a, double *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      double x = a[i];

      a[i] = b[i];
      b[i] = x;
    }
}

void
sg_energy_measure (
  const mjModel *model, mjData *data, const double *qpos, const double *qvel, double energy[2])
{
  const double kept[2] = { data->energy[0], data->energy[1] };
  double *before_qpos = (double *)qpos, *before_qvel = (double *)qvel; /* they are put back */

  if (!(model->opt.enableflags & mjENBL_ENERGY))
    {
      swap (data->qpos, before_qpos, model->nq);
      swap (data->qvel, before_qvel, model->nv);
      mj_energyPos (model, data);
      mj_energyVel (model, data);
      swap (data->qpos, before_qpos, model->nq);
      swap (data->qvel, before_qvel, model->nv);
    }
  energy[0] = data->energy[0];
  energy[1] = data->energy[1];
  data->energy[0] = kept[0];
  data->energy[1] = kept[1];
}

static double
measure_gravity (const mjModel *model, const mjData *data)
{
  const double *g = model->opt.gravity;
  double result = 0;

  if (model->opt.disableflags & mjDSBL_GRAVITY)
    return 0;
  for (int body = 1; body < model->nbody; body++)
    {
      const double *at = data->xipos + 3 * body;

      result -= model->body_mass[body] * (g[0] * at[0] + g[1] * at[1] + g[2] * at[2]);
    }
  return result;
}

/* -- Work -- */

static double
dot (const double *a, const double *b, int n)
{
  double sum = 0;

  for (int i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

/* Along a motor's transmission. */
static double
moment_dot (const mjData *data, int output, const double *v)
{
  const double *moment = data->actuator_moment + data->moment_rowadr[output];
  const int *column = data->moment_colind + data->moment_rowadr[output];
  double sum = 0;

  for (int i = 0; i < data->moment_rownnz[output]; i++)
    sum += moment[i] * v[column[i]];
  return sum;
}

/* The speed feedback of motors that implicit integrators take at the step's end. Their share of `correction`
 * is J of work. */
static double
measure_feedback (SgLedgerKeeper *self, const mjModel *model, const mjData *data)
{
  double result = 0;

  if (model->opt.integrator != mjINT_IMPLICIT && model->opt.integrator != mjINT_IMPLICITFAST)
    return 0;
  for (int i = 0; i < model->nactuator; i++)
    {
      int output = model->actuator_outadr[i];
      const double *range = model->actuator_forcerange + 2 * i;
      double force = data->actuator_force[output];

      if (model->actuator_biastype[i] != mjBIAS_AFFINE ||
          (model->actuator_forcelimited[i] && (force <= range[0] || force >= range[1])))
        continue;
      result += model->actuator_biasprm[mjNBIAS * i + 2] * moment_dot (data, output, self->change) *
                moment_dot (data, output, self->mean);
    }
  return result * model->opt.timestep;
}

static double
measure_pulls (SgLedgerKeeper *self, const mjModel *model, mjData *data)
{
  double result = dot (data->qfrc_applied, self->mean, model->nv);

  for (int body = 1; body < model->nbody; body++)
    {
      const double *f = data->xfrc_applied + 6 * body;

      if (f[0] == 0 && f[1] == 0 && f[2] == 0 && f[3] == 0 && f[4] == 0 && f[5] == 0)
        continue;
      memset (self->force, 0, model->nv * sizeof (double));
      mj_applyFT (model, data, f, f + 3, data->xipos + 3 * body, body, self->force);
      result += dot (self->force, self->mean, model->nv);
    }
  return result * model->opt.timestep;
}

/* A contact's pyramid: each pair of its edges is the normal and one way to slide, added and subtracted. */
static void
add_pyramid (const mjData *data, const double *slip, int i, Work *work)
{
  double sum = data->efc_force[i] + data->efc_force[i + 1];
  double difference = data->efc_force[i] - data->efc_force[i + 1];

  work->impacts += sum * (slip[i] + slip[i + 1]) / 2;
  work->friction += difference * (slip[i] - slip[i + 1]) / 2;
}

/* W by every constraint's kind. */
static void
measure_constraints (SgLedgerKeeper *self, const mjModel *model, const mjData *data, Work *work)
{
  if (data->nefc > self->efc_room)
    {
      self->efc_room = 2 * data->nefc;
      self->slip = g_renew (double, self->slip, self->efc_room);
    }
  if (data->nefc > 0)
    mj_mulJacVec (model, data, self->slip, self->mean);
  for (int i = 0; i < data->nefc; i++)
    {
      double power = data->efc_force[i] * self->slip[i];

      switch (data->efc_type[i])
        {
        case mjCNSTR_FRICTION_DOF:
        case mjCNSTR_FRICTION_TENDON:
          work->friction += power;
          break;
        case mjCNSTR_CONTACT_PYRAMIDAL:
          add_pyramid (data, self->slip, i++, work);
          break;
        case mjCNSTR_CONTACT_ELLIPTIC:
          if (i > data->contact[data->efc_id[i]].efc_address)
            work->friction += power;
          else
            work->impacts += power;
          break;
        default:
          work->impacts += power;
          break;
        }
    }
}

static Work
measure_work (SgLedgerKeeper *self, const mjModel *model, mjData *data, const double *qvel)
{
  double h = model->opt.timestep;
  Work work = { 0 };

  for (int i = 0; i < model->nv; i++)
    {
      self->mean[i] = (qvel[i] + data->qvel[i]) / 2;
      self->change[i] = data->qvel[i] - qvel[i];
    }
  measure_constraints (self, model, data, &work);
  work.friction *= h;
  work.impacts *= h;
  double feedback = measure_feedback (self, model, data);
  mj_mulM (model, data, self->correction, self->change);
  for (int i = 0; i < model->nv; i++)
    self->correction[i] = self->correction[i] / h - data->qfrc_smooth[i] - data->qfrc_constraint[i];
  work.damping = h * (dot (data->qfrc_damper, self->mean, model->nv) +
                      dot (data->qfrc_fluid, self->mean, model->nv) +
                      dot (self->correction, self->mean, model->nv)) -
                 feedback;
  work.motors = feedback + h * (dot (data->qfrc_actuator, self->mean, model->nv) +
                                dot (data->qfrc_gravcomp, self->mean, model->nv));
  work.pulls = measure_pulls (self, model, data);
  return work;
}

/* -- The ledger -- */

static gboolean
goes_on (
  const SgLedgerKeeper *self, const mjModel *model, const double *qpos, const double *qvel, double time)
{
  return self->n_steps > 0 && time == self->time &&
         memcmp (qpos, self->qpos, model->nq * sizeof (double)) == 0 &&
         memcmp (qvel, self->qvel, model->nv * sizeof (double)) == 0;
}

static void
begin (SgLedgerKeeper *self, const double now[3], double time)
{
  self->ledger = (SgLedger){ .began = time, .start = now[0] + now[1] + now[2] };
  memcpy (self->first, now, sizeof self->first);
  self->pending = (Work){ 0 };
}

/* Enters the last step's work, with which the energy as it is now should agree. */
static void
balance (SgLedgerKeeper *self, const double now[3])
{
  SgLedger *ledger = &self->ledger;
  double put_in, taken, moved = 0;

  ledger->friction -= self->pending.friction;
  ledger->impacts -= self->pending.impacts;
  ledger->damping -= self->pending.damping;
  ledger->motors += self->pending.motors;
  ledger->pulls += self->pending.pulls;
  ledger->kinetic = now[0];
  ledger->gravity = now[1];
  ledger->springs = now[2];
  put_in = ledger->motors + ledger->pulls;
  taken = ledger->friction + ledger->impacts + ledger->damping;
  ledger->error = ledger->start + put_in - taken - (now[0] + now[1] + now[2]);
  for (int i = 0; i < 3; i++)
    moved = fmax (moved, fabs (now[i] - self->first[i]));
  ledger->exchanged = fmax (ledger->exchanged, fmax (moved, fmax (fabs (put_in), fabs (taken))));
}

void
sg_ledger_keeper_stepped (SgLedgerKeeper *self,
                          mjData *data,
                          const double *qpos,
                          const double *qvel,
                          const double energy[2],
                          double time)
{
  const mjModel *model = sg_model_get (self->model);
  double gravity = measure_gravity (model, data);
  const double now[3] = { energy[1], gravity, energy[0] - gravity };
  double seen[3] = { now[0], now[1], now[2] };

  self->n_steps = goes_on (self, model, qpos, qvel, time) ? MIN (self->n_steps + 1, 3) : 1;
  if (self->n_steps > 1 && model->opt.integrator != mjINT_RK4)
    for (int i = 1; i < 3; i++)
      seen[i] = (now[i] + self->last[i]) / 2;
  if (self->n_steps < 3)
    begin (self, seen, time);
  balance (self, seen);
  memcpy (self->last, now, sizeof self->last);
  self->pending = measure_work (self, model, data, qvel);
  memcpy (self->qpos, data->qpos, model->nq * sizeof (double));
  memcpy (self->qvel, data->qvel, model->nv * sizeof (double));
  self->time = data->time;
}
