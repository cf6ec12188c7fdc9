/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures, labels and the page that holds them with the strokes. A page is filled by one owner (the builder
 * here, or the journal), sealed, and from then on never changed; parts are shared between pages. */
#include "sketch/page-private.h"

struct _SgImage
{
  gatomicrefcount ref_count;
  SgRect bounds;
  GBytes *data;
  json_t *extra;
  gpointer digest; /* sg_image_digest_place () */
};

struct _SgLabel
{
  gatomicrefcount ref_count;
  SgPoint position;
  char *text;
  json_t *extra;
};

struct _SgPageBuilder
{
  SgPage *page; /* not sealed yet */
};

SgImage *
sg_image_new (SgRect bounds, GBytes *data, json_t *extra)
{
  SgImage *image = g_new (SgImage, 1);

  g_atomic_ref_count_init (&image->ref_count);
  image->bounds = bounds;
  image->data = g_bytes_ref (data);
  image->extra = extra;
  image->digest = NULL;
  return image;
}

SgImage *
sg_image_ref (SgImage *image)
{
  g_atomic_ref_count_inc (&image->ref_count);
  return image;
}

void
sg_image_unref (SgImage *image)
{
  if (!g_atomic_ref_count_dec (&image->ref_count))
    return;
  g_bytes_unref (image->data);
  json_decref (image->extra);
  g_free (image->digest);
  g_free (image);
}

SgRect
sg_image_get_bounds (const SgImage *image)
{
  return image->bounds;
}

GBytes *
sg_image_get_data (const SgImage *image)
{
  return image->data;
}

gpointer *
sg_image_digest_place (const SgImage *image)
{
  return &((SgImage *)image)->digest;
}

const json_t *
sg_image_get_extra (const SgImage *image)
{
  return image->extra;
}

SgLabel *
sg_label_new (SgPoint position, const char *text, json_t *extra)
{
  SgLabel *label = g_new (SgLabel, 1);

  g_atomic_ref_count_init (&label->ref_count);
  label->position = position;
  label->text = g_strdup (text);
  label->extra = extra;
  return label;
}

SgLabel *
sg_label_ref (SgLabel *label)
{
  g_atomic_ref_count_inc (&label->ref_count);
  return label;
}

void
sg_label_unref (SgLabel *label)
{
  if (!g_atomic_ref_count_dec (&label->ref_count))
    return;
  g_free (label->text);
  json_decref (label->extra);
  g_free (label);
}

SgPoint
sg_label_get_position (const SgLabel *label)
{
  return label->position;
}

const char *
sg_label_get_text (const SgLabel *label)
{
  return label->text;
}

const json_t *
sg_label_get_extra (const SgLabel *label)
{
  return label->extra;
}

const SgPartClass sg_part_classes[SG_N_PART_KINDS] = {
  [SG_PART_STROKE] = { (gpointer (*) (gpointer))sg_stroke_ref, (GDestroyNotify)sg_stroke_unref },
  [SG_PART_IMAGE] = { (gpointer (*) (gpointer))sg_image_ref, (GDestroyNotify)sg_image_unref },
  [SG_PART_LABEL] = { (gpointer (*) (gpointer))sg_label_ref, (GDestroyNotify)sg_label_unref },
  [SG_PART_CORRECTION] = { (gpointer (*) (gpointer))sg_correction_ref,
                           (GDestroyNotify)sg_correction_unref },
};

SgPage *
sg_page_new_unsealed (const SgPage *from)
{
  SgPage *page = g_new0 (SgPage, 1);

  g_atomic_ref_count_init (&page->ref_count);
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    page->parts[kind] = g_ptr_array_new_with_free_func (sg_part_classes[kind].unref);
  page->title = g_strdup (from ? from->title : "");
  page->words = g_strdup (from ? from->words : "");
  page->scale = from ? from->scale : 0;
  page->extra = from ? json_incref (from->extra) : NULL;
  return page;
}

static void
seal_rect (SgPage *page, gboolean *any, SgRect rect)
{
  page->bounds = *any ? sg_rect_union (page->bounds, rect) : rect;
  *any = TRUE;
}

SgPage *
sg_page_seal (SgPage *page)
{
  gboolean any = FALSE;

  page->n_points = 0;
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      guint n_points;

      sg_stroke_get_points (sg_page_get_stroke (page, i), &n_points);
      page->n_points += n_points;
      seal_rect (page, &any, sg_stroke_get_bounds (sg_page_get_stroke (page, i)));
    }
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    seal_rect (page, &any, sg_page_get_image (page, i)->bounds);
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      SgPoint position = sg_page_get_label (page, i)->position;

      seal_rect (page, &any, (SgRect){ position.x, position.y, 0, 0 });
    }
  return page;
}

SgPage *
sg_page_new (void)
{
  return sg_page_seal (sg_page_new_unsealed (NULL));
}

