/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The canonical hash of a page: one byte stream for one meaning. Each value is a tag, then little-endian
 * doubles or counted bytes, so that no two pages give the same stream; how a file spelled a number or
 * ordered its members does not show. */
#include "sketch/page-private.h"

#include <string.h>

#include "base/json.h"

static void
hash_count (GChecksum *sum, char tag, gsize count)
{
  guint64 le = GUINT64_TO_LE (count);

  g_checksum_update (sum, (const guchar *)&tag, 1);
  g_checksum_update (sum, (const guchar *)&le, sizeof le);
}

static void
hash_bytes (GChecksum *sum, char tag, gconstpointer data, gsize size)
{
  hash_count (sum, tag, size);
  g_checksum_update (sum, data, size);
}

static void
hash_text (GChecksum *sum, char tag, const char *text)
{
  hash_bytes (sum, tag, text, strlen (text));
}

/* One bit pattern for each value: -0 is 0 and there is one NAN. */
static void
hash_number (GChecksum *sum, double value)
{
  double canonical = isnan (value) ? NAN : value + 0.0;
  guint64 bits;

  memcpy (&bits, &canonical, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  g_checksum_update (sum, (const guchar *)&bits, sizeof bits);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void hash_json (GChecksum *sum, const json_t *value);

static void
hash_json_object (GChecksum *sum, const json_t *object)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  const char *key;
  json_t *member;

  json_object_foreach ((json_t *)object, key, member)
    g_ptr_array_add (keys, (gpointer)key);
  g_ptr_array_sort (keys, compare_keys);
  hash_count (sum, '{', keys->len);
  for (guint i = 0; i < keys->len; i++)
    {
      hash_text (sum, 'k', g_ptr_array_index (keys, i));
      hash_json (sum, json_object_get (object, g_ptr_array_index (keys, i)));
    }
}

static void
hash_json (GChecksum *sum, const json_t *value)
{
  if (json_is_object (value))
    hash_json_object (sum, value);
  else if (json_is_array (value))
    {
      hash_count (sum, '[', json_array_size (value));
      for (gsize i = 0; i < json_array_size (value); i++)
        hash_json (sum, json_array_get (value, i));
    }
  else if (json_is_string (value))
    hash_bytes (sum, '"', json_string_value (value), json_string_length (value));
  else if (json_is_number (value))
    {
      hash_count (sum, '#', 1);
      hash_number (sum, json_number_value (value));
    }
  else
    hash_count (sum, json_is_true (value) ? 't' : json_is_false (value) ? 'f'
                                                                        : 'n',
                0);
}

static void
hash_stroke (GChecksum *sum, const SgStroke *stroke)
{
  guint n_points;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n_points);

  hash_count (sum, 'S', n_points);
  hash_number (sum, sg_stroke_get_width (stroke));
  hash_text (sum, 'T', sg_stroke_get_tool (stroke));
  for (guint i = 0; i < n_points; i++)
    {
      hash_number (sum, points[i].x);
      hash_number (sum, points[i].y);
      hash_number (sum, points[i].pressure);
      hash_number (sum, points[i].t);
    }
}

static void
hash_image (GChecksum *sum, const SgImage *image)
{
  SgRect bounds = sg_image_get_bounds (image);
  gsize size;
  gconstpointer data = g_bytes_get_data (sg_image_get_data (image), &size);

  hash_bytes (sum, 'I', data, size);
  hash_number (sum, bounds.x);
  hash_number (sum, bounds.y);
  hash_number (sum, bounds.width);
  hash_number (sum, bounds.height);
}

static void
hash_label (GChecksum *sum, const SgLabel *label)
{
  SgPoint position = sg_label_get_position (label);

  hash_text (sum, 'L', sg_label_get_text (label));
  hash_number (sum, position.x);
  hash_number (sum, position.y);
}

char *
sg_page_hash (const SgPage *page)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (json_t) corrections = sg_corrections_to_json (page);

  hash_text (sum, 'P', "simgen page 1");
  hash_count (sum, 'M', sg_page_has_scale (page));
  hash_number (sum, sg_page_get_scale (page));
  hash_text (sum, 'W', sg_page_get_words (page));
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    hash_stroke (sum, sg_page_get_stroke (page, i));
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    hash_image (sum, sg_page_get_image (page, i));
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    hash_label (sum, sg_page_get_label (page, i));
  hash_json (sum, corrections);
  return g_strdup (g_checksum_get_string (sum));
}

