/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the markup share: markup.c builds elements, markup-relations.c relations, markup-badge.c
 * finds places for badges, markup-shape.c makes the shapes. */
#pragma once

#include "vision/markup.h"

G_BEGIN_DECLS

#define SG_MARKUP_LINE 1.8 /* pixels, of an outline */
#define SG_MARKUP_ICON 1.4 /* pixels, of an icon's lines */

/* A mark under way; shapes added before `end_mark` belong to it. */
SgMarkupMark *sg_markup_begin_mark (SgMarkup *markup, SgMarkupKind kind, guint index);
void sg_markup_end_mark (SgMarkup *markup); /* sets its bounds; a mark without shapes is dropped */

/* Begins a shape; segments added until the next one are its path. */
SgMarkupShape *sg_markup_begin_stroke (SgMarkup *markup, SgHue hue, double alpha, double width);
SgMarkupShape *sg_markup_begin_fill (SgMarkup *markup, SgHue hue, double alpha);

void sg_markup_add_path (SgMarkup *markup, const SgPoint *points, guint n, gboolean closed);
void sg_markup_add_segment (SgMarkup *markup, SgPoint from, SgPoint to);
void sg_markup_add_circle (SgMarkup *markup, SgPoint center, double radius);
void sg_markup_add_pill (SgMarkup *markup, SgRect box); /* its ends are half circles */
void sg_markup_add_icon (SgMarkup *markup, const char *icon, SgPoint at, double scale);

void sg_markup_set_dashes (SgMarkupShape *shape, const double *dashes, guint n);

void sg_markup_add_badges (SgMarkup *markup, const SgReading *reading, const SgPage *page);
void sg_markup_add_relations (SgMarkup *markup, const SgReading *reading);

/* The element's outline in pixels, at most `room` points. */
guint sg_markup_outline (const SgMarkup *markup, const SgElement *element, SgPoint *points, guint room);
gboolean sg_markup_is_doubtful (const SgElement *element);

G_END_DECLS
