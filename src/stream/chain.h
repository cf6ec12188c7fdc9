/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What encoder and decoder both know of the frames so far, and what they expect of the next one. Both use
 * this file, so that they cannot disagree. Internal to stream.
 *
 * Expected is that a body goes on as between the two frames before: where `gap` steps lay between those and
 * `gap'` lie ahead, v + floor ((v - v0) gap' / gap + 1/2), computed in doubles; an angle's v - v0 is the
 * short way round. After a key frame, and after a gap of more than SG_CHAIN_LONG times the last one, that
 * it stays.
 */
#pragma once

#include "stream/frame.h"

G_BEGIN_DECLS

#define SG_CHAIN_LONG 8

typedef struct
{
  const SgFrameLayout *layout;
  SgFrame last;
  double *motion; /* n_bodies * SG_FRAME_VALUES; last values less those before */
  double gap;     /* steps between the last two; 0 after a key frame */
  guint32 key;    /* number of the key frame that it builds on */
  guint8 ordinal; /* frames since, modulo 256 */
  gboolean begun; /* there was a key frame */
} SgChain;

void sg_chain_init (SgChain *chain, const SgFrameLayout *layout);
void sg_chain_clear (SgChain *chain);

/* What `gap'` is multiplied with: (v - v0) * factor is how far a value goes; 0 where it is to stay. */
static inline double
sg_chain_factor (const SgChain *chain, double gap)
{
  return chain->gap > 0 && gap <= SG_CHAIN_LONG * chain->gap ? gap / chain->gap : 0;
}

/* The value `k` of body `i` that is expected. An angle may be beyond a turn. */
static inline double
sg_chain_expect (const SgChain *chain, guint i, guint k, double factor)
{
  guint at = i * SG_FRAME_VALUES + k;

  return chain->last.values[at] + sg_frame_floor (chain->motion[at] * factor + 0.5);
}

/* `value` less whole turns, in -n/2 up to n/2. */
static inline double
sg_chain_short_way (double value, double n)
{
  if (value >= -n / 2 && value < n / 2)
    return value;
  return value - n * floor (value / n + 0.5);
}

/* The frame is the last one from now on. */
void sg_chain_begin (SgChain *chain, const SgFrame *frame, guint32 key);
void sg_chain_go_on (SgChain *chain, const SgFrame *frame);

G_END_DECLS
