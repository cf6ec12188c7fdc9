/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What SimGen and its helpers say to each other: simgen-compile, which meets foreign models, and simgen-pdf,
 * which meets PDFs. A helper is asked by a file in memory on its standard input and answers on its standard
 * output: a byte for each stage that it begins, then one answer of stated length with its checksum. Both ends
 * are of one build on one machine, so numbers are as they lie in memory.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The stages that the helper tells of, by a byte each; an answer follows the last. */
#define SG_HANDOVER_PARSING 'P'
#define SG_HANDOVER_COMPILING 'C'
#define SG_HANDOVER_STEPPING 'S'
#define SG_HANDOVER_DRAWING 'D'
#define SG_HANDOVER_ANSWER 'A'

typedef enum
{
  SG_HANDOVER_MODEL,  /* `first` is MJB, `second` the MJCF as MuJoCo understood it */
  SG_HANDOVER_FAILED, /* `first` is MuJoCo's message, or Poppler's */
  SG_HANDOVER_SLOW,   /* a step takes longer than it may */
  SG_HANDOVER_FATAL,  /* a step met a fatal error; `first` is its message */
  SG_HANDOVER_PAGE,   /* `first` is the page in PNG, `second` how many there are, a guint64 */
  SG_HANDOVER_NONE,   /* there is no such page; `second` as for PAGE */
  SG_HANDOVER_SECRET, /* the PDF asks for a password */
} SgHandoverVerdict;

/* What of the kernel's the helper has locked itself in with. */
typedef enum
{
  SG_HANDOVER_LIMITS = 1 << 0,
  SG_HANDOVER_LANDLOCK = 1 << 1,
  SG_HANDOVER_SECCOMP = 1 << 2,
} SgHandoverLocks;

typedef struct
{
  char magic[8];
  guint64 verdict, locks;
  guint64 first_size, second_size; /* bytes behind this, in this order */
  guint64 checksum;                /* of these bytes */
} SgHandoverAnswer;

#define SG_HANDOVER_REQUEST_MAGIC "SGMODEL1"
#define SG_HANDOVER_ANSWER_MAGIC "SGREADY1"

/* A request for a model is the magic, then the number of parts, then for each its size and its bytes, each
 * with a NUL behind it that is not counted: the text; then name and content of each asset. */

/* A request for a page of a PDF is this, then the PDF. */
#define SG_HANDOVER_PAGE_MAGIC "SGPAGE01"

typedef struct
{
  char magic[8];
  guint64 page; /* from 1 */
} SgHandoverPage;

/* FNV-1a over words of 8 bytes: that what came is what was sent. `sum` is 0 at first. */
guint64 sg_handover_checksum (guint64 sum, const void *data, gsize size);

G_END_DECLS
