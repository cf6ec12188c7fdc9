/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store folder's error domain. */
#include "store/error.h"

SG_DEFINE_ERROR_DOMAIN (
  store, "open", "newer", "sql", "full", "not-found", "corrupt", "busy", "io", "invalid")
