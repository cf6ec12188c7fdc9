/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frames as bytes. A key frame stands alone; a difference holds what is unlike what both sides expect of
 * the frames before it (stream/chain.h). Numbers are varints: LEB128, seven bits a byte, the lowest first,
 * eight bytes at most; signed ones (s) in zigzag order. Fixed ones are little-endian.
 *
 * Key frame                                Difference
 *   u8   0x01: a key frame, version 1        u8   64 of some bodies, 128 of all, 192 of none;
 *   v    number of the key frame, from 1          + frames since the key frame, modulo 64
 *   v    step since the start                s    steps since the frame before, less those before that
 *   v    bodies                              bits (64) bit i mod 4 * 2 of byte i / 4: the place of body i
 *                                                 differs; the next one: it is turned otherwise; rest 0
 *   body by body                             body by body
 *     planar: s x, s z,                        place:  s x, s y (not planar), s z
 *             v angle                          turned: planar s angle, the short way
 *     else:   s x, s y, s z,                           else   v 2 zigzag (a) + whether another component
 *             u8 largest (0 w .. 3 z),                        is the largest, s b, s c; where it is, this
 *             s a, s b, s c                                   is a mere v 1, and u8 largest, s a, s b, s c
 *                                                             follow as in a key frame
 *   u32  CRC-32 of all before                u16  low half of the CRC-32 of all before, which goes on
 *                                                 from the number of the key frame
 *
 * What differs is the value less the expected one; where none of a place, or of how a body is turned,
 * differs, it is left out. A byte of more than 63 that is first is a difference's. Which bodies there are,
 * and the units, are those of the layout (stream/frame.h). Encoder and decoder allocate nothing a frame.
 */
#pragma once

#include "stream/frame.h"

G_BEGIN_DECLS

#define SG_FRAME_BUFFER (128 << 10) /* bytes of a frame at most */

typedef struct
{
  guint key_interval;   /* frames from key frame to key frame; 0: only where asked for */
  guint quiet_interval; /* steps for which nothing is written while all is as expected; 0: always something */
} SgEncoderOptions;

typedef struct _SgFrameEncoder SgFrameEncoder;

/* One for each receiver: it writes what that one does not know. The layout must outlive it. One thread at a
 * time. */
SgFrameEncoder *sg_frame_encoder_new (const SgFrameLayout *layout, SgEncoderOptions options);
void sg_frame_encoder_free (SgFrameEncoder *encoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgFrameEncoder, sg_frame_encoder_free)

/* The next frame is a key frame: the receiver lost one, or is to begin anew. */
void sg_frame_encoder_want_key (SgFrameEncoder *encoder);

/* Writes the frame, which the receiver must get, and after all before it. `bytes` (transfer none) are valid
 * until the next call; no bytes (`size` 0) where there is nothing to tell. A step before the last one makes a
 * key frame. Errors: stream.too-large, after which the next one is a key frame. */
gboolean sg_frame_encoder_write (
  SgFrameEncoder *encoder, const SgFrame *frame, const guint8 **bytes, gsize *size, GError **error);

typedef struct _SgFrameDecoder SgFrameDecoder;

SgFrameDecoder *sg_frame_decoder_new (const SgFrameLayout *layout);
void sg_frame_decoder_free (SgFrameDecoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgFrameDecoder, sg_frame_decoder_free)

/* (transfer none): the frame of these bytes, until the next call. NULL with stream.damaged, or stream.gap
 * where it does not build on the last one; after either only a key frame can be read. */
const SgFrame *
sg_frame_decoder_read (SgFrameDecoder *decoder, const guint8 *bytes, gsize size, GError **error);

/* Whether the bytes are a key frame, as far as their first one tells. */
static inline gboolean
sg_frame_is_key (const guint8 *bytes, gsize size)
{
  return size > 0 && bytes[0] == 0x01;
}

G_END_DECLS
