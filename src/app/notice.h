/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line beside the drawing that says what is wrong or was assumed, and where. */
#pragma once

#include <adwaita.h>

#include "vision/reading.h"

G_BEGIN_DECLS

#define SG_TYPE_NOTICE (sg_notice_get_type ())
G_DECLARE_FINAL_TYPE (SgNotice, sg_notice, SG, NOTICE, AdwBin)

void sg_notice_show (SgNotice *self, const char *text, SgSeverity severity); /* NULL or "": nothing to say */

G_END_DECLS
