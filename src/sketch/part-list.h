/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of one kind on a page, in page order: an immutable sequence in blocks that lists share. A list
 * made by an edit has new blocks only where the edit was, so that what a pen lift costs does not grow with
 * the ink on the page. Blocks remember what can be summed up of their parts. Reference-counted; any thread.
 *
 *   before  [ 128 strokes ][ 128 strokes ][ 60 ]
 *                 |               |                     one more stroke: two blocks shared, one made anew
 *   after   [ 128 strokes ][ 128 strokes ][ 61 ]
 *
 * Invariant: two neighbours hold more than SG_PART_BLOCK parts together, so there are at most twice as many
 * blocks as are needed. */
#pragma once

#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_PART_BLOCK 128 /* parts in a full block */
#define SG_PART_SIEVE 64  /* words of a block's sieve */

typedef enum
{
  SG_PART_STROKE,
  SG_PART_IMAGE,
  SG_PART_LABEL,
  SG_PART_CORRECTION, /* last: it names parts of the other kinds */
  SG_N_PART_KINDS
} SgPartKind;

/* How to hold a part of each kind; neither takes NULL. */
typedef struct
{
  gpointer (*ref) (gpointer part);
  GDestroyNotify unref;
} SgPartClass;

extern const SgPartClass sg_part_classes[SG_N_PART_KINDS];

typedef struct
{
  gatomicrefcount ref_count;
  SgPartKind kind;
  guint n;
  guint n_points;    /* of strokes */
  double width;      /* of the widest stroke */
  gboolean placed;   /* whether the parts have a place on the page: corrections have none */
  SgPoint low, high; /* of their bounds; points, for a union of these is exact in whatever order */
  /* Bits of the parts' addresses (Bloom, Space/Time Trade-offs in Hash Coding with Allowable Errors, 1970): a
   * part that has not all of its own in it is not in the block. */
  guint64 sieve[SG_PART_SIEVE];
  gpointer digest; /* as of a stroke (sketch/page-private.h): of the parts of a full block of strokes */
  gpointer parts[SG_PART_BLOCK];
} SgPartBlock;

typedef struct
{
  gatomicrefcount ref_count;
  guint n, n_blocks;
  guint *starts; /* n_blocks + 1: the index of each block's first part, then `n` */
  SgPartBlock *blocks[];
} SgPartList;

/* Parts and where they are on a list, by rising index. */
typedef struct
{
  GPtrArray *parts;
  GArray *indices; /* guint; as many as parts */
} SgPartSlots;

/* A list of `n` parts; takes over their references. */
SgPartList *sg_part_list_new (SgPartKind kind, const gpointer *parts, guint n);
SgPartList *sg_part_list_ref (SgPartList *list);
void sg_part_list_unref (SgPartList *list);

/* `list` less the parts at the indices of `out` there, and with those of `in` at their indices in the result:
 * it takes back what it did with the two exchanged. */
SgPartList *
sg_part_list_merge (SgPartList *list, SgPartKind kind, const SgPartSlots *out, const SgPartSlots *in);

/* Appends to `only_a` the parts of `a` that `b` has not, and to `only_b` those the other way round, in their
 * order. Costs the blocks, and the parts of those that are not shared: so many are in `n_looked`. */
void sg_part_list_diff (
  const SgPartList *a, const SgPartList *b, GPtrArray *only_a, GPtrArray *only_b, guint *n_looked);

/* Where the parts of the set `sought` are, by rising index (guint); what is not on the list is nowhere. Costs
 * a look at each block for each of them, and the parts of blocks that have one (and of one in thousands that
 * has none): so many are in `n_looked` (nullable). Returns: (transfer full). */
GArray *sg_part_list_find (const SgPartList *list, GHashTable *sought, guint *n_looked);

/* The block of part `index`, of those that there are. */
static inline guint
sg_part_list_find_block (const SgPartList *list, guint index)
{
  guint low = index / SG_PART_BLOCK, high = list->n_blocks - 1; /* no block holds more, so not before it */

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (list->starts[middle + 1] > index)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

static inline gpointer
sg_part_list_get (const SgPartList *list, guint index)
{
  guint block = index / SG_PART_BLOCK;

  if (list->starts[block + 1] <= index)
    block = sg_part_list_find_block (list, index);
  return list->blocks[block]->parts[index - list->starts[block]];
}

G_END_DECLS
