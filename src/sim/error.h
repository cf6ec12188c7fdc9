/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors of a running simulation. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_SIM_ERROR (sg_sim_error_quark ())

typedef enum
{
  SG_SIM_ERROR_DIVERGED, /* sim.diverged: not a number or a runaway; the message names the body; the state
                            is the last good one */
  SG_SIM_ERROR_FATAL,    /* sim.fatal: MuJoCo raised a fatal error in a step; the message is its text */
  SG_SIM_ERROR_MEMORY,   /* sim.memory: no memory for the state */
  SG_SIM_ERROR_STUCK,    /* sim.stuck: a step took so long that the run was given up; it is at its start */
} SgSimError;

GQuark sg_sim_error_quark (void);
extern const SgErrorDomain sg_sim_error_domain;

G_END_DECLS
