/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sequences of parts that share their blocks. A list is put together from the left: whole blocks of another
 * list as they are, and single parts, which gather in a run until the next whole block or the end. */
#include "sketch/part-list.h"

#include "sketch/correction.h"

const SgPartClass sg_part_classes[SG_N_PART_KINDS] = {
  [SG_PART_STROKE] = { (gpointer (*) (gpointer))sg_stroke_ref, (GDestroyNotify)sg_stroke_unref },
  [SG_PART_IMAGE] = { (gpointer (*) (gpointer))sg_image_ref, (GDestroyNotify)sg_image_unref },
  [SG_PART_LABEL] = { (gpointer (*) (gpointer))sg_label_ref, (GDestroyNotify)sg_label_unref },
  [SG_PART_CORRECTION] = { (gpointer (*) (gpointer))sg_correction_ref,
                           (GDestroyNotify)sg_correction_unref },
};

static SgRect
part_bounds (SgPartKind kind, gpointer part)
{
  if (kind == SG_PART_STROKE)
    return sg_stroke_get_bounds (part);
  if (kind == SG_PART_IMAGE)
    return sg_image_get_bounds (part);

  SgPoint position = sg_label_get_position (part);
  return (SgRect){ position.x, position.y, 0, 0 };
}

/* Takes over the references of `n` parts. */
static SgPartBlock *
block_new (SgPartKind kind, const gpointer *parts, guint n)
{
  SgPartBlock *block = g_malloc (G_STRUCT_OFFSET (SgPartBlock, parts) + n * sizeof *parts);

  g_atomic_ref_count_init (&block->ref_count);
  block->kind = kind;
  block->n = n;
  block->n_points = 0;
  block->width = 0;
  block->placed = kind != SG_PART_CORRECTION;
  block->low = SG_POINT (INFINITY, INFINITY);
  block->high = SG_POINT (-INFINITY, -INFINITY);
  block->digest = NULL;
  for (guint i = 0; i < n; i++)
    {
      guint n_points = 0;

      block->parts[i] = parts[i];
      if (kind == SG_PART_STROKE)
        {
          sg_stroke_get_points (parts[i], &n_points);
          block->n_points += n_points;
          block->width = MAX (block->width, sg_stroke_get_width (parts[i]));
        }
      if (!block->placed)
        continue;
      SgRect bounds = part_bounds (kind, parts[i]);
      block->low = SG_POINT (MIN (block->low.x, bounds.x), MIN (block->low.y, bounds.y));
      block->high = SG_POINT (MAX (block->high.x, bounds.x + bounds.width),
                              MAX (block->high.y, bounds.y + bounds.height));
    }
  return block;
}

static SgPartBlock *
block_ref (SgPartBlock *block)
{
  g_atomic_ref_count_inc (&block->ref_count);
  return block;
}

static void
block_unref (gpointer data)
{
  SgPartBlock *block = data;

  if (!g_atomic_ref_count_dec (&block->ref_count))
    return;
  for (guint i = 0; i < block->n; i++)
    sg_part_classes[block->kind].unref (block->parts[i]);
  g_free (block->digest);
  g_free (block);
}

typedef struct
{
  SgPartKind kind;
  GPtrArray *blocks; /* SgPartBlock, owned */
  GPtrArray *run;    /* parts, owned, that follow the blocks */
  guint n;           /* parts of both */
} Builder;

static Builder
builder_begin (SgPartKind kind)
{
  return (Builder){ kind, g_ptr_array_new (), g_ptr_array_new (), 0 };
}

static void
end_run (Builder *builder)
{
  GPtrArray *run = builder->run;

  for (guint at = 0; at < run->len; at += SG_PART_BLOCK)
    g_ptr_array_add (builder->blocks,
                     block_new (builder->kind, run->pdata + at, MIN (run->len - at, SG_PART_BLOCK)));
  g_ptr_array_set_size (run, 0);
}

static void
copy_parts (Builder *builder, const SgPartBlock *block)
{
  for (guint i = 0; i < block->n; i++)
    g_ptr_array_add (builder->run, sg_part_classes[builder->kind].ref (block->parts[i]));
}

/* What a run begins with where the block before it has room for more. */
static void
reopen_last (Builder *builder)
{
  SgPartBlock *last = builder->blocks->pdata[builder->blocks->len - 1];

  copy_parts (builder, last);
  g_ptr_array_set_size (builder->blocks, builder->blocks->len - 1);
  block_unref (last);
}

static guint
n_of_last (const Builder *builder)
{
  guint n = builder->blocks->len;

  return n > 0 ? ((SgPartBlock *)builder->blocks->pdata[n - 1])->n : SG_PART_BLOCK;
}

static void
take_part (Builder *builder, gpointer part)
{
  if (builder->run->len == 0 && n_of_last (builder) < SG_PART_BLOCK)
    reopen_last (builder);
  g_ptr_array_add (builder->run, part);
  builder->n++;
}

