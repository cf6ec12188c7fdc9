/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sequences of parts that share their blocks. A list is put together from the left: whole blocks of another
 * list as they are, and single parts, which gather in a run until the next whole block or the end. */
#include "sketch/part-list.h"

#include <string.h>

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

#define SIEVE_BITS 4 /* a part has; with 128 parts a stranger has all of its own in one case of 5,000 */

/* The i-th bit of a part: twelve bits of its address, well stirred. */
static guint
find_bit (gconstpointer part, guint i)
{
  guint64 hash = (guint64)(gsize)part * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  hash ^= hash >> 32;
  hash *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return (guint)(hash >> (64 - 12 * (i + 1))) & (64 * SG_PART_SIEVE - 1);
}

static void
mark_sieve (SgPartBlock *block, gconstpointer part)
{
  for (guint i = 0; i < SIEVE_BITS; i++)
    {
      guint bit = find_bit (part, i);

      block->sieve[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
    }
}

static gboolean
may_hold (const SgPartBlock *block, gconstpointer part)
{
  for (guint i = 0; i < SIEVE_BITS; i++)
    {
      guint bit = find_bit (part, i);

      if ((block->sieve[bit / 64] >> bit % 64 & 1) == 0)
        return FALSE;
    }
  return TRUE;
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
  memset (block->sieve, 0, sizeof block->sieve);
  for (guint i = 0; i < n; i++)
    {
      guint n_points = 0;

      block->parts[i] = parts[i];
      mark_sieve (block, parts[i]);
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

static GHashTable *
collect_blocks (const SgPartList *list)
{
  GHashTable *blocks = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < list->n_blocks; i++)
    g_hash_table_add (blocks, list->blocks[i]);
  return blocks;
}

/* The parts of blocks that the other list has not. */
static GHashTable *
collect_unshared (const SgPartList *list, GHashTable *others, guint *n_looked)
{
  GHashTable *parts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < list->n_blocks; i++)
    for (guint k = 0; k < list->blocks[i]->n && !g_hash_table_contains (others, list->blocks[i]); k++)
      {
        g_hash_table_add (parts, list->blocks[i]->parts[k]);
        (*n_looked)++;
      }
  return parts;
}

static void
append_unshared (const SgPartList *list, GHashTable *others, GHashTable *without, GPtrArray *to)
{
  for (guint i = 0; i < list->n_blocks; i++)
    for (guint k = 0; k < list->blocks[i]->n && !g_hash_table_contains (others, list->blocks[i]); k++)
      if (!g_hash_table_contains (without, list->blocks[i]->parts[k]))
        g_ptr_array_add (to, list->blocks[i]->parts[k]);
}

void
sg_part_list_diff (
  const SgPartList *a, const SgPartList *b, GPtrArray *only_a, GPtrArray *only_b, guint *n_looked)
{
  g_autoptr (GHashTable) blocks_of_a = collect_blocks (a), blocks_of_b = collect_blocks (b);

  *n_looked = 0;
  g_autoptr (GHashTable) of_a = collect_unshared (a, blocks_of_b, n_looked);
  g_autoptr (GHashTable) of_b = collect_unshared (b, blocks_of_a, n_looked);
  append_unshared (a, blocks_of_b, of_b, only_a);
  append_unshared (b, blocks_of_a, of_a, only_b);
}

static gboolean
may_hold_any (const SgPartBlock *block, const gpointer *sought, guint n)
{
  for (guint i = 0; i < n; i++)
    if (i >= block->n || may_hold (block, sought[i])) /* more than it has: it is looked through */
      return TRUE;
  return FALSE;
}

GArray *
sg_part_list_find (const SgPartList *list, GHashTable *sought, guint *n_looked)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0, looked = 0;
  g_autofree gpointer *parts = g_hash_table_get_keys_as_array (sought, &n);

  for (guint i = 0; i < list->n_blocks; i++)
    if (may_hold_any (list->blocks[i], parts, n))
      for (guint k = 0; k < list->blocks[i]->n; k++)
        {
          guint index = list->starts[i] + k;

          looked++;
          if (g_hash_table_contains (sought, list->blocks[i]->parts[k]))
            g_array_append_val (indices, index);
        }
  if (n_looked != NULL)
    *n_looked = looked;
  return indices;
}
