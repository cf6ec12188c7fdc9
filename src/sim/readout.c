/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contacts are put together by pairs of bodies: points come and go from step to step, pairs stay. */
#include "config.h"

#include "sim/readout.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

void
sg_readout_clear (SgReadout *self)
{
  g_clear_pointer (&self->model, sg_model_unref);
  g_free (self->controls);
  g_free (self->settings);
  g_free (self->waves);
  g_free (self->forces);
  g_free (self->sensors);
  g_free (self->equalities);
  g_free (self->positions);
  *self = (SgReadout){ 0 };
}

static void
make_room (SgReadout *self, SgModel *model)
{
  const mjModel *m = sg_model_get (model);

  if (self->model == model)
    return;
  sg_readout_clear (self);
  self->model = sg_model_ref (model);
  self->controls = g_new0 (double, m->nu + 1);
  self->settings = g_new0 (double, m->nu + 1);
  self->waves = g_new0 (SgWave, m->nu + 1);
  self->forces = g_new0 (double, m->nout + 1);
  self->sensors = g_new0 (double, m->nsensordata + 1);
  self->equalities = g_new0 (gboolean, m->neq + 1);
  self->positions = g_new0 (double, m->njnt + 1);
}

static int
body_of (const mjModel *model, int geom)
{
  return geom >= 0 ? model->body_weldid[model->geom_bodyid[geom]] : 0;
}

/* (nullable): the entry of the pair, added in its place where it is new. */
static SgTouch *
find_touch (SgReadout *self, int first, int second)
{
  guint i = 0;

  while (i < self->n_touches && (self->touches[i].bodies[0] < first || (self->touches[i].bodies[0] == first &&
                                                                        self->touches[i].bodies[1] < second)))
    i++;
  if (i < self->n_touches && self->touches[i].bodies[0] == first && self->touches[i].bodies[1] == second)
    return &self->touches[i];
  if (self->n_touches == SG_READOUT_MAX_TOUCHES)
    return NULL;
  memmove (self->touches + i + 1, self->touches + i, (self->n_touches - i) * sizeof (SgTouch));
  self->n_touches++;
  self->touches[i] = (SgTouch){ .bodies = { first, second } };
  return &self->touches[i];
}

static void
add_contact (SgReadout *self, const mjModel *model, const mjData *data, int i)
{
  const mjContact *contact = &data->contact[i];
  int a = body_of (model, contact->geom[0]), b = body_of (model, contact->geom[1]);
  SgTouch *touch = find_touch (self, MIN (a, b), MAX (a, b));
  double force[6];

  if (touch == NULL)
    return;
  mj_contactForce (model, data, i, force);
  double weight = fabs (force[0]) + 1e-9; /* points without force have a middle, too */
  double sum = touch->normal + 1e-9 * touch->n_points;

  for (int k = 0; k < 3; k++)
    touch->at[k] += (contact->pos[k] - touch->at[k]) * weight / (sum + weight);
  touch->normal += force[0];
  touch->friction += hypot (force[1], force[2]);
  touch->n_points++;
}

void
sg_readout_capture (SgReadout *self, SgModel *model, const mjData *data, const SgInputs *inputs)
{
  const mjModel *m = sg_model_get (model);

  make_room (self, model);
  self->time = data->time;
  self->n_contacts = data->ncon;
  self->n_touches = 0;
  for (int i = 0; i < data->ncon; i++)
    add_contact (self, m, data, i);
  memcpy (self->controls, data->ctrl, m->nu * sizeof (double));
  memcpy (self->settings, inputs != NULL ? inputs->control : data->ctrl, m->nu * sizeof (double));
  for (int i = 0; i < m->nu; i++)
    self->waves[i] = inputs != NULL ? inputs->waves[i] : (SgWave){ SG_WAVE_NONE };
  memcpy (self->forces, data->actuator_force, m->nout * sizeof (double));
  memcpy (self->sensors, data->sensordata, m->nsensordata * sizeof (double));
  for (int i = 0; i < m->neq; i++)
    self->equalities[i] = data->eq_active[i];
  for (int i = 0; i < m->njnt; i++)
    if (m->jnt_type[i] == mjJNT_HINGE || m->jnt_type[i] == mjJNT_SLIDE)
      self->positions[i] = data->qpos[m->jnt_qposadr[i]];
  for (int i = 0; i < mjNWARNING; i++)
    self->warnings[i] = data->warning[i].number;
}

const char *
sg_readout_describe_warning (guint warning)
{
  static const char *const meanings[mjNWARNING] = {
    [mjWARN_INERTIA] = N_ ("A body is too light for its shape"),
    [mjWARN_CONTACTFULL] = N_ ("Too many contacts: some are left out"),
    [mjWARN_CNSTRFULL] = N_ ("Too many ties and contacts: some are left out"),
    [mjWARN_BADQPOS] = N_ ("A position went out of all bounds"),
    [mjWARN_BADQVEL] = N_ ("A velocity went out of all bounds"),
    [mjWARN_BADQACC] = N_ ("An acceleration went out of all bounds"),
    [mjWARN_BADCTRL] = N_ ("A motor was told no number"),
  };

  return warning < mjNWARNING && meanings[warning] != NULL ? _ (meanings[warning]) : "";
}
