/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a mark that a person points at to the correction that names it, and from there to an edit of the page:
 *
 *   SgCorrection *now = sg_correct_element (scene->page, scene->reading, element);
 *   SgCorrection *next = sg_correction_with_role (now, "fixed");
 *   sg_edit_correct (edit, sg_journal_get_page (journal), next);
 *
 * `page` is always the one that `reading` was read from. Main thread or any other.
 */
#pragma once

#include "sketch/journal.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* The correction that holds for the element, or a bare one that names its ink. NULL where it has no ink of
 * the page. Returns: (transfer full). */
SgCorrection *sg_correct_element (const SgPage *page, const SgReading *reading, guint element);

/* The element that a correction of the same ink is about, -1 where none: finds a mark again after the page
 * was read anew. Of several that share ink, the one that shares most. */
int sg_correct_find (const SgPage *page, const SgReading *reading, const SgCorrection *mark);

/* What makes one mark of several, on the page as it is now. Of what was said of them before, what the first
 * of them said of its kind and role goes, properties stay. (transfer full) */
SgEdit *sg_correct_merge (
  const SgPage *page, const SgReading *reading, const guint *elements, guint n, const SgPage *now);

/* What makes several marks of one: cut where the ink is nearest to `at`, or, where `at` is NULL, stroke by
 * stroke, a single stroke at its corners. NULL where there is nothing to split. (transfer full) */
SgEdit *sg_correct_split (
  const SgPage *page, const SgReading *reading, guint element, const SgPoint *at, const SgPage *now);

/* Whether sg_correct_split without a place would find something. */
gboolean sg_correct_can_split (const SgPage *page, const SgReading *reading, guint element);

/* What takes back all that was said of the element's strokes, the other parts of a cut stroke included: the
 * recogniser's reading holds again. */
SgEdit *sg_correct_reset (const SgReading *reading, guint element, const SgPage *now);

G_END_DECLS
