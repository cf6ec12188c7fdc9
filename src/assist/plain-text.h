/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a stranger wrote, as text that is safe to show: no control characters, nothing that turns the
 * direction of writing or hides in it, a bounded length. It is shown as plain text always, never as markup.
 * Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* At most `most` characters of `text` (UTF-8), a longer one ends in "…"; white space is one space each, or,
 * where `lines`, line breaks stay, at most two together. Returns: (transfer full), "" where nothing is
 * left. */
char *sg_plain_text (const char *text, guint most, gboolean lines);

#define SG_PLAIN_NAME_MOST 40 /* characters */

/* A name of a thing: letters, digits, and between them spaces, hyphens, underscores, apostrophes; nothing of
 * paths, addresses or markup. Returns: (transfer full) (nullable): no letter and no digit is left. */
char *sg_plain_name (const char *text);

/* Whether most letters of `text` are of a script that `language` ("de", "zh_CN", "en-GB") is written in; TRUE
 * where there are hardly any, and for "C". */
gboolean sg_plain_text_is_in (const char *text, const char *language);

G_END_DECLS
