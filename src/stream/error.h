/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors of frames as bytes. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_STREAM_ERROR (sg_stream_error_quark ())

typedef enum
{
  SG_STREAM_ERROR_TOO_LARGE,  /* stream.too-large: more bodies, or a larger frame, than fit; says how many */
  SG_STREAM_ERROR_RANGE,      /* stream.range: a body is too far away to be written, or nowhere */
  SG_STREAM_ERROR_DAMAGED,    /* stream.damaged: bytes that no encoder writes; says where */
  SG_STREAM_ERROR_READ,       /* stream.read: the system's own words */
  SG_STREAM_ERROR_WRITE,      /* stream.write: the system's own words; what was written stays */
  SG_STREAM_ERROR_GAP,        /* stream.gap: a frame builds on one that did not come: ask for a key frame */
  SG_STREAM_ERROR_SHARE,      /* stream.share: a run cannot be shared there; says why */
  SG_STREAM_ERROR_NO_ENCODER, /* stream.no-encoder: a film cannot be made here; names what to install */
  SG_STREAM_ERROR_ENCODER,    /* stream.encoder: making a film failed; the encoder's own words */
} SgStreamError;

GQuark sg_stream_error_quark (void);
extern const SgErrorDomain sg_stream_error_domain;

G_END_DECLS
