/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state is mjSTATE_INTEGRATION. Most of it is zero most of the time: forces that nobody applies, out of
 * plane and at rest. */
#include "sim/keyframe.h"

#include <string.h>

/* Negative zero is not nothing: it is kept. */
static gboolean
is_zero (double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  return bits == 0;
}

static void
pack (SgKeyframe *keyframe, const double *numbers, guint n)
{
  gsize n_mask = (n + 7) / 8;
  guint8 *at;

  keyframe->n_packed = n_mask;
  for (guint i = 0; i < n; i++)
    keyframe->n_packed += is_zero (numbers[i]) ? 0 : sizeof (double);
  keyframe->packed = g_malloc0 (keyframe->n_packed);
  at = keyframe->packed + n_mask;
  for (guint i = 0; i < n; i++)
    if (!is_zero (numbers[i]))
      {
        keyframe->packed[i / 8] |= 1u << i % 8;
        memcpy (at, &numbers[i], sizeof (double));
        at += sizeof (double);
      }
}

static void
unpack (const SgKeyframe *keyframe, double *numbers, guint n)
{
  const guint8 *at = keyframe->packed + (n + 7) / 8;

  memset (numbers, 0, n * sizeof (double));
  for (guint i = 0; i < n; i++)
    if (keyframe->packed[i / 8] & 1u << i % 8)
      {
        memcpy (&numbers[i], at, sizeof (double));
        at += sizeof (double);
      }
}

SgKeyframe
sg_keyframe_take (SgModel *shared, const mjData *data, const SgInputs *inputs)
{
  const mjModel *model = sg_model_get (shared);
  guint size = mj_stateSize (model, mjSTATE_INTEGRATION);
  g_autofree double *state = g_new (double, size);
  SgKeyframe keyframe = { .model = sg_model_ref (shared), .time = data->time };

  sg_inputs_copy (&keyframe.inputs, inputs);
  mj_getState (model, data, state, mjSTATE_INTEGRATION);
  pack (&keyframe, state, size);
  return keyframe;
}

void
sg_keyframe_clear (SgKeyframe *keyframe)
{
  g_clear_pointer (&keyframe->model, sg_model_unref);
  g_clear_pointer (&keyframe->packed, g_free);
  sg_inputs_clear (&keyframe->inputs);
}

void
sg_keyframe_restore (const SgKeyframe *keyframe, mjData *data, SgInputs *inputs)
{
  const mjModel *model = sg_model_get (keyframe->model);
  guint size = mj_stateSize (model, mjSTATE_INTEGRATION);
  g_autofree double *state = g_new (double, size);

  unpack (keyframe, state, size);
  mj_setState (model, data, state, mjSTATE_INTEGRATION);
  sg_inputs_copy (inputs, &keyframe->inputs);
}

gsize
sg_keyframe_get_bytes (const SgKeyframe *keyframe)
{
  return sizeof *keyframe + keyframe->n_packed + sg_inputs_get_bytes (&keyframe->inputs);
}
