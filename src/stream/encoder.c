/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frame -> bytes; any thread, one at a time. */
#include <string.h>

#include "stream/codec-private.h"
#include "stream/error.h"

/* Of one body, and of what stands before and behind them all. */
#define MOST_BODY (6 * SG_WIRE_MAX_VARINT + 1)
#define MOST_FRAME (4 * SG_WIRE_MAX_VARINT + SG_FRAME_MAX_BODIES / 4 + SG_WIRE_KEY_SUM)

struct _SgFrameEncoder
{
  const SgFrameLayout *layout;
  SgEncoderOptions options;
  SgChain chain;
  double last_gap; /* steps: that the last difference told */
  guint n_since_key;
  guint32 n_keys;
  gboolean wants_key;
  guint8 buffer[SG_FRAME_BUFFER];
};

SgFrameEncoder *
sg_frame_encoder_new (const SgFrameLayout *layout, SgEncoderOptions options)
{
  SgFrameEncoder *encoder = g_new (SgFrameEncoder, 1);

  encoder->layout = layout;
  encoder->options = options;
  encoder->n_keys = encoder->n_since_key = 0;
  encoder->last_gap = 0;
  encoder->wants_key = TRUE;
  sg_chain_init (&encoder->chain, layout);
  return encoder;
}

void
sg_frame_encoder_free (SgFrameEncoder *encoder)
{
  sg_chain_clear (&encoder->chain);
  g_free (encoder);
}

void
sg_frame_encoder_want_key (SgFrameEncoder *encoder)
{
  encoder->wants_key = TRUE;
}

/* -- Key frames -- */

static guint8 *
put_values (guint8 *to, const double *values, guint n)
{
  for (guint k = 0; k < n; k++)
    to = sg_wire_put (to, sg_wire_zigzag (values[k]));
  return to;
}

static guint8 *
put_turn (guint8 *to, const SgFrame *frame, guint i)
{
  *to++ = frame->largest[i];
  return put_values (to, frame->values + i * SG_FRAME_VALUES + 3, 3);
}

static guint8 *
put_body (guint8 *to, const SgFrameEncoder *encoder, const SgFrame *frame, guint i)
{
  const double *values = frame->values + i * SG_FRAME_VALUES;

  if (!encoder->layout->bodies[i].planar)
    return put_turn (put_values (to, values, 3), frame, i);
  to = put_values (to, values, 2);
  return sg_wire_put (to, values[2]);
}

static guint8 *
put_sum (guint8 *to, guint32 sum, guint n)
{
  for (guint k = 0; k < n; k++)
    *to++ = sum >> (8 * k);
  return to;
}

/* NULL where it does not fit. */
static guint8 *
write_key (SgFrameEncoder *encoder, const SgFrame *frame)
{
  const guint8 *end = encoder->buffer + SG_FRAME_BUFFER - MOST_BODY - MOST_FRAME;
  guint8 *to = encoder->buffer;

  encoder->n_keys++;
  *to++ = SG_WIRE_KEY;
  to = sg_wire_put (to, encoder->n_keys);
  to = sg_wire_put (to, frame->step);
  to = sg_wire_put (to, encoder->layout->n_bodies);
  for (guint i = 0; i < encoder->layout->n_bodies; i++)
    {
      if (to > end)
        return NULL;
      to = put_body (to, encoder, frame, i);
    }
  to = put_sum (to, sg_wire_sum (0, encoder->buffer, to - encoder->buffer), SG_WIRE_KEY_SUM);
  sg_chain_begin (&encoder->chain, frame, encoder->n_keys);
  encoder->last_gap = 0;
  encoder->n_since_key = 0;
  encoder->wants_key = FALSE;
  return to;
}

/* -- Differences -- */

/* What is unlike the expected of a body's values; returns what of it is. */
static inline guint
differ_planar (const SgFrameEncoder *encoder, const SgFrame *frame, guint i, double factor, double *differs)
{
  const double *values = frame->values + i * SG_FRAME_VALUES;

  differs[0] = values[0] - sg_chain_expect (&encoder->chain, i, 0, factor);
  differs[1] = values[1] - sg_chain_expect (&encoder->chain, i, 1, factor);
  differs[2] = sg_chain_short_way (values[2] - sg_chain_expect (&encoder->chain, i, 2, factor),
                                   encoder->layout->n_angles);
  return (differs[0] != 0 || differs[1] != 0 ? SG_WIRE_PLACE : 0) | (differs[2] != 0 ? SG_WIRE_TURN : 0);
}

