/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was understood, as shapes to paint over the ink: the one description that the window's overlay and the
 * SVG overlay both paint, so that they are the same picture. Immutable once made; any thread.
 *
 * Everything is in pixels from page point (0, 0) at `zoom`: outlines grow with the zoom, lines, icons and
 * badges do not.
 */
#pragma once

#include "sketch/page.h"
#include "vision/reading.h"
#include "vision/role-look.h"

G_BEGIN_DECLS

#define SG_MARKUP_DOUBTFUL 0.6 /* below this confidence a mark is dashed and has a question mark */

typedef struct
{
  char op; /* 'M', 'L', 'C' (two handles and the end), 'Z' (closes) */
  SgPoint points[3];
} SgMarkupSegment;

/* A path that is filled, or stroked with round caps and joins. */
typedef struct
{
  SgHue hue;
  double alpha; /* 0..1 */
  double width; /* pixels; 0: filled */
  double dashes[SG_ROLE_MAX_DASHES];
  guint n_dashes;
  guint first, n_segments; /* of the markup's segments */
} SgMarkupShape;

typedef enum
{
  SG_MARKUP_OUTLINE,  /* of the element `index` */
  SG_MARKUP_RELATION, /* the relation `index` */
  SG_MARKUP_BADGE     /* the pill with the icons of the element `index` */
} SgMarkupKind;

typedef struct
{
  SgMarkupKind kind;
  guint index;
  int issue; /* of a badge: index of the issue that it warns of, -1: none */
  guint first, n_shapes;
  SgRect bounds; /* of all that is painted */
} SgMarkupMark;

typedef struct
{
  GArray *marks;    /* SgMarkupMark, in painting order: outlines, relations, badges */
  GArray *shapes;   /* SgMarkupShape */
  GArray *segments; /* SgMarkupSegment */
  double zoom;      /* pixels a page unit */
} SgMarkup;

/* `page` (nullable): the one that was read; the ink of springs and other freehand marks is outlined where it
 * is known. */
SgMarkup *sg_markup_new (const SgReading *reading, const SgPage *page, double zoom);
void sg_markup_free (SgMarkup *markup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgMarkup, sg_markup_free)

/* One role's icon around (0, 0) as a markup of a single mark: for lists and panels. */
SgMarkup *sg_markup_new_icon (SgRole role);

static inline const SgMarkupMark *
sg_markup_mark (const SgMarkup *markup, guint i)
{
  return &g_array_index (markup->marks, SgMarkupMark, i);
}
static inline const SgMarkupShape *
sg_markup_shape (const SgMarkup *markup, guint i)
{
  return &g_array_index (markup->shapes, SgMarkupShape, i);
}
static inline const SgMarkupSegment *
sg_markup_segment (const SgMarkup *markup, guint i)
{
  return &g_array_index (markup->segments, SgMarkupSegment, i);
}

/* Whether the two paint the same, wherever they are in their markups. */
gboolean sg_markup_marks_equal (const SgMarkup *a,
                                const SgMarkupMark *one,
                                const SgMarkup *b,
                                const SgMarkupMark *other);

/* The element at `at` (pixels), -1 where none: one whose badge is there, else the one whose outline is
 * nearest within `reach` pixels, else the smallest closed one around it. */
int sg_markup_find (const SgMarkup *markup, const SgReading *reading, SgPoint at, double reach);

/* The element whose badge is at `at`, -1 where none. */
int sg_markup_find_badge (const SgMarkup *markup, SgPoint at);

/* Index of the issue that the badge at `at` warns of, -1 where none. */
int sg_markup_find_issue (const SgMarkup *markup, SgPoint at);

/* Where the element's badge is, pixels; FALSE where it has none. */
gboolean sg_markup_get_badge (const SgMarkup *markup, guint element, SgRect *badge);

G_END_DECLS
