/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stream folder's error domain. */
#include "config.h"

#include "stream/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  stream,
  [SG_STREAM_ERROR_TOO_LARGE] = { "too-large", SG_ERROR_CLASS_STREAM,
                                  N_ ("A scene has more moving bodies than a frame has room for."),
                                  N_ ("Record or share a scene with fewer bodies.") },
  [SG_STREAM_ERROR_RANGE] = { "range", SG_ERROR_CLASS_STREAM,
                              N_ ("A body is too far away to be recorded, or nowhere at all."),
                              N_ ("Give the drawing ground or walls that keep it together.") },
  [SG_STREAM_ERROR_DAMAGED] = { "damaged", SG_ERROR_CLASS_STREAM,
                                N_ ("A recorded or shared frame is damaged; the message says where."),
                                N_ ("Record it anew, or take an undamaged copy of the file.") },
  [SG_STREAM_ERROR_READ] = { "read", SG_ERROR_CLASS_RESOURCE, N_ ("A recording cannot be read."),
                             N_ ("See whether the file is there and may be read.") },
  [SG_STREAM_ERROR_WRITE] = { "write", SG_ERROR_CLASS_RESOURCE,
                              N_ ("A recording cannot be written on; what was recorded is kept."),
                              N_ ("Make room on the disk, or record to another folder.") },
  [SG_STREAM_ERROR_GAP] = { "gap", SG_ERROR_CLASS_STREAM, N_ ("A frame builds on one that did not arrive."),
                            N_ ("Nothing is to be done: the next key frame makes it good.") },
  [SG_STREAM_ERROR_SHARE] = { "share", SG_ERROR_CLASS_RESOURCE,
                              N_ ("A run cannot be shared at that address, port or token."),
                              N_ ("Leave them out: free ones are found.") },
  [SG_STREAM_ERROR_NO_ENCODER] = { "no-encoder", SG_ERROR_CLASS_RESOURCE,
                                   N_ ("What makes a film of this kind is not installed."),
                                   N_ ("Install what the message names, or make a GIF or an animated PNG.") },
  [SG_STREAM_ERROR_ENCODER] = { "encoder", SG_ERROR_CLASS_STREAM,
                                N_ ("Making a film failed; the message is the encoder's own."),
                                N_ ("Try a smaller size, or another kind of file.") })
