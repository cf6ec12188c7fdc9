/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The physics folder's error domain. */
#include "physics/error.h"

SG_DEFINE_ERROR_DOMAIN (physics,
                        "structure",
                        "bad-number",
                        "bad-body",
                        "bad-geom",
                        "bad-joint",
                        "bad-tendon",
                        "bad-actuator",
                        "bad-sensor",
                        "bad-equality",
                        "bad-reference",
                        "duplicate-name",
                        "parent-loop",
                        "too-large",
                        "words",
                        "mjcf",
                        "library")
