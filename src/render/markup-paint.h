/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The markup (vision/markup.h) with cairo. Any thread. */
#pragma once

#include <cairo.h>

#include "vision/markup.h"

G_BEGIN_DECLS

/* In the markup's pixels, under whatever matrix is set. */
void
sg_markup_paint_mark (cairo_t *cr, const SgMarkup *markup, const SgMarkupMark *mark, gboolean dark_paper);

/* The path of an outline, with the source and line width that are set. */
void sg_markup_paint_halo (cairo_t *cr, const SgMarkup *markup, const SgMarkupMark *outline);

G_END_DECLS
