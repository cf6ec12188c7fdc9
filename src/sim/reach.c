/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The unknowns are the velocities of a set of joints for one unit of time: those that the body hangs from,
 * and with them all that a tie or a taut rope makes move along. Each round has three rows for the held point
 * and one for each constraint that is not met, which weighs so much more that the hand never wins over it. */
#include "sim/reach.h"

#include <math.h>
#include <string.h>

#include "physics/fatal.h"

#define ROUNDS 24
#define TOUCH_UP 3    /* more rounds, of the constraints alone */
#define NEAR 1e-6     /* m: close enough */
#define STIFF 100.0   /* weight of a constraint beside the hand */
#define MOST_ROWS 400 /* constraints that are looked at */
#define MOST_TURN 0.5 /* rad, or m, that a joint moves by in a round */
#define FIRST_DAMPING 1e-4

typedef struct
{
  const mjModel *model;
  mjData *data;
  const SgPull *grip;
  gboolean *moves; /* nv: the joints' freedoms that may move */
  int *dofs;       /* n: they, one after the other */
  int n;
  double *start;  /* nq */
  double *tried;  /* nq: before the last round */
  double *turn;   /* nv */
  double *row;    /* nv: a constraint's */
  double *points; /* 3 x nv: the held point's Jacobian */
  double *normal; /* n x n: of the normal equations, J' W J */
  double *factor; /* n x n */
  double *right;  /* n: J' W e */
  double *answer; /* n */
  double cost;    /* what is left, squared */
  double damping;
} Reach;

/* -- What may move -- */

/* Whether a body is in the open: it and all that hangs on it can be moved sideways without anything turning.
 * A slide along an axis more in a flat drawing, three in space, or a free joint. */
static gboolean
is_free (const mjModel *model, int root)
{
  int first = model->body_jntadr[root], n_slides = 0;

  for (int i = first; i < first + model->body_jntnum[root]; i++)
    {
      if (model->jnt_type[i] == mjJNT_FREE)
        return TRUE;
      n_slides += model->jnt_type[i] == mjJNT_SLIDE;
    }
  return n_slides > 1;
}

/* The freedoms of the body's joints and of those that it hangs from; of what is free: to move sideways. */
static void
choose_chain (Reach *self)
{
  const mjModel *model = self->model;
  int root = model->body_rootid[self->grip->body];
  gboolean open = is_free (model, root);
  int n = 0;

  for (int body = open ? root : self->grip->body; body > 0; body = model->body_parentid[body])
    for (int i = 0; i < model->body_dofnum[body]; i++)
      {
        int dof = model->body_dofadr[body] + i, joint = model->dof_jntid[dof];
        int type = model->jnt_type[joint];
        gboolean sideways = type == mjJNT_SLIDE || (type == mjJNT_FREE && dof - model->jnt_dofadr[joint] < 3);

        self->moves[dof] = (!open || sideways) && n++ < SG_REACH_MAX_DOFS;
      }
}

static gboolean
is_tie (const Reach *self, int i)
{
  return self->data->efc_type[i] == mjCNSTR_EQUALITY;
}

/* Whether it holds something as it is now: a tie always, a limit that is passed. */
static gboolean
is_held (const Reach *self, int i)
{
  return is_tie (self, i) || (self->data->efc_type[i] == mjCNSTR_LIMIT_TENDON && self->data->efc_pos[i] < 0);
}

static void
find_row (Reach *self, int i)
{
  const mjModel *model = self->model;
  const mjData *data = self->data;

  if (!mj_isSparse (model))
    {
      memcpy (self->row, data->efc_J + (gsize)i * model->nv, model->nv * sizeof (double));
      return;
    }
  memset (self->row, 0, model->nv * sizeof (double));
  for (int k = data->efc_J_rowadr[i]; k < data->efc_J_rowadr[i] + data->efc_J_rownnz[i]; k++)
    self->row[data->efc_J_colind[k]] = data->efc_J[k];
}

/* Everything that a tie holds to what moves may move, in all ways. */
static gboolean
spread (Reach *self)
{
  const mjModel *model = self->model;
  gboolean more = FALSE;

  for (int i = 0; i < MIN (self->data->nefc, MOST_ROWS); i++)
    {
      gboolean moved = FALSE;

      if (!is_tie (self, i))
        continue;
      find_row (self, i);
      for (int dof = 0; dof < model->nv && !moved; dof++)
        moved = self->row[dof] != 0 && self->moves[dof];
      for (int dof = 0; dof < model->nv && moved; dof++)
        if (self->row[dof] != 0 && !self->moves[dof])
          self->moves[dof] = more = TRUE;
    }
  return more;
}

