/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page: strokes, pictures, labels, words, scale and corrections; the document that SimGen edits,
 * analyses and saves. Immutable and reference-counted: an edit makes a new page that shares its parts with
 * the old one, so a page can be handed to any thread. Editing goes through SgEdit and SgJournal
 * (sketch/journal.h); reading and writing files through sketch/file.h.
 */
#pragma once

#include "sketch/stroke.h"

G_BEGIN_DECLS

#define SG_PAGE_DEFAULT_SCALE 100.0 /* page units a metre */

/* A picture on the page, as it came: the encoded bytes are kept, never recoded. Immutable,
 * reference-counted. */
typedef struct _SgImage SgImage;

/* `bounds` in page units; `data` the PNG, JPEG or WebP file; `extra` as for a stroke. */
SgImage *sg_image_new (SgRect bounds, GBytes *data, json_t *extra);
SgImage *sg_image_ref (SgImage *image);
void sg_image_unref (SgImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgImage, sg_image_unref)
SgRect sg_image_get_bounds (const SgImage *image);
GBytes *sg_image_get_data (const SgImage *image);
const json_t *sg_image_get_extra (const SgImage *image);

/* Words typed onto the page: its text and the point it is about, where the text box begins at mid-height.
 * Immutable, reference-counted. */
typedef struct _SgLabel SgLabel;

SgLabel *sg_label_new (SgPoint position, const char *text, json_t *extra);
SgLabel *sg_label_ref (SgLabel *label);
void sg_label_unref (SgLabel *label);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgLabel, sg_label_unref)
SgPoint sg_label_get_position (const SgLabel *label);
const char *sg_label_get_text (const SgLabel *label);
const json_t *sg_label_get_extra (const SgLabel *label);

/* What the user said of a mark: sketch/correction.h. */
typedef struct _SgCorrection SgCorrection;

typedef struct _SgPage SgPage;

/* An empty page of the default scale. */
SgPage *sg_page_new (void);
SgPage *sg_page_ref (SgPage *page);
void sg_page_unref (SgPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgPage, sg_page_unref)

guint sg_page_get_n_strokes (const SgPage *page);
SgStroke *sg_page_get_stroke (const SgPage *page, guint index); /* (transfer none) */
guint sg_page_get_n_points (const SgPage *page);                /* over all strokes */
guint sg_page_get_n_images (const SgPage *page);
SgImage *sg_page_get_image (const SgPage *page, guint index);
guint sg_page_get_n_labels (const SgPage *page);
SgLabel *sg_page_get_label (const SgPage *page, guint index);
guint sg_page_get_n_corrections (const SgPage *page);
SgCorrection *sg_page_get_correction (const SgPage *page, guint index);
const char *sg_page_get_title (const SgPage *page);   /* "" where none */
const char *sg_page_get_words (const SgPage *page);   /* "" where none */
double sg_page_get_scale (const SgPage *page);        /* page units a metre */
gboolean sg_page_has_scale (const SgPage *page);      /* whether the file or the user said so */
const json_t *sg_page_get_extra (const SgPage *page); /* (nullable): unknown members */
gboolean sg_page_is_empty (const SgPage *page);       /* no stroke, picture or label */
SgRect sg_page_get_bounds (const SgPage *page);       /* of strokes without their pens' width,
                                                         pictures, and the points that labels are about */

/* Appends the strokes of `before` that `after` has not to `gone`, and those the other way round to `come`
 * (borrowed from their pages), by identity. Pages that were made one from the other by edits are compared in
 * the time of the edits. Returns: how many strokes were looked at for it. */
guint
sg_page_diff_strokes (const SgPage *before, const SgPage *after, GPtrArray *gone, GPtrArray *come);

/* Where strokes of the set `strokes` are on the page, rising (guint), in the time that it takes to look at
 * them, not at the page. Returns: (transfer full). */
GArray *sg_page_index_strokes (const SgPage *page, GHashTable *strokes);

/* Appends the strokes (SgStroke, borrowed) whose ink may touch `area`: whose bounds, grown by their width,
 * overlap it; in page order. */
void sg_page_find_strokes (const SgPage *page, SgRect area, GPtrArray *found);

/* SHA-256 in hex of everything that recognition and physics depend on (strokes, pictures, labels, words,
 * scale, corrections; not the title): equal pages have equal hashes whatever file they came from. Returns:
 * (transfer full). */
char *sg_page_hash (const SgPage *page);

#define SG_PAGE_DIGEST_BYTES 32

/* The same as bytes for a key: another number than the hash, made from digests that strokes and pictures
 * remember, so that a page which shares them with one that was asked before costs what is new on it. Any
 * thread. Returns: (transfer none): SG_PAGE_DIGEST_BYTES, as long as the page. */
const guint8 *sg_page_get_digest (const SgPage *page);

/* Building a page piece by piece (a file's reader, a test). The builder is consumed by `end`. */
typedef struct _SgPageBuilder SgPageBuilder;

SgPageBuilder *sg_page_builder_new (const SgPage *from); /* (nullable) `from`: start with its parts */
void sg_page_builder_take_stroke (SgPageBuilder *builder, SgStroke *stroke);
void sg_page_builder_take_image (SgPageBuilder *builder, SgImage *image);
void sg_page_builder_take_label (SgPageBuilder *builder, SgLabel *label);
void sg_page_builder_set_title (SgPageBuilder *builder, const char *title);
void sg_page_builder_set_words (SgPageBuilder *builder, const char *words);
void sg_page_builder_set_scale (SgPageBuilder *builder, double scale); /* 0: unsaid, the default holds */
/* Of parts that the page has. */
void sg_page_builder_take_correction (SgPageBuilder *builder, SgCorrection *correction);
void sg_page_builder_take_extra (SgPageBuilder *builder, json_t *extra);
const SgPage *sg_page_builder_get_page (SgPageBuilder *builder); /* its parts so far */
SgPage *sg_page_builder_end (SgPageBuilder *builder);

G_END_DECLS
