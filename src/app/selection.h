/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of a page that are selected: strokes, pictures and labels, by identity. A plain struct of the main
 * thread; it keeps the page whose parts it names.
 */
#pragma once

#include "render/page-paint.h"
#include "sketch/journal.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct _SgSelection SgSelection;

SgSelection *sg_selection_new (void);
void sg_selection_free (SgSelection *selection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgSelection, sg_selection_free)

/* The page as it is now; what is no longer on it is no longer selected. */
void sg_selection_set_page (SgSelection *selection, SgPage *page);

void sg_selection_clear (SgSelection *selection);
void sg_selection_add (SgSelection *selection, gpointer part); /* of its page; else nothing happens */
void sg_selection_add_all (SgSelection *selection);
gboolean sg_selection_is_empty (const SgSelection *selection);
gboolean sg_selection_contains (const SgSelection *selection, gconstpointer part);
SgRect sg_selection_get_bounds (const SgSelection *selection); /* page units */

/* Adds what lies within `reach` of `at`: a label, else a stroke with the others of its mark in `reading`
 * (nullable), else a picture. Returns whether there was anything. */
gboolean
sg_selection_add_at (SgSelection *selection, SgPoint at, double reach, const SgReading *reading);

/* An element of the page's reading, by all its ink or its label. */
void sg_selection_add_mark (SgSelection *selection, const SgElement *element);
gboolean sg_selection_contains_mark (const SgSelection *selection, const SgElement *element);

/* The element drawn in ink that is selected, all of it and nothing else; -1 where that is not
 * so. */
int sg_selection_get_mark (const SgSelection *selection, const SgReading *reading);

/* Adds every part that lies wholly in `box`, or as good as in the loop: most of a stroke's points, the middle
 * of a picture or label. */
void sg_selection_add_inside (SgSelection *selection, SgRect box);
void sg_selection_add_in_loop (SgSelection *selection, const SgPoint *loop, guint n);

/* What a drag does to the selection: turns it by `angle` (radians, from +x towards +y) and enlarges it about
 * a point, then moves it. */
typedef struct
{
  SgPoint about;
  double scale, angle;
  SgPoint by;
} SgTransform;

#define SG_TRANSFORM_NONE ((SgTransform){ { 0, 0 }, 1, 0, { 0, 0 } })

SgPoint sg_transform_point (const SgTransform *transform, SgPoint p);
/* A picture stays upright, about where its middle goes. */
SgRect sg_transform_upright (const SgTransform *transform, SgRect rect);
gboolean sg_transform_is_none (const SgTransform *transform);

/* What deleting or transforming the selection does to the page; the transformed parts are selected instead.
 * Pens and letters keep their size. (transfer full). */
SgEdit *sg_selection_delete (const SgSelection *selection);
SgEdit *sg_selection_transform (SgSelection *selection, const SgTransform *transform);

/* The selected parts as a page of their own (transfer full), and all parts of a page put onto this one, moved
 * `by` and selected (transfer full). Duplicates are both. */
SgPage *sg_selection_dup_page (const SgSelection *selection);
SgEdit *sg_selection_add_page (SgSelection *selection, const SgPage *parts, SgPoint by);

/* Where a label's text is drawn, page units; its width is estimated, for there are no fonts here. */
SgRect sg_label_get_box (const SgLabel *label);
SgLabel *sg_page_find_label (const SgPage *page, SgPoint at); /* (transfer none) (nullable) */

G_END_DECLS
