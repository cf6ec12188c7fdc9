/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The walk over a `.simgen` file's JSON, for the files that read its parts. One walk serves loading, which
 * stops at the first problem, and checking, which gathers them: every function reports what is wrong and
 * where, and goes on with what it can. Internal to sketch.
 */
#pragma once

#include "base/limits.h"
#include "sketch/error.h"
#include "sketch/page.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;    /* the file's, for messages */
  GPtrArray *problems; /* GError */
  guint max_problems;
  GPtrArray *pictures; /* (nullable): GBytes of the images, which then have no "data" */
  SgPageBuilder *builder;
  guint64 n_points; /* over all strokes so far */
  guint64 n_pieces; /* over all corrections so far */
} SgFileReader;

/* Where a value is: a chain on the stack that is written out only for a message. */
typedef struct _SgFilePlace SgFilePlace;
struct _SgFilePlace
{
  const SgFilePlace *parent;
  const char *key; /* a member, or NULL: */
  gsize index;     /* an item of an array */
};

gboolean sg_file_reader_is_full (const SgFileReader *reader); /* nothing more will be reported */
void sg_file_reader_report (SgFileReader *reader,
                            const SgFilePlace *place,
                            SgSketchError code,
                            const char *format,
                            ...) G_GNUC_PRINTF (4, 5);
void sg_file_reader_report_limit (SgFileReader *reader,
                                  const SgFilePlace *place,
                                  SgSketchError code,
                                  SgLimitId limit,
                                  guint64 actual);
const char *sg_file_reader_type_name (const json_t *value); /* "an object" */
gboolean sg_file_reader_require_object (SgFileReader *reader, const SgFilePlace *place, const json_t *value);

gboolean sg_file_reader_number (
  SgFileReader *reader, const SgFilePlace *place, const json_t *value, double min, double max, double *out);
/* A member of `object`; `fallback` where it is absent (NAN: it has to be there). */
gboolean sg_file_reader_number_member (SgFileReader *reader,
                                       const SgFilePlace *object_place,
                                       const json_t *object,
                                       const char *key,
                                       double fallback,
                                       double min,
                                       double max,
                                       double *out);

/* The text of a member, NULL with a report where it is none; `fallback` (nullable: needed) where absent. */
const char *sg_file_reader_text_member (SgFileReader *reader,
                                        const SgFilePlace *object_place,
                                        const json_t *object,
                                        const char *key,
                                        const char *fallback);

/* How many items array `value` has, 0 with a report where it has none or where all such arrays together have
 * more than `most`; `total` counts them. `items` names them. */
gsize sg_file_reader_count_items (SgFileReader *reader,
                                  const SgFilePlace *place,
                                  const json_t *value,
                                  const char *items,
                                  guint64 *total,
                                  SgLimitId most);

/* The members of `object` that are not among `known`, or NULL where there are none. */
json_t *sg_file_reader_unknown_members (const json_t *object, const char *const *known);

/* One value of the `corrections` array, once all other parts are read. */
void sg_file_reader_read_correction (SgFileReader *reader, const SgFilePlace *place, const json_t *value);

G_END_DECLS