static void
list_dofs (Reach *self)
{
  self->n = 0;
  for (int dof = 0; dof < self->model->nv; dof++)
    if (self->moves[dof])
      self->dofs[self->n++] = dof;
}

static void
choose_dofs (Reach *self)
{
  choose_chain (self);
  list_dofs (self);
  while (self->n <= SG_REACH_MAX_DOFS && spread (self))
    list_dofs (self);
  if (self->n <= SG_REACH_MAX_DOFS)
    return;
  memset (self->moves, 0, self->model->nv * sizeof (gboolean));
  choose_chain (self);
  list_dofs (self);
}

/* -- Rounds -- */

static void
find_error (const Reach *self, double error[3])
{
  const mjData *data = self->data;
  int body = self->grip->body;

  mju_mulMatVec3 (error, data->xmat + 9 * body, self->grip->point);
  mju_addTo3 (error, data->xpos + 3 * body);
  mju_sub3 (error, self->grip->target, error);
}

static double
find_cost (const Reach *self, double hand)
{
  double error[3], cost;

  find_error (self, error);
  cost = hand * mju_dot3 (error, error);
  for (int i = 0; i < MIN (self->data->nefc, MOST_ROWS); i++)
    if (is_held (self, i))
      cost += STIFF * STIFF * self->data->efc_pos[i] * self->data->efc_pos[i];
  return cost;
}

/* The row `of` the freedoms, its error and weight, into the normal equations. */
static void
add_row (Reach *self, const double *of, double error, double weight)
{
  for (int i = 0; i < self->n; i++)
    {
      double scaled = weight * of[self->dofs[i]];

      if (scaled == 0)
        continue;
      self->right[i] += scaled * error;
      for (int k = 0; k < self->n; k++)
        self->normal[i * self->n + k] += scaled * of[self->dofs[k]];
    }
}

static void
set_up_equations (Reach *self, double hand)
{
  const mjModel *model = self->model;
  double error[3], at[3];

  memset (self->normal, 0, (gsize)self->n * self->n * sizeof (double));
  memset (self->right, 0, self->n * sizeof (double));
  find_error (self, error);
  mju_sub3 (at, self->grip->target, error);
  mj_jac (model, self->data, self->points, NULL, at, self->grip->body);
  for (int i = 0; i < 3 && hand > 0; i++)
    add_row (self, self->points + i * model->nv, error[i], hand);
  for (int i = 0; i < MIN (self->data->nefc, MOST_ROWS); i++)
    if (is_held (self, i))
      {
        find_row (self, i);
        add_row (self, self->row, -self->data->efc_pos[i], STIFF * STIFF);
      }
}

/* Joints at the end of their range stay there: the freedom is taken out where it is pushed on. */
static gboolean
is_at_end (const Reach *self, int dof, double way)
{
  const mjModel *model = self->model;
  int joint = model->dof_jntid[dof], type = model->jnt_type[joint];
  const double *range = model->jnt_range + 2 * joint;
  double position = self->data->qpos[model->jnt_qposadr[joint]];

  if ((type != mjJNT_HINGE && type != mjJNT_SLIDE) || !model->jnt_limited[joint])
    return FALSE;
  return (way < 0 && position <= range[0]) || (way > 0 && position >= range[1]);
}

/* The answer of the damped equations without the freedoms that are at their end. */
static void
solve (Reach *self)
{
  int n = self->n;

  memcpy (self->factor, self->normal, (gsize)n * n * sizeof (double));
  for (int i = 0; i < n; i++)
    {
      gboolean held = is_at_end (self, self->dofs[i], self->right[i]);

      for (int k = 0; k < n && held; k++)
        self->factor[i * n + k] = self->factor[k * n + i] = 0;
      self->factor[i * n + i] += held ? 1 : self->damping * (1 + self->factor[i * n + i]);
      self->answer[i] = held ? 0 : self->right[i];
    }
  mju_cholFactor (self->factor, n, mjMINVAL);
  mju_cholSolve (self->answer, self->factor, self->answer, n);
}

static void
move (Reach *self)
{
  const mjModel *model = self->model;
  double most = 0, *qpos = self->data->qpos;

  for (int i = 0; i < self->n; i++)
    most = fmax (most, fabs (self->answer[i]));
  mju_zero (self->turn, model->nv);
  for (int i = 0; i < self->n; i++)
    self->turn[self->dofs[i]] = self->answer[i] * (most > MOST_TURN ? MOST_TURN / most : 1);
  mj_integratePos (model, qpos, self->turn, 1);
  for (int joint = 0; joint < model->njnt; joint++)
    {
      int type = model->jnt_type[joint];
      double *position = qpos + model->jnt_qposadr[joint];
      const double *range = model->jnt_range + 2 * joint;

      if ((type == mjJNT_HINGE || type == mjJNT_SLIDE) && model->jnt_limited[joint] &&
          self->moves[model->jnt_dofadr[joint]])
        *position = CLAMP (*position, range[0], range[1]);
    }
  mj_fwdPosition (model, self->data);
}

