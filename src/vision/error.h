/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors of recognition. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_VISION_ERROR (sg_vision_error_quark ())

typedef enum
{
  SG_VISION_ERROR_IMAGE,     /* vision.image: a picture cannot be decoded */
  SG_VISION_ERROR_TOO_LARGE, /* vision.too-large: more pixels than SG_LIMIT_IMAGE_PIXELS */
  SG_VISION_ERROR_INTERNAL,  /* vision.internal: OpenCV raised an exception; the message is its text */
} SgVisionError;

GQuark sg_vision_error_quark (void);
extern const SgErrorDomain sg_vision_error_domain;

G_END_DECLS
