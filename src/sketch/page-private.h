/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a page is made of, for the two files that make pages: page.c and journal.c.
 */
#pragma once

#include "sketch/correction.h"
#include "sketch/part-list.h"

G_BEGIN_DECLS

struct _SgPage
{
  gatomicrefcount ref_count;
  SgPartList *parts[SG_N_PART_KINDS]; /* owned; NULL only before the page is sealed */
  char *title, *words;
  double scale;    /* page units a metre; 0 where unsaid */
  json_t *extra;   /* (nullable) */
  guint n_points;  /* over all strokes; set by sg_page_seal */
  SgRect bounds;   /* set by sg_page_seal */
  gpointer digest; /* as of a stroke */
};

/* Where a part remembers its digest (sketch/page-hash.c): NULL until it is first asked for; set by an atomic
 * exchange, freed with the part. */
gpointer *sg_stroke_digest_place (const SgStroke *stroke);
gpointer *sg_image_digest_place (const SgImage *image);

/* A page with the members of `from` (nullable: none) but no lists of parts, which are to be set before it is
 * sealed; until then only its maker may hold it. */
SgPage *sg_page_new_unsealed (const SgPage *from);

/* Computes what depends on the parts. The page is immutable from here on. Returns `page`. */
SgPage *sg_page_seal (SgPage *page);

G_END_DECLS