static void
add_block (Builder *builder, SgPartBlock *block)
{
  if (builder->run->len == 0 && n_of_last (builder) + block->n <= SG_PART_BLOCK)
    reopen_last (builder);
  builder->n += block->n;
  if (builder->run->len > 0 && (builder->run->len - 1) % SG_PART_BLOCK + 1 + block->n <= SG_PART_BLOCK)
    {
      copy_parts (builder, block);
      return;
    }
  end_run (builder);
  g_ptr_array_add (builder->blocks, block_ref (block));
}

static SgPartList *
builder_end (Builder *builder)
{
  end_run (builder);

  guint n_blocks = builder->blocks->len, at = 0;
  SgPartList *list = g_malloc (G_STRUCT_OFFSET (SgPartList, blocks) + n_blocks * sizeof (SgPartBlock *));
  g_atomic_ref_count_init (&list->ref_count);
  list->n = builder->n;
  list->n_blocks = n_blocks;
  list->starts = g_new (guint, n_blocks + 1);
  for (guint i = 0; i < n_blocks; i++)
    {
      list->blocks[i] = builder->blocks->pdata[i];
      list->starts[i] = at;
      at += list->blocks[i]->n;
    }
  list->starts[n_blocks] = at;
  g_ptr_array_unref (builder->blocks);
  g_ptr_array_unref (builder->run);
  return list;
}

SgPartList *
sg_part_list_new (SgPartKind kind, const gpointer *parts, guint n)
{
  Builder builder = builder_begin (kind);

  for (guint i = 0; i < n; i++)
    take_part (&builder, parts[i]);
  return builder_end (&builder);
}

SgPartList *
sg_part_list_ref (SgPartList *list)
{
  g_atomic_ref_count_inc (&list->ref_count);
  return list;
}

void
sg_part_list_unref (SgPartList *list)
{
  if (!g_atomic_ref_count_dec (&list->ref_count))
    return;
  for (guint i = 0; i < list->n_blocks; i++)
    block_unref (list->blocks[i]);
  g_free (list->starts);
  g_free (list);
}

/* The slots of one side, from the left. */
typedef struct
{
  const SgPartSlots *slots;
  guint next;
} Cursor;

static gboolean
is_next (const Cursor *cursor, guint index)
{
  return cursor->next < cursor->slots->parts->len &&
         g_array_index (cursor->slots->indices, guint, cursor->next) == index;
}

static gboolean
is_within (const Cursor *cursor, guint first, guint n)
{
  return cursor->next < cursor->slots->parts->len &&
         g_array_index (cursor->slots->indices, guint, cursor->next) - first < n;
}

static void
put_in (Builder *builder, Cursor *in)
{
  while (is_next (in, builder->n))
    take_part (builder, sg_part_classes[builder->kind].ref (in->slots->parts->pdata[in->next++]));
}

/* One by one those of a block that something happens in. */
static void
merge_block (Builder *builder, const SgPartBlock *block, guint start, Cursor *out, Cursor *in)
{
  for (guint i = 0; i < block->n; i++)
    {
      put_in (builder, in);
      if (is_next (out, start + i))
        out->next++;
      else
        take_part (builder, sg_part_classes[builder->kind].ref (block->parts[i]));
    }
}

SgPartList *
sg_part_list_merge (SgPartList *list, SgPartKind kind, const SgPartSlots *out, const SgPartSlots *in)
{
  if (out->parts->len + in->parts->len == 0)
    return sg_part_list_ref (list);

  Builder builder = builder_begin (kind);
  Cursor gone = { out, 0 }, come = { in, 0 };
  for (guint i = 0; i < list->n_blocks; i++)
    {
      SgPartBlock *block = list->blocks[i];

      put_in (&builder, &come);
      if (is_within (&gone, list->starts[i], block->n) || is_within (&come, builder.n, block->n))
        merge_block (&builder, block, list->starts[i], &gone, &come);
      else
        add_block (&builder, block);
    }
  put_in (&builder, &come);
  return builder_end (&builder);
}

void
sg_part_list_compare (const SgPartList *a, const SgPartList *b, guint *n_head, guint *n_tail)
{
  guint most = MIN (a->n, b->n), head = 0, tail = 0, block = 0, i = 0, j = 0;

  while (block < MIN (a->n_blocks, b->n_blocks) && a->blocks[block] == b->blocks[block])
    head = a->starts[++block];
  while (head < most && sg_part_list_get (a, head) == sg_part_list_get (b, head))
    head++;
  while (i < a->n_blocks && j < b->n_blocks &&
         a->blocks[a->n_blocks - 1 - i] == b->blocks[b->n_blocks - 1 - j] &&
         tail + a->blocks[a->n_blocks - 1 - i]->n <= most - head)
    tail += a->blocks[a->n_blocks - 1 - i]->n, i++, j++;
  while (tail < most - head && sg_part_list_get (a, a->n - 1 - tail) == sg_part_list_get (b, b->n - 1 - tail))
    tail++;
  *n_head = head;
  *n_tail = tail;
}
