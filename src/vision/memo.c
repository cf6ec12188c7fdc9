/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Five tables, each entry stamped with the page that asked for it last, as is the reader of print. */
#include "vision/memo.h"

#include <string.h>

#include "vision/near-kept.h"

#define MOST_ANSWERS 200000         /* kept; on a heap of ink more are asked for than are worth keeping */
#define MOST_PICTURE_POINTS 1000000 /* kept: 24 MB, far more than drawings have */
#define KEPT_PAGES 2                /* the newest and the one before: an undone stroke is still known */
#define SWEEP_EVERY 16              /* pages: looking at all entries costs as much as a reading */

typedef struct
{
  SgTrace trace;
  SgInk ink;
  SgStroke *stroke; /* kept alive, so that its address stays its identity */
  guint page;
} KnownStroke;

typedef struct
{
  SgTracedPicture traced;
  SgTrace *traces; /* one an ink */
  guint n_points;
  SgImage *image; /* kept alive, likewise */
  guint page;
} KnownPicture;

typedef struct
{
  SgVerdict *verdict; /* (nullable) */
  guint page;
  SgMemoKey key; /* the last, as no more parts are allocated than it has */
} Answer;

typedef struct
{
  GBytes *rows;
  guint page;
} KnownRows;

typedef struct
{
  SgPrint print;
  SgImage *image; /* kept alive, as above */
  SgRect place;
  guint page;
} KnownPrint;

struct _SgMemo
{
  GHashTable *strokes;    /* SgStroke -> KnownStroke */
  GHashTable *pictures;   /* SgImage -> KnownPicture */
  GHashTable *by_id;      /* id of the ink -> SgTrace of either */
  GHashTable *answers;    /* the answer's own key -> Answer */
  GHashTable *rows;       /* ids of ink, as GBytes -> KnownRows */
  GHashTable *prints;     /* set of KnownPrint, by image and place */
  SgTesseract *tesseract; /* (nullable) */
  guint tesseract_page;   /* which asked for it last */
  guint n_picture_points;
  guint64 last_id;
  guint page;
  SgKeptNear near[SG_N_NEARS]; /* by kind */
};

static void
known_stroke_free (gpointer data)
{
  KnownStroke *known = data;

  sg_trace_clear (&known->trace);
  sg_ink_clear (&known->ink);
  sg_stroke_unref (known->stroke);
  g_free (known);
}

static void
known_picture_free (gpointer data)
{
  KnownPicture *known = data;

  for (guint i = 0; i < known->traced.ink->len; i++)
    sg_trace_clear (&known->traces[i]);
  g_free (known->traces);
  g_array_unref (known->traced.ink);
  sg_image_unref (known->image);
  g_free (known);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->verdict, sg_verdict_unref);
  g_free (answer);
}

static void
known_rows_free (gpointer data)
{
  KnownRows *known = data;

  g_bytes_unref (known->rows);
  g_free (known);
}

static void
known_print_free (gpointer data)
{
  KnownPrint *known = data;

  g_free (known->print.text);
  sg_image_unref (known->image);
  g_free (known);
}

static guint
hash_place (gconstpointer data)
{
  const KnownPrint *known = data;

  return g_direct_hash (known->image) ^ g_double_hash (&known->place.x) ^ g_double_hash (&known->place.y);
}

static gboolean
equal_places (gconstpointer a, gconstpointer b)
{
  const KnownPrint *p = a, *q = b;

  return p->image == q->image && p->place.x == q->place.x && p->place.y == q->place.y &&
         p->place.width == q->place.width && p->place.height == q->place.height;
}

/* Multiplication by odd constants spreads the few bits that differ. */
static guint
hash_key (gconstpointer data)
{
  const SgMemoKey *key = data;
  guint64 hash = key->question * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  for (guint i = 0; i < key->n; i++)
    hash = (hash ^ key->parts[i]) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  return hash >> 32;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const SgMemoKey *p = a, *q = b;

  return p->question == q->question && p->n == q->n &&
         memcmp (p->parts, q->parts, p->n * sizeof p->parts[0]) == 0;
}

SgMemo *
sg_memo_new (void)
{
  SgMemo *memo = g_new0 (SgMemo, 1);

  memo->strokes = g_hash_table_new_full (NULL, NULL, NULL, known_stroke_free);
  memo->pictures = g_hash_table_new_full (NULL, NULL, NULL, known_picture_free);
  memo->by_id = g_hash_table_new (NULL, NULL);
  memo->answers = g_hash_table_new_full (hash_key, equal_keys, NULL, answer_free);
  memo->rows =
    g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, known_rows_free);
  memo->prints = g_hash_table_new_full (hash_place, equal_places, known_print_free, NULL);
  return memo;
}

