/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vision folder's error domain. */
#include "config.h"

#include "vision/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  vision,
  [SG_VISION_ERROR_IMAGE] = { "image", SG_ERROR_CLASS_VISION,
                              N_ ("A picture cannot be decoded."),
                              N_ ("Save the picture anew from where it came.") },
  [SG_VISION_ERROR_TOO_LARGE] = { "too-large", SG_ERROR_CLASS_VISION,
                                  N_ ("A picture has more bytes or pixels than a limit allows."),
                                  N_ ("Make the picture smaller.") },
  [SG_VISION_ERROR_INTERNAL] = { "internal", SG_ERROR_CLASS_VISION,
                                 N_ ("OpenCV failed; the message is its own."),
                                 N_ ("Please report it, with the picture if you can.") })
