/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marks by their ink, found again in each reading; what is not found is no longer selected. */
#include "app/part-selection.h"

struct _SgPartSelection
{
  GObject parent_instance;
  SgPage *page;       /* (nullable) */
  SgReading *reading; /* (nullable) */
  GPtrArray *marks;   /* SgCorrection: their pieces name the marks */
  GArray *elements;   /* guint, ascending */
};

G_DEFINE_FINAL_TYPE (SgPartSelection, sg_part_selection, G_TYPE_OBJECT)

static guint changed_signal;

static int
compare_elements (gconstpointer a, gconstpointer b)
{
  guint i = *(const guint *)a, k = *(const guint *)b;

  return i < k ? -1 : i > k;
}

static void
find_elements (SgPartSelection *self)
{
  g_array_set_size (self->elements, 0);
  for (guint i = 0; self->reading != NULL && i < self->marks->len; i++)
    {
      int found = sg_correct_find (self->page, self->reading, g_ptr_array_index (self->marks, i));

      if (found >= 0 && !sg_part_selection_contains (self, found))
        g_array_append_val (self->elements, found);
    }
  g_array_sort (self->elements, compare_elements);
}

void
sg_part_selection_set_reading (SgPartSelection *self, SgPage *page, SgReading *reading)
{
  if (reading == self->reading)
    return;
  g_clear_pointer (&self->page, sg_page_unref);
  g_clear_pointer (&self->reading, sg_reading_unref);
  if (reading != NULL)
    {
      self->page = sg_page_ref (page);
      self->reading = sg_reading_ref (reading);
    }
  find_elements (self);
  g_signal_emit (self, changed_signal, 0);
}

SgPage *
sg_part_selection_get_page (SgPartSelection *self)
{
  return self->page;
}

SgReading *
sg_part_selection_get_reading (SgPartSelection *self)
{
  return self->reading;
}

static gboolean
is_same (SgPartSelection *self, const guint *elements, guint n)
{
  if (n != self->elements->len)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!sg_part_selection_contains (self, elements[i]))
      return FALSE;
  return TRUE;
}

void
sg_part_selection_set (SgPartSelection *self, const guint *elements, guint n)
{
  if (is_same (self, elements, n))
    return;
  g_ptr_array_set_size (self->marks, 0);
  for (guint i = 0; self->reading != NULL && i < n; i++)
    {
      SgCorrection *mark = sg_correct_element (self->page, self->reading, elements[i]);

      if (mark != NULL)
        g_ptr_array_add (self->marks, mark);
    }
  find_elements (self);
  g_signal_emit (self, changed_signal, 0);
}

const guint *
sg_part_selection_get (SgPartSelection *self, guint *n)
{
  *n = self->elements->len;
  return (const guint *)self->elements->data;
}

gboolean
sg_part_selection_contains (SgPartSelection *self, guint element)
{
  for (guint i = 0; i < self->elements->len; i++)
    if (g_array_index (self->elements, guint, i) == element)
      return TRUE;
  return FALSE;
}

static void
sg_part_selection_finalize (GObject *object)
{
  SgPartSelection *self = SG_PART_SELECTION (object);

  g_clear_pointer (&self->page, sg_page_unref);
  g_clear_pointer (&self->reading, sg_reading_unref);
  g_ptr_array_unref (self->marks);
  g_array_unref (self->elements);
  G_OBJECT_CLASS (sg_part_selection_parent_class)->finalize (object);
}

static void
sg_part_selection_class_init (SgPartSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_part_selection_finalize;
  changed_signal = g_signal_new ("changed", SG_TYPE_PART_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
sg_part_selection_init (SgPartSelection *self)
{
  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_correction_unref);
  self->elements = g_array_new (FALSE, FALSE, sizeof (guint));
}

SgPartSelection *
sg_part_selection_new (void)
{
  return g_object_new (SG_TYPE_PART_SELECTION, NULL);
}
