/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neighbours of the last page's boxes, which grow with the page: a stroke more costs one look at each box in
 * place of a sweep. Internal to vision; one thread at a time.
 */
#pragma once

#include "vision/near.h"

G_BEGIN_DECLS

typedef struct
{
  SgNear *near;  /* (nullable): none asked for yet */
  SgRect *boxes; /* those of `near` */
  guint *right;  /* of each box, how many begin in its width to the right of it; NULL while all may */
  guint room;    /* boxes that the arrays can take */
} SgKeptNear;

/* (transfer none): as sg_near_new () has it, to the order; until the next call. */
const SgNear *sg_kept_near_update (SgKeptNear *kept, const SgRect *boxes, guint n);

/* Whether so many boxes may be those of the last time and a few more. */
gboolean sg_kept_near_may_grow (const SgKeptNear *kept, guint n);

/* Zeroed memory needs no init. */
void sg_kept_near_clear (SgKeptNear *kept);

G_END_DECLS
