/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors of the whole path that belong to no single stage of it. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_PIPELINE_ERROR (sg_pipeline_error_quark ())

typedef enum
{
  SG_PIPELINE_ERROR_UNSUPPORTED, /* pipeline.unsupported: an input of a kind that is not read here */
  SG_PIPELINE_ERROR_NO_PHYSICS,  /* pipeline.no-physics: a page cannot be given the physics: names what lacks
                                 */
} SgPipelineError;

GQuark sg_pipeline_error_quark (void);
extern const SgErrorDomain sg_pipeline_error_domain;

G_END_DECLS
