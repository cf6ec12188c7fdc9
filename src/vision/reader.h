/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading one page after another of a drawing that grows: what was found out about strokes is kept, so that a
 * changed page costs what the change can have touched. A reading is the same as that of a fresh reader.
 * Thread-safe: readings queue up, so cancel the older one first.
 */
#pragma once

#include "vision/analyze.h"

G_BEGIN_DECLS

typedef struct _SgReader SgReader;

SgReader *sg_reader_new (void);
SgReader *sg_reader_ref (SgReader *reader);
void sg_reader_unref (SgReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgReader, sg_reader_unref)

/* As sg_analyze_with (). Returns: (transfer full). */
SgReading *sg_reader_read (SgReader *reader,
                           SgPage *page,
                           const SgAnalyzeOptions *options,
                           GCancellable *cancellable,
                           GError **error);

/* The same in a worker. */
void sg_reader_read_async (SgReader *reader,
                           SgPage *page,
                           const SgAnalyzeOptions *options,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
SgReading *sg_reader_read_finish (GAsyncResult *result, GError **error);

/* Whether reading the page would cost little, as most of its parts were read before. */
gboolean sg_reader_knows (SgReader *reader, const SgPage *page);

G_END_DECLS
