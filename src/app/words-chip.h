/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thing that the words were understood as: "ball1: mass 2 kg", with a button that takes it away. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SG_TYPE_WORDS_CHIP (sg_words_chip_get_type ())
G_DECLARE_FINAL_TYPE (SgWordsChip, sg_words_chip, SG, WORDS_CHIP, AdwBin)

/* Signals: "chosen"   its words are to be changed;
 *          "removed"  it is to be taken away. */
GtkWidget *sg_words_chip_new (void);

/* `begin`, `end`: bytes of the words that it came from. */
void sg_words_chip_show (SgWordsChip *self, const char *text, guint begin, guint end);
void sg_words_chip_get_span (SgWordsChip *self, guint *begin, guint *end);

G_END_DECLS
