/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A helper program of ours that meets hostile input in SimGen's place: started for one request, locked in,
 * heard until it answers or its time is over. Blocking; any thread.
 */
#pragma once

#include <gio/gio.h>

#include "base/handover.h"

G_BEGIN_DECLS

typedef enum
{
  SG_HELPER_ANSWERED,  /* whole and undamaged */
  SG_HELPER_ENDED,     /* without an answer: `signal`, or else `status`, says how */
  SG_HELPER_LATE,      /* ended by us as its time was over */
  SG_HELPER_NONSENSE,  /* more than it said, or less, or something else */
  SG_HELPER_CANCELLED, /* ended by us */
} SgHelperOutcome;

/* What came of one run. */
typedef struct
{
  SgHelperOutcome outcome;
  char stage; /* the last that it began; 0: none */
  int signal, status;
  SgHandoverAnswer header;      /* where it answered */
  const guint8 *first, *second; /* header.first_size and .second_size bytes, of `bytes` */
  GByteArray *bytes;            /* all that came behind the stages */
} SgHelperAnswer;

void sg_helper_answer_clear (SgHelperAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SgHelperAnswer, sg_helper_answer_clear)

/* A request: a file in memory, so that neither end waits for the other to read. -1 or FALSE: errno says why.
 * What is written is sealed before it is handed over. */
int sg_helper_request_new (const char *name);
gboolean sg_helper_request_write (int request, const void *data, gsize size);
gboolean sg_helper_request_seal (int request);

/* Whether this program is there to be run. */
gboolean sg_helper_is_there (const char *program);

/* Runs `program` of libexec, or of the build folder where SimGen runs from there, takes `request`, and hears
 * it for `seconds` at most. An answer's two texts have `most` bytes each at most. FALSE where it could not be
 * started, with the error of GSubprocess; else `answer` is filled. */
gboolean sg_helper_run (const char *program,
                        int request,
                        double seconds,
                        guint64 most,
                        GCancellable *cancellable,
                        SgHelperAnswer *answer,
                        GError **error);

G_END_DECLS
