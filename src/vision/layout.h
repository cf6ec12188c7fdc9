/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the marks of a reading lie: outlines, ends, sizes and distances, computed once for all the rules
 * that ask who is near whom. Marks are named by their index in the reading. Internal to vision; made for
 * one reading whose geometry must not change under it without an update.
 */
#pragma once

#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct
{
  SgPoint *outline; /* n; path or closed outline */
  guint n;
  gboolean closed;
  SgRect bounds;
  SgPoint center; /* of the area where closed, of the bounds else */
  double length;  /* of the path or outline */
  double area;    /* 0 for open marks */
} SgMark;

typedef struct _SgLayout SgLayout;

SgLayout *sg_layout_new (const SgReading *reading);
void sg_layout_free (SgLayout *layout);

/* Measures mark `i` again, whose geometry was replaced by `element`'s of about the same bounds: its
 * neighbours stay those it had. */
void sg_layout_update (SgLayout *layout, guint i, const SgElement *element);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgLayout, sg_layout_free)

const SgMark *sg_layout_mark (const SgLayout *layout, guint i);
SgRect sg_layout_bounds (const SgLayout *layout); /* of all marks but text */

/* Distance from `p` to the ink of mark `i`, capped: G_MAXDOUBLE where it is surely beyond `within`. `foot`
 * (nullable) receives the nearest point of the mark. */
double sg_layout_distance (const SgLayout *layout, guint i, SgPoint p, double within, SgPoint *foot);

/* The same, but 0 anywhere inside a closed mark. */
double sg_layout_reach (const SgLayout *layout, guint i, SgPoint p, double within);

gboolean sg_layout_contains (const SgLayout *layout, guint i, SgPoint p); /* closed marks only */

/* Whether every point of `inner` lies inside `outer`. */
gboolean sg_layout_encloses (const SgLayout *layout, guint outer, guint inner);

/* The ends of an open mark and the unit directions in which it leaves there (nullable); FALSE for closed ones
 * and single points. */
gboolean sg_layout_ends (const SgLayout *layout, guint i, SgPoint ends[2], SgPoint outward[2]);

/* How far `p` is along an open mark, 0 to 1 by length. */
double sg_layout_place (const SgLayout *layout, guint i, SgPoint p);

/* Finds which marks lie so near each other that their bounds, grown by half of `reach`, overlap. FALSE where
 * that is so many pairs that no rule could look at all of them. */
gboolean sg_layout_find_near (SgLayout *layout, double reach);

/* Steps through the marks near mark `i`, by rising index and without itself: `*at` is 0 at first, `*k`
 * receives the next one; FALSE after the last. */
gboolean sg_layout_next_near (const SgLayout *layout, guint i, guint *at, guint *k);

double sg_layout_area (const SgLayout *layout, guint i); /* 0 for open marks */

G_END_DECLS