/* FALSE where there is nothing more to be had. */
static gboolean
go_nearer (Reach *self, double hand)
{
  gsize bytes = self->model->nq * sizeof (double);

  set_up_equations (self, hand);
  self->cost = find_cost (self, hand);
  memcpy (self->tried, self->data->qpos, bytes);
  for (int i = 0; i < 8; i++)
    {
      solve (self);
      move (self);
      double cost = find_cost (self, hand);
      if (cost < self->cost)
        {
          gboolean worth = self->cost - cost > 1e-9 * self->cost + NEAR * NEAR;

          self->damping = fmax (self->damping / 4, 1e-9);
          return worth;
        }
      memcpy (self->data->qpos, self->tried, bytes);
      self->damping *= 8;
    }
  mj_fwdPosition (self->model, self->data);
  return FALSE;
}

static void
reach_cb (gpointer user_data)
{
  Reach *self = user_data;

  mj_fwdPosition (self->model, self->data);
  choose_dofs (self);
  if (self->n == 0)
    return;
  self->damping = FIRST_DAMPING;
  for (int i = 0; i < ROUNDS && go_nearer (self, 1); i++)
    ;
  self->damping = FIRST_DAMPING;
  for (int i = 0; i < TOUCH_UP && go_nearer (self, 0); i++)
    ;
}

/* -- From outside -- */

static void
reach_init (Reach *self)
{
  gsize nv = MAX (self->model->nv, 1), nq = MAX (self->model->nq, 1);
  gsize n = MIN (nv, SG_REACH_MAX_DOFS);

  self->moves = g_new0 (gboolean, nv);
  self->dofs = g_new0 (int, nv);
  self->start = g_memdup2 (self->data->qpos, nq * sizeof (double));
  self->tried = g_new0 (double, nq);
  self->turn = g_new0 (double, nv);
  self->row = g_new0 (double, nv);
  self->points = g_new0 (double, 3 * nv);
  self->normal = g_new0 (double, n *n);
  self->factor = g_new0 (double, n *n);
  self->right = g_new0 (double, n);
  self->answer = g_new0 (double, n);
}

static void
reach_clear (Reach *self)
{
  g_free (self->moves);
  g_free (self->dofs);
  g_free (self->start);
  g_free (self->tried);
  g_free (self->turn);
  g_free (self->row);
  g_free (self->points);
  g_free (self->normal);
  g_free (self->factor);
  g_free (self->right);
  g_free (self->answer);
}

/* (transfer full): of the joints that are elsewhere than they were. */
static GArray *
list_puts (const Reach *self)
{
  static const guint counts[] = { [mjJNT_FREE] = 7, [mjJNT_BALL] = 4, [mjJNT_SLIDE] = 1, [mjJNT_HINGE] = 1 };
  GArray *puts = g_array_new (FALSE, FALSE, sizeof (SgInput));

  for (int joint = 0; joint < self->model->njnt; joint++)
    {
      SgInput input = { SG_INPUT_JOINT, joint, .put = { { 0 } } };
      int at = self->model->jnt_qposadr[joint];
      gsize bytes = counts[self->model->jnt_type[joint]] * sizeof (double);

      if (memcmp (self->start + at, self->data->qpos + at, bytes) == 0)
        continue;
      memcpy (input.put.position, self->data->qpos + at, bytes);
      if (sg_input_is_valid (&input, self->model))
        g_array_append_val (puts, input);
    }
  return puts;
}

GArray *
sg_reach (SgModel *model, mjData *data, const SgPull *grip)
{
  Reach self = { .model = sg_model_get (model), .data = data, .grip = grip };
  g_autofree double *state = g_new (double, mj_stateSize (self.model, mjSTATE_INTEGRATION));
  g_autofree char *fatal = NULL;
  GArray *puts;

  reach_init (&self);
  mj_getState (self.model, data, state, mjSTATE_INTEGRATION);
  if (sg_fatal_catch (reach_cb, &self, &fatal))
    puts = list_puts (&self);
  else
    {
      puts = g_array_new (FALSE, FALSE, sizeof (SgInput));
      mj_resetData (self.model, data);
    }
  mj_setState (self.model, data, state, mjSTATE_INTEGRATION);
  reach_clear (&self);
  return puts;
}
