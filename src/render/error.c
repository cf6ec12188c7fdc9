/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The render folder's error domain. */
#include "render/error.h"

SG_DEFINE_ERROR_DOMAIN (render, "context", "shader", "size")
