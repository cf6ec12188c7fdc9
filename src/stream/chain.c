/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frames so far; any thread, one at a time. */
#include "stream/chain.h"

#include <string.h>

void
sg_chain_init (SgChain *chain, const SgFrameLayout *layout)
{
  *chain = (SgChain){ .layout = layout };
  sg_frame_init (&chain->last, layout);
  chain->motion = g_new0 (double, MAX (layout->n_bodies, 1) * SG_FRAME_VALUES);
}

void
sg_chain_clear (SgChain *chain)
{
  sg_frame_clear (&chain->last);
  g_clear_pointer (&chain->motion, g_free);
}

static void
copy (SgChain *chain, const SgFrame *frame)
{
  guint n = chain->layout->n_bodies;

  chain->last.step = frame->step;
  memcpy (chain->last.values, frame->values, n * SG_FRAME_VALUES * sizeof (double));
  memcpy (chain->last.largest, frame->largest, n);
}

void
sg_chain_begin (SgChain *chain, const SgFrame *frame, guint32 key)
{
  copy (chain, frame);
  memset (chain->motion, 0, chain->layout->n_bodies * SG_FRAME_VALUES * sizeof (double));
  chain->gap = 0;
  chain->key = key;
  chain->ordinal = 0;
  chain->begun = TRUE;
}

void
sg_chain_go_on (SgChain *chain, const SgFrame *frame)
{
  const SgFrameLayout *layout = chain->layout;

  for (guint i = 0; i < layout->n_bodies; i++)
    {
      const double *values = frame->values + i * SG_FRAME_VALUES;
      double *last = chain->last.values + i * SG_FRAME_VALUES, *motion = chain->motion + i * SG_FRAME_VALUES;
      gboolean turned_over = frame->largest[i] != chain->last.largest[i];

      for (guint k = 0; k < SG_FRAME_VALUES; k++)
        motion[k] = turned_over && k >= 3 ? 0 : values[k] - last[k];
      if (layout->bodies[i].planar)
        motion[2] = sg_chain_short_way (motion[2], layout->n_angles);
    }
  chain->gap = frame->step - chain->last.step;
  chain->ordinal++;
  copy (chain, frame);
}
