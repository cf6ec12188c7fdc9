/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors of the document and its file. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_SKETCH_ERROR (sg_sketch_error_quark ())

typedef enum
{
  SG_SKETCH_ERROR_FORMAT,    /* sketch.format: not a simgen-sketch, or of a version this program does not read
                           */
  SG_SKETCH_ERROR_STRUCTURE, /* sketch.structure: a member is missing or of the wrong type; the message has
                                its path */
  SG_SKETCH_ERROR_NUMBER,    /* sketch.number: a number is outside what it may be (a coordinate:
                                SG_LIMIT_COORDINATE), or    the part of a stroke that a correction names is
                                empty
                              */
  SG_SKETCH_ERROR_TOO_LARGE, /* sketch.too-large: more strokes, points, pictures, labels, words or
                                corrections, or a larger file, than base/limits.h allows */
  SG_SKETCH_ERROR_IMAGE,     /* sketch.image: not base64, not a PNG, JPEG or WebP by its first bytes, or too
                                large */
  SG_SKETCH_ERROR_PDF,       /* sketch.pdf: not to be read, no such page, or a page that cannot be drawn */
  SG_SKETCH_ERROR_NO_PDF,    /* sketch.no-pdf: the helper that reads PDFs is not there */
} SgSketchError;

GQuark sg_sketch_error_quark (void);
extern const SgErrorDomain sg_sketch_error_domain;

G_END_DECLS
