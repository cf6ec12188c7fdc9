/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sketch folder's error domain. */
#include "config.h"

#include "sketch/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  sketch,
  [SG_SKETCH_ERROR_FORMAT] = { "format", SG_ERROR_CLASS_VALIDATION,
                               N_ ("The file is not a sketch of SimGen, or one of a version that this "
                                   "program does not read."),
                               N_ ("Open it with a newer SimGen, or choose another file.") },
  [SG_SKETCH_ERROR_STRUCTURE] = { "structure", SG_ERROR_CLASS_VALIDATION,
                                  N_ ("Something in a sketch is missing or of the wrong kind; the message "
                                      "says where."),
                                  N_ ("Mend the sketch there, or save it again from where it came.") },
  [SG_SKETCH_ERROR_NUMBER] = { "number", SG_ERROR_CLASS_VALIDATION,
                               N_ (
                                 "A number in a sketch is outside what it may be; the message says where."),
                               N_ ("Mend the number there.") },
  [SG_SKETCH_ERROR_TOO_LARGE] = { "too-large", SG_ERROR_CLASS_VALIDATION,
                                  N_ ("A sketch has more of something than a limit allows."),
                                  N_ ("Draw less on one page, or use smaller pictures.") },
  [SG_SKETCH_ERROR_IMAGE] = { "image", SG_ERROR_CLASS_VALIDATION,
                              N_ ("A picture is not base64, not what it is said to be, no PNG, JPEG or "
                                  "WebP by its first bytes, or too large."),
                              N_ ("Save the picture as PNG or JPEG, smaller if need be.") },
  [SG_SKETCH_ERROR_PDF] = { "pdf", SG_ERROR_CLASS_VALIDATION,
                            N_ ("A PDF is damaged, is locked or has no such page, or its page needs "
                                "too much memory or time to be drawn; the message says which."),
                            N_ ("Save the page anew from the program that it came from, or as PNG.") },
  [SG_SKETCH_ERROR_NO_PDF] = {
    "no-pdf", SG_ERROR_CLASS_RESOURCE,
    N_ ("The program simgen-pdf, which makes pictures of PDFs' pages, is not there: "
        "this SimGen was made without Poppler."),
    N_ ("Save the page as PNG, or use a SimGen that has Poppler.") })
