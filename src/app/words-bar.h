/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line where words describe or change the mechanism: "moon gravity", "the ball is 2 kg"; and below it
 * what became of them: a chip for each thing that was understood, which can be taken away or changed, and
 * what was not, underlined, with the reason. */
#pragma once

#include <adwaita.h>

#include "pipeline/pipeline.h"

G_BEGIN_DECLS

#define SG_TYPE_WORDS_BAR (sg_words_bar_get_type ())
G_DECLARE_FINAL_TYPE (SgWordsBar, sg_words_bar, SG, WORDS_BAR, AdwBin)

/* Signals: "applied" (const char *)  the person means these words now;
 *          "typed"                   they are others and not applied yet. */
void sg_words_bar_set_words (SgWordsBar *self, const char *words);
const char *sg_words_bar_get_text (SgWordsBar *self); /* as it stands there, applied or not */

/* Goes on with words that were not applied: the cursor at their end. */
void sg_words_bar_set_draft (SgWordsBar *self, const char *draft);

/* Shows what became of the scene's (nullable) words, where those stand in the line. */
void sg_words_bar_set_scene (SgWordsBar *self, SgScene *scene);

G_END_DECLS