static inline guint
differ_free (const SgFrameEncoder *encoder, const SgFrame *frame, guint i, double factor, double *differs)
{
  const double *values = frame->values + i * SG_FRAME_VALUES;
  guint what = frame->largest[i] != encoder->chain.last.largest[i] ? SG_WIRE_TURN : 0;

  for (guint k = 0; k < SG_FRAME_VALUES; k++)
    {
      differs[k] = values[k] - sg_chain_expect (&encoder->chain, i, k, factor);
      if (differs[k] != 0)
        what |= k < 3 ? SG_WIRE_PLACE : SG_WIRE_TURN;
    }
  return what;
}

static guint8 *
put_turned (guint8 *to, const SgFrameEncoder *encoder, const SgFrame *frame, guint i, const double *differs)
{
  if (encoder->layout->bodies[i].planar)
    return put_values (to, differs + 2, 1);
  if (frame->largest[i] != encoder->chain.last.largest[i])
    return put_turn (sg_wire_put (to, 1), frame, i);
  to = sg_wire_put (to, sg_wire_zigzag (differs[3]) << 1);
  return put_values (to, differs + 4, 2);
}

/* Writes what differs, and marks it in `set`; returns the end, NULL where it does not fit. `kind` (out). */
static guint8 *
put_differences (
  SgFrameEncoder *encoder, const SgFrame *frame, double factor, guint8 *set, guint8 *to, SgWireKind *kind)
{
  const guint8 *end = encoder->buffer + SG_FRAME_BUFFER - MOST_BODY - MOST_FRAME;
  const SgFrameLayout *layout = encoder->layout;
  guint any = 0, all = SG_WIRE_PLACE | SG_WIRE_TURN;

  for (guint i = 0; i < layout->n_bodies; i++)
    {
      double differs[SG_FRAME_VALUES];
      gboolean planar = layout->bodies[i].planar;
      guint what = planar ? differ_planar (encoder, frame, i, factor, differs)
                          : differ_free (encoder, frame, i, factor, differs);

      if (to > end)
        return NULL;
      if (what & SG_WIRE_PLACE)
        to = put_values (to, differs, planar ? 2 : 3);
      if (what & SG_WIRE_TURN)
        to = put_turned (to, encoder, frame, i, differs);
      set[i / 4] |= what << i % 4 * 2;
      any |= what, all &= what;
    }
  *kind = any == 0 ? SG_WIRE_NONE : all == (SG_WIRE_PLACE | SG_WIRE_TURN) ? SG_WIRE_ALL
                                                                          : SG_WIRE_SOME;
  return to;
}

/* NULL where it does not fit. */
static guint8 *
write_difference (SgFrameEncoder *encoder, const SgFrame *frame, double gap, SgWireKind *kind)
{
  guint n_set = sg_wire_set_size (encoder->layout->n_bodies);
  guint8 *to = encoder->buffer, *set;

  set = put_values (to + 1, (double[]){ gap - encoder->last_gap }, 1);
  memset (set, 0, n_set);
  to = put_differences (encoder, frame, sg_chain_factor (&encoder->chain, gap), set, set + n_set, kind);
  if (!to)
    return NULL;
  encoder->buffer[0] = *kind | ((encoder->chain.ordinal + 1) & SG_WIRE_ORDINAL);
  if (*kind != SG_WIRE_SOME)
    {
      memmove (set, set + n_set, to - set - n_set);
      to -= n_set;
    }
  return put_sum (to, sg_wire_sum (encoder->chain.key, encoder->buffer, to - encoder->buffer), SG_WIRE_SUM);
}

static gboolean
wants_key (const SgFrameEncoder *encoder, const SgFrame *frame)
{
  guint interval = encoder->options.key_interval;

  return encoder->wants_key || frame->step <= encoder->chain.last.step ||
         (interval > 0 && encoder->n_since_key + 1 >= interval);
}

gboolean
sg_frame_encoder_write (
  SgFrameEncoder *encoder, const SgFrame *frame, const guint8 **bytes, gsize *size, GError **error)
{
  double gap = frame->step - encoder->chain.last.step;
  guint8 *end;

  *bytes = encoder->buffer;
  *size = 0;
  if (wants_key (encoder, frame))
    end = write_key (encoder, frame);
  else
    {
      SgWireKind kind;

      end = write_difference (encoder, frame, gap, &kind);
      if (end && kind == SG_WIRE_NONE && gap < encoder->options.quiet_interval)
        return TRUE; /* and nobody has to know */
      if (end)
        {
          sg_chain_go_on (&encoder->chain, frame);
          encoder->last_gap = gap;
          encoder->n_since_key++;
        }
    }
  if (end)
    {
      *size = end - encoder->buffer;
      return TRUE;
    }
  encoder->wants_key = TRUE;
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_TOO_LARGE,
               "a frame of %u bodies takes more than %d bytes", encoder->layout->n_bodies, SG_FRAME_BUFFER);
  return FALSE;
}
