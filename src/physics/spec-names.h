/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names of the spec's enums, in the enums' order: those of the JSON file and stems of default names.
 * NULL-terminated.
 */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

extern const char *const sg_geom_type_names[];
extern const char *const sg_joint_type_names[];
extern const char *const sg_tendon_type_names[];
extern const char *const sg_actuator_type_names[];
extern const char *const sg_sensor_type_names[];
extern const char *const sg_equality_type_names[];
extern const char *const sg_integrator_names[];

G_END_DECLS