SgPage *
sg_page_ref (SgPage *page)
{
  g_atomic_ref_count_inc (&page->ref_count);
  return page;
}

void
sg_page_unref (SgPage *page)
{
  if (!g_atomic_ref_count_dec (&page->ref_count))
    return;
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    g_ptr_array_unref (page->parts[kind]);
  g_free (page->title);
  g_free (page->words);
  json_decref (page->extra);
  g_free (page->digest);
  g_free (page);
}

static gpointer
part_at (const SgPage *page, SgPartKind kind, guint index)
{
  g_return_val_if_fail (index < page->parts[kind]->len, NULL);
  return g_ptr_array_index (page->parts[kind], index);
}

guint
sg_page_get_n_strokes (const SgPage *page)
{
  return page->parts[SG_PART_STROKE]->len;
}

SgStroke *
sg_page_get_stroke (const SgPage *page, guint index)
{
  return part_at (page, SG_PART_STROKE, index);
}

guint
sg_page_get_n_points (const SgPage *page)
{
  return page->n_points;
}

guint
sg_page_get_n_images (const SgPage *page)
{
  return page->parts[SG_PART_IMAGE]->len;
}

SgImage *
sg_page_get_image (const SgPage *page, guint index)
{
  return part_at (page, SG_PART_IMAGE, index);
}

guint
sg_page_get_n_labels (const SgPage *page)
{
  return page->parts[SG_PART_LABEL]->len;
}

SgLabel *
sg_page_get_label (const SgPage *page, guint index)
{
  return part_at (page, SG_PART_LABEL, index);
}

guint
sg_page_get_n_corrections (const SgPage *page)
{
  return page->parts[SG_PART_CORRECTION]->len;
}

SgCorrection *
sg_page_get_correction (const SgPage *page, guint index)
{
  return part_at (page, SG_PART_CORRECTION, index);
}

const char *
sg_page_get_title (const SgPage *page)
{
  return page->title;
}

const char *
sg_page_get_words (const SgPage *page)
{
  return page->words;
}

double
sg_page_get_scale (const SgPage *page)
{
  return sg_page_has_scale (page) ? page->scale : SG_PAGE_DEFAULT_SCALE;
}

gboolean
sg_page_has_scale (const SgPage *page)
{
  return page->scale > 0;
}

const json_t *
sg_page_get_extra (const SgPage *page)
{
  return page->extra;
}

gboolean
sg_page_is_empty (const SgPage *page)
{
  for (int kind = 0; kind < SG_PART_CORRECTION; kind++)
    if (page->parts[kind]->len > 0)
      return FALSE;
  return TRUE;
}

SgRect
sg_page_get_bounds (const SgPage *page)
{
  return page->bounds;
}

SgPageBuilder *
sg_page_builder_new (const SgPage *from)
{
  SgPageBuilder *builder = g_new (SgPageBuilder, 1);

  builder->page = sg_page_new_unsealed (from);
  for (int kind = 0; from && kind < SG_N_PART_KINDS; kind++)
    for (guint i = 0; i < from->parts[kind]->len; i++)
      g_ptr_array_add (builder->page->parts[kind],
                       sg_part_classes[kind].ref (g_ptr_array_index (from->parts[kind], i)));
  return builder;
}

void
sg_page_builder_take_stroke (SgPageBuilder *builder, SgStroke *stroke)
{
  g_ptr_array_add (builder->page->parts[SG_PART_STROKE], stroke);
}

void
sg_page_builder_take_image (SgPageBuilder *builder, SgImage *image)
{
  g_ptr_array_add (builder->page->parts[SG_PART_IMAGE], image);
}

void
sg_page_builder_take_label (SgPageBuilder *builder, SgLabel *label)
{
  g_ptr_array_add (builder->page->parts[SG_PART_LABEL], label);
}

void
sg_page_builder_set_title (SgPageBuilder *builder, const char *title)
{
  g_free (builder->page->title);
  builder->page->title = g_strdup (title);
}

void
sg_page_builder_set_words (SgPageBuilder *builder, const char *words)
{
  g_free (builder->page->words);
  builder->page->words = g_strdup (words);
}

void
sg_page_builder_set_scale (SgPageBuilder *builder, double scale)
{
  builder->page->scale = scale;
}

void
sg_page_builder_take_correction (SgPageBuilder *builder, SgCorrection *correction)
{
  g_ptr_array_add (builder->page->parts[SG_PART_CORRECTION], correction);
}

void
sg_page_builder_take_extra (SgPageBuilder *builder, json_t *extra)
{
  json_decref (builder->page->extra);
  builder->page->extra = extra;
}

const SgPage *
sg_page_builder_get_page (const SgPageBuilder *builder)
{
  return builder->page;
}

SgPage *
sg_page_builder_end (SgPageBuilder *builder)
{
  SgPage *page = sg_page_seal (builder->page);

  g_free (builder);
  return page;
}