void
sg_memo_free (SgMemo *memo)
{
  for (guint i = 0; i < SG_N_NEARS; i++)
    sg_kept_near_clear (&memo->near[i]);
  g_hash_table_unref (memo->by_id);
  g_hash_table_unref (memo->strokes);
  g_hash_table_unref (memo->pictures);
  g_hash_table_unref (memo->answers);
  g_hash_table_unref (memo->rows);
  g_hash_table_unref (memo->prints);
  g_clear_pointer (&memo->tesseract, sg_tesseract_free);
  g_free (memo);
}

void
sg_memo_begin_page (SgMemo *memo)
{
  memo->page++;
}

static gboolean
stroke_is_old (gpointer key, gpointer value, gpointer data)
{
  SgMemo *memo = data;
  KnownStroke *known = value;

  if (memo->page - known->page < KEPT_PAGES)
    return FALSE;
  g_hash_table_remove (memo->by_id, GSIZE_TO_POINTER (known->trace.id));
  return TRUE;
}

static gboolean
picture_is_old (gpointer key, gpointer value, gpointer data)
{
  SgMemo *memo = data;
  KnownPicture *known = value;

  if (memo->page - known->page < KEPT_PAGES)
    return FALSE;
  for (guint i = 0; i < known->traced.ink->len; i++)
    g_hash_table_remove (memo->by_id, GSIZE_TO_POINTER (known->traces[i].id));
  memo->n_picture_points -= known->n_points;
  return TRUE;
}

static gboolean
answer_is_old (gpointer key, gpointer value, gpointer data)
{
  return ((SgMemo *)data)->page - ((Answer *)value)->page >= KEPT_PAGES;
}

static gboolean
rows_are_old (gpointer key, gpointer value, gpointer data)
{
  return ((SgMemo *)data)->page - ((KnownRows *)value)->page >= KEPT_PAGES;
}

static gboolean
print_is_old (gpointer key, gpointer value, gpointer data)
{
  return ((SgMemo *)data)->page - ((KnownPrint *)key)->page >= KEPT_PAGES;
}

void
sg_memo_end_page (SgMemo *memo)
{
  if (memo->page % SWEEP_EVERY != 0)
    return;
  g_hash_table_foreach_remove (memo->strokes, stroke_is_old, memo);
  g_hash_table_foreach_remove (memo->pictures, picture_is_old, memo);
  g_hash_table_foreach_remove (memo->answers, answer_is_old, memo);
  g_hash_table_foreach_remove (memo->rows, rows_are_old, memo);
  g_hash_table_foreach_remove (memo->prints, print_is_old, memo);
  if (memo->page - memo->tesseract_page >= KEPT_PAGES)
    g_clear_pointer (&memo->tesseract, sg_tesseract_free);
}

gboolean
sg_memo_knows (const SgMemo *memo, const SgPage *page)
{
  guint n = sg_page_get_n_strokes (page), n_unknown = 0;

  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    if (!g_hash_table_contains (memo->pictures, sg_page_get_image (page, i)))
      return FALSE;
  for (guint i = 0; i < n; i++)
    n_unknown += !g_hash_table_contains (memo->strokes, sg_page_get_stroke (page, i));
  return n_unknown <= MAX (1, n / 8);
}

SgTrace *
sg_memo_trace_of_stroke (SgMemo *memo, SgStroke *stroke)
{
  KnownStroke *known = g_hash_table_lookup (memo->strokes, stroke);

  if (!known)
    {
      known = g_new (KnownStroke, 1);
      known->stroke = sg_stroke_ref (stroke);
      known->ink = sg_ink_from_stroke (stroke, 0);
      known->ink.id = ++memo->last_id;
      sg_trace_init (&known->trace, &known->ink);
      g_hash_table_insert (memo->strokes, stroke, known);
      g_hash_table_insert (memo->by_id, GSIZE_TO_POINTER (known->ink.id), &known->trace);
    }
  known->page = memo->page;
  return &known->trace;
}

const SgTracedPicture *
sg_memo_picture (SgMemo *memo, const SgImage *image)
{
  KnownPicture *known = g_hash_table_lookup (memo->pictures, image);

  if (!known)
    return NULL;
  known->page = memo->page;
  return &known->traced;
}

