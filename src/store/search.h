/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person types into a search, as an expression for FTS5, and what it found, for show. Pure functions.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_SEARCH_MAX_WORDS 16
#define SG_SEARCH_MAX_WORD 64 /* characters of a word that count */

/* Marks of a snippet around what matched. */
#define SG_SNIPPET_START '\x02'
#define SG_SNIPPET_END '\x03'

/* Finds what has, for each word of `text`, a word that begins so. Only letters and digits count; quotes,
 * operators, signs and emoji part words and mean nothing else; words beyond SG_SEARCH_MAX_WORDS are let go.
 * Any text will do, also one that is not UTF-8. Returns: (transfer full) (nullable): NULL where there is no
 * word in it. */
char *sg_search_expression (const char *text);

/* A snippet as Pango markup, what matched in <b>, or as plain text. Returns: (transfer full). */
char *sg_search_snippet_markup (const char *snippet);
char *sg_search_snippet_plain (const char *snippet);

G_END_DECLS
