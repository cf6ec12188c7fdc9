/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a mark can be taken hold of to put it right, and what the pointer may mean when it lets go: the ends
 * of what ties things together, the middle of a pin. Pure; any thread; page units.
 */
#pragma once

#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct
{
  SgHandle handle;
  SgPoint at;
} SgHandlePlace;

/* The element's handles, at most SG_N_HANDLES; returns how many. */
guint sg_handles_of (const SgElement *element, SgHandlePlace *places);

typedef struct
{
  SgPoint at;
  int element; /* what is there to hold on to; -1: nothing, `at` is where it was let go */
} SgSnap;

/* What a handle of `element` let go at `at` holds on to: within `reach` the nearest middle of a pin or ball
 * or end of a line, else the nearest point of an outline. */
SgSnap sg_handle_snap (const SgReading *reading, guint element, SgPoint at, double reach);

G_END_DECLS
