/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An open sketch over a real database in a folder of its own, for the tests that need one. */
#pragma once

#include "app/document.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  SgHistory *history;
  SgKeeper *keeper;
  SgDocument *document;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  f->folder = g_dir_make_tmp ("simgen-document-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (f->folder, "history.db", NULL);
  f->history = sg_history_new (path, &error);
  g_assert_no_error (error);
  f->keeper = sg_keeper_new (f->history);
  f->document = sg_document_new (f->keeper);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  g_clear_object (&f->document);
  g_clear_object (&f->keeper);
  sg_history_flush (f->history);
  g_clear_object (&f->history);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static void
draw_line (Fixture *f, double y)
{
  SgInkPoint points[] = { { 0, y, NAN, NAN }, { 100, y, NAN, NAN } };
  g_autoptr (SgStroke) stroke = sg_stroke_new (3, NULL, points, 2, NULL);
  SgEdit *edit = sg_edit_new ();

  sg_edit_add_stroke (edit, stroke);
  sg_document_apply (f->document, edit);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
settle (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  sg_document_keep_async (f->document, take_result_cb, &result);
  wait_for (&result);
}
