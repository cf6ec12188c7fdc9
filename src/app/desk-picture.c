/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures that come onto the paper, and PDFs, of which a page is one:
 *
 *   file -> its first page -> is it the only one? -> onto the paper
 *                                 | no                  ^
 *                                 +-> asked which ------+
 */
#include "config.h"

#include "app/desk-private.h"

#include "app/page-dialog.h"
#include "app/picture-import.h"
#include "app/tab-window.h"
#include "base/file.h"

/* Where a picture goes that is being read. */
typedef struct
{
  SgDesk *desk;
  GFile *file;        /* (nullable): none for one of the clipboard */
  SgPoint at;         /* the page */
  gboolean as_sketch; /* in place of what is on the paper */
  gboolean chosen;    /* which page of several */
} Placing;

static Placing *
placing_new (SgDesk *self, GFile *file, SgPoint at)
{
  Placing *placing = g_new0 (Placing, 1);

  placing->desk = g_object_ref (self);
  placing->file = file != NULL ? g_object_ref (file) : NULL;
  placing->at = at;
  return placing;
}

static void
placing_free (gpointer data)
{
  Placing *placing = data;

  g_object_unref (placing->desk);
  g_clear_object (&placing->file);
  g_free (placing);
}

static void
place (const Placing *placing, SgImage *image, guint number)
{
  SgDesk *self = placing->desk;

  if (self->document == NULL) /* closed meanwhile */
    return;
  if (placing->as_sketch)
    sg_desk_open_page (self, placing->file, number);
  else
    sg_canvas_add_image (self->canvas, image, placing->at);
}

static void
chosen_cb (SgPageDialog *dialog, SgImage *image, guint number, gpointer data)
{
  Placing *placing = data;

  placing->chosen = TRUE;
  place (placing, image, number);
}

/* Also behind a choice. */
static gboolean
close_request_cb (SgPageDialog *dialog, gpointer data)
{
  const Placing *placing = data;

  if (placing->as_sketch && !placing->chosen && placing->desk->document != NULL)
    sg_tab_window_leave_unopened (placing->desk);
  return FALSE;
}

static void
placing_closed_cb (gpointer data, GClosure *closure)
{
  placing_free (data);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Placing *placing = data;
  g_autoptr (GError) error = NULL;
  guint n_pages;
  g_autoptr (SgImage) image = sg_picture_import_finish (result, &n_pages, &error);
  GtkWindow *window = placing->desk->document != NULL ? sg_desk_get_window (placing->desk) : NULL;

  if (image != NULL && n_pages > 1 && window != NULL)
    {
      SgPageDialog *dialog = sg_page_dialog_new (window, placing->file, image, n_pages);

      g_signal_connect (dialog, "close-request", G_CALLBACK (close_request_cb), placing);
      g_signal_connect_data (dialog, "chosen", G_CALLBACK (chosen_cb), placing, placing_closed_cb, 0);
      gtk_window_present (GTK_WINDOW (dialog));
      return;
    }
  if (image != NULL)
    place (placing, image, 1);
  else if (window != NULL && placing->as_sketch)
    sg_tab_window_tell_unopened (placing->desk, error);
  else if (window != NULL)
    sg_desk_tell_error (placing->desk, error);
  placing_free (placing);
}

void
sg_desk_take_file (SgDesk *self, GFile *file, SgPoint at)
{
  g_autofree char *name = g_file_get_basename (file);

  if (g_str_has_suffix (name, ".simgen") || sg_desk_is_model_file (file))
    sg_tab_window_open_file (SG_TAB_WINDOW (sg_desk_get_window (self)), file);
  else
    sg_desk_add_picture_file (self, file, at);
}

void
sg_desk_add_picture_file (SgDesk *self, GFile *file, SgPoint at)
{
  sg_picture_import_file_async (file, 1, NULL, imported_cb, placing_new (self, file, at));
}

void
sg_desk_add_picture_texture (SgDesk *self, GdkTexture *texture, SgPoint at)
{
  sg_picture_import_texture_async (texture, imported_cb, placing_new (self, NULL, at));
}

gboolean
sg_desk_is_pdf (GFile *file)
{
  static const char *const ending[] = { "pdf" };
  g_autofree char *name = g_file_get_basename (file);

  return sg_file_find_ending (name, ending, 1) == 0;
}

void
sg_desk_open_pdf (SgDesk *self, GFile *file)
{
  Placing *placing = placing_new (self, file, SG_POINT (0, 0));

  placing->as_sketch = TRUE;
  sg_picture_import_file_async (file, 1, NULL, imported_cb, placing);
}
