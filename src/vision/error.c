/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vision folder's error domain. */
#include "vision/error.h"

SG_DEFINE_ERROR_DOMAIN (vision, "image", "too-large", "internal")
