/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sketch folder's error domain. */
#include "sketch/error.h"

SG_DEFINE_ERROR_DOMAIN (sketch, "format", "structure", "number", "too-large", "image")
