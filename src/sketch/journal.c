/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undo without limit. An edit is turned, once, into a change with two sides: what goes out of the page before
 * it and what comes into the page after it, each part with its index there. Undo is the same change with its
 * sides swapped, so both are one merge, which shares with the page before what the change leaves alone
 * (sketch/part-list.h), and every part returns to the very place it had.
 *
 *   changes:  [ c0 | c1 | c2 | c3 ]
 *                       ^ n_done = 2: undo takes back c1, redo does c2 again, a new edit drops c2 and c3
 */
#include "sketch/journal.h"

#include "sketch/page-private.h"

typedef struct
{
  GHashTable *removed;  /* set of parts */
  GHashTable *replaced; /* part -> part */
  GPtrArray *added;
} PartsEdit;

struct _SgEdit
{
  PartsEdit parts[SG_N_PART_KINDS];
  char *title, *words; /* (nullable): unchanged */
  double scale;        /* NAN: unchanged */
  gboolean has_extra;  /* else unchanged */
  json_t *extra;       /* (nullable) */
};

typedef struct
{
  SgPartSlots slots[SG_N_PART_KINDS];
  char *title, *words; /* (nullable): the change leaves it alone */
  double scale;        /* NAN: the change leaves it alone */
  gboolean has_extra;  /* else the change leaves it alone */
  json_t *extra;       /* (nullable) */
} Side;

typedef struct
{
  Side before, after;
} Change;

struct _SgJournal
{
  SgPage *page;
  GPtrArray *changes; /* Change */
  guint n_done;
};

SgEdit *
sg_edit_new (void)
{
  SgEdit *edit = g_new0 (SgEdit, 1);

  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    {
      GDestroyNotify unref = sg_part_classes[kind].unref;

      edit->parts[kind].removed = g_hash_table_new_full (NULL, NULL, unref, NULL);
      edit->parts[kind].replaced = g_hash_table_new_full (NULL, NULL, unref, unref);
      edit->parts[kind].added = g_ptr_array_new_with_free_func (unref);
    }
  edit->scale = NAN;
  return edit;
}

void
sg_edit_free (SgEdit *edit)
{
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    {
      g_hash_table_unref (edit->parts[kind].removed);
      g_hash_table_unref (edit->parts[kind].replaced);
      g_ptr_array_unref (edit->parts[kind].added);
    }
  json_decref (edit->extra);
  g_free (edit->title);
  g_free (edit->words);
  g_free (edit);
}

static void
add_part (SgEdit *edit, SgPartKind kind, gpointer part)
{
  g_ptr_array_add (edit->parts[kind].added, sg_part_classes[kind].ref (part));
}

static void
remove_part (SgEdit *edit, SgPartKind kind, gpointer part)
{
  g_hash_table_add (edit->parts[kind].removed, sg_part_classes[kind].ref (part));
  g_hash_table_remove (edit->parts[kind].replaced, part);
}

static void
replace_part (SgEdit *edit, SgPartKind kind, gpointer old_part, gpointer new_part)
{
  g_hash_table_insert (edit->parts[kind].replaced, sg_part_classes[kind].ref (old_part),
                       sg_part_classes[kind].ref (new_part));
  g_hash_table_remove (edit->parts[kind].removed, old_part);
}

void
sg_edit_add_stroke (SgEdit *edit, SgStroke *stroke)
{
  add_part (edit, SG_PART_STROKE, stroke);
}

void
sg_edit_remove_stroke (SgEdit *edit, SgStroke *stroke)
{
  remove_part (edit, SG_PART_STROKE, stroke);
}

void
sg_edit_replace_stroke (SgEdit *edit, SgStroke *old_stroke, SgStroke *new_stroke)
{
  replace_part (edit, SG_PART_STROKE, old_stroke, new_stroke);
}

void
sg_edit_add_image (SgEdit *edit, SgImage *image)
{
  add_part (edit, SG_PART_IMAGE, image);
}

void
sg_edit_remove_image (SgEdit *edit, SgImage *image)
{
  remove_part (edit, SG_PART_IMAGE, image);
}

void
sg_edit_add_label (SgEdit *edit, SgLabel *label)
{
  add_part (edit, SG_PART_LABEL, label);
}

void
sg_edit_remove_label (SgEdit *edit, SgLabel *label)
{
  remove_part (edit, SG_PART_LABEL, label);
}

void
sg_edit_replace_label (SgEdit *edit, SgLabel *old_label, SgLabel *new_label)
{
  replace_part (edit, SG_PART_LABEL, old_label, new_label);
}

void
sg_edit_add_correction (SgEdit *edit, SgCorrection *correction)
{
  add_part (edit, SG_PART_CORRECTION, correction);
}

void
sg_edit_remove_correction (SgEdit *edit, SgCorrection *correction)
{
  remove_part (edit, SG_PART_CORRECTION, correction);
}

void
sg_edit_replace_correction (SgEdit *edit, SgCorrection *old_correction, SgCorrection *new_correction)
{
  replace_part (edit, SG_PART_CORRECTION, old_correction, new_correction);
}

