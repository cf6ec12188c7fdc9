/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recogniser's own view of ink: page strokes and traces of pictures alike, measured and ready to be
 * fitted. Internal to vision.
 */
#pragma once

#include "sketch/page.h"
#include "base/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  SgPoint *points; /* n >= 1; finite, no two neighbours equal */
  double *t;       /* n; ms, or NULL where the stroke has no time */
  guint n;
  guint64 id;    /* of the points: equal ids, equal points; 0 where they have none */
  gboolean lent; /* points and t belong to another */
  guint stroke;  /* index as SgElement.strokes means it */
  int image;     /* index of the picture it was traced from, -1 for a drawn stroke */
  double width;  /* page units, > 0 */
  double length; /* of the path */
  SgRect bounds;
} SgInk;

void sg_ink_clear (SgInk *ink);

/* Gives lent ink points of its own, which may then be changed: its id goes. */
void sg_ink_own (SgInk *ink);

/* Sets length and bounds from the points, once those are in place. */
void sg_ink_measure (SgInk *ink);

SgInk sg_ink_from_stroke (const SgStroke *stroke, guint index);

/* The ink of all strokes of a page, as an array of SgInk (with sg_ink_clear as its clear function). */
GArray *sg_ink_from_page (const SgPage *page);

G_END_DECLS
