/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pipeline folder's error domain. */
#include "pipeline/error.h"

SG_DEFINE_ERROR_DOMAIN (pipeline, "unsupported")
