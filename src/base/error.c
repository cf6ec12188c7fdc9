/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The base folder's error domain. */
#include "base/error.h"

SG_DEFINE_ERROR_DOMAIN (base, "read", "write", "too-large", "json")