/* Of a part's digest, in that of its page: as many bits as no two parts will share by chance, and half the
 * work for a page of many strokes. */
#define PART_BYTES 16

/* What `sum` is, in `place` from now on, unless another thread was faster. */
static const guint8 *
remember (gpointer *place, GChecksum *sum)
{
  guint8 *digest = g_malloc (SG_PAGE_DIGEST_BYTES);
  gsize size = SG_PAGE_DIGEST_BYTES;

  g_checksum_get_digest (sum, digest, &size);
  if (!g_atomic_pointer_compare_and_exchange (place, NULL, digest))
    g_free (digest);
  return g_atomic_pointer_get (place);
}

static const guint8 *
stroke_digest (const SgStroke *stroke)
{
  gpointer *place = sg_stroke_digest_place (stroke);
  const guint8 *known = g_atomic_pointer_get (place);

  if (known)
    return known;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  hash_stroke (sum, stroke);
  return remember (place, sum);
}

static const guint8 *
image_digest (const SgImage *image)
{
  gpointer *place = sg_image_digest_place (image);
  const guint8 *known = g_atomic_pointer_get (place);

  if (known)
    return known;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  hash_image (sum, image);
  return remember (place, sum);
}

/* Of SG_PART_BLOCK strokes from `first` on, wherever a list happens to divide them: equal pages have equal
 * digests. A page that was only drawn on is divided there, and then the block remembers. */
static void
hash_chunk (GChecksum *sum, const SgPartList *strokes, guint first)
{
  guint block = sg_part_list_find_block (strokes, first);
  gboolean aligned = strokes->starts[block] == first && strokes->blocks[block]->n == SG_PART_BLOCK;
  gpointer elsewhere = NULL, *place = aligned ? &strokes->blocks[block]->digest : &elsewhere;
  const guint8 *digest = g_atomic_pointer_get (place);

  if (!digest)
    {
      g_autoptr (GChecksum) chunk = g_checksum_new (G_CHECKSUM_SHA256);

      for (guint i = first; i < first + SG_PART_BLOCK; i++)
        g_checksum_update (chunk, stroke_digest (sg_part_list_get (strokes, i)), PART_BYTES);
      digest = remember (place, chunk);
    }
  g_checksum_update (sum, digest, SG_PAGE_DIGEST_BYTES);
  g_free (elsewhere);
}

static void
hash_strokes (GChecksum *sum, const SgPartList *strokes)
{
  guint n_whole = strokes->n / SG_PART_BLOCK * SG_PART_BLOCK;

  hash_count (sum, 'S', strokes->n);
  for (guint i = 0; i < n_whole; i += SG_PART_BLOCK)
    hash_chunk (sum, strokes, i);
  for (guint i = n_whole; i < strokes->n; i++)
    g_checksum_update (sum, stroke_digest (sg_part_list_get (strokes, i)), PART_BYTES);
}

const guint8 *
sg_page_get_digest (const SgPage *page)
{
  gpointer *place = (gpointer *)&page->digest;
  const guint8 *known = g_atomic_pointer_get (place);

  if (known)
    return known;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  hash_text (sum, 'P', "simgen page digest 3");
  hash_count (sum, 'M', sg_page_has_scale (page));
  hash_number (sum, sg_page_get_scale (page));
  hash_text (sum, 'W', sg_page_get_words (page));
  hash_strokes (sum, page->parts[SG_PART_STROKE]);
  hash_count (sum, 'I', sg_page_get_n_images (page));
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    g_checksum_update (sum, image_digest (sg_page_get_image (page, i)), PART_BYTES);
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    hash_label (sum, sg_page_get_label (page, i));
  if (sg_page_get_n_corrections (page) > 0)
    {
      g_autoptr (json_t) corrections = sg_corrections_to_json (page);

      hash_json (sum, corrections);
    }
  return remember (place, sum);
}
