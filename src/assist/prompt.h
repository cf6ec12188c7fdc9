/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a language model is told: fixed texts of resources/prompts and, as data beside them, what SimGen knows
 * of the sketch. What was written on the page or typed is in that data and nowhere else, as JSON in which no
 * mark of its end can occur: it is read, never obeyed. Pure; any thread.
 */
#pragma once

#include "physics/spec.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef enum
{
  SG_PROMPT_PROPOSE, /* answered by a proposal (assist/proposal.h) */
  SG_PROMPT_EXPLAIN, /* answered in words */
} SgPrompt;

/* Who the model is to be. (transfer none) */
const char *sg_prompt_get_system (SgPrompt prompt);

/* JSON Schema of the answer; NULL: words. (transfer none) */
const char *sg_prompt_get_schema (SgPrompt prompt);

/* What an answer depends on beside the question: another text or schema is another version. Returns:
 * (transfer full). */
char *sg_prompt_dup_version (SgPrompt prompt);

/* What is asked. All (nullable) but `language` ("en"), in which the answer is wanted. */
typedef struct
{
  const SgReading *reading;
  const SgSpec *spec;
  const char *words;   /* the page's */
  const char *wish;    /* what the person asks for beside them */
  const char *figures; /* lines of what was measured, for EXPLAIN */
  const char *language;
  double offset[2],
    zoom; /* pixel = zoom * (page - offset) of the picture that goes along; zoom 0: none does */
} SgPromptQuestion;

#define SG_PROMPT_MOST_BYTES (96 << 10) /* of the data; what is over it is left out, least telling first */

/* Returns: (transfer full). */
char *sg_prompt_write (SgPrompt prompt, const SgPromptQuestion *question);

G_END_DECLS
