/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The largest inputs that SimGen accepts, and how often it asks or answers: one table, from which the code
 * has its numbers (SG_LIMIT_IMAGE_BYTES), and the command line, the manual page and the settings their lists.
 * Over a limit is an error that names the limit and both figures, never a crash.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_LIMIT_UNIT_BYTES,
  SG_LIMIT_UNIT_PIXELS,
  SG_LIMIT_UNIT_CHARACTERS,
  SG_LIMIT_UNIT_COUNT,
  SG_LIMIT_UNIT_PAGE_UNITS,
  SG_LIMIT_UNIT_SECONDS,
  SG_LIMIT_UNIT_DAYS,
} SgLimitUnit;

/* Identifier, stable name, value, unit, of what. */
#define SG_LIMITS(X)                                                                                         \
  X (SKETCH_BYTES, "sketch-bytes", 64 << 20, BYTES, N_ ("a sketch's file, its pictures included"))           \
  X (SPEC_BYTES, "spec-bytes", 5 << 20, BYTES, N_ ("a PhysicsSpec in JSON"))                                 \
  X (MJCF_BYTES, "mjcf-bytes", 5 << 20, BYTES, N_ ("a text in MJCF"))                                        \
  X (IMAGE_BYTES, "image-bytes", 10 << 20, BYTES, N_ ("a picture's file"))                                   \
  X (IMAGE_PIXELS, "image-pixels", 40000000, PIXELS, N_ ("a picture, decoded"))                              \
  X (PDF_BYTES, "pdf-bytes", 64 << 20, BYTES, N_ ("a PDF that a page is taken from"))                        \
  X (PDF_SECONDS, "pdf-seconds", 10, SECONDS, N_ ("how long a page of a PDF may take to be drawn"))          \
  X (IMAGES, "images", 32, COUNT, N_ ("pictures on a page"))                                                 \
  X (STROKES, "strokes", 20000, COUNT, N_ ("strokes on a page"))                                             \
  X (POINTS, "points", 500000, COUNT, N_ ("points of all strokes of a page"))                                \
  X (LABELS, "labels", 2000, COUNT, N_ ("labels on a page"))                                                 \
  X (CORRECTIONS, "corrections", 2000, COUNT, N_ ("corrections of a page"))                                  \
  X (CORRECTED_PIECES, "corrected-pieces", 100000, COUNT,                                                    \
     N_ ("pieces of ink in all corrections of a page"))                                                      \
  X (MARKS, "marks", 2000, COUNT, N_ ("marks on a page that are understood together"))                       \
  X (COORDINATE, "coordinate", 1000000, PAGE_UNITS, N_ ("how far left, right, up or down a point lies"))     \
  X (SCALE, "scale", 1000000, PAGE_UNITS,                                                                    \
     N_ ("how long a metre is on a page; at least a part in as many"))                                       \
  X (WORDS, "words", 10000, CHARACTERS, N_ ("words, a title or a label"))                                    \
  X (MODEL_FILES, "model-files", 1000, COUNT, N_ ("files of a model that another program wrote"))            \
  X (MODEL_FILE_BYTES, "model-file-bytes", 64 << 20, BYTES, N_ ("a mesh or another file of a model"))        \
  X (MODEL_BYTES, "model-bytes", 256 << 20, BYTES, N_ ("all files of a model together"))                     \
  X (MODEL_ELEMENTS, "model-elements", 100000, COUNT,                                                        \
     N_ ("elements of a model's text, repeated ones too"))                                                   \
  X (MODEL_DEPTH, "model-depth", 256, COUNT, N_ ("levels of a model's text"))                                \
  X (MODEL_ATTRIBUTES, "model-attributes", 128, COUNT, N_ ("attributes of an element of a model's text"))    \
  X (MODEL_BODIES, "model-bodies", 2000, COUNT, N_ ("bodies of a model, a soft body's points too"))          \
  X (MODEL_PARTS, "model-parts", 16000, COUNT,                                                               \
     N_ ("shapes, joints or other parts of one kind in a model"))                                            \
  X (MODEL_FACES, "model-faces", 200000, COUNT, N_ ("points or faces of a mesh"))                            \
  X (MODEL_TEXELS, "model-texels", 16 << 20, PIXELS, N_ ("a texture or a field of heights"))                 \
  X (MODEL_MEMORY, "model-memory", 1 << 30, BYTES, N_ ("the memory that a model and its state need"))        \
  X (COMPILE_SECONDS, "compile-seconds", 10, SECONDS, N_ ("how long a model may take to be made ready"))     \
  X (BODIES, "bodies", 2000, COUNT, N_ ("bodies of a PhysicsSpec"))                                          \
  X (PARTS, "parts", 16000, COUNT, N_ ("shapes, joints or other parts of one kind in a PhysicsSpec"))        \
  X (SPEC_PARTS, "spec-parts", 128000, COUNT, N_ ("parts of all kinds in the file of a PhysicsSpec"))        \
  X (JSON_DEPTH, "json-depth", 64, COUNT, N_ ("levels of a JSON text"))                                      \
  X (JSON_VALUES, "json-values", 4000000, COUNT, N_ ("values in a JSON text"))                               \
  X (SIMULATED_SECONDS, "simulated-seconds", 100000, SECONDS, N_ ("a run without a window"))                 \
  X (TABLE_BYTES, "table-bytes", 256 << 20, BYTES, N_ ("a run's table of what moved"))                       \
  X (RECORDING_BYTES, "recording-bytes", 1 << 30, BYTES, N_ ("a recording's file"))                          \
  X (SHARE_GUESTS, "share-guests", 64, COUNT, N_ ("guests of a shared run"))                                 \
  X (SHARE_CONNECTIONS, "share-connections", 256, COUNT,                                                     \
     N_ ("connections to a shared run, half from a peer"))                                                   \
  X (SHARE_MESSAGE_BYTES, "share-message-bytes", 4096, BYTES,                                                \
     N_ ("what a guest of a shared run says at once"))                                                       \
  X (SHARE_MESSAGES, "share-messages-a-second", 100, COUNT,                                                  \
     N_ ("how often a guest says something in a second"))                                                    \
  X (ANSWER_BYTES, "answer-bytes", 256 << 10, BYTES, N_ ("a language model's answer, and each piece of it")) \
  X (ANSWER_STREAM_BYTES, "answer-stream-bytes", 8 << 20, BYTES, N_ ("all that comes with such an answer"))  \
  X (OPERATIONS, "operations", 64, COUNT, N_ ("changes that a language model proposes at once"))             \
  X (RECORDINGS_BYTES, "recordings-bytes", 1 << 30, BYTES, N_ ("all recordings that are kept with runs"))    \
  X (RENDER_SIDE, "render-side", 8192, PIXELS, N_ ("a side of a rendered picture"))                          \
  X (REQUESTS_A_MINUTE, "requests-a-minute", 60, COUNT, N_ ("requests of or to one peer in a minute"))       \
  X (REQUESTS_AN_HOUR, "requests-an-hour", 600, COUNT, N_ ("requests of or to one peer in an hour"))         \
  X (REQUEST_BURST, "request-burst", 10, COUNT, N_ ("requests of or to one peer at once"))                   \
  X (REQUEST_COOLDOWN, "request-cooldown", 10, SECONDS, N_ ("how long a peer that asked too fast waits"))    \
  X (REQUEST_PEERS, "request-peers", 1024, COUNT, N_ ("peers that are counted at a time"))                   \
  X (LOG_EVENTS, "log-events", 256, COUNT, N_ ("last events that a report tells"))                           \
  X (METRICS_DAYS, "metrics-days", 30, DAYS, N_ ("how long figures about SimGen itself are kept"))

