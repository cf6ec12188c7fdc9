/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pipeline folder's error domain. */
#include "config.h"

#include "pipeline/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  pipeline,
  [SG_PIPELINE_ERROR_UNSUPPORTED] = { "unsupported", SG_ERROR_CLASS_VALIDATION,
                                      N_ ("An input is of a kind that is not read here."),
                                      N_ ("Give a sketch, a picture, a PhysicsSpec or a model in MJCF or "
                                          "URDF.") },
  [SG_PIPELINE_ERROR_NO_PHYSICS] = {
    "no-physics", SG_ERROR_CLASS_RESOURCE,
    N_ ("The physics for browsers is not installed, or cannot run this scene."),
    N_ ("Export the page without live physics: it shows the run as it was.") })
