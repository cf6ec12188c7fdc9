/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Photographs that were never taken: a sheet of known marks drawn by an unsteady hand, seen in bad light,
 * blurred, tilted. The same every time, for benchmarks and tests. Pure; any thread.
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "vision/reading.h"

G_BEGIN_DECLS

/* The sheet of paper, in its own units (y down). */
#define SG_SHEET_WIDTH 1000
#define SG_SHEET_HEIGHT 750

typedef struct
{
  SgKind kind;
  SgPoint center; /* on the sheet */
  double size;    /* its larger side */
} SgSheetMark;

typedef struct
{
  GArray *strokes; /* of GArray * of SgPoint, on the sheet */
  GArray *marks;   /* of SgSheetMark */
} SgSheet;

/* 24 marks of nine kinds in rows, each apart from the others. `seed`: whose hand. */
SgSheet *sg_sheet_new (guint seed);
void sg_sheet_free (SgSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgSheet, sg_sheet_free)

/* How the sheet looks and how it was taken. Lengths are on the sheet. */
typedef struct
{
  guint8 paper[3], ink[3]; /* RGB in full light */
  double pen;              /* width of the lines */
  double strength;         /* 0..1, how much of the paper the ink hides */
  double falloff;          /* share of the light that is missing in the lower right corner */
  double shadow;           /* share of the light that is missing beyond an oblique edge */
  double softness;         /* of that edge */
  double ruling;           /* share of the light that ruled lines take */
  double pitch;            /* of the ruling; 0: none */
  gboolean grid;           /* ruled both ways */
  double blur;             /* standard deviation */
  double noise;            /* standard deviation, grey levels */
  double tilt;             /* degrees, counter-clockwise as seen */
  double lean;             /* of the camera, from straight above; degrees */
  double margin;           /* of dark table around the sheet, share of its sides */
  gboolean transparent;    /* the paper is */
} SgPhotograph;

/* Where a point of the sheet is in a picture of `width` x `height` pixels. */
SgPoint sg_photograph_place (const SgPhotograph *self, int width, int height, SgPoint on_sheet);

/* Returns: (transfer full). */
GdkPixbuf *sg_photograph_take (const SgPhotograph *self, const SgSheet *sheet, int width, int height);

G_END_DECLS
