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
  SgPage *page;                      /* not sealed yet; its lists may lag behind */
  GPtrArray *parts[SG_N_PART_KINDS]; /* owned */
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

SgPage *
sg_page_new_unsealed (const SgPage *from)
{
  SgPage *page = g_new0 (SgPage, 1);

  g_atomic_ref_count_init (&page->ref_count);
  page->title = g_strdup (from ? from->title : "");
  page->words = g_strdup (from ? from->words : "");
  page->scale = from ? from->scale : 0;
  page->extra = from ? json_incref (from->extra) : NULL;
  return page;
}

SgPage *
sg_page_seal (SgPage *page)
{
  SgPoint low = SG_POINT (INFINITY, INFINITY), high = SG_POINT (-INFINITY, -INFINITY);

  page->n_points = 0;
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    for (guint i = 0; i < page->parts[kind]->n_blocks; i++)
      {
        const SgPartBlock *block = page->parts[kind]->blocks[i];

        page->n_points += block->n_points;
        if (!block->placed)
          continue;
        low = SG_POINT (MIN (low.x, block->low.x), MIN (low.y, block->low.y));
        high = SG_POINT (MAX (high.x, block->high.x), MAX (high.y, block->high.y));
      }
  if (low.x <= high.x)
    page->bounds = (SgRect){ low.x, low.y, high.x - low.x, high.y - low.y };
  return page;
}

SgPage *
sg_page_new (void)
{
  return sg_page_builder_end (sg_page_builder_new (NULL));
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
    sg_part_list_unref (page->parts[kind]);
  g_free (page->title);
  g_free (page->words);
  json_decref (page->extra);
  g_free (page->digest);
  g_free (page);
}

static gpointer
part_at (const SgPage *page, SgPartKind kind, guint index)
{
  g_return_val_if_fail (index < page->parts[kind]->n, NULL);
  return sg_part_list_get (page->parts[kind], index);
}

guint
sg_page_get_n_strokes (const SgPage *page)
{
  return page->parts[SG_PART_STROKE]->n;
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
  return page->parts[SG_PART_IMAGE]->n;
}

SgImage *
sg_page_get_image (const SgPage *page, guint index)
{
  return part_at (page, SG_PART_IMAGE, index);
}

guint
sg_page_get_n_labels (const SgPage *page)
{
  return page->parts[SG_PART_LABEL]->n;
}

SgLabel *
sg_page_get_label (const SgPage *page, guint index)
{
  return part_at (page, SG_PART_LABEL, index);
}

guint
sg_page_get_n_corrections (const SgPage *page)
{
  return page->parts[SG_PART_CORRECTION]->n;
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
    if (page->parts[kind]->n > 0)
      return FALSE;
  return TRUE;
}

SgRect
sg_page_get_bounds (const SgPage *page)
{
  return page->bounds;
}

guint
sg_page_diff_strokes (const SgPage *before, const SgPage *after, GPtrArray *gone, GPtrArray *come)
{
  guint n_looked;

  sg_part_list_diff (before->parts[SG_PART_STROKE], after->parts[SG_PART_STROKE], gone, come, &n_looked);
  return n_looked;
}

GArray *
sg_page_index_strokes (const SgPage *page, GHashTable *strokes)
{
  return sg_part_list_find (page->parts[SG_PART_STROKE], strokes, NULL);
}

void
sg_page_find_strokes (const SgPage *page, SgRect area, GPtrArray *found)
{
  const SgPartList *strokes = page->parts[SG_PART_STROKE];

  for (guint k = 0; k < strokes->n_blocks; k++)
    {
      const SgPartBlock *block = strokes->blocks[k];
      SgRect bounds = { block->low.x, block->low.y, block->high.x - block->low.x,
                        block->high.y - block->low.y };

      if (!sg_rect_overlaps (sg_rect_grow (bounds, block->width), area))
        continue;
      for (guint i = 0; i < block->n; i++)
        if (sg_rect_overlaps (sg_rect_grow (sg_stroke_get_bounds (block->parts[i]),
                                            sg_stroke_get_width (block->parts[i])),
                              area))
          g_ptr_array_add (found, block->parts[i]);
    }
}

SgPageBuilder *
sg_page_builder_new (const SgPage *from)
{
  SgPageBuilder *builder = g_new (SgPageBuilder, 1);

  builder->page = sg_page_new_unsealed (from);
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    {
      builder->parts[kind] = g_ptr_array_new_with_free_func (sg_part_classes[kind].unref);
      for (guint i = 0; from && i < from->parts[kind]->n; i++)
        g_ptr_array_add (builder->parts[kind],
                         sg_part_classes[kind].ref (sg_part_list_get (from->parts[kind], i)));
    }
  return builder;
}

/* The lists of the page as its parts are now. */
static void
update_page (SgPageBuilder *builder)
{
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    {
      GPtrArray *parts = builder->parts[kind];
      SgPartList **list = &builder->page->parts[kind];

      if (*list && (*list)->n == parts->len)
        continue;
      g_clear_pointer (list, sg_part_list_unref);
      for (guint i = 0; i < parts->len; i++)
        sg_part_classes[kind].ref (parts->pdata[i]);
      *list = sg_part_list_new (kind, parts->pdata, parts->len);
    }
}

void
sg_page_builder_take_stroke (SgPageBuilder *builder, SgStroke *stroke)
{
  g_ptr_array_add (builder->parts[SG_PART_STROKE], stroke);
}

void
sg_page_builder_take_image (SgPageBuilder *builder, SgImage *image)
{
  g_ptr_array_add (builder->parts[SG_PART_IMAGE], image);
}

void
sg_page_builder_take_label (SgPageBuilder *builder, SgLabel *label)
{
  g_ptr_array_add (builder->parts[SG_PART_LABEL], label);
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
  g_ptr_array_add (builder->parts[SG_PART_CORRECTION], correction);
}

void
sg_page_builder_take_extra (SgPageBuilder *builder, json_t *extra)
{
  json_decref (builder->page->extra);
  builder->page->extra = extra;
}

const SgPage *
sg_page_builder_get_page (SgPageBuilder *builder)
{
  update_page (builder);
  return builder->page;
}

SgPage *
sg_page_builder_end (SgPageBuilder *builder)
{
  update_page (builder);

  SgPage *page = sg_page_seal (builder->page);
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    g_ptr_array_unref (builder->parts[kind]);
  g_free (builder);
  return page;
}