void
sg_edit_correct (SgEdit *edit, const SgPage *page, SgCorrection *correction)
{
  gboolean placed = FALSE;

  for (guint i = 0; i < sg_page_get_n_corrections (page); i++)
    {
      SgCorrection *old = sg_page_get_correction (page, i);

      if (!placed && sg_correction_same_mark (old, correction))
        {
          sg_edit_replace_correction (edit, old, correction);
          placed = TRUE;
        }
      else if (sg_correction_overlaps (old, correction))
        sg_edit_remove_correction (edit, old);
    }
  if (!placed)
    sg_edit_add_correction (edit, correction);
}

void
sg_edit_set_title (SgEdit *edit, const char *title)
{
  g_free (edit->title);
  edit->title = g_strdup (title);
}

void
sg_edit_set_words (SgEdit *edit, const char *words)
{
  g_free (edit->words);
  edit->words = g_strdup (words);
}

void
sg_edit_set_scale (SgEdit *edit, double scale)
{
  edit->scale = scale;
}

void
sg_edit_take_extra (SgEdit *edit, json_t *extra)
{
  json_decref (edit->extra);
  edit->extra = extra;
  edit->has_extra = TRUE;
}

gboolean
sg_edit_is_empty (const SgEdit *edit)
{
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    {
      const PartsEdit *parts = &edit->parts[kind];

      if (parts->added->len + g_hash_table_size (parts->removed) + g_hash_table_size (parts->replaced) > 0)
        return FALSE;
    }
  return !edit->title && !edit->words && isnan (edit->scale) && !edit->has_extra;
}

static void
side_init (Side *side)
{
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    {
      side->slots[kind].parts = g_ptr_array_new_with_free_func (sg_part_classes[kind].unref);
      side->slots[kind].indices = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  side->title = side->words = NULL;
  side->scale = NAN;
  side->has_extra = FALSE;
  side->extra = NULL;
}

static void
side_clear (Side *side)
{
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    {
      g_ptr_array_unref (side->slots[kind].parts);
      g_array_unref (side->slots[kind].indices);
    }
  g_free (side->title);
  g_free (side->words);
  json_decref (side->extra);
}

static gboolean
side_is_empty (const Side *side)
{
  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    if (side->slots[kind].parts->len > 0)
      return FALSE;
  return !side->title && !side->words && isnan (side->scale) && !side->has_extra;
}

static void
side_add_slot (Side *side, SgPartKind kind, guint index, gpointer part)
{
  g_ptr_array_add (side->slots[kind].parts, sg_part_classes[kind].ref (part));
  g_array_append_val (side->slots[kind].indices, index);
}

static void
change_free (gpointer data)
{
  Change *change = data;

  side_clear (&change->before);
  side_clear (&change->after);
  g_free (change);
}

static GHashTable *
collect_touched (const PartsEdit *edit)
{
  GHashTable *touched = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer part;

  g_hash_table_iter_init (&iter, edit->removed);
  while (g_hash_table_iter_next (&iter, &part, NULL))
    g_hash_table_add (touched, part);
  g_hash_table_iter_init (&iter, edit->replaced);
  while (g_hash_table_iter_next (&iter, &part, NULL))
    g_hash_table_add (touched, part);
  return touched;
}

static void
find_part_changes (Change *change, SgPartKind kind, const SgPage *page, const PartsEdit *edit)
{
  const SgPartList *list = page->parts[kind];
  g_autoptr (GHashTable) touched = collect_touched (edit);
  g_autoptr (GArray) indices = sg_part_list_find (list, touched, NULL);
  guint n_removed = 0;

  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      gpointer part = sg_part_list_get (list, index);
      gpointer successor = g_hash_table_lookup (edit->replaced, part);

      side_add_slot (&change->before, kind, index, part);
      if (successor)
        side_add_slot (&change->after, kind, index - n_removed, successor);
      n_removed += g_hash_table_contains (edit->removed, part);
    }
  for (guint i = 0; i < edit->added->len; i++)
    side_add_slot (&change->after, kind, list->n - n_removed + i, g_ptr_array_index (edit->added, i));
}

/* What an edit makes of a part that a correction names; NULL where it takes it away. */
static gpointer
successor_of (gpointer part, gpointer data)
{
  const SgEdit *edit = data;

  for (int kind = 0; kind < SG_PART_CORRECTION; kind++)
    {
      gpointer successor = g_hash_table_lookup (edit->parts[kind].replaced, part);

      if (successor)
        return successor;
      if (g_hash_table_contains (edit->parts[kind].removed, part))
        return NULL;
    }
  return part;
}

/* Puts `after` (nullable) where `before` was, having followed the parts that the edit changes. */
static void
follow_correction (PartsEdit *result, const SgEdit *edit, SgCorrection *before, SgCorrection *after)
{
  g_autoptr (SgCorrection) followed = sg_correction_follow (after, successor_of, (gpointer)edit);

  if (!followed)
    g_hash_table_add (result->removed, before);
  else if (followed != before)
    g_hash_table_insert (result->replaced, before, g_steal_pointer (&followed));
}

