/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list. Its order is that of updated_us, falling; `last_us` is that of the last entry that was read,
 * below which the next page begins (the key), whatever was put in or taken away meanwhile. */
#include "app/history-model.h"

struct _SgHistoryItem
{
  GObject parent_instance;
  SgHistoryEntry *entry;
};

static guint item_changed_signal;

G_DEFINE_FINAL_TYPE (SgHistoryItem, sg_history_item, G_TYPE_OBJECT)

struct _SgHistoryModel
{
  GObject parent_instance;
  GObject *source;
  SgHistoryReader reader;
  GPtrArray *items;   /* SgHistoryItem */
  GHashTable *by_id;  /* gint64 * in the entry -> SgHistoryItem */
  GHashTable *hidden; /* gint64: taken away since the search began */
  char *text, *tag;   /* (nullable) */
  gboolean pinned;
  gint64 last_us;            /* 0: from the newest */
  gboolean complete;         /* nothing is left to read */
  gboolean begins;           /* the page under way is the first of its search */
  GCancellable *cancellable; /* (nullable): of the page under way */
};

static guint read_signal;

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SgHistoryModel,
                               sg_history_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* -- An item -- */

const SgHistoryEntry *
sg_history_item_get_entry (SgHistoryItem *self)
{
  return self->entry;
}

static SgHistoryItem *
item_new (SgHistoryEntry *entry)
{
  SgHistoryItem *self = g_object_new (SG_TYPE_HISTORY_ITEM, NULL);

  self->entry = sg_history_entry_ref (entry);
  return self;
}

static void
sg_history_item_finalize (GObject *object)
{
  g_clear_pointer (&SG_HISTORY_ITEM (object)->entry, sg_history_entry_unref);
  G_OBJECT_CLASS (sg_history_item_parent_class)->finalize (object);
}

static void
sg_history_item_class_init (SgHistoryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_history_item_finalize;
  item_changed_signal = g_signal_new ("changed", SG_TYPE_HISTORY_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);
}

static void
sg_history_item_init (SgHistoryItem *self)
{
}

/* -- The list -- */

