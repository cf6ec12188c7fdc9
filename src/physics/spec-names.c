/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of the spec's enums. */
#include "physics/spec-names.h"

const char *const sg_geom_type_names[] = { "sphere", "capsule", "cylinder", "box",
                                           "ellipsoid", "plane", "prism", NULL };
const char *const sg_joint_type_names[] = { "hinge", "slide", "ball", "free", NULL };
const char *const sg_tendon_type_names[] = { "spring", "rope", NULL };
const char *const sg_actuator_type_names[] = { "motor", "velocity", "force", NULL };
const char *const sg_sensor_type_names[] = { "joint-position",
                                             "joint-velocity",
                                             "actuator-force",
                                             "body-position",
                                             "body-velocity",
                                             "tendon-length",
                                             NULL };
const char *const sg_equality_type_names[] = { "connect", "weld", "joint", NULL };
const char *const sg_integrator_names[] = { "euler", "rk4", "implicit", "implicitfast", NULL };
