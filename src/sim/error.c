/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sim folder's error domain. */
#include "config.h"

#include "sim/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  sim,
  [SG_SIM_ERROR_DIVERGED] = { "diverged", SG_ERROR_CLASS_SIMULATION,
                              N_ ("The simulation went out of bounds; the message names the body, and the "
                                  "state is the last good one."),
                              N_ ("Make that body heavier or what pulls it weaker, or take smaller steps "
                                  "of time.") },
  [SG_SIM_ERROR_FATAL] = { "fatal", SG_ERROR_CLASS_SIMULATION,
                           N_ ("MuJoCo stopped in a step; the message is its own."),
                           N_ ("Change what the message names, or draw with fewer contacts.") },
  [SG_SIM_ERROR_MEMORY] = { "memory", SG_ERROR_CLASS_RESOURCE,
                            N_ ("There is no memory for the state of the simulation."),
                            N_ ("Close other programs, or simulate fewer bodies.") },
  [SG_SIM_ERROR_STUCK] = { "stuck", SG_ERROR_CLASS_TIMEOUT,
                           N_ ("A step took so long that the run was given up; the scene is at its start."),
                           N_ ("Use fewer contacts, fewer bodies or fewer iterations.") })