static GType
get_item_type (GListModel *model)
{
  return SG_TYPE_HISTORY_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return SG_HISTORY_MODEL (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SgHistoryModel *self = SG_HISTORY_MODEL (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static gint64 *
key_of (SgHistoryItem *item)
{
  return &item->entry->id;
}

static void
clear (SgHistoryModel *self)
{
  guint n = self->items->len;

  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->items, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

static guint
append (SgHistoryModel *self, const GPtrArray *entries)
{
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      SgHistoryEntry *entry = entries->pdata[i];

      if (g_hash_table_contains (self->by_id, &entry->id) || g_hash_table_contains (self->hidden, &entry->id))
        continue;
      SgHistoryItem *item = item_new (entry);
      g_ptr_array_add (self->items, item);
      g_hash_table_insert (self->by_id, key_of (item), item);
      n++;
    }
  return n;
}

/* A first page in place of all rows, in one change: what is the same stays where it is on the screen. */
static void
replace_all (SgHistoryModel *self, const GPtrArray *entries)
{
  guint n_before = self->items->len;

  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->items, 0);
  append (self, entries);
  if (n_before > 0 || self->items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->items->len);
}

static void
take_page (SgHistoryModel *self, const GPtrArray *entries)
{
  guint n_before = self->items->len;

  self->complete = entries->len < SG_HISTORY_MODEL_PAGE;
  if (entries->len > 0)
    self->last_us = ((const SgHistoryEntry *)entries->pdata[entries->len - 1])->updated_us;
  if (self->begins)
    replace_all (self, entries);
  else
    {
      guint n = append (self, entries);

      if (n > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, n);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgHistoryModel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = self->reader.find_finish (source, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (entries != NULL)
    take_page (self, entries);
  else if (self->begins)
    clear (self);
  g_signal_emit (self, read_signal, 0, error);
}

static void
read_page (SgHistoryModel *self)
{
  SgSketchQuery query = { self->text, self->tag, self->pinned, SG_HISTORY_NEWEST, self->last_us,
                          SG_HISTORY_MODEL_PAGE };

  self->begins = self->last_us == 0;
  self->cancellable = g_cancellable_new ();
  self->reader.find_async (self->source, &query, self->cancellable, read_cb, g_object_ref (self));
}

void
sg_history_model_refresh (SgHistoryModel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_hash_table_remove_all (self->hidden);
  self->last_us = 0;
  self->complete = FALSE;
  read_page (self);
}

void
sg_history_model_search (SgHistoryModel *self, const char *text, const char *tag, gboolean pinned)
{
  g_autofree char *words = text != NULL ? g_strstrip (g_strdup (text)) : NULL, *old_tag = self->tag;

  g_free (self->text);
  self->text = words != NULL && *words != '\0' ? g_steal_pointer (&words) : NULL;
  self->tag = g_strdup (tag);
  self->pinned = pinned;
  sg_history_model_refresh (self);
}

void
sg_history_model_read_more (SgHistoryModel *self)
{
  if (self->cancellable == NULL && !self->complete)
    read_page (self);
}

gboolean
sg_history_model_is_complete (SgHistoryModel *self)
{
  return self->complete;
}

gboolean
sg_history_model_is_filtered (SgHistoryModel *self)
{
  return self->text != NULL || self->tag != NULL || self->pinned;
}

SgHistoryItem *
sg_history_model_find (SgHistoryModel *self, gint64 id, guint *position)
{
  SgHistoryItem *item = g_hash_table_lookup (self->by_id, &id);

  if (item != NULL && position != NULL)
    g_ptr_array_find (self->items, item, position);
  return item;
}

void
sg_history_model_remove (SgHistoryModel *self, gint64 id)
{
  guint position;

  g_hash_table_add (self->hidden, g_memdup2 (&id, sizeof id));
  if (sg_history_model_find (self, id, &position) == NULL)
    return;
  g_hash_table_remove (self->by_id, &id);
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

void
sg_history_model_put_back (SgHistoryModel *self, SgHistoryEntry *entry)
{
  guint position = 0;

  g_hash_table_remove (self->hidden, &entry->id);
  if (g_hash_table_contains (self->by_id, &entry->id))
    return;
  while (position < self->items->len &&
         ((SgHistoryItem *)self->items->pdata[position])->entry->updated_us > entry->updated_us)
    position++;
  if (position == self->items->len && !self->complete)
    return; /* its page is not read yet */
  SgHistoryItem *item = item_new (entry);
  g_ptr_array_insert (self->items, position, item);
  g_hash_table_insert (self->by_id, key_of (item), item);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
sg_history_model_update (SgHistoryModel *self, SgHistoryEntry *entry)
{
  SgHistoryItem *item = sg_history_model_find (self, entry->id, NULL);

  if (item == NULL)
    return;
  sg_history_entry_ref (entry);
  g_hash_table_steal (self->by_id, &entry->id); /* its key is in the old entry */
  sg_history_entry_unref (item->entry);
  item->entry = entry;
  g_hash_table_insert (self->by_id, key_of (item), item);
  g_signal_emit (item, item_changed_signal, 0);
}

static void
sg_history_model_dispose (GObject *object)
{
  SgHistoryModel *self = SG_HISTORY_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (sg_history_model_parent_class)->dispose (object);
}

static void
sg_history_model_finalize (GObject *object)
{
  SgHistoryModel *self = SG_HISTORY_MODEL (object);

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->hidden);
  g_ptr_array_unref (self->items);
  g_free (self->text);
  g_free (self->tag);
  G_OBJECT_CLASS (sg_history_model_parent_class)->finalize (object);
}

static void
sg_history_model_class_init (SgHistoryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sg_history_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = sg_history_model_finalize;
  read_signal = g_signal_new ("read", SG_TYPE_HISTORY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sg_history_model_init (SgHistoryModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->hidden = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->complete = TRUE;
}

static void
find_in_history (gpointer source,
                 const SgSketchQuery *query,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  sg_history_find_sketches_async (source, query, cancellable, callback, user_data);
}

static GPtrArray *
find_in_history_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return sg_history_find_sketches_finish (source, result, error);
}

SgHistoryModel *
sg_history_model_new (GObject *source, const SgHistoryReader *reader)
{
  SgHistoryModel *self = g_object_new (SG_TYPE_HISTORY_MODEL, NULL);
  const SgHistoryReader history = { find_in_history, find_in_history_finish };

  self->source = g_object_ref (source);
  self->reader = reader != NULL ? *reader : history;
  return self;
}
