/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The three forms. */
#include "app/ink-clip.h"

#include "pipeline/page-export.h"
#include "sketch/file.h"

#define MARGIN 6.0 /* page units: some air */

/* NULL where it could not be made: the others are there. */
static GBytes *
make (SgPage *parts, SgPageFormat format)
{
  SgPageExport export = sg_page_export_default (format);

  export.ground = FALSE;
  export.margin = MARGIN;
  return sg_page_export_bytes (parts, NULL, &export, NULL, NULL, NULL, NULL, NULL);
}

SgInkClip *
sg_ink_clip_new (SgPage *parts)
{
  SgInkClip *clip = g_new0 (SgInkClip, 1);
  char *text = sg_sketch_file_dump (parts);

  clip->ink = g_bytes_new_take (text, strlen (text));
  clip->svg = make (parts, SG_PAGE_SVG);
  clip->png = make (parts, SG_PAGE_PNG);
  return clip;
}

void
sg_ink_clip_free (SgInkClip *clip)
{
  g_clear_pointer (&clip->ink, g_bytes_unref);
  g_clear_pointer (&clip->svg, g_bytes_unref);
  g_clear_pointer (&clip->png, g_bytes_unref);
  g_free (clip);
}