static void
find_correction_changes (Change *change, const SgPage *page, const SgEdit *edit)
{
  const PartsEdit *said = &edit->parts[SG_PART_CORRECTION];
  GDestroyNotify unref = sg_part_classes[SG_PART_CORRECTION].unref;
  g_autoptr (GHashTable) removed = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) replaced = g_hash_table_new_full (NULL, NULL, NULL, unref);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (unref);
  PartsEdit result = { removed, replaced, added };

  for (guint i = 0; i < page->parts[SG_PART_CORRECTION]->n; i++)
    {
      SgCorrection *before = sg_part_list_get (page->parts[SG_PART_CORRECTION], i);
      SgCorrection *after = g_hash_table_lookup (said->replaced, before);

      if (g_hash_table_contains (said->removed, before))
        g_hash_table_add (removed, before);
      else
        follow_correction (&result, edit, before, after ? after : before);
    }
  for (guint i = 0; i < said->added->len; i++)
    {
      SgCorrection *correction =
        sg_correction_follow (g_ptr_array_index (said->added, i), successor_of, (gpointer)edit);

      if (correction)
        g_ptr_array_add (added, correction);
    }
  find_part_changes (change, SG_PART_CORRECTION, page, &result);
}

static void
find_text_change (char **before, char **after, const char *old_text, const char *new_text)
{
  if (!new_text || g_str_equal (old_text, new_text))
    return;
  *before = g_strdup (old_text);
  *after = g_strdup (new_text);
}

/* What `edit` would do to `page`. */
static Change *
change_new (const SgPage *page, const SgEdit *edit)
{
  Change *change = g_new (Change, 1);

  side_init (&change->before);
  side_init (&change->after);
  for (int kind = 0; kind < SG_PART_CORRECTION; kind++)
    find_part_changes (change, kind, page, &edit->parts[kind]);
  find_correction_changes (change, page, edit);
  find_text_change (&change->before.title, &change->after.title, page->title, edit->title);
  find_text_change (&change->before.words, &change->after.words, page->words, edit->words);
  if (!isnan (edit->scale) && edit->scale != page->scale)
    {
      change->before.scale = page->scale;
      change->after.scale = edit->scale;
    }
  if (edit->has_extra && !json_equal (edit->extra, page->extra))
    {
      change->before.has_extra = change->after.has_extra = TRUE;
      change->before.extra = json_incref (page->extra);
      change->after.extra = json_incref (edit->extra);
    }
  return change;
}

/* Turns the page from the side `out` of a change to the side `in`. */
static void
turn_page (SgJournal *journal, const Side *out, const Side *in)
{
  SgPage *page = sg_page_new_unsealed (journal->page);

  for (int kind = 0; kind < SG_N_PART_KINDS; kind++)
    page->parts[kind] =
      sg_part_list_merge (journal->page->parts[kind], kind, &out->slots[kind], &in->slots[kind]);
  if (in->title)
    {
      g_free (page->title);
      page->title = g_strdup (in->title);
    }
  if (in->words)
    {
      g_free (page->words);
      page->words = g_strdup (in->words);
    }
  if (!isnan (in->scale))
    page->scale = in->scale;
  if (in->has_extra)
    {
      json_decref (page->extra);
      page->extra = json_incref (in->extra);
    }
  sg_page_unref (journal->page);
  journal->page = sg_page_seal (page);
}

SgJournal *
sg_journal_new (SgPage *page)
{
  SgJournal *journal = g_new0 (SgJournal, 1);

  journal->page = sg_page_ref (page);
  journal->changes = g_ptr_array_new_with_free_func (change_free);
  return journal;
}

void
sg_journal_free (SgJournal *journal)
{
  sg_page_unref (journal->page);
  g_ptr_array_unref (journal->changes);
  g_free (journal);
}

SgPage *
sg_journal_get_page (SgJournal *journal)
{
  return journal->page;
}

void
sg_journal_apply (SgJournal *journal, SgEdit *edit)
{
  Change *change = change_new (journal->page, edit);

  sg_edit_free (edit);
  if (side_is_empty (&change->before) && side_is_empty (&change->after))
    {
      change_free (change);
      return;
    }
  g_ptr_array_set_size (journal->changes, journal->n_done);
  g_ptr_array_add (journal->changes, change);
  sg_journal_redo (journal);
}

gboolean
sg_journal_can_undo (const SgJournal *journal)
{
  return journal->n_done > 0;
}

gboolean
sg_journal_can_redo (const SgJournal *journal)
{
  return journal->n_done < journal->changes->len;
}

gboolean
sg_journal_undo (SgJournal *journal)
{
  if (!sg_journal_can_undo (journal))
    return FALSE;
  const Change *change = g_ptr_array_index (journal->changes, --journal->n_done);
  turn_page (journal, &change->after, &change->before);
  return TRUE;
}

gboolean
sg_journal_redo (SgJournal *journal)
{
  if (!sg_journal_can_redo (journal))
    return FALSE;
  const Change *change = g_ptr_array_index (journal->changes, journal->n_done++);
  turn_page (journal, &change->before, &change->after);
  return TRUE;
}
