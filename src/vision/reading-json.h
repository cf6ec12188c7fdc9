/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reading as the JSON of `simgen-cli analyze --json` (contract.md) and as an SVG overlay. */
#pragma once

#include <jansson.h>

#include "sketch/page.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* An object with scale, origin, elements, relations, issues, readings. Returns: (transfer full). */
json_t *sg_reading_to_json (const SgReading *reading);

/* The ink of `page` with outlines, role colours and names of what was read. Returns: (transfer full). */
char *sg_reading_to_svg (const SgReading *reading, const SgPage *page);
char *sg_page_to_svg (const SgPage *page); /* its ink alone */

G_END_DECLS
