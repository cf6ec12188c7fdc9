/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the guide says, page by page. Pure; texts are untranslated (N_).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_GUIDE_END,
  SG_GUIDE_TEXT, /* a paragraph */
  SG_GUIDE_HEADING,
  SG_GUIDE_STEP,    /* one of a numbered list */
  SG_GUIDE_KEY,     /* `text` is what the accelerator `of` does */
  SG_GUIDE_PICTURE, /* the resource guide/`of`.png; `text` says what is to be seen */
  SG_GUIDE_CARDS,   /* the reference card of the notation */
} SgGuideBlockKind;

typedef struct
{
  SgGuideBlockKind kind;
  const char *text; /* (nullable) */
  const char *of;   /* (nullable) */
} SgGuideBlock;

typedef struct
{
  const char *name; /* "notation"; what opens the guide at a page names it by this */
  const char *title;
  const char *icon;
  const SgGuideBlock *blocks; /* to the first of SG_GUIDE_END */
} SgGuidePage;

const SgGuidePage *sg_guide_pages (guint *n_pages);

G_END_DECLS
