/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes -> frame. Bytes are hostile: nothing is believed before the check sum, nor after it; any thread, one
 * at a time. */
#include "stream/codec-private.h"
#include "stream/error.h"

struct _SgFrameDecoder
{
  const SgFrameLayout *layout;
  SgChain chain;
  double last_gap;
  SgFrame frame; /* that is being read */
};

/* What is left of the bytes, without their check sum. */
typedef struct
{
  const guint8 *at, *end; /* `at` NULL: something was wrong */
} Source;

SgFrameDecoder *
sg_frame_decoder_new (const SgFrameLayout *layout)
{
  SgFrameDecoder *decoder = g_new (SgFrameDecoder, 1);

  decoder->layout = layout;
  decoder->last_gap = 0;
  sg_chain_init (&decoder->chain, layout);
  sg_frame_init (&decoder->frame, layout);
  return decoder;
}

void
sg_frame_decoder_free (SgFrameDecoder *decoder)
{
  sg_chain_clear (&decoder->chain);
  sg_frame_clear (&decoder->frame);
  g_free (decoder);
}

static guint64
get (Source *source)
{
  guint64 value = 0;

  if (source->at)
    source->at = sg_wire_get (source->at, source->end, &value);
  return value;
}

static double
get_signed (Source *source)
{
  return sg_wire_unzigzag (get (source));
}

static void
need (Source *source, gboolean good)
{
  if (!good)
    source->at = NULL;
}

static guint8
get_byte (Source *source)
{
  if (!source->at || source->at == source->end)
    {
      source->at = NULL;
      return 0;
    }
  return *source->at++;
}

/* Whole numbers that a double tells apart, sums of two as well. */
static void
need_range (Source *source, const double *values, guint n)
{
  for (guint k = 0; k < n; k++)
    need (source, values[k] > -0x1p50 && values[k] < 0x1p50);
}

static void
get_turn (Source *source, SgFrame *frame, guint i)
{
  double *values = frame->values + i * SG_FRAME_VALUES;

  frame->largest[i] = get_byte (source);
  need (source, frame->largest[i] < 4);
  for (guint k = 3; k < SG_FRAME_VALUES; k++)
    values[k] = get_signed (source);
}

static void
get_body (Source *source, const SgFrameLayout *layout, SgFrame *frame, guint i)
{
  double *values = frame->values + i * SG_FRAME_VALUES;

  if (layout->bodies[i].planar)
    {
      values[0] = get_signed (source);
      values[1] = get_signed (source);
      values[2] = get (source);
      need (source, values[2] < layout->n_angles);
    }
  else
    {
      for (guint k = 0; k < 3; k++)
        values[k] = get_signed (source);
      get_turn (source, frame, i);
    }
  need_range (source, values, SG_FRAME_VALUES);
}

static gboolean
fail (SgFrameDecoder *decoder, gboolean gap, const char *what, GError **error)
{
  decoder->chain.begun = FALSE;
  g_set_error_literal (error, SG_STREAM_ERROR, gap ? SG_STREAM_ERROR_GAP : SG_STREAM_ERROR_DAMAGED, what);
  return FALSE;
}

static guint32
get_sum (const guint8 *at, guint n)
{
  guint32 sum = 0;

  for (guint k = 0; k < n; k++)
    sum |= (guint32)at[k] << (8 * k);
  return sum;
}

static gboolean
read_key (SgFrameDecoder *decoder, const guint8 *bytes, gsize size, GError **error)
{
  if (size <= SG_WIRE_KEY_SUM)
    return fail (decoder, FALSE, "a key frame is cut off", error);
  Source source = { bytes + 1, bytes + size - SG_WIRE_KEY_SUM };

  if (get_sum (source.end, SG_WIRE_KEY_SUM) != sg_wire_sum (0, bytes, size - SG_WIRE_KEY_SUM))
    return fail (decoder, FALSE, "the check sum of a key frame is wrong", error);
  guint64 key = get (&source);
  guint64 step = get (&source);
  need (&source, step <= SG_FRAME_MAX_STEP && key <= G_MAXUINT32);
  if (get (&source) != decoder->layout->n_bodies)
    return fail (decoder, FALSE, "a key frame has other bodies than the scene", error);
  decoder->frame.step = step;
  for (guint i = 0; i < decoder->layout->n_bodies && source.at; i++)
    get_body (&source, decoder->layout, &decoder->frame, i);
  if (source.at != source.end)
    return fail (decoder, FALSE, "the bodies of a key frame are wrong", error);
  sg_chain_begin (&decoder->chain, &decoder->frame, key);
  decoder->last_gap = 0;
  return TRUE;
}

