/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON that strangers wrote, and deterministic JSON of our own; a thin guard around jansson. A text is
 * scanned for depth and number of values before it is parsed, so that a small file cannot cost gigabytes.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "base/geometry.h"
#include "base/limits.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* Parses one JSON text of `size` bytes. `name` (a file's path, say) begins the message of an error. Errors:
 * base.json with line and column; base.too-large over SG_LIMIT_JSON_DEPTH or SG_LIMIT_JSON_VALUES. Returns:
 * (transfer full). */
json_t *sg_json_parse (const char *name, const char *text, gsize size, GError **error);

/* Reads and parses a file within `limit`. Errors: those of sg_file_read and sg_json_parse.
 * Returns: (transfer full). */
json_t *sg_json_read (const char *path, SgLimitId limit, GError **error);

/* Text of `value`: members in the order they were added, shortest numbers that read back as the same double.
 * `indent` 0 gives one line. Returns: (transfer full), without a line feed at the end. */
char *sg_json_dump (const json_t *value, guint indent);

/* `value` rounded to `digits` behind the point, for output that people and diffs read: 0.1, not
 * 0.10000000000000001. A number that is not finite becomes null. Returns: (transfer full). */
json_t *sg_json_number (double value, int digits);

/* [x, y] with 3 digits behind the point. Returns: (transfer full). */
json_t *sg_json_point (SgPoint p);

/* A finite number from `value`; FALSE where it is none. */
gboolean sg_json_get_number (const json_t *value, double *out);

G_END_DECLS
