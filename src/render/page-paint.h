/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page with cairo, whole: what thumbnails, the clipboard, exported files and printed sheets have in common.
 * From the bottom up: paper and its pattern, pictures, ink, what was recognised, typed words. Light paper and
 * dark ink, whatever the window's colours are. Any thread; blocking.
 */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "sketch/page.h"
#include "vision/reading.h"

G_BEGIN_DECLS

#define SG_LABEL_HEIGHT 18.0 /* of a label's text, page units */

typedef enum
{
  SG_PAPER_DOTS,
  SG_PAPER_PLAIN,
  SG_PAPER_GRID,
  SG_PAPER_RULED
} SgPaper;

/* As settings and commands have them, in that order; ended by NULL. */
extern const char *const sg_paper_names[];

#define SG_GRID 25.0 /* page units between two dots or lines */

typedef struct
{
  SgRect area;              /* that paper and pattern cover, page units */
  gboolean ground;          /* the paper's colour, else nothing */
  SgPaper paper;            /* the pattern on it; on a large area its step is 4, 16 and so on times as long */
  const SgReading *reading; /* (nullable): outlines and role marks; of all of `read` */
  SgPage *read;             /* (nullable): where the page is a part of the one that was read; marks of which
                               the page has not all are left out */
  double thinnest;          /* page units: no line is thinner */
  double zoom;              /* pixels a page unit that pictures are decoded for; 0: all that they have */
  gboolean without_words;   /* typed words are added by somebody else: sg_page_paint_each_line () */
  gboolean is_file;         /* of lines and pictures, in which a photo stays a JPEG */

  void (*progress) (double share, gpointer user_data); /* (nullable): on this thread */
  gpointer user_data;
} SgPagePaint;

/* FALSE where it was cancelled. A picture that cannot be decoded is a grey field. Errors: those of cairo's
 * surface are the caller's to look for; G_IO_ERROR_CANCELLED. */
gboolean sg_page_paint (
  cairo_t *cr, const SgPage *page, const SgPagePaint *paint, GCancellable *cancellable, GError **error);

/* How far all of it reaches: ink with its pen's width, words as far as they go; with a reading its marks.
 * Nothing (no width, no height) where the page is empty. */
SgRect sg_page_paint_bounds (const SgPage *page, const SgPagePaint *paint);

/* The typed words alone, with the source that is set. */
void sg_page_paint_words (cairo_t *cr, const SgPage *page);

/* Each line of the typed words: its text (not ended by NUL), and where its letters stand. */
typedef void (*SgPageLine) (const char *text, gsize length, SgPoint baseline, gpointer user_data);
void sg_page_paint_each_line (const SgPage *page, SgPageLine func, gpointer user_data);

#define SG_PAGE_FONT "Cantarell, Sans" /* families as Pango names them */

G_END_DECLS