static void
expect_body (SgFrameDecoder *decoder, guint i, double factor)
{
  double *values = decoder->frame.values + i * SG_FRAME_VALUES;
  gboolean planar = decoder->layout->bodies[i].planar;

  for (guint k = 0; k < (planar ? 3 : SG_FRAME_VALUES); k++)
    values[k] = sg_chain_expect (&decoder->chain, i, k, factor);
  decoder->frame.largest[i] = decoder->chain.last.largest[i];
}

static void
add_signed (Source *source, double *values, guint n)
{
  for (guint k = 0; k < n; k++)
    values[k] += get_signed (source);
}

static void
get_turned (Source *source, SgFrameDecoder *decoder, guint i)
{
  double *values = decoder->frame.values + i * SG_FRAME_VALUES;

  if (decoder->layout->bodies[i].planar)
    {
      add_signed (source, values + 2, 1);
      return;
    }
  guint64 first = get (source);

  if (first & 1)
    {
      need (source, first == 1);
      get_turn (source, &decoder->frame, i);
      return;
    }
  values[3] += sg_wire_unzigzag (first >> 1);
  add_signed (source, values + 4, 2);
}

static double
whole_turns_off (double angle, double n)
{
  return angle >= 0 && angle < n ? angle : angle - n * floor (angle / n);
}

static void
get_bodies (Source *source, SgFrameDecoder *decoder, SgWireKind kind, double factor)
{
  const SgFrameLayout *layout = decoder->layout;
  guint n_set = kind == SG_WIRE_SOME ? sg_wire_set_size (layout->n_bodies) : 0;
  const guint8 *set = source->at;

  need (source, source->at && (gsize)(source->end - source->at) >= n_set);
  if (source->at)
    source->at += n_set;
  for (guint i = 0; i < layout->n_bodies && source->at; i++)
    {
      double *values = decoder->frame.values + i * SG_FRAME_VALUES;
      guint what = n_set > 0 ? set[i / 4] >> i % 4 * 2 & 3
                             : (kind == SG_WIRE_ALL ? SG_WIRE_PLACE | SG_WIRE_TURN : 0);

      expect_body (decoder, i, factor);
      if (what & SG_WIRE_PLACE)
        add_signed (source, values, layout->bodies[i].planar ? 2 : 3);
      if (what & SG_WIRE_TURN)
        get_turned (source, decoder, i);
      if (layout->bodies[i].planar)
        values[2] = whole_turns_off (values[2], layout->n_angles);
      need_range (source, values, SG_FRAME_VALUES);
    }
}

static gboolean
read_difference (SgFrameDecoder *decoder, const guint8 *bytes, gsize size, GError **error)
{
  if (size <= 1 + SG_WIRE_SUM)
    return fail (decoder, FALSE, "a frame is cut off", error);
  Source source = { bytes + 1, bytes + size - SG_WIRE_SUM };
  guint32 sum = sg_wire_sum (decoder->chain.key, bytes, size - SG_WIRE_SUM) & G_MAXUINT16;

  if (!decoder->chain.begun ||
      ((decoder->chain.ordinal + 1) & SG_WIRE_ORDINAL) != (bytes[0] & SG_WIRE_ORDINAL))
    return fail (decoder, TRUE, "a frame builds on one that is not here", error);
  if (get_sum (source.end, SG_WIRE_SUM) != sum)
    return fail (decoder, FALSE, "the check sum of a frame is wrong", error);
  double gap = decoder->last_gap + get_signed (&source);
  need (&source, gap >= 1 && decoder->chain.last.step + gap <= SG_FRAME_MAX_STEP);
  if (source.at)
    get_bodies (&source, decoder, bytes[0] & SG_WIRE_KIND, sg_chain_factor (&decoder->chain, gap));
  if (source.at != source.end)
    return fail (decoder, FALSE, "the bodies of a frame are wrong", error);
  decoder->frame.step = decoder->chain.last.step + gap;
  sg_chain_go_on (&decoder->chain, &decoder->frame);
  decoder->last_gap = gap;
  return TRUE;
}

const SgFrame *
sg_frame_decoder_read (SgFrameDecoder *decoder, const guint8 *bytes, gsize size, GError **error)
{
  gboolean good;

  if (sg_frame_is_key (bytes, size))
    good = read_key (decoder, bytes, size, error);
  else if (size > 0 && bytes[0] & SG_WIRE_KIND)
    good = read_difference (decoder, bytes, size, error);
  else
    good = fail (decoder, FALSE, "a frame of a kind or version that is not known", error);
  return good ? &decoder->frame : NULL;
}
