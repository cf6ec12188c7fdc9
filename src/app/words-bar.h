/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line where words describe or change the mechanism: "moon gravity", "the ball is 2 kg". */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SG_TYPE_WORDS_BAR (sg_words_bar_get_type ())
G_DECLARE_FINAL_TYPE (SgWordsBar, sg_words_bar, SG, WORDS_BAR, AdwBin)

/* Signals: "applied" (const char *)  the person means these words now;
 *          "typed"                   they are others and not applied yet. */
void sg_words_bar_set_words (SgWordsBar *self, const char *words);
const char *sg_words_bar_get_text (SgWordsBar *self); /* as it stands there, applied or not */

/* Goes on with words that were not applied: the cursor at their end. */
void sg_words_bar_set_draft (SgWordsBar *self, const char *draft);

G_END_DECLS