const SgTracedPicture *
sg_memo_keep_picture (SgMemo *memo, SgImage *image, GArray *ink, const SgPose *sheet)
{
  guint n_points = 0;

  for (guint i = 0; i < ink->len; i++)
    n_points += g_array_index (ink, SgInk, i).n;
  if (memo->n_picture_points + n_points > MOST_PICTURE_POINTS)
    return NULL;
  KnownPicture *known = g_new (KnownPicture, 1);

  *known = (KnownPicture){ .traced = { ink, *sheet },
                           .traces = g_new (SgTrace, ink->len),
                           .n_points = n_points,
                           .image = sg_image_ref (image),
                           .page = memo->page };
  memo->n_picture_points += n_points;
  for (guint i = 0; i < ink->len; i++)
    {
      SgInk *one = &g_array_index (ink, SgInk, i);

      one->id = ++memo->last_id;
      sg_trace_init (&known->traces[i], one);
      g_hash_table_insert (memo->by_id, GSIZE_TO_POINTER (one->id), &known->traces[i]);
    }
  g_hash_table_insert (memo->pictures, image, known);
  return &known->traced;
}

SgTrace *
sg_memo_trace (SgMemo *memo, guint64 id)
{
  return id ? g_hash_table_lookup (memo->by_id, GSIZE_TO_POINTER (id)) : NULL;
}

static gboolean
is_rememberable (const SgMemoKey *key)
{
  for (guint i = 0; i < key->n; i++)
    if (key->parts[i] == 0)
      return FALSE;
  return TRUE;
}

const SgNear *
sg_memo_near (SgMemo *memo, SgNearKind kind, const SgRect *boxes, guint n)
{
  return sg_kept_near_update (&memo->near[kind], boxes, n);
}

gboolean
sg_memo_may_know_near (const SgMemo *memo, SgNearKind kind, guint n)
{
  return sg_kept_near_may_grow (&memo->near[kind], n);
}

gboolean
sg_memo_find (SgMemo *memo, const SgMemoKey *key, SgVerdict **verdict)
{
  Answer *answer = is_rememberable (key) ? g_hash_table_lookup (memo->answers, key) : NULL;

  if (!answer)
    return FALSE;
  answer->page = memo->page;
  *verdict = answer->verdict;
  return TRUE;
}

void
sg_memo_keep (SgMemo *memo, const SgMemoKey *key, SgVerdict *verdict)
{
  if (!is_rememberable (key) || g_hash_table_size (memo->answers) >= MOST_ANSWERS)
    return;
  Answer *answer = g_malloc (G_STRUCT_OFFSET (Answer, key.parts) + key->n * sizeof key->parts[0]);

  answer->verdict = verdict ? sg_verdict_ref (verdict) : NULL;
  answer->page = memo->page;
  answer->key.question = key->question;
  answer->key.n = key->n;
  memcpy (answer->key.parts, key->parts, key->n * sizeof key->parts[0]);
  g_hash_table_insert (memo->answers, &answer->key, answer);
}

GBytes *
sg_memo_find_rows (SgMemo *memo, GBytes *ids)
{
  KnownRows *known = g_hash_table_lookup (memo->rows, ids);

  if (!known)
    return NULL;
  known->page = memo->page;
  return known->rows;
}

void
sg_memo_keep_rows (SgMemo *memo, GBytes *ids, GBytes *rows)
{
  KnownRows *known = g_new (KnownRows, 1);

  *known = (KnownRows){ g_bytes_ref (rows), memo->page };
  g_hash_table_insert (memo->rows, g_bytes_ref (ids), known);
}

const SgPrint *
sg_memo_find_print (SgMemo *memo, const SgImage *image, SgRect place)
{
  const KnownPrint asked = { .image = (SgImage *)image, .place = place };
  KnownPrint *known = g_hash_table_lookup (memo->prints, &asked);

  if (!known)
    return NULL;
  known->page = memo->page;
  return &known->print;
}

const SgPrint *
sg_memo_keep_print (SgMemo *memo, SgImage *image, SgRect place, SgPrint print)
{
  KnownPrint *known = g_new (KnownPrint, 1);

  *known = (KnownPrint){ print, sg_image_ref (image), place, memo->page };
  g_hash_table_add (memo->prints, known);
  return &known->print;
}

SgTesseract *
sg_memo_get_tesseract (SgMemo *memo)
{
  if (!memo->tesseract)
    memo->tesseract = sg_tesseract_new ();
  memo->tesseract_page = memo->page;
  return memo->tesseract;
}

guint
sg_memo_size (const SgMemo *memo)
{
  return g_hash_table_size (memo->strokes) + g_hash_table_size (memo->pictures) +
         g_hash_table_size (memo->answers) + g_hash_table_size (memo->rows) +
         g_hash_table_size (memo->prints) + (memo->tesseract != NULL);
}
