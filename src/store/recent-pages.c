/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of pages, emptied when the database has changed and when it is full. */
#include "store/recent-pages.h"

#define MAX_PAGES 16 /* of at most 200 rows with their thumbnails: some 10 MB */

struct _SgRecentPages
{
  GHashTable *pages; /* key -> GPtrArray */
  gint64 data_version;
};

SgRecentPages *
sg_recent_pages_new (void)
{
  SgRecentPages *pages = g_new0 (SgRecentPages, 1);

  pages->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  return pages;
}

void
sg_recent_pages_free (SgRecentPages *pages)
{
  g_hash_table_unref (pages->pages);
  g_free (pages);
}

GPtrArray *
sg_recent_pages_get (SgRecentPages *pages, gint64 data_version, const char *key)
{
  if (pages->data_version != data_version)
    g_hash_table_remove_all (pages->pages);
  pages->data_version = data_version;
  GPtrArray *page = g_hash_table_lookup (pages->pages, key);
  return page ? g_ptr_array_ref (page) : NULL;
}

void
sg_recent_pages_put (SgRecentPages *pages, const char *key, GPtrArray *page)
{
  if (g_hash_table_size (pages->pages) >= MAX_PAGES)
    g_hash_table_remove_all (pages->pages);
  g_hash_table_insert (pages->pages, g_strdup (key), g_ptr_array_ref (page));
}
