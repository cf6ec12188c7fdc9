/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sim folder's error domain. */
#include "sim/error.h"

SG_DEFINE_ERROR_DOMAIN (sim, "diverged", "fatal", "memory")
