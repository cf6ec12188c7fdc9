/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which rectangles lie near which, found by one sweep along x: what keeps grouping linear on a page of
 * thousands of strokes. Internal to vision; any thread.
 */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

#define SG_NEAR_MAX 40       /* neighbours kept of one box; a heap of ink on one spot has no more to tell */
#define SG_NEAR_SCAN_MAX 400 /* boxes looked at to the right of one: bounds the work where all overlap */

typedef struct
{
  guint *items; /* n_boxes * SG_NEAR_MAX; of each box its neighbours from left to right */
  guint *count; /* n_boxes */
  guint n_boxes;
} SgNear;

/* Two boxes are near where they overlap. Returns: (transfer full). */
SgNear *sg_near_new (const SgRect *boxes, guint n);
void sg_near_free (SgNear *near);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgNear, sg_near_free)

/* Whether so much lies near that single neighbours say little. */
static inline gboolean
sg_near_is_crowded (const SgNear *near, guint i)
{
  return near->count[i] == SG_NEAR_MAX;
}

static inline const guint *
sg_near_of (const SgNear *near, guint i, guint *n)
{
  *n = near->count[i];
  return near->items + (gsize)i * SG_NEAR_MAX;
}

G_END_DECLS