/* The values: SG_LIMIT_IMAGE_BYTES. */
#define SG_LIMIT_ENUM_VALUE(id, name, value, unit, what) SG_LIMIT_##id = (value),
enum
{
  SG_LIMITS (SG_LIMIT_ENUM_VALUE)
};

/* The rows: SG_LIMIT_ID_IMAGE_BYTES. */
#define SG_LIMIT_ENUM_ROW(id, name, value, unit, what) SG_LIMIT_ID_##id,
typedef enum
{
  SG_LIMITS (SG_LIMIT_ENUM_ROW) SG_N_LIMITS
} SgLimitId;

typedef struct
{
  const char *name; /* "image-bytes" */
  gint64 value;
  SgLimitUnit unit;
  const char *what; /* untranslated: "a picture's file" */
} SgLimit;

const SgLimit *sg_limit_get (SgLimitId id);
const char *sg_limit_unit_name (SgLimitUnit unit); /* "bytes"; stable */

/* A figure of this limit's kind as people read it: "10485760 bytes (10 MiB)". Returns: (transfer full). */
char *sg_limit_format (SgLimitId id, guint64 figure);

/* What is wrong with a figure over the limit, for errors that say where by themselves: "10485761 bytes, over
 * the limit of 10485760 bytes (10 MiB) for a picture's file (image-bytes)". Returns: (transfer full). */
char *sg_limit_dup_problem (SgLimitId id, guint64 actual);

/* The same as details of the error that was just set: limit, most, actual. */
void sg_limit_add_details (GError **error, SgLimitId id, guint64 actual);

/* TRUE where `actual` is within the limit; else FALSE with an error of `domain` and `code` that says so,
 * after `place` (nullable), where it was found. */
gboolean sg_limit_check (
  SgLimitId id, guint64 actual, const char *place, GQuark domain, int code, GError **error);

/* The same for the characters of a text, which is UTF-8 (other scripts have as much room). */
gboolean sg_limit_check_text (
  SgLimitId id, const char *text, const char *place, GQuark domain, int code, GError **error);

G_END_DECLS
