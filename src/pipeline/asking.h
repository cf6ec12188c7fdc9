/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that a language model would be told of a sketch, made ready to be looked at first: the text and the
 * picture that consent is asked for are the ones that are sent, byte by byte. Immutable, reference-counted,
 * any thread; making one takes longer than a frame, so the app has the _async form.
 */
#pragma once

#include <gio/gio.h>

#include "assist/assist.h"
#include "assist/prompt.h"
#include "pipeline/pipeline.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  SgPrompt prompt;
  SgPage *page;
  SgReading *reading; /* as `page` is read; empty where that is not known */
  SgCache *cache;     /* (nullable) */
  char *text;         /* what is told beside the prompt */
  GBytes *picture;    /* (nullable) PNG: ink, pictures and what was read of them, with ids */
  char *version;
  char *language; /* "en" */
} SgAsking;

typedef struct
{
  SgPrompt prompt;
  SgPage *page;
  SgReading *reading;  /* (nullable) */
  const SgSpec *spec;  /* (nullable) */
  const char *wish;    /* (nullable): what the person asks for beside the words of the page */
  const char *figures; /* (nullable): what was measured */
  guint picture_side;  /* pixels of the longer side, at most; 0: no picture */
  SgCache *cache;      /* (nullable): for trying what is answered */
} SgAskingOptions;

/* In the language of the messages. Returns: (transfer full). */
SgAsking *sg_asking_new (const SgAskingOptions *options);
SgAsking *sg_asking_ref (SgAsking *asking);
void sg_asking_unref (SgAsking *asking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgAsking, sg_asking_unref)

/* In a worker; the options are copied. */
void sg_asking_new_async (const SgAskingOptions *options,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
SgAsking *sg_asking_new_finish (GAsyncResult *result, GError **error);

/* The question as it is asked: a proposal is tried (pipeline/trial.h) by its check. It borrows from `asking`,
 * which the check holds besides until the question is over. */
void sg_asking_get_question (SgAsking *asking, SgAssistQuestion *question);

G_END_DECLS
